"""Boards that merge all conditions of a benchmark and metric, in one CSV file that says so on every line."""

from __future__ import annotations

from pathlib import Path

from leaderboard.exports import _cells
from leaderboard.models import Snapshot

FILE = "merged.csv"
"""Name of the file in the folder of a build."""

OF_BOARD = ("benchmark", "metric", "kind", "unit", "higher_is_better")
"""The columns that tell what is compared, after `board`."""

OF_LINE = (
    *("rank", "rank_low", "rank_high", "tie", "lane", "model", "score", "printed", "role", "bound"),
    *("title", "url", "date", "evidence", "confidence", "claim_id", "note", "corrected"),
)
"""The columns of a line; `lane` is its own, `note` says why it has no rank, `corrected` what a correction changed."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the merged boards of a snapshot to `path`."""
    lines = (
        [board.lane, *(getattr(board, name) for name in OF_BOARD), *(getattr(row, name) for name in OF_LINE)]
        for board in snapshot.merged
        for row in board.rows
    )
    _cells.write(path, ("board", *OF_BOARD, *OF_LINE), lines)
