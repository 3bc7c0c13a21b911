"""The claims table: one DuckDB file that holds a whole build, written at once or not at all.

Tables: `papers`, `versions`, `claims` (the columns of `TABLE_COLUMNS`), `boards`, `board_rows`, `merged_boards` and
`merged_rows` (of the same columns), `known_names`, `corrections`, `findings`, `finding_operands`, `rejections` and
`meta` (key and value, among them `schema_version`), and the answers made from them (`summary.py`). No time stamp is in
it: the same input makes the same rows. `connect` opens it for reading, `load` makes a snapshot of it again.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaderboard import registry, summary
from leaderboard.errors import UnreadableSource
from leaderboard.models import (
    TABLE_COLUMNS,
    Board,
    Correction,
    Finding,
    Operand,
    Paper,
    Reading,
    Rejection,
    Result,
    Row,
    Snapshot,
)

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

FILE = "leaderboard.duckdb"
"""Name of the database file in the folder of a build."""

SCHEMA_VERSION = 4
"""Raised whenever a table or column changes its meaning, so that a reader can tell an old file from a broken one."""

REMEDY = "make one with `leaderboard build INPUT --out DIR`"
"""What to do where no build is found."""

BOARD_COLUMNS = (
    "board_id",
    "kind",
    "benchmark",
    "metric",
    "lane",
    "unit",
    "higher_is_better",
    "printed_scale",
    "n_rows",
    "n_papers",
)
"""Columns of the table `boards`."""

CORRECTION_COLUMNS = tuple(field.name for field in fields(Correction))
"""Columns of the table `corrections`."""

ROW_COLUMNS = tuple(field.name for field in fields(Row))
"""Columns of the table `board_rows` after `board_id`."""

FINDING_COLUMNS = ("fingerprint", "check_name", "level", "state", "origin", "paper_id")
"""Columns of the table `findings` before its texts."""

_TYPES = {
    "bool_": {"metric_inferred", "higher_is_better", "tie", "tier", "is_frontier"},
    "int64": {
        *("start", "end", "rank", "rank_low", "rank_high"),
        *("record", "line", "n_rows", "n_papers", "records", "position"),
    },
    "float64": {"value", "value_high", "half_width", "score", "subject_parameters", "confidence", "low", "high"},
}
"""Arrow types of columns by name; every other column is text. `value` of `meta` is text, too."""

_LISTS = frozenset({"sources"})
"""Columns that hold several texts."""


def to_arrow(results: Iterable[Result]) -> pa.Table:
    """The claims table in Arrow, with the columns of `TABLE_COLUMNS` and the types of the database."""
    return _arrow(TABLE_COLUMNS, (_values(result, TABLE_COLUMNS) for result in results))


def to_pandas(results: Iterable[Result]) -> pd.DataFrame:
    """The claims table as a pandas frame; texts and flags may be missing, numbers are NaN where unknown."""
    frame: pd.DataFrame = to_arrow(results).to_pandas()
    return frame


def digest(*parts: Iterable[object]) -> str:
    """SHA-256 over records, in hexadecimal: equal records in equal order give the same digest."""
    hasher = hashlib.sha256()
    for part in parts:
        for record in part:
            hasher.update(repr(record).encode("utf-8", "backslashreplace"))
            hasher.update(b"\x1e")
        hasher.update(b"\x1d")
    return hasher.hexdigest()


def write(snapshot: Snapshot, path: Path) -> None:
    """Write the database of a snapshot to `path`, replacing what is there in one step.

    The file is made beside `path` under a hidden name, forced to the disk, then renamed: a crash at any moment leaves
    the old file or the new one. Raises `OSError` where the folder cannot be written.
    """
    import duckdb  # noqa: PLC0415 - a command that writes no database should start without it

    hidden = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    hidden.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(hidden)) as connection:
            for name, table in tables(snapshot).items():
                connection.register("incoming", table)
                connection.execute(f'CREATE TABLE "{name}" AS {summary.SHAPED.get(name, "FROM incoming")}')
                connection.unregister("incoming")
            for name, query in summary.TABLES.items():
                connection.execute(f'CREATE TABLE "{name}" AS {query}')
            connection.execute("CHECKPOINT")
        with hidden.open("rb") as file:
            os.fsync(file.fileno())
        hidden.replace(path)
    finally:
        hidden.unlink(missing_ok=True)


def _known_names(boards: Sequence[Board]) -> Iterable[tuple[str, str, str]]:
    """What else the registries of this installation call the benchmarks and metrics of boards, and what those are for.

    Kind (`benchmark` or `metric`), name, and the words: task and area of a benchmark, its name without hyphens, and all
    aliases, each on a line that begins with a space, so that every word has one before it. Aliases of a metric that
    hold its name are left out: they say what is measured on ("image classification accuracy"), which few boards are.
    """
    known = registry.load()
    for name in sorted({board.benchmark for board in boards if board.benchmark}):
        benchmark = known.benchmarks.get(name)
        if benchmark:
            more = (benchmark.task, benchmark.area.replace("-", " "), name.replace("-", " "), *benchmark.aliases)
            yield "benchmark", name, "\n".join(f" {words}" for words in more if words)
    for name in sorted({board.metric for board in boards if board.metric}):
        metric = known.metrics.get(name)
        if metric:
            yield (
                "metric",
                name,
                "\n".join(f" {alias}" for alias in metric.aliases if name.lower() not in alias.lower()),
            )


def tables(snapshot: Snapshot) -> dict[str, pa.Table]:
    """All tables of a snapshot in Arrow, by the name that they have in the database; those that others need first."""
    claims = {(row.paper_id, row.start, row.end): row.claim_id for row in reversed(snapshot.results)}
    papers = ("paper_id", "title", "abstract", "url", "date", "source", "record", "line")
    rejections = tuple(field.name for field in fields(Rejection))
    operands = tuple(field.name for field in fields(Operand))
    texts = ("message", "quote", "formula", "url")
    return {
        "papers": _arrow(papers, ((paper.id, *_values(paper, papers[1:])) for paper in snapshot.papers)),
        "versions": _arrow(("paper_id", "records"), snapshot.versions),
        "claims": to_arrow(snapshot.results),
        "boards": _arrow(BOARD_COLUMNS, (_board_values(board) for board in snapshot.boards)),
        "merged_boards": _arrow(BOARD_COLUMNS, (_board_values(board) for board in snapshot.merged)),
        "known_names": _arrow(("kind", "name", "words"), _known_names(snapshot.boards)),
        "corrections": _arrow(CORRECTION_COLUMNS, (_values(one, CORRECTION_COLUMNS) for one in snapshot.corrections)),
        "findings": _arrow(
            (*FINDING_COLUMNS, *texts, "details_json", "position"),
            (
                (
                    finding.fingerprint,
                    finding.check,
                    *_values(finding, (*FINDING_COLUMNS[2:], *texts)),
                    _details(finding),
                    position,
                )
                for position, finding in enumerate(snapshot.findings)
            ),
        ),
        "finding_operands": _arrow(
            ("fingerprint", *operands, "claim_id", "position"),
            (
                (
                    finding.fingerprint,
                    *_values(operand, operands),
                    claims.get((operand.paper_id, operand.start, operand.end)),
                    position,
                )
                for position, finding in enumerate(snapshot.findings)
                for operand in finding.operands
            ),
        ),
        "board_rows": _arrow(("board_id", *ROW_COLUMNS), _lines(snapshot.boards)),
        "merged_rows": _arrow(("board_id", *ROW_COLUMNS), _lines(snapshot.merged)),
        "rejections": _arrow(rejections, (_values(rejection, rejections) for rejection in snapshot.rejections)),
        "meta": _arrow(("key", "value"), meta(snapshot).items(), text=("value",)),
    }


def meta(snapshot: Snapshot) -> dict[str, str]:
    """What the table `meta` says: versions, the digest of the snapshot, and counts."""
    return {
        "version": snapshot.version,
        "schema_version": str(SCHEMA_VERSION),
        "snapshot": snapshot.digest,
        **{name: str(number) for name, number in counts(snapshot).items()},
    }


def counts(snapshot: Snapshot) -> dict[str, int]:
    """How much a snapshot holds; of findings only those that failed, by level.

    `corrected` counts the claims that corrections changed or dropped, `idle corrections` the entries without effect.
    """
    failed = [finding.level for finding in snapshot.findings if finding.state == "fail"]
    made = [one for one in snapshot.corrections if not one.problem]
    return {
        "records": len(snapshot.papers) + sum(number for _, number in snapshot.versions),
        "papers": len(snapshot.papers),
        "claims": len({(row.paper_id, row.start, row.end, row.kind) for row in snapshot.results}),
        "rows": len(snapshot.results),
        "boards": len(snapshot.boards),
        "errors": failed.count("error"),
        "warnings": failed.count("warning"),
        "notes": failed.count("note"),
        "rejections": len(snapshot.rejections),
        "corrected": len({(one.paper_id, one.start, one.end) for one in made}),
        "idle corrections": len(snapshot.corrections) - len(made),
    }


def connect(path: Path | str) -> duckdb.DuckDBPyConnection:
    """Open the database of a build for reading; `path` is the file or the folder of the build.

    The connection can read no other file and change nothing. Raises `UnreadableSource` where there is no build, where
    the file is damaged, or where another version of the program wrote it.
    """
    import duckdb  # noqa: PLC0415 - only who opens a database pays for the library

    place = Path(path)
    file = place / FILE if place.is_dir() else place
    if not file.is_file():
        raise UnreadableSource(place, "holds no build", REMEDY)
    try:
        connection = duckdb.connect(str(file), read_only=True, config={"enable_external_access": "false"})
    except duckdb.Error as error:
        raise UnreadableSource(file, "is no readable database", REMEDY) from error
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
    except duckdb.Error:
        found = []
    if found != [(str(SCHEMA_VERSION),)]:
        connection.close()
        raise UnreadableSource(file, "was written by another version of this program", REMEDY)
    return connection


def load(path: Path | str) -> Snapshot:
    """The snapshot that a database file, or the folder of a build, holds; raises what `connect` raises."""
    with connect(path) as connection:

        def rows(table: str, order: str = "") -> list[dict[str, Any]]:
            relation = connection.table(table)
            found: list[dict[str, Any]] = (relation.order(order) if order else relation).to_arrow_table().to_pylist()
            return found

        about = {row["key"]: row["value"] for row in rows("meta")}

        def boards(table: str, lines_of: str) -> tuple[Board, ...]:
            lines: dict[str, list[Row]] = {}
            for row in rows(lines_of, "line"):
                values = {name: row[name] for name in ROW_COLUMNS}
                lines.setdefault(row["board_id"], []).append(Row(**{**values, "sources": tuple(row["sources"])}))
            return tuple(_board(row, lines.get(row["board_id"], [])) for row in rows(table))

        operands: dict[int, list[Operand]] = {}
        for row in rows("finding_operands"):
            operands.setdefault(row["position"], []).append(operand(row))
        return Snapshot(
            version=about["version"],
            digest=about["snapshot"],
            papers=tuple(Paper(id=row.pop("paper_id"), **row) for row in rows("papers")),
            results=tuple(Result(**row) for row in rows("claims")),
            boards=boards("boards", "board_rows"),
            findings=tuple(finding(row, operands.get(row["position"], [])) for row in rows("findings")),
            rejections=tuple(Rejection(**row) for row in rows("rejections")),
            versions=tuple((row["paper_id"], row["records"]) for row in rows("versions")),
            merged=boards("merged_boards", "merged_rows"),
            corrections=tuple(Correction(**row) for row in rows("corrections")),
        )


def _values(record: object, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in names)


def _arrow(names: Sequence[str], rows: Iterable[Sequence[Any]], text: Sequence[str] = ()) -> pa.Table:
    """Columns from rows, typed by name."""
    import pyarrow as pa  # noqa: PLC0415 - only who makes tables pays for the library

    types = {name: getattr(pa, kind)() for kind, members in _TYPES.items() for name in members if name not in text}
    types |= dict.fromkeys(_LISTS, pa.list_(pa.string()))
    schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [[] for _ in names]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _lines(boards: Iterable[Board]) -> Iterable[tuple[Any, ...]]:
    """The rows of a table of lines, board by board."""
    return ((board.board_id, *_values(row, ROW_COLUMNS)) for board in boards for row in board.rows)


def _board_values(board: Board) -> tuple[Any, ...]:
    papers = len({row.paper_id for row in board.rows})
    return (*_values(board, BOARD_COLUMNS[:-2]), len(board.rows), papers)


def _board(row: Mapping[str, Any], lines: Sequence[Row]) -> Board:
    return Board(**{name: row[name] for name in BOARD_COLUMNS[:-2]}, rows=tuple(lines))


def _details(finding: Finding) -> str:
    """The parts of a finding that have no column, as JSON; infinite ends of intervals as text."""

    def number(value: float) -> float | str:
        return value if math.isfinite(value) else str(value)

    details = {
        "computed": [
            {
                "name": r.name,
                "low": number(r.low),
                "high": number(r.high),
                "meets": r.meets,
                "stated": r.stated and [number(r.stated[0]), number(r.stated[1])],
                "allowed": r.allowed and [number(r.allowed[0]), number(r.allowed[1])],
            }
            for r in finding.computed
        ],
        "assumptions": finding.assumptions,
        "alternatives": finding.alternatives,
        "verify": finding.verify,
        "reason": finding.reason,
        "cell": finding.cell,
        "suppressed_by": finding.suppressed_by,
    }
    return json.dumps(details, ensure_ascii=False, allow_nan=False)


def _interval(ends: Sequence[float | str] | None) -> tuple[float, float] | None:
    """An interval as `_details` wrote it, or None."""
    return (float(ends[0]), float(ends[1])) if ends else None


def operand(row: Mapping[str, Any]) -> Operand:
    """The operand that a row of the table `finding_operands` holds; builds before 2026-12 have no `bound` there."""
    return Operand(**{field.name: row[field.name] for field in fields(Operand) if field.name in row})


def finding(row: Mapping[str, Any], operands: Sequence[Operand]) -> Finding:
    """The finding that a row of the table `findings` holds, with its operands."""
    details = json.loads(row["details_json"])
    readings = details.pop("computed")
    details.update({name: tuple(details[name]) for name in ("assumptions", "alternatives")})
    names = ("fingerprint", "level", "state", "origin", "paper_id", "message", "quote", "formula", "url")
    return Finding(
        **{name: row[name] for name in names},
        **details,
        check=row["check_name"],
        operands=tuple(operands),
        computed=tuple(
            Reading(
                r["name"],
                float(r["low"]),
                float(r["high"]),
                r["meets"],
                _interval(r["stated"]),
                _interval(r.get("allowed")),
            )
            for r in readings
        ),
    )
