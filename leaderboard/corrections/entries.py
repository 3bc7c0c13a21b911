"""What people write to put readings right: the entries of a corrections file, each with what it changes and why.

Every entry says `reason`, and may say `by` (who) and `date`. There are five sorts:

* `fix` and `drop` change one claim, or leave it out. The claim is that of `number`, as printed, in the abstract of
  `paper` (its id, arXiv id, DOI or title). Where the number stands there more than once, `quote` (words of the
  abstract that hold the number) or `start` (its first character, counted from 0) says which. A quote is best: it
  lasts as long as the words do.
  `fix` has `set`, a table of fields with their right values, and `drop`, a list of fields that should be empty.
* `split` and `merge` rename benchmarks, metrics or models (`kind`) on all claims: `split` gives `name` the name `into`
  where `papers`, `mention` and `words` hold (at least one of them), `merge` makes one of several `names`.
* `alias` lets an entry of the registry (`of`) answer to one more name, for the parser, too.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from leaderboard import knowledge
from leaderboard.corrections.wanted import Placed
from leaderboard.errors import BadDataFile
from leaderboard.models import Bound, Direction, Kind, Role
from leaderboard.registry import key

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"\w")]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
NameKind = Literal["benchmark", "metric", "model"]
Droppable = Literal["metric", "benchmarks", "value_high", "half_width", "subject", "baseline", "direction", "setting"]
"""The fields of a claim that may be empty."""


def _wrong(problem: str) -> PydanticCustomError:
    return PydanticCustomError("corrections", "{problem}", {"problem": problem})


class _Written(BaseModel):
    """Base of what stands in the file: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Entry(_Written):
    """What every entry says: why, and if they like, who and when."""

    reason: Text
    by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    date: dt.date | None = None


class Values(_Written):
    """The right values of fields of a claim; what is not given stays as it was read. Fields are those of `Claim`."""

    kind: Kind | None = None
    value: Number | None = None
    value_high: Number | None = None
    half_width: Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0)] | None = None
    unit: Name | None = None
    metric: Name | None = None
    metric_mention: Name | None = None
    benchmarks: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    benchmark_mentions: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    subject: Name | None = None
    role: Role | None = None
    baseline: Name | None = None
    direction: Direction | None = None
    bound: Bound | None = None
    setting: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None

    @property
    def given(self) -> Mapping[str, Any]:
        """The fields that are given, by name, in the order of the class."""
        return {name: value for name, value in self if value is not None}


class Addressed(Entry):
    """An entry for one number of one abstract."""

    paper: Text
    number: Text
    quote: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    start: Annotated[int, Field(strict=True, ge=0)] | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Addressed:
        if self.quote and self.start is not None:
            raise _wrong("has both quote and start; keep the quote, which lasts when the abstract changes elsewhere")
        if self.quote and " ".join(self.number.split()) not in " ".join(self.quote.split()):
            raise _wrong(f"has a quote without its number {self.number!r}; quote the words with the number in them")
        return self


class Fix(Addressed):
    """Another value for fields of one claim, or none."""

    values: Annotated[Values, Field(alias="set")] = Values()
    drop: tuple[Droppable, ...] = ()

    @model_validator(mode="after")
    def _changes(self) -> Fix:
        if not self.values.given and not self.drop:
            raise _wrong("changes nothing; give set = { field = value }, or drop = [fields], or make it a [[drop]]")
        both = [name for name in self.drop if name in self.values.given]
        if both:
            raise _wrong(f"both sets and drops {both[0]!r}; decide for one")
        return self


class Drop(Addressed):
    """A claim that is none."""


class Renaming(Entry):
    """What a split and a merge have in common: the name that claims get."""

    kind: NameKind
    into: Name


class Split(Renaming):
    """One name that stands for two things: the claims for which all that is given holds get another.

    `papers` are ids, `mention` is the name as printed (case counts), `words` stand in the claim's sentence or its
    paper's title (case does not count).
    """

    name: Name
    papers: tuple[Text, ...] = ()
    mention: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""

    @model_validator(mode="after")
    def _tells_apart(self) -> Split:
        if not (self.papers or self.mention or self.words):
            raise _wrong("does not say which claims; give papers, mention or words, or make it a [[merge]]")
        if key(self.name) == key(self.into):
            raise _wrong(f"splits {self.name!r} into itself")
        return self


class Merge(Renaming):
    """Several names that stand for one thing."""

    names: Annotated[tuple[Name, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _merges(self) -> Merge:
        if {key(name) for name in self.names} == {key(self.into)}:
            raise _wrong(f"merges {self.into!r} into itself; name what else it is called")
        return self


class Alias(Entry):
    """One more name of an entry of the registry; `contextual` for a word that needs evidence nearby to mean it."""

    kind: NameKind
    alias: Name
    of: Name
    contextual: bool = False


SORTS: Final[dict[str, type[Entry]]] = {"fix": Fix, "drop": Drop, "split": Split, "merge": Merge, "alias": Alias}
"""The tables of a corrections file, in the order in which they are applied after the aliases."""


def placed(paths: Iterable[Path]) -> tuple[Placed, ...]:
    """The entries of these files; `BadDataFile` where one does not validate."""
    found = tuple(one for path in paths for one in _entries(path))
    _require_plain_merges(found)
    return found


def _entries(path: Path) -> Iterator[Placed]:
    for sort, tables in knowledge.given(path, "corrections").items():
        if sort not in SORTS:
            near = difflib.get_close_matches(sort, SORTS, 1)
            hint = f"did you mean [[{near[0]}]]? " if near else ""
            raise BadDataFile(path, sort, f"is no sort of entry; {hint}there are {_listed(SORTS)}")
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise BadDataFile(path, sort, f"must be tables [[{sort}]], in double brackets")
        for number, table in enumerate(tables, start=1):
            name = f"{sort} {number}"
            try:
                yield Placed(str(path), name, SORTS[sort].model_validate(table))
            except ValidationError as error:
                raise BadDataFile(path, name, _complaint(error, SORTS[sort])) from None


def _complaint(error: ValidationError, sort: type[Entry]) -> str:
    """What is wrong with an entry, and how to mend it, in words of the file."""
    first = error.errors(include_url=False)[0]
    place, kind = [str(part) for part in first["loc"]], first["type"]
    field = ".".join(place)
    if kind == "missing":
        why = "; every entry says why" if field == "reason" else ""
        return f"lacks {field}{why}: add {field} = ..."
    if kind == "extra_forbidden":
        known = [info.alias or name for name, info in sort.model_fields.items()]
        if place[0] == "set":
            known = list(Values.model_fields)
        near = difflib.get_close_matches(place[-1], known, 1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        return f"has the unknown field {field!r}; {hint}there are {_listed(known)}"
    if kind == "corrections":
        return str(first["msg"])
    given = repr(first["input"])
    return f"{field} is {given if len(given) <= 60 else given[:59] + '…'}: {first['msg'][:1].lower()}{first['msg'][1:]}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _require_plain_merges(found: Iterable[Placed]) -> None:
    """A name is merged once, and into one that is not merged itself."""
    merges = [(placed, placed.entry) for placed in found if isinstance(placed.entry, Merge)]
    goes: dict[tuple[str, str], Placed] = {}
    for placed, merge in merges:
        for name in merge.names:
            other = goes.setdefault((merge.kind, key(name)), placed)
            if other is not placed:
                raise placed.wrong(f"merges {name!r}, as {other.name} does; name it in one of them")
    for placed, merge in merges:
        other = goes.get((merge.kind, key(merge.into)), placed)
        if other is not placed:
            raise placed.wrong(f"merges into {merge.into!r}, which {other.name} merges further; make them one entry")
