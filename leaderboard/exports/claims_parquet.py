"""The claims table as Parquet, typed and raw, for pandas, DuckDB, Polars and R."""

from __future__ import annotations

from pathlib import Path

from leaderboard.models import Snapshot
from leaderboard.table import to_arrow

FILE = "claims.parquet"
"""Name of the file in the folder of a build."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the claims table of a snapshot to `path`."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - only who writes Parquet pays for the library

    pq.write_table(to_arrow(snapshot.results), path, compression="zstd")
