"""An abstract of a megabyte is read like any other: in bounded work, and with every offset exact."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROSE = "The invented animals of this study were counted by hand, twice, and nobody was hurt in the counting. "
CLAIM = "FooNet reaches 81.2% accuracy on ImageNet. "


def test_an_abstract_of_a_megabyte(tmp_path: Path) -> None:
    abstract = (PROSE * 200 + CLAIM) * 50
    assert len(abstract) > 1_000_000
    source = tmp_path / "big.jsonl"
    source.write_text(json.dumps({"id": "big", "title": "Counting", "abstract": abstract}) + "\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "leaderboard", "extract", str(source), "--format", "jsonl"],
        capture_output=True,
        text=True,
        check=True,
    )
    claims = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(claims) == 50
    assert {abstract[c["start"] : c["end"]] for c in claims} == {"81.2%"}
    assert len({c["start"] for c in claims}) == 50


def test_a_megabyte_of_bare_numbers_claims_nothing(tmp_path: Path) -> None:
    source = tmp_path / "table.txt"
    source.write_text("12.5 " * 200_000, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "leaderboard", "extract", str(source)], capture_output=True, text=True, check=False
    )
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
