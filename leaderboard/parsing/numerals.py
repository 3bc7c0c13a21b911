"""Step 2, numbers in digits: a run of digits with its scale, unit and counted noun, or why it is no quantity."""

from __future__ import annotations

import re
from decimal import Decimal

from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.vocabulary import (
    EXAMPLE_NOUNS,
    LABELS,
    LOWER_MEASURES,
    MEASURES,
    MODEL_NOUNS,
    NOUN_STOP,
    NOUN_UNITS,
    SCALES,
    TIGHT_MEASURES,
)

DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

_UNIT_AFTER = re.compile(
    r"""
    (?P<percent>\s{0,4}%(?:-?age)?|[\s-](?:percent(?!age)|per\ cent)\b)
        (?:[\s-]*(?P<pp>points?\b|pts?\b|p\b(?!\s*[<=])))?
  | (?P<points>[\s-]?\s?(?:percentage[\s-]points?|percent[\s-]points?|pp\b|p\.p\.|ppts?\b|pts?\b
        |absolute[\s-]points?|points?\b(?!\s+clouds?)))
  | (?P<named>\s(?:absolute\s|relative\s)?(?:[A-Za-z]*[A-Z][A-Za-z0-9-]*\s|absolute\s|relative\s
        |(?:accuracy|precision|recall|score|quality|performance|success|perplexity|error|rate)\s)
        points?\b(?!\s+clouds?))
  | (?P<times>\s*(?:x(?![A-Za-z0-9]|\s*[0-9])|times\b|-?\s?folds?\b|-?\s?fold\b|X(?![A-Za-z0-9]|\s*[0-9])))
    """,
    re.VERBOSE,
)

_SCALE_AFTER = re.compile(
    r"(?:(?P<tight>[KkMBbTG]|m(?=[\s-]param))(?![A-Za-z0-9°/])(?!-bit)|\s(?P<apart>[MBT])(?=\s(?:param|token))"
    r"|[\s-]?(?P<word>[Tt]housand|[Mm]illion|[Bb]illion|[Tt]rillion|[Hh]undred|bn|mn)s?\b)(?P<plus>\+?)"
)

_MEASURE_AFTER = re.compile(
    r"(?P<gap>[\s-]?\s?|\s{0,3}\^?\s{0,6}(?=°))(?P<measure>"
    + "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
    + r")(?![A-Za-z0-9/²^])",
    re.IGNORECASE,
)

_SPREAD = re.compile(r"\s*\(?\s*(?:±|\+/-|\+-)\s*[0-9.]+\)?(?![0-9.])")
"""A stated spread: part of the number before it, never a number of its own."""

_WORD = re.compile(r"\s?(?P<word>[A-Za-z][A-Za-z0-9'/+-]*)")

_ORDERS = re.compile(r"[\s-]orders? of magnitude\b")
_MOST_ORDERS = 30

_DEGREES = re.compile(r"\^\s{0,6}°")

_LIST_MARK = re.compile(r"[(\[]?\s*[0-9]{1,2}\s*[)\]]")

_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]$")

_HYPHEN_SETTING = re.compile(
    r"-\s?(?:shot|bit|way|layer|step|class|stage|hop|gram|head|dimensional|dim|page|point"
    r"|channel|level|turn|category|round|player|view|D\b|d\b|seed|task|modal|year|day|minute"
    r"|second|hour|degree|inch|pixel|core|node|"
    r"digit|letter|word|token|frame|fps|term|stream|branch|phase|order|part|tier|dof|DoF|DOF"
    r"|ary|norm|NN|nn|nearest|best|fold cross|fold CV|agent|camera|beam|joint|armed|language"
    r"|domain|speaker|sentence|document|example|sided|th\b|nd\b|rd\b|axis|tuple|bits"
    r"|dimension|shots|keypoint|[A-Z])\w*"
)

_CITES = re.compile(r"\[[0-9,;\s-]+\]$")

_LEFT_WORD = re.compile(r"([A-Za-z][A-Za-z'.-]*)[\s~]*$")


_DATE = re.compile(r"(?:19|20)[0-9]{2}[-/](?:[0-9]{2}[-/])?$")

LONGEST = 18
"""More digits than that are an identifier or noise, and pass the precision of a float."""


_MULTIPLE_BEFORE = re.compile(r"\b(?:of|by|to|than|least|most|about|around|over|is|a|an|with|and)\s[(~<>]?$|[(~<>/]$")
"""What stands before an "x2" that is a multiple; anything else may be the name of a variable."""

_FRACTION = re.compile(
    r"([1-3])/([2-9]|1[0-9]|[1-9]0|100)(?:th|rd|nd)?(?=\s(?:of|the|as|fewer|less|its|[a-z-]*\s?(?:parameters?|params|flops"
    r"|time|times|size|cost|costs|memory|data|compute|computation|steps|tokens|samples|latency))\b)",
    re.IGNORECASE,
)
"""A simple fraction that is a share of something ("1/5 of its data"); other fractions are ratings, counts or names."""


def number(text: str, start: int, digits: str, *, joined: bool, listed: bool = False) -> Quantity | None:
    """The quantity whose digits start at `start`, or None where they are part of something else.

    `joined` says that only a dash stands between the number before and this one ("1.2x-2.1x"), `listed` that only a
    slash does ("4.5x/2.7x").
    """
    before = text[start - 1] if start else " "
    earlier = text[start - 2] if start > 1 else " "
    if before in "xX" and not (earlier.isalnum() or earlier in "_-"):
        return _multiple(text, start, digits)
    if text[start + 1 : start + 2] == "/" and (share := _FRACTION.match(text, start)) and not before.isalnum():
        value = int(share[1]) / int(share[2])
        return (
            Quantity(start, share.end(), value, None, "x", None, "digits")
            if value < 1 and before not in "/-."
            else None
        )
    if listed or text[max(0, start - 4) : start] in {"v.s.", " vs."}:
        before = earlier = " "
    if joined or text[max(0, start - 3) : start] == " to":
        before, earlier = before if before == "-" else " ", " "
    if len(digits) > LONGEST or before == "±" or (before == " " and earlier == "±"):
        return None
    if before in "-/" and _DATE.search(text, max(0, start - 8), start):
        return None
    if before == " " and earlier in "_^":
        return None  # an index or exponent whose brace became a blank
    if before.isalpha() or before in "_@^#" or (before == "." and (earlier.isalnum())):
        return None
    if before in "-/'" and (earlier.isalpha() or earlier in ")]"):
        return None
    if before == "-" and earlier == "-" and start > 2 and text[start - 3].isalpha():
        return None
    begin, sign = start, ""
    digits = digits.rstrip(",")
    if "," in digits:
        whole, _, _ = digits.partition(".")
        groups = whole.split(",")
        if not all(len(g) == 3 for g in groups[1:]) or len(groups[0]) > 3:
            digits = groups[0]
    end = start + len(digits)
    grouped = (
        re.match(r",\s([0-9]{3})(?![0-9.%,])\s[a-z]", text[end : end + 8])
        if len(digits) <= 3 and "." not in digits
        else None
    )
    if grouped and not re.search(r"[0-9%],?\s$", text[max(0, start - 3) : start]):
        end += grouped.end(1)
        digits += grouped[1]
    if before == "." and not earlier.isalnum() and "." not in digits:
        begin, digits = start - 1, "0." + digits
        before = earlier
        earlier = text[begin - 2] if begin > 1 else " "
    if before in "+-" and not joined and not earlier.isalnum() and earlier not in "%)":
        sign = before
        begin -= 1
    after = text[end : end + 1]
    if after.isalpha() or after == "-":
        rest = text[end : end + 24]
        if _HYPHEN_SETTING.match(rest) and not re.match(
            r"-\s?(?:point|hour|minute|second|day|parameter|token|example|sample|page|times"
            r"|(?:task|problem|question|instance|image|document)\s(?:[a-z]+\s)?(?:subset|benchmark|suite|set|data))",
            rest,
        ):
            return None
    if (after == "^" and not _DEGREES.match(text, end)) or (
        after in "@_#" and after and not ("." in digits and text[end + 1 : end + 2].isalpha())
    ):
        return None
    return _with_unit(text, begin, end, digits, sign)


def _multiple(text: str, start: int, digits: str) -> Quantity | None:
    """The multiple whose sign stands before its digits ("x1.4"), or None where it may be a variable's name."""
    bare = digits.rstrip(",")
    end = start + len(bare)
    if "," in bare or text[end : end + 1].isalnum() or not _MULTIPLE_BEFORE.search(text, max(0, start - 12), start - 1):
        return None
    end += text[end : end + 1] == "+"
    step = 10.0 ** -len(bare.partition(".")[2])
    return Quantity(start - 1, end, float(bare), None, "x", step / 2, "digits") if float(bare) > 1 else None


def _with_unit(text: str, begin: int, end: int, digits: str, sign: str) -> Quantity | None:
    """Read scale and unit behind the digits."""
    bare = digits.replace(",", "")
    value = float(bare)
    step = 10.0 ** -len(bare.partition(".")[2])
    scale, unit, noun, noun_end, word = "", "none", "", 0, ""
    stop = end + (text[end : end + 1] == "+")
    if spread := _SPREAD.match(text, stop):
        stop = spread.end()
    if match := _UNIT_AFTER.match(text, stop):
        unit, word = _unit(text, match)
        stop = match.end()
    elif match := _ORDERS.match(text, stop):
        if value > _MOST_ORDERS:
            return None
        return Quantity(begin, match.end(), 10.0**value, None, "x", None, "digits", sign, word="orders")
    else:
        if match := _SCALE_AFTER.match(text, stop):
            if match["tight"] == "b" and _YEAR.match(bare):
                return None  # "(Doe et al., 2017b)"
            scale = match["tight"] or match["apart"] or match["word"].lower()
            value, step = _times(bare, SCALES[scale]), step * SCALES[scale]
            stop = match.end()
            if times := _TIMES.match(text, stop):
                unit, stop = "x", times.end()
        if unit == "none" and (measure := _measure(text, stop, scaled=bool(scale))):
            unit, factor, stop = measure
            value, step = round(value * factor, 9), step * factor
    if unit == "none" and not scale and _FACTOR_OF.search(text, max(0, begin - 40), begin):
        unit = "x"
    if unit == "none" and not scale and digits.isdigit() and _HALF_OF_FRACTION.search(text, max(0, begin - 5), begin):
        return None
    if unit == "none":
        if text[stop : stop + 1].isalpha():
            return None  # 3D, 1st, 8x7B, 4bit: part of a name
        noun, noun_end, unit = counted_noun(text, stop, unit)
    if unit in {"none", "examples"} and _of_a_model(text, stop, scale, noun, counted=unit == "examples"):
        unit = "parameters"
    if unit == "none" and not scale and after_dimension(text, begin, stop):
        return None
    if text[begin - 1 : begin] == "$" and unit == "none":
        begin, unit = begin - 1, "dollars"
    return Quantity(begin, stop, value, None, unit, step / 2, "digits", sign, scale, noun, noun_end, word=word)


_TIMES = re.compile(r"\s*(?:x(?![A-Za-z0-9])|times\b)")
_HALF_OF_FRACTION = re.compile(r"(?<![0-9.])[0-9]{1,3}/$")
_OFTEN = re.compile(r"\s+(?:per|a)\s+(?:day|second|year|minute)")
"""What makes "3 times" a count: "3 times per day"."""


def _unit(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The unit that `_UNIT_AFTER` found, and the metric in it ("2 BLEU points"), "" where there is none."""
    if match["percent"]:
        return ("points" if match["pp"] else "percent"), ""
    if match["times"]:
        counts = match["times"].strip().lower() == "times" and _OFTEN.match(text, match.end())
        return ("none" if counts else "x"), ""
    words = [w for w in (match["named"] or "").split()[:-1] if w not in {"absolute", "relative"}]
    return "points", words[-1] if words else ""


_SCALED_MEASURES = frozenset({"hours", "flops", "macs", "bytes", "days", "seconds", "minutes"})
"""Units of measure that may stand behind a scale: "3M hours"."""
_NEVER_HYPHENED = frozenset("s m n w h b day days year years week second seconds minute".split())
"""Units of measure that make a setting behind a hyphen: "a 10-minute task"."""


def _measure(text: str, stop: int, *, scaled: bool) -> tuple[str, float, int] | None:
    """The unit of measure at `stop`, the factor to it from the printed one, and where it ends; None where none is."""
    match = _MEASURE_AFTER.match(text, stop)
    if match is None:
        return None
    measure, gap = match["measure"], match["gap"]
    low = measure.lower()
    tight = low in TIGHT_MEASURES
    if (
        (scaled and low not in _SCALED_MEASURES)
        or (low in LOWER_MEASURES and measure.isupper())
        or (tight and ((gap and low not in {"n", "s", "m"}) or measure in {"M", "B", "H"}))
        or (gap == "-" and (low == "min" or low in _NEVER_HYPHENED))
    ):
        return None
    unit, factor = MEASURES[low]
    return unit, factor, match.end()


_NAME_AFTER = re.compile(r"\s[A-Z]")


def _of_a_model(text: str, stop: int, scale: str, noun: str, *, counted: bool) -> bool:
    """Whether a number with a scale counts the parameters of a model: "7B", "a 7 billion model", "13M Foo"."""
    first, last = noun.split(" ", 1)[0], noun.rsplit(" ", 1)[-1]
    if scale in {"billion", "trillion"}:
        return first in MODEL_NOUNS
    if scale not in {"B", "M", "b"}:
        return False
    items = counted or last in {"data", "example", "sample", "image", "events"}
    named = _NAME_AFTER.match(text, stop) is not None
    return not noun or last in MODEL_NOUNS or first in MODEL_NOUNS or (named and not items)


_FACTOR_OF = re.compile(r"\bfactors? of (?:about |around |nearly |over |up to |more than |roughly |~)?$")


def _times(digits: str, factor: float) -> float:
    """A printed number times its scale, without the dust of binary fractions."""
    return float(Decimal(digits) * int(factor))


def after_dimension(text: str, begin: int, end: int) -> bool:
    """Whether digits are a side of a size ("256 x 256"), an exponent, a list mark, a citation, a year or a label."""
    right, left = text[end : end + 14], text[max(0, begin - 24) : begin]
    if re.match(r"\s{0,8}[x*^]\s?[0-9]", right) or re.search(r"[0-9]\s{0,8}[x*^]\s?$", left):
        return True
    digits = text[begin:end]
    if left.rstrip().endswith(("(", "[")) or left == "" or left.endswith((" ", ",", ";")):
        mark = _LIST_MARK.match(text, begin)
        if (
            mark
            and len(digits) <= 2
            and digits.isdigit()
            and right[:1] in ")]"
            and re.search(r"(?:^|[\s(\[,:;.])$", left)
            and not re.search(r"\(\s?[^()]{3,}$", left)
        ):
            return True
    if _YEAR.match(digits) and not re.match(
        (
            r"\s+[a-z-]*\s?(?:images|samples|examples|instances|questions|problems|pairs|tokens"
            r"|videos|prompts|tasks)"
        ),
        text[end : end + 30],
    ):
        return True
    if (
        digits.isdigit()
        and (word := _LEFT_WORD.search(left))
        and word[1].lower().strip(".") in LABELS
        and len(digits) <= 2
    ):
        return True
    opening = text.rfind("[", max(0, begin - 30), begin)
    if opening >= 0 and digits.isdigit() and len(digits) <= 3:
        closing = text.find("]", end, end + 30)
        if closing >= 0 and _CITES.match(text[opening : closing + 1]):
            return True
    return bool(re.match(r"/[0-9]{1,3}(?![0-9.%])", right) and digits.isdigit()) or bool(
        re.search(r"(?<![0-9.])[0-9]{1,3}/$", left) and digits.isdigit()
    )


def counted_noun(text: str, stop: int, unit: str) -> tuple[str, int, str]:
    """The counted noun behind a number: its words, its end and the unit that it stands for."""
    position = stop
    words: list[str] = []
    if text[stop : stop + 1] == "-" and text[stop + 1 : stop + 2].isalpha():
        position += 1
    for _ in range(6):
        match = _WORD.match(text, position)
        if match is None:
            break
        word = match["word"].lower()
        if word in NOUN_STOP or (word.endswith("ed") and words and word[:-2] in NOUN_STOP):
            break
        words.append(word)
        position = match.end()
        last = word.rsplit("-", 1)[-1].rstrip("'")
        if last in NOUN_UNITS:
            return " ".join(words), position, NOUN_UNITS[last]
        if last in EXAMPLE_NOUNS or (
            last.endswith("s") and not last.endswith("ss") and len(last) > 3 and not last.endswith("ous")
        ):
            follower = _WORD.match(text, position)
            if follower and follower["word"].lower() in EXAMPLE_NOUNS and last != "data":
                continue
            return " ".join(words), position, "examples" if last in EXAMPLE_NOUNS else "none"
    return " ".join(words[:3]), position if words else 0, unit
