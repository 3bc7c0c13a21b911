"""What all tests share: the option that rewrites golden files, and the way to the real corpus beside the checkout."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from leaderboard.models import Claim, Correction, Finding, Operand, Paper, Reading, Rejection, Result, Snapshot
from leaderboard.normalise import paper_results
from leaderboard.rank import boards
from leaderboard.registry import Registry, load

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

# A slow machine is no failure; and what CI finds, everybody can find again.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite golden files and generated blocks with what the code gives now; review them as a diff",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def golden(update_golden: bool) -> Callable[[Path, str], None]:
    """`golden(path, text)` asserts that the file holds the text, or writes it there under `--update-golden`."""

    def compare(path: Path, text: str) -> None:
        if update_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"{path} is missing; pytest --update-golden writes it"
        assert text == path.read_bytes().decode("utf-8"), f"{path} differs; pytest --update-golden rewrites it"

    return compare


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real corpus and the annotations beside the checkout; absent, it skips the test."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the real corpus (../shared) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The registry of `tests/invented`: metrics, benchmarks and models that do not exist, in the real units."""
    folder = tmp_path_factory.mktemp("data") / "invented"
    shutil.copytree(ROOT / "tests" / "invented", folder)
    shutil.copy(ROOT / "data" / "units.txt", folder)
    return load(folder)


@pytest.fixture(scope="session")
def make_paper() -> Callable[..., Paper]:
    """`make_paper(abstract, **fields)`: a paper with an invented title and no date, but for the fields given."""

    def make(abstract: str = "", **changes: Any) -> Paper:
        fields: dict[str, Any] = {"id": "p1", "title": "A Study of Odd Numbers in Print", "source": "papers.jsonl"}
        return Paper(**{**fields, "record": 1, "abstract": abstract, **changes})

    return make


@pytest.fixture(scope="session")
def make_claim() -> Callable[..., Claim]:
    """`make_claim(paper, number, **fields)`: an own, exact score where the number first stands in the abstract."""

    def make(paper: Paper, number: str, **changes: Any) -> Claim:
        start = paper.abstract.index(number)
        fields: dict[str, Any] = {
            "paper_id": paper.id,
            "start": start,
            "end": start + len(number),
            "number": number,
            "kind": "score",
            "value": float(number.rstrip("%xB")),
            "value_high": None,
            "unit": "percent" if number.endswith("%") else "none",
            "half_width": 0.05,
            "metric": "accuracy",
            "metric_mention": "accuracy",
            "metric_inferred": False,
            "benchmarks": ("OddRead",),
            "benchmark_mentions": ("OddRead",),
            "subject": "Foo",
            "role": "own",
            "baseline": None,
            "direction": None,
            "bound": "exact",
            "setting": (),
            "sentence_start": 0,
            "sentence_end": len(paper.abstract),
            "rule": "invented",
            "confidence": 0.9,
        }
        return Claim(**{**fields, **changes})

    return make


@pytest.fixture(scope="session")
def make_snapshot(invented: Registry, make_claim: Callable[..., Claim]) -> Callable[..., Snapshot]:
    """`make_snapshot(papers, **fields)`: a build in which every number with a % is a claim of accuracy on OddRead."""

    def make(papers: Sequence[Paper], **fields: Any) -> Snapshot:
        rows: list[Result] = []
        for paper in papers:
            numbers = re.findall(r"[\d.]+%", paper.abstract)
            claims = [make_claim(paper, number, subject=f"Foo of {paper.id}") for number in numbers]
            rows += paper_results(claims, paper, invented)[0]
        parts: dict[str, Any] = {"papers": tuple(papers), "results": tuple(rows), "boards": boards(rows, invented)}
        parts |= {"version": "1.2.3", "digest": "d" * 64, "findings": (), "rejections": ()}
        return Snapshot(**{**parts, **fields})

    return make


@pytest.fixture
def hostile_snapshot(make_snapshot: Callable[..., Snapshot], make_paper: Callable[..., Paper]) -> Snapshot:
    """A build whose texts, also of corrections, try to be HTML, Markdown, a formula, a link, control characters."""
    attack = "=cmd()|<img src=x onerror=alert(1)>![x](http://evil.example/x.png)\x1b[31m\u202e**b** `c`"
    papers = [
        make_paper(
            f"{attack} <script>alert(1)</script> 84.0% & more.", id="=1+1", title=attack, url="javascript:alert(1)"
        ),
        make_paper(
            "Foo reaches 83.2% here.", id="p2", title="+SUM(A1)", url="https://example.org/a?b=1&c=2", date="2024-05"
        ),
        make_paper("Nothing, and \x00 too.", id="p3", title="@x\r\n-y\t", url="https://example.org/p3"),
    ]
    operand = Operand("p2", 12, 17, "83.2%", 83.2, 83.15, 83.25, "percent")
    readings = (
        Reading("points", float("-inf"), 3.5, meets=False),
        Reading("value", 3.0, 3.5, meets=True, allowed=(0.0, float("inf"))),
        Reading("error", 3.0, 3.5, meets=True, stated=(3.4, 3.6)),
    )
    finding = Finding(
        "from_to_gain",
        "error",
        "fail",
        "paper",
        "p2",
        f"It differs {attack}",
        (operand,),
        readings,
        "f1",
        attack,
        attack,
    )
    passed = Finding("from_to_gain", "error", "pass", "paper", "p2", "It agrees.", (), (), "f2")
    rejection = Rejection("source", "papers.jsonl", 4, None, attack, attack)
    changes = (
        Correction(attack, attack, attack, "p2", 12, 17, "83.2%", "subject", attack, attack, attack, "2026-11-25"),
        Correction(attack, attack, attack, problem=attack),
    )
    plain = make_snapshot(
        papers,
        findings=(finding, passed),
        rejections=(rejection,),
        versions=(("p2", 1),),
        corrections=changes,
    )
    return replace(
        plain,
        results=tuple(replace(result, corrected=attack) for result in plain.results),
        boards=tuple(
            replace(board, rows=tuple(replace(row, corrected=attack) for row in board.rows)) for board in plain.boards
        ),
    )


@pytest.fixture
def invented_reader(
    invented: Registry, make_claim: Callable[..., Claim], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Paper, Registry | None], tuple[Claim, ...]]:
    """In place of parser and registry: every number with a % claims accuracy on OddRead, unsure before a "?"."""

    def read(paper: Paper, registry: Registry | None = None) -> tuple[Claim, ...]:
        found = re.finditer(r"[\d.]+%(?=(\??))", paper.abstract)
        return tuple(make_claim(paper, m[0], subject="Foo", confidence=0.3 if m[1] else 0.9) for m in found)

    monkeypatch.setattr("leaderboard.parsing.read", read)
    monkeypatch.setattr("leaderboard.registry.load", lambda: invented)
    return read
