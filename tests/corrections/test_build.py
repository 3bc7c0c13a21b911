"""Corrections in a build: found beside the input, in every output, in the digest, and never taken for papers."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leaderboard import corrections, pipeline, table
from leaderboard.errors import BadDataFile
from leaderboard.gather import gather
from leaderboard.models import Paper
from leaderboard.registry import Registry, load

FIX = "[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.subject = 'Bar'\nreason = 'the text says Bar'\n"
IDLE = "[[drop]]\npaper = 'p2'\nnumber = '1%'\nreason = 'gone'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one paper in a file."""
    (tmp_path / "in").mkdir()
    record = {"id": "p1", "title": "On Owls", "abstract": "Foo reaches 83.9%, before it was 80.1%."}
    (tmp_path / "in" / "papers.jsonl").write_text(json.dumps(record))
    return tmp_path / "in"


@pytest.mark.usefixtures("invented_reader")
class TestBuild:
    @pytest.mark.parametrize("given", ["papers.jsonl", "", "*"], ids=["file", "folder", "pattern"])
    def test_a_file_beside_the_input_is_applied_and_is_no_paper(self, folder: Path, tmp_path: Path, given: str) -> None:
        path = folder / "corrections.toml"
        path.write_text(FIX + IDLE)
        snapshot = pipeline.build([str(folder / given)], tmp_path / "out")
        assert [paper.id for paper in snapshot.papers] == ["p1"]
        assert not snapshot.rejections
        words = "subject: Foo -> Bar (fix 1: the text says Bar)"
        assert [(row.subject, row.corrected) for row in snapshot.results] == [("Bar", words), ("Foo", None)]
        assert [(row.model, row.corrected) for row in snapshot.boards[0].rows] == [("Bar", words), ("Foo", None)]
        assert [(one.entry, bool(one.problem)) for one in snapshot.corrections] == [("fix 1", False), ("drop 1", True)]
        assert table.load(tmp_path / "out") == snapshot
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
        assert manifest["inputs"][-1] == {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        assert (manifest["counts"]["corrected"], manifest["counts"]["idle corrections"]) == (1, 1)

    def test_a_file_that_is_named_stands_for_those_beside_the_input(self, folder: Path, tmp_path: Path) -> None:
        (folder / "corrections.toml").write_text("this is no TOML")
        mine = tmp_path / "mine.toml"
        mine.write_text(FIX.replace("Bar", "Baz"))
        snapshot = pipeline.build([str(folder)], tmp_path / "out", corrected_by=mine)
        assert [row.subject for row in snapshot.results] == ["Baz", "Foo"]
        assert {one.source for one in snapshot.corrections} == {str(mine)}

    def test_a_bad_file_leaves_the_build_as_it_was(self, folder: Path, tmp_path: Path) -> None:
        before = pipeline.build([str(folder)], tmp_path / "out")
        (folder / "corrections.toml").write_text("[[drop]]\n")
        with pytest.raises(BadDataFile, match=r"corrections\.toml: drop 1: lacks reason"):
            pipeline.build([str(folder)], tmp_path / "out")
        assert table.load(tmp_path / "out") == before

    def test_the_digest_depends_on_every_word_of_the_corrections(self, folder: Path, tmp_path: Path) -> None:
        seen = set()
        path = folder / "corrections.toml"
        for text in ("", FIX, FIX.replace("says", "prints"), FIX + "by = 'A. Reader'", FIX + IDLE):
            path.write_text(text)
            seen.add(pipeline.build([str(folder)], tmp_path / "out").digest)
        assert len(seen) == 5
        path.unlink()
        assert pipeline.build([str(folder)], tmp_path / "out").digest in seen

    def test_corrections_csv_has_every_change_and_every_idle_entry(self, folder: Path, tmp_path: Path) -> None:
        (folder / "corrections.toml").write_text(FIX + "by = 'A. Reader'\ndate = 2026-11-25\n" + IDLE)
        pipeline.build([str(folder)], tmp_path / "out")
        lines = (tmp_path / "out" / "corrections.csv").read_text(encoding="utf-8").splitlines()
        fix, idle = csv.DictReader(lines)
        assert fix == {
            "source": str(folder / "corrections.toml"),
            "entry": "fix 1",
            "reason": "the text says Bar",
            "paper_id": "p1",
            "start": "12",
            "end": "17",
            "printed": "83.9%",
            "field": "subject",
            "parsed": "Foo",
            "corrected": "Bar",
            "by": "A. Reader",
            "date": "2026-11-25",
            "problem": "",
        }
        assert (idle["entry"], idle["paper_id"], idle["field"]) == ("drop 1", "", "")
        assert idle["problem"] == "no paper of this build is called 'p2'; remove the entry, or correct the id"

    def test_a_dropped_claim_is_in_no_table_but_among_what_was_set_aside(self, folder: Path, tmp_path: Path) -> None:
        (folder / "corrections.toml").write_text(IDLE.replace("p2", "p1").replace("1%", "80.1%"))
        snapshot = pipeline.build([str(folder)], tmp_path / "out")
        assert [row.printed for row in snapshot.results] == ["83.9%"]
        (line,) = (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()
        assert json.loads(line)["stage"] == "correct"
        assert json.loads(line)["reason"].endswith(": gone")


def test_other_records_of_a_paper_are_corrected_as_well_and_noted_once(
    make_paper: Callable[..., Paper], tmp_path: Path
) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text("[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.metric = 'F1'\nreason = 'r'")
    abstract = "Foo reaches 83.9% accuracy on GSM8K."
    title = "A Study of Odd Numbers in Print"
    records = [make_paper(abstract, title=title), make_paper(abstract, id="p2", title=title)]
    gathered = gather(records, load(), corrections.read([path]))
    mine, others = gathered.corpus.records["p1"], gathered.corpus.versions["p1"]
    assert [claim.metric for one in (mine, *others) for claim in one.claims] == ["F1", "F1"]
    assert [one.entry for one in gathered.corrections] == ["fix 1"]


def test_an_alias_reaches_the_parser_the_boards_and_the_checks(
    make_paper: Callable[..., Paper], invented: Registry, tmp_path: Path
) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text("[[alias]]\nkind = 'benchmark'\nalias = 'OR-Bench'\nof = 'OddRead'\nreason = 'its old name'")
    papers = [make_paper("FooNet reaches an accuracy of 84.2% on OR-Bench.", date="2024")]
    plain = pipeline.survey(papers, invented)
    assert [row.benchmark for row in plain.results] == ["OR-Bench"]
    known = pipeline.survey(papers, invented, corrections.read([path]))
    (row,) = known.results
    assert (row.benchmark, row.benchmark_mention) == ("OddRead", "OR-Bench")
    assert row.corrected == "benchmarks: OR-Bench -> OddRead (alias 1: its old name)"
    assert known.boards[0].benchmark == "OddRead"
    assert invented.benchmark("OR-Bench") is None


def test_a_claim_stays_the_same_result_in_all_but_what_is_corrected(
    make_paper: Callable[..., Paper], tmp_path: Path
) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text("[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.role = 'baseline'\nreason = 'r'")
    papers = [make_paper("Foo reaches 83.9% accuracy on GSM8K.")]
    before, after = (pipeline.survey(papers, load(), wanted) for wanted in (corrections.NONE, corrections.read([path])))
    words = "role: own -> baseline (fix 1: r)"
    assert after.results == (replace(before.results[0], role="baseline", corrected=words),)
