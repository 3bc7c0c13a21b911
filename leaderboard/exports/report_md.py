"""The report for people as Markdown, for a README, an issue or a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from leaderboard.exports import _report
from leaderboard.models import Correction, Finding, Rejection, Snapshot

FILE = "report.md"
"""Name of the file in the folder of a build."""

SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&!#])")
"""Characters that Markdown reads as marks wherever they stand."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the report of a snapshot to `path`."""
    text = "\n".join(_lines(_report.compose(snapshot))) + "\n"
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def escape(text: str) -> str:
    """The text on one line so that Markdown shows every character of it and acts on none."""
    flat = SPECIAL.sub(r"\\\1", _report.visible(text))
    # A digit cannot be escaped; the stop behind it can.
    flat = re.sub(r"^(\s*\d+)([.)])(?=\s|$)", r"\1\\\2", flat)
    return re.sub(r"^(\s*)([-+=])(?=[-+=\s]|$)", r"\1\\\2", flat)


def link(text: str, url: str | None) -> str:
    """A link, or the bare text where the address is none of http or https."""
    address = _report.web_address(url)
    if address is None:
        return escape(text)
    return f"[{escape(text)}](<{address}>)"


def _lines(report: _report.Report) -> Iterator[str]:
    total = report.counts
    yield f"# Leaderboards from {_report.count(total['papers'], 'paper')}"
    yield ""
    yield "Values are claims made in abstracts; nothing here has been verified."
    yield ""
    yield from _grid(
        ("papers", "claims", "boards", "errors", "warnings", "notes", "set aside"),
        [[f"{total[k]:,}" for k in ("papers", "claims", "boards", "errors", "warnings", "notes", "rejections")]],
    )
    yield "## Boards"
    yield ""
    for table in report.tables:
        yield from _board(table)
    if not report.tables:
        yield "No claim could be ranked."
        yield ""
    if report.unranked:
        yield "### Shown on boards, not ranked"
        yield ""
        yield from _grid(("lines", "why"), [[f"{number:,}", escape(why)] for why, number in report.unranked])
    yield "## Findings"
    yield ""
    yield from _findings(report)
    if report.corrections:
        yield "## Corrections"
        yield ""
        yield from _corrections(report.corrections, report.more_corrections)
    yield "## Set aside"
    yield ""
    yield from _rejections(report.rejections, report.more_rejections)
    yield f"leaderboard {report.version}, snapshot {report.digest}"


def _board(table: _report.Table) -> Iterator[str]:
    yield f"### {escape(table.name)}"
    yield ""
    yield f"{escape(table.about)}."
    yield ""
    rows = []
    for line in table.lines:
        row = line.row
        rank = "" if row.rank is None else f"{row.rank}{'=' if row.tie else ''}"
        words = line.evidence
        quote = f"{escape(words.before)}**{escape(words.number)}**{escape(words.after)}"
        if row.corrected:
            quote += f" **Corrected:** {escape(row.corrected)}"
        paper = link(row.title or row.paper_id, row.url)
        rows.append([rank, escape(line.model), escape(line.figure), row.role, escape(row.date or ""), paper, quote])
    yield from _grid(("rank", "model", "score", "role", "date", "paper", "evidence"), rows)
    if table.more:
        yield f"{_report.count(table.more, 'more line')} in leaderboard.csv."
        yield ""


def _findings(report: _report.Report) -> Iterator[str]:
    if not report.findings:
        yield "No claim contradicts another."
        yield ""
    for finding in report.findings:
        yield from _finding(finding, report.titles.get(finding.paper_id, ""))
    if report.tallies:
        yield from _grid(
            ("check", "passed", "failed", "to review", "not applicable", "suppressed"),
            [
                [t.check, *map(str, (t.passed, t.failed, t.review, t.not_applicable, t.suppressed))]
                for t in report.tallies
            ],
        )


def _finding(finding: Finding, title: str) -> Iterator[str]:
    yield f"- **{finding.level}** {finding.check}: {escape(finding.message)}"
    yield f"  {link(title or finding.paper_id, finding.url)}"
    for label, text in (("Evidence", finding.quote), ("Arithmetic", finding.formula)):
        if text:
            yield f"  - {label}: {escape(text)}"
    if finding.alternatives:
        yield f"  - Also possible: {escape('; '.join(finding.alternatives))}"
    yield ""


def _corrections(corrections: Sequence[Correction], more: int) -> Iterator[str]:
    yield from _grid(
        ("paper", "number", "what changed", "why", "entry"),
        [
            [escape(cell) for cell in (c.paper_id or "", c.printed, _report.effect(c), c.reason, _report.signed(c))]
            for c in corrections
        ],
    )
    if more:
        yield f"{more:,} more in corrections.csv."
        yield ""


def _rejections(rejections: Sequence[Rejection], more: int) -> Iterator[str]:
    if not rejections:
        yield "Every record could be used."
        yield ""
        return
    yield from _grid(
        ("source", "record", "reason", "text"),
        [[escape(r.source), str(r.record), escape(r.reason), escape(r.text[:80])] for r in rejections],
    )
    if more:
        yield f"{more:,} more in rejected.jsonl."
        yield ""


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table and an empty line after it."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""
