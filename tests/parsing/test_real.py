"""The parser on real text beside the checkout: annotated numbers are candidates, and nothing raises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leaderboard import evaluation, sources
from leaderboard.models import Paper
from leaderboard.parsing import read
from leaderboard.parsing.document import document
from leaderboard.parsing.gazetteer import gazetteer
from leaderboard.registry import load


@pytest.fixture(scope="module")
def gold(shared: Path) -> Path:
    """The folder of the annotations."""
    folder = shared / "gold"
    if not (folder / "seed-claims.jsonl").is_file():
        pytest.skip("the annotations (../shared/gold) are not on this machine")
    return folder


def test_nearly_every_annotated_number_is_a_candidate(gold: Path) -> None:
    lines = (gold / "seed-abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    papers = {entry["id"]: entry for entry in map(json.loads, lines)}
    file = gold / "seed-claims.jsonl"
    placed = evaluation.place(evaluation.read(file), {key: entry["abstract"] for key, entry in papers.items()}, file)
    book = gazetteer(load())
    covered = exact = total = 0
    for key, claims in placed.items():
        parsed = document(papers[key]["title"], papers[key]["abstract"], book)
        spans = {(q.start, q.end) for q in parsed.quantities} if parsed else set()
        for claim in claims:
            total += 1
            exact += (claim.start, claim.end) in spans
            covered += any(start < claim.end and claim.start < end for start, end in spans)
    assert total > 100
    assert covered >= 0.99 * total, f"{covered} of {total} annotated numbers are candidates"
    assert exact >= 0.95 * total, f"{exact} of {total} annotated numbers are candidates as printed"


@pytest.mark.parametrize("name", ["papers-page-a.txt", "papers-page-b.txt"])
def test_every_abstract_of_a_page_of_papers_is_read(shared: Path, name: str) -> None:
    path = shared / "corpus" / name
    if not path.is_file():
        pytest.skip(f"{path.name} is not on this machine")
    papers = [record for record in sources.read([str(path)]) if isinstance(record, Paper)]
    claims = [claim for paper in papers for claim in read(paper)]
    assert len(papers) > 50
    assert len(claims) > len(papers)
    abstracts = {paper.id: paper.abstract for paper in papers}
    assert all(abstracts[claim.paper_id][claim.start : claim.end] == claim.number for claim in claims)
