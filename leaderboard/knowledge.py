"""The data files that people edit, as tables: TOML is parsed once, then kept as Python keeps what it compiles.

Parsing them is the longest thing that a short command would do. So what a file says is kept beside it in
`__pycache__`, with the size and the time of change of the file, by the rules for bytecode: PYTHONDONTWRITEBYTECODE and
PYTHONPYCACHEPREFIX hold, a folder that cannot be written is no error, and what is stale, damaged or of another Python
is made anew.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from leaderboard.errors import BadDataFile

SUFFIX = ".marshal"
"""What the name of a kept file ends in."""


def tables(path: Path) -> dict[str, Any]:
    """What a TOML file says. Raises `BadDataFile` where it is missing, not UTF-8 or not TOML."""
    stamp = _stamp(path)
    kept = _place(path)
    found = _kept(kept, stamp) if kept is not None else None
    if found is None:
        found = _parsed(path)
        if kept is not None and not sys.dont_write_bytecode:
            _keep(kept, stamp, found)
    return found


def text(path: Path) -> str:
    """A data file as text. Raises `BadDataFile` where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadDataFile(path, "file", "does not exist") from None
    except UnicodeDecodeError as error:
        raise BadDataFile(path, f"byte {error.start}", "is not UTF-8") from None


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - mostly there is nothing to parse

    try:
        return tomllib.loads(text(path))
    except tomllib.TOMLDecodeError as error:
        raise BadDataFile(path, "file", f"is not TOML: {error}") from None


def _stamp(path: Path) -> tuple[int, int]:
    """Size in bytes and time of change in nanoseconds, by which a kept file is known to be of this one."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BadDataFile(path, "file", "does not exist") from None
    return status.st_size, status.st_mtime_ns


def _place(path: Path) -> Path | None:
    """Where the tables of a file are kept, or None where this Python keeps nothing."""
    try:
        return Path(cache_from_source(str(path))).with_suffix(SUFFIX)
    except NotImplementedError:
        return None


def _kept(place: Path, stamp: tuple[int, int]) -> dict[str, Any] | None:
    """The tables that are kept with this stamp, or None."""
    try:
        # As trustworthy as the bytecode of the program, which stands beside it.
        of, found = marshal.loads(place.read_bytes())  # noqa: S302
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return found if of == stamp and isinstance(found, dict) else None


def _keep(place: Path, stamp: tuple[int, int], found: dict[str, Any]) -> None:
    """Keep tables, whole or not at all: dates cannot be kept, and nothing in a folder that cannot be written."""
    part = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        data = marshal.dumps((stamp, found))
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(place)
    except (OSError, ValueError):
        with suppress(OSError):
            part.unlink()
