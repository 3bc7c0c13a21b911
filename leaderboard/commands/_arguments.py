"""Options that several commands share, and the kinds of values that options take."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from leaderboard import triage

OUT = "out"
"""The folder of a build where none is named."""


def add_inputs(parser: argparse.ArgumentParser, sure: float = 0.0) -> None:
    """What to read, as which format, and how sure a claim must be (`sure` where nothing is asked for)."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="files, folders, globs, or - for standard input; the format is recognised from the content",
    )
    parser.add_argument("--from", dest="source_format", metavar="FORMAT", help="read every input as this format")
    parser.add_argument(
        "--min-confidence",
        type=share,
        default=sure,
        metavar="X",
        help=f"leave out claims less sure than X (0 to 1; default: {sure:g})",
    )


def add_checks(parser: argparse.ArgumentParser) -> None:
    """Which checks to run."""
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="CHECK",
        help="run only this check (may be given several times)",
    )
    parser.add_argument(
        "--enable",
        action="append",
        default=[],
        metavar="CHECK",
        help="also run this check, which is off unless asked for (may be given several times; 'all' for every one)",
    )


def add_corrections(parser: argparse.ArgumentParser) -> None:
    """What was read wrong."""
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="put right what was read wrong (default: every corrections.toml next to an input file or in an input "
        "folder)",
    )


def add_allow_list(parser: argparse.ArgumentParser) -> None:
    """Which findings are allowed."""
    parser.add_argument(
        "--allow-list",
        type=Path,
        metavar="FILE",
        help=f"findings that are allowed, each with a reason (default: {triage.DEFAULT}, if there is one)",
    )


def allow_list(path: Path | None) -> triage.AllowList | None:
    """The allow-list that is named, or the one in this folder, or None."""
    if path is None and not Path(triage.DEFAULT).is_file():
        return None
    return triage.read_allow_list(path or Path(triage.DEFAULT))


def today() -> dt.date:
    """The day by which entries of an allow-list expire, in UTC."""
    return dt.datetime.now(dt.UTC).date()


def add_build(parser: argparse.ArgumentParser) -> None:
    """The build to read from."""
    parser.add_argument(
        "--in",
        dest="folder",
        type=Path,
        default=Path(OUT),
        metavar="DIR",
        help=f"the folder of a build (default: {OUT})",
    )


def share(text: str) -> float:
    """A number between 0 and 1."""
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return number


def positive(text: str) -> int:
    """A whole number above 0."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def whole(text: str) -> int:
    """A whole number, 0 included."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number


def port(text: str) -> int:
    """A port number."""
    number = int(text)
    if not 0 < number < 1 << 16:
        raise argparse.ArgumentTypeError(f"{text} is no port number (1 to 65535)")
    return number
