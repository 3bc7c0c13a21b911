"""The real pages, where they stand beside the checkout."""

from __future__ import annotations

from pathlib import Path

from leaderboard import sources
from leaderboard.models import Paper


def test_the_two_pages_hold_173_distinct_papers(shared: Path) -> None:
    pages = [list(sources.read([str(shared / "corpus" / f"papers-page-{name}.txt")])) for name in "ab"]
    assert [len(page) for page in pages] == [97, 79]
    papers = list(sources.read([str(shared / "corpus" / "papers-page-*.txt")]))
    assert papers == pages[0] + pages[1]
    assert all(isinstance(paper, Paper) for paper in papers)
    assert len({paper.title for paper in papers if isinstance(paper, Paper)}) == 173
    assert len({paper.id for paper in papers if isinstance(paper, Paper)}) == 173


def test_the_sample_is_read_whole(root: Path) -> None:
    papers = list(sources.read([str(root / "data" / "sample" / "papers.jsonl")]))
    assert len(papers) == 302
    assert all(isinstance(paper, Paper) for paper in papers)
