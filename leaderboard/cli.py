"""The `leaderboard` command.

Exit status: 0 done, 1 findings at or above `--fail-on` (`check` only), 2 could not run, 130 interrupted, 141 the
reader of the output went away. Errors are one line on standard error; `--debug` shows the trace.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from leaderboard import __version__, commands
from leaderboard.errors import LeaderboardError

INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit statuses that a shell gives a command that a signal ended: 128 + SIGINT, 128 + SIGPIPE."""

YOUNG = 100_000
"""How many new objects Python gathers before it looks for cycles among them. Its own 700 make it look a thousand times
while names, weights and claims are loaded, none of which is garbage; so did a third of the time of a short command go.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (by default those of the process) and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A lone surrogate of a damaged text must not end the command; in JSON its escape is the right spelling.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.set_threshold(YOUNG)
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    try:
        options = _parser(given).parse_args(given)
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return _fail("interrupted; what was there before is untouched", INTERRUPTED, debug=debug)
    except (LeaderboardError, OSError) as error:
        return _fail(str(error), 2, debug=debug)
    except Exception as error:  # noqa: BLE001 - exit status 1 means findings, so a defect must not end with it
        return _fail(f"defect: {type(error).__name__}: {error}; --debug shows where", 2, debug=debug)
    return status


def _fail(message: str, status: int, *, debug: bool) -> int:
    """Print a message as one line (after the trace with `--debug`) and return the exit status."""
    if debug:
        traceback.print_exc()
    line = "".join(character if character.isprintable() else " " for character in message)
    print(f"leaderboard: {line}", file=sys.stderr)
    return status


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and exit with 2."""
        self.exit(2, f"leaderboard: {message}; see {self.prog} --help\n")


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The command line: one sub-command per module of `commands`, of which only the one that is `given` is imported."""
    parser = _Parser(prog="leaderboard", description="Turn what papers claim into tables to rank, check and cite.")
    parser.add_argument("--version", action="version", version=f"leaderboard {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the trace of an error")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    wanted = next((argument for argument in given if not argument.startswith("-")), None)
    names = [info.name for info in pkgutil.iter_modules(commands.__path__) if not info.name.startswith("_")]
    hidden = wanted in names and set(given[: given.index(wanted)]) <= {"--debug"}
    for name in names:
        if hidden and name != wanted:
            subparsers.add_parser(name)  # nobody will see what it says
            continue
        text = _docstring(name)
        command = subparsers.add_parser(name, help=text.partition("\n")[0], description=text)
        if name == wanted:
            module = import_module(f"{commands.__name__}.{name}")
            module.arguments(command)
            command.add_argument(
                "--debug", action="store_true", default=argparse.SUPPRESS, help="show the trace of an error"
            )
            command.set_defaults(run=module.run)
    return parser


def _docstring(name: str) -> str:
    """The docstring of a command's module, read without importing it."""
    source = Path(commands.__path__[0]) / f"{name}.py"
    return ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
