"""The knowledge under `data/` as records, and the look-up by any name that papers use.

Metrics and models are tables keyed by id; benchmarks are such tables inside one table per area, spread over any number
of files `benchmarks*.toml`. `apart.toml` lists near names that must not be mixed, `tasks.toml` the words for what a
benchmark asks for. Everything is validated on loading: fields, ranges, units, references, and that no two entries
answer to one name, but for those that benchmarks share by declaration.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from leaderboard import entries, knowledge, models
from leaderboard.entries import (
    Entry,
    check_benchmarks,
    check_metrics,
    entries_of,
    key,
    rows_by_area,
    rows_of,
    shared_names,
    tasks_of,
)
from leaderboard.errors import BadDataFile, UnknownName
from leaderboard.knowledge import Made, tables, text
from leaderboard.models import Benchmark, Metric, Model, SharedName, StatedName, TestItems
from leaderboard.units import data_folder, unit_names

__all__ = ["Registry", "data_folder", "explained", "key", "load"]


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
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def metric(self, mention: str) -> Metric | None:
        """The metric that answers to `mention` (name, alias or contextual alias, folded by `key`), or None."""
        return self.metric_keys.get(key(mention))

    def benchmark(self, mention: str) -> Benchmark | None:
        """The benchmark that answers to `mention` (name, alias or contextual alias, folded by `key`), or None."""
        return self.benchmark_keys.get(key(mention))

    def sharing(self, mention: str) -> tuple[Benchmark, ...]:
        """The benchmarks that share the name `mention` (folded by `key`), in the order of the files; mostly none.

        No single one answers to it: a text must say more, and `benchmark` gives None.
        """
        return tuple(self.benchmarks[name] for name in self.shared.get(key(mention), ()))

    def condition(self, mention: str) -> str | None:
        """The version, split or subset that a name of a benchmark states (folded by `key`); mostly None.

        "SQuAD 1.1" says "version 1.1", which a bare "SQuAD" leaves open.
        """
        entry, folded = self.benchmark(mention), key(mention)
        stated = entry.stated if entry is not None else ()
        return next((one.condition for one in stated if folded in map(key, one.names)), None)

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
        to `of`, `ValueError` where another one answers to `alias`. A name that several share becomes that entry's.
        """
        how = (alias, of, self.near(kind, of), contextual)
        if kind == "metric":
            metrics, metric_keys = _answering(kind, self.metrics, self.metric_keys, how)
            return replace(self, metrics=metrics, metric_keys=metric_keys)
        if kind == "benchmark":
            benchmarks, benchmark_keys = _answering(kind, self.benchmarks, self.benchmark_keys, how)
            shared = {name: of for name, of in self.shared.items() if name != key(alias)}
            return replace(self, benchmarks=benchmarks, benchmark_keys=benchmark_keys, shared=shared)
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

    def nearest(self, name: str, n: int = 6) -> tuple[str, ...]:
        """At most `n` names of metrics, benchmarks and models that look like `name`, the most alike first.

        What is much less alike than the first is left out.
        """
        wanted = key(name)
        alike: dict[str, float] = {}
        for table in (self.metric_keys, self.benchmark_keys, self.model_keys):
            for close in difflib.get_close_matches(wanted, table, n=4 * n):
                entry = table[close].name
                alike[entry] = max(alike.get(entry, 0.0), difflib.SequenceMatcher(None, close, wanted).ratio())
        order = sorted(alike, key=lambda entry: -alike[entry])
        return tuple(entry for entry in order[:n] if alike[entry] > alike[order[0]] - LESS_ALIKE)


LESS_ALIKE = 0.15
"""How much less alike than the best one a name may be and still be offered for it."""


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
    rows, keys, apart, shared = derived("registry", __file__, lambda: _rows_and_keys(_load(folder)))
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
        shared,
    )


_RECORDS: Mapping[str, type[Metric | Benchmark | Model]] = {"metric": Metric, "benchmark": Benchmark, "model": Model}
"""The kinds of entries, and their records."""


def derived(name: str, module: str, make: Callable[[], Made]) -> Made:
    """What `make`, of the `module` with that file, derives from the project's own registry, kept under a `name`."""
    folder = data_folder()
    code = [Path(file) for file in dict.fromkeys((__file__, entries.__file__, models.__file__, module))]
    data = [*sorted(folder.glob("*.toml")), folder / "units.txt"]
    return knowledge.derived(folder / f"{name}.derived", [*data, *code], make)


def _rows_and_keys(
    known: Registry,
) -> tuple[
    dict[str, dict[str, Any]],
    dict[str, dict[str, str]],
    dict[str, dict[str, tuple[str, ...]]],
    dict[str, tuple[str, ...]],
]:
    """A validated registry in plain words: by kind its entries by name, names by key, what is apart; what is shared."""
    tables: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
        "metric": (known.metrics, known.metric_keys),
        "benchmark": (known.benchmarks, known.benchmark_keys),
        "model": (known.models, known.model_keys),
    }
    rows = {kind: {name: _given(entry) for name, entry in entries.items()} for kind, (entries, _) in tables.items()}
    keys = {kind: {folded: entry.name for folded, entry in by_key.items()} for kind, (_, by_key) in tables.items()}
    return rows, keys, {kind: dict(groups) for kind, groups in known.apart.items()}, dict(known.shared)


def _given(entry: Metric | Benchmark | Model) -> dict[str, Any]:
    """The fields of an entry that are not as they are by default, in plain words."""
    given = {one.name: value for one in fields(entry) if (value := getattr(entry, one.name)) != one.default}
    for name in _NESTED.keys() & given.keys():
        given[name] = tuple(asdict(one) for one in given[name])
    return given


_NESTED: Mapping[str, type[TestItems | SharedName | StatedName]] = {
    "test_items": TestItems,
    "shared": SharedName,
    "stated": StatedName,
}
"""The fields of entries that hold records, and their type."""


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
            for nested in _NESTED.keys() & row.keys():
                row[nested] = tuple(_NESTED[nested](**one) for one in row[nested])
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
    metric_rows = list(rows_of(folder / "metrics.toml"))
    metrics, metric_keys = entries_of(Metric, "metric", metric_rows)
    check_metrics(metric_rows, metrics, unit_names(text(folder / "units.txt")))
    files = sorted(folder.glob("benchmarks*.toml"))
    if not files:
        raise BadDataFile(folder / "benchmarks.toml", "file", "does not exist")
    benchmark_rows = [row for path in files for row in rows_by_area(path)]
    benchmarks, benchmark_keys = entries_of(Benchmark, "benchmark", benchmark_rows)
    check_benchmarks(benchmark_rows, metrics, tasks_of(folder / "tasks.toml"))
    models, model_keys = entries_of(Model, "model", list(rows_of(folder / "models.toml")))
    shared = shared_names(benchmark_rows, benchmarks, benchmark_keys)
    registry = Registry(metrics, benchmarks, models, metric_keys, benchmark_keys, model_keys, shared=shared)
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
