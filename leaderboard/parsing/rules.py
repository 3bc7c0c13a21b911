"""Rules about English that say what a number reports: id, the kind it speaks for, a sentence, two patterns.

A rule looks at the words left and right of one number, as `window` renders them: lower case, with <Q> for another
number, <B> for a benchmark, <M> for a metric, <S> for a system and <N> for another name. The first rule that fits
names the evidence of a claim; the fitted model weighs it together with the other features.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.tokens import Token

GAIN = (
    r"(?:improvements?|gains?|increases?|boosts?|reductions?|decreases?|drops?|degradations?"
    r"|enhancements?|savings?|speed-?ups?|margins?|advantages?|declines?|loss(?:es)?|jumps?"
    r"|leads?|acceleration|uplift|lift|rise|gaps?|differences?|deterioration|cut|advances?"
    r"|growth|shrinkage|overhead|penalty|slowdown)"
)
"""Nouns of change."""
COMPARATIVE = (
    r"(?:higher|lower|better|worse|faster|slower|fewer|less|more|smaller|larger|cheaper"
    r"|greater|bigger|shorter|longer|closer|lighter|stronger|weaker|quicker|deeper|behind"
    r"|ahead|below|above|improved|reduced|increased)"
)
"""Comparatives."""
CHANGING = (
    r"(?:outperform(?:s|ed|ing)?|improv(?:es?|ed|ing)|surpass(?:es|ed|ing)?|exceed(?:s|ed"
    r"|ing)?|reduc(?:es?|ed|ing)|increas(?:es?|ed|ing)|decreas(?:es?|ed|ing)|boost(?:s|ed"
    r"|ing)?|lower(?:s|ed|ing)?|rais(?:es?|ed|ing)|beat(?:s|en|ing)?|drop(?:s|ped|ping)?"
    r"|cut(?:s|ting)?|sav(?:es?|ed|ing)|enhanc(?:es?|ed|ing)|accelerat(?:es?|ed|ing)"
    r"|degrad(?:es?|ed|ing)|declin(?:es?|ed|ing)|f[ae]ll(?:s|ing)?|shrink(?:s|ing)?|shr[au]nk"
    r"|grow(?:s|n|ing)?|grew|rises?|rose|lift(?:s|ed|ing)?|speed(?:s|ing)?|sped|better(?:s|ed"
    r"|ing)|trail(?:s|ed|ing)?|lag(?:s|ged|ging)?|lead(?:s|ing)?|advanc(?:es?|ed|ing)"
    r"|elevat(?:es?|ed|ing)|diminish(?:es|ed|ing)?|compress(?:es|ed|ing)?|slow(?:s|ed|ing)?"
    r"|gain(?:s|ed|ing)?|outpac(?:es?|ed|ing)|outscor(?:es?|ed|ing)|outrank\w*|eclips\w+"
    r"|mitigat\w+|alleviat\w+|trim(?:s|med|ming)?|prun(?:es?|ed|ing)|chang(?:es?|ed|ing)"
    r"|differ(?:s|ed|ing)?|shorten(?:s|ed|ing)?|widen\w*|narrow\w*|clos(?:es?|ed|ing)"
    r"|overtak\w+|strengthen\w*)"
)
"""Verbs of change."""
REACHING = (
    r"(?:achiev(?:es?|ed|ing)|attain(?:s|ed|ing)?|reach(?:es|ed|ing)?|obtain(?:s|ed|ing)?"
    r"|yield(?:s|ed|ing)?|scor(?:es?|ed|ing)|report(?:s|ed|ing)?|get(?:s|ting)?|record(?:s|ed"
    r"|ing)?|deliver(?:s|ed|ing)?|show(?:s|ed|ing)?|hit(?:s|ting)?|produc(?:es?|ed|ing)"
    r"|realiz\w+|demonstrat(?:es?|ed|ing)|exhibit(?:s|ed|ing)?|maintain(?:s|ed|ing)?"
    r"|retain(?:s|ed|ing)?|preserv(?:es?|ed|ing)|solv(?:es?|ed|ing)|with|is|are|was|were|to"
    r"|at|of|identif(?:y|ies|ied|ying)|detect(?:s|ed|ing)?|achieves)"
)
"""Verbs that a level follows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `left` must match up to the number, `right` from it on.

    `units` are the units it holds for (empty: all); `needs` is a piece of text without which `left` cannot match: a
    plain search for it is cheaper than the pattern.
    """

    id: str
    kind: str
    sentence: str
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    units: frozenset[str] = frozenset()
    holds: Callable[[Quantity], bool] | None = None
    needs: str = ""


def _rule(
    name: str,
    kind: str,
    sentence: str,
    left: str = "",
    right: str = "",
    units: str = "",
    holds: Callable[[Quantity], bool] | None = None,
    needs: str = "",
) -> Rule:
    """Compile one rule."""
    return Rule(
        name,
        kind,
        sentence,
        re.compile(rf"(?:{left})$") if left else None,
        re.compile(right) if right else None,
        frozenset(units.split()),
        holds,
        needs,
    )


_BOUND = (
    r"(?:(?:up to|at least|at most|over|more than|about|around|approximately|nearly|almost"
    r"|roughly|an?|average|of|absolute|relative|additional|an average|as much as|~|less than"
    r"|only|just|on average|significant|large|substantial|further|another|margin|the|mean"
    r"|overall|\(|>|<|≥|≤|under|averag\w+) )*"
)

RULES: tuple[Rule, ...] = (
    _rule(
        "multiple-saved",
        "ratio",
        "A multiple of less, fewer, smaller or faster is a ratio.",
        right=(
            rf"^(?:absolute |relative )?(?:{COMPARATIVE}|reduction|speed-?up|speedups?|improvement|"
            rf"increase|acceleration|as )"
        ),
        units="x",
    ),
    _rule("multiple", "ratio", "A number of times or folds is a ratio.", units="x"),
    _rule(
        "signed-bracket",
        "change",
        "A signed number of percent or points is a change.",
        units="percent points none",
        holds=lambda q: q.sign == "+" or (q.sign == "-" and q.unit == "percent"),
    ),
    _rule(
        "movement-end",
        "score",
        "After 'from A to' stands the level reached.",
        left=r"from (?:\S+ ){0,4}?<Q> (?:\S+ ){0,6}?to (?:about |over |around |nearly |just |only )?",
        units="percent none x seconds milliseconds minutes hours days bytes points mm fps Hz",
        needs="from ",
    ),
    _rule(
        "movement-start",
        "score",
        "After 'from', before 'to B', stands the level before.",
        left=r"from (?:about |over |around |nearly |just |only |an? )*",
        right=r"^(?:\S+ ){0,4}?to (?:\S+ ){0,3}?<Q>",
        needs="from ",
    ),
    _rule(
        "comparative-after",
        "change",
        "So many percent better, fewer or faster is a change.",
        right=rf"^(?:absolute |relative |<M> |on average )?(?:\S+ )?{COMPARATIVE}\b",
        units="percent points none dB layers",
    ),
    _rule(
        "gain-after",
        "change",
        "So many percent of gain, in whatever order of words, is a change.",
        right=(
            rf"^(?:(?:absolute|relative|average|points?|<M>|<B>|performance|overall|"
            rf"\w+-?\w*) ){{0,4}}?{GAIN}\b"
        ),
        units="percent points none dB",
    ),
    _rule(
        "changes-by",
        "change",
        "After a verb of change and 'by' stands the difference.",
        left=rf"{CHANGING}\b(?: \S+){{0,12}}? by {_BOUND}",
        needs=" by ",
    ),
    _rule(
        "by-margin",
        "change",
        "After 'by' stands a difference.",
        left=rf"\bby {_BOUND}",
        units="percent points none dB",
        needs="by ",
    ),
    _rule(
        "gain-of",
        "change",
        "After 'a gain of' stands the difference.",
        left=rf"{GAIN}(?: \S+){{0,5}}? (?:of|by|is|are|reaching|between|from|to) {_BOUND}",
        units="percent points none dB",
    ),
    _rule(
        "share-of",
        "ratio",
        "So many percent of a whole is a share.",
        left=r"(?:only|just|using|with|than|use|uses|about|~|mere|merely|to) ",
        right=r"^of (?!<M>|accuracy|<B>)",
        units="percent",
    ),
    _rule(
        "metric-of",
        "score",
        "After a metric and 'of' or 'is' stands the level.",
        left=rf"<M>(?: \S+){{0,4}}? (?:of|is|at|=|:|to|reaching|from|was|are|reaches|and|\() {_BOUND}",
        needs="<M>",
    ),
    _rule(
        "level-of-metric",
        "score",
        "A number before its metric is a level.",
        right=r"^(?:\(|of |in )?(?:\S+ ){0,2}?<M>",
        units="percent none points",
    ),
    _rule(
        "reaches",
        "score",
        "After a verb of reaching stands a level.",
        left=rf"{REACHING}(?: \S+){{0,3}}? {_BOUND}",
        units="percent none seconds milliseconds fps Hz bits/dim mm degrees",
    ),
    _rule(
        "on-benchmark",
        "score",
        "A number before 'on' and a benchmark is a level.",
        right=r"^\)?(?: ?\S+ )?on (?:the )?(?:<B>|<N>)",
        units="percent none points",
    ),
    _rule("parameters", "size", "A number of parameters is a size.", units="parameters"),
    _rule(
        "counted-items",
        "size",
        "A number of counted items is a size.",
        units="examples tokens words bytes hours gpu-hours flops MACs",
    ),
    _rule(
        "scale-letter", "size", "A number in thousands, millions or billions is a size.", holds=lambda q: bool(q.scale)
    ),
)
"""The rules in order: the first that fits gives a claim its evidence."""


def window(sentence: list[Token], i: int) -> tuple[str, str]:
    """The words left (14, with a blank at the end) and right (8) of token `i`, as the rules read them."""
    left = "".join(t.low + " " for t in sentence[max(0, i - 14) : i])
    right = "".join(t.low + " " for t in sentence[i + 1 : i + 9])
    return left, right


def fires(quantity: Quantity, left: str, right: str) -> Rule | None:
    """The first rule that fits the number between `left` and `right`, or None."""
    for rule in RULES:
        if rule.units and quantity.unit not in rule.units:
            continue
        if rule.holds is not None and not rule.holds(quantity):
            continue
        if rule.right is not None and not rule.right.search(right):
            continue
        if rule.left is not None and (rule.needs not in left or not rule.left.search(left)):
            continue
        return rule
    return None
