"""What corrections changed and which of their entries changed nothing, as CSV, one line per change."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from leaderboard.exports import _cells
from leaderboard.models import Correction, Snapshot

FILE = "corrections.csv"
"""Name of the file in the folder of a build."""

COLUMNS = tuple(field.name for field in fields(Correction))
"""The columns, in order; `problem` says why an entry changed nothing."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the corrections of a snapshot to `path`."""
    _cells.write(path, COLUMNS, ([getattr(one, name) for name in COLUMNS] for one in snapshot.corrections))
