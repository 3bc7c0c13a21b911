"""Queries for one board, or for several of one benchmark: its lanes, its ranked lines, counts, the marks of charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from dashboard.filters import row_filter
from dashboard.state import ALL_LANES, LONGEST_TEXT, MERGED_LANES, State
from dashboard.store import MOST_OPTIONS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.store import Build


def lanes(build: Build, kind: str, benchmark: str) -> pd.DataFrame:
    """The boards of one benchmark and kind (the empty name: boards without one), fullest first: columns of `boards`.

    A name that is too long for the address is found by the part that stands there.
    """
    query = (
        "SELECT * FROM boards WHERE kind = ? AND CASE WHEN length(?) < ? THEN coalesce(benchmark, '') = ? "
        "ELSE starts_with(benchmark, ?) END ORDER BY n_papers DESC, n_rows DESC, metric, lane, unit"
    )
    parameters = [kind, benchmark, LONGEST_TEXT, benchmark, benchmark]
    return build.keep(("lanes", kind, benchmark), lambda: build.frame(query, parameters))


def merged(build: Build, kind: str, benchmark: str) -> pd.DataFrame:
    """The boards of one benchmark and kind that merge lanes, one for each metric and unit with several, as `lanes`."""
    query = (
        "SELECT * FROM merged_boards WHERE kind = ? AND coalesce(benchmark, '') = ? "
        "ORDER BY n_papers DESC, metric, unit"
    )
    return build.keep(("merged", kind, benchmark), lambda: build.frame(query, [kind, benchmark]))


def chosen_boards(found: pd.DataFrame, state: State) -> tuple[pd.DataFrame, str, str]:
    """Of the boards of one benchmark those that the address means, with its metric and lane settled.

    Without a metric, or with one that is not there, the fullest board's; the same for the lane. All lanes are those
    of one unit, so that scores on different scales never meet.
    """
    metrics = list(found["metric"].fillna(""))
    metric = state.metric if state.metric in metrics else metrics[0]
    mine = found[found["metric"].fillna("") == metric]
    if state.unit and state.unit in set(mine["unit"].fillna("")):
        mine = mine[mine["unit"].fillna("") == state.unit]
    if state.lane == ALL_LANES:
        return mine[mine["unit"].fillna("") == (mine["unit"].fillna("").iloc[0])], metric, ALL_LANES
    lane = state.lane if state.lane in set(mine["lane"]) else str(mine["lane"].iloc[0])
    return mine[mine["lane"] == lane].head(1), metric, lane


def _tables(state: State) -> tuple[str, str, str]:
    """Where the lines and boards that the address means are, and what a line's conditions are there."""
    if state.lane == MERGED_LANES:
        return "merged_rows", "merged_boards", "r.lane"
    return "board_rows", "boards", "b.lane"


LONG: Final = "evidence, sources, note"
"""Columns of lines that only their board shows: reading them costs as much as reading all others."""


def rows(
    build: Build, board_ids: Sequence[str], state: State, *, start: int = 0, most: int | None = None
) -> pd.DataFrame:
    """The lines of the given boards that pass the filters: ranked ones first, then by score in the better direction.

    Lines of the systems that the address pins come before all others. Of the lines found, those from `start` (0 is the
    first), at most `most`. Columns: those of the table `board_rows`, lane, unit, higher_is_better.
    """
    lines, boards, lane = _tables(state)
    where, parameters = row_filter(state, words=True)
    return build.frame(
        f"""
        SELECT r.* EXCLUDE (lane), {lane} AS lane, b.unit, b.higher_is_better
        FROM {lines} r JOIN {boards} b USING (board_no) WHERE list_contains(?, b.board_id) AND {where}
        ORDER BY coalesce(NOT list_contains(?, r.model), true), r.rank IS NULL,
                 CASE WHEN b.higher_is_better THEN -r.score ELSE r.score END, r.rank, r.date, r.claim_id
        LIMIT ? OFFSET ?
        """,  # noqa: S608 - constants only, values are bound
        [list(board_ids), *parameters, list(state.model), most, start],
    )


def baselines(build: Build, claim_ids: Sequence[str]) -> dict[str, str]:
    """What these claims are compared with, in the abstract's words, by the id of the claim; only those that say it."""
    found = build.frame(
        "SELECT claim_id, baseline FROM claims SEMI JOIN (SELECT unnest(?) AS claim_id) USING (claim_id) "
        "WHERE baseline IS NOT NULL",
        [list(claim_ids)],
    )
    return dict(zip(found["claim_id"], found["baseline"], strict=True))


def systems_of(build: Build, board_ids: Sequence[str]) -> list[str]:
    """The systems with a name on the given boards, most claims first, at most 500."""
    found = build.frame(
        """
        SELECT model FROM board_rows r JOIN (SELECT board_no FROM boards WHERE list_contains(?, board_id)
            UNION ALL SELECT board_no FROM merged_boards WHERE list_contains(?, board_id)) USING (board_no)
        WHERE model IS NOT NULL GROUP BY model ORDER BY count(*) DESC, lower(model), model LIMIT ?
        """,
        [list(board_ids), list(board_ids), MOST_OPTIONS],
    )
    return list(found["model"])


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines of a board that pass the filters come to.

    `claims` and `papers` count them, `dated` those with a score and a date, `sized` those with a score and a number of
    parameters; `low` and `high` are the least and the greatest score (0 if there is none), `noted` says that some line
    has a note.
    """

    claims: int
    papers: int
    dated: int
    sized: int
    low: float
    high: float
    noted: bool


def totals(build: Build, board_ids: Sequence[str], state: State) -> Totals:
    """Count the lines of the given boards that pass the filters."""
    return build.keep(
        ("totals", *board_ids, replace(state, claim="", page=1)), lambda: _totals(build, board_ids, state)
    )


def _totals(build: Build, board_ids: Sequence[str], state: State) -> Totals:
    lines, boards, _ = _tables(state)
    where, parameters = row_filter(state, words=True)
    found = build.frame(
        f"""
        SELECT count(*) AS claims, count(DISTINCT r.paper_id) AS papers,
               count(*) FILTER ({WHEN} IS NOT NULL AND r.score IS NOT NULL) AS dated,
               count(*) FILTER (r.subject_parameters > 0 AND r.score IS NOT NULL) AS sized,
               coalesce(min(r.score), 0) AS low, coalesce(max(r.score), 0) AS high,
               coalesce(bool_or(coalesce(r.note, '') <> ''), false) AS noted
        FROM {lines} r JOIN {boards} b USING (board_no) WHERE list_contains(?, b.board_id) AND {where}
        """,  # noqa: S608 - constants only, values are bound
        [list(board_ids), *parameters],
    ).iloc[0]
    return Totals(
        claims=int(found["claims"]),
        papers=int(found["papers"]),
        dated=int(found["dated"]),
        sized=int(found["sized"]),
        low=float(found["low"]),
        high=float(found["high"]),
        noted=bool(found["noted"]),
    )


WHEN: Final = (
    "try_strptime(r.date || CASE length(r.date) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END, '%Y-%m-%d')"
)
"""The first day of the year or month that a line states, as `charts.dated` has it; null where it states none."""


def marks(
    build: Build, board_ids: Sequence[str], state: State, across: Literal["time", "size"], most: int
) -> pd.DataFrame:
    """The lines that a chart of these boards shows: at most `most` of those that pass the filters.

    `across` says what the chart shows scores against. All lines of the frontier come first (they beat everything of an
    earlier day, or of a smaller model, or as early and as small), then a sample that is the same every time: the order
    of claim ids, which are hashes. Columns: those of `board_rows` but `LONG`.
    """
    lines, boards, _ = _tables(state)
    where, parameters = row_filter(state, words=True)
    axis = WHEN if across == "time" else "nullif(greatest(r.subject_parameters, 0), 0)"
    return build.frame(
        f"""
        WITH kept AS (
            SELECT r.board_no, r.place, r.claim_id, r.bound, {axis} AS x,
                   CASE WHEN b.higher_is_better THEN r.score WHEN NOT b.higher_is_better THEN -r.score END AS goodness
            FROM {lines} r JOIN {boards} b USING (board_no)
            WHERE list_contains(?, b.board_id) AND r.score IS NOT NULL AND x IS NOT NULL AND {where}
        ), before AS (
            SELECT board_no, place, goodness, max(goodness) OVER (
                ORDER BY x, goodness DESC, claim_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best
            FROM kept WHERE goodness IS NOT NULL AND bound NOT IN ('at_least', 'up_to')
        ), chosen AS (
            SELECT board_no, place, a.best IS NOT NULL OR a.goodness IS NOT NULL AS ahead, claim_id
            FROM kept LEFT JOIN (FROM before WHERE best IS NULL OR goodness > best) a USING (board_no, place)
            ORDER BY ahead DESC, claim_id LIMIT ?
        )
        SELECT r.* EXCLUDE (lane, {LONG}) FROM {lines} r JOIN chosen c USING (board_no, place)
        ORDER BY c.ahead DESC, r.claim_id
        """,  # noqa: S608 - constants only, values are bound
        [list(board_ids), *parameters, most],
    )
