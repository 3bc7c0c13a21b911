"""Claims to claims: what a corrections file says of them, with what the parser read kept beside it.

Aliases reach the registry before anything is parsed. Then, for each paper, `fix` and `drop` come first, then `split`,
then `merge`; each sees the names that the one before left. Where two entries want the same, the first one counts and
the other is told so: nothing is changed twice, and nothing in silence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from leaderboard.corrections.entries import Addressed, Alias, Drop, Fix, NameKind, Split
from leaderboard.corrections.planning import Plan, canonical, fold, named, names_of
from leaderboard.corrections.wanted import Placed
from leaderboard.models import Claim, Correction, Paper, Rejection
from leaderboard.registry import Registry, key

EXCERPT: Final = 200
"""Longest text of a rejection, in characters."""

LISTS: Final = frozenset({"benchmarks", "benchmark_mentions", "setting"})
"""Fields of a claim that hold several texts."""

REMOVE: Final = "remove the entry, or "
"""How the remedy for an entry that changes nothing begins."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The claims of one paper after correction, the claims that were dropped, and all that was changed or was not."""

    claims: tuple[Claim, ...]
    dropped: tuple[Rejection, ...] = ()
    changes: tuple[Correction, ...] = ()


def correct(claims: Iterable[Claim], paper: Paper, plan: Plan) -> Corrected:
    """Apply the corrections to the claims of one paper; the order of the claims stays."""
    found = tuple(claims)
    here = plan.at(paper)
    if not here and not plan.renames:
        return Corrected(found)
    wanted, changes = _addressed(here, found, paper)
    kept: list[Claim] = []
    dropped: list[Rejection] = []
    for place, claim in enumerate(found):
        entries = wanted.get(place, [])
        drop = next((one for one in entries if isinstance(one.entry, Drop)), None)
        if drop is None:
            new, made = _corrected(claim, entries, paper, plan)
            kept.append(new)
            changes += made
            continue
        dropped.append(_dropped(claim, paper, drop))
        changes.append(_change(drop, claim, "claim", in_words(claim), ""))
        others = [one for one in entries if one is not drop]
        changes += (_idle(one, f"{drop.name} drops this claim; remove one of the two", claim) for one in others)
    return Corrected(tuple(kept), tuple(dropped), tuple(changes))


def idle(plan: Plan, changes: Iterable[Correction], papers: Iterable[Paper]) -> tuple[Correction, ...]:
    """A note for every entry of which there is none among `changes`: it matches nothing in these papers."""
    seen = {(change.source, change.entry) for change in changes}
    left = [placed for placed in plan.corrections.entries if (placed.source, placed.name) not in seen]
    if not left:
        return ()
    there = {name for paper in papers for name in names_of(paper)}
    return tuple(_idle(placed, _nothing(placed, there)) for placed in left)


def _nothing(placed: Placed, there: set[str]) -> str:
    """Why an entry that was never used was not, and what to do."""
    entry = placed.entry
    if isinstance(entry, Addressed):
        if not there.intersection(named(entry.paper)):
            return f"no paper of this build is called {entry.paper!r}; {REMOVE}correct the id"
        return f"the paper {entry.paper!r} makes no claim at all; {REMOVE}correct the id"
    if isinstance(entry, Alias):
        return f"no claim names {entry.alias!r}; {REMOVE}correct the name"
    if isinstance(entry, Split):
        lacking = [paper for paper in entry.papers if not there.intersection(named(paper))]
        if lacking:
            return f"no paper of this build is called {lacking[0]!r}; {REMOVE}correct the id"
        return f"no claim with the name {entry.name!r} is meant; {REMOVE}correct what tells it apart"
    return f"no claim has one of the names; {REMOVE}correct them"


def _addressed(
    entries: Sequence[Placed], claims: Sequence[Claim], paper: Paper
) -> tuple[dict[int, list[Placed]], list[Correction]]:
    """By the place of a claim the entries that mean it, and notes on those that mean none or several."""
    wanted: dict[int, list[Placed]] = {}
    problems: list[Correction] = []
    for placed in entries:
        entry = placed.entry
        assert isinstance(entry, Addressed)
        spans = list(places(entry, paper.abstract))
        meant = [
            place
            for place, claim in enumerate(claims)
            if any(start < claim.end and claim.start < end for start, end in spans)
        ]
        if len(meant) == 1:
            wanted.setdefault(meant[0], []).append(placed)
            continue
        if len(meant) > 1:
            where = ", ".join(f"{claims[place].start}-{claims[place].end}" for place in meant)
            problem = f"{entry.number!r} is {len(meant)} claims (characters {where}); quote more of the words around it"
        elif spans:
            problem = f"{entry.number!r} stands in the abstract but is not read as a claim; {REMOVE}report it as missed"
        elif entry.quote:
            problem = f"the abstract does not hold the quote {_short(entry.quote)!r}; {REMOVE}quote it as it stands now"
        else:
            at = "" if entry.start is None else f" at character {entry.start}"
            problem = f"the abstract does not hold {entry.number!r}{at}; {REMOVE}correct the number"
        problems.append(replace(_idle(placed, problem), paper_id=paper.id))
    return wanted, problems


def places(entry: Addressed, abstract: str) -> Iterator[tuple[int, int]]:
    """Where the number of an entry stands in an abstract, as the entry means it; white space counts as one space."""
    number = _pattern(entry.number)
    if entry.number[0].isdigit():
        number = rf"(?<!\d)(?<!\d[.,]){number}"
    if entry.number[-1].isdigit():
        number = rf"{number}(?![.,]?\d)"
    found = (match.span() for match in re.finditer(number, abstract))
    if entry.start is not None:
        yield from (span for span in found if span[0] == entry.start)
        return
    around = [(0, len(abstract))]
    if entry.quote:
        around = [match.span() for match in re.finditer(_pattern(entry.quote), abstract)]
    yield from (span for span in found if any(start <= span[0] and span[1] <= end for start, end in around))


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _corrected(claim: Claim, entries: Sequence[Placed], paper: Paper, plan: Plan) -> tuple[Claim, list[Correction]]:
    """One claim after all that is wanted of it, and what changed; its `corrected` says so in words."""
    changes = list(_read_by_alias(claim, plan))
    new = claim
    setters: dict[str, Placed] = {}
    for placed in entries:
        new, made = _fixed(new, claim, placed, setters, plan.known)
        changes += made
    for step in (_split, _merged):
        new, made = step(new, paper, plan)
        changes += made
    words = "; ".join(one for change in changes if (one := words_of(change)))
    return (replace(new, corrected=words) if words else claim), changes


def words_of(change: Correction) -> str:
    """A change on one line, "metric: accuracy -> F1 (fix 1: the table says so)"; nothing for an idle entry."""
    if change.problem:
        return ""
    return (
        f"{change.field}: {change.parsed or 'none'} -> {change.corrected or 'none'} ({change.entry}: {change.reason})"
    )


def _fixed(
    claim: Claim, parsed: Claim, placed: Placed, setters: dict[str, Placed], known: Registry
) -> tuple[Claim, list[Correction]]:
    """A claim with the fields of one fix, but for those that an earlier one (of `setters`) has set."""
    fix = placed.entry
    assert isinstance(fix, Fix)
    wanted: dict[str, Any] = {**fix.values.given, **{name: () if name in LISTS else None for name in fix.drop}}
    earlier = next((setters[name] for name in wanted if name in setters), None)
    if earlier is not None:
        return claim, [
            _idle(placed, f"{earlier.name} changes the same field of this claim; remove one of them", parsed)
        ]
    setters.update(dict.fromkeys(wanted, placed))
    fields = _settled(wanted, parsed, known)
    changed = {name: value for name, value in fields.items() if getattr(claim, name) != value}
    if not any(name in changed for name in wanted):
        return claim, [_idle(placed, f"it is read so without the entry; {REMOVE}correct it", parsed)]
    new = replace(claim, **changed)
    made = [
        _change(placed, parsed, name, as_text(getattr(claim, name)), as_text(value))
        for name, value in changed.items()
        if name in wanted or name not in FOLLOWING
    ]
    return new, made


FOLLOWING: Final = frozenset({"metric_inferred", "metric_mention", "benchmark_mentions", "half_width"})
"""Fields that a fix of another field settles with it, without a note of their own."""


def _settled(wanted: dict[str, Any], parsed: Claim, known: Registry) -> dict[str, Any]:
    """The fields of a fix with names as the registry has them, and with the fields that go with those."""
    fields = dict(wanted)
    if "metric" in wanted:
        fields["metric"] = canonical("metric", wanted["metric"], known) if wanted["metric"] else None
        fields["metric_inferred"] = False
        if wanted["metric"] is None:
            fields.setdefault("metric_mention", None)
    if "benchmarks" in wanted:
        names = tuple(dict.fromkeys(canonical("benchmark", name, known) for name in wanted["benchmarks"]))
        fields["benchmarks"] = names
        if len(names) != len(parsed.benchmark_mentions):
            fields.setdefault("benchmark_mentions", ())
    if "setting" in wanted:
        fields["setting"] = tuple(sorted(wanted["setting"]))
    if "value" in wanted and parsed.half_width is not None:
        power = _power_of_ten(parsed.value, wanted["value"])
        fields.setdefault("half_width", None if power is None else parsed.half_width * power)
    return fields


def _power_of_ten(old: float, new: float) -> float | None:
    """By which power of ten two values differ that have the same digits, whatever their signs; else None."""
    if not old or not new:
        return None
    exponent = math.log10(abs(new / old))
    return 10.0 ** round(exponent) if math.isclose(exponent, round(exponent), abs_tol=1e-9) else None


NAMED: Final[dict[str, NameKind]] = {
    "benchmarks": "benchmark",
    "metric": "metric",
    "subject": "model",
    "baseline": "model",
}
"""The fields of a claim that hold names, and of what."""

Given = tuple[Placed, str] | None
"""The entry that gives a name, and the name; or none does."""


def _split(claim: Claim, paper: Paper, plan: Plan) -> tuple[Claim, list[Correction]]:
    """A claim with the names that splits give it; of several that mean it the first one counts."""
    if not plan.splits:
        return claim, []

    def given(kind: NameKind, name: str, mention: str | None) -> Given:
        for placed in plan.splits.get(fold(kind, name, plan.known), ()):
            split = placed.entry
            if isinstance(split, Split) and _means(split, claim, paper, mention):
                return placed, canonical(kind, split.into, plan.known)
        return None

    return _renamed(claim, {field: _given(claim, field, given) for field in NAMED})


def _means(split: Split, claim: Claim, paper: Paper, mention: str | None) -> bool:
    """Whether all that a split says of the claims it means holds of one."""
    theirs = {name for given in split.papers for name in named(given)}
    if split.papers and theirs.isdisjoint(names_of(paper)):
        return False
    around = f"{paper.abstract[claim.sentence_start : claim.sentence_end]}\n{paper.title}"
    return split.words.casefold() in around.casefold() and split.mention in {"", mention}


def _merged(claim: Claim, paper: Paper, plan: Plan) -> tuple[Claim, list[Correction]]:  # noqa: ARG001 - a step as `_split`
    """A claim with the names that merges give it."""
    if not plan.merges:
        return claim, []

    def given(kind: NameKind, name: str, mention: str | None) -> Given:  # noqa: ARG001 - whatever is printed
        found = plan.merges.get(fold(kind, name, plan.known))
        return found if found and found[1] != name else None

    return _renamed(claim, {field: _given(claim, field, given) for field in NAMED})


def _given(claim: Claim, field: str, given: Callable[[NameKind, str, str | None], Given]) -> list[Given]:
    """What is given to each name of a field, in its order."""
    value = getattr(claim, field)
    names = value if isinstance(value, tuple) else (value,) if value else ()
    mentions = {"benchmarks": claim.benchmark_mentions, "metric": (claim.metric_mention,)}.get(field, names)
    padded = (*mentions, *[None] * len(names))
    return [given(NAMED[field], name, mention) for name, mention in zip(names, padded, strict=False)]


def _renamed(claim: Claim, names: Mapping[str, list[Given]]) -> tuple[Claim, list[Correction]]:
    """A claim with other names, and what changed; benchmarks that become one keep the words of the first."""
    changes: list[Correction] = []
    new = claim
    for field, found in names.items():
        if not any(found):
            continue
        value = getattr(claim, field)
        before = value if isinstance(value, tuple) else (value,)
        after = [one[1] if one else name for name, one in zip(before, found, strict=True)]
        changes += (_change(one[0], claim, field, name, one[1]) for name, one in zip(before, found, strict=True) if one)
        if field != "benchmarks":
            renamed: dict[str, Any] = {field: after[0]}
            new = replace(new, **renamed)
            continue
        distinct = tuple(dict.fromkeys(after))
        mentions = claim.benchmark_mentions
        if len(mentions) == len(after):
            mentions = tuple(mentions[after.index(name)] for name in distinct)
        new = replace(new, benchmarks=distinct, benchmark_mentions=mentions)
    return new, changes


def _read_by_alias(claim: Claim, plan: Plan) -> Iterator[Correction]:
    """What a claim owes to an alias: the name as printed, and the one that it stands for."""
    if not plan.aliases:
        return
    printed: list[tuple[str, str | None]] = [("benchmarks", mention) for mention in claim.benchmark_mentions]
    printed += [("metric", claim.metric_mention), ("subject", claim.subject), ("baseline", claim.baseline)]
    for field, mention in printed:
        found = plan.aliases.get((NAMED[field], key(mention))) if mention else None
        if found:
            yield _change(found[0], claim, field, mention or "", found[1])


def _change(placed: Placed, claim: Claim, field: str, parsed: str, corrected: str) -> Correction:
    """The note of one change."""
    return replace(_idle(placed, "", claim), field=field, parsed=parsed, corrected=corrected)


def _idle(placed: Placed, problem: str, claim: Claim | None = None) -> Correction:
    """The note that an entry changes nothing, and why; with the claim that it means where that is known."""
    entry = placed.entry
    note = Correction(
        placed.source,
        placed.name,
        entry.reason,
        by=entry.by,
        date=entry.date.isoformat() if entry.date else "",
        problem=problem,
    )
    if claim is None:
        return note
    return replace(note, paper_id=claim.paper_id, start=claim.start, end=claim.end, printed=claim.number)


def _dropped(claim: Claim, paper: Paper, placed: Placed) -> Rejection:
    """A dropped claim, kept with the reason."""
    reason = f"dropped by {placed.name} of {placed.source}: {placed.entry.reason}"
    place = (paper.source, paper.record, paper.id)
    return Rejection("correct", *place, reason, claim.number[:EXCERPT], claim.start, claim.end)


def in_words(claim: Claim) -> str:
    """What was read of a claim, on one line: "score 84.2 percent; accuracy; GSM8K; Owl"."""
    high = "" if claim.value_high is None else f" to {claim.value_high:.12g}"
    parts = [f"{claim.kind} {claim.value:.12g}{high} {'' if claim.unit == 'none' else claim.unit}".rstrip()]
    parts += [as_text(part) for part in (claim.metric, claim.benchmarks, claim.subject) if part]
    return "; ".join(parts)


def as_text(value: object) -> str:
    """A value of a field as text: nothing for none, several joined by "; ", numbers in full."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59] + "…"
