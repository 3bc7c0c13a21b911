"""Make boards, the report and the dashboard's data from papers.

Writes leaderboard.csv, merged.csv, claims.csv, claims.parquet, corrections.csv, leaderboard.duckdb, report.md,
report.html, rejected.jsonl and manifest.json into a folder, and prints the fullest boards. A build that fails leaves
the previous one as it was.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from leaderboard import checks, pipeline, table, triage
from leaderboard.commands import _arguments, _terminal
from leaderboard.exports import corrections_csv, rejected_jsonl, report_html
from leaderboard.exports._report import count
from leaderboard.models import Snapshot
from leaderboard.outcomes import LEVELS

SURE = 0.3
"""How sure a claim must be for a board where nothing else is asked for: of the rows of unseen abstracts (fresh-4 of the
annotated sets), it keeps 41 of 43 right ones and 13 of 27 wrong ones."""

BOARDS, LINES = 3, 3
"""How many boards, and how many lines of each, the command prints."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    _arguments.add_inputs(parser, SURE)
    _arguments.add_checks(parser)
    _arguments.add_corrections(parser)
    _arguments.add_allow_list(parser)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(_arguments.OUT),
        metavar="DIR",
        help=f"output folder (default: {_arguments.OUT})",
    )


def run(options: argparse.Namespace) -> int:
    """Build, then say what was found and what to do next."""
    allowed = _arguments.allow_list(options.allow_list)
    remarks: list[str] = []

    def judge(report: checks.Report) -> checks.Report:
        judged, told = triage.against(report, allowed, None, _arguments.today())
        remarks.extend(told)
        return judged

    snapshot = pipeline.build(
        options.inputs,
        options.out,
        source_format=options.source_format,
        min_confidence=options.min_confidence,
        select=options.select,
        enable=options.enable,
        corrected_by=options.corrections,
        judge=judge,
        watch=_terminal.watch,
    )
    print("\n".join(summary(snapshot, options.out)))
    print("".join(f"leaderboard: {remark}\n" for remark in remarks), end="", file=sys.stderr)
    return 0


def summary(snapshot: Snapshot, out: Path) -> Iterator[str]:
    """What a build found: counts, the fullest boards, findings, what was set aside, what to do next."""
    number = table.counts(snapshot)
    claims, papers, boards = (count(number[f"{noun}s"], noun) for noun in ("claim", "paper", "board"))
    yield f"{claims} from {papers} on {boards}, in {out}"
    for board in snapshot.boards[:BOARDS]:
        yield ""
        yield from _terminal.board(board, LINES)
    yield ""
    allowed = sum(finding.state == "suppressed" for finding in snapshot.findings)
    suppressed = f"; {allowed:,} more suppressed by the allow-list" if allowed else ""
    yield "Findings: " + ", ".join(count(number[f"{level}s"], level) for level in LEVELS) + suppressed
    reasons = f"; the reason of each is in {out / rejected_jsonl.FILE}" if number["rejections"] else ""
    yield f"Set aside: {count(number['rejections'], 'record')}{reasons}"
    if snapshot.corrections:
        corrected = count(number["corrected"], "claim")
        yield f"Corrections: {corrected} changed or dropped; each change is in {out / corrections_csv.FILE}"
        yield from _terminal.idle(snapshot.corrections)
    yield ""
    yield f"Read {out / report_html.FILE}, or see it all with: leaderboard dashboard {shlex.quote(str(out))}"
