"""Step 5b: where a number was measured.

The candidates of a number are the data sets named in the abstract (known to the registry, or recognised by shape and
context), the lists of them, and none. Their features are weighed jointly along the abstract.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from leaderboard.parsing.document import Document
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.kinds import cue
from leaderboard.parsing.relations import benchmark_relation
from leaderboard.parsing.scenes import Prior, Scene
from leaderboard.parsing.structure import Frame, pattern, tightness
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


def options(
    document: Document,
    q: int,
    kind: str,
    metric: str | None,
    frames: dict[int, Frame],
    registry: Registry,
    view: Scene,
    priors: dict[str, Prior],
) -> list[Option]:
    """The benchmarks that quantity `q` may have been measured on, the last of them none.

    `metric` is what it measures.
    """
    s, i = document.places[q]
    sentence = document.tokens[s]
    shape = frames[s]
    quantity = document.quantities[q]
    start, end = document.sentences[s]
    pool, any_here, sure_here = view.pool, view.any_here, view.sure_here
    known_metric = registry.metric(metric) if metric else None
    group = _kind_class(kind, quantity.unit, known_metric.name if known_metric else metric)
    at = {t.start: j for j, t in enumerate(sentence) if t.tag in "BN"}
    found: list[Option] = []
    chosen: dict[int, Option] = {}
    for name, mentions in pool.items():
        here = [m for m in mentions if start <= m.start < end and m.start in at]
        sign = priors[name]
        feats = [*sign.features, f"g={group}"]
        how = "away"
        intro = sign.introduced
        if here:
            mention = min(here, key=lambda m: (abs(at[m.start] - i), m.start > quantity.start))
            j = at[mention.start]
            how = pattern(sentence, i, j, cue)
            close = tightness(how)
            feats += [
                f"pat={how}",
                f"pat={how}|{group}",
                f"tight={close}",
                f"tight={close}|{group}",
                f"tight={close}|{sign.sort}",
                f"tight={close}|{mention.evidence}",
                f"tight={close}|{sign.suite}",
                f"tight={close}|{sign.best}",
            ]
            feats += [f"about={view.about}|{intro}|here", f"this={bool(view.this)}|{intro}|here"]
            feats += benchmark_relation(sentence, i, j, group, shape, mention)
        else:
            before = [m for m in mentions if m.start < start]
            mention = before[-1] if before else mentions[0]
            back = _sentences_back(document, s, mention)
            latest = mention is view.last
            where = f"b{min(back, 4)}" if back > 0 else f"f{min(-back, 3)}"
            feats += [
                f"away={where}|{group}",
                f"away|here={any_here}|sure={sure_here}",
                f"away={where}|{sure_here}",
                f"away={where}|{mention.evidence}",
                f"latest={latest}|{back > 0}|{group}",
                f"away={where}|{sign.sort}",
                f"only={len(pool)}|{group}" if len(pool) < 3 else "only=many",
                f"away|q={min(len(shape.numbers), 4)}",
                f"about={view.about}|{intro}|{where}",
                f"about={view.about}|{intro}|{group}|{any_here}",
                f"this={view.this}|{intro}",
                f"this={bool(view.this)}|{where}|{latest}",
                f"others={view.others}|{intro}|{view.about}",
                *_aligned(i, mention, view, shape),
            ]
        feats += [f"{sign.sort}|{group}"]
        entry = registry.benchmarks.get(mention.name)
        if entry is not None and known_metric is not None:
            feats.append(
                f"default={'same' if entry.metric == known_metric.name else 'other' if entry.metric else '-'}|{group}"
            )
        evident = mention.evidence in {"noun", "on"} or not here
        printed = mention if evident else next((m for m in here if m.evidence in {"noun", "on"}), mention)
        option = Option((mention.name,), (printed.text,), (mention.start, mention.end), tuple(feats), how)
        found.append(option)
        if here:
            chosen[at[mention.start]] = option
    found = _ranked(found, group)
    chosen = {j: next(o for o in found if o.names == option.names) for j, option in chosen.items()}
    for members in shape.names:
        inside = [chosen[j] for j in members if j in chosen]
        if len(inside) > 1 and len(inside) == len(members):
            feats = [
                f"group={min(len(inside), 4)}|{group}",
                f"group|resp={shape.respectively}",
                f"group|numbers={min(len(shape.numbers), 4)}",
                f"group|runs={len(shape.runs)}",
            ]
            if i in shape.run:
                feats.append(f"group|run={min(len(shape.runs[shape.run[i][0]]), 4)}|{min(len(members), 4)}")
            run = len(shape.runs[shape.run[i][0]]) if i in shape.run else 0
            feats += [
                f"group|match={run == len(members)}|resp={shape.respectively}",
                f"group|match={run == len(members)}|n={min(len(shape.numbers), 3)}",
            ]
            feats += [f"grp:{f}" for f in inside[0].features if f.startswith("tight=")]
            first_word = sentence[members[0] - 1].low if members[0] else "^"
            feats += [
                f"group|pre={first_word}",
                f"group|pre={first_word}|match={run == len(members)}",
                f"group|e={'/'.join(sorted({document.names.mentions[sentence[j].ref].evidence for j in members}))}",
            ]
            sides = {"L" if j < i else "R" for j in members}
            feats += [
                f"group|{'/'.join(sorted(sides))}",
                *(f"grp:{f}" for f in inside[0].features if f.startswith(("L", "R", "sort="))),
            ]
            if (
                document.text[quantity.start - 30 : quantity.start].lower().find("average") >= 0
                or quantity.bound == "average"
            ):
                feats.append("group|average")
            found.append(
                Option(
                    tuple(o.names[0] for o in inside),
                    tuple(o.mentions[0] for o in inside),
                    inside[0].position,
                    tuple(feats),
                )
            )
    if (listed := view.listed) and len(listed) > 1:
        these = _anaphor(document.text[start:end], len(listed))
        feats = [
            f"away-group={min(len(listed), 4)}|{group}",
            f"away-group|here={any_here}",
            f"away-group|b={quantity.bound}",
            f"away-group|{_plural(document, q)}",
            f"away-group|these={these}",
            f"away-group|these={these}|{group}",
            f"away-group|run={len(shape.runs[shape.run[i][0]]) == len(listed) if i in shape.run else ''}",
        ]
        found.append(
            Option(
                tuple(m.name for m in listed),
                tuple(m.text for m in listed),
                (listed[0].start, listed[0].end),
                tuple(feats),
                "away",
            )
        )
    sure = sum(1 for name in pool if priors[name].sort == "sort=known")
    found.append(
        Option(
            (),
            (),
            (-1, -1),
            (
                f"none|{group}",
                "none",
                f"none|here={any_here}|{group}",
                f"none|sure={sure_here}|{group}",
                f"none|pool={min(len(pool), 3)}",
                f"none|known={min(sure, 3)}|{group}",
                f"none|role={_plural(document, q)}",
                f"none|about={view.about}|{group}",
                f"none|about={view.about}|here={any_here}|this={bool(view.this)}",
                f"none|this={view.this}",
                f"none|others={view.others}|about={view.about}",
            ),
        )
    )
    return found


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


def _plural(document: Document, q: int) -> str:
    """Whether the number's own surroundings speak of unnamed data sets ("across eight tasks")."""
    quantity = document.quantities[q]
    left = document.text[max(0, quantity.start - 70) : quantity.start].rsplit(". ", 1)[-1]
    right = document.text[quantity.end : quantity.end + 70].split(". ", 1)[0]
    return f"{'L' if _PLURAL.search(left) else ''}{'R' if _PLURAL.search(right) else ''}"


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
