"""Check whether the numbers of abstracts add up.

Input is an abstract (a file, or - for standard input), a LaTeX or BibTeX file, or anything else that holds abstracts.
Exit status 0: nothing new at or above `--fail-on`; 1: something; 2: could not run.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from leaderboard import checks, corrections, forms, registry, sources, triage
from leaderboard.commands import _arguments
from leaderboard.commands.extract import set_aside
from leaderboard.errors import UnusableOutput
from leaderboard.gather import gather
from leaderboard.models import Paper, Rejection
from leaderboard.outcomes import LEVELS

MACHINE = frozenset({"jsonl", "sarif", "junit"})
"""Forms that programs read: the counts that open a report go to standard error."""

NO_ABSTRACT = "no abstract"
"""How the reason starts for which a source sets aside a record that may be as it should."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    _arguments.add_inputs(parser)
    _arguments.add_checks(parser)
    _arguments.add_corrections(parser)
    parser.add_argument("--format", dest="form", choices=forms.names(), default="text", help="default: text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report to a file")
    parser.add_argument(
        "--all", dest="all_states", action="store_true", help="list what agrees or cannot be judged, too"
    )
    parser.add_argument(
        "--fail-on",
        choices=(*LEVELS, "never"),
        help="least level of a new finding that makes exit status 1 (default: error; with --format sarif: never)",
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="an older report as JSON Lines; only what is new counts"
    )
    _arguments.add_allow_list(parser)
    parser.add_argument(
        "--allow-empty",
        action="store_true",
        help="files without any abstract are no failure (for hooks on whole folders)",
    )


def run(options: argparse.Namespace) -> int:
    """Print what the checks found."""
    allowed = _arguments.allow_list(options.allow_list)
    baseline = triage.read_baseline(options.baseline) if options.baseline else None
    wanted = corrections.read(corrections.files(options.corrections, options.inputs))
    records: Iterable[Paper | Rejection] = sources.read(options.inputs, format=options.source_format)
    if options.allow_empty:
        records = list(records)
        if all(isinstance(one, Rejection) and one.reason.startswith(NO_ABSTRACT) for one in records):
            print(f"leaderboard: no abstract in {', '.join(sorted({one.source for one in records}))}", file=sys.stderr)
            return 0
    gathered = gather(records, registry.load(), wanted, min_confidence=options.min_confidence)
    found = checks.run(gathered.corpus, only=options.select, enable=options.enable)
    report, remarks = triage.against(found, allowed, baseline, _arguments.today())
    color = options.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = forms.render(report, options.form, color=color, all_states=options.all_states)
    _put(text, options.output)
    lost = [rejection for rejection in gathered.rejections if rejection.stage == "source"]
    notes = [*(forms.header(report) if options.form in MACHINE else ()), *set_aside(lost), *remarks]
    if gathered.corrections:
        from leaderboard.commands import _terminal  # noqa: PLC0415 - start-up time

        notes += _terminal.idle(gathered.corrections)
    print("".join(f"leaderboard: {line}\n" for line in notes), end="", file=sys.stderr)
    least = options.fail_on or ("never" if options.form == "sarif" else "error")
    return int(bool(report.counted(least)) and not options.exit_zero)


def _put(text: str, path: Path | None) -> None:
    """Write the report to a file, or to standard output."""
    if path is None:
        print(text, end="")
        return
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        problem = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise UnusableOutput(path, problem, "name a file in a folder that you may write") from error
