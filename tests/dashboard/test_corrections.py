"""The entry that the panel offers for a corrections file: it means the claim that it was made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from dashboard import corrections
from leaderboard.corrections import correct, plan, read
from leaderboard.models import Claim, Paper
from leaderboard.registry import load


@pytest.mark.parametrize(
    "abstract",
    [
        "It reaches 83.9% here.",
        "83.9%",
        "Of all that was said of it, 83.9% was right, and of the rest, which nobody had said before, a good part too.",
        "A \"quoted\" \\textbf{mark} of 83.9\\% = 83.9% 'so'.",
        "Two lines,\nand 83.9%\nbetween them.",
        "A bell\x07 rings 83.9% of the time.",
        "🦉 Owls see 83.9% of it \u202eall.",
    ],
)
def test_completed_it_changes_that_claim(
    abstract: str,
    make_paper: Callable[..., Paper],
    make_claim: Callable[..., Claim],
    tmp_path: Path,
) -> None:
    paper = make_paper(abstract, id='p"1\\')
    claim = make_claim(paper, "83.9%")
    shown = corrections.entry({**asdict(claim), "abstract": abstract, "printed": claim.number})
    assert all(character.isprintable() or character == "\n" for character in shown)
    path = tmp_path / "corrections.toml"
    path.write_text(shown.replace('metric = "..."', 'metric = "F1"').replace('= "..."', '= "S"'), encoding="utf-8")
    done = correct([claim], paper, plan(read([path]), load()))
    assert [(one.metric, one.subject) for one in done.claims] == [("F1", "S")], done.changes
