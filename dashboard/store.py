"""An open build: how it is opened, asked and closed, and what only the library behind it knows.

A build is opened for reading through `leaderboard.connect`, which can read no other file and change nothing. What the
reader typed reaches DuckDB only as a parameter; the query texts are put together from the constants of the modules that
ask (`listing`, `ranking`, `claims`, `lines`, `reports`, `quality`).
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

import duckdb

import leaderboard
from dashboard.safe import missing
from dashboard.shape import AGREE, NEEDED
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

ATTACHED: Final = "build"
USE: Final = f"USE {ATTACHED}"
"""Every connection to a build must start with this: the file is attached under this name."""

MEMORY: Final = "128MB"
"""What the questions of all sessions to one build may use together: enough for every page at a million claims."""

KEPT: Final = 24
"""How much of what pages are drawn from is kept, most of it tables of at most a page: some 5 MB in all."""

THREADS: Final = 2
"""How many threads answer them: more would take them from the sessions that draw."""

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


def limit(metric: str, unit: str, *, higher_is_better: bool | None) -> float | None:
    """The best value that a metric can have in this unit, where the registry of this installation says it."""
    entry = registry().metric(metric)
    if entry is None or entry.unit != unit or higher_is_better is None:
        return None
    found = entry.high if higher_is_better else entry.low
    return None if found is None else float(found)


def claim_columns(build: Build) -> list[str]:
    """The columns of the claims table, in order."""
    return [str(name) for name in build.frame("SELECT * FROM claims LIMIT 0").columns]


def cards(build: Build, shown: pd.DataFrame) -> list[Card]:
    """What there is to show of each of these findings (rows of `findings`), in their order."""
    names = tuple(shown["fingerprint"])
    return build.keep(("cards", *names), lambda: _cards(build, shown))


def _cards(build: Build, shown: pd.DataFrame) -> list[Card]:
    """As `cards`, made anew."""
    names = list(shown["fingerprint"])
    numbers = records(
        build.frame(
            "SELECT * FROM finding_operands SEMI JOIN (SELECT unnest(?) AS fingerprint) USING (fingerprint) "
            "ORDER BY finding_operands.rowid",
            [names],
        )
    )
    papers = records(
        build.frame(
            "SELECT paper_id, title, abstract, url FROM papers SEMI JOIN (SELECT unnest(?) AS paper_id) "
            "USING (paper_id)",
            [sorted({*shown["paper_id"], *(str(one["paper_id"]) for one in numbers)})],
        )
    )
    mine: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for number in numbers:
        mine[number["fingerprint"]].append(number)
    return [leaderboard.finding_card(row, mine[row["fingerprint"]], papers) for row in records(shown)]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries, missing values as None."""
    return [{str(k): None if missing(v) else v for k, v in row.items()} for row in frame.to_dict("records")]
