"""Step 2, numbers together: ranges, the unit that a list shares, and the bound words around a number."""

from __future__ import annotations

import re
from dataclasses import replace

from leaderboard.models import Bound
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.vocabulary import SCALES

_BETWEEN = re.compile(
    r"\b(?:between|range of|ranging between)\s+(?:roughly |about |approximately )?[+$~]?$", re.IGNORECASE
)

_FROM = re.compile(
    (
        r"\bfrom\s+(?:an? |only |just |about |approximately |roughly |around |nearly |over "
        r"|[a-z]+ of )?[+$~(]*\s?$"
    ),
    re.IGNORECASE,
)

_MOVES = re.compile(
    (
        r"\b(?:improv\w+|increas\w+|rais\w+|boost\w+|reduc\w+|decreas\w+|drop\w*|fall\w*|fell"
        r"|lower\w*|cut\w*|rise\w*|rose|grow\w*|shrink\w*|chang\w+|gain\w*|mov\w+|go(?:es|ing)?"
        r"|lift\w*|elevat\w+|bring\w*|jump\w*|declin\w+|compress\w*|climb\w*|push\w*|advanc\w+"
        r"|surg\w+|down|up)\b"
    ),
    re.IGNORECASE,
)

_UP_TO = re.compile(
    (
        r"(?:\bup to|\bup-to|\bat most|\bas (?:much|many|high|large|long|low|far|few|little) as"
        r"|\bwithin|\bless than|\bfewer than|\blower than|\bunder|\bbelow|\bmaximum of"
        r"|\bmaximally|\bno more than|\bnot more than|\bsmaller than|\bupto|≤|<;?)\s*(?:an? |the "
        r"|just |only |about |around |~|roughly |approximately |\(|[+\-]|average |absolute "
        r"|additional )*\s*$"
    ),
    re.IGNORECASE,
)

_AT_LEAST = re.compile(
    (
        r"(?:\bover|\bmore than|\bat least|\babove|\bgreater than|\bexceed(?:s|ing)?"
        r"|\bin excess of|\bbeyond|\bno less than|\bhigher than|\bsurpass(?:es|ing)|≥|>"
        r"|\bupwards? of|\bbetter than|\blarger than|\bat minimum|\bminimum of)\s*(?:an? |the "
        r"|just |only |about |~|[+\-])*\s*$"
    ),
    re.IGNORECASE,
)

_ABOUT = re.compile(
    (
        r"(?:\babout|\bapproximately|\baround|\broughly|\bnearly|\balmost|\bapprox\.?|\bclose to"
        r"|\bsome|\bcirca|\bnear|~)\s*(?:an? |the |just |only |[+\-])*\s*$"
    ),
    re.IGNORECASE,
)

_AVERAGE = re.compile(
    (
        r"(?:\bon average|\ban average of|\baverage of|\bon average,|\bby an average|\bmean of"
        r"|\bby average|\baveraging|\bmean|\ban average|\baverages|\baverage)\s*(?:of |by |an? "
        r"|the |just |only |about |around |~|over |absolute |relative |improvement |gain |\()*\s*$"
    ),
    re.IGNORECASE,
)

_UP_TO_WORDS = (
    "up to",
    "up-to",
    "upto",
    "at most",
    " as",
    "as ",
    "within",
    " than",
    "under",
    "below",
    "maxim",
    "≤",
    "<",
)
_AT_LEAST_WORDS = (
    "over",
    " than",
    "least",
    "above",
    "exceed",
    "excess",
    "beyond",
    "surpass",
    "≥",
    ">",
    "upward",
    "minimum",
)
_ABOUT_WORDS = ("about", "approx", "around", "roughly", "nearly", "almost", "close to", "some", "circa", "near", "~")
"""What every bound needs: a plain search for it spares most numbers the patterns."""

_AVERAGE_AFTER = re.compile(
    r"^\s*(?:on average|in average|average|averaged|on\s+avg|\(?on average|mean)\b", re.IGNORECASE
)


def merged(text: str, found: list[Quantity]) -> list[Quantity]:
    """Merge "8-25x", "40% ~ 80%", "1.3B to 7B" and "between A and B" into one quantity with an upper end."""
    merged: list[Quantity] = []
    for q in found:
        if merged and (joined := _join(text, merged[-1], q)) is not None:
            merged[-1] = joined
        else:
            merged.append(q)
    return merged


def _join(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """The range from `a` to `b`, or None where they are two numbers."""
    gap = text[a.end : b.start]
    if len(gap) > 12 or a.high is not None or (b.form == "word") != (a.form == "word"):
        return None
    if (
        a.unit not in {b.unit, "none"}
        and not (a.unit == "x" and b.unit == "x")
        and not (a.unit == "percent" and b.unit == "points")
        and a.unit != "parameters"
    ):
        return None
    low, high = a.value, b.value
    if b.word == "orders" and a.unit == "none" and low < high:
        low = 10.0**low
    if a.unit == "none" and not a.scale and b.scale:
        low *= SCALES[b.scale]
    if not low < high:
        return None
    left = text[max(0, a.start - 40) : a.start]
    hyphen = (
        bool(re.fullmatch(r"\s*(?:-{1,3}|~|-\s?~)\s*\+?\$?", gap) or _DOTS.fullmatch(gap))
        or (gap == "" and b.sign == "-")
        or ((gap == " " and b.sign == "-" and text[b.start + 1 : b.start + 2] != " ") and a.unit == "none")
    )
    if not hyphen and not _lost_dash(text, a, b, gap):
        if _TO.fullmatch(gap) and (gap.strip() == "to" or b.scale or b.unit in {"x", "parameters"}):
            if _OF_LISTS.search(left) and re.match(r"\s?(?:,|and)\s\+?[0-9]", text[b.end : b.end + 7]):
                return None  # "from 45% and 58% to 60% and 71%"
            if (
                left.endswith("(")
                and not (b.scale or b.unit == "parameters")
                and re.match(r"\s*[).,;]", text[b.end : b.end + 2])
            ):
                return None
            if _FROM.search(left) and a.unit != "parameters" and not (b.unit == "parameters" or b.scale):
                ranging = re.search(
                    r"\b(?:rang\w+|vary\w*|varies|varied|span\w*)(?:,|\s\w+ly,?)?\s+from\s+\S*$", left, re.IGNORECASE
                )
                spread = re.search(
                    r"\b(?:scal\w+|gains?|improvements?|reductions?|speed-?ups?|of)\s+from\s+\S*$", left, re.IGNORECASE
                )
                if (
                    not ranging
                    and not (b.unit == "x" and a.unit == "x")
                    and (not spread or _MOVES.search(left[: spread.start()]))
                ):
                    return None
            elif (
                _FROM.search(left)
                and _MOVES.search(text[max(0, a.start - 60) : a.start])
                and not re.search(r"scal\w+ from|rang", left)
            ):
                return None
        elif gap.strip() == "and" and _BETWEEN.search(left):
            pass
        else:
            return None
    if "." in gap and not _DOTS.fullmatch(gap):
        return None
    start = a.start
    end = b.end
    return replace(b, start=start, end=end, value=low, high=high, form="range", sign=a.sign, half_width=b.half_width)


_TO = re.compile(r"\s+(?:up )?to\s*(?:(?:over|about|around|up to|nearly|more than) )?")
_DOTS = re.compile(r"\s?(?:\.\.\.?|…)\s?")
"""What leads to the upper end of a range."""

_OF_LISTS = re.compile(r"[0-9]%?,?\s(?:and\s)?$")
"""Another number of a list right before."""

_LEADS = re.compile(
    r"(?:\b(?:by|of|is|are|about|around|approximately|roughly|average|to|than|with|only|achiev\w+|the)\s|[~(:])$"
)
"""What leads to a range whose dash was lost; a bare number behind anything else may be part of a name."""


def _lost_dash(text: str, a: Quantity, b: Quantity, gap: str) -> bool:
    """Whether the dash of a range was lost on the way: "by 3% 5%", "is 2.5 40.1x faster", "(12 16M)"."""
    if gap.strip() or not gap or b.sign or a.noun or text[b.end : b.end + 1] == "(":
        return False
    if a.unit == b.unit == "percent":
        return True
    bare = a.unit in {"none", b.unit} and not a.scale and (b.unit in {"percent", "x", "points"} or bool(b.scale))
    return bare and _LEADS.search(text, max(0, a.start - 16), a.start) is not None


_LIST_GAP = re.compile(r"\s*(?:\([^()]{0,12}\)\s*)?(?:,|/|,?\s*(?:and|or|vs\.?|&))\s*")


def with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the unit behind the last number of a list to the bare numbers before it ("124 and 78 FPS")."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        a, b = shared[i], shared[i + 1]
        if (
            (
                (a.unit == "none" and not a.scale)
                or (a.unit == "parameters" and a.scale and b.scale and b.unit == "examples")
            )
            and not a.noun
            and b.unit not in {"none", "percent"}
            and _LIST_GAP.fullmatch(text, a.end, b.start)
        ):
            factor = SCALES[b.scale] if b.scale and not a.scale and a.value * 1000 < b.value else 1.0
            shared[i] = replace(
                a,
                unit=b.unit,
                value=a.value * factor,
                half_width=a.half_width and a.half_width * factor,
                noun=b.noun,
                noun_end=b.noun_end,
                word=b.word,
            )
    for i in range(1, len(shared)):
        a, b = shared[i - 1], shared[i]
        moves = text[a.end : b.start] == " to " and text.startswith("from ", max(0, a.start - 5))
        if moves and a.unit == "none" and b.unit == "percent" and not (a.scale or a.noun or a.high):
            shared[i - 1] = replace(a, unit="percent")  # "from 3 to 24%"
        if (
            b.unit == "none"
            and not b.noun
            and not b.scale
            and b.sign
            and a.sign
            and a.unit == "points"
            and b.start - a.end < 60
            and ". " not in text[a.end : b.start]
        ):
            shared[i] = replace(b, unit="points")
        elif a.unit == "none" and b.unit == "points" and not a.noun and text[a.end : b.start] == " (":
            shared[i - 1] = replace(a, unit="points")
    return shared


def with_shared_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let the bound words before a list hold for every number of it ("up to 15% and 24%")."""
    shared = list(found)
    for i in range(1, len(shared)):
        a, b = shared[i - 1], shared[i]
        if b.bound == "exact" != a.bound and a.unit == b.unit and _LIST_GAP.fullmatch(text, a.end, b.start):
            shared[i] = replace(b, bound=a.bound)
    return shared


def bounded(text: str, q: Quantity) -> Quantity:
    """Add the bound words around the number."""
    left = text[max(0, q.start - 48) : q.start]
    low = left.lower()
    bound: Bound = "exact"
    end = len(left)
    if any(word in low for word in _UP_TO_WORDS) and (match := _UP_TO.search(left)):
        bound, end = "up_to", match.start()
    elif any(word in low for word in _AT_LEAST_WORDS) and (match := _AT_LEAST.search(left)):
        bound, end = "at_least", match.start()
    elif ("averag" in low or "mean" in low) and (match := _AVERAGE.search(left)):
        bound, end = "average", match.start()
    elif any(word in low for word in _ABOUT_WORDS) and (match := _ABOUT.search(left)):
        bound, end = "about", match.start()
    elif _AVERAGE_AFTER.match(text[q.end : q.end + 24]):
        bound = "average"
    elif "+" in text[q.start + 1 : q.end]:
        bound = "at_least"
    prefix = q.start - (len(left) - end)
    return q if bound == q.bound and prefix == q.prefix_start else replace(q, bound=bound, prefix_start=prefix)
