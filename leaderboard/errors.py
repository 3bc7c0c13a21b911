"""What can go wrong on the operator's side, as one tree.

    LeaderboardError
    ├── UnknownName(KeyError)            a metric, benchmark, unit or view nobody knows; carries near matches
    ├── BadDataFile(ValueError)          a file under data/ that does not validate; carries path and field
    ├── UnreadableSource(ValueError)     an input that cannot be read at all; carries file, record and remedy
    └── UnusableOutput(OSError)          an output folder that cannot be written; carries path and remedy

The paper's mistakes are never exceptions: they are data (`models.Rejection`, `models.Finding`). The command prints the
message of a `LeaderboardError` on one line and exits with 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class LeaderboardError(Exception):
    """The operator asked for something that cannot be done; the message says what and how to mend it."""

    def __str__(self) -> str:
        """The bare message (`KeyError` would quote it)."""
        return str(self.args[0]) if self.args else ""


class UnknownName(LeaderboardError, KeyError):
    """A name that no registry holds.

    `kind` is what was looked up ("metric", "benchmark", ...), `near` the closest known names, best first.
    """

    def __init__(self, kind: str, name: str, near: Sequence[str] = ()) -> None:
        """Build the message "Unknown metric 'x'. Did you mean 'y' or 'z'?"."""
        hint = f" Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
        super().__init__(f"Unknown {kind} {name!r}.{hint}")
        self.kind, self.name, self.near = kind, name, tuple(near)


class BadDataFile(LeaderboardError, ValueError):
    """A file of the `data/` folder, or a corrections or weights file, that does not validate."""

    def __init__(self, path: Path | str, field: str, problem: str) -> None:
        """Name the file, the field (dotted, with the entry's id) and the problem."""
        super().__init__(f"{path}: {field}: {problem}")
        self.path, self.field, self.problem = Path(path), field, problem


class UnreadableSource(LeaderboardError, ValueError):
    """An input that yields no paper at all: missing, empty, binary, or of no known format."""

    def __init__(self, path: Path | str, problem: str, remedy: str, record: int | None = None) -> None:
        """Name the file, the record (1-based, when one is to blame), the problem and what to do."""
        where = f"{path}: record {record}" if record is not None else f"{path}"
        super().__init__(f"{where}: {problem}; {remedy}")
        self.path, self.record, self.problem, self.remedy = str(path), record, problem, remedy


class UnusableOutput(LeaderboardError, OSError):
    """An output folder or file that cannot be written."""

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        """Name the path, the problem and what to do."""
        super().__init__(f"{path}: {problem}; {remedy}")
        self.path, self.problem, self.remedy = str(path), problem, remedy
