"""Queries: filters, boards, claims and their surroundings on the invented build, and builds that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import duckdb
import pandas as pd
import pytest

from dashboard import charts, claims, listing, ranking, reports, store
from dashboard.state import State
from dashboard.store import Build, BuildProblem


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    opened = store.open_build(folder)
    yield opened
    opened.close()


def test_each_board_has_one_row_with_its_best(build: Build) -> None:
    found = listing.boards(build, State()).set_index(["benchmark", "lane"])
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
    boards, _, _ = ranking.chosen_boards(ranking.lanes(build, "score", "Mazes-10"), state)
    assert list(ranking.rows(build, list(boards["board_id"]), state)["model"]) == models


@pytest.mark.parametrize("role", ["all", "own"])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("way finding", {"Mazes-10"}),
        ("Find", {"Mazes-10"}),
        ("inding", set()),
        ("azes", {"Mazes-10"}),
        ("ank", {"LangBank"}),
    ],
)
def test_boards_are_found_by_what_they_are_for_from_the_start_of_a_word(
    tmp_path: Path, invented: ModuleType, role: str, words: str, found: set[str]
) -> None:
    with duckdb.connect(str(invented.write(tmp_path))) as connection:
        connection.execute("UPDATE leaders SET words = words || chr(11) || ' way finding' WHERE benchmark = 'Mazes-10'")
    state = State(q=words, role=role)
    build = store.open_build(tmp_path)
    assert set(listing.boards(build, state)["benchmark"]) == found
    assert (listing.count_boards(build, state)[0] > 0) == bool(found)


def test_the_search_looks_for_letters_not_patterns(build: Build) -> None:
    assert listing.boards(build, State(q="M_zes")).empty
    assert set(listing.boards(build, State(q="langbank"))["benchmark"]) == {"LangBank"}
    assert set(listing.boards(build, State(q="icarus"))["benchmark"]) == {"Mazes-10"}


@pytest.mark.parametrize("order", ["papers", "newest", "name"])
def test_every_order_keeps_every_board(build: Build, order: str) -> None:
    assert len(listing.boards(build, State(order=order))) == 5


def test_boards_are_chosen_by_metric_and_lane(build: Build) -> None:
    found = ranking.lanes(build, "score", "Mazes-10")
    assert ranking.chosen_boards(found, State())[1:] == ("accuracy", "unstated")
    assert ranking.chosen_boards(found, State(metric="nope", lane="nope"))[1:] == ("accuracy", "unstated")
    chosen, _, lane = ranking.chosen_boards(found, State(lane="*"))
    assert (len(chosen), lane) == (2, "*")
    assert ranking.lanes(build, "score", "nowhere").empty
    assert listing.benchmarks(build, "score")[0] == "Crowd-230"


def test_a_claim_comes_with_abstract_board_rivals_and_findings(build: Build) -> None:
    boards, _, _ = ranking.chosen_boards(ranking.lanes(build, "score", "Mazes-10"), State())
    rows = ranking.rows(build, list(boards["board_id"]), State())
    theseus = rows[rows["model"] == "Theseus"].iloc[0]
    claim = claims.claim(build, theseus["claim_id"])
    assert claim is not None
    assert claim["abstract"][claim["start"] : claim["end"]] == claim["printed"] == "88%"
    assert (claim["rank"], bool(claim["tie"]), claim["setting"]) == (2, True, None)
    rivals, before, after = claims.rivals(build, claim["board_id"], claim["claim_id"])
    ids = list(rows["claim_id"])
    assert (before, after) == (ids[0], ids[2])
    assert list(rivals["claim_id"]) == ids[:5]
    findings = claims.findings_of_claim(build, claim["claim_id"], claim["paper_id"])
    assert [[int(n) for n in span] for span in findings["spans"].iloc[0]] == [[claim["start"], claim["end"]]]
    assert claims.claim(build, "nope") is None
    assert claims.claims_of_paper(build, claim["paper_id"], claim["claim_id"]).empty


@pytest.mark.parametrize(
    ("state", "levels"),
    [
        (State(), ["error", "warning"]),
        (State(level="warning"), ["warning"]),
        (State(check=("metric_range",)), ["error"]),
        (State(check=("metric_range", "gain_against_baseline")), ["error", "warning"]),
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


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM leaders WHERE board_no = 1", "its boards and their best lines"),
        ("DELETE FROM board_rows WHERE board_no = 1 AND place = 1", "its boards and their lines"),
        (
            "UPDATE board_rows SET claim_id = 'none' WHERE board_no = 1 AND place = 1",
            "the lines of boards and its claims",
        ),
        ("UPDATE claims SET paper_id = 'none' WHERE claim_id = (SELECT min(claim_id) FROM claims)", "its papers"),
        ("DELETE FROM findings", "its findings and their numbers"),
    ],
)
def test_a_build_that_contradicts_itself_is_refused(
    tmp_path: Path, invented: ModuleType, harm: str, words: str
) -> None:
    with duckdb.connect(str(invented.write(tmp_path))) as connection:
        connection.execute(harm)
    with pytest.raises(BuildProblem, match=f"contradicts itself: .*{words}"):
        store.open_build(tmp_path)


def test_questions_to_a_build_have_a_limit(build: Build) -> None:
    limits = build.frame("SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory")
    assert limits["threads"].iloc[0] == store.THREADS
    assert "MiB" in limits["memory"].iloc[0]


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


FILTERS = [
    State(),
    State(minconf=0.5),
    State(since="2023-11"),
    State(until="2023"),
    State(flags="clean"),
    State(flags="only"),
    State(role="own"),
    State(q="mazes"),
    State(q="ARIADNE"),
    State(bench="Mazes-10"),
    State(kind="change"),
]


@pytest.mark.parametrize("state", FILTERS, ids=str)
@pytest.mark.parametrize("order", ["papers", "newest", "name"])
def test_pages_of_boards_make_up_the_whole(build: Build, state: State, order: str) -> None:
    state = replace(state, order=order)
    whole = listing.boards(build, state)
    boards, claims = listing.count_boards(build, state)
    assert (len(whole), whole["claims"].sum()) == (boards, claims)
    assert boards > 0
    parts = [listing.boards(build, state, start=at, most=2) for at in range(0, boards, 2)]
    assert [i for part in parts for i in part["board_id"]] == list(whole["board_id"])


def test_what_was_worked_out_at_build_time_is_what_the_lines_say(build: Build) -> None:
    """A filter that lets everything pass starts from the lines; without one the answers were made with the build."""
    made = listing.boards(build, State())
    found = listing.boards(build, State(since="1900"))
    assert made.drop(columns="trend").equals(found.drop(columns="trend"))
    assert [list(t) for t in made["trend"]] == [list(t) for t in found["trend"]]


@pytest.mark.parametrize("order", ["papers", "newest", "name"])
@pytest.mark.parametrize("words", ["", "a", "maz", "quill", "bank", "accuracy", "minos", "reed", "no such words"])
def test_a_search_alone_finds_what_it_finds_beside_filters(build: Build, words: str, order: str) -> None:
    """Alone it takes whole boards as they were worked out; beside a filter that all pass it counts their lines."""
    alone = State(q=words, order=order)
    counted = replace(alone, minconf=1e-9)
    found, expected = listing.boards(build, alone), listing.boards(build, counted)
    for frame in (found, expected):
        frame["trend"] = frame["trend"].map(list)
    pd.testing.assert_frame_equal(found, expected)
    assert listing.count_boards(build, alone) == listing.count_boards(build, counted)
    assert bool(len(found)) == (words != "no such words")


@pytest.mark.parametrize("state", FILTERS[:7], ids=str)
@pytest.mark.parametrize("bench", ["Mazes-10", "Crowd-230", "LangBank"])
def test_totals_and_marks_agree_with_the_lines_and_the_pure_functions(build: Build, state: State, bench: str) -> None:
    boards, _, _ = ranking.chosen_boards(ranking.lanes(build, "score", bench), state)
    ids, higher = list(boards["board_id"]), bool(boards["higher_is_better"].iloc[0])
    rows, found = ranking.rows(build, ids, state), ranking.totals(build, ids, state)
    assert (found.claims, found.papers) == (len(rows), rows["paper_id"].nunique())
    dated, sized = charts.dated(rows), charts.sized(rows)
    assert (found.dated, found.sized) == (len(dated), len(sized))
    if len(rows):
        assert (found.low, found.high) == (rows["score"].min(), rows["score"].max())
    ahead = charts.frontier(dated, higher_is_better=higher)["claim_id"]
    for most in (20, 500):
        shown = ranking.marks(build, ids, state, "time", most)
        assert len(shown) == min(found.dated, most)
        assert set(shown["claim_id"]) <= set(dated["claim_id"])
        assert list(charts.frontier(charts.dated(shown), higher_is_better=higher)["claim_id"]) == list(ahead)
    best = charts.pareto(sized, higher_is_better=higher)["score"]
    shown = ranking.marks(build, ids, state, "size", 500)
    assert len(shown) == min(found.sized, 500)
    assert list(charts.pareto(shown, higher_is_better=higher)["score"]) == list(best)


@pytest.mark.parametrize("state", [State(), State(show="all"), State(level="warning"), State(q="zzz")], ids=str)
def test_findings_are_counted_and_paged_as_they_are_listed(build: Build, state: State) -> None:
    whole = reports.findings(build, state)
    assert reports.count_findings(build, state) == len(whole)
    parts = [reports.findings(build, state, start=at, most=1) for at in range(len(whole))]
    assert [f for part in parts for f in part["fingerprint"]] == list(whole["fingerprint"])


def test_benchmarks_of_findings_are_those_of_the_claims_that_take_part(build: Build) -> None:
    found = build.frame(
        "SELECT c.benchmark, count(DISTINCT o.claim_id) AS n FROM finding_operands o JOIN claims c USING (claim_id) "
        "WHERE c.benchmark IS NOT NULL GROUP BY c.benchmark ORDER BY n DESC, c.benchmark"
    )
    assert reports.benchmarks(build) == list(found["benchmark"]) != []


def test_what_was_made_last_is_made_once(folder: Path) -> None:
    build = store.open_build(folder)
    made: list[int] = []

    def make(number: int) -> int:
        return build.keep(("number", number), lambda: made.append(number) or number)

    assert [make(1), make(2), make(1)] == [1, 2, 1]
    assert made == [1, 2]
    for number in range(3, 2 + store.KEPT):
        make(number)
    assert make(1) == 1
    assert made.count(1) == 1, "what was used lately stays"
    make(2)
    assert made.count(2) == 2, "what was not used for longest is made anew"
    build.close()
