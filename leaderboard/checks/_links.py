"""Which numbers of an abstract belong together: the strict links, and nothing else.

On real abstracts it is the linking, not the arithmetic, that decides whether an alarm is true. A gain G is tied to
"from A to B" only where the words between them leave no doubt:

    L1   G ... (from A to B)
    L2   from A to B (+G)          and, for one score, B (+G)
    L3   from A to B, {representing | achieving | a gain of | ...} ... G

with at most 70 characters between, no other number, no full stop or semicolon, and none of the words that bring in
another system or another quantity. Everything else is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from leaderboard.models import Claim, Role

Basis = Literal["absolute", "relative"]
Rule = Literal["L1", "L2", "L3"]

GAP = 70
"""The most characters between a gain and its scores."""

SPREAD = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|vary|varies|varied|varying|anywhere|span(?:s|ned|ning)?|sizes?|scales?|scaling|between)\b",
    re.IGNORECASE,
)
"""Words that make "from A to B" a spread of values instead of a movement."""

FROM = re.compile(r"\bfrom\s+(?P<words>(?:[a-z][\w'’-]*\s+){0,4})[$~≈({]*$", re.IGNORECASE)
"""What stands right before the old value."""

TO = re.compile(
    r"^[\s)}$\\%]*(?:[a-z][\w'’-]*\s+){0,4}to\s+(?P<words>(?:[a-z][\w'’-]*\s+){0,4})[$~≈({]*$", re.IGNORECASE
)
"""What stands between the old value and the new one."""

OTHER_THING = re.compile(
    r"\b(?:with|for|when|using|compared|versus|vs|ranging|and|but|while|whereas|despite|although|as\s+well|or|if|under|"
    r"respectively|that|which|who|also|further|additional(?:ly)?|by)\b",
    re.IGNORECASE,
)
"""Words between a gain and its scores that bring in another system, condition or quantity: no link across them."""

NEW_VERB = re.compile(
    r"\b(?:outperform|surpass|exceed|reduc|improv|increas|decreas|boost|cut|sav|reach|obtain|attain|lower|rais|drop|fall|"
    r"enhanc|accelerat|speed)(?:s|es|ed|d|e|ing|ping|ting)\b",
    re.IGNORECASE,
)
"""A verb between a gain and its scores starts a new statement."""

LEADS_IN = re.compile(
    r"^(?P<words>[\s$}%\\]*(?:[a-z][\w'’-]*\s*){0,6})[,(–—-]+\s*(?:thus\s+|thereby\s+|hence\s+|effectively\s+)?"
    r"(?:representing|marking|achieving|yielding|corresponding\s+to|resulting\s+in|amounting\s+to|translating\s+to|i\.e\.,?|"
    r"(?=an?\b))",
    re.IGNORECASE,
)
"""How a third kind of link starts: an apposition, or a participle that sums up."""

GAIN_NOUN = re.compile(
    r"\b(?:gains?|improvements?|increases?|boosts?|jumps?|rises?|uplifts?|reductions?|decreases?|drops?|declines?|cuts?|savings?|"
    r"lifts?|difference|delta|advances?|leap|growth|enhancement|speed-?ups?)\b",
    re.IGNORECASE,
)
"""Nouns of change, one of which must stand by the gain of a third kind of link."""

METRIC_NOUN = re.compile(
    r"\b(?:accuracy|accuracies|precision|recall|f1|bleu|rouge|meteor|map|miou|iou|auc|auroc|fid|perplexity|error|errors|loss|"
    r"latency|time|throughput|speed|memory|cost|costs|rate|wer|cer|score|reward|return|parameters|flops|energy|dice|psnr|ssim)\b",
    re.IGNORECASE,
)
"""Words for quantities; more than one kind of them around a gain, and it may belong to either."""

RELATIVE = re.compile(r"\b(?:relative(?:ly)?|proportional(?:ly)?)\b", re.IGNORECASE)
ABSOLUTE = re.compile(r"\b(?:absolute(?:ly)?|points?|pts?|pp)\b", re.IGNORECASE)
"""Words that say which kind of difference a gain is."""

_NUMBER = r"(?P<number>[0-9]{1,3}(?:\.[0-9]+)?(?:\\?%)?)"

OWN_SCORE = re.compile(
    rf"(?<![\w.,:/$+-]){_NUMBER}\s+(?P<words>(?:[A-Za-z][\w@-]*\s+){{0,2}}?[A-Za-z][\w@-]*),\s*"
    r"(?:i\.e\.,?\s+)?an?\s+$"
)
"""A score with its metric, right before the gain in apposition to it: "42.0 BLEU, a"."""

BASE_SCORE = re.compile(
    r"\s*(?:(?:absolute|relative)\s+)?(?:improvement|gain|increase)\s+over\s+(?:the\s+)?"
    rf"(?:baseline(?:\s+of)?\s+)?{_NUMBER}(?=\s*(?:$|[.;,)](?:\s|$)|of\s+(?:the|a|our)\s+(?:strong\s+)?base))",
    re.IGNORECASE,
)
"""The value that a gain is measured against, right behind the gain."""

NAME_WITH_DIGITS = re.compile(r"[A-Za-z][A-Za-z_.@+-]*[0-9][\w.@+-]*")
"""A name with digits in it, such as GSM8K: its digits are no number of the text."""

CLAUSE_END = re.compile(r"[.;:,()]|\s(?:and|while|but|whereas)\s")
"""Where the words that belong to a number end."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A score that moves from `old` to `new`, with the gain that the text ties to it.

    `gain` and `rule` are None where no gain is tied to it; `reason` then says why not (empty: there is none to tie).
    `basis` is what the words of the link call the gain (None: nothing, or both).
    """

    old: Claim
    new: Claim
    gain: Claim | None = None
    rule: Rule | None = None
    basis: Basis | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A score with its gain in brackets right behind it, "81.8% (+5.9%)", and the baseline value where it is given."""

    own: Claim
    gain: Claim
    basis: Basis | None
    base: Claim | None = None


def movements(text: str, claims: Sequence[Claim]) -> list[Movement]:
    """Every "from A to B" among the claims of one sentence, each with its gain or the reason why none is tied to it."""
    found = []
    for index, (old, new) in enumerate(pairwise(claims)):
        if not _moves(text, old, new):
            continue
        before = claims[index - 1] if index else None
        after = claims[index + 2] if index + 2 < len(claims) else None
        found.append(_tie(text, claims, old, new, before, after))
    return found


def bracketed(text: str, claims: Sequence[Claim]) -> list[Bracketed]:
    """Every "own (+gain)" among the claims of one sentence that is not the end of a "from A to B"."""
    ends = {id(new) for old, new in pairwise(claims) if _moves(text, old, new)}
    found = []
    for index, (own, gain) in enumerate(pairwise(claims)):
        if own.kind != "score" or id(own) in ends or not _in_brackets(text, own, gain):
            continue
        after = claims[index + 2] if index + 2 < len(claims) else None
        base = after if after is not None and _is_base(text, gain, after) else None
        found.append(Bracketed(own, gain, _basis(text[own.end : gain.end] + _tail(text, gain.end), gain), base))
    return found


def over_baseline(text: str, claims: Sequence[Claim]) -> list[Bracketed]:
    """Every "own, a gain of G over baseline" of a sentence with exactly these three numbers."""
    found = []
    claims = _completed(text, claims)
    if len(claims) == 3 and claims[0].kind == "score" and _is_gain(text, claims[1]) and claims[1].unit == "percent":
        own, gain, base = claims
        apposed = _behind(text, own, gain) == "L3" and own.role != "baseline"
        if apposed and gain.bound in {"exact", "about"} and _measured(text, gain, base):
            found.append(Bracketed(own, gain, _basis(text[own.end : gain.end] + _tail(text, gain.end), gain), base))
    return found


def _completed(text: str, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims of a sentence, with the two scores that a gain stands between where they were read as no claims.

    Bare numbers are often not; here the words leave no doubt: "42.0 BLEU, a 30% improvement over 35.0".
    """
    gains = [claim for claim in claims if claim.kind == "change" and claim.unit == "percent"]
    if len(gains) != 1 or len(claims) > 2:
        return claims
    gain = gains[0]
    own = OWN_SCORE.search(text, gain.sentence_start, gain.start)
    base = BASE_SCORE.match(text, gain.end, gain.sentence_end)
    if own is None or base is None or not METRIC_NOUN.search(own["words"]):
        return claims
    rest = text[gain.sentence_start : own.start()] + text[base.end() : gain.sentence_end]
    if re.search(r"[0-9]", _masked(rest)):
        return claims
    found = [gain]
    sides: tuple[tuple[re.Match[str], Role], ...] = ((own, "own"), (base, "baseline"))
    for match, role in sides:
        start, end = match.span("number")
        read = next((one for one in claims if one.start < end and start < one.end), None)
        found.append(read or _unread(gain, start, match["number"], role))
    return sorted(found, key=lambda claim: claim.start)


def _unread(gain: Claim, start: int, printed: str, role: Role) -> Claim:
    """A score beside a gain that was read as no claim, of the gain's metric and as sure as that is."""
    digits = printed.rstrip("%\\")
    return replace(
        gain,
        start=start,
        end=start + len(printed),
        number=printed,
        kind="score",
        value=float(digits),
        unit="none" if printed == digits else "percent",
        half_width=0.5 * 10.0 ** -len(digits.partition(".")[2]),
        role=role,
        baseline=None,
        direction=None,
        bound="exact",
        rule="beside a gain",
    )


def between(text: str, left: Claim, right: Claim) -> str:
    """The text between two claims, with the digits of names blanked so that only numbers show digits.

    A sign in braces, as LaTeX keeps it from being an operator, is a sign.
    """
    return _masked(text[left.end : right.start].replace("{+}", "+").replace("{-}", "-"))


def clause_around(text: str, claim: Claim, reach: int = 60) -> str:
    """The words around a claim up to the next comma, bracket, full stop or conjunction, the number left out."""
    left = text[max(claim.sentence_start, claim.start - reach) : claim.start]
    cuts = [mark.end() for mark in CLAUSE_END.finditer(left)]
    left = left[cuts[-1] :] if cuts else left
    right = text[claim.end : min(claim.sentence_end, claim.end + reach)]
    end = CLAUSE_END.search(right)
    return f"{left} {right[: end.start()] if end else right}"


def _moves(text: str, old: Claim, new: Claim) -> bool:
    """Whether the text says that a value moves from `old` to `new`."""
    if old.value_high is not None or new.value_high is not None or old.kind != new.kind:
        return False
    before = text[max(old.sentence_start, old.start - 60) : old.start]
    start = FROM.search(before)
    if start is None or not TO.match(between(text, old, new)):
        return False
    return SPREAD.search(before[: start.start()][-40:]) is None


def _tie(  # noqa: PLR0917 - the neighbours are part of the place
    text: str, claims: Sequence[Claim], old: Claim, new: Claim, before: Claim | None, after: Claim | None
) -> Movement:
    """The movement with its gain, by the first link that fits."""
    if after is not None and _is_gain(text, after):
        rule: Rule | None = _behind(text, new, after)
        if rule is not None:
            span = text[old.start : after.end] + _tail(text, after.end)
            return _checked(text, Movement(old, new, after, rule, _basis(span, after)))
    if before is not None and _is_gain(text, before) and _ahead(text, before, old):
        span = _head(text, before) + text[before.start : old.start]
        return _checked(text, Movement(old, new, before, "L1", _basis(span, before)))
    gains = any(claim.kind == "change" for claim in claims if claim not in {old, new})
    return Movement(old, new, reason="no strict link between the gain and the two values" if gains else "")


def _behind(text: str, new: Claim, gain: Claim) -> Rule | None:
    """L2 or L3: the gain follows the two values."""
    gap = between(text, new, gain)
    if len(gap) > GAP or _continues(text, gain):
        return None
    if _in_brackets(text, new, gain):
        return "L2"
    lead = LEADS_IN.match(gap)
    if lead is None or _breaks(gap[lead.end() :].replace(" by ", " of ")) or _breaks(lead["words"]):
        return None
    return "L3" if GAIN_NOUN.search(gap + gain.number + _tail(text, gain.end)) else None


def _ahead(text: str, gain: Claim, old: Claim) -> bool:
    """L1: the gain precedes the two values, which stand in brackets."""
    gap = between(text, gain, old)
    opening = re.search(r"\(\s*from\b[^()]*$", gap, re.IGNORECASE)
    return opening is not None and len(gap) <= GAP and "," not in gap and not _breaks(gap[: opening.start()])


def _breaks(gap: str) -> bool:
    """Whether the words between bring in another number, sentence, system or quantity."""
    return bool(re.search(r"[0-9.;:()]", gap) or OTHER_THING.search(gap) or NEW_VERB.search(gap))


def _is_gain(text: str, claim: Claim) -> bool:
    """Whether a number is a difference: by its kind, by its sign, or by the noun right beside it ("a gain of 9.1%")."""
    if claim.unit == "x":
        return False
    if claim.kind == "change" or claim.number.lstrip("\\${ ").startswith(("+", "-", "−")):
        return True
    before, after = text[max(0, claim.start - 30) : claim.start], text[claim.end : claim.end + 40]
    if before.endswith(("{+}", "{-}")):
        return True
    noun = GAIN_NOUN.pattern
    led = re.search(rf"{noun}\s+(?:of|by)\s+(?:[a-z]+\s+)?$", before, re.IGNORECASE)
    followed = re.match(rf"\s*(?:(?:absolute|relative)\s+)?{noun}", after, re.IGNORECASE)
    return led is not None or followed is not None


def _continues(text: str, gain: Claim) -> bool:
    """Whether a further number follows right after, so that the gain is one of a list."""
    return re.match(r"\s*(?:,|and|or|/|&|,\s*and)\s*[+~-]?[0-9]", text[gain.end : gain.end + 20]) is not None


def _in_brackets(text: str, score: Claim, gain: Claim) -> bool:
    """Whether the gain stands in brackets right after the score: "81.8% (+5.9%)", "12.4 (an absolute gain of 3.1)"."""
    gap = between(text, score, gain)
    match = re.match(r"^[\s$}%\\]*(?:[A-Za-z@-]+[ ])?\(\s*(?P<words>[^()0-9.;,]{0,40})$", gap)
    if match is None or OTHER_THING.search(match["words"]) or not re.match(r"[^()]{0,40}\)", text[gain.end :]):
        return False
    signed = gain.number.lstrip("\\${ ").startswith(("+", "-", "−")) or re.search(r"[+−-]\s*[$]?$", gap)
    return bool(signed or GAIN_NOUN.search(match["words"] + gain.number + _tail(text, gain.end)))


def names_quantity(text: str, group: Bracketed) -> bool:
    """Whether the words by the gain name a quantity of their own: "72.4% (45% error reduction)"."""
    inside = re.split(r"[(,]", text[group.own.end : group.gain.start])[-1] + _tail(text, group.gain.end)
    ahead = text[group.own.sentence_start : group.own.start].casefold()
    return any(noun.casefold() not in ahead for noun in METRIC_NOUN.findall(inside))


def _measured(text: str, gain: Claim, base: Claim) -> bool:
    """Whether a gain without brackets is measured against the number after it: "a 30% improvement over 35.0"."""
    gap = between(text, gain, base)
    cue = re.match(
        r"^[\s\w-]{0,40}?\s(?:over|compared\s+(?:to|with)|relative\s+to|against|versus|vs\.?)\s+(?P<words>[^.;0-9(),]*)$",
        gap,
        re.IGNORECASE,
    )
    return cue is not None and len(gap) <= GAP and not OTHER_THING.search(cue["words"]) and base.value_high is None


def _is_base(text: str, gain: Claim, base: Claim) -> bool:
    """Whether the number after a bracketed gain is the value it is measured against."""
    if base.kind != "score" or base.value_high is not None:
        return False
    gap = between(text, gain, base)
    cue = re.match(
        r"^[^()0-9]{0,20}\)\s*,?\s*(?:over|compared\s+(?:to|with)|relative\s+to|against|versus|vs\.?|than|up\s+from|from|above)\s+"
        r"(?P<words>[^.;0-9()]*)$",
        gap,
        re.IGNORECASE,
    )
    return (
        cue is not None
        and len(gap) <= GAP
        and not OTHER_THING.search(cue["words"])
        and not NEW_VERB.search(cue["words"])
    )


def _checked(text: str, movement: Movement) -> Movement:
    """The movement, with the gain untied again where the three numbers are not of one quantity."""
    old, new, gain = movement.old, movement.new, movement.gain
    assert gain is not None
    reason = ""
    start, end = min(gain.start, old.start), max(gain.end, new.end)
    nouns = {noun.lower().rstrip("s") for noun in METRIC_NOUN.findall(text[start:end])}
    if not same_unit(old, new):
        reason = "the two values have different units"
    elif _differ(old.metric, new.metric) or _differ(gain.metric, new.metric):
        reason = "the numbers are not of one metric"
    elif len(nouns - {"score", "rate"}) > 1:
        reason = "more than one quantity is named between the numbers"
    elif gain.value_high is not None:
        reason = "the gain is a range"
    elif gain.bound == "average" and "average" not in {old.bound, new.bound}:
        reason = "the gain is an average"
    return Movement(old, new, reason=reason) if reason else movement


def same_unit(left: Claim, right: Claim) -> bool:
    """Whether two claims have one unit; a bare number beside a percentage may share its sign ("from 74.0 to 81.8%")."""
    if left.unit == right.unit:
        return True
    bare = left if left.unit == "none" else right
    return {left.unit, right.unit} == {"none", "percent"} and abs(bare.value) > 1


def _differ(left: str | None, right: str | None) -> bool:
    """Whether both are known and not the same."""
    return left is not None and right is not None and left.casefold() != right.casefold()


def _basis(span: str, gain: Claim) -> Basis | None:
    """What the words of the link call the gain."""
    relative = RELATIVE.search(span) is not None
    absolute = gain.unit == "points" or ABSOLUTE.search(span) is not None
    if relative == absolute:
        return None
    return "relative" if relative else "absolute"


def _head(text: str, claim: Claim) -> str:
    """The words before a number that belong to it."""
    left = text[max(claim.sentence_start, claim.start - 40) : claim.start]
    cuts = [mark.end() for mark in CLAUSE_END.finditer(left)]
    return left[cuts[-1] :] if cuts else left


def _tail(text: str, start: int, reach: int = 30) -> str:
    """The words after a number that belong to it."""
    right = _masked(text[start : start + reach])
    cut = re.search(r"[.;:,()0-9]|\s(?:and|while|but|whereas|over|on|from|for)\s", right)
    return right[: cut.start()] if cut else right


def _masked(text: str) -> str:
    """The text with the digits (and dots) of names replaced by letters, at the same length."""
    return NAME_WITH_DIGITS.sub(lambda match: re.sub(r"[0-9.]", "x", match.group()), text)
