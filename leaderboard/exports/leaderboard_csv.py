"""All boards in one CSV file, one line per model and paper, best board and best line first."""

from __future__ import annotations

from pathlib import Path

from leaderboard.exports import _cells
from leaderboard.models import Board, Row, Snapshot

FILE = "leaderboard.csv"
"""Name of the file in the folder of a build."""

COLUMNS = (
    "rank",
    "tie",
    "tier",
    "benchmark",
    "metric",
    "lane",
    "model",
    "score",
    "printed",
    "role",
    "title",
    "url",
    "date",
    "evidence",
    "kind",
    "higher_is_better",
    "bound",
    "confidence",
    "claim_id",
    "unit",
    "rank_low",
    "rank_high",
    "note",
    "corrected",
)
"""The columns, in order; `note` says why a line has no rank, `rank_low` and `rank_high` which ranks it may have,
`corrected` what a correction changed, from what and why."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the boards of a snapshot to `path`."""
    lines = ((board, row) for board in snapshot.boards for row in board.rows)
    _cells.write(path, COLUMNS, ([_value(board, row, name) for name in COLUMNS] for board, row in lines))


def _value(board: Board, row: Row, name: str) -> object:
    """A column's value, from the line if it has it, else from its board."""
    return getattr(row if hasattr(row, name) else board, name)
