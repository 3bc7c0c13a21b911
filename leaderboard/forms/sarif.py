"""SARIF 2.1.0 for code hosts and editors: a rule per check, our states as `kind`, measured precision as `rank`.

Follows OASIS, *Static Analysis Results Interchange Format (SARIF) Version 2.1.0*, 2020. Passes are left out unless
all states are asked for.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from urllib.parse import quote

from leaderboard import __version__
from leaderboard.checks import Report, gravest
from leaderboard.forms import _parts
from leaderboard.forms._parts import Options
from leaderboard.forms.jsonl import record
from leaderboard.models import Finding, Operand, Paper

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
"""The address by which readers know the form; nothing is fetched from it."""

MOST = 25_000
"""Results that code hosts accept in a run; the gravest are kept and a notification tells how many are left out."""

KINDS = {"fail": "fail", "suppressed": "fail", "review": "review", "pass": "pass", "not-applicable": "notApplicable"}
"""Our states in SARIF's words; a suppressed result is a failure with a suppression (3.27.23)."""


def render(report: Report, options: Options) -> str:
    """The report as one run."""
    shown = report.findings if options.all_states else _kept(report)
    rules = {name: place for place, name in enumerate(report.checks)}
    left_out = max(0, len(shown) - MOST)
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "leaderboard",
                "version": __version__,
                "rules": [_rule(name, report) for name in report.checks],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": line.strip()}} for line in _parts.header(report)
                ]
                + [
                    {"level": "warning", "message": {"text": f"{left_out} further results are left out"}}
                    for _ in range(bool(left_out))
                ],
            }
        ],
        "results": [_result(finding, report, rules) for finding in shown[:MOST]],
        "properties": {
            "papers": report.papers,
            "claims": report.claims,
            "claimsRecomputed": report.recomputed,
            "claimsOutside": report.outside,
            "groupsCheckable": report.checkable,
            "pass": report.passed,
            "fail": dict(report.failed),
            "review": report.review,
            "suppressed": report.suppressed,
            "notApplicable": report.not_applicable,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _kept(report: Report) -> Sequence[Finding]:
    """Findings with something to say, the gravest first."""
    return [finding for finding in report.findings if finding.state in {"fail", "review", "suppressed"}]


def _rule(name: str, report: Report) -> dict[str, object]:
    """A check as a rule, explained by its docstring; a name that is no check of this program has the name only."""
    rule: dict[str, object] = {"id": name}
    try:
        module = importlib.import_module(f"leaderboard.checks.{name}")
    except ModuleNotFoundError:
        return rule
    first, _, more = (module.__doc__ or name).strip().partition("\n")
    rule |= {
        "name": "".join(part.title() for part in name.split("_")),
        "shortDescription": {"text": first},
        "fullDescription": {"text": " ".join((first, *more.split()))},
        "defaultConfiguration": {"level": gravest(module)},
        "properties": {"measuredPrecision": _parts.precision(name, report)},
    }
    return rule


def _result(finding: Finding, report: Report, rules: dict[str, int]) -> dict[str, object]:
    """A finding as a result; where a file and a line are known it is placed there."""
    failed = KINDS[finding.state] == "fail"
    result: dict[str, object] = {
        "ruleId": finding.check,
        "kind": KINDS[finding.state],
        "level": finding.level if failed else "none",
        "message": {"text": _parts.plain(finding.message)},
        "locations": [_location(finding, finding.operands[:1], report, finding.paper_id)],
        "relatedLocations": [
            {
                "id": number,
                **_location(finding, (operand,), report, operand.paper_id),
                "message": {"text": f"{_parts.plain(operand.printed)} {_parts.bounds(operand.low, operand.high)}"},
            }
            for number, operand in enumerate(finding.operands)
        ],
        "partialFingerprints": {"leaderboardSanity/v1": finding.fingerprint},
        "properties": record(finding, report),
    }
    if finding.check in rules:
        result["ruleIndex"] = rules[finding.check]
    if finding.check in report.precision and failed:
        result["rank"] = round(100 * report.precision[finding.check].share, 1)
    if report.baseline is not None:
        result["baselineState"] = "unchanged" if report.is_known(finding) else "new"
    if finding.suppressed_by:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": _parts.plain(finding.suppressed_by)}
        ]
    if finding.url and _parts.web_address(finding.url):
        result["hostedViewerUri"] = finding.url
    return result


def _location(finding: Finding, operands: Sequence[Operand], report: Report, paper_id: str) -> dict[str, object]:
    """A place as the paper's id, with file and line where the input tells them."""
    paper = report.sources.get(paper_id)
    place: dict[str, object] = {
        "logicalLocations": [{"name": _parts.plain(paper_id), "kind": "abstract", "fullyQualifiedName": paper_id}]
    }
    if paper is not None and paper.source:
        place["physicalLocation"] = {"artifactLocation": {"uri": _uri(paper)}, **_region(finding, operands, paper)}
    return place


def _region(finding: Finding, operands: Sequence[Operand], paper: Paper) -> dict[str, object]:
    """Where the first number that stands in its file does, with its sentence (3.29.4, 3.29.5).

    Lines and columns are told as far as the format tells them; without columns the region is the number's line.
    """
    first = next((one for one in operands if _parts.line(paper, one)), None)
    if first is None:
        return {}
    quote = finding.quote if finding.paper_id == paper.id else ""
    if not paper.column:
        region: dict[str, object] = {"startLine": _parts.line(paper, first)}
        return {"region": region | ({"snippet": {"text": _parts.plain(quote)}} if quote else {})}
    found: dict[str, object] = {"region": _stretch(paper, first.start, first.end)}
    base = paper.abstract.rfind(quote, 0, first.start + len(quote)) if quote else -1
    if 0 <= base <= first.start and first.end <= base + len(quote):
        found["contextRegion"] = _stretch(paper, base, base + len(quote))
    return found


def _stretch(paper: Paper, start: int, end: int) -> dict[str, object]:
    """A stretch of an abstract as a region of its file; a column at the end is the one behind it (3.30.8)."""
    first = paper.line + paper.abstract.count("\n", 0, start)
    last = first + paper.abstract.count("\n", start, end)
    return {
        "startLine": first,
        "startColumn": _parts.column(paper, start),
        "endLine": last,
        "endColumn": _parts.column(paper, end),
        "snippet": {"text": _parts.plain(paper.abstract[start:end])},
    }


def _uri(paper: Paper) -> str:
    """The input's name as a relative reference; standard input has a name of its own."""
    return "stdin" if paper.source == "-" else quote(paper.source.replace("\\", "/").encode("utf-8", "replace"))
