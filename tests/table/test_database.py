"""The database file: all of a build, read back the same, and closed to everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from leaderboard import table
from leaderboard.errors import UnreadableSource
from leaderboard.models import TABLE_COLUMNS, Benchmark, Paper, Snapshot
from leaderboard.registry import Registry


def test_what_goes_in_comes_out(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / table.FILE
    table.write(hostile_snapshot, file)
    assert table.load(tmp_path) == hostile_snapshot
    assert table.load(file) == hostile_snapshot
    assert [path.name for path in tmp_path.iterdir()] == [table.FILE]


def test_an_empty_build_goes_in_and_out(make_snapshot: Callable[..., Snapshot], tmp_path: Path) -> None:
    table.write(make_snapshot([]), tmp_path / table.FILE)
    assert table.load(tmp_path) == make_snapshot([])


def test_columns(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    table.write(hostile_snapshot, tmp_path / table.FILE)
    with table.connect(tmp_path) as connection:
        columns = {
            name: [row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()]
            for name in table.tables(hostile_snapshot)
        }
        types = dict(row[:2] for row in connection.execute("DESCRIBE board_rows").fetchall())
        meta = dict(connection.execute("FROM meta").fetchall())
        operand = connection.execute('SELECT printed, "end", claim_id FROM finding_operands').fetchone()
    assert columns["papers"] == ["paper_id", "title", "abstract", "url", "date", "source", "record", "line"]
    assert columns["claims"] == list(TABLE_COLUMNS)
    assert columns["boards"][:3] == ["board_id", "kind", "benchmark"]
    assert columns["findings"][:2] == ["fingerprint", "check_name"]
    assert (types["rank"], types["tier"], types["score"], types["model"]) == ("BIGINT", "BOOLEAN", "DOUBLE", "VARCHAR")
    assert (meta["version"], meta["schema_version"]) == ("1.2.3", str(table.SCHEMA_VERSION))
    assert (meta["papers"], meta["records"]) == ("3", "4")
    assert (meta["errors"], meta["claims"], meta["rejections"]) == ("1", "2", "1")
    assert operand == ("83.2%", 17, next(row.claim_id for row in hostile_snapshot.results if row.paper_id == "p2"))


def test_boards_are_found_by_what_the_registries_know_of_them(
    make_snapshot: Callable[..., Snapshot], invented: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Benchmark(id="odd", name="OddRead", aliases=("Odd Reading",), task="text sorting", area="long-context")
    accuracy = replace(invented.metrics["accuracy"], aliases=("exactness", "odd Accuracy"))
    known = replace(invented, benchmarks={"OddRead": odd}, metrics={"accuracy": accuracy})
    monkeypatch.setattr("leaderboard.registry.load", lambda: known)
    paper = Paper("p1", "Owl", "Owl reaches 61.5% accuracy.", "", "2024", "in.jsonl", 1)
    table.write(make_snapshot([paper]), tmp_path / table.FILE)
    with table.connect(tmp_path) as connection:
        ((words,),) = connection.execute("SELECT words FROM leaders").fetchall()
    names, _, more = words.partition("\v")
    assert names.split("\n")[:2] == ["oddread", "accuracy"]
    assert more.split("\n") == [" text sorting", " long context", " oddread", " odd reading", " exactness"]


def test_a_reader_can_change_nothing_and_read_nothing_else(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    table.write(hostile_snapshot, tmp_path / table.FILE)
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with table.connect(tmp_path) as connection:
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("DELETE FROM claims")
        with pytest.raises(duckdb.Error, match="disabled"):
            connection.execute("SELECT * FROM read_csv(?)", [str(secret)])
        with pytest.raises(duckdb.Error):
            connection.execute("SET enable_external_access = true")


def test_a_new_file_replaces_an_open_one(
    hostile_snapshot: Snapshot, make_snapshot: Callable[..., Snapshot], tmp_path: Path
) -> None:
    table.write(hostile_snapshot, tmp_path / table.FILE)
    with table.connect(tmp_path) as before:
        table.write(make_snapshot([]), tmp_path / table.FILE)
        assert before.execute("SELECT count(*) FROM papers").fetchone() == (3,)
    assert table.load(tmp_path).papers == ()


def test_a_failed_write_leaves_the_old_file(
    hostile_snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.write(hostile_snapshot, tmp_path / table.FILE)
    before = (tmp_path / table.FILE).read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(table.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        table.write(hostile_snapshot, tmp_path / table.FILE)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(table.FILE, before)]


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"\0" * 5000])
def test_no_build(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / table.FILE).write_bytes(content)
    with pytest.raises(UnreadableSource, match="make one with `leaderboard build"):
        table.connect(tmp_path)


def test_a_truncated_database(hostile_snapshot: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / table.FILE
    table.write(hostile_snapshot, file)
    file.write_bytes(file.read_bytes()[:10_000])
    with pytest.raises(UnreadableSource, match="is no readable database"):
        table.connect(tmp_path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / table.FILE)) as connection:
        connection.execute("CREATE TABLE other AS SELECT 1 AS one")
    with pytest.raises(UnreadableSource, match="another version"):
        table.connect(tmp_path)


def test_frame(make_snapshot: Callable[..., Snapshot], make_paper: Callable[..., Paper]) -> None:
    snapshot = make_snapshot([make_paper("Foo reaches 84.0% and 83.2%.")])
    frame = table.to_pandas(snapshot.results)
    assert list(frame.columns) == list(TABLE_COLUMNS)
    assert frame["score"].tolist() == [84.0, 83.2]
    assert frame["url"].isna().all()


def test_digest_tells_builds_apart() -> None:
    assert table.digest(["a"], ["b"]) == table.digest(["a"], ["b"])
    assert (
        len(
            {
                table.digest(["a"], ["b"]),
                table.digest(["a", "b"]),
                table.digest(["a", "b"], []),
                table.digest(["b", "a"]),
            }
        )
        == 4
    )
