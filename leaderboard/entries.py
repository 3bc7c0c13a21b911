"""Entries of the data files as validated records: fields, ranges, units, references; no two answer to one name.

Metrics and models are tables keyed by id; benchmarks are such tables inside one table per area.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from leaderboard.errors import BadDataFile, UnknownName
from leaderboard.knowledge import tables
from leaderboard.models import Benchmark, Metric, Model

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

IGNORED = re.compile(r"[\s\-_\u2010-\u2015\u2212'`\u2018\u2019]+")
"""What the folding of names drops: space, hyphens and dashes of all kinds, underscores, apostrophes."""

ID = re.compile(r"[a-z0-9][a-z0-9._+-]*")
"""How the id of an entry is written."""

MONTH = re.compile(r"\d{4}(-\d{2})?")
"""When something was released: a year, or a month of it."""

Entry = TypeVar("Entry", bound=Metric | Benchmark | Model)


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a data file, not yet validated."""

    path: Path
    id: str
    fields: Mapping[str, Any]


@functools.lru_cache(maxsize=1 << 16)
def key(mention: str) -> str:
    """Fold a name for look-up: case, space, hyphens, dashes, underscores and apostrophes do not count.

    Digits and signs do: "MBPP+" is not "MBPP", "pass@1" is not "pass@10", and "SQuAD2.0" is "SQuAD 2.0".
    """
    return IGNORED.sub("", mention).casefold()


def rows_of(path: Path, rows: Mapping[str, Any] | None = None, prefix: str = "") -> Iterator[Row]:
    """The entries of a file (or of one table of it) that are keyed by id."""
    for entry_id, given in (tables(path) if rows is None else rows).items():
        if not isinstance(given, dict):
            raise BadDataFile(path, f"{prefix}{entry_id}", "is not a table of fields")
        yield Row(path, entry_id, given)


def rows_by_area(path: Path) -> Iterator[Row]:
    """The entries of a file of benchmarks: tables keyed by id inside tables named by area."""
    for area, rows in tables(path).items():
        if not isinstance(rows, dict):
            raise BadDataFile(path, area, "is not a table of benchmarks")
        for row in rows_of(path, rows, f"{area}."):
            yield Row(path, row.id, {"area": area.replace("-", " "), **row.fields})


def entries_of(record: type[Entry], kind: str, rows: Iterable[Row]) -> tuple[Mapping[str, Entry], Mapping[str, Entry]]:
    """Validate rows; return the records by name and by the key of every name and alias."""
    by_id: dict[str, Row] = {}
    by_name: dict[str, Entry] = {}
    by_key: dict[str, Entry] = {}
    for row in rows:
        entry = _entry(record, row)
        if row.id in by_id:
            raise BadDataFile(row.path, row.id, f"this id is also taken in {by_id[row.id].path.name}")
        by_id[row.id] = row
        for alias in (entry.name, *entry.aliases):
            folded = key(alias)
            owner = by_key.setdefault(folded, entry)
            if owner is not entry:
                problem = f"{kind} {entry.name!r} and {kind} {owner.name!r} both answer to {alias!r}"
                raise BadDataFile(row.path, f"{row.id}.aliases", problem)
            if not folded:
                raise BadDataFile(row.path, f"{row.id}.aliases", f"{alias!r} has no letter, digit or sign")
        by_name[entry.name] = entry
    return MappingProxyType(by_name), MappingProxyType(by_key)


def shared_names(
    rows: Iterable[Row], benchmarks: Mapping[str, Benchmark], keys: Mapping[str, Benchmark]
) -> Mapping[str, tuple[str, ...]]:
    """The names that several benchmarks go by, folded, each with their canonical names in the order of the files.

    Such a name is no alias of any benchmark, at least two share it, and each says which words speak for it.
    """
    found: dict[str, tuple[str, ...]] = {}
    last: dict[str, Row] = {}
    for row, entry in zip(rows, benchmarks.values(), strict=True):
        for one in entry.shared:
            owner = keys.get(key(one.name))
            if owner is not None:
                raise BadDataFile(row.path, f"{row.id}.shared", f"{one.name!r} is a name of {owner.name!r} alone")
            if not one.signs or any(sign != sign.lower() or not sign.strip() for sign in one.signs):
                raise BadDataFile(row.path, f"{row.id}.shared", f"{one.name!r} needs signs in lower case")
            found[key(one.name)] = (*found.get(key(one.name), ()), entry.name)
            last[key(one.name)] = row
    for folded, names in found.items():
        if len(names) < 2:
            raise BadDataFile(last[folded].path, f"{last[folded].id}.shared", f"no other benchmark shares {folded!r}")
    return MappingProxyType(found)


def _entry(record: type[Entry], row: Row) -> Entry:
    """One validated record; contextual aliases and stated names count among its aliases: they are found by look-up."""
    given = {"id": row.id, **row.fields}
    contextual = given.get("contextual_aliases", ())
    plain = given.get("aliases", ())
    if isinstance(contextual, list) and isinstance(plain, Sequence):
        extra = [alias for alias in contextual if alias not in plain and alias != given.get("name")]
        given["aliases"] = [*plain, *extra]
    try:
        entry: Entry = _schema(cast("Any", record)).validate_python(given)
    except ValueError as error:
        first = cast("ValidationError", error).errors(include_url=False)[0]
        where = ".".join((row.id, *map(str, first["loc"])))
        raise BadDataFile(row.path, where, first["msg"]) from None
    if isinstance(entry, Benchmark) and entry.stated:
        names = (name for one in entry.stated for name in one.names)
        entry = replace(entry, aliases=tuple(dict.fromkeys((*entry.aliases, *names))))
    for name, problem in _limits(entry):
        raise BadDataFile(row.path, f"{row.id}.{name}", problem)
    return entry


@functools.cache
def _schema(record: type[Any]) -> TypeAdapter[Any]:
    """What validates the fields of a record."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - mostly the entries are kept from an earlier run

    return TypeAdapter(record)


def _limits(entry: Metric | Benchmark | Model) -> Iterator[tuple[str, str]]:
    """The fields of an entry whose value is of the right type and still none, with what is amiss."""
    if not ID.fullmatch(entry.id):
        yield "id", f"{entry.id!r} is not made of a-z, 0-9 and . _ + -, beginning with a letter or digit"
    if not entry.name:
        yield "name", "is empty"
    if isinstance(entry, Benchmark | Model) and entry.released is not None and not MONTH.fullmatch(entry.released):
        yield "released", f"{entry.released!r} is not a year or a month, such as 2024 or 2024-05"
    if isinstance(entry, Benchmark):
        yield from _limits_of_benchmark(entry)


def _limits_of_benchmark(entry: Benchmark) -> Iterator[tuple[str, str]]:
    """The same of the fields that only benchmarks have."""
    if entry.choices is not None and entry.choices < 2:
        yield "choices", f"{entry.choices} leaves no choice"
    if entry.chance is not None and not 0 < entry.chance < 100:
        yield "chance", f"{entry.chance:g} is not between 0 and 100"
    for number, stated in enumerate(entry.stated):
        if not stated.condition or not stated.names:
            yield f"stated.{number}", "needs a condition and the names that state it"
        if key(entry.name) in map(key, stated.names):
            yield f"stated.{number}.names", f"{entry.name!r} is the name that leaves conditions open"
    for number, items in enumerate(entry.test_items):
        if items.items <= 0:
            yield f"test_items.{number}.items", f"{items.items} is not a number of items"
        if not items.source:
            yield f"test_items.{number}.source", "is empty: say who counted"


def check_metrics(rows: Iterable[Row], metrics: Mapping[str, Metric], units: frozenset[str]) -> None:
    """Units, families and bounds of the metrics must make sense together."""
    for row, metric in zip(rows, metrics.values(), strict=True):
        for name, unit in (("unit", metric.unit), *(("other_units", other) for other in metric.other_units)):
            if not all(part in units for part in unit.replace("-", "_").split("/")):
                raise BadDataFile(row.path, f"{row.id}.{name}", f"unit {unit!r} is not defined in units.txt")
        if metric.family is not None and metric.family not in metrics:
            raise BadDataFile(row.path, f"{row.id}.family", _unknown("metric", metric.family, metrics))
        above, chain = metric.family, {metric.name}
        while above is not None:
            if above in chain:
                raise BadDataFile(row.path, f"{row.id}.family", "a metric cannot be its own family")
            chain.add(above)
            above = metrics[above].family if above in metrics else None
        if metric.low is not None and metric.high is not None and metric.low >= metric.high:
            raise BadDataFile(row.path, f"{row.id}.high", f"{metric.high} is not above low, {metric.low}")
        if (metric.low is not None or metric.high is not None) and not metric.bound_source:
            raise BadDataFile(row.path, f"{row.id}.bound_source", "bounds need a source")


FEW, ALSO = "few", "also"
"""Keys of `tasks.toml` that are no areas: tasks of few benchmarks, and further areas in which a task is at home."""


def tasks_of(path: Path) -> Mapping[str, tuple[str, ...]] | None:
    """The words for tasks, each with the areas it is at home in, its own first; None where there is no such file."""
    if not path.is_file():
        return None
    given = dict(tables(path))
    few, also = given.pop(FEW, []), given.pop(ALSO, {})
    homes: dict[str, tuple[str, ...]] = {}
    for area, names in given.items():
        for name in _words(path, area, names, "tasks"):
            if name in homes:
                raise BadDataFile(path, area, f"the task {name!r} stands under {homes[name][0]!r}, too")
            homes[name] = (area,)
    for name in _words(path, FEW, few, "tasks"):
        if name not in homes:
            raise BadDataFile(path, FEW, _unknown("task", name, homes))
    if not isinstance(also, dict):
        raise BadDataFile(path, ALSO, "is no table of areas by task")
    for name, areas in also.items():
        if name not in homes:
            raise BadDataFile(path, ALSO, _unknown("task", name, homes))
        homes[name] = (*homes[name], *_words(path, f"{ALSO}.{name}", areas, "areas"))
    return homes


def _words(path: Path, where: str, given: object, kind: str) -> list[str]:
    """A list of words of a data file."""
    if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
        raise BadDataFile(path, where, f"is no list of {kind}")
    return given


def check_benchmarks(
    rows: Iterable[Row], metrics: Mapping[str, Metric], tasks: Mapping[str, tuple[str, ...]] | None
) -> None:
    """The metrics of a benchmark must be known, by canonical name; its task fits its area; guessing has a source."""
    for row in rows:
        if row.fields.get("link_source") and not row.fields.get("link"):
            raise BadDataFile(row.path, f"{row.id}.link_source", "speaks of a link that is not given")
        task = row.fields.get("task")
        if tasks is not None and task is not None:
            _check_task(row, task, tasks)
        if ("choices" in row.fields or "chance" in row.fields) and not row.fields.get("chance_source"):
            raise BadDataFile(row.path, f"{row.id}.chance_source", "choices and chance need a source")
        usual, same = row.fields.get("metric"), row.fields.get("same_metrics", ())
        if same and usual is None:
            raise BadDataFile(row.path, f"{row.id}.same_metrics", "needs a metric that they are the same as")
        for field_name, name in (("metric", usual), *(("same_metrics", name) for name in same)):
            if name is not None and name not in metrics:
                raise BadDataFile(row.path, f"{row.id}.{field_name}", _unknown("metric", name, metrics))


def _check_task(row: Row, task: str, tasks: Mapping[str, tuple[str, ...]]) -> None:
    """The task of a benchmark must be known, and at home in the area that the benchmark stands in."""
    if task not in tasks:
        raise BadDataFile(row.path, f"{row.id}.task", _unknown("task", task, tasks))
    area = row.fields["area"].replace(" ", "-")
    if area not in tasks[task]:
        raise BadDataFile(row.path, f"{row.id}.task", f"{task!r} is at home in {', '.join(tasks[task])}, not in {area}")


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known))
    return str(UnknownName(kind, name, near))
