"""What all tests share: the option that rewrites golden files, and the way to the real corpus beside the checkout."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from leaderboard.models import Claim, Paper
from leaderboard.registry import Registry, load

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""


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
