"""Check whether the numbers of abstracts add up.

Exit status 0: nothing at or above `--fail-on`; 1: something; 2: could not run.
"""

from __future__ import annotations

import argparse
import sys

from leaderboard import checks, pipeline, registry, sources
from leaderboard.commands import _arguments
from leaderboard.commands.extract import set_aside
from leaderboard.models import Finding

LEVELS = ("error", "warning", "note")
"""Levels of findings, gravest first."""

FORMATS = ("text", "markdown", "jsonl")
"""How findings are printed."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    _arguments.add_inputs(parser)
    parser.add_argument("--format", dest="form", choices=FORMATS, default="text", help="default: text")
    parser.add_argument(
        "--fail-on",
        choices=(*LEVELS, "never"),
        default="error",
        help="least level of a finding that makes exit status 1 (default: error)",
    )


def run(options: argparse.Namespace) -> int:
    """Print what the checks found."""
    records = sources.read(options.inputs, format=options.source_format)
    gathered = pipeline.gather(records, registry.load(), min_confidence=options.min_confidence)
    report = checks.run(gathered.corpus)
    text = checks.render(report, options.form, color=sys.stdout.isatty())
    print(text, end="" if text.endswith("\n") or not text else "\n")
    lost = [rejection for rejection in gathered.rejections if rejection.stage == "source"]
    print("".join(f"leaderboard: {line}\n" for line in set_aside(lost)), end="", file=sys.stderr)
    return int(any(fails(finding, options.fail_on) for finding in report.findings))


def fails(finding: Finding, least: str) -> bool:
    """Whether a finding makes the command fail under `--fail-on least`."""
    return finding.state == "fail" and least != "never" and LEVELS.index(finding.level) <= LEVELS.index(least)
