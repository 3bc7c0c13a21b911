"""The data files that people edit, as tables: TOML is parsed once, then kept as Python keeps what it compiles.

Parsing them, and deriving look-ups from them, is the longest thing that a short command would do. So what files say is
kept beside them in `__pycache__`, with the size and the time of change of the files, by the rules for bytecode:
PYTHONDONTWRITEBYTECODE and PYTHONPYCACHEPREFIX hold, a folder that cannot be written is no error, and what is stale,
damaged or of another Python is made anew.
"""

from __future__ import annotations

import json
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeVar, cast

from leaderboard.errors import BadDataFile

Made = TypeVar("Made")

SUFFIX = ".marshal"
"""What the name of a kept file ends in."""


def tables(path: Path) -> dict[str, Any]:
    """What a TOML file says. Raises `BadDataFile` where it is missing, not UTF-8 or not TOML."""
    return derived(path, (path,), lambda: _parsed(path))


def derived(place: Path, sources: Iterable[Path], make: Callable[[], Made]) -> Made:
    """What `make` finds in files: what it found the last time, if none of `sources` has changed since.

    `sources` are the data files and the modules whose code reads them. It is kept under the name of `place`, which need
    not exist, if it is made of what JSON knows and tuples.
    """
    stamp = tuple(_stamp(path) for path in sources)
    kept = _place(place)
    found = _kept(kept, stamp) if kept is not None else None
    if found is None:
        found = make()
        if kept is not None and not sys.dont_write_bytecode:
            _keep(kept, stamp, found)
    return cast("Made", found)


def given(path: Path, part: str) -> dict[str, Any]:
    """What a TOML file says that people write for one run, `part` being what it is for ("corrections").

    Raises `BadDataFile` with the remedy where it cannot be read, is not UTF-8 or not TOML.
    """
    import tomllib  # noqa: PLC0415 - most runs have no such file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadDataFile(path, part, f"{(error.strerror or str(error)).lower()}; check its name") from error
    except UnicodeDecodeError as error:
        raise BadDataFile(path, part, "is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        problem = f"is not TOML: {error}; texts stand in quotes, and a backslash in single ones"
        raise BadDataFile(path, part, problem) from error


def made(path: Path, what: str, maker: str, take: Callable[[Any], Made]) -> Made:
    """What `take` finds in a JSON file that a program writes: `what` it is ("weights file"), and its `maker`.

    Raises `BadDataFile` with that remedy where the file is missing or holds something else.
    """
    try:
        return take(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BadDataFile(path, "file", f"does not exist; {maker} makes it") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadDataFile(path, str(error), f"is not a {what}; {maker} makes one") from None


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


def _stamp(path: Path) -> tuple[str, int, int]:
    """Name, size in bytes and time of change in nanoseconds, by which a kept file is known to be of this one."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return path.name, 0, 0  # whoever reads it says so
    return path.name, status.st_size, status.st_mtime_ns


def _place(path: Path) -> Path | None:
    """Where that which has this name is kept, or None where this Python keeps nothing."""
    try:
        return Path(cache_from_source(str(path))).with_suffix(SUFFIX)
    except NotImplementedError:
        return None


def _kept(place: Path, stamp: tuple[tuple[str, int, int], ...]) -> object:
    """What is kept with this stamp, or None."""
    try:
        # As trustworthy as the bytecode of the program, which stands beside it.
        of, found = marshal.loads(place.read_bytes())  # noqa: S302
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return found if of == stamp else None


def _keep(place: Path, stamp: tuple[tuple[str, int, int], ...], found: object) -> None:
    """Keep it, whole or not at all: dates cannot be kept, and nothing in a folder that cannot be written."""
    part = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        data = marshal.dumps((stamp, cast("Any", found)))
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(place)
    except (OSError, ValueError):
        with suppress(OSError):
            part.unlink()
