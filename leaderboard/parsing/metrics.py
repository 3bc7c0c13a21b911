"""Step 5a: what a number measures.

The options of a number are the metrics named around it, the heads of the phrases that the number modifies
("reduces the collision rate by 26%"), and what its unit or a comparative implies ("3x faster" is speed), see
`metric_sources`. Their features are weighed jointly along the abstract.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leaderboard.parsing.document import Document
from leaderboard.parsing.kinds import cue
from leaderboard.parsing.metric_sources import SOURCES, TELLING, Candidate, View, view
from leaderboard.parsing.structure import Frame, pattern, tightness
from leaderboard.registry import Registry


@dataclass(frozen=True, slots=True)
class Option:
    """One metric that a number may measure: canonical name (None: none), printed words, their place, its features."""

    name: str | None
    mention: str | None
    position: tuple[int, int]
    source: str
    features: tuple[str, ...]
    pattern: str = ""

    @property
    def says(self) -> str | None:
        """What choosing it would say, whatever led to it."""
        return self.name


_EFFICIENCY = re.compile(
    (
        r"speed|latenc|throughput|memory|param|cost|comput|flops|macs|time|steps|iteration|epoch"
        r"|energy|size|tokens|data\b|length|storage|bandwidth|calls|samples|overhead|compression"
    ),
    re.IGNORECASE,
)

_ERROR = re.compile(
    (
        r"error|loss|perplex|FID|WER|latency|rate of|distance|hallucin|toxic|inconsist|gap"
        r"|collision|MAE|MSE|deviation|bias"
    ),
    re.IGNORECASE,
)

_ORDER = {
    name: rank
    for rank, group in enumerate(
        (
            ("R0", "RCMP", "Lto", "Lfrom", "L0"),
            ("Rof", "RGAIN", "RGAIN+", "Ltight", "Lby", "RCMP+", "Rin", "Rw"),
            ("Lw", "Rone", "Lnear", "Llist", "Rlist"),
            ("Rnear", "Lfar", "LnearQ", "RnearQ"),
        )
    )
    for name in group
}
"""Classes of tightness in the order in which a reader tries them."""


def options(document: Document, q: int, kind: str, frames: dict[int, Frame], registry: Registry) -> list[Option]:
    """The metrics that quantity `q` of the document may measure, the last of them none."""
    seen = view(document, q, kind, frames, registry)
    found = _ranked([_option(seen, one) for source in SOURCES for one in source(seen) if _possible(seen, one)], kind)
    found = _backed(found)
    here = bool(seen.here)
    unnamed = (
        f"none|{seen.kind_and_unit}",
        f"none|here={here}|{kind}",
        f"none|{kind}|{seen.around}",
        f"none|earlier={bool(seen.shape.earlier)}",
    )
    return [*found, Option(None, None, (-1, -1), "none", unnamed)]


def _possible(seen: View, one: Candidate) -> bool:
    """Whether a score in a unit that measures one thing only can be of that metric: "2.80 bits/dim" is no accuracy."""
    if seen.kind != "score" or seen.quantity.unit not in TELLING:
        return True
    metric = seen.registry.metric(one.name)
    return metric is None or metric.unit != "percent" or seen.quantity.unit in metric.other_units


def _option(seen: View, one: Candidate) -> Option:
    """A candidate with the features that do not depend on its source: what it is, and where it stands."""
    kind, u, source = seen.kind, seen.unit, one.source
    metric = seen.registry.metric(one.name)
    name = metric.name if metric else one.name
    family = _class(name)
    features = [
        f"src={source}",
        f"src={source}|{kind}|{u}",
        f"cls={family}|{kind}|{u}",
        f"cls={family}|{source}",
        f"name={name}",
        f"name={name}|{kind}",
        f"mu={metric.unit if metric else '?'}|{u}|{kind}",
        f"dir={(metric.direction or '-') if metric else '?'}|{kind}",
        f"known={metric is not None}|{source}",
        *one.features,
    ]
    how = source
    if one.at is not None:
        how = pattern(seen.sentence, seen.i, one.at, cue)
        close = tightness(how)
        printed = _class(one.name)
        features += [
            f"pat={how}",
            f"pat={how}|{kind}",
            f"tight={close}",
            f"tight={close}|{kind}",
            f"tight={close}|{source}",
            f"tight={close}|{kind}|{u}",
            f"tight={close}|{printed}|{kind}",
            f"tight={close}|{printed}|{source}|{u}",
        ]
    return Option(name, one.mention, one.position, source, tuple(features), how)


def _ranked(options: list[Option], kind: str) -> list[Option]:
    """Add to each option whether it is the tightest, by the order in which a reader would look."""
    ranks = [_ORDER.get(tightness(o.pattern), 5) if o.pattern[:2] in {"L ", "R "} else 6 for o in options]
    least = min(ranks, default=6)
    result = []
    first = True
    for option, rank in zip(options, ranks, strict=True):
        if rank == least:
            mark = f"best={least}|{'first' if first else 'other'}|{option.source}"
            first = False
        else:
            mark = f"behind={rank - least}|{option.source}"
        result.append(_with(option, mark, f"{mark}|{kind}"))
    return result


def _with(option: Option, *features: str) -> Option:
    """The option with more features; a third of the time of `dataclasses.replace`, which every option would cost."""
    told = (*option.features, *features)
    return Option(option.name, option.mention, option.position, option.source, told, option.pattern)


def _backed(options: list[Option]) -> list[Option]:
    """Add to each option which other sources tell of the same metric."""
    sources: dict[str, set[str]] = {}
    for option in options:
        sources.setdefault(option.name or "", set()).add(option.source)
    return [
        _with(option, *[f"also={other}" for other in others], *[f"also={other}|{option.source}" for other in others])
        if (others := sorted(sources[option.name or ""] - {option.source}))
        else option
        for option in options
    ]


@lru_cache(maxsize=8192)
def _class(name: str) -> str:
    """A coarse class of a metric: efficiency, error or quality."""
    return "eff" if _EFFICIENCY.search(name) else "err" if _ERROR.search(name) else "qual"


def pair_features(a: Option, b: Option, joint: str, kinds: str, *, same_unit: bool) -> tuple[str, ...]:
    """Features of two adjacent claims' choices: the same metric or another, moving forward or back."""
    if a.name is None or b.name is None:
        return (f"p=none|{a.name is None}{b.name is None}|{kinds}",)
    same = a.name == b.name
    if not joint:
        return (f"pn={same}|{kinds}", f"pn={same}|{same_unit}")
    order = "=" if a.position == b.position else ">" if b.position > a.position else "<"
    return _of_pair(same, order, a.pattern == b.pattern, joint, kinds, same_unit)


@lru_cache(maxsize=8192)
def _of_pair(
    same: bool,  # noqa: FBT001 - parts of a key
    order: str,
    parallel: bool,  # noqa: FBT001
    joint: str,
    kinds: str,
    same_unit: bool,  # noqa: FBT001
) -> tuple[str, ...]:
    """Features of two named metrics in one sentence; most pairs of an abstract are alike."""
    return (
        f"par={parallel}|{same}|{order}",
        f"par={parallel}|{joint}",
        f"par={parallel}|{same}|{joint[:6]}",
        f"p={same}|{kinds}|{same_unit}",
        f"p={same}|{order}|{joint}",
        f"p={same}{order}|{kinds}",
        f"p={same}{order}|{joint[:6]}|{same_unit}",
    )
