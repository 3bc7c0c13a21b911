"""Corrections laid beside the registry: which entry means which paper and which name, looked up in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaderboard.corrections.entries import Addressed, Alias, Merge, NameKind, Split
from leaderboard.corrections.wanted import Corrections, Placed
from leaderboard.errors import UnknownName
from leaderboard.merge import identities
from leaderboard.models import Paper
from leaderboard.registry import Registry, key

Folded = tuple[NameKind, str]
"""A name folded by `fold`, with what it names."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The entries of a run by what they mean; `known` is the registry with their aliases.

    `numbers` are the entries for single numbers by every name of their paper; `splits` those for a name, in their
    order; `merges` and `aliases` have the entry for a name and the name that it stands for.
    """

    corrections: Corrections
    known: Registry
    numbers: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)
    splits: Mapping[Folded, tuple[Placed, ...]] = field(default_factory=dict)
    merges: Mapping[Folded, tuple[Placed, str]] = field(default_factory=dict)
    aliases: Mapping[Folded, tuple[Placed, str]] = field(default_factory=dict)

    def at(self, paper: Paper) -> tuple[Placed, ...]:
        """The entries for single numbers of a paper, in their order."""
        found = {id(one) for name in names_of(paper) for one in self.numbers.get(name, ())}
        return tuple(placed for placed in self.corrections.entries if id(placed) in found) if found else ()

    @property
    def renames(self) -> bool:
        """Whether any entry is for names, so that every claim has to be looked at."""
        return bool(self.splits or self.merges or self.aliases)


def plan(corrections: Corrections, registry: Registry) -> Plan:
    """The look-up tables of all entries.

    Raises:
        BadDataFile: nothing in the registry answers to the name that is to get an alias, or another entry has that.
    """
    known = registry
    for placed in corrections.entries:
        if isinstance(placed.entry, Alias):
            known = _with_alias(known, placed, placed.entry)
    numbers: dict[str, list[Placed]] = {}
    splits: dict[Folded, list[Placed]] = {}
    merges: dict[Folded, tuple[Placed, str]] = {}
    aliases: dict[Folded, tuple[Placed, str]] = {}
    for placed in corrections.entries:
        entry = placed.entry
        if isinstance(entry, Addressed):
            for name in named(entry.paper):
                numbers.setdefault(name, []).append(placed)
        elif isinstance(entry, Split):
            splits.setdefault(fold(entry.kind, entry.name, known), []).append(placed)
        elif isinstance(entry, Merge):
            into = canonical(entry.kind, entry.into, known)
            merges.update((fold(entry.kind, name, known), (placed, into)) for name in entry.names)
        elif isinstance(entry, Alias):
            aliases[entry.kind, key(entry.alias)] = (placed, canonical(entry.kind, entry.of, known))
    return Plan(
        corrections,
        known,
        {name: tuple(group) for name, group in numbers.items()},
        {name: tuple(group) for name, group in splits.items()},
        merges,
        aliases,
    )


def _with_alias(known: Registry, placed: Placed, alias: Alias) -> Registry:
    try:
        return known.with_alias(alias.kind, alias.alias, alias.of, contextual=alias.contextual)
    except UnknownName as error:
        raise placed.wrong(f"{error} Give the alias to a name that `lookup` knows, or use [[merge]]") from None
    except ValueError as error:
        raise placed.wrong(f"{error}; use [[split]] or [[merge]] to rename what is read") from None


def names_of(paper: Paper) -> tuple[str, ...]:
    """What a paper answers to in a corrections file: its id, its arXiv id of any version, its DOI, its title."""
    return (f"id:{paper.id}", *identities(paper))


def named(words: str) -> tuple[str, ...]:
    """What of `names_of` the name of a paper may be in a corrections file."""
    return names_of(Paper(id=words, title=words, abstract=""))


def canonical(kind: NameKind, name: str, known: Registry) -> str:
    """The name as the registry has it, else as it is; an entry for models is a family, so a model keeps its name."""
    entry = known.metric(name) if kind == "metric" else known.benchmark(name) if kind == "benchmark" else None
    return entry.name if entry else name


def fold(kind: NameKind, name: str, known: Registry) -> Folded:
    """What makes two names equal: what they stand for in the registry, else their letters, digits and signs."""
    return kind, key(canonical(kind, name, known))
