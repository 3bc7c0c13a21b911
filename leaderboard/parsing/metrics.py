"""Step 5a: what a number measures.

The candidates of a number are the metrics named around it, the heads of the phrases that the number modifies
("reduces the collision rate by 26%"), and what its unit or a comparative implies ("3x faster" is speed). Their
features are weighed jointly along the abstract.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from leaderboard.parsing.classes import coarse, fine
from leaderboard.parsing.document import Document
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.heads import heads, nouns_before
from leaderboard.parsing.kinds import cue
from leaderboard.parsing.names import METRIC_LOOK
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.relations import metric_relation
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


IMPLIED_METRIC = {
    "faster": "speed",
    "fast": "speed",
    "slower": "speed",
    "quicker": "speed",
    "speedup": "speed",
    "speed-up": "speed",
    "speedups": "speed",
    "speed-ups": "speed",
    "acceleration": "speed",
    "accelerates": "speed",
    "accelerate": "speed",
    "accelerating": "speed",
    "speeds": "speed",
    "speeding": "speed",
    "accelerated": "speed",
    "slowdown": "speed",
    "real-time": "speed",
    "cheaper": "cost",
    "smaller": "model size",
    "larger": "model size",
    "bigger": "model size",
    "lighter": "model size",
    "compression": "compression",
    "compressed": "model size",
    "compresses": "model size",
    "compress": "model size",
    "compressing": "model size",
    "accurate": "accuracy",
    "efficient": "efficiency",
    "longer": "length",
    "shorter": "length",
    "data-efficient": "data efficiency",
    "sample-efficient": "sample efficiency",
    "memory-efficient": "memory",
    "parameter-efficient": "parameters",
    "precise": "precision",
    "robust": "robustness",
    "tighter": "tightness",
    "solve": "solve rate",
    "solves": "solve rate",
    "solved": "solve rate",
    "solving": "solve rate",
    "completes": "success rate",
    "completed": "success rate",
    "completing": "success rate",
    "complete": "success rate",
    "successfully": "success rate",
    "succeeds": "success rate",
    "succeeded": "success rate",
    "prefer": "preference rate",
    "preferred": "preference rate",
    "prefers": "preference rate",
    "detects": "detection rate",
    "detected": "detection rate",
    "detecting": "detection rate",
    "detect": "detection rate",
    "identify": "recall",
    "identifies": "recall",
    "identified": "recall",
    "identifying": "recall",
    "covers": "coverage",
    "covering": "coverage",
    "wins": "win rate",
    "winning": "win rate",
    "costs": "cost",
    "costing": "cost",
    "weighs": "weight",
    "weighing": "weight",
    "blocks": "block rate",
    "blocking": "block rate",
}
"""What a comparative, a verb or a noun of its own measures."""

UNIT_METRIC = {
    "parameters": "parameters",
    "tokens": "training data",
    "examples": "dataset size",
    "words": "dataset size",
    "fps": "speed",
    "milliseconds": "latency",
    "seconds": "latency",
    "minutes": "time",
    "hours": "time",
    "days": "training time",
    "gpu-hours": "training cost",
    "gpu-days": "training cost",
    "bytes": "memory",
    "flops": "computation",
    "MACs": "computation",
    "bits/dim": "bits/dim",
    "bits/char": "bits/char",
    "dollars": "cost",
    "tokens/second": "throughput",
    "epochs": "epochs",
    "mm": "error",
    "cm": "error",
    "degrees": "error",
    "dB": "PSNR",
    "meters": "error",
    "watts": "power",
    "milliwatts": "power",
    "kWh": "energy",
    "joules": "energy",
    "millijoules": "energy",
    "kg": "weight",
    "N": "force",
    "bits/pixel": "bit rate",
    "kbps": "bit rate",
    "Mbps": "bit rate",
    "Hz": "frequency",
    "points": "accuracy",
    "percent": "accuracy",
}
"""What a unit measures where nothing is named."""

_TELLING = frozenset(
    {"bits/dim", "bits/char", "fps", "flops", "MACs", "gpu-hours", "gpu-days", "tokens/second", "parameters"}
)
"""Units that measure one thing only."""

_LIGHT_HEADS = frozenset(
    (
        "case cases peak architectures datasets dataset tasks benchmarks benchmark data "
        "questions performance result results score scores value values margin factor order it "
        "them one method model approach work paper set number ratio points percent times"
    ).split()
)
"""Heads that say little; they count only where nothing better stands."""

_OPEN_WORDS = frozenset("score size rate gap return ratio error cost length time".split())
"""Metrics by themselves that are another one behind other words ("composite score", "vocabulary size")."""

_METRIC_HEAD = re.compile(
    (
        r"(?:rate|score|error|accuracy|precision|recall|ratio|distance|loss|similarity|index|time"
        r"|cost|length|size|consistency|agreement|coverage|robustness|quality|efficiency|@\\d+"
        r"|^m?[A-Z]{2,5}$)s?$"
    ),
    re.IGNORECASE,
)
"""What the head of a phrase that names a metric often ends in."""

_EFFICIENCY = re.compile(
    (
        r"speed|latenc|throughput|memory|param|cost|comput|flops|macs|time|steps|iteration|epoch"
        r"|energy|size|tokens|data\b|length|storage|bandwidth|calls|samples|overhead|compression"
    ),
    re.IGNORECASE,
)

_DATA_WORD = re.compile(
    r"\b(?:data ?sets?|corpus|corpora|benchmarks?|collections?|training data|database|images|samples|pairs"
    r"|annotated)\b",
    re.IGNORECASE,
)
"""Words that make a number without a noun of its own the size of a data set."""

_CONTEXT = re.compile(r"\b(?:contexts?|sequences?|window|long|longer|length)\b", re.IGNORECASE)
"""Words that make a number of tokens the length of what a model reads."""

_SHARE = re.compile(
    r"\s+of\s+(?:the\s+|all\s+|its\s+)?(?:\w+\s+)?(cases|tasks|trials|attempts|episodes|time|runs)\b", re.IGNORECASE
)
"""What a share of is that says how often something succeeds ("in 92% of the cases")."""

_SCORED = frozenset("score scores metric metrics accuracy rate loss error similarity gain gains".split())
"""What follows a name that is a metric's ("MaxBoxAcc localization scores")."""

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


_MOVING = frozenset({"gain", "compare", "changing", "reach", "use"})
"""Classes of words that say what a number is of."""


def _look(name: str) -> str:
    """How a name is written: capitals only, capitals inside, digits, a hyphen."""
    capitals = (
        "U" if name.isupper() else "C" if any(c.isupper() for c in name[1:]) else "T" if name[:1].isupper() else "l"
    )
    return (
        f"{capitals}{'9' if any(c.isdigit() for c in name) else ''}{'-' if '-' in name else ''}{min(len(name), 8) // 3}"
    )


def options(document: Document, q: int, kind: str, frames: dict[int, Frame], registry: Registry) -> list[Option]:
    """The metrics that quantity `q` of the document may measure, the last of them none."""
    s, i = document.places[q]
    start, end = document.sentences[s]
    sentence = document.tokens[s]
    quantity = document.quantities[q]
    shape = frames[s]
    found: list[Option] = []
    u = (
        quantity.unit
        if quantity.unit in {"percent", "points", "x", "none", "parameters", "examples", "tokens", "fps"}
        else "measure"
    )
    ku = f"{kind}|{u}"

    def add(
        name: str, mention: str | None, position: tuple[int, int], source: str, feats: list[str], at: int | None = None
    ) -> None:
        how = source
        if at is not None:
            how = pattern(sentence, i, at, cue)
            close = tightness(how)
            feats = [
                *feats,
                f"pat={how}",
                f"pat={how}|{kind}",
                f"tight={close}",
                f"tight={close}|{kind}",
                f"tight={close}|{source}",
                f"tight={close}|{ku}",
                f"tight={close}|{_class(name)}|{kind}",
                f"tight={close}|{_class(name)}|{source}|{u}",
            ]
        metric = registry.metric(name)
        canonical = metric.name if metric else name
        unit_of = metric.unit if metric else "?"
        direction = (metric.direction or "-") if metric else "?"
        family = _class(metric.name if metric else name)
        base = [
            f"src={source}",
            f"src={source}|{ku}",
            f"cls={family}|{ku}",
            f"cls={family}|{source}",
            f"name={canonical}",
            f"name={canonical}|{kind}",
            f"mu={unit_of}|{u}|{kind}",
            f"dir={direction}|{kind}",
            f"known={metric is not None}|{source}",
        ]
        found.append(Option(canonical, mention, position, source, (*base, *feats), how))

    if quantity.word and registry.metric(quantity.word):
        add(quantity.word, quantity.word, (quantity.start, quantity.end), "inside", ["inside"])
    here = [j for j, t in enumerate(sentence) if t.tag == "M"]
    placed = "B" if any(t.tag == "B" for t in sentence) else "N" if any(t.tag == "N" for t in sentence) else "-"
    moved = next((c for j in range(i - 1, max(-1, i - 12), -1) if (c := cue(sentence[j].low)) in _MOVING), "-")
    around = f"{bool(here)}|{placed}|{moved}"
    for j in here:
        mention = document.names.mentions[sentence[j].ref]
        feats = metric_relation(sentence, i, j, kind, u, shape)
        if not mention.sure:
            feats.append(f"needy|{'L' if j < i else 'R'}")
        span = nouns_before(sentence, j + 1) if not mention.sure else None
        bare = mention.text.lower().rstrip("s")
        if (
            span
            and span[0] < j
            and sentence[span[0]].tag == "w"
            and (mention.name in {mention.text.lower(), bare} or bare in _OPEN_WORDS)
        ):
            text = document.text[sentence[span[0]].start : sentence[j].end]
            add(text, text, (sentence[span[0]].start, sentence[j].end), "M+", [*feats], j)
        if bare in _OPEN_WORDS and j and sentence[j - 1].tag in "BN":  # "FEVER score": the data set's own metric
            text = document.text[sentence[j - 1].start : sentence[j].end]
            add(text, text, (sentence[j - 1].start, sentence[j].end), "B+", [*feats], j)
        add(mention.name, mention.text, (mention.start, mention.end), "M", feats, j)
    phrases = [("", source, span) for source, span in heads(sentence, i)]
    taken = {span for _, _, span in phrases}
    for how, other in kin(shape, i):
        for source, span in heads(sentence, other):
            if span not in taken:
                taken.add(span)
                phrases.append((how, source, span))
    for how, by, span in phrases:
        source = f"kin-{how}" if how else by
        if any(sentence[k].tag == "M" for k in range(*span)) and span[1] - span[0] == 1:
            continue
        words = document.text[sentence[span[0]].start : sentence[span[1] - 1].end]
        if registry.metric(words) is None and any(_is_title(sentence[k].text) for k in range(max(1, span[0]), span[1])):
            continue  # capitals inside a sentence: the name of somebody's method
        at = span[1] - 1 if span[1] <= i else span[0]
        last = sentence[span[1] - 1].low
        light = last in _LIGHT_HEADS
        add(
            words.lower() if words.istitle() else words,
            words,
            (sentence[span[0]].start, sentence[span[1] - 1].end),
            source,
            [
                f"light={light}",
                f"light={light}|{source}",
                f"len={span[1] - span[0]}|{source}",
                f"head={last}",
                f"headf={fine(last)}",
                f"headf={fine(last)}|{source}",
                f"headf={fine(last)}|{ku}",
                f"headc={coarse(last)}|{ku}",
                f"headc={coarse(last)}|{source}|{kind}",
                f"firstc={coarse(sentence[span[0]].low)}|{span[1] - span[0]}",
                f"heady={bool(_METRIC_HEAD.search(last))}|{source}",
                *([f"kin={how}|{by}"] if how else []),
            ],
            at,
        )
    for k in range(max(0, i - 14), min(len(sentence), i + 5)):
        token = sentence[k]
        name = IMPLIED_METRIC.get(token.low) or (IMPLIED_METRIC.get(token.text.lower()) if token.tag == "M" else None)
        if name and k != i:
            crossed = sum(1 for m in shape.numbers if min(i, k) < m < max(i, k))
            beside = sentence[i + 1].low if k == i + 2 else "" if k == i + 1 else "-"
            add(
                name,
                token.text,
                (token.start, token.end),
                "implied",
                [
                    f"beside={beside}|{u}",
                    f"beside={beside}|{token.text.lower()}",
                    f"imp={token.text.lower()}",
                    f"impd={k - i if abs(k - i) < 5 else (9 if k > i else -9)}|{crossed}",
                    f"imp|{ku}|{crossed}",
                ],
                k,
            )
    for j, t in enumerate(sentence):
        if t.tag == "B":
            entry = registry.benchmarks.get(document.names.mentions[t.ref].name)
            if entry is not None and entry.metric:
                crossed = sum(1 for m in shape.numbers if min(i, j) < m < max(i, j))
                add(
                    entry.metric,
                    None,
                    (t.start, t.end),
                    "default",
                    [
                        f"default|{ku}|{min(crossed, 2)}",
                        f"default|here={bool(here)}|{kind}",
                        f"default|{'L' if j < i else 'R'}|{min(crossed, 2)}",
                    ],
                )
    by_unit = UNIT_METRIC.get(quantity.unit)
    if by_unit or quantity.scale:
        add(
            by_unit or ("parameters" if quantity.scale in "MB" else "dataset size"),
            None,
            (quantity.start, quantity.end),
            "unit",
            [
                f"unit={quantity.unit}",
                f"unit|{ku}",
                f"unit|only={quantity.unit in _TELLING}",
                f"unit|only={quantity.unit in _TELLING}|{kind}",
                f"unit|{kind}|{around}",
                f"unit|{kind}|{placed}|earlier={bool(shape.earlier)}",
                f"unit|r1={sentence[i + 1].low if i + 1 < len(sentence) else '$'}",
            ],
        )
    if kind == "size" and (told := _told(_CONTEXT, document.text, (start, end), quantity)):
        word, near = told
        add(
            "context length",
            None,
            (quantity.start, quantity.end),
            "data",
            [f"context|{ku}|{near}", f"context={word}|{ku}"],
        )
    if kind == "score" and quantity.unit == "percent" and (of := _SHARE.match(document.text, quantity.end, end)):
        add("success rate", None, (quantity.start, quantity.end), "data", [f"share={of[1].lower()}", "share"])
    if kind in {"size", "ratio"} and (told := _told(_DATA_WORD, document.text, (start, end), quantity)):
        word, near = told
        add(
            "dataset size",
            None,
            (quantity.start, quantity.end),
            "data",
            [
                f"data|{ku}|{near}",
                f"data={word}|{kind}",
                f"data|{kind}|noun={bool(quantity.noun)}",
                f"data|after={sentence[i + 1].low if i + 1 < len(sentence) else '$'}",
            ],
        )
    if kind != "size":
        for j in range(max(0, i - 5), min(len(sentence), i + 5)):
            if sentence[j].tag != "N":
                continue
            mention = document.names.mentions[sentence[j].ref]
            scored = any(t.low in _SCORED for t in sentence[j + 1 : j + 4])
            if mention.evidence in {"noun", "on", "task"} or not (scored or METRIC_LOOK.fullmatch(mention.text)):
                continue
            add(
                mention.text,
                mention.text,
                (mention.start, mention.end),
                "name",
                [
                    f"name|{mention.evidence}",
                    f"name|{j - i}",
                    f"name|here={bool(here)}",
                    f"name|scored={scored}",
                    f"name|look={_look(mention.text)}|{scored}",
                    f"name|look={_look(mention.text)}|{kind}|{sentence[j - 1].low if j else '^'}",
                    *metric_relation(sentence, i, j, kind, u, shape),
                ],
                j,
            )
    if quantity.noun and kind == "size":
        noun = quantity.noun.rsplit(" ", 1)[-1]
        add(noun, noun, (quantity.end, quantity.noun_end), "noun", [f"noun={noun}", f"noun|{quantity.unit}"])
    for place, m in shape.earlier:
        back = s - place
        add(
            m.name,
            m.text,
            (m.start, m.end),
            "back",
            [f"back={min(back, 3)}|{kind}", f"back|here={bool(here)}", f"backsure={m.sure}|{min(back, 3)}"],
        )
    found = _ranked(found, kind)
    unnamed = (
        f"none|{ku}",
        f"none|here={bool(here)}|{kind}",
        f"none|{kind}|{around}",
        f"none|earlier={bool(shape.earlier)}",
    )
    found.append(Option(None, None, (-1, -1), "none", unnamed))
    return found


def _told(words: re.Pattern[str], text: str, sentence: tuple[int, int], quantity: Quantity) -> tuple[str, bool] | None:
    """The first of some words in a sentence, and whether one stands near the number; None where there is none."""
    start, end = sentence
    if (first := words.search(text, start, end)) is None:
        return None
    near = words.search(text, max(start, quantity.start - 60), min(end, quantity.end + 60))
    return first[0].lower(), near is not None


def kin(shape: Frame, i: int) -> list[tuple[str, int]]:
    """The numbers of the sentence whose phrases may be those of the number at token `i`, and how they are related.

    The other end of a movement, the number before the bracket, the first and the last of the list, the next one.
    """
    found = []
    if i in shape.partner:
        found.append(("moved", shape.partner[i]))
    found += [("moves", end) for end, start in shape.partner.items() if start == i]
    if i in shape.parent:
        found.append(("bracket", shape.parent[i]))
    if i in shape.run:
        members = shape.runs[shape.run[i][0]]
        found += [("first", members[0])] * (members[0] != i) + [("last", members[-1])] * (members[-1] != i)
    at = shape.numbers.index(i)
    found += [("next", other) for other in shape.numbers[at + 1 : at + 2] if other - i < 9]
    return found


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
        result.append(replace(option, features=(*option.features, mark, f"{mark}|{kind}")))
    return result


def _is_title(word: str) -> bool:
    """Whether a word is capitalised like a name, and no abbreviation."""
    return len(word) > 3 and word[0].isupper() and word[1:2].islower()


@lru_cache(maxsize=8192)
def _class(name: str) -> str:
    """A coarse class of a metric: efficiency, error or quality."""
    return "eff" if _EFFICIENCY.search(name) else "err" if _ERROR.search(name) else "qual"


def earlier(document: Document, s: int) -> list[tuple[int, Mention]]:
    """The latest mention of at most three metrics before sentence `s`, nearest first, with its sentence.

    It is in sight for four sentences, or ten if its name is sure.
    """
    begins = [start for start, _ in document.sentences[max(0, s - 10) : s]]
    offset = s - len(begins)
    if not begins:
        return []
    found: list[tuple[int, Mention]] = []
    seen: set[str] = set()
    starts = document.mention_starts
    for k in range(bisect_left(starts, document.sentences[s][0]) - 1, -1, -1):
        mention = document.names.mentions[k]
        if mention.start < begins[0] or len(found) == 3:
            break
        if mention.kind != "metric" or mention.name in seen:
            continue
        seen.add(mention.name)
        back = offset + bisect_right(begins, mention.start) - 1
        if s - back <= 4 or mention.sure:
            found.append((back, mention))
    return found


def pair_features(a: Option, b: Option, joint: str, kinds: str, *, same_unit: bool) -> tuple[str, ...]:
    """Features of two adjacent claims' choices: the same metric or another, moving forward or back."""
    if a.name is None or b.name is None:
        return (f"p=none|{a.name is None}{b.name is None}|{kinds}",)
    same = a.name == b.name
    order = "=" if a.position == b.position else ">" if b.position > a.position else "<"
    if not joint:
        return (f"pn={same}|{kinds}", f"pn={same}|{same_unit}")
    parallel = a.pattern == b.pattern
    return (
        f"par={parallel}|{same}|{order}",
        f"par={parallel}|{joint}",
        f"par={parallel}|{same}|{joint[:6]}",
        f"p={same}|{kinds}|{same_unit}",
        f"p={same}|{order}|{joint}",
        f"p={same}{order}|{kinds}",
        f"p={same}{order}|{joint[:6]}|{same_unit}",
    )
