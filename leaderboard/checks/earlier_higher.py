"""A score called state of the art where an earlier paper in this table has a better one.

Caught: 2023: Owl has 89.4% accuracy on ToySent. || 2025: Emu sets a new state of the art with 88% accuracy on ToySent.
Allowed: 2023: Owl has 86.4% accuracy on ToySent. || 2025: Emu sets a new state of the art with 88% accuracy on ToySent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from leaderboard.checks._corpus import Cell, Corpus, Entry, days
from leaderboard.checks._findings import difference, finding, not_applicable, stated, subtract
from leaderboard.checks._intervals import number, reading
from leaderboard.models import Finding, Level

LEVEL: Level = "warning"
TITLE = "earlier, higher claim"

CHECK = "earlier_higher"

# The patterns are for words in lower case: to search without regard to case takes twice as long.
BEST = re.compile(
    r"\b(?:(?:set|establish|achiev|reach|obtain|attain|yield|deliver|define|present|create|mark)\w*\s+(?:a\s+|the\s+)?(?:new\s+)?|"
    r"new\s+|current\s+)state[\s-]of[\s-]the[\s-]art\b(?!\s+(?:baselines?|methods?|models?|approach\w*|competitors?|techniques?|systems?))"
    r"|\bbest\s+(?:reported|published|known)\s+(?:results?|accuracy|scores?|performance)\b",
)
"""Words that call a result the best of all so far."""

HEDGED = re.compile(
    r"\b(?:among|amongst|for\s+(?:its|their|this|models\s+of)|of\s+(?:its|this|similar|comparable)\s+(?:size|scale)|single[\s-]model|without|"
    r"w/o|no\s+(?:extra|external|additional)|zero-?shot|few-?shot|one-?shot|[0-9]+-shots?|comparable|competitive|near|close|on\s+par|"
    r"most|several|open(?:-?source|-weights?)?|publicly|small(?:er)?|tiny|light\w*|efficient|mobile|edge|compact|low-?\w*|"
    r"(?:un|semi|weakly|self)-?supervised|unsupervised|linear|prob(?:e|ing)|from\s+scratch|non-?\w+|single|online|causal|streaming|"
    r"continual|incremental|federated|private\w*|privacy|differential\w*|quanti[sz]\w*|binary|spiking|sparse|pruned|distill\w*|train\w*-free|"
    r"gradient-free|backprop\w*|convolution\w*|attention-free|transformer-?\w*|generative|certified|robust\w*|adversarial\w*|"
    r"label\w*|noisy|imbalanced?|long-tail\w*|partial|limited|budget|fixed|fair|same|under|within|using\s+only|only|domain\w*|"
    r"cross-\w+|out-of-\w+|ood|class(?:es)?|categor\w+|subsets?|splits?|dev|validation|prior|previous|compared|over)\b",
)
"""Words in the sentence that may make it the best of a kind only."""

KIND = re.compile(
    r"\b(?:unsupervised|(?:semi|weakly|self)-?supervised|few-?shot|zero-?shot|continual|incremental|federated|differential\w*\s+priva\w*|"
    r"binari[sz]\w*|quanti[sz]\w*|spiking|prun\w+|compress\w*|distill\w*|lightweight|mobile|efficient|adversarial\w*|certified|robust\w*|noisy|"
    r"domain\s+adaptation|active\s+learning|open-?(?:source|weights?)|small(?:er)?|on-device|search|nas|low-?resource|from\s+scratch|"
    r"meta-?learning|generative|convolution-?free|without\s+\w+|long-?tail\w*|open-?(?:set|vocabulary|world)|training-?free|test-?time)\b",
)
"""Words in title or abstract that say that the paper competes in a class of its own."""

LEAD = dt.timedelta(days=90)
"""How much earlier the other paper must be for its claim to have been known."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Set every explicit claim to the best result against the best own claim of earlier papers in its cell."""
    for cell, entries in corpus.cells.items():
        metric = corpus.registry.metrics[cell.metric]
        if metric.direction is None or len(entries) < 2:
            continue
        up = metric.direction == "up"
        bests = _bests(entries, up=up)
        for entry in entries:
            claim = entry.claim
            if claim.role == "own" and _best(entry.record.sentence(claim)):
                yield _judge(cell, entry, bests, up=up)


def _best(sentence: str) -> bool:
    """Whether a sentence calls a result the best of all so far; a look for two words spares most the search."""
    low = sentence.lower()
    return ("art" in low or "best" in low) and BEST.search(low) is not None


def _bests(entries: Sequence[Entry], *, up: bool) -> list[tuple[dt.date, Entry]]:
    """The own claims that were the best on their last possible day, in the order of time."""
    dated = [
        (span[1], entry) for entry in entries if (span := days(entry.record.paper.date)) and entry.claim.role == "own"
    ]
    found: list[tuple[dt.date, Entry]] = []
    for day, entry in sorted(dated, key=lambda pair: (pair[0], pair[1].record.paper.id, pair[1].claim.start)):
        if not found or (entry.score > found[-1][1].score) == up:
            found.append((day, entry))
    return found


def _judge(cell: Cell, entry: Entry, bests: Sequence[tuple[dt.date, Entry]], *, up: bool) -> Finding:
    """The outcome for one claim to the best result."""
    record, claim = entry.record, entry.claim
    span = days(record.paper.date)
    if span is None:
        return not_applicable(record, CHECK, LEVEL, [claim], "the paper has no date")
    earlier = [best for day, best in bests if day + LEAD <= span[0] and best.record.paper.id != record.paper.id]
    if not earlier:
        return not_applicable(record, CHECK, LEVEL, [claim], "the table holds no earlier claim")
    best = earlier[-1]
    shown, theirs = number(claim, record.text), number(best.claim, best.record.text)
    if shown is None or theirs is None or {shown.bound, theirs.bound} != {"exact"}:
        return not_applicable(record, CHECK, LEVEL, [claim], "a number is in words or bounded")
    found = [reading("earlier claim", theirs.robust, shown.robust)]
    more = [theirs.operand()]
    if not best.above(entry, up=up):
        message = f"This table holds no earlier claim that is better than {claim.number}."
        return finding(record, CHECK, "note", "pass", message, [claim], numbers=[shown], more=more, computed=found)
    reason = _unfit(entry)
    if reason:
        return not_applicable(record, CHECK, LEVEL, [claim], reason)
    return finding(
        record,
        CHECK,
        "warning" if cell.setting else "note",
        "fail",
        f"Hint: this table holds an earlier, {'higher' if up else 'lower'} claim for {cell.words}: {best.claim.number} "
        f"of {best.record.paper.date} ({best.record.paper.id}) beside {claim.number} of {record.paper.date}.",
        [claim],
        numbers=[shown],
        more=more,
        computed=found,
        formula=f"{difference(shown, theirs)}; {stated(shown)}, earlier {stated(theirs)} (robust)",
        assumptions=["both are of one test under the same conditions", "the dates are those of the claims"],
        alternatives=[
            "the claims are of different settings, splits or classes of systems",
            "the earlier claim is misread",
        ],
        verify=subtract(shown, theirs),
    )


def _unfit(entry: Entry) -> str:
    """Why a claim to the best result may be one of a kind only, or not of this score; or nothing."""
    record, claim = entry.record, entry.claim
    if HEDGED.search(BEST.sub(" ", record.sentence(claim).lower())):
        return "the claim to the best result is a limited one"
    if KIND.search(f"{record.paper.title} {record.text}".lower()):
        return "the paper may compete in a class of its own"
    others = sum(other.kind == "score" and other.sentence_start == claim.sentence_start for other in record.claims)
    return "the sentence gives several values" if others > 1 else ""
