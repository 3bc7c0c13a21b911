"""`leaderboard evaluate`: what it prints, and what it asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TEXT = "Foo reaches 84.0% on OddRead, and maybe 12.5%? elsewhere."
RIGHT = {"number": "84.0%", "kind": "score", "value": 84.0, "unit": "percent", "metric": "accuracy", "quote": TEXT[:25]}
RIGHT |= {"benchmarks": ["OddRead|Odd Read"], "subject": "Foo"}


@pytest.fixture
def files(tmp_path: Path, invented_reader: object) -> tuple[Path, Path]:
    """Annotations and abstracts of three papers, under the parser and registry invented for tests."""
    gold, abstracts = tmp_path / "gold.jsonl", tmp_path / "abstracts.csv"
    lines = [{"id": "p1", "claims": [RIGHT]}, {"id": "p2", "claims": [{**RIGHT, "benchmarks": ["EvenRead"]}]}]
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    rows = ["id,title,abstract", *(f'{one},"Title of {one}","{TEXT}"' for one in ("p1", "p2", "not annotated"))]
    abstracts.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return gold, abstracts


def test_text(command: Run, files: tuple[Path, Path]) -> None:
    status, out, err = command("evaluate", *files)
    assert (status, err) == (0, "")
    lines = [line.rstrip() for line in out.splitlines()]
    assert lines[0] == "2 papers, 2 annotated claims, 4 found by the parser"
    assert [line.split()[:2] for line in lines[3:7]] == [
        ["found", "0.500"],
        ["kind", "0.500"],
        ["claim", "0.250"],
        ["board", "0.250"],
    ]
    assert "  benchmarks  0.500  2" in lines
    assert "  score   0.250      0.500   0.333  2" in lines
    assert "  invented  0.250  4" in lines
    place = lines.index("Errors, worst first (3 of 3):")
    assert lines[place + 1 : place + 5] == [
        "  p2: 84.0%: wrong benchmarks; a row of a board; rule invented, confidence 0.90",
        f"    {TEXT}",
        "    annotated benchmarks: EvenRead",
        "    found     benchmarks: OddRead",
    ]
    assert lines[place + 5] == "  p1: 12.5%: not a claim; a row of a board; rule invented, confidence 0.30"


def test_confidence_and_the_number_of_errors(command: Run, files: tuple[Path, Path]) -> None:
    _, out, _ = command("evaluate", *files, "--min-confidence", "0.5", "--errors", "0")
    assert out.startswith("2 papers, 2 annotated claims, 2 found by the parser\n")
    assert "Errors" not in out


def test_json(command: Run, files: tuple[Path, Path]) -> None:
    _, out, _ = command("evaluate", *files, "--format", "json", "--errors", "1")
    found = json.loads(out)
    claim = found["figures"]["claim"]
    assert (claim["precision"], claim["recall"], claim["f1"]) == (0.25, 0.5, 0.3333)
    assert (claim["right"], claim["given"], claim["wanted"]) == (1, 4, 2)
    assert claim["f1_90"][0] <= claim["f1"] <= claim["f1_90"][1]
    assert found["rules"] == {"invented": {"share": 0.25, "right": 1, "of": 4}}
    assert sum(one["of"] for one in found["reliability"]["bins"]) == 4
    assert found["reliability"]["expected_calibration_error"] == pytest.approx((2 * 0.3 + 2 * 0.4) / 4)
    (error,) = found["errors"]
    assert (error["paper_id"], error["wrong"], error["wanted"]) == ("p2", ["benchmarks"], {"benchmarks": ["EvenRead"]})


def test_a_paper_given_twice_counts_once(command: Run, files: tuple[Path, Path]) -> None:
    gold, abstracts = files
    assert command("evaluate", gold, abstracts, abstracts) == command("evaluate", gold, abstracts)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "p9", "claims": []}, "'p9': is annotated, but not among the abstracts"),
        ({"id": "p1", "claims": [{**RIGHT, "quote": "\x1bnowhere"}]}, "'p1': claims.0.quote:"),
        ({"id": "p1", "claims": [{"number": "1"}]}, "line 1: claims.0.kind: Field required"),
    ],
)
def test_errors_are_one_line(line: object, message: str, command: Run, files: tuple[Path, Path]) -> None:
    gold, abstracts = files
    gold.write_text(json.dumps(line) + "\n", encoding="utf-8")
    status, out, err = command("evaluate", gold, abstracts)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_an_abstract_that_could_not_be_read_counts_as_read_in_vain(command: Run, files: tuple[Path, Path]) -> None:
    gold, abstracts = files
    with gold.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "p3", "claims": []}) + "\n")
    with abstracts.open("a", encoding="utf-8") as stream:
        stream.write("p3,Title of p3,\n")
    status, out, _ = command("evaluate", gold, abstracts)
    assert (status, out.split(",")[0]) == (0, "3 papers")
