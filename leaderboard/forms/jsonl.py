"""JSON Lines, the master form: one finding per line, numbers as printed beside floats, the same bytes every time.

`check_id` is the name of the check. `paper` holds `id, version, url, date` and, where the format tells them, `source,
record, line`. An entry of `operands` holds `claim_id` (the row of the claims table, null where there is none),
`paper_id`, `printed`, `value`, the robust interval `lo` to `hi`, `unit`, `bound` and the place in the abstract,
`char_start` to `char_end`. One of `computed` holds `reading, lo, hi, meets` and what it was set against: `stated_lo`
to `stated_hi`, the interval of a printed number, or `allowed_lo` to `allowed_hi`, a range. `precision` and `seeded`
hold `k` right of `n` decided, the interval `lo` to `hi` at 95%, the `undecidable`, and the `set`. An open end is null.
"""

from __future__ import annotations

import json
import math

from leaderboard import __version__
from leaderboard.checks import Precision, Report, version
from leaderboard.forms._parts import Options
from leaderboard.models import Finding, Operand, Reading

SCHEMA_VERSION = 4
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
        "check_id": finding.check,
        "check_version": __version__,
        "level": finding.level,
        "state": finding.state,
        "origin": finding.origin,
        "fingerprint": finding.fingerprint,
        "paper": {
            "id": finding.paper_id,
            "version": version(finding.url) or version(finding.paper_id),
            "url": finding.url,
            "date": paper.date if paper else None,
            "source": paper.source if paper else None,
            "record": paper.record if paper else None,
            "line": (paper.line or None) if paper else None,
        },
        "operands": [_operand(operand, report) for operand in finding.operands],
        "formula": finding.formula,
        "computed": [_reading(one) for one in finding.computed],
        "assumptions": list(finding.assumptions),
        "alternatives": list(finding.alternatives),
        "message": finding.message,
        "precision": _precision(report.precision.get(finding.check)),
        "suppressed_by": finding.suppressed_by or None,
        "quote": finding.quote,
        "reason": finding.reason,
        "verify": finding.verify,
        "seeded": _precision(report.seeded.get(finding.check)),
        "cell": finding.cell,
        "baseline": None if report.baseline is None else "unchanged" if report.is_known(finding) else "new",
    }


def _precision(one: Precision | None) -> dict[str, object] | None:
    """What is measured of a check, for machines."""
    if one is None:
        return None
    low, high = one.interval
    return {
        "k": one.right,
        "n": one.decided,
        "lo": low,
        "hi": high,
        "undecidable": one.undecidable,
        "set": one.source,
    }


def _operand(operand: Operand, report: Report) -> dict[str, object]:
    """One operand for machines."""
    return {
        "claim_id": report.claim_ids.get((operand.paper_id, operand.start, operand.end, operand.printed)),
        "paper_id": operand.paper_id,
        "printed": operand.printed,
        "value": operand.value,
        "lo": _finite(operand.low),
        "hi": _finite(operand.high),
        "unit": operand.unit,
        "bound": operand.bound,
        "char_start": operand.start,
        "char_end": operand.end,
    }


def _reading(one: Reading) -> dict[str, object]:
    """One reading for machines."""
    found: dict[str, object] = {"reading": one.name, "lo": _finite(one.low), "hi": _finite(one.high)}
    found["meets"] = one.meets
    for name, ends in (("stated", one.stated), ("allowed", one.allowed)):
        found[f"{name}_lo"], found[f"{name}_hi"] = map(_finite, ends) if ends else (None, None)
    return found


def _finite(value: float) -> float | None:
    """The number, or None where JSON has none for it."""
    return value if math.isfinite(value) else None
