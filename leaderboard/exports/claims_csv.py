"""The claims table as CSV, one line per claim and benchmark."""

from __future__ import annotations

from pathlib import Path

from leaderboard.exports import _cells
from leaderboard.models import TABLE_COLUMNS, Snapshot

FILE = "claims.csv"
"""Name of the file in the folder of a build."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the claims table of a snapshot to `path`."""
    rows = ([getattr(result, name) for name in TABLE_COLUMNS] for result in snapshot.results)
    _cells.write(path, TABLE_COLUMNS, rows)
