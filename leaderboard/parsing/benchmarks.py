"""Step 5b: where a number was measured.

The candidates of a number are the data sets named in the abstract (known to the registry, or recognised by shape and
context), the lists of them, and none. Their features are weighed jointly along the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leaderboard.models import Metric
from leaderboard.parsing.document import Document
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.kinds import cue
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.relations import benchmark_relation
from leaderboard.parsing.scenes import Prior, Scene
from leaderboard.parsing.structure import Frame, pattern, tightness
from leaderboard.parsing.tokens import Token
from leaderboard.parsing.vocabulary import NUMBER_WORDS
from leaderboard.registry import Registry


@dataclass(frozen=True, slots=True)
class Option:
    """The benchmarks that a number may have been measured on.

    Canonical names, printed words, and the features of the choice.
    """

    names: tuple[str, ...]
    mentions: tuple[str, ...]
    position: tuple[int, int]
    features: tuple[str, ...]
    pattern: str = ""

    @property
    def says(self) -> tuple[str, ...]:
        """What choosing it would say, whatever led to it."""
        return self.names


_PLURAL = re.compile(
    (
        r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+|multiple|several|various|all"
        r"|many|diverse|both|different|standard|public"
        r"|downstream)\s+(?:[\w-]+\s+){0,4}?(?:data ?sets|benchmarks|tasks|domains|environments"
        r"|languages|settings)|(?:our|the proposed|this|in-house|internal|private|the) (?:new "
        r"|own )?(?:data ?set|benchmark|corpus|test set)|test set|in simulation|real-world"
        r"|real world|average|overall)\b"
    ),
    re.IGNORECASE,
)

_EFFICIENCY = re.compile(
    (
        r"speed|latenc|throughput|memory|param|cost|comput|flops|macs|time|steps|iteration|epoch"
        r"|energy|size|tokens|training data|length|storage|bandwidth|calls"
    ),
    re.IGNORECASE,
)

_ORDER = {
    name: rank
    for rank, group in enumerate(
        (
            ("Ron", "Rin", "Rfor", "L0", "R0", "Ltight"),
            ("Rone", "Rnear", "Lnear", "Lw", "Rw", "Rlist", "Llist", "Lby"),
            ("Lfar", "Rfar", "LnearQ"),
            ("LfarQ", "RnearQ"),
        )
    )
    for name in group
}
"""Classes of tightness in the order in which a reader tries them."""


@dataclass(frozen=True, slots=True)
class View:
    """One number as the choice of its benchmark sees it.

    `i` is its token in `sentence`, the `s`-th of the document, `shape` the lists of that sentence, `scene` the data
    sets in sight, `group` its kind with what decides whether a number has a benchmark at all, and `metric` what it
    measures, where the registry knows that.
    """

    document: Document
    registry: Registry
    quantity: Quantity
    s: int
    i: int
    sentence: list[Token]
    shape: Frame
    scene: Scene
    priors: Mapping[str, Prior]
    group: str
    metric: Metric | None

    @property
    def span(self) -> tuple[int, int]:
        """The span of the sentence."""
        return self.document.sentences[self.s]

    @property
    def listed_with(self) -> int:
        """How many numbers stand in the list of this one; 0 where it stands in none."""
        place = self.shape.run.get(self.i)
        return len(self.shape.runs[place[0]]) if place is not None else 0

    @property
    def surroundings(self) -> str:
        """On which sides of the number the text speaks of unnamed data sets ("across eight tasks")."""
        left = self.document.text[max(0, self.quantity.start - 70) : self.quantity.start].rsplit(". ", 1)[-1]
        right = self.document.text[self.quantity.end : self.quantity.end + 70].split(". ", 1)[0]
        return f"{'L' if _PLURAL.search(left) else ''}{'R' if _PLURAL.search(right) else ''}"


def options(
    document: Document,
    q: int,
    kind: str,
    metric: str | None,
    frames: dict[int, Frame],
    registry: Registry,
    view: Scene,
    priors: Mapping[str, Prior],
) -> list[Option]:
    """The benchmarks that quantity `q` may have been measured on, the last of them none.

    `metric` is what it measures.
    """
    s, i = document.places[q]
    quantity = document.quantities[q]
    known = registry.metric(metric) if metric else None
    group = _kind_class(kind, quantity.unit, known.name if known else metric)
    seen = View(document, registry, quantity, s, i, document.tokens[s], frames[s], view, priors, group, known)
    places = {t.start: j for j, t in enumerate(seen.sentence) if t.tag in "BN"}
    pairs = [_single(seen, name, mentions, places) for name, mentions in view.pool.items()]
    singles = _ranked([option for option, _ in pairs], group)
    by_place = {j: single for single, (_, j) in zip(singles, pairs, strict=True) if j is not None}
    return [*singles, *_lists_here(seen, by_place), *_list_before(seen), _none(seen)]


def _single(seen: View, name: str, mentions: list[Mention], places: Mapping[int, int]) -> tuple[Option, int | None]:
    """One data set, by the mention nearest to the number, and the token of that; None where it is another sentence's.

    `places` are the tokens of names by their offsets.
    """
    start, end = seen.span
    here = [m for m in mentions if start <= m.start < end and m.start in places]
    sign = seen.priors[name]
    features = [*sign.features, f"g={seen.group}"]
    how, j = "away", None
    if here:
        mention = min(here, key=lambda m: (abs(places[m.start] - seen.i), m.start > seen.quantity.start))
        j = places[mention.start]
        how = pattern(seen.sentence, seen.i, j, cue)
        features += _joined(seen, sign, mention, how, j)
    else:
        before = [m for m in mentions if m.start < start]
        mention = before[-1] if before else mentions[0]
        features += _away(seen, sign, mention)
    features.append(f"{sign.sort}|{seen.group}")
    entry = seen.registry.benchmarks.get(mention.name)
    if entry is not None and seen.metric is not None:
        usual = "same" if entry.metric == seen.metric.name else "other" if entry.metric else "-"
        features.append(f"default={usual}|{seen.group}")
    evident = mention.evidence in {"noun", "on"} or not here
    printed = mention if evident else next((m for m in here if m.evidence in {"noun", "on"}), mention)
    return Option((mention.name,), (printed.text,), (mention.start, mention.end), tuple(features), how), j


def _joined(seen: View, sign: Prior, mention: Mention, how: str, j: int) -> list[str]:
    """How a name of the sentence, at token `j`, and the number are joined."""
    close, about, intro = tightness(how), seen.scene.about, sign.introduced
    return [
        f"pat={how}",
        f"pat={how}|{seen.group}",
        f"tight={close}",
        f"tight={close}|{seen.group}",
        f"tight={close}|{sign.sort}",
        f"tight={close}|{mention.evidence}",
        f"tight={close}|{sign.suite}",
        f"tight={close}|{sign.best}",
        f"about={about}|{intro}|here",
        f"this={bool(seen.scene.this)}|{intro}|here",
        *benchmark_relation(seen.sentence, seen.i, j, seen.group, seen.shape, mention),
    ]


def _away(seen: View, sign: Prior, mention: Mention) -> list[str]:
    """What speaks for a name of another sentence."""
    scene, intro, group = seen.scene, sign.introduced, seen.group
    back = _sentences_back(seen.document, seen.s, mention)
    latest = mention is scene.last
    where = f"b{min(back, 4)}" if back > 0 else f"f{min(-back, 3)}"
    return [
        f"away={where}|{group}",
        f"away|here={scene.any_here}|sure={scene.sure_here}",
        f"away={where}|{scene.sure_here}",
        f"away={where}|{mention.evidence}",
        f"latest={latest}|{back > 0}|{group}",
        f"away={where}|{sign.sort}",
        f"only={len(scene.pool)}|{group}" if len(scene.pool) < 3 else "only=many",
        f"away|q={min(len(seen.shape.numbers), 4)}",
        f"about={scene.about}|{intro}|{where}",
        f"about={scene.about}|{intro}|{group}|{scene.any_here}",
        f"this={scene.this}|{intro}",
        f"this={bool(scene.this)}|{where}|{latest}",
        f"others={scene.others}|{intro}|{scene.about}",
        *_aligned(seen.i, mention, scene, seen.shape),
    ]


def _lists_here(seen: View, by_place: Mapping[int, Option]) -> Iterator[Option]:
    """The lists of names in the sentence; `by_place` are its data sets by their tokens."""
    for members in seen.shape.names:
        inside = [by_place[j] for j in members if j in by_place]
        if len(inside) > 1 and len(inside) == len(members):
            names = tuple(o.names[0] for o in inside)
            mentions = tuple(o.mentions[0] for o in inside)
            yield Option(names, mentions, inside[0].position, tuple(_list_features(seen, members, inside[0])))


def _list_features(seen: View, members: Sequence[int], first: Option) -> list[str]:
    """What speaks for the list of the names at tokens `members`, the first of them as an option of its own."""
    shape, group, quantity = seen.shape, seen.group, seen.quantity
    size, run, numbers = len(members), seen.listed_with, len(shape.numbers)
    match = run == size
    lead = seen.sentence[members[0] - 1].low if members[0] else "^"
    evidence = "/".join(sorted({seen.document.names.mentions[seen.sentence[j].ref].evidence for j in members}))
    before = seen.document.text[quantity.start - 30 : quantity.start].lower()
    return [
        f"group={min(size, 4)}|{group}",
        f"group|resp={shape.respectively}",
        f"group|numbers={min(numbers, 4)}",
        f"group|runs={len(shape.runs)}",
        *([f"group|run={min(run, 4)}|{min(size, 4)}"] if run else []),
        f"group|match={match}|resp={shape.respectively}",
        f"group|match={match}|n={min(numbers, 3)}",
        *(f"grp:{f}" for f in first.features if f.startswith("tight=")),
        f"group|pre={lead}",
        f"group|pre={lead}|match={match}",
        f"group|e={evidence}",
        f"group|{'/'.join(sorted({'L' if j < seen.i else 'R' for j in members}))}",
        *(f"grp:{f}" for f in first.features if f.startswith(("L", "R", "sort="))),
        *(["group|average"] if "average" in before or quantity.bound == "average" else []),
    ]


def _list_before(seen: View) -> Iterator[Option]:
    """The last list of data sets before the sentence, as a whole."""
    listed = seen.scene.listed
    if len(listed) < 2:
        return
    these = _anaphor(seen.document.text[slice(*seen.span)], len(listed))
    run = seen.listed_with == len(listed) if seen.i in seen.shape.run else ""
    features = (
        f"away-group={min(len(listed), 4)}|{seen.group}",
        f"away-group|here={seen.scene.any_here}",
        f"away-group|b={seen.quantity.bound}",
        f"away-group|{seen.surroundings}",
        f"away-group|these={these}",
        f"away-group|these={these}|{seen.group}",
        f"away-group|run={run}",
    )
    first = (listed[0].start, listed[0].end)
    yield Option(tuple(m.name for m in listed), tuple(m.text for m in listed), first, features, "away")


def _none(seen: View) -> Option:
    """No benchmark at all."""
    scene, group = seen.scene, seen.group
    known = sum(1 for name in scene.pool if seen.priors[name].sort == "sort=known")
    features = (
        f"none|{group}",
        "none",
        f"none|here={scene.any_here}|{group}",
        f"none|sure={scene.sure_here}|{group}",
        f"none|pool={min(len(scene.pool), 3)}",
        f"none|known={min(known, 3)}|{group}",
        f"none|role={seen.surroundings}",
        f"none|about={scene.about}|{group}",
        f"none|about={scene.about}|here={scene.any_here}|this={bool(scene.this)}",
        f"none|this={scene.this}",
        f"none|others={scene.others}|about={scene.about}",
    )
    return Option((), (), (-1, -1), features)


def _ranked(options: list[Option], group: str) -> list[Option]:
    """Add to each option whether it is the tightest in the sentence, by the order in which a reader would look."""
    ranks = [_ORDER.get(tightness(o.pattern), 4) if o.pattern != "away" else 5 for o in options]
    least = min(ranks, default=5)
    tied = ranks.count(least)
    return [
        replace(
            o,
            features=(
                *o.features,
                *(
                    (f"best={least}|{min(tied, 3)}", f"best={least}|{group}")
                    if r == least
                    else (f"behind={r - least}", f"behind={r - least}|{group}")
                ),
            ),
        )
        for o, r in zip(options, ranks, strict=True)
    ]


def _sentences_back(document: Document, s: int, mention: Mention) -> int:
    """How many sentences before sentence `s` a mention stands (negative: after it)."""
    k = s
    while k > 0 and document.sentences[k][0] > mention.start:
        k -= 1
    while k + 1 < len(document.sentences) and document.sentences[k + 1][0] <= mention.start:
        k += 1
    return s - k


_THESE = re.compile(
    r"\b(?:these|those|both|all|the)\s(?:(?P<count>two|three|four|five|six|seven|eight)\s)?(?:[a-z-]+\s){0,2}"
    r"(?:data ?sets|benchmarks|tasks|corpora|test sets)\b",
    re.IGNORECASE,
)


def _anaphor(sentence: str, listed: int) -> str:
    """How a sentence points back at a list of `listed` data sets: "these", by their count, by another, or not."""
    match = _THESE.search(sentence)
    if match is None:
        return ""
    count = match["count"]
    return "these" if count is None else "counted" if NUMBER_WORDS[count.lower()] == listed else "other"


def _aligned(i: int, mention: Mention, view: Scene, shape: Frame) -> list[str]:
    """Whether a list of names before the sentence is as long as the list of numbers, and the two stand at one place.

    "We evaluate on A, B and C. The accuracy is 98%, 92% and 81%."
    """
    place = shape.place(i, moved=False)
    if place is None or mention not in view.listed or len(view.listed) < 2:
        return []
    k, size = place
    if size != len(view.listed):
        return [f"away-list=size|{shape.respectively}"]
    verdict = "same" if view.listed.index(mention) == k else "other"
    return [f"away-list={verdict}|{shape.respectively}", f"away-list={verdict}|{min(len(view.listed), 4)}"]


def _kind_class(kind: str, unit: str, metric: str | None) -> str:
    """Kind with what decides whether a number has a benchmark at all."""
    if kind == "size":
        return "size"
    if metric and _EFFICIENCY.search(metric):
        return f"{kind}-eff"
    return f"{kind}-{unit if unit in {'percent', 'points', 'x', 'none'} else 'm'}"


def pair_features(a: Option, b: Option, joint: str, groups: str, *, same_unit: bool) -> tuple[str, ...]:
    """Features of two adjacent claims' choices: both none, the same data set, or moving forward or back."""
    if not a.names or not b.names:
        both = "nn" if not a.names and not b.names else "n-" if not a.names else "-n"
        return (f"p={both}|{groups}|{'s' if joint else 'new'}", f"p={both}|{joint}")
    order = "=" if a.names == b.names else ">" if b.position > a.position else "<"
    if not joint:
        return (f"pn={order}", f"pn={order}|{groups}")
    parallel = a.pattern == b.pattern
    return (
        f"par={parallel}|{order}",
        f"par={parallel}|{order}|{joint[:6]}",
        f"p={order}|{groups}",
        f"p={order}|{joint}",
        f"p={order}|{same_unit}",
    )
