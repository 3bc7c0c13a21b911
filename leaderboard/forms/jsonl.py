"""JSON Lines, the master form: one finding per line, numbers as printed beside floats, the same bytes every time."""

from __future__ import annotations

import json
import math

from leaderboard import __version__
from leaderboard.checks import Precision, Report, version
from leaderboard.forms._parts import Options
from leaderboard.models import Finding, Operand

SCHEMA_VERSION = 3
"""The version of this form; it grows when a field changes its meaning or goes away."""


def render(report: Report, options: Options) -> str:
    """The findings that differ, need a look or are suppressed, or those in every state."""
    shown = report.findings if options.all_states else _kept(report)
    return "".join(json.dumps(record(finding, report), ensure_ascii=False) + "\n" for finding in shown)


def _kept(report: Report) -> tuple[Finding, ...]:
    """What an older report must hold so that it can serve as a baseline: known and suppressed findings too."""
    return tuple(finding for finding in report.findings if finding.state in {"fail", "review", "suppressed"})


def record(finding: Finding, report: Report) -> dict[str, object]:
    """One finding for machines; open ends of intervals are null."""
    paper = report.sources.get(finding.paper_id)
    return {
        "schema_version": SCHEMA_VERSION,
        "check": finding.check,
        "check_version": __version__,
        "level": finding.level,
        "state": finding.state,
        "origin": finding.origin,
        "paper_id": finding.paper_id,
        "paper": {
            "id": finding.paper_id,
            "version": version(finding.url) or version(finding.paper_id),
            "url": finding.url,
            "date": paper.date if paper else None,
            "source": paper.source if paper else None,
            "record": paper.record if paper else None,
            "line": (paper.line or None) if paper else None,
        },
        "message": finding.message,
        "quote": finding.quote,
        "operands": [_operand(operand) for operand in finding.operands],
        "formula": finding.formula,
        "computed": [
            {
                "reading": one.name,
                "low": _finite(one.low),
                "high": _finite(one.high),
                "meets": one.meets,
                "stated_low": _finite(one.stated[0]) if one.stated else None,
                "stated_high": _finite(one.stated[1]) if one.stated else None,
                "allowed_low": _finite(one.allowed[0]) if one.allowed else None,
                "allowed_high": _finite(one.allowed[1]) if one.allowed else None,
            }
            for one in finding.computed
        ],
        "assumptions": list(finding.assumptions),
        "alternatives": list(finding.alternatives),
        "reason": finding.reason,
        "verify": finding.verify,
        "precision": _precision(report.precision.get(finding.check)),
        "seeded": _precision(report.seeded.get(finding.check)),
        "cell": finding.cell,
        "baseline": None if report.baseline is None else "unchanged" if report.is_known(finding) else "new",
        "suppressed_by": finding.suppressed_by or None,
        "fingerprint": finding.fingerprint,
    }


def _precision(one: Precision | None) -> dict[str, object] | None:
    """What is measured of a check, for machines."""
    if one is None:
        return None
    low, high = one.interval
    counts = {"right": one.right, "decided": one.decided, "undecidable": one.undecidable}
    return {**counts, "low": low, "high": high, "set": one.source}


def _operand(operand: Operand) -> dict[str, object]:
    """One operand for machines."""
    return {
        "paper_id": operand.paper_id,
        "start": operand.start,
        "end": operand.end,
        "printed": operand.printed,
        "value": operand.value,
        "low": _finite(operand.low),
        "high": _finite(operand.high),
        "unit": operand.unit,
    }


def _finite(value: float) -> float | None:
    """The number, or None where JSON has none for it."""
    return value if math.isfinite(value) else None
