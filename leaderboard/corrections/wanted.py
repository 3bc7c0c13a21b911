"""Which corrections a run has: the files that hold them, and their entries. Most runs have none.

What their entries say and do (`entries`, `planning`, `applying`) is imported where there are some.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leaderboard.errors import BadDataFile

if TYPE_CHECKING:
    from leaderboard.corrections.entries import Entry

DEFAULT: Final = "corrections.toml"
"""The corrections file that is read where it lies beside an input."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry where it stands: `source` is the file, `name` its sort with its place among these ("fix 2")."""

    source: str
    name: str
    entry: Entry

    def wrong(self, problem: str) -> BadDataFile:
        """The error that says what is wrong with the entry."""
        return BadDataFile(self.source, self.name, problem)


@dataclass(frozen=True)
class Corrections:
    """The entries of all corrections files of a run, in their order."""

    entries: tuple[Placed, ...] = ()


NONE: Final = Corrections()
"""No corrections."""


def read(paths: Iterable[Path]) -> Corrections:
    """The entries of these files.

    Raises:
        BadDataFile: a file cannot be read, or an entry does not validate; names the file, the entry and the remedy.
    """
    found = tuple(paths)
    if not found:
        return NONE
    from leaderboard.corrections import entries  # noqa: PLC0415 - start-up time

    return Corrections(entries.placed(found))


def files(named: Path | None, inputs: Iterable[str]) -> tuple[Path, ...]:
    """The corrections file that is named, or else those beside the inputs."""
    return (named,) if named else beside(inputs)


def beside(inputs: Iterable[str]) -> tuple[Path, ...]:
    """The corrections files that lie next to the given files, or in the given folders, each once."""
    folders: dict[Path, None] = {}
    for given in inputs:
        for name in [given] if Path(given).exists() else glob.glob(given, recursive=True):  # noqa: PTH207 - given as text
            path = Path(name)
            folders[path if path.is_dir() else path.parent] = None
    return tuple(path for folder in folders if (path := folder / DEFAULT).is_file())
