"""What was set aside and why, one JSON object per line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from leaderboard.models import Snapshot

FILE = "rejected.jsonl"
"""Name of the file in the folder of a build."""


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the rejections of a snapshot to `path`, in the order in which they came up."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        for rejection in snapshot.rejections:
            file.write(json.dumps(asdict(rejection), ensure_ascii=False) + "\n")
