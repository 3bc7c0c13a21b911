"""Queries: filters, boards, claims and their surroundings on the invented build, and builds that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from dashboard import reports, store
from dashboard.state import State
from dashboard.store import Build, BuildProblem


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    opened = store.open_build(folder)
    yield opened
    opened.close()


def test_each_board_has_one_row_with_its_best(build: Build) -> None:
    found = store.boards(build, State()).set_index(["benchmark", "lane"])
    mazes = found.loc[("Mazes-10", "unstated")]
    assert (mazes["model"], mazes["printed"], mazes["claims"], mazes["papers"]) == ("Ariadne-70B", "91.2%", 6, 6)
    assert list(mazes["trend"]) == [75.5, 79.4, 88.0, 91.2]
    assert mazes["flagged"] == pytest.approx(1 / 6)
    bank = found.loc[("LangBank", "unstated")]
    assert (bank["model"], list(bank["trend"])) == ("Quill-9B", [18.3, 12.1, 8.75])


@pytest.mark.parametrize(
    ("state", "models"),
    [
        (State(), ["Ariadne-70B", "Theseus", "Daedalus", "Minos-7B", "Icarus", "Pasiphae"]),
        (State(since="2023-11"), ["Ariadne-70B", "Theseus", "Daedalus", "Pasiphae"]),
        (State(until="2023"), ["Theseus", "Minos-7B", "Icarus"]),
        (State(until="2024-01"), ["Theseus", "Daedalus", "Minos-7B", "Icarus"]),
        (State(minconf=0.5), ["Ariadne-70B", "Theseus", "Daedalus", "Minos-7B", "Pasiphae"]),
        (State(flags="only"), ["Theseus"]),
        (State(flags="clean"), ["Ariadne-70B", "Daedalus", "Minos-7B", "Icarus", "Pasiphae"]),
        (State(role="own"), ["Ariadne-70B", "Theseus", "Daedalus", "Icarus", "Pasiphae"]),
        (State(q="MINOS"), ["Minos-7B"]),
        (State(q="%"), ["Ariadne-70B", "Theseus", "Daedalus", "Minos-7B", "Icarus", "Pasiphae"]),
        (State(q="'; drop table papers; --"), []),
    ],
)
def test_filters_leave_the_lines_they_name(build: Build, state: State, models: list[str]) -> None:
    boards, _, _ = store.chosen_boards(store.lanes(build, "score", "Mazes-10"), state)
    assert list(store.rows(build, list(boards["board_id"]), state)["model"]) == models


def test_the_search_looks_for_letters_not_patterns(build: Build) -> None:
    assert store.boards(build, State(q="M_zes")).empty
    assert set(store.boards(build, State(q="langbank"))["benchmark"]) == {"LangBank"}
    assert set(store.boards(build, State(q="icarus"))["benchmark"]) == {"Mazes-10"}


@pytest.mark.parametrize("order", ["papers", "newest", "name"])
def test_every_order_keeps_every_board(build: Build, order: str) -> None:
    assert len(store.boards(build, State(order=order))) == 5


def test_boards_are_chosen_by_metric_and_lane(build: Build) -> None:
    found = store.lanes(build, "score", "Mazes-10")
    assert store.chosen_boards(found, State())[1:] == ("accuracy", "unstated")
    assert store.chosen_boards(found, State(metric="nope", lane="nope"))[1:] == ("accuracy", "unstated")
    chosen, _, lane = store.chosen_boards(found, State(lane="*"))
    assert (len(chosen), lane) == (2, "*")
    assert store.lanes(build, "score", "nowhere").empty
    assert store.benchmarks(build, "score")[0] == "Crowd-230"


def test_a_claim_comes_with_abstract_board_rivals_and_findings(build: Build) -> None:
    boards, _, _ = store.chosen_boards(store.lanes(build, "score", "Mazes-10"), State())
    rows = store.rows(build, list(boards["board_id"]), State())
    theseus = rows[rows["model"] == "Theseus"].iloc[0]
    claim = store.claim(build, theseus["claim_id"])
    assert claim is not None
    assert claim["abstract"][claim["start"] : claim["end"]] == claim["printed"] == "88%"
    assert (claim["rank"], bool(claim["tie"]), claim["setting"]) == (2, True, None)
    rivals, before, after = store.rivals(build, claim["board_id"], claim["claim_id"])
    ids = list(rows["claim_id"])
    assert (before, after) == (ids[0], ids[2])
    assert list(rivals["claim_id"]) == ids[:5]
    findings = store.findings_of_claim(build, claim["claim_id"], claim["paper_id"])
    assert [[int(n) for n in span] for span in findings["spans"].iloc[0]] == [[claim["start"], claim["end"]]]
    assert store.claim(build, "nope") is None
    assert store.claims_of_paper(build, claim["paper_id"], claim["claim_id"]).empty


@pytest.mark.parametrize(
    ("state", "levels"),
    [
        (State(), ["error", "warning"]),
        (State(level="warning"), ["warning"]),
        (State(check="metric_range"), ["error"]),
        (State(q="beside"), ["warning"]),
        (State(q="zzz"), []),
    ],
)
def test_findings_are_filtered_worst_first(build: Build, state: State, levels: list[str]) -> None:
    found = reports.findings(build, state)
    assert list(found["level"]) == levels
    assert found["claim_id"].notna().all()
    assert reports.check_counts(build, State())["findings"].sum() == 2


def test_a_build_can_read_nothing_else(build: Build) -> None:
    with pytest.raises(duckdb.Error):
        build.frame("SELECT * FROM read_csv('/etc/passwd')")
    with pytest.raises(duckdb.Error):
        build.frame("DELETE FROM papers")


def test_builds_that_cannot_be_shown_say_why(tmp_path: Path, invented: ModuleType) -> None:
    with pytest.raises(BuildProblem, match="no build to show yet"):
        store.open_build(tmp_path)
    file = tmp_path / store.FILE
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(BuildProblem, match="cannot be read"):
        store.open_build(tmp_path)
    invented.write(tmp_path)
    with duckdb.connect(str(file)) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")
    with pytest.raises(BuildProblem, match="another version"):
        store.open_build(tmp_path)
    invented.write(tmp_path)
    with duckdb.connect(str(file)) as connection:
        connection.execute("ALTER TABLE findings DROP COLUMN quote")
    with pytest.raises(BuildProblem, match=r"lacks what this version needs: findings\.quote"):
        store.open_build(tmp_path)
    invented.write(tmp_path)
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 3])
    with pytest.raises(BuildProblem):
        store.open_build(tmp_path)


def test_the_stamp_changes_when_the_file_is_replaced(tmp_path: Path, invented: ModuleType) -> None:
    assert store.stamp(tmp_path) == ""
    invented.write(tmp_path)
    first = store.stamp(tmp_path)
    invented.write(tmp_path)
    assert store.stamp(tmp_path) not in {"", first}
