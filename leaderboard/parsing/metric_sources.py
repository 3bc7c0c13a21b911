"""Step 5a, where the metric of a number may come from: one function for each source, and one list of them.

A source looks at one number of a sentence and yields the metrics that it may stand for, each with the features that
only this source can tell. What all have in common is added in `metrics.options`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leaderboard.parsing.classes import coarse, fine
from leaderboard.parsing.document import Document
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.heads import heads, in_terms_of, listed, nouns_before
from leaderboard.parsing.kinds import COMMON_UNITS, cue
from leaderboard.parsing.names import METRIC_LOOK
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.relations import metric_relation
from leaderboard.parsing.structure import Frame
from leaderboard.parsing.tokens import Token
from leaderboard.registry import Registry


@dataclass(frozen=True, slots=True)
class Candidate:
    """A metric that a number may measure, as one source sees it.

    Name, printed words (None: it is only implied), the span of these or of what implies it, source, the features that
    the source tells, and the token at which it stands, where its place in the sentence counts.
    """

    name: str
    mention: str | None
    position: tuple[int, int]
    source: str
    features: list[str]
    at: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One number as the sources see it.

    `kind` is what it reports, `unit` its unit in few classes, `i` its token in `sentence`, `s` the index of that
    sentence, `shape` the lists of the sentence, `here` its metrics; `placed` is "B" where it names a data set, "N"
    where something looks like a name, else "-"; `moved` is the class of the last word before the number that says what
    it is of.
    """

    document: Document
    registry: Registry
    kind: str
    quantity: Quantity
    unit: str
    s: int
    i: int
    sentence: list[Token]
    shape: Frame
    here: list[int]
    placed: str
    moved: str

    @property
    def own(self) -> tuple[int, int]:
        """The span of the number."""
        return self.quantity.start, self.quantity.end

    @property
    def kind_and_unit(self) -> str:
        """Both as one feature."""
        return f"{self.kind}|{self.unit}"

    @property
    def around(self) -> str:
        """What else of the sentence tells what is measured, as one feature."""
        return f"{bool(self.here)}|{self.placed}|{self.moved}"

    @property
    def next_word(self) -> str:
        """The word right behind the number, "$" at the end."""
        return self.sentence[self.i + 1].low if self.i + 1 < len(self.sentence) else "$"

    def crossed(self, j: int) -> int:
        """How many other numbers stand between the number and token `j`."""
        return sum(1 for m in self.shape.numbers if min(self.i, j) < m < max(self.i, j))

    def mention(self, j: int) -> Mention:
        """The name at token `j`."""
        return self.document.names.mentions[self.sentence[j].ref]


def view(document: Document, q: int, kind: str, frames: dict[int, Frame], registry: Registry) -> View:
    """What the sources see of quantity `q` of a document."""
    s, i = document.places[q]
    sentence = document.tokens[s]
    quantity = document.quantities[q]
    here = [j for j, t in enumerate(sentence) if t.tag == "M"]
    placed = "B" if any(t.tag == "B" for t in sentence) else "N" if any(t.tag == "N" for t in sentence) else "-"
    moved = next((c for j in range(i - 1, max(-1, i - 12), -1) if (c := cue(sentence[j].low)) in _MOVING), "-")
    return View(
        document,
        registry,
        kind,
        quantity,
        quantity.unit if quantity.unit in _COMMON_UNITS else "measure",
        s,
        i,
        sentence,
        frames[s],
        here,
        placed,
        moved,
    )


_COMMON_UNITS = COMMON_UNITS | {"fps"}
"""Frames a second are told apart, too: they are a metric by themselves."""

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

TELLING = frozenset(
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


def inside(seen: View) -> Iterator[Candidate]:
    """The metric in the unit itself: "+3.1 BLEU points"."""
    word = seen.quantity.word
    if word and seen.registry.metric(word):
        yield Candidate(word, word, seen.own, "inside", ["inside"])
    elif METRIC_LOOK.fullmatch(word):
        yield Candidate(word, word, seen.own, "inside?", [f"inside?|{_look(word)}"])


def named(seen: View) -> Iterator[Candidate]:
    """The metrics that the sentence names, with the words before one that says little ("vocabulary size")."""
    sentence, text = seen.sentence, seen.document.text
    for j in seen.here:
        mention = seen.mention(j)
        told = metric_relation(sentence, seen.i, j, seen.kind, seen.unit, seen.shape)
        if not mention.sure:
            told.append(f"needy|{'L' if j < seen.i else 'R'}")
        span = nouns_before(sentence, j + 1) if not mention.sure else None
        bare = mention.text.lower().rstrip("s")
        if (
            span
            and span[0] < j
            and sentence[span[0]].tag == "w"
            and (mention.name in {mention.text.lower(), bare} or bare in _OPEN_WORDS)
        ):
            position = (sentence[span[0]].start, sentence[j].end)
            words = text[slice(*position)]
            yield Candidate(words, words, position, "M+", [*told], j)
        if bare in _OPEN_WORDS and j and sentence[j - 1].tag in "BN":  # "FEVER score": the data set's own metric
            position = (sentence[j - 1].start, sentence[j].end)
            words = text[slice(*position)]
            yield Candidate(words, words, position, "B+", [*told], j)
        yield Candidate(mention.name, mention.text, (mention.start, mention.end), "M", told, j)


def phrased(seen: View) -> Iterator[Candidate]:
    """The heads of the phrases that the number, or a number beside it, may modify."""
    sentence, i = seen.sentence, seen.i
    phrases = [("", source, span) for source, span in heads(sentence, i)]
    taken = {span for _, _, span in phrases}
    for how, other in kin(seen.shape, i):
        for source, span in heads(sentence, other):
            if span not in taken:
                taken.add(span)
                phrases.append((how, source, span))
    for how, by, (first, end) in phrases:
        if sentence[first].tag == "M" and end - first == 1:
            continue
        words = seen.document.text[sentence[first].start : sentence[end - 1].end]
        titled = seen.registry.metric(words) is None and any(
            _is_title(sentence[k].text) for k in range(max(1, first), end)
        )
        last = sentence[end - 1].low
        heady = bool(_METRIC_HEAD.search(last))
        gained = by == "gain-in" and sentence[first - 1].low in {"in", "of"}
        if titled and not (gained or heady):
            continue  # capitals inside a sentence: the name of somebody's method
        source = f"kin-{how}" if how else by
        told = [
            f"light={last in _LIGHT_HEADS}",
            f"len={end - first}|{source}",
            f"head={last}",
            f"headf={fine(last)}",
            f"headf={fine(last)}|{seen.kind_and_unit}",
            f"headc={coarse(last)}|{seen.kind_and_unit}",
            f"headc={coarse(last)}|{source}|{seen.kind}",
            f"firstc={coarse(sentence[first].low)}|{end - first}",
            *([f"kin={how}|{by}"] if how else []),
            *(_titled(by, sentence[first].tag, heady=heady) if titled else []),
        ]
        yield _of_words(seen, first, end, source, told, end - 1 if end <= i else first)


def termed(seen: View) -> Iterator[Candidate]:
    """The words in which the sentence says that it measures: "in terms of recall"."""
    span = in_terms_of(seen.sentence)
    if span is None or span[0] <= seen.i < span[1]:
        return
    spans = listed(seen.sentence, span)
    place, size = _in_list(seen)
    for k, (first, end) in enumerate(spans):
        if _is_named(seen, first, end):
            continue
        told = [
            f"terms|{'L' if first < seen.i else 'R'}|{min(seen.crossed(first), 2)}",
            f"terms|{len(spans) == size}|{k == place}",
            f"terms|one={len(spans) == 1}|{seen.kind}",
            f"terms|tag={seen.sentence[end - 1].tag}|{end - first}",
        ]
        yield _of_words(seen, first, end, "terms", told)


def aligned(seen: View) -> Iterator[Candidate]:
    """The phrase with the place of the number in its list: "the cost and the drift rate by 4% and 5%"."""
    place, size = _in_list(seen)
    if size < 2:
        return
    run = seen.shape.runs[seen.shape.run[seen.i][0]]
    taken = set()
    for end_of_run in (run[0], run[-1]):
        for by, span in heads(seen.sentence, end_of_run):
            spans = listed(seen.sentence, span)
            if len(spans) != size:
                continue
            first, end = spans[place]
            if (first, end) not in taken and not _is_named(seen, first, end):
                taken.add((first, end))
                opener = seen.sentence[spans[0][0] - 1].low if spans[0][0] else "^"
                told = [
                    f"aligned|{by}",
                    f"aligned|{by}|{seen.kind}",
                    f"aligned|{min(size, 4)}|{end_of_run == run[0]}",
                    f"aligned|behind={cue(opener) or opener}|{seen.kind}",
                    f"aligned|tag={seen.sentence[end - 1].tag}|{end - first}",
                ]
                yield _of_words(seen, first, end, "aligned", told)


def _in_list(seen: View) -> tuple[int, int]:
    """The place of the number in its list of numbers, and how many these are; (0, 1) where it stands alone."""
    place = seen.shape.run.get(seen.i)
    return (place[1], len(seen.shape.runs[place[0]])) if place is not None else (0, 1)


def _is_named(seen: View, first: int, end: int) -> bool:
    """Whether the tokens from `first` to `end` are the name of a metric, which is an option as it is."""
    return seen.sentence[first].tag == "M" and end - first == 1


def _of_words(seen: View, first: int, end: int, source: str, told: list[str], at: int | None = None) -> Candidate:
    """A candidate of the words from token `first` to `end`, with what their last word looks like added to `told`."""
    sentence = seen.sentence
    position = (sentence[first].start, sentence[end - 1].end)
    words = seen.document.text[slice(*position)]
    last = sentence[end - 1].low
    told += [
        f"headf={fine(last)}|{source}",
        f"heady={bool(_METRIC_HEAD.search(last))}|{source}",
        f"light={last in _LIGHT_HEADS}|{source}",
    ]
    return Candidate(words.lower() if words.istitle() else words, words, position, source, told, at)


def _titled(by: str, tag: str, *, heady: bool) -> list[str]:
    """Features of a phrase with capitals inside: often the name of somebody's method, at times that of a metric."""
    return [f"titled|{by}", f"titled|{heady}", f"titled|{tag}", f"titled|{tag}|{by}"]


def implied(seen: View) -> Iterator[Candidate]:
    """What a comparative, a verb or a noun near the number measures: "3x faster"."""
    sentence, i = seen.sentence, seen.i
    for k in range(max(0, i - 14), min(len(sentence), i + 5)):
        token = sentence[k]
        word = token.text.lower()
        name = IMPLIED_METRIC.get(token.low) or (IMPLIED_METRIC.get(word) if token.tag == "M" else None)
        if not name or k == i:
            continue
        crossed = seen.crossed(k)
        beside = sentence[i + 1].low if k == i + 2 else "" if k == i + 1 else "-"
        told = [
            f"beside={beside}|{seen.unit}",
            f"beside={beside}|{word}",
            f"imp={word}",
            f"impd={k - i if abs(k - i) < 5 else (9 if k > i else -9)}|{crossed}",
            f"imp|{seen.kind_and_unit}|{crossed}",
        ]
        yield Candidate(name, token.text, (token.start, token.end), "implied", told, k)


def usual(seen: View) -> Iterator[Candidate]:
    """The usual metrics of the data sets that the sentence names."""
    for j, token in enumerate(seen.sentence):
        entry = seen.registry.benchmarks.get(seen.mention(j).name) if token.tag == "B" else None
        if entry is None or not entry.metric:
            continue
        crossed = min(seen.crossed(j), 2)
        told = [
            f"default|{seen.kind_and_unit}|{crossed}",
            f"default|here={bool(seen.here)}|{seen.kind}",
            f"default|{'L' if j < seen.i else 'R'}|{crossed}",
        ]
        yield Candidate(entry.metric, None, (token.start, token.end), "default", told)


def by_unit(seen: View) -> Iterator[Candidate]:
    """What the unit measures by itself: frames a second are a speed."""
    quantity, kind = seen.quantity, seen.kind
    name = UNIT_METRIC.get(quantity.unit)
    if not name and not quantity.scale:
        return
    told = [
        f"unit={quantity.unit}",
        f"unit|{seen.kind_and_unit}",
        f"unit|only={quantity.unit in TELLING}",
        f"unit|only={quantity.unit in TELLING}|{kind}",
        f"unit|{kind}|{seen.around}",
        f"unit|{kind}|{seen.placed}|earlier={bool(seen.shape.earlier)}",
        f"unit|r1={seen.next_word}",
    ]
    yield Candidate(name or ("parameters" if quantity.scale in "MB" else "dataset size"), None, seen.own, "unit", told)


def by_surroundings(seen: View) -> Iterator[Candidate]:
    """What words of the sentence make of a bare number: the size of a data set, the length of a context, a share."""
    quantity, kind, text = seen.quantity, seen.kind, seen.document.text
    sentence = seen.document.sentences[seen.s]
    if kind == "size" and (found := _told(_CONTEXT, text, sentence, quantity)):
        word, near = found
        told = [f"context|{seen.kind_and_unit}|{near}", f"context={word}|{seen.kind_and_unit}"]
        yield Candidate("context length", None, seen.own, "data", told)
    if kind == "score" and quantity.unit == "percent" and (of := _SHARE.match(text, quantity.end, sentence[1])):
        yield Candidate("success rate", None, seen.own, "data", [f"share={of[1].lower()}", "share"])
    if kind in {"size", "ratio"} and (found := _told(_DATA_WORD, text, sentence, quantity)):
        word, near = found
        told = [
            f"data|{seen.kind_and_unit}|{near}",
            f"data={word}|{kind}",
            f"data|{kind}|noun={bool(quantity.noun)}",
            f"data|after={seen.next_word}",
        ]
        yield Candidate("dataset size", None, seen.own, "data", told)


def by_shape(seen: View) -> Iterator[Candidate]:
    """Names near the number that look like that of a metric and that no registry holds."""
    if seen.kind == "size":
        return
    sentence, i = seen.sentence, seen.i
    for j in range(max(0, i - 5), min(len(sentence), i + 5)):
        if sentence[j].tag != "N":
            continue
        mention = seen.mention(j)
        scored = any(t.low in _SCORED for t in sentence[j + 1 : j + 4])
        if mention.evidence in {"noun", "on", "task"} or not (scored or METRIC_LOOK.fullmatch(mention.text)):
            continue
        told = [
            f"name|{mention.evidence}",
            f"name|{j - i}",
            f"name|here={bool(seen.here)}",
            f"name|scored={scored}",
            f"name|look={_look(mention.text)}|{scored}",
            f"name|look={_look(mention.text)}|{seen.kind}|{sentence[j - 1].low if j else '^'}",
            *metric_relation(sentence, i, j, seen.kind, seen.unit, seen.shape),
        ]
        yield Candidate(mention.text, mention.text, (mention.start, mention.end), "name", told, j)


def counted(seen: View) -> Iterator[Candidate]:
    """The noun that a size counts."""
    quantity = seen.quantity
    if quantity.noun and seen.kind == "size":
        noun = quantity.noun.rsplit(" ", 1)[-1]
        told = [f"noun={noun}", f"noun|{quantity.unit}"]
        yield Candidate(noun, noun, (quantity.end, quantity.noun_end), "noun", told)


def from_before(seen: View) -> Iterator[Candidate]:
    """The metrics named in the sentences before."""
    for place, mention in seen.shape.earlier:
        back = min(seen.s - place, 3)
        told = [
            f"back={back}|{seen.kind}",
            f"back|here={bool(seen.here)}",
            f"backsure={mention.sure}|{back}",
        ]
        yield Candidate(mention.name, mention.text, (mention.start, mention.end), "back", told)


SOURCES: tuple[Callable[[View], Iterator[Candidate]], ...] = (
    inside,
    named,
    phrased,
    termed,
    aligned,
    implied,
    usual,
    by_unit,
    by_surroundings,
    by_shape,
    counted,
    from_before,
)
"""All sources, in the order in which their options stand."""


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


def _is_title(word: str) -> bool:
    """Whether a word is capitalised like a name, and no abbreviation."""
    return len(word) > 3 and word[0].isupper() and word[1:2].islower()


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
