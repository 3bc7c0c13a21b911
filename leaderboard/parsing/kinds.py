"""Step 4: is this number a claim at all, and a score, a change, a ratio or a size?

Each number is described by named features (the rule that fires, its unit, the words and names around it, the number
before); the weights of the features are fitted on annotated abstracts and shipped as data. Numbers of one sentence
are decided jointly.
"""

from __future__ import annotations

import re

from leaderboard.parsing.classes import coarse, fine
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.rules import CHANGING, COMPARATIVE, GAIN, REACHING, Rule, fires, window
from leaderboard.parsing.structure import list_ends
from leaderboard.parsing.tokens import Token

KINDS: tuple[str, ...] = ("none", "score", "change", "ratio", "size")
"""The options of every number; "none" is no claim."""

_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"{pattern}$"))
    for name, pattern in (
        ("gain", GAIN),
        ("compare", COMPARATIVE),
        ("changing", CHANGING),
        ("reach", REACHING.replace("|with|is|are|was|were|to|at|of", "")),
        (
            "use",
            (
                r"(?:us(?:es?|ed|ing)|requir(?:es?|ed|ing)|need(?:s|ed|ing)?|consum\w+|tak(?:es?|ing)"
                r"|costs?|only|just|mere|merely|fraction)"
            ),
        ),
        ("train", r"(?:train(?:s|ed|ing)?|fine-?tun\w+|pre-?train\w+|tun(?:es?|ed|ing)|learn(?:s|ed|ing)?)"),
        (
            "contain",
            (
                r"(?:contain(?:s|ing)?|consist(?:s|ing)?|compris\w+|includ(?:es?|ed|ing)|cover(?:s|ing)?"
                r"|featur(?:es?|ing)|total(?:s|ing|ling)?|collect\w*|annotat\w+|curat\w+|dataset|datasets"
                r"|corpus|benchmark|spann?\w*|collection|compil\w+|construct\w*|releas\w+|introduc\w+"
                r"|creat\w+|gather\w*)"
            ),
        ),
        ("size", r"(?:sizes?|scal(?:es?|ed|ing)|parameters?|models?|billion|million|rang(?:es?|ing)|larg\w+|small\w*)"),
        ("compared", r"(?:compared|versus|vs|than|against|whereas|while|baseline|baselines|over)"),
        (
            "setting",
            (
                r"(?:learning|rate|ratio|noise|sparsity|bits?|resolution|length|dropout|threshold"
                r"|temperature|confidence|level|budget|horizon|window|batch|layers?|steps?|epochs?"
                r"|iterations?|mask\w*|label\w*|split|first|top|within|between|at|when|under)"
            ),
        ),
        (
            "world",
            (
                r"(?:people|patients|population|world|global|annual\w*|year\w*|countries|users|women|men"
                r"|deaths|cases|speakers|languages|percent|market|estimated|human|humans|worldwide|cancer"
                r"|disease)"
            ),
        ),
    )
)
"""Classes of words that tell what the numbers after them report."""
_CUE_CACHE: dict[str, str] = {}


def cue(word: str) -> str:
    """The class of a word, "" if it has none."""
    found = _CUE_CACHE.get(word)
    if found is None:
        found = next((name for name, pattern in _CUES if pattern.match(word)), "")
        if len(_CUE_CACHE) < 50_000:
            _CUE_CACHE[word] = found
    return found


def _classes(before: tuple[str, str, str], after: tuple[str, str, str], u: str) -> list[str]:
    """Features of the classes of the words around a number."""
    f3, f2, f1 = map(fine, before)
    g1, g2, g3 = map(fine, after)
    c3, c2, c1 = map(coarse, before)
    d1, d2, d3 = map(coarse, after)
    return [
        f"fl1={f1}",
        f"fl1={f1}|{u}",
        f"fl2={f2}",
        f"fl3={f3}",
        f"fr1={g1}",
        f"fr1={g1}|{u}",
        f"fr2={g2}",
        f"fr3={g3}",
        f"cl21={c2} {c1}",
        f"cl321={c3} {c2} {c1}",
        f"cl2|{u}={c2}",
        f"cr12={d1} {d2}",
        f"cr123={d1} {d2} {d3}",
        f"cr2|{u}={d2}",
        f"clr={c1} {d1}",
    ]


def _magnitude(quantity: Quantity) -> str:
    """A coarse class of the value."""
    v = abs(quantity.value)
    whole = "i" if v == int(v) else "f"
    for limit, name in ((1, "0-1"), (10, "1-10"), (100, "10-100"), (1000, "100-1k"), (1e5, "1k-100k")):
        if v < limit or (v == limit and limit == 100):
            return name + whole
    return "big"


_AGAINST = frozenset({"vs", "vs.", "versus", "against", "to", "v.s."})
"""Words between two levels that are set against each other."""

_ARROW = frozenset({"-", "--", "->", "-->", ">", "→", "=", "=>"})
"""Tokens that an arrow between two levels may be made of."""


def _set_against(sentence: list[Token], i: int, step: int) -> bool:
    """Whether the next number on one side is joined to the one at token `i` by "vs", "to" or an arrow alone."""
    j = i + step
    if 0 <= j < len(sentence) and sentence[j].low in _AGAINST:
        j += step
    else:
        while 0 <= j < len(sentence) and sentence[j].low in _ARROW:
            j += step
    return j != i + step and 0 <= j < len(sentence) and sentence[j].tag == "Q"


_DEEDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("retain", r"(?:retain|recover|restor|preserv|maintain|keep|kept|sustain|match)"),
        (
            "solve",
            (
                r"(?:solv|complet|resolv|answer|detect|block|identif|locali[sz]|classif|find|found|recogni[sz]|repair"
                r"|prevent|pass|succeed|predict|flag|cover|explain|agree)"
            ),
        ),
        ("lose", r"(?:los(?:e|t|ing)|drop|sacrific)"),
        ("discard", r"(?:remov|prun|discard|eliminat|exclud|skip|filter|drop)"),
    )
)
"""What a system does with a share of something: it keeps it of a level, solves it of a test, or does without it."""


def _deed(low: list[str], i: int, r1: str, r2: str, u: str) -> list[str]:
    """Features of the nearest such verb before the number at token `i`, with what follows the number."""
    for j in range(i - 1, max(-1, i - 7), -1):
        for name, pattern in _DEEDS:
            if pattern.match(low[j]):
                share = "of" if r1 == "of" else coarse(r1)
                return [
                    f"deed={name}|{u}",
                    f"deed={name}|{share}",
                    f"deed={name}|{r1} {r2}",
                    f"deed={name}|{min(i - j, 4)}",
                ]
    return []


def features(quantity: Quantity, sentence: list[Token], i: int, place: float) -> tuple[list[str], Rule | None]:
    """The features of the number at token `i` of its sentence, and the rule that fires.

    `place` says where in the abstract the sentence stands (0 to 1).
    """
    rule = fires(quantity, *window(sentence, i))
    u = quantity.unit if quantity.unit in COMMON_UNITS else "measure"
    if quantity.scale and u in {"none", "examples"}:
        u += "+scale"
    low = [t.low for t in sentence]
    l1, l2, l3 = (low[i - k] if i >= k else "^" for k in (1, 2, 3))
    r1, r2, r3 = (low[i + k] if i + k < len(low) else "$" for k in (1, 2, 3))
    return [
        *_by_itself(quantity, rule, place, u, l1),
        f"l1={l1}",
        f"l2={l2}",
        f"l12={l2} {l1}",
        f"l1={l1}|{u}",
        f"l3={l3}",
        f"r1={r1}",
        f"r2={r2}",
        f"r12={r1} {r2}",
        f"r1={r1}|{u}",
        f"r3={r3}",
        *_classes((l3, l2, l1), (r1, r2, r3), u),
        *_cues_before(sentence, i, low, u),
        *_cues_behind(sentence, i, low, u),
        *_names_around(sentence, i, low, u),
        *_list_around(sentence, i, low, u),
        *(f"against={side}|{u}" for side, step in (("L", -1), ("R", 1)) if _set_against(sentence, i, step)),
        *_deed(low, i, r1, r2, u),
        *_clause(sentence, i, low, u),
        *_in_bracket(sentence, i, low, u),
        f"s0={low[0] if low else ''}",
    ], rule


COMMON_UNITS = frozenset({"percent", "points", "x", "none", "parameters", "examples", "tokens"})
"""Units that features tell apart; all others are one."""


def _by_itself(quantity: Quantity, rule: Rule | None, place: float, u: str, l1: str) -> list[str]:
    """What the number tells by itself, by the rule that fires and by its place in the abstract."""
    name, size, part = rule.id if rule else "-", _magnitude(quantity), int(place * 4)
    result = [
        f"u={u}",
        f"rule={name}",
        f"rule={name}|{u}",
        f"form={quantity.form}|{u}",
        f"m={size}|{u}",
        f"m={size}",
        f"b={quantity.bound}",
        f"b={quantity.bound}|{u}",
        f"place={part}",
        f"place={part}|{u}",
    ]
    if quantity.unit not in {"percent", "none"}:
        result.append(f"unit={quantity.unit}")
    if quantity.sign:
        result += [f"sign={quantity.sign}", f"sign={quantity.sign}|{u}"]
    if quantity.noun:
        last = quantity.noun.rsplit(" ", 1)[-1]
        result += [f"noun={last}", f"noun|{u}", f"noun={last.rsplit('-', 1)[-1]}|tail"]
        result += [f"nounf={fine(last)}", f"nounc={coarse(last)}|l1={l1}"]
    return result


def _cues_before(sentence: list[Token], i: int, low: list[str], u: str) -> list[str]:
    """The three nearest telling words before the number."""
    result: list[str] = []
    cues = 0
    for distance, j in enumerate(range(i - 1, max(-1, i - 25), -1), 1):
        found = cue(low[j]) if sentence[j].tag == "w" else ""
        if not found:
            continue
        cues += 1
        near = "n" if distance <= 3 else "m" if distance <= 8 else "f"
        result += [f"cl{cues}={found}", f"cl{cues}={found}|{u}", f"cl{cues}={found}|{near}"]
        if cues == 1:
            result += [f"wl={low[j]}", f"wlf={fine(low[j])}|{u}", f"cl1={found}|l1={low[i - 1]}"]
        if cues == 3:
            break
    return result


def _cues_behind(sentence: list[Token], i: int, low: list[str], u: str) -> list[str]:
    """The two nearest telling words behind the number and before the next one."""
    result: list[str] = []
    cues = 0
    for distance, j in enumerate(range(i + 1, min(len(low), i + 9)), 1):
        if sentence[j].tag == "Q":
            break
        found = cue(low[j]) if sentence[j].tag == "w" else ""
        if not found or found == "setting":
            continue
        near = "n" if distance <= 2 else "m" if distance <= 4 else "f"
        cues += 1
        result += [f"cr{cues}={found}|{near}", f"cr{cues}={found}|{u}"]
        if cues == 2:
            break
    return result


def _names_around(sentence: list[Token], i: int, low: list[str], u: str) -> list[str]:
    """The nearest name of each sort on both sides, with the numbers between, and the metric right beside."""
    result: list[str] = []
    for name, step, reach in (("L", -1, 10), ("R", 1, 8)):
        seen = set()
        j, distance, crossed = i + step, 1, 0
        while 0 <= j < len(low) and distance <= reach:
            tag = sentence[j].tag
            if tag == "Q":
                crossed += 1
            elif tag in "BMSN" and tag not in seen:
                seen.add(tag)
                near = "n" if distance <= 2 else "m" if distance <= 5 else "f"
                result += [f"{name}{tag}={near}|{crossed}", f"{name}{tag}|{u}"]
                if tag == "M" and distance <= 4:
                    result.append(f"{name}M:{sentence[j].text.lower()}|{crossed}|{u}")
                    between = low[min(i, j) + 1 : max(i, j)]
                    result.append(f"{name}M~{' '.join(between)}|{u}")
            j += step
            distance += 1
    return result


def _list_around(sentence: list[Token], i: int, low: list[str], u: str) -> list[str]:
    """What stands before and behind the list that the number is in."""
    before, behind = list_ends(sentence, i)
    if before >= i - 1 and behind <= i + 1:
        return []
    left = low[before] if before >= 0 else "^"
    right = low[behind] if behind < len(low) else "$"
    return [
        f"el={left}|{u}",
        f"el2={low[before - 1] if before > 0 else '^'} {left}",
        f"er={right}|{u}",
        f"er2={right} {low[behind + 1] if behind + 1 < len(low) else '$'}",
        f"elc={cue(left)}|erc={cue(right)}|{u}",
    ]


def _in_bracket(sentence: list[Token], i: int, low: list[str], u: str) -> list[str]:
    """What the bracket that the number stands in belongs to, and how it opens."""
    depth = _bracket(sentence, i)
    if depth < 0:
        return []
    opener = sentence[depth - 1].tag if depth else "^"
    inside = low[depth + 1] if depth + 1 < i else "first"
    return [f"br={opener}", f"br={opener}|{u}", f"bri={inside}", *([f"brw={low[depth - 1]}"] if depth else [])]


RESOURCES = frozenset(
    """parameters parameter params flops macs memory compute computation computations cost costs tokens token data
    latency time times size     speed energy storage bandwidth operations budget steps iterations epochs samples
    examples labels annotations images calls     queries overhead resources training fine-tuning capacity
    throughput vram gpu cpu weights compute-budget wall-clock runtime""".split()
)
"""What a system spends: so many percent of it is a share or a saving, seldom a level."""


def _clause(sentence: list[Token], i: int, low: list[str], u: str) -> list[str]:
    """Features of the verb that governs the number, of what follows its list, and of the resource it is a share of."""
    result = []
    between: set[str] = set()
    for j in range(i - 1, max(-1, i - 30), -1):
        word = low[j]
        if word in {"by", "to", "from", "with", "of", "on", "in", ";", "than"}:
            between.add(word)
        found = cue(word) if sentence[j].tag == "w" else ""
        if found in {"changing", "reach", "use", "train", "contain", "gain"}:
            link = "by" if "by" in between else "to" if "to" in between else "of" if "of" in between else "-"
            stop = ";" if ";" in between else ""
            result += [f"v={found}", f"v={found}|{link}{stop}", f"v={found}|{link}|{u}"]
            if "from" in between:
                result.append(f"v={found}|from")
            break
    else:
        result.append("v=-")
    j = i + 1
    size = len(low)
    passed = 0
    depth = 0
    while j < size and (
        sentence[j].tag == "Q"
        or (sentence[j].tag == "M" and depth)
        or low[j] in {",", "/", "and", "&", "(", ")", "or", "-", "%"}
    ):
        passed += sentence[j].tag == "Q"
        depth += (low[j] == "(") - (low[j] == ")")
        j += 1
    if passed or j > i + 1:
        for k in range(j, min(size, j + 4)):
            if sentence[k].tag == "Q":
                break
            found = cue(low[k]) if sentence[k].tag == "w" else ""
            if found in {"gain", "compare", "reach", "changing", "compared"}:
                result += [f"list={found}", f"list={found}|{min(passed, 2)}"]
                break
    for k in range(i + 1, min(size, i + 5)):
        word = low[k]
        if sentence[k].tag == "Q" or word in ",;(":
            break
        if word in RESOURCES or (sentence[k].tag == "M" and sentence[k].text.lower() in RESOURCES):
            before = low[i + 1] if k > i + 1 else ""
            result += [f"res|{u}", f"res|{before}|{u}", f"res|l={low[i - 1] if i else '^'}"]
            break
    if i + 1 < size and low[i + 1] == "of":
        follower = low[i + 2] if i + 2 < size else "$"
        result += [f"of={follower}", f"of|v={result[0]}", f"of|l={low[i - 1] if i else '^'}"]
    return result


def _bracket(sentence: list[Token], i: int) -> int:
    """The index of the bracket that opens before token `i` and is not closed, or -1."""
    for j in range(i - 1, max(-1, i - 20), -1):
        low = sentence[j].low
        if low in ")]":
            return -1
        if low in "([":
            return j
    return -1


def connector(sentence: list[Token], i: int, j: int) -> str:
    """What joins the numbers at tokens `i` < `j` of one sentence: the words between if few, else "far".

    Names are tags.
    """
    if j - i <= 4:
        return " ".join(t.low for t in sentence[i + 1 : j]) or "-"
    words = [
        t.low
        for t in sentence[i + 1 : j]
        if t.tag in "pQ" or t.low in {"and", "to", "vs", "than", "while", "from", "by", "with", "on"}
    ]
    return "~" + " ".join(words[-3:])


def pair_features(a: Quantity, b: Quantity, joint: str) -> tuple[str, ...]:
    """What may speak for a pair of kinds of adjacent numbers joined by `joint` ("" across sentences)."""
    same = "=" if a.unit == b.unit else f"{a.unit[:3]}>{b.unit[:3]}"
    if not joint:
        return (f"new|{same}",)
    sign = f"{a.sign}{b.sign}"
    return (f"j={joint}", f"same={same}", f"j={joint}|{same}", f"sign={sign}|{same}")
