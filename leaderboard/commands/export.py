"""Write a build again in one of its formats."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from leaderboard import exports, table
from leaderboard.commands import _arguments
from leaderboard.errors import LeaderboardError, UnknownName, UnusableOutput
from leaderboard.plugins import discover


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("form", metavar="FORMAT", help=", ".join(discover(exports)))
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file to write (default: standard output)")
    _arguments.add_build(parser)


def run(options: argparse.Namespace) -> int:
    """Write to the file, or to standard output."""
    formats = discover(exports)
    form = options.form.replace("-", "_")
    if form not in formats:
        raise UnknownName("export format", options.form, sorted(formats))
    module = formats[form]
    binary = module.FILE.endswith(".parquet")
    if options.out is None and binary and sys.stdout.isatty():
        raise LeaderboardError(f"{module.FILE} is binary; name a file with --out")
    snapshot = table.load(options.folder)
    target: Path | None = options.out
    # Beside the target, so that it can be moved into place at once.
    beside = target.parent if target else None
    try:
        with tempfile.TemporaryDirectory(prefix=".leaderboard-", dir=beside) as folder:
            made = Path(folder) / module.FILE
            module.write(snapshot, made)
            if target is not None:
                made.replace(target)
                return 0
            with made.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
    except BrokenPipeError:
        raise
    except OSError as error:
        problem = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise UnusableOutput(target or "standard output", problem, "name a file that you may write") from error
    return 0
