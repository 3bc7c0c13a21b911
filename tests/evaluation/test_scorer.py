"""Agreement with the reference scorer, to the last digit that it prints, on the abstracts beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from leaderboard.commands import evaluate, extract

SETS = ("seed", "open")


@pytest.mark.parametrize("least", [0.0, 0.7])
@pytest.mark.parametrize("name", SETS)
def test_the_figures_agree(name: str, least: float, shared: Path, tmp_path: Path) -> None:
    gold, abstracts = (shared / "gold" / f"{name}-{part}.jsonl" for part in ("claims", "abstracts"))
    predictions = tmp_path / "predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as stream:
        extract.write_jsonl(extract.claims([str(abstracts)], min_confidence=least), stream)
    command = [sys.executable, shared / "tools" / "score_claims.py", gold, abstracts, predictions, "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = evaluate.as_record(evaluate.measure(gold, [str(abstracts)], min_confidence=least), errors=0)
    for count in ("papers", "annotated_claims", "predicted_claims"):
        assert ours[count] == theirs[{"annotated_claims": "gold_claims"}.get(count, count)]
    for level, figure in ours["figures"].items():
        assert {part: figure[part] for part in theirs[level]} == theirs[level], level
    assert {field: share["share"] for field, share in ours["fields"].items()} == theirs["attributes"]
