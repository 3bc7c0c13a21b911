"""The claims table to frames: every query of the dashboard, with bound parameters only.

A build is opened for reading through `leaderboard.connect`, which can read no other file and change nothing. What the
reader typed reaches DuckDB only as a parameter; the query texts are put together from the constants of this module.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import duckdb

import leaderboard
from dashboard.safe import missing
from dashboard.state import ALL_LANES, LONGEST_TEXT, MERGED_LANES, SIZES, State
from leaderboard.errors import LeaderboardError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from leaderboard import Card as Card  # noqa: PLC0414 - for annotations elsewhere; only this module knows the library
    from leaderboard import Placed as Placed  # noqa: PLC0414 - as above

T = TypeVar("T")

FILE: Final = "leaderboard.duckdb"
PAGE_ROWS: Final = 100
"""Rows of a table that the browser gets at a time."""

MOST_OPTIONS: Final = 500
"""Entries of a list to choose from; the fullest boards come first."""

NEEDED: Final = {
    "papers": ("paper_id", "title", "abstract", "url", "date"),
    "claims": (
        "claim_id",
        "benchmark",
        "metric",
        "kind",
        "printed",
        "subject",
        "sentence",
        "start",
        "end",
        "confidence",
        "corrected",
    ),
    "boards": ("board_id", "kind", "benchmark", "metric", "lane", "unit", "higher_is_better", "n_rows", "n_papers"),
    "board_rows": (
        "board_id",
        "rank",
        "rank_low",
        "rank_high",
        "tie",
        "claim_id",
        "model",
        "score",
        "printed",
        "note",
        "board_no",
        "place",
        "flag",
        "again",
        "corrected",
    ),
    "benchmark_counts": ("name", "papers", "claims"),
    "meetings": ("kind", "one", "other", "shared"),
    "merged_boards": ("board_id", "kind", "benchmark", "metric", "lane", "unit", "n_rows", "n_papers", "board_no"),
    "merged_rows": ("board_id", "rank", "claim_id", "model", "score", "lane", "board_no", "place", "flag"),
    "leaders": (
        "role",
        "board_id",
        "board_no",
        "claim_id",
        "model",
        "printed",
        "best",
        "claims",
        "papers",
        "flagged",
        "trend",
        "words",
    ),
    "benchmark_facets": ("kind", "benchmark", "claims", "papers", "words"),
    "systems": ("kind", "model", "boards", "papers"),
    "finding_lines": ("fingerprint", "check_name", "level", "state", "title", "claim_id", "operands", "words"),
    "check_reach": ("claims", "outside"),
    "check_reasons": ("reason", "findings"),
    "year_counts": ("year", "kind", "claims"),
    "corrections": ("entry", "reason", "paper_id", "start", "end", "field", "parsed", "corrected", "problem"),
    "findings": ("fingerprint", "check_name", "level", "state", "message", "quote", "formula", "details_json"),
    "finding_operands": ("fingerprint", "paper_id", "start", "end", "printed", "low", "high", "claim_id"),
}
"""Tables and columns without which the pages cannot be drawn."""

ATTACHED: Final = "build"
USE: Final = f"USE {ATTACHED}"
"""Every connection to a build must start with this: the file is attached under this name."""

MEMORY: Final = "128MB"
"""What the questions of all sessions to one build may use together: enough for every page at a million claims."""

KEPT: Final = 32
"""How much of what pages are drawn from is kept, most of it tables of at most a page: some 5 MB in all."""

THREADS: Final = 2
"""How many threads answer them: more would take them from the sessions that draw."""

AGREE: Final = {
    "its boards and their best lines": (
        "SELECT count(*) FROM boards FULL JOIN leaders USING (board_no) "
        "WHERE boards.board_id IS DISTINCT FROM leaders.board_id"
    ),
    "its boards and their lines": (
        "SELECT count(*) FROM boards FULL JOIN (SELECT board_no, count(*) AS n FROM board_rows GROUP BY board_no) "
        "USING (board_no) WHERE n_rows IS DISTINCT FROM n"
    ),
    "the lines of boards and its claims": (
        "SELECT count(*) FROM board_rows ANTI JOIN claims USING (claim_id) WHERE claim_id IS NOT NULL"
    ),
    "its claims and its papers": "SELECT count(*) FROM claims ANTI JOIN papers USING (paper_id)",
    "its findings and their numbers": ("SELECT count(*) FROM finding_operands ANTI JOIN findings USING (fingerprint)"),
}
"""Pairs of tables that tell the same story, and a query that counts where they do not."""

DAMAGE: Final = (
    duckdb.IOException,
    duckdb.ConnectionException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
)
"""What DuckDB raises when a file that could be opened cannot be read to its end."""


class BuildProblem(Exception):
    """There is no build to show. `problem` says why in plain words, without a path."""

    def __init__(self, problem: str) -> None:
        """Keep the words for the page."""
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Build:
    """An open build: `stamp` changes when the file is replaced, `about` is the table `meta`."""

    connection: duckdb.DuckDBPyConnection
    stamp: str
    about: dict[str, str] = field(default_factory=dict)
    known: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False, repr=False)
    """Answers of `fact` so far."""

    kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict, compare=False, repr=False)
    """What was made last, by what it was made from; the longest unused comes first."""

    lock: Lock = field(default_factory=Lock, compare=False, repr=False)
    """Held while `kept` is changed: sessions share a build."""

    written: str = ""
    """The day on which its file was last changed, as the clock of this machine has it: YYYY-MM-DD."""

    @property
    def snapshot(self) -> str:
        """The first 12 characters of the snapshot's digest."""
        return self.about.get("snapshot", "")[:12]

    def keep(self, made_from: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes, or what it made before of the same: the last `KEPT` are kept.

        A page is drawn anew with whatever a reader does on it, mostly from what it was drawn from before. What is kept
        is shared, and nobody may change it.
        """
        with self.lock:
            if made_from in self.kept:
                self.kept.move_to_end(made_from)
                found: T = self.kept[made_from]
                return found
        made = make()
        with self.lock:
            self.kept[made_from] = made
            while len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        return made

    def frame(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The answer to a query with its parameters bound; safe to call from several threads.

        Raises `BuildProblem` where the file turns out to be damaged, or was replaced and closed meanwhile.
        """
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(USE)
                return cursor.execute(query, list(parameters)).df()
        except DAMAGE as error:
            raise BuildProblem("The build is damaged") from error
        except duckdb.OutOfMemoryException as error:
            raise BuildProblem(f"This page needs more than the {MEMORY} that questions to a build may use") from error

    def fact(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """As `frame`, for the few questions that no reader changes: each is asked once for as long as a build is open.

        Only for parameters of which there are few, a kind of claim and not a name, since every answer is kept.
        """
        name = f"{query} {list(parameters)}"
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = self.frame(query, parameters)
        return found.copy(deep=False)  # pandas copies on writing, so that nobody changes what others get

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """The answer to a query without parameters in Arrow, a part at a time: for tables too long for a frame."""
        with self.connection.cursor() as cursor:
            cursor.execute(USE).fetchall()
            reader: pa.RecordBatchReader = cursor.sql(query).to_arrow_reader(100_000)
            yield from reader

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def folder() -> Path:
    """The folder of the build that is shown: `LEADERBOARD_DIR`, or `out`."""
    return Path(os.environ.get("LEADERBOARD_DIR") or "out")


def stamp(where: Path) -> str:
    """What tells one state of the file from the next, without reading it; empty if there is none."""
    try:
        facts = (where / FILE).stat()
    except OSError:
        return ""
    return f"{facts.st_ino}-{facts.st_size}-{facts.st_mtime_ns}"


def open_build(where: Path) -> Build:
    """Open the build in the folder `where`; raises `BuildProblem` if it is missing, damaged or of another version."""
    mark = stamp(where)
    if not mark:
        raise BuildProblem("There is no build to show yet")
    try:
        leaderboard.connect(where).close()
        connection = _apart(where / FILE)
    except (LeaderboardError, duckdb.Error, OSError) as error:
        words = "The build was made by another version" if "version" in str(error) else "The build cannot be read"
        raise BuildProblem(words) from error
    try:
        columns = connection.execute("SELECT table_name, column_name FROM information_schema.columns").fetchall()
        about = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except duckdb.Error as error:
        connection.close()
        raise BuildProblem("The build is damaged") from error
    if missing := {(t, c) for t, names in NEEDED.items() for c in names} - set(columns):
        connection.close()
        raise BuildProblem(
            f"The build lacks what this version needs: {', '.join('.'.join(m) for m in sorted(missing)[:3])}"
        )
    try:
        apart = _contradictions(where / FILE)
    except duckdb.Error as error:
        connection.close()
        raise BuildProblem("The build is damaged") from error
    if apart:
        connection.close()
        raise BuildProblem(f"The build contradicts itself: {', '.join(apart)} do not agree")
    written = datetime.fromtimestamp((where / FILE).stat().st_mtime, tz=UTC).date().isoformat()
    return Build(connection, mark, about, written=written)


def _contradictions(file: Path) -> list[str]:
    """Which pairs of tables do not agree; asked by a connection of its own, which gives its memory back at its end."""
    connection = _apart(file)
    try:
        return [pair for pair, query in AGREE.items() if connection.execute(query).fetchall() != [(0,)]]
    finally:
        connection.close()


def _apart(file: Path) -> duckdb.DuckDBPyConnection:
    """A connection to `file` that shares nothing with others to the same path.

    DuckDB gives all plain connections to one path the file that the first of them opened, even after it was replaced;
    a file that is attached is opened by itself, so that old and new can be read side by side.
    """
    connection = duckdb.connect(":memory:")
    try:
        quoted = str(file.resolve()).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS {ATTACHED} (READ_ONLY)")
        connection.execute(USE)
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET threads = {THREADS}")
        connection.execute("SET temp_directory = ''")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error:
        connection.close()
        raise
    return connection


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
            AND r.board_no IN (SELECT board_no FROM leaders WHERE {board} AND NOT contains(words, lower(?)))
        )
        FROM (
            SELECT board_no, min_by(line, place) AS line, count(*) AS claims, count(DISTINCT paper_id) AS papers,
                   nullif(min_by(coalesce(date, ''), place), '') AS date, avg(flag::INT) AS flagged,
                   coalesce(list(score ORDER BY date, rank) FILTER (is_frontier AND score IS NOT NULL), []) AS trend
            FROM hits GROUP BY board_no
            UNION ALL SELECT board_no, NULL AS line, claims, papers, date, flagged, trend
            FROM leaders WHERE {board} AND contains(words, lower(?))
        ) WHERE papers >= ?
    """  # noqa: S608 - constants only
    return query, [state.kind, state.q, *values, state.q, *values, state.q, state.papers]


def _hits(state: State) -> tuple[str, list[object]]:
    """The filters of lines with the search for boards (by their words, or those of systems), and the parameters."""
    where, parameters = row_filter(state, words=False)
    if not state.q:
        return where, parameters
    search = f"(contains(b.words, lower(?)) OR r.model IN ({SYSTEMS}))"
    return f"{where} AND {search}", [*parameters, state.q, state.kind, state.q]


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


LONG: Final = "evidence, sources, note"
"""Columns of lines that only their board shows: reading them costs as much as reading all others."""

ROW_WORDS: Final = ("r.model", "r.title", "r.printed", "r.evidence")
"""What the search within a board looks at."""


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


def baselines(build: Build, claim_ids: Sequence[str]) -> dict[str, str]:
    """What these claims are compared with, in the abstract's words, by the id of the claim; only those that say it."""
    found = build.frame(
        "SELECT claim_id, baseline FROM claims SEMI JOIN (SELECT unnest(?) AS claim_id) USING (claim_id) "
        "WHERE baseline IS NOT NULL",
        [list(claim_ids)],
    )
    return dict(zip(found["claim_id"], found["baseline"], strict=True))


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


def _tables(state: State) -> tuple[str, str, str]:
    """Where the lines and boards that the address means are, and what a line's conditions are there."""
    if state.lane == MERGED_LANES:
        return "merged_rows", "merged_boards", "r.lane"
    return "board_rows", "boards", "b.lane"


@dataclass(frozen=True, slots=True)
class Reason:
    """One field of a claim as the parser read it: how probable the choice was (None: not weighed), what it rests on."""

    field: str
    value: str
    probability: float | None
    evidence: str


def reasons(abstract: str, title: str, span: tuple[int, int]) -> tuple[Reason, ...]:
    """Why the number at `span` was read as it was, by the parser of this installation; empty if it reads none there."""
    explanation = leaderboard.explain(abstract, title)
    return tuple(
        Reason(line.field, line.value, line.probability, line.evidence)
        for one in explanation.claims
        if (one.claim.start, one.claim.end) == span
        for line in one.lines
    )


def named(words: object) -> str | None:
    """`words` if they name a system, None where they only point at one ("our method")."""
    return leaderboard.system_name(words) if isinstance(words, str) else None


def registry() -> Any:  # noqa: ANN401 - a record of the library, whose types only it knows
    """The registries of this installation: look-up of metrics and benchmarks by any name."""
    return leaderboard.load_registry()


def is_known_benchmark(name: str) -> bool:
    """Whether the registry of this installation holds a benchmark of that name or alias."""
    return registry().benchmark(name) is not None


def claim_columns(build: Build) -> list[str]:
    """The columns of the claims table, in order."""
    return [str(name) for name in build.frame("SELECT * FROM claims LIMIT 0").columns]


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


def limit(metric: str, unit: str, *, higher_is_better: bool | None) -> float | None:
    """The best value that a metric can have in this unit, where the registry of this installation says it."""
    entry = registry().metric(metric)
    if entry is None or entry.unit != unit or higher_is_better is None:
        return None
    found = entry.high if higher_is_better else entry.low
    return None if found is None else float(found)


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


def claim(build: Build, claim_id: str) -> dict[str, Any] | None:
    """One row of the claims table with its paper's abstract and its board, or None if there is no such claim."""
    frame = build.frame(
        """
        SELECT c.*, p.abstract, r.board_id, b.lane, b.metric AS board_metric, b.benchmark AS board_benchmark,
               b.kind AS board_kind, b.unit AS board_unit, r.rank, r.tie, r.note
        FROM claims c LEFT JOIN papers p USING (paper_id) LEFT JOIN board_rows r ON r.claim_id = c.claim_id
        LEFT JOIN boards b ON b.board_id = r.board_id WHERE c.claim_id = ? LIMIT 1
        """,
        [claim_id],
    )
    return _records(frame)[0] if len(frame) else None


def claims_of_paper(build: Build, paper_id: str, but: str) -> pd.DataFrame:
    """The other claims of a paper in order of place, at most 100."""
    return build.frame(
        """
        SELECT claim_id, printed, bound, kind, metric, benchmark, subject, role, confidence, corrected
        FROM claims WHERE paper_id = ? AND claim_id <> ? ORDER BY start, claim_id LIMIT 100
        """,
        [paper_id, but],
    )


def rivals(build: Build, board_id: str, claim_id: str) -> tuple[pd.DataFrame, str, str]:
    """The claim's neighbours on its board (3 better, 3 worse), and the ids of the next better and the next worse."""
    frame = build.frame(
        """
        WITH b AS (SELECT board_no FROM boards WHERE board_id = ?),
        here AS (SELECT place AS here FROM board_rows JOIN b USING (board_no) WHERE claim_id = ?)
        SELECT r.* FROM board_rows r JOIN b USING (board_no), here WHERE r.place BETWEEN here - 3 AND here + 3
        ORDER BY r.place
        """,
        [board_id, claim_id],
    )
    ids = list(frame["claim_id"])
    at = ids.index(claim_id) if claim_id in ids else -1
    return frame, ids[at - 1] if at > 0 else "", ids[at + 1] if 0 <= at < len(ids) - 1 else ""


def findings_of_claim(build: Build, claim_id: str, paper_id: str) -> pd.DataFrame:
    """The findings that a claim takes part in, and the spans of their numbers in its paper (list of start and end)."""
    return build.frame(
        """
        SELECT f.*, list([o.start, o."end"]) FILTER (o.paper_id = ?) AS spans
        FROM findings f JOIN finding_operands o USING (fingerprint)
        WHERE f.state IN ('fail', 'review')
          AND f.fingerprint IN (SELECT fingerprint FROM finding_operands WHERE claim_id = ?)
        GROUP BY ALL ORDER BY f.level, f.check_name, f.fingerprint
        """,
        [paper_id, claim_id],
    )


def cards(build: Build, shown: pd.DataFrame) -> list[Card]:
    """What there is to show of each of these findings (rows of `findings`), in their order."""
    names = tuple(shown["fingerprint"])
    return build.keep(("cards", *names), lambda: _cards(build, shown))


def _cards(build: Build, shown: pd.DataFrame) -> list[Card]:
    """As `cards`, made anew."""
    names = list(shown["fingerprint"])
    numbers = _records(
        build.frame(
            "SELECT * FROM finding_operands SEMI JOIN (SELECT unnest(?) AS fingerprint) USING (fingerprint) "
            "ORDER BY finding_operands.rowid",
            [names],
        )
    )
    papers = _records(
        build.frame(
            "SELECT paper_id, title, abstract, url FROM papers SEMI JOIN (SELECT unnest(?) AS paper_id) "
            "USING (paper_id)",
            [sorted({*shown["paper_id"], *(str(one["paper_id"]) for one in numbers)})],
        )
    )
    mine: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for number in numbers:
        mine[number["fingerprint"]].append(number)
    return [leaderboard.finding_card(row, mine[row["fingerprint"]], papers) for row in _records(shown)]


def operands(build: Build, fingerprint: str) -> pd.DataFrame:
    """The numbers that took part in a finding, with the interval that their printed precision allows."""
    return build.frame(
        """
        SELECT DISTINCT printed, unit, low, high, paper_id, start, claim_id
        FROM finding_operands WHERE fingerprint = ? ORDER BY paper_id, start
        """,
        [fingerprint],
    )


def years(build: Build) -> list[str]:
    """The years in which papers with claims appeared, newest first."""
    frame = build.fact("SELECT DISTINCT year FROM year_counts ORDER BY year DESC LIMIT 200")
    return [year for year in frame["year"] if str(year).isdigit()]


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


def row_filter(state: State, *, words: bool) -> tuple[str, list[object]]:
    """The filters as a condition on `r` (board_rows) with its parameters."""
    clauses, parameters = ["true"], list[object]()

    def add(clause: str, *values: object) -> None:
        clauses.append(clause)
        parameters.extend(values)

    if state.since:
        add("r.date >= ?", state.since)
    if state.until:
        add("left(r.date, ?) <= ?", len(state.until), state.until)
    if state.minconf:
        add("r.confidence >= ?", state.minconf)
    if state.role == "own":
        add("r.role = 'own'")
    if state.size == "unstated":
        add("coalesce(r.subject_parameters, 0) <= 0")
    elif state.size != "all":
        add("r.subject_parameters >= ? AND r.subject_parameters > 0 AND r.subject_parameters < ?", *SIZES[state.size])
    if state.flags != "all":
        add("NOT r.flag" if state.flags == "clean" else "r.flag")
    if words and state.q:
        add(
            "(" + " OR ".join(f"contains(lower(coalesce({c}, '')), lower(?))" for c in ROW_WORDS) + ")",
            *([state.q] * len(ROW_WORDS)),
        )
    return " AND ".join(clauses), parameters


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries, missing values as None."""
    return [{str(k): None if missing(v) else v for k, v in row.items()} for row in frame.to_dict("records")]
