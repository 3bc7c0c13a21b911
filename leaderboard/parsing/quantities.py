"""Step 2: every number of a text with its sign, scale, unit, range, bound words and printed precision.

The pass is digit first: one compiled pattern finds runs of digits, and what stands before and after is looked at from
there. Number words are looked for only where a rarer stem occurs. What is part of a name (CIFAR-10, GPT-4, top-1), a
citation, a list mark, an image size or a setting (5-shot, 4-bit) is dropped here with the reason; the rest are candidates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from leaderboard.models import Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    `start` and `end` span the expression as a claim prints it; `value` and `high` have the scale word applied; `unit` is
    "percent", "points", "x", a unit of measure, the unit that the counted noun stands for, or "none"; `noun` is the counted
    noun as printed, lower case ("" if none); `noun_end` ends it. `form` is "digits", "word" or "range". `sign` and `scale` are as printed,
    `word` is the word inside the expression ("BLEU" in "0.6 BLEU points").
    """

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    half_width: float | None
    form: str
    sign: str = ""
    scale: str = ""
    noun: str = ""
    noun_end: int = 0
    bound: Bound = "exact"
    prefix_start: int = 0
    word: str = ""


SCALES = {
    "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "b": 1e9, "T": 1e12, "G": 1e9, "thousand": 1e3, "million": 1e6, "mn": 1e6,
    "billion": 1e9, "bn": 1e9, "trillion": 1e12, "hundred": 1e2,
}  # fmt: skip
"""Scale words and letters; single letters count only directly behind the digits."""

MEASURES = {
    "fps": ("fps", 1.0), "frames per second": ("fps", 1.0), "frames/second": ("fps", 1.0), "frames/s": ("fps", 1.0), "hz": ("fps", 1.0),
    "khz": ("hertz", 1e3), "mhz": ("hertz", 1e6), "ghz": ("hertz", 1e9),
    "ms": ("milliseconds", 1.0), "milliseconds": ("milliseconds", 1.0), "millisecond": ("milliseconds", 1.0), "msec": ("milliseconds", 1.0),
    "s": ("seconds", 1.0), "sec": ("seconds", 1.0), "secs": ("seconds", 1.0), "seconds": ("seconds", 1.0), "second": ("seconds", 1.0),
    "min": ("minutes", 1.0), "mins": ("minutes", 1.0), "minutes": ("minutes", 1.0), "minute": ("minutes", 1.0),
    "h": ("hours", 1.0), "hrs": ("hours", 1.0), "hours": ("hours", 1.0), "hour": ("hours", 1.0), "days": ("days", 1.0), "day": ("days", 1.0),
    "weeks": ("weeks", 1.0), "week": ("weeks", 1.0), "months": ("months", 1.0), "years": ("years", 1.0),
    "gpu hours": ("gpu-hours", 1.0), "gpu-hours": ("gpu-hours", 1.0), "gpu hour": ("gpu-hours", 1.0), "gpu-hour": ("gpu-hours", 1.0),
    "gpu days": ("gpu-days", 1.0), "gpu-days": ("gpu-days", 1.0), "gpu day": ("gpu-days", 1.0), "gpu-day": ("gpu-days", 1.0),
    "a100 hours": ("gpu-hours", 1.0), "h100 hours": ("gpu-hours", 1.0),
    "b": ("bytes", 1.0), "kb": ("bytes", 1e3), "mb": ("bytes", 1e6), "gb": ("bytes", 1e9), "tb": ("bytes", 1e12), "kib": ("bytes", 1024.0),
    "mib": ("bytes", 2.0**20), "gib": ("bytes", 2.0**30), "bytes": ("bytes", 1.0), "gigabytes": ("bytes", 1e9), "megabytes": ("bytes", 1e6),
    "flops": ("flops", 1.0), "mflops": ("flops", 1e6), "gflops": ("flops", 1e9), "tflops": ("flops", 1e12), "pflops": ("flops", 1e15),
    "gflop": ("flops", 1e9), "mflop": ("flops", 1e6), "petaflops": ("flops", 1e15), "g flops": ("flops", 1e9), "m flops": ("flops", 1e6), "b flops": ("flops", 1e9),
    "macs": ("MACs", 1.0), "gmacs": ("MACs", 1e9), "mmacs": ("MACs", 1e6),
    "db": ("dB", 1.0), "decibels": ("dB", 1.0), "mm": ("mm", 1.0), "millimeters": ("mm", 1.0), "millimetres": ("mm", 1.0),
    "cm": ("cm", 1.0), "centimeters": ("cm", 1.0), "m": ("meters", 1.0), "meters": ("meters", 1.0), "metres": ("meters", 1.0), "meter": ("meters", 1.0),
    "km": ("km", 1.0), "kilometers": ("km", 1.0), "µm": ("µm", 1.0), "μm": ("µm", 1.0), "m/s": ("m/s", 1.0), "km/h": ("km/h", 1.0), "°": ("degrees", 1.0), "degrees": ("degrees", 1.0), "degree": ("degrees", 1.0), "deg": ("degrees", 1.0),
    "bits/dim": ("bits/dim", 1.0), "bits per dimension": ("bits/dim", 1.0), "bits per dim": ("bits/dim", 1.0), "bpd": ("bits/dim", 1.0),
    "bpc": ("bits/char", 1.0), "bits per character": ("bits/char", 1.0), "bits/char": ("bits/char", 1.0), "bpp": ("bits/pixel", 1.0),
    "bits per byte": ("bits/byte", 1.0), "dollars": ("dollars", 1.0), "usd": ("dollars", 1.0), "w": ("watts", 1.0), "mw": ("milliwatts", 1.0),
    "watts": ("watts", 1.0), "kwh": ("kWh", 1.0), "mj": ("millijoules", 1.0), "joules": ("joules", 1.0), "kg": ("kg", 1.0), "n": ("N", 1.0),
    "kbps": ("kbps", 1.0), "mbps": ("Mbps", 1.0), "epochs": ("epochs", 1.0), "epoch": ("epochs", 1.0), "tokens/s": ("tokens/second", 1.0), "tokens/second": ("tokens/second", 1.0), "tokens per second": ("tokens/second", 1.0),
    "images/s": ("images/second", 1.0), "samples/s": ("samples/second", 1.0),
}  # fmt: skip
"""Units of measure as printed (lower case) -> unit and factor."""
_TIGHT_MEASURES = frozenset("s h b m w n".split())
"""Single letters that are a unit only directly behind the digits, and "m" and "b" only where no scale is meant."""

EXAMPLE_NOUNS = frozenset(
    """samples examples pairs images problems papers instances documents questions sentences triples prompts videos items utterances records
    tasks instructions conversations dialogues demonstrations trajectories episodes clips frames annotations queries articles
    images photos pictures scenes objects subjects patients participants recordings sequences captions labels cases clusters molecules
    structures proteins compounds graphs nodes edges reviews tweets posts comments messages pages books files programs repositories
    issues commits functions points clouds scans volumes slices slides masks boxes faces identities classes categories entities
    relations facts claims statements passages paragraphs stories turns interactions ratings users students exams games matches maps
    trees shapes models meshes poses tables charts figures diagrams webpages websites segments events observations measurements
    simulations environments rooms houses variants templates puzzles theorems proofs lemmas rows entries judgments preferences
    comparisons responses answers solutions completions generations outputs demos data audio-visual tracks songs speakers phrases
    traces rollouts transitions signals spectra sounds notes chapters snippets contracts tests test-cases sets studies topics
    captions dialogs tuples mentions corpora perturbations mechanisms identities interviews environments images. QAs logs jobs
    individuals people humans characters scenarios configurations datapoints benchmarks trials""".split()
)  # fmt: skip
"""Nouns that count the items of a data set: their unit is "examples"."""
NOUN_UNITS = {
    "parameters": "parameters", "parameter": "parameters", "params": "parameters", "param": "parameters", "weights": "parameters",
    "tokens": "tokens", "token": "tokens", "words": "words", "word": "words", "points": "points", "point": "points",
}  # fmt: skip
"""Nouns with a unit of their own."""

_MODEL_NOUNS = frozenset("model models llm llms lm lms vlm vlms mllm mllms network networks transformer transformers checkpoint checkpoints size sizes scale scales variant variants version versions backbone base instruct sized activated active total".split())
"""Nouns behind which millions and billions are parameters."""
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_UNIT_AFTER = re.compile(
    r"""
    (?P<percent>\s?\s?%(?:-?age)?|[\s-](?:percent(?!age)|per\ cent)\b)(?:[\s-]*(?P<pp>points?\b|pts?\b|p\b(?!\s*[<=])))?
  | (?P<points>[\s-]?\s?(?:percentage[\s-]points?|percent[\s-]points?|pp\b|p\.p\.|ppts?\b|pts?\b|absolute[\s-]points?|points?\b(?!\s+clouds?)))
  | (?P<named>\s(?:absolute\s|relative\s)?(?:[A-Za-z]*[A-Z][A-Za-z0-9-]*\s|absolute\s|relative\s)points?\b(?!\s+clouds?))
  | (?P<times>\s*(?:x(?![A-Za-z0-9]|\s*[0-9])|times\b|-?\s?folds?\b|-?\s?fold\b|X(?![A-Za-z0-9]|\s*[0-9])))
    """,
    re.VERBOSE,
)
_SCALE_AFTER = re.compile(r"(?:(?P<tight>[KkMBbTG])(?![A-Za-z0-9°/])(?!-bit)|[\s-]?(?P<word>thousand|million|billion|trillion|hundred|bn|mn)s?\b)(?P<plus>\+?)")
_MEASURE_AFTER = re.compile(
    r"(?P<gap>[\s-]?\s?)(?P<measure>" + "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True)) + r")(?![A-Za-z0-9/²^])", re.IGNORECASE
)
_SPREAD = re.compile(r"\s*\(?\s*(?:±|\+/-|\+-)\s*[0-9.]+\)?(?![0-9.])")
"""A stated spread: part of the number before it, never a number of its own."""
_WORD = re.compile(r"\s?(?P<word>[A-Za-z][A-Za-z0-9'/+-]*)")
_NOUN_STOP = frozenset(
    """of in on at to for with from by and or as than that which while when where whose is are was were be been has have had per
    across over under using via into between among against compared the a an its our their this these those we it respectively
    both without within after before during through due since if but versus vs relative absolute more less fewer higher lower faster
    slower better worse smaller larger cheaper improvement improvements increase increases reduction gain gains accuracy achieving
    outperforming covering spanning including consisting containing sampled drawn collected annotated paired labeled-with""".split()
)
"""Words at which a noun phrase behind a number ends."""
_RANGE_JOIN = re.compile(r"\s?(?:-|--|---|~|-\s?\$|\s~\s|\s-\s|\s--\s)\s?$|\s?(?:-|--|~)\s?\+?$")
_TO_JOIN = re.compile(r"\s+to\s*\+?$")
_AND_JOIN = re.compile(r"\s+and\s+$")
_BETWEEN = re.compile(r"\b(?:between|range of|ranging between)\s+(?:roughly |about |approximately )?[+$~]?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:an? |only |just |about |approximately |roughly |around |nearly |over |[a-z]+ of )?[+$~(]*\s?$", re.IGNORECASE)
_MOVES = re.compile(r"\b(?:improv\w+|increas\w+|rais\w+|boost\w+|reduc\w+|decreas\w+|drop\w*|fall\w*|fell|lower\w*|cut\w*|rise\w*|rose|grow\w*|shrink\w*|chang\w+|gain\w*|mov\w+|go(?:es|ing)?|lift\w*|elevat\w+|bring\w*|jump\w*|declin\w+|compress\w*|climb\w*|push\w*|advanc\w+|surg\w+|down|up)\b", re.IGNORECASE)

_UP_TO = re.compile(r"(?:\bup to|\bup-to|\bat most|\bas (?:much|many|high|large|long|low|far|few|little) as|\bwithin|\bless than|\bfewer than|\blower than|\bunder|\bbelow|\bmaximum of|\bmaximally|\bno more than|\bnot more than|\bsmaller than|\bupto|≤|<)\s*(?:an? |the |just |only |about |around |~|roughly |approximately |\(|[+\-]|average |absolute |additional )*\s*$", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:\bover|\bmore than|\bat least|\babove|\bgreater than|\bexceed(?:s|ing)?|\bin excess of|\bbeyond|\bno less than|\bhigher than|\bsurpass(?:es|ing)|≥|>|\bupwards? of|\bbetter than|\blarger than|\bat minimum|\bminimum of)\s*(?:an? |the |just |only |about |~|[+\-])*\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:\babout|\bapproximately|\baround|\broughly|\bnearly|\balmost|\bapprox\.?|\bclose to|\bsome|\bcirca|\bnear|~)\s*(?:an? |the |just |only |[+\-])*\s*$", re.IGNORECASE)
_AVERAGE = re.compile(r"(?:\bon average|\ban average of|\baverage of|\bon average,|\bby an average|\bmean of|\bby average|\baveraging|\bmean|\ban average|\baverages|\baverage)\s*(?:of |by |an? |the |just |only |about |around |~|over |absolute |relative |improvement |gain |\()*\s*$", re.IGNORECASE)
_AVERAGE_AFTER = re.compile(r"^\s*(?:on average|in average|average|averaged|on\s+avg|\(?on average|mean)\b", re.IGNORECASE)

_LIST_MARK = re.compile(r"[(\[]?\s*[0-9]{1,2}\s*[)\]]")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]$")
_HYPHEN_SETTING = re.compile(
    r"-\s?(?:shot|bit|way|layer|step|class|stage|hop|gram|head|dimensional|dim|page|point|channel|level|turn|category|round|player|view|D\b|d\b|seed|task|modal|year|day|minute|second|hour|degree|inch|pixel|core|node|"
    r"digit|letter|word|token|frame|fps|term|stream|branch|phase|order|part|tier|dof|DoF|DOF|ary|norm|NN|nn|nearest|best|fold cross|fold CV|agent|camera|beam|joint|armed|language|domain|speaker|sentence|document|example|sided|th\b|nd\b|rd\b|axis|tuple|bits|dimension|shots|keypoint|[A-Z])\w*"
)
_SPACE_SETTING = re.compile(r"\s(?:shot|shots|bits?)\b")
_CITES = re.compile(r"\[[0-9,;\s-]+\]$")
_LABELS = frozenset("section sec figure fig table tab equation eq chapter appendix theorem lemma step level phase version part track task stage algorithm day grade layer subtask round type category tier protocol setting problem system experiment".split())
"""Words that make the number after them a label ("Section 3", "Task 2")."""
_LEFT_WORD = re.compile(r"([A-Za-z][A-Za-z'.-]*)[\s~]*$")

NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "a": 1, "an": 1, "single": 1, "several": 3,
}  # fmt: skip
"""Number words that combine with a multiple, a scale or a unit."""
_NW = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_STEM = re.compile(r"fold|times|illion|hal[fv]|doubl|tripl|twice|quadrupl|thrice|magnitude|third|quarter|thousand|points|percent|minute|single|hundred|one[ -]|day|hour|second", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    rf"""
    \b(?:
      (?P<orders>(?:(?P<ordern>an?|one|two|three|four|five|several)\s+)?orders?[\s-]of[\s-]magnitude)
    | (?P<multiple>(?P<multn>{_NW})(?:\s+times\b|[\s-]?folds?\b))
    | (?P<scaled>(?P<scalen>{_NW})\s+(?P<scale>hundred|thousand|million|billion|trillion))\b
    | (?P<measured>(?P<measn>one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|single)\s+(?P<meas>minutes?|hours?|days?|seconds?|percent|percentage\ points?|points?))\b
    | (?P<double>(?:more\ than\ )?doubl(?:es|ed|ing|e)|doubling)\b
    | (?P<triple>tripl(?:es|ed|ing|e))\b
    | (?P<quadruple>quadrupl(?:es|ed|ing|e))\b
    | (?P<halve>halv(?:es|ed|ing|e))\b
    | (?P<twice>twice|thrice)\b
    | (?P<half>half)\b
    | (?P<third>(?:one|a|two)[\s-](?:thirds?|quarters?|fifth|tenth|sixth|eighth|hundredth)|quarter)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRACTIONS = {"third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1, "sixth": 1 / 6, "eighth": 0.125, "hundredth": 0.01}


def quantities(text: str, names: list[tuple[int, int]]) -> list[Quantity]:
    """Return the numbers of clean `text` that may be claims, in order, ranges merged.

    `names` are the spans of benchmark, metric and system names, sorted: digits inside them belong to the name.
    """
    found: list[Quantity] = []
    position, following = 0, iter([*names, (len(text) + 1, len(text) + 1)])
    name = next(following)
    for match in _DIGITS.finditer(text):
        start = match.start()
        if start < position:
            continue
        while name[1] <= start:
            name = next(following)
        if name[0] <= start:
            position = name[1]
            continue
        joined = bool(found) and found[-1].end > start - 4 and text[found[-1].end:start].strip("- ") == ""
        quantity = _number(text, start, match.group(), joined=joined)
        if quantity is not None:
            position = quantity.end
            found.append(quantity)
    if _STEM.search(text):
        found = _with_words(text, found, names)
    return [_bounded(text, q) for q in _share_units(text, _ranges(text, found))]


def _number(text: str, start: int, digits: str, *, joined: bool) -> Quantity | None:
    """The quantity whose digits start at `start`, or None where they are part of something else.

    `joined` says that only a dash stands between the number before and this one ("1.2x-2.1x").
    """
    before = text[start - 1] if start else " "
    earlier = text[start - 2] if start > 1 else " "
    if joined or text[max(0, start - 3):start] == " to":
        before, earlier = before if before == "-" else " ", " "
    if before.isalpha() or before in "_@^#" or (before == "." and (earlier.isalnum())):
        return None
    if before in "-/'" and (earlier.isalpha() or earlier in ")]"):
        return None
    if before == "-" and earlier == "-" and start > 2 and text[start - 3].isalpha():
        return None
    begin, sign = start, ""
    digits = digits.rstrip(",")
    if "," in digits:
        whole, _, fraction = digits.partition(".")
        groups = whole.split(",")
        if not all(len(g) == 3 for g in groups[1:]) or len(groups[0]) > 3:
            digits = groups[0]
    end = start + len(digits)
    grouped = re.match(r",\s([0-9]{3})(?![0-9.%,])\s[a-z]", text[end:end + 8]) if len(digits) <= 3 and "." not in digits else None
    if grouped and not re.search(r"[0-9%],?\s$", text[max(0, start - 3):start]):
        end += grouped.end(1)
        digits += grouped[1]
    if before == "." and not earlier.isalnum():
        begin, digits = start - 1, "0." + digits
        before = earlier
        earlier = text[begin - 2] if begin > 1 else " "
    if before in "+-" and not joined and not earlier.isalnum() and earlier not in "%)":
        sign = before
        begin -= 1
    after = text[end:end + 1]
    if after.isalpha() or after == "-":
        rest = text[end:end + 24]
        if _HYPHEN_SETTING.match(rest) and not re.match(r"-\s?(?:point|hour|minute|second|day|parameter|token|example|sample|page|times)", rest):
            return None
    if after == "^" or (after in "@_#" and after):
        return None
    return _with_unit(text, begin, end, digits, sign)


def _with_unit(text: str, begin: int, end: int, digits: str, sign: str) -> Quantity | None:
    """Read scale and unit behind the digits."""
    bare = digits.replace(",", "")
    value = float(bare)
    decimals = len(bare.partition(".")[2])
    step = 10.0**-decimals
    scale, unit, form, noun, noun_end, word = "", "none", "digits", "", 0, ""
    stop = end
    if text[stop:stop + 1] == "+":
        stop += 1
    if spread := _SPREAD.match(text, stop):
        stop = spread.end()
    if match := _UNIT_AFTER.match(text, stop):
        if match["percent"]:
            unit = "points" if match["pp"] else "percent"
        elif match["times"]:
            unit = "x"
            if match["times"].strip().lower() == "times" and re.match(r"\s+(?:per|a)\s+(?:day|second|year|minute)", text[match.end():match.end() + 14]):
                unit = "none"
        else:
            unit = "points"
            word = next((w for w in (match["named"] or "").split() if w[:1].isupper() or w[1:2].isupper()), "")
        stop = match.end()
    else:
        if (match := _SCALE_AFTER.match(text, stop)) and not (match["tight"] == "G" and False):
            scale = match["tight"] or match["word"]
            value, step = value * SCALES[scale], step * SCALES[scale]
            stop = match.end()
            if times := re.match(r"\s*(?:x(?![A-Za-z0-9])|times\b)", text[stop:stop + 7]):
                unit, stop = "x", stop + times.end()
        if unit == "none" and (match := _MEASURE_AFTER.match(text, stop)) and not (scale and match["measure"].lower() not in {"hours", "flops", "macs", "bytes", "days", "seconds", "minutes"}):
            measure, gap = match["measure"], match["gap"]
            low = measure.lower()
            tight = low in _TIGHT_MEASURES
            if not (tight and (gap and low not in {"n", "s", "m"} or measure in {"M", "B", "H"})) and not (low == "min" and gap == "-") and not (gap == "-" and low in {"s", "m", "n", "w", "h", "b", "day", "days", "year", "years", "week", "second", "seconds", "minute"}):
                unit, factor = MEASURES[low]
                value, step = value * factor, step * factor
                stop = match.end()
    if unit == "none":
        after = text[stop:stop + 1]
        if after.isalpha():
            return None  # 3D, 1st, 8x7B, 4bit: part of a name
        noun, noun_end, unit = _noun(text, stop, unit, scale)
    if scale in {"B", "M", "b"} and unit in {"none", "examples"}:
        named = re.match(r"\s[A-Z]", text[stop:stop + 2]) is not None
        counted = unit == "examples" or noun.rsplit(" ", 1)[-1] in {"data", "example", "sample", "image", "events"}
        if not noun or noun.rsplit(" ", 1)[-1] in _MODEL_NOUNS or noun.split(" ", 1)[0] in _MODEL_NOUNS or (named and not counted):
            unit = "parameters"
    if unit == "none" and not scale and after_dimension(text, begin, stop):
        return None
    if text[begin - 1:begin] == "$" and unit == "none":
        begin, unit = begin - 1, "dollars"
    return Quantity(begin, stop, value, None, unit, step / 2, form, sign, scale, noun, noun_end, word=word)


def after_dimension(text: str, begin: int, end: int) -> bool:
    """Whether the digits are one side of a size such as "256 x 256", an exponent, a list mark, a citation, a year or a label."""
    right, left = text[end:end + 10], text[max(0, begin - 24):begin]
    if re.match(r"\s?[x*^]\s?[0-9]", right) or re.search(r"[0-9]\s?[x*^]\s?$", left):
        return True
    digits = text[begin:end]
    if left.rstrip().endswith(("(", "[")) or left == "" or left.endswith((" ", ",", ";")):
        mark = _LIST_MARK.match(text, begin)
        if mark and len(digits) <= 2 and digits.isdigit() and right[:1] in ")]" and re.search(r"(?:^|[\s(\[,:;.])$", left) and not re.search(r"\(\s?[^()]{3,}$", left):
            return True
    if _YEAR.match(digits) and not re.match(r"\s+[a-z-]*\s?(?:images|samples|examples|instances|questions|problems|pairs|tokens|videos|prompts|tasks)", text[end:end + 30]):
        return True
    if digits.isdigit() and (word := _LEFT_WORD.search(left)) and word[1].lower().strip(".") in _LABELS and len(digits) <= 2:
        return True
    opening = text.rfind("[", max(0, begin - 30), begin)
    if opening >= 0 and digits.isdigit() and len(digits) <= 3:
        closing = text.find("]", end, end + 30)
        if closing >= 0 and _CITES.match(text[opening:closing + 1]):
            return True
    return bool(re.match(r"/[0-9]{1,3}(?![0-9.%])", right) and digits.isdigit()) or bool(re.search(r"(?<![0-9.])[0-9]{1,3}/$", left) and digits.isdigit())


def _noun(text: str, stop: int, unit: str, scale: str) -> tuple[str, int, str]:
    """The counted noun behind a number: its words, its end and the unit that it stands for."""
    position, words = stop, []
    if text[stop:stop + 1] == "-" and text[stop + 1:stop + 2].isalpha():
        position += 1
    for _ in range(6):
        match = _WORD.match(text, position)
        if match is None:
            break
        word = match["word"].lower()
        if word in _NOUN_STOP or (word.endswith("ed") and words and word[:-2] in _NOUN_STOP):
            break
        words.append(word)
        position = match.end()
        last = word.rsplit("-", 1)[-1].rstrip("'")
        if last in NOUN_UNITS:
            return " ".join(words), position, NOUN_UNITS[last]
        if last in EXAMPLE_NOUNS or (last.endswith("s") and not last.endswith("ss") and len(last) > 3 and not last.endswith("ous")):
            follower = _WORD.match(text, position)
            if follower and follower["word"].lower() in EXAMPLE_NOUNS and last not in {"data"}:
                continue
            return " ".join(words), position, "examples" if last in EXAMPLE_NOUNS else "none"
    return " ".join(words[:3]), position if words else 0, unit


def _with_words(text: str, found: list[Quantity], names: list[tuple[int, int]]) -> list[Quantity]:
    """Add numbers in words ("three times", "half", "ten million") to those in digits."""
    result = list(found)
    taken = sorted([(q.start, q.end) for q in found] + names)
    starts = [s for s, _ in taken]
    for match in _NUMBER_WORD.finditer(text):
        start, end = match.span()
        near = bisect_left(starts, end)
        if any(start < e for _, e in taken[max(0, near - 3):near]):
            continue
        value, unit, noun, noun_end = 1.0, "x", "", 0
        if match["orders"]:
            if not match["ordern"] and match[0].lower().startswith("orders"):
                continue
            value = 10.0 ** NUMBER_WORDS.get((match["ordern"] or "one").lower(), 1)
        elif match["multiple"]:
            value = float(NUMBER_WORDS[match["multn"].lower()])
            if value == 1 and "fold" not in match[0]:
                continue
        elif match["scaled"]:
            value = NUMBER_WORDS[match["scalen"].lower()] * SCALES[match["scale"].lower()]
            noun, noun_end, unit = _noun(text, end, "none", "word")
        elif match["measured"]:
            value = float(NUMBER_WORDS[match["measn"].lower()])
            word = match["meas"].lower()
            unit = "percent" if word == "percent" else "points" if "point" in word else MEASURES[word][0]
        elif match["double"]:
            value = 2.0
            start = text.lower().index("doubl", start)
            if re.match(r"\s*-?(?:blind|descent|check|q|dqn|machine|precision|stranded|edged|layer|side)", text[end:end + 12], re.IGNORECASE):
                continue
        elif match["triple"]:
            value = 3.0
            if match[0].lower() in {"triples", "triple"}:
                continue
        elif match["quadruple"]:
            value = 4.0
        elif match["halve"]:
            value, unit = 50.0, "percent"
        elif match["twice"]:
            value = 3.0 if match[0].lower() == "thrice" else 2.0
        elif match["half"]:
            value, unit = (50.0, "percent") if text[max(0, start - 3):start].lower() == "by " else (0.5, "x")
            if text[start - 1:start] == "-" or text[end:end + 1] == "-":
                continue
        else:
            words = re.split(r"[\s-]", match[0].lower())
            part = words[-1].rstrip("s")
            value = _FRACTIONS.get(part, 0.5) * (2 if words[0] == "two" else 1)
        result.append(Quantity(start, end, value, None, unit, None, "word", noun=noun, noun_end=noun_end))
    return sorted(result, key=lambda q: q.start)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
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
    gap = text[a.end:b.start]
    if len(gap) > 12 or a.high is not None or b.form == "word" != (a.form == "word"):
        return None
    if a.unit not in {b.unit, "none"} and not (a.unit == "x" and b.unit == "x") and not (a.unit == "percent" and b.unit == "points") and not (a.unit == "parameters"):
        return None
    low, high = a.value, b.value
    if a.unit == "none" and not a.scale and b.scale:
        low *= SCALES[b.scale]
    if not low < high:
        return None
    left = text[max(0, a.start - 40):a.start]
    hyphen = bool(re.fullmatch(r"\s*(?:-{1,3}|~|-\s?~)\s*\+?\$?", gap)) or (gap == "" and b.sign == "-") or (gap == " " and b.sign == "-" and text[b.start + 1:b.start + 2] != " ") and a.unit == "none"
    if not hyphen:
        if gap.strip() == "to" or re.fullmatch(r"\s+to\s*", gap):
            if left.endswith("(") and not (b.scale or b.unit == "parameters") and re.match(r"\s*[).,;]", text[b.end:b.end + 2]):
                return None
            if _FROM.search(left) and a.unit not in {"parameters"} and not (b.unit in {"parameters"} or b.scale) :
                ranging = re.search(r"\b(?:rang\w+|vary\w*|varies|span\w*)\s+from\s+\S*$", left, re.IGNORECASE)
                spread = re.search(r"\b(?:scal\w+|gains?|improvements?|reductions?|speed-?ups?|of)\s+from\s+\S*$", left, re.IGNORECASE)
                if not ranging and not (b.unit == "x" and a.unit == "x") and (not spread or _MOVES.search(left[:spread.start()])):
                    return None
            elif _FROM.search(left) and _MOVES.search(text[max(0, a.start - 60):a.start]) and not re.search(r"scal\w+ from|rang", left):
                return None
        elif gap.strip() == "and" and _BETWEEN.search(left):
            pass
        else:
            return None
    if "." in gap:
        return None
    start = a.start
    end = b.end
    return replace(b, start=start, end=end, value=low, high=high, form="range", sign=a.sign, half_width=b.half_width)


_LIST_GAP = re.compile(r"\s*(?:\([^()]{0,12}\)\s*)?(?:,|/|,?\s*(?:and|or|vs\.?|&))\s*")


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the unit behind the last number of a list to the bare numbers before it ("124 and 78 FPS", "1.3, 1.5 and 0.6 points")."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        a, b = shared[i], shared[i + 1]
        if (a.unit == "none" and not a.scale or a.unit == "parameters" and a.scale and b.scale and b.unit == "examples") and not a.noun and b.unit not in {"none", "percent"} and _LIST_GAP.fullmatch(text, a.end, b.start):
            factor = SCALES[b.scale] if b.scale and not a.scale and a.value * 1000 < b.value else 1.0
            shared[i] = replace(a, unit=b.unit, value=a.value * factor, half_width=a.half_width and a.half_width * factor, noun=b.noun, noun_end=b.noun_end, word=b.word)
    for i in range(1, len(shared)):
        a, b = shared[i - 1], shared[i]
        if b.unit == "none" and not b.noun and not b.scale and b.sign and a.sign and a.unit == "points" and b.start - a.end < 60 and ". " not in text[a.end:b.start]:
            shared[i] = replace(b, unit="points")
        elif a.unit == "none" and b.unit == "points" and not a.noun and text[a.end:b.start] == " (":
            shared[i - 1] = replace(a, unit="points")
    return shared


def _bounded(text: str, q: Quantity) -> Quantity:
    """Add the bound words around the number."""
    left = text[max(0, q.start - 48):q.start]
    bound: Bound = "exact"
    end = len(left)
    if match := _UP_TO.search(left):
        bound, end = "up_to", match.start()
    elif match := _AT_LEAST.search(left):
        bound, end = "at_least", match.start()
    elif match := _AVERAGE.search(left):
        bound, end = "average", match.start()
    elif match := _ABOUT.search(left):
        bound, end = "about", match.start()
    elif _AVERAGE_AFTER.match(text[q.end:q.end + 24]):
        bound = "average"
    elif "+" in text[q.start + 1:q.end]:
        bound = "at_least"
    return replace(q, bound=bound, prefix_start=q.start - (len(left) - end))
