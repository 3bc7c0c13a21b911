"""Queries for the list of boards: which pass the filters, each with its best line, and what there is to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dashboard.filters import row_filter
from dashboard.state import State
from dashboard.store import MOST_OPTIONS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.store import Build


BEST: Final = "r.model, r.role, r.printed, r.bound, r.score AS best, r.date, r.title, r.url, r.claim_id"
"""What a list of boards tells of the best line of each."""


def boards(build: Build, state: State, *, start: int = 0, most: int | None = None) -> pd.DataFrame:
    """One row per board with its best line among those that pass the filters, fullest board first.

    Of the boards found, those from `start` (0 is the first), at most `most`. Columns: board_id, kind, benchmark,
    metric, lane, unit, higher_is_better, model, role, printed, bound, best (score), date, title, url, claim_id, claims,
    papers, flagged (share, 0 to 1), trend (the best so far, in order of date).
    """
    order = {
        "papers": "papers DESC, claims DESC, lower(benchmark), metric, lane, unit",
        "newest": "date DESC NULLS LAST, papers DESC, lower(benchmark), metric, lane, unit",
        "name": "lower(benchmark) NULLS LAST, lower(metric), papers DESC, lane, unit",
    }[state.order]
    columns = """board_id, kind, benchmark, metric, lane, unit, higher_is_better, model, role, printed, bound, best,
        date, title, url, claim_id, claims, papers, flagged, trend"""
    if not _narrowed(state):
        found, parameters = _leading(state)
        return build.frame(
            f"SELECT {columns} FROM ({found}) ORDER BY {order}, board_id LIMIT ? OFFSET ?",  # noqa: S608 - constants only
            [*parameters, most, start],
        )
    if _searched_only(state):
        found, parameters = _found(state)
        return build.frame(
            f"""
            WITH page AS MATERIALIZED (
                SELECT s.*, row_number() OVER (ORDER BY {order}, board_id) AS nth
                FROM ({found}) s JOIN (SELECT board_no, board_id, benchmark, metric, lane, unit FROM leaders)
                USING (board_no) ORDER BY nth LIMIT ? OFFSET ?
            ), best AS (
                SELECT nth, {BEST} FROM board_rows r JOIN page p ON r.rowid = p.line
                UNION ALL SELECT nth, {BEST.replace("r.score", "r.best")} FROM leaders r JOIN page p USING (board_no)
                WHERE p.line IS NULL
            )
            SELECT l.board_id, l.kind, l.benchmark, l.metric, l.lane, l.unit, l.higher_is_better,
                   b.* EXCLUDE (nth), p.claims, p.papers, p.flagged, p.trend
            FROM page p JOIN leaders l USING (board_no) JOIN best b USING (nth) ORDER BY nth
            """,  # noqa: S608 - constants only, values are bound
            [*parameters, most, start],
        )
    where, values = _hits(state)
    found, parameters = _leading(state)
    return build.frame(
        f"""
        WITH page AS (
            SELECT s.*, row_number() OVER (ORDER BY {order}, board_id) AS line
            FROM ({found}) s JOIN (SELECT * EXCLUDE (claims, papers, date) FROM leaders) USING (board_no)
            ORDER BY line LIMIT ? OFFSET ?
        ), spread AS (
            SELECT board_no, avg(r.flag::INT) AS flagged,
                   coalesce(list(r.score ORDER BY r.date, r.rank) FILTER (r.is_frontier AND r.score IS NOT NULL), [])
                   AS trend
            FROM board_rows r JOIN leaders b USING (board_no) SEMI JOIN page USING (board_no)
            WHERE {where} GROUP BY board_no
        )
        SELECT l.board_id, l.kind, l.benchmark, l.metric, l.lane, l.unit, l.higher_is_better, {BEST},
               p.claims, p.papers, s.flagged, s.trend
        FROM page p JOIN spread s USING (board_no) JOIN leaders l USING (board_no)
        JOIN board_rows r USING (board_no, place)
        ORDER BY p.line
        """,  # noqa: S608 - constants only, values are bound
        [*parameters, most, start, *values],
    )


def count_boards(build: Build, state: State) -> tuple[int, int]:
    """How many boards pass the filters, and how many claims are on them."""

    def counted() -> tuple[int, int]:
        found, parameters = _leading(state)
        query = f"SELECT count(*) AS boards, coalesce(sum(claims), 0) AS claims FROM ({found})"  # noqa: S608 - constants only
        counts = build.frame(query, parameters)
        return int(counts["boards"].iloc[0]), int(counts["claims"].iloc[0])

    return build.keep(("count of boards", replace(state, claim="", page=1, order=State().order)), counted)


def _narrowed(state: State) -> bool:
    """Whether a filter looks at the lines of boards."""
    return bool(state.q) or row_filter(state, words=False)[0] != "true"


def _searched_only(state: State) -> bool:
    """Whether boards are searched and nothing else looks at their lines."""
    return bool(state.q) and row_filter(state, words=False)[0] == "true"


def _of_boards(state: State) -> tuple[str, list[object]]:
    """The boards that the address means, whatever is on them, as a condition on `leaders` with its parameters."""
    named = [(name, value) for name, value in (("benchmark", state.bench), ("metric", state.metric)) if value]
    return " AND ".join(["kind = ?", *(f"{name} = ?" for name, _ in named)]), [state.kind, *(v for _, v in named)]


NAMED: Final = """(contains(words, lower(?)) AND (
    contains(words, ' ' || lower(?)) OR strpos(words, lower(?)) < strpos(words || chr(11), chr(11))))"""
"""The boards whose words hold what is searched for: their own names anywhere, and what the registries know of them,
which stands behind a vertical tab with a space before each word, only from the start of a word on: "wer" is a metric,
and is not in "question answering". Takes the search three times."""

SYSTEMS: Final = "SELECT model FROM systems WHERE kind = ? AND contains(lower(model), lower(?))"
"""The systems of a kind whose name holds what is searched for: each is looked at once, and not a million lines."""


def _found(state: State) -> tuple[str, list[object]]:
    """A query for the boards that a search finds where no other filter looks at lines, and its parameters.

    A board whose own words are found stands there with all its lines, as it was worked out when the build was written;
    any other with those of the systems that are found. Columns: board_no, line (where its best line is among all; null
    for a whole board), claims, papers, date, flagged, trend.
    """
    board, values = _of_boards(state)
    query = f"""
        WITH hits AS (
            SELECT r.rowid AS line, r.board_no, r.place, r.paper_id, r.date, r.flag, r.score, r.rank, r.is_frontier
            FROM board_rows r WHERE r.model IN ({SYSTEMS})
            AND r.board_no IN (SELECT board_no FROM leaders WHERE {board} AND NOT {NAMED})
        )
        FROM (
            SELECT board_no, min_by(line, place) AS line, count(*) AS claims, count(DISTINCT paper_id) AS papers,
                   nullif(min_by(coalesce(date, ''), place), '') AS date, avg(flag::INT) AS flagged,
                   coalesce(list(score ORDER BY date, rank) FILTER (is_frontier AND score IS NOT NULL), []) AS trend
            FROM hits GROUP BY board_no
            UNION ALL SELECT board_no, NULL AS line, claims, papers, date, flagged, trend
            FROM leaders WHERE {board} AND {NAMED}
        ) WHERE papers >= ?
    """  # noqa: S608 - constants only
    named = [*values, *[state.q] * 3]
    return query, [state.kind, state.q, *named, *named, state.papers]


def _hits(state: State) -> tuple[str, list[object]]:
    """The filters of lines with the search for boards (by their words, or those of systems), and the parameters."""
    where, parameters = row_filter(state, words=False)
    if not state.q:
        return where, parameters
    search = f"({NAMED} OR r.model IN ({SYSTEMS}))"
    return f"{where} AND {search}", [*parameters, *[state.q] * 3, state.kind, state.q]


def _leading(state: State) -> tuple[str, list[object]]:
    """A query for the boards that pass the filters, in no order, and its parameters.

    Without filters it reads what was worked out when the build was written: all columns of `leaders`. With them it
    counts lines: board_no, place and date (of the best line), claims, papers.
    """
    board, boards = _of_boards(state)
    if _searched_only(state):
        return _found(state)
    if not _narrowed(state):
        return f"SELECT * FROM leaders WHERE {board} AND papers >= ?", [*boards, state.papers]  # noqa: S608 - as above
    where, values = _hits(state)
    once = "MATERIALIZED" if state.q else "NOT MATERIALIZED"  # a search is dear, other filters are cheaper than a copy
    query = f"""
        WITH b AS (SELECT board_no, words FROM leaders WHERE {board}), hits AS {once} (
            SELECT board_no, r.place, r.paper_id, r.date, r.again FROM board_rows r JOIN b USING (board_no)
            WHERE {where}
        ), several AS (SELECT board_no, count(DISTINCT paper_id) AS n FROM hits WHERE again GROUP BY board_no),
        counted AS (
            SELECT board_no, min(place) AS place, count(*) AS claims,
                   nullif(min_by(coalesce(date, ''), place), '') AS date,
                   count(*) FILTER (NOT again) + coalesce(any_value(n), 0) AS papers
            FROM hits LEFT JOIN several USING (board_no) GROUP BY board_no
        )
        FROM counted WHERE papers >= ?
    """  # noqa: S608 - constants only, values are bound
    return query, [*boards, *values, state.papers]


def benchmarks(build: Build, kind: str) -> list[str]:
    """Benchmarks that have a board of this kind, the one with most papers first, at most 500."""
    frame = build.fact(
        "SELECT benchmark FROM benchmark_facets WHERE kind = ? ORDER BY papers DESC, words, benchmark LIMIT ?",
        [kind, MOST_OPTIONS],
    )
    return list(frame["benchmark"])


def metrics(build: Build, kind: str) -> list[str]:
    """Metrics that a board of this kind measures, the one with most papers first, at most 500."""
    found = build.fact(
        "SELECT metric FROM leaders WHERE kind = ? AND metric IS NOT NULL "
        "GROUP BY metric ORDER BY sum(papers) DESC, metric LIMIT ?",
        [kind, MOST_OPTIONS],
    )
    return list(found["metric"])
