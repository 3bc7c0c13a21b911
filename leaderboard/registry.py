"""The knowledge under `data/` as records, and the look-up by any name that papers use.

Metrics and models are tables keyed by id; benchmarks are such tables inside one table per area, spread over any number
of files `benchmarks*.toml`. `apart.toml` lists near names that must not be mixed, `tasks.toml` the words for what a
benchmark asks for. Everything is validated on loading: fields, ranges, units, references, and that no two entries
answer to one name.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from leaderboard import knowledge, models
from leaderboard.errors import BadDataFile, UnknownName
from leaderboard.knowledge import Made, tables, text
from leaderboard.models import Benchmark, Metric, Model, TestItems
from leaderboard.units import data_folder, unit_names

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

__all__ = ["Registry", "data_folder", "explained", "key", "load"]

IGNORED = re.compile(r"[\s\-_\u2010-\u2015\u2212'`\u2018\u2019]+")
"""What the folding of names drops: space, hyphens and dashes of all kinds, underscores, apostrophes."""

ID = re.compile(r"[a-z0-9][a-z0-9._+-]*")
"""How the id of an entry is written."""

MONTH = re.compile(r"\d{4}(-\d{2})?")
"""When something was released: a year, or a month of it."""

Entry = TypeVar("Entry", bound=Metric | Benchmark | Model)


@dataclass(frozen=True, slots=True)
class _Row:
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


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """All that is known of metrics, benchmarks and models, by canonical name, in the order of the files."""

    metrics: Mapping[str, Metric]
    benchmarks: Mapping[str, Benchmark]
    models: Mapping[str, Model]
    metric_keys: Mapping[str, Metric]
    benchmark_keys: Mapping[str, Benchmark]
    model_keys: Mapping[str, Model]
    apart: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def metric(self, mention: str) -> Metric | None:
        """The metric that answers to `mention` (name, alias or contextual alias, folded by `key`), or None."""
        return self.metric_keys.get(key(mention))

    def benchmark(self, mention: str) -> Benchmark | None:
        """The benchmark that answers to `mention` (name, alias or contextual alias, folded by `key`), or None."""
        return self.benchmark_keys.get(key(mention))

    def model(self, mention: str) -> Model | None:
        """The model family that answers to `mention` (name, alias or contextual alias, folded by `key`), or None."""
        return self.model_keys.get(key(mention))

    def general(self, metric: str) -> tuple[str, ...]:
        """The names of the more general metrics above `metric` (any name or alias), nearest first.

        "mask AP" has "AP" and "mAP": the board of a precise metric is found from the general one, not merged.
        """
        entry = self.metric(metric)
        above: list[str] = []
        while entry is not None and entry.family is not None:
            above.append(entry.family)
            entry = self.metrics[entry.family]
        return tuple(above)

    def precise(self, metric: str) -> tuple[str, ...]:
        """The names of the metrics whose family is `metric` (any name or alias), in the order of the file."""
        entry = self.metric(metric)
        return tuple(m.name for m in self.metrics.values() if entry is not None and m.family == entry.name)

    def kept_apart(self, kind: str, name: str) -> tuple[str, ...]:
        """The canonical names that look or sound like `name` but are something else, in the order of `apart.toml`.

        They are versions, splits, subsets and variants that change what a number means: "GPQA Diamond" for "GPQA".
        `kind` is "metric", "benchmark" or "model", `name` any name or alias; empty where nothing is on record.
        """
        look_up = {"metric": self.metric, "benchmark": self.benchmark, "model": self.model}.get(kind)
        entry = look_up(name) if look_up is not None else None
        return self.apart.get(kind, {}).get(entry.name, ()) if entry is not None else ()

    def with_alias(self, kind: str, alias: str, of: str, *, contextual: bool = False) -> Registry:
        """A registry in which the entry `of` answers to `alias`, too; `contextual` where that needs evidence nearby.

        `kind` is "metric", "benchmark" or "model", `of` any name or alias. Raises `UnknownName` where no entry answers
        to `of`, `ValueError` where another one answers to `alias`.
        """
        how = (alias, of, self.near(kind, of), contextual)
        if kind == "metric":
            metrics, metric_keys = _answering(kind, self.metrics, self.metric_keys, how)
            return replace(self, metrics=metrics, metric_keys=metric_keys)
        if kind == "benchmark":
            benchmarks, benchmark_keys = _answering(kind, self.benchmarks, self.benchmark_keys, how)
            return replace(self, benchmarks=benchmarks, benchmark_keys=benchmark_keys)
        models, model_keys = _answering(kind, self.models, self.model_keys, how)
        return replace(self, models=models, model_keys=model_keys)

    def near(self, kind: str, name: str, n: int = 3) -> tuple[str, ...]:
        """At most `n` canonical names that look like `name`, best first; for the hint of an `UnknownName`.

        `kind` is "metric", "benchmark" or "model"; any other raises `UnknownName`.
        """
        tables: dict[str, Mapping[str, Metric] | Mapping[str, Benchmark] | Mapping[str, Model]] = {
            "metric": self.metric_keys,
            "benchmark": self.benchmark_keys,
            "model": self.model_keys,
        }
        if kind not in tables:
            raise UnknownName("registry", kind, difflib.get_close_matches(kind, tables))
        close = difflib.get_close_matches(key(name), tables[kind], n=4 * n)
        return tuple(dict.fromkeys(tables[kind][k].name for k in close))[:n]


def _answering(
    kind: str, entries: Mapping[str, Entry], keys: Mapping[str, Entry], how: tuple[str, str, tuple[str, ...], bool]
) -> tuple[Mapping[str, Entry], Mapping[str, Entry]]:
    """Entries by name and by key, with one that answers to one more name; `how` is what `with_alias` was given."""
    alias, of, near, contextual = how
    entry, owner = keys.get(key(of)), keys.get(key(alias))
    if entry is None:
        raise UnknownName(kind, of, near)
    if owner is not None:
        if owner is not entry:
            raise ValueError(f"the {kind} {owner.name!r} answers to {alias!r} already")
        return entries, keys
    more = (alias,) if contextual else ()
    changed = replace(entry, aliases=(*entry.aliases, alias), contextual_aliases=(*entry.contextual_aliases, *more))
    by_key = {name: changed if one is entry else one for name, one in keys.items()}
    return (
        MappingProxyType({**entries, entry.name: changed}),
        MappingProxyType({**by_key, key(alias): changed}),
    )


def load(folder: Path | None = None) -> Registry:
    """Read and validate `metrics.toml`, `benchmarks*.toml`, `models.toml` and the names in `units.txt` of a folder.

    `apart.toml` and `tasks.toml` are read where they exist: a folder without them keeps nothing apart and takes any
    word for a task. The default is the project's own folder, which is read once. Raises `BadDataFile` naming the file,
    the entry and the field; where two entries answer to one name it names both.
    """
    return _default() if folder is None else _load(folder)


def explained(folder: Path | None = None) -> Mapping[str, Mapping[str, str]]:
    """Why frequent names are in no registry: by kind ("benchmark" or "metric") the reason of each, by folded name.

    They stand in `unknown.toml` of the folder (default: the project's own), which is read on each call and may be
    missing. Raises `BadDataFile` where the file is no list of names by reason.
    """
    path = (folder or data_folder()) / "unknown.toml"
    reasons: dict[str, dict[str, str]] = {"benchmark": {}, "metric": {}}
    for plural, groups in (tables(path) if path.is_file() else {}).items():
        if plural.removesuffix("s") not in reasons or not isinstance(groups, dict):
            raise BadDataFile(path, plural, "is no table of benchmarks or metrics")
        for reason, names in groups.items():
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                raise BadDataFile(path, f"{plural}.{reason}", "is no list of names")
            reasons[plural.removesuffix("s")].update((key(name), reason) for name in names)
    return MappingProxyType(reasons)


@functools.cache
def _default() -> Registry:
    folder = data_folder()
    rows, keys, apart = derived("registry", __file__, lambda: _rows_and_keys(_load(folder)))
    records = {kind: _Records(record, rows[kind]) for kind, record in _RECORDS.items()}
    answering = {kind: _Answering(records[kind], keys[kind]) for kind in _RECORDS}
    return Registry(
        cast("Mapping[str, Metric]", records["metric"]),
        cast("Mapping[str, Benchmark]", records["benchmark"]),
        cast("Mapping[str, Model]", records["model"]),
        cast("Mapping[str, Metric]", answering["metric"]),
        cast("Mapping[str, Benchmark]", answering["benchmark"]),
        cast("Mapping[str, Model]", answering["model"]),
        apart,
    )


_RECORDS: Mapping[str, type[Metric | Benchmark | Model]] = {"metric": Metric, "benchmark": Benchmark, "model": Model}
"""The kinds of entries, and their records."""


def derived(name: str, module: str, make: Callable[[], Made]) -> Made:
    """What `make`, of the `module` with that file, derives from the project's own registry, kept under a `name`."""
    folder = data_folder()
    code = [Path(file) for file in dict.fromkeys((__file__, models.__file__, module))]
    data = [*sorted(folder.glob("*.toml")), folder / "units.txt"]
    return knowledge.derived(folder / f"{name}.derived", [*data, *code], make)


def _rows_and_keys(
    known: Registry,
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, str]], dict[str, dict[str, tuple[str, ...]]]]:
    """A validated registry in plain words: by kind its entries by name, and the names by key; what is kept apart."""
    tables: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
        "metric": (known.metrics, known.metric_keys),
        "benchmark": (known.benchmarks, known.benchmark_keys),
        "model": (known.models, known.model_keys),
    }
    rows = {kind: {name: _given(entry) for name, entry in entries.items()} for kind, (entries, _) in tables.items()}
    keys = {kind: {folded: entry.name for folded, entry in by_key.items()} for kind, (_, by_key) in tables.items()}
    return rows, keys, {kind: dict(groups) for kind, groups in known.apart.items()}


def _given(entry: Metric | Benchmark | Model) -> dict[str, Any]:
    """The fields of an entry that are not as they are by default, in plain words."""
    given = {one.name: value for one in fields(entry) if (value := getattr(entry, one.name)) != one.default}
    if "test_items" in given:
        given["test_items"] = tuple(asdict(items) for items in given["test_items"])
    return given


class _Later(Mapping[str, Entry]):
    """Entries that are found when they are asked for; `_known` holds what each is found by."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as in the base class
        """The entry of that name, or the default; without the exception by which the base class finds that out."""
        return self[name] if name in self._known else default

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class _Records(_Later[Entry]):
    """Entries by name, each made when it is first asked for: a short command needs ten of five thousand."""

    __slots__ = ("_made", "_record")

    def __init__(self, record: type[Entry], rows: Mapping[str, Any]) -> None:
        super().__init__(rows)
        self._record = record
        self._made: dict[str, Entry] = {}

    def __getitem__(self, name: str) -> Entry:
        found = self._made.get(name)
        if found is None:
            row = dict(self._known[name])
            if "test_items" in row:
                row["test_items"] = tuple(TestItems(**items) for items in row["test_items"])
            found = self._made[name] = self._record(**row)
        return found


class _Answering(_Later[Entry]):
    """The entries of `_Records` by the key of every name that they answer to."""

    __slots__ = ("_records",)

    def __init__(self, records: _Records[Entry], names: Mapping[str, str]) -> None:
        super().__init__(names)
        self._records = records

    def __getitem__(self, folded: str) -> Entry:
        return self._records[self._known[folded]]


def _load(folder: Path) -> Registry:
    metric_rows = list(_rows(folder / "metrics.toml"))
    metrics, metric_keys = _entries(Metric, "metric", metric_rows)
    _check_metrics(metric_rows, metrics, unit_names(text(folder / "units.txt")))
    files = sorted(folder.glob("benchmarks*.toml"))
    if not files:
        raise BadDataFile(folder / "benchmarks.toml", "file", "does not exist")
    benchmark_rows = [row for path in files for row in _rows_by_area(path)]
    benchmarks, benchmark_keys = _entries(Benchmark, "benchmark", benchmark_rows)
    _check_benchmarks(benchmark_rows, metrics, _tasks(folder / "tasks.toml"))
    models, model_keys = _entries(Model, "model", list(_rows(folder / "models.toml")))
    registry = Registry(metrics, benchmarks, models, metric_keys, benchmark_keys, model_keys)
    return replace(registry, apart=_apart(folder / "apart.toml", registry))


def _apart(path: Path, known: Registry) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By kind and canonical name, the names that it must not be mixed with; every name must be an entry of its own."""
    by_kind: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for plural, groups in (tables(path) if path.is_file() else {}).items():
        kind = plural.removesuffix("s")
        look_up = {"metric": known.metric, "benchmark": known.benchmark, "model": known.model}.get(kind)
        if look_up is None:
            raise BadDataFile(path, plural, "is none of metrics, benchmarks and models")
        others: dict[str, dict[str, None]] = {}
        for names in groups:
            found = {name: look_up(name) for name in names}
            missing = [name for name, entry in found.items() if entry is None]
            if missing:
                raise BadDataFile(path, plural, f"no {kind} answers to {missing[0]!r}")
            entries = [entry.name for entry in found.values() if entry is not None]
            if len(set(entries)) < len(names):
                raise BadDataFile(path, plural, f"two of {', '.join(map(repr, names))} are one {kind}")
            for one in entries:
                others.setdefault(one, {}).update(dict.fromkeys(name for name in entries if name != one))
        by_kind[kind] = MappingProxyType({name: tuple(rest) for name, rest in others.items()})
    return MappingProxyType(by_kind)


def _rows(path: Path, rows: Mapping[str, Any] | None = None, prefix: str = "") -> Iterator[_Row]:
    """The entries of a file (or of one table of it) that are keyed by id."""
    for entry_id, given in (tables(path) if rows is None else rows).items():
        if not isinstance(given, dict):
            raise BadDataFile(path, f"{prefix}{entry_id}", "is not a table of fields")
        yield _Row(path, entry_id, given)


def _rows_by_area(path: Path) -> Iterator[_Row]:
    """The entries of a file of benchmarks: tables keyed by id inside tables named by area."""
    for area, rows in tables(path).items():
        if not isinstance(rows, dict):
            raise BadDataFile(path, area, "is not a table of benchmarks")
        for row in _rows(path, rows, f"{area}."):
            yield _Row(path, row.id, {"area": area.replace("-", " "), **row.fields})


def _entries(record: type[Entry], kind: str, rows: Iterable[_Row]) -> tuple[Mapping[str, Entry], Mapping[str, Entry]]:
    """Validate rows; return the records by name and by the key of every name and alias."""
    by_id: dict[str, _Row] = {}
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


def _entry(record: type[Entry], row: _Row) -> Entry:
    """One validated record; contextual aliases count among its aliases, so that they are found by look-up."""
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
        if entry.choices is not None and entry.choices < 2:
            yield "choices", f"{entry.choices} leaves no choice"
        if entry.chance is not None and not 0 < entry.chance < 100:
            yield "chance", f"{entry.chance:g} is not between 0 and 100"
        for number, items in enumerate(entry.test_items):
            if items.items <= 0:
                yield f"test_items.{number}.items", f"{items.items} is not a number of items"
            if not items.source:
                yield f"test_items.{number}.source", "is empty: say who counted"


def _check_metrics(rows: Iterable[_Row], metrics: Mapping[str, Metric], units: frozenset[str]) -> None:
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


def _tasks(path: Path) -> Mapping[str, tuple[str, ...]] | None:
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


def _check_benchmarks(
    rows: Iterable[_Row], metrics: Mapping[str, Metric], tasks: Mapping[str, tuple[str, ...]] | None
) -> None:
    """The metrics of a benchmark must be known, by canonical name; its task fits its area; guessing has a source."""
    for row in rows:
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


def _check_task(row: _Row, task: str, tasks: Mapping[str, tuple[str, ...]]) -> None:
    """The task of a benchmark must be known, and at home in the area that the benchmark stands in."""
    if task not in tasks:
        raise BadDataFile(row.path, f"{row.id}.task", _unknown("task", task, tasks))
    area = row.fields["area"].replace(" ", "-")
    if area not in tasks[task]:
        raise BadDataFile(row.path, f"{row.id}.task", f"{task!r} is at home in {', '.join(tasks[task])}, not in {area}")


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known))
    return str(UnknownName(kind, name, near))
