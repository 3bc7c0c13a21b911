"""Print the claims of abstracts, one per line.

Every line gives `start` and `end`, character offsets into the abstract as it stands in the input, whose slice is
`number`. Records are read and printed one by one; those that cannot be used are counted on standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from leaderboard import parsing, registry, sources
from leaderboard.commands import _arguments
from leaderboard.errors import LeaderboardError
from leaderboard.exports import _cells
from leaderboard.gather import require_papers
from leaderboard.models import Claim, Rejection

FIELDS = (
    "paper_id",
    "start",
    "end",
    "number",
    "kind",
    "value",
    "value_high",
    "unit",
    "metric",
    "benchmarks",
    "benchmark_mentions",
    "metric_mention",
    "metric_inferred",
    "subject",
    "role",
    "baseline",
    "direction",
    "bound",
    "setting",
    "sentence_start",
    "sentence_end",
    "confidence",
    "rule",
)
"""The fields of a printed claim, in order."""

LISTS = frozenset({"benchmarks", "benchmark_mentions", "setting"})
"""Fields that hold several texts; CSV joins them by "; "."""

BATCH = 10_000
"""Claims held in memory before they go out as Parquet."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    _arguments.add_inputs(parser)
    parser.add_argument("--format", dest="form", choices=tuple(WRITERS), default="jsonl", help="default: jsonl")


def run(options: argparse.Namespace) -> int:
    """Print the claims in the format asked for."""
    WRITERS[options.form](claims(options.inputs, options.source_format, options.min_confidence), sys.stdout)
    return 0


def claims(inputs: Iterable[str], source_format: str | None = None, min_confidence: float = 0.0) -> Iterator[Claim]:
    """The claims of every record as they come; records are not merged, so each keeps its own id.

    Ends with a line on standard error if records were set aside. Raises `UnreadableSource` if no record can be used.
    """
    known = registry.load()
    papers = 0
    rejected: list[Rejection] = []
    for record in sources.read(list(inputs), format=source_format):
        if isinstance(record, Rejection):
            rejected.append(record)
            continue
        papers += 1
        for claim in parsing.read(record, known):
            if claim.confidence >= min_confidence:
                yield claim
    if not papers:
        require_papers((), rejected)
    print("".join(f"leaderboard: {line}\n" for line in set_aside(rejected)), end="", file=sys.stderr)


def set_aside(rejected: list[Rejection]) -> list[str]:
    """One line on the records that could not be used, or none."""
    if not rejected:
        return []
    first = rejected[0]
    place = f"{first.source}: record {first.record}: {first.reason}"
    return [f"{len(rejected)} record(s) set aside; the first: {' '.join(place.split())}"]


def as_record(claim: Claim) -> dict[str, Any]:
    """A claim as the fields that are printed."""
    return {name: getattr(claim, name) for name in FIELDS}


def write_jsonl(found: Iterable[Claim], stream: IO[str]) -> None:
    """One JSON object per line."""
    for claim in found:
        stream.write(json.dumps(as_record(claim), ensure_ascii=False) + "\n")


def write_csv(found: Iterable[Claim], stream: IO[str]) -> None:
    """A header and one line per claim; cells that a spreadsheet would run are neutralised."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(FIELDS)
    for claim in found:
        record = as_record(claim)
        writer.writerow([_cells.cell("; ".join(v) if name in LISTS else v) for name, v in record.items()])


def write_parquet(found: Iterable[Claim], stream: IO[str]) -> None:
    """One Parquet file; raises `LeaderboardError` where it would land on a terminal."""
    import pyarrow as pa  # noqa: PLC0415 - half a second that the other formats need not pay
    import pyarrow.parquet as pq  # noqa: PLC0415

    if stream.isatty():
        raise LeaderboardError("Parquet is binary; send it to a file with > claims.parquet")
    numbers = {"value", "value_high", "confidence"}
    places = {"start", "end", "sentence_start", "sentence_end"}
    kinds = dict.fromkeys(numbers, pa.float64()) | dict.fromkeys(places, pa.int64())
    kinds |= dict.fromkeys(LISTS, pa.list_(pa.string())) | {"metric_inferred": pa.bool_()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in FIELDS])
    with pq.ParquetWriter(stream.buffer, schema) as writer:  # type: ignore[attr-defined]
        batch: list[dict[str, Any]] = []
        for claim in found:
            batch.append(as_record(claim))
            if len(batch) == BATCH:
                writer.write_table(pa.Table.from_pylist(batch, schema))
                batch.clear()
        writer.write_table(pa.Table.from_pylist(batch, schema))


WRITERS: dict[str, Callable[[Iterable[Claim], IO[str]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}
"""How claims are printed, by the name of the format."""
