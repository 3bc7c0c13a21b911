"""Builds: every output, the same every time, and whatever happens, the previous output intact."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from leaderboard import pipeline, rank, sources, table
from leaderboard.errors import UnreadableSource, UnusableOutput
from leaderboard.merge import merge
from leaderboard.models import Paper, Rejection
from leaderboard.registry import Registry

OUTPUTS = {
    "leaderboard.csv",
    "claims.csv",
    "claims.parquet",
    "corrections.csv",
    "leaderboard.duckdb",
    "report.md",
    "report.html",
    "merged.csv",
    "rejected.jsonl",
    "manifest.json",
}


def record(number: int, abstract: str, **fields: Any) -> str:
    title = f"On the Counting of Invented Animals, Part {number}"
    return json.dumps({"id": f"p{number}", "title": title, "abstract": abstract, "date": f"2024-0{number}", **fields})


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Four records: two papers, one of them twice, and one without an abstract."""
    lines = [
        record(1, "Foo reaches 84.0% and 12.5%? here."),
        record(2, "Foo reaches 83.2% there."),
        record(1, "Foo reaches 84.9% here.", id="other"),
        record(3, ""),
    ]
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.usefixtures("invented_reader")
class TestBuild:
    def test_writes_every_output_and_says_so_in_the_manifest(self, papers: Path, tmp_path: Path) -> None:
        out = tmp_path / "deep" / "out"
        snapshot = pipeline.build([str(papers)], out)
        files = content(out)
        assert set(files) == OUTPUTS
        manifest = json.loads(files.pop("manifest.json"))
        assert manifest["version"] == snapshot.version
        assert manifest["inputs"] == [{"path": str(papers), "sha256": hashlib.sha256(papers.read_bytes()).hexdigest()}]
        assert manifest["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        assert manifest["snapshot"] == snapshot.digest
        counts = {key: manifest["counts"][key] for key in ("records", "papers", "claims", "boards", "rejections")}
        assert counts == {"records": 3, "papers": 2, "claims": 3, "boards": 1, "rejections": 1}
        assert snapshot.versions == (("p1", 1),)
        assert table.load(out) == snapshot

    def test_same_input_same_bytes(self, papers: Path, tmp_path: Path) -> None:
        for name in "ab":
            pipeline.build([str(papers)], tmp_path / name)
        first, second = content(tmp_path / "a"), content(tmp_path / "b")
        for name in OUTPUTS - {"manifest.json", "leaderboard.duckdb"}:
            assert first[name] == second[name], name
        assert table.load(tmp_path / "a") == table.load(tmp_path / "b")
        times = [json.loads(files["manifest.json"]) for files in (first, second)]
        assert times[0].keys() == times[1].keys()
        assert {key for key in times[0] if times[0][key] != times[1][key]} <= {"built", "files"}

    def test_a_changed_paper_replaces_its_claims(self, papers: Path, tmp_path: Path) -> None:
        pipeline.build([str(papers)], tmp_path / "out")
        papers.write_text(record(1, "Foo reaches 70.5%.") + "\n", encoding="utf-8")
        pipeline.build([str(papers)], tmp_path / "out")
        assert [row.printed for row in table.load(tmp_path / "out").results] == ["70.5%"]
        assert set(content(tmp_path / "out")) == OUTPUTS

    def test_order_of_input_does_not_change_the_tables(self, invented: Registry) -> None:
        records = [
            Paper(f"p{n}", f"On the Counting of Animals {n}", f"It is {n}0.5%.", date=f"202{n}") for n in range(1, 6)
        ]
        one, other = (pipeline.survey(order, invented) for order in (records, records[::-1]))
        assert one == other

    def test_doubtful_claims_are_set_aside(self, papers: Path, tmp_path: Path) -> None:
        snapshot = pipeline.build([str(papers)], tmp_path / "out", min_confidence=0.5)
        assert [row.printed for row in snapshot.results] == ["84.0%", "83.2%"]
        (doubted,) = [one for one in snapshot.rejections if one.stage == "normalise"]
        assert (doubted.paper_id, doubted.text, doubted.reason) == ("p1", "12.5%", "its confidence, 0.30, is below 0.5")

    def test_watch_sees_every_paper(self, papers: Path, tmp_path: Path) -> None:
        seen: list[str] = []

        def watch(items: Sequence[Paper]) -> Sequence[Paper]:
            seen.extend(paper.id for paper in items)
            return items

        pipeline.build([str(papers)], tmp_path / "out", watch=watch)
        assert seen == ["p1", "p2"]

    def test_other_files_of_the_output_folder_stay(self, papers: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "notes.txt").write_text("mine")
        pipeline.build([str(papers)], tmp_path / "out")
        assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


@pytest.mark.usefixtures("invented_reader")
class TestFailure:
    def test_nothing_usable_leaves_the_previous_output(self, papers: Path, tmp_path: Path) -> None:
        pipeline.build([str(papers)], tmp_path / "out")
        before = content(tmp_path / "out")
        papers.write_text(record(3, "") + "\n" + record(4, " ") + "\n", encoding="utf-8")
        with pytest.raises(UnreadableSource, match=r"record 1: .*none of 2 record\(s\) can be used"):
            pipeline.build([str(papers)], tmp_path / "out")
        assert content(tmp_path / "out") == before

    def test_a_failed_first_build_leaves_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableSource):
            pipeline.build([str(tmp_path / "missing.jsonl")], tmp_path / "out")
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("below", ["", "sub", "sub/deeper"])
    def test_an_output_folder_that_is_a_file_or_below_one(self, below: str, papers: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        with pytest.raises(UnusableOutput, match=r"cannot be written .*; give --out a folder"):
            pipeline.build([str(papers)], tmp_path / "file" / below)
        assert (tmp_path / "file").read_text() == "mine"

    def test_a_full_disk_leaves_the_previous_output(
        self, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipeline.build([str(papers)], tmp_path / "out")
        before = content(tmp_path / "out")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(table, "write", full)
        with pytest.raises(UnusableOutput, match="no space left on device"):
            pipeline.build([str(papers)], tmp_path / "out")
        assert content(tmp_path / "out") == before

    def test_leftovers_of_a_running_build_stay(self, papers: Path, tmp_path: Path) -> None:
        other = tmp_path / "out" / f"{pipeline.HIDDEN}1"
        gone = tmp_path / "out" / f"{pipeline.HIDDEN}4194305"  # above the largest process number
        foreign = tmp_path / "out" / f"{pipeline.HIDDEN}notes"
        for folder in (other, gone, foreign):
            folder.mkdir(parents=True)
        pipeline.build([str(papers)], tmp_path / "out")
        assert [folder.exists() for folder in (other, gone, foreign)] == [True, False, True]


STOPPED = """
import os, signal, sys
from pathlib import Path
from leaderboard import cli, table
from leaderboard.exports import report_md

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it

def stop(*_):
    os.kill(os.getpid(), signal.{signal})

{where}
sys.exit(cli.main(sys.argv[1:]))
"""

DURING_EXPORT = "report_md.write = stop"
AFTER_THREE_MOVES = """
move, moved = Path.replace, []
def replace(self, target):
    if self.parent.name.startswith(".leaderboard-") and not self.name.startswith("."):
        moved.append(self)
        if len(moved) == 4:
            stop()
    return move(self, target)
Path.replace = replace
"""


class TestInterruption:
    """A whole process, stopped at a place that is known."""

    @pytest.fixture
    def stopped(self, tmp_path: Path, root: Path) -> Callable[[str, str, str], subprocess.CompletedProcess[str]]:
        """`stopped(abstract, signal, where)`: build into `out` and stop there."""

        def run(abstract: str, name: str, where: str) -> subprocess.CompletedProcess[str]:
            code = STOPPED.format(signal=name, where=where) if name else "from leaderboard.cli import main; main()"
            command = [sys.executable, "-c", code, "build", "-", "--out", str(tmp_path / "out")]
            text = record(1, abstract) + "\n"
            paths = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
            env = {**os.environ, "PYTHONPATH": paths}
            return subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60, env=env)

        return run

    @pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGKILL", -signal.SIGKILL)])
    def test_a_build_that_is_stopped_leaves_the_previous_output(
        self,
        name: str,
        status: int,
        tmp_path: Path,
        stopped: Callable[[str, str, str], subprocess.CompletedProcess[str]],
    ) -> None:
        out = tmp_path / "out"
        assert stopped("Foo reaches 84.0% accuracy.", "", "").returncode == 0
        before = content(out)
        ended = stopped("Foo reaches 70.0% accuracy.", name, DURING_EXPORT)
        assert ended.returncode == status
        hidden = [path for path in out.iterdir() if path.is_dir()]
        assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
        if name == "SIGINT":
            assert ended.stderr == "leaderboard: interrupted; what was there before is untouched\n"
            assert hidden == []
            return
        assert len(hidden) == 1
        assert stopped("Foo reaches 70.0% accuracy.", "", "").returncode == 0
        assert set(content(out)) == OUTPUTS

    def test_a_build_killed_between_two_moves_leaves_whole_files_and_the_old_manifest(
        self, tmp_path: Path, stopped: Callable[[str, str, str], subprocess.CompletedProcess[str]]
    ) -> None:
        out = tmp_path / "out"
        stopped("Foo reaches 84.0% accuracy.", "", "")
        before = content(out)
        assert stopped("Foo reaches 70.0% accuracy.", "SIGKILL", AFTER_THREE_MOVES).returncode == -signal.SIGKILL
        between = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
        stopped("Foo reaches 70.0% accuracy.", "", "")
        after = content(out)
        assert between["manifest.json"] == before["manifest.json"]
        moved = {name for name, data in between.items() if data != before[name]}
        assert 0 < len(moved) <= 3
        # The database may differ in bytes though it holds the same rows; here it has not been moved yet.
        assert all(between[name] == after[name] for name in moved)


def test_the_two_dumps_hold_173_papers(shared: Path) -> None:
    files = sorted(str(path) for path in (shared / "corpus").glob("papers-page-*.txt"))
    records = [one for one in sources.read(files) if isinstance(one, Paper)]
    assert len(records) == 176
    merged = merge(records)
    assert len(merged.papers) == 173
    assert sum(len(others) for others in merged.versions.values()) == 3


def test_the_sample_fills_real_boards(root: Path, tmp_path: Path) -> None:
    snapshot = pipeline.build([str(root / "data" / "sample" / "papers.jsonl")], tmp_path / "out")
    assert not [one for one in snapshot.rejections if isinstance(one, Rejection) and one.stage == "source"]
    filled = {board.benchmark for board in snapshot.boards if board.kind == "score" and rank.ranked(board) >= 3}
    assert {"ImageNet", "GSM8K"} <= filled
    for board in snapshot.boards:
        for row in board.rows:
            assert row.printed in row.evidence
