"""Step 1: plain text of the same length, and its sentences.

Clean-up never changes the length: LaTeX and Unicode remains are overwritten by their plain form and padded with
spaces, so an offset into the clean text is an offset into the original, and no map between the two can go wrong.
"""

from __future__ import annotations

import re

_SINGLE = {
    "−": "-",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "﹣": "-",
    "×": "x",
    "✕": "x",
    "✖": "x",
    "⨯": "x",
    "∼": "~",
    "˜": "~",
    "≈": "~",
    "≃": "~",
    "％": "%",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2006": " ",
    "\u200a": " ",
    "\u3000": " ",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "`": "'",
    "≥": "≥",
    "⩾": "≥",
    "≤": "≤",
    "⩽": "≤",
    "＋": "+",
    "，": ",",
    "（": "(",
    "）": ")",
    "\u200b": " ",
    "\ufeff": " ",
    "↑": " ",
    "↓": " ",
    "\x0c": " ",
    "\x0b": " ",
}
"""One character that stands for another; white space of every kind becomes a space."""
_TRANSLATE = str.maketrans(_SINGLE)

_COMMANDS = {
    "times": "x",
    "sim": "~",
    "approx": "~",
    "simeq": "~",
    "geq": "≥",
    "ge": "≥",
    "geqslant": "≥",
    "leq": "≤",
    "le": "≤",
    "leqslant": "≤",
    "textgreater": ">",
    "textless": "<",
    "gt": ">",
    "lt": "<",
    "pm": "±",
    "percent": "%",
    "to": "-",
    "rightarrow": "-",
    "textasciitilde": "~",
    "textendash": "-",
    "textemdash": "-",
    "text": "",
    "cdot": ".",
    "circ": "°",
    "deg": "°",
    "degree": "°",
}
"""LaTeX commands with a plain meaning; any other command becomes spaces."""

_LATEX = re.compile(
    r"""
      \\(?P<escaped>[%$&_\#{}])             # an escaped sign: its backslash becomes a space
    | \\(?P<command>[A-Za-z]+)\*?           # a command
    | \\[^A-Za-z0-9]                        # a spacing command such as \, or \:
    | (?<=\d)\{?,\}?(?=s\b)                 # the thin space of "8.377,s" whose backslash got lost
    """,
    re.VERBOSE,
)
_MATH = re.compile(r"\$\$?(?=[^$]{0,80}\$)(?P<body>[^$]*)\$\$?")
"""A pair of dollar signs that may enclose mathematics."""
_TIE = re.compile(r"(?<=[A-Za-z])~(?=[A-Za-z0-9])")
"""A blank at which LaTeX breaks no line ("Table~3"); between numbers the sign is a range."""
_WORDS = re.compile(r"(?<![\\A-Za-z])[a-z]{4,}")
"""A plain word: two dollar signs with one between them are prices."""
_HTML = re.compile(r"</?(?:sub|sup|i|b|em|strong|p|br|italic|bold|jats:[a-z]+)\s*/?>|&(?:amp|lt|gt|nbsp|quot);")
_ENTITY = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&nbsp;": " "}


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character pair that lost its other half: no text of any encoding."""


def clean(text: str) -> str:
    r"""Return `text` with LaTeX, HTML and Unicode remains in plain form, of exactly the same length.

    A command is replaced by its meaning at its *end*, so that it touches what follows ("\textgreater 13B") and a
    multiplication sign after a number is one blank away at most as far as the quantities are concerned.
    """
    if not text.isascii() or "\n" in text or "\t" in text or "\r" in text or "`" in text:
        text = text.translate(_TRANSLATE)
    if not text.isascii():
        text = _SURROGATE.sub(" ", text)
    if "\\" in text:
        text = _LATEX.sub(_plain, text)
    if "$" in text:
        text = _MATH.sub(_unwrap, text)
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "**" in text:
        text = text.replace("**", "  ")
    if "{" in text or "}" in text:
        text = text.replace("{", " ").replace("}", " ")
    if "<" in text or "&" in text:
        text = _HTML.sub(lambda m: _ENTITY.get(m[0], " ").ljust(len(m[0])), text)
    if "±" in text:
        text = _DOUBLED.sub(lambda m: "±".rjust(len(m[0])), text)
    return text


def lowered(text: str) -> str:
    """`text` in lower case, of exactly the same length (a few letters grow in lower case: they stay as they are)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_DOUBLED = re.compile(r"±\s*±")


def _plain(match: re.Match[str]) -> str:
    """The plain form of one LaTeX item, padded with spaces to its length."""
    if (sign := match["escaped"]) is not None:
        return " " + (sign if sign not in "{}" else " ")
    plain = _COMMANDS.get(match["command"] or "", "")
    return plain.rjust(len(match[0]))


def _unwrap(match: re.Match[str]) -> str:
    """Blank the dollar signs of mathematics; leave a pair of prices as it stands."""
    body, whole = match["body"], match[0]
    if _WORDS.search(body) and not body.startswith((" ", "\\")):
        return whole
    opening = len(whole) - len(whole.lstrip("$"))
    return " " * opening + body + " " * (len(whole) - opening - len(body))


_STOP = re.compile(
    r"[.!?](?:[.!?]*[)\]\"']*(?=\s|$)|(?<=[a-z)\]%]\.)(?=[A-Z][a-z])|(?<=[a-z0-9%].)(?=(?:We|Our|The|In|This)\s))"
)
"""A full stop where a sentence may end: before white space, or before a capital that lost its blank.

It begins with the stop itself, and what stands before it is looked at behind: so only stops are tried.
"""
_ABBREVIATIONS = frozenset(
    (
        "e.g i.e vs al etc cf fig figs eq eqs sec tab no resp approx ca viz w.r.t dr prof st jan "
        "feb mar apr jun jul aug sep sept oct nov dec"
    ).split()
)
"""What a full stop follows without ending a sentence, lower case, without its last stop."""
_LAST_WORD = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z.]+$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Split clean `text` into sentences and return their spans, in order; blanks around a sentence are left out.

    Abbreviations ("e.g.", "vs.", "et al.") and decimal points do not end a sentence, nor does a stop before a
    lower-case word.
    """
    spans, start, size = [], 0, len(text)
    for match in _STOP.finditer(text):
        stop = match.start()
        if text[stop] == ".":
            word = _LAST_WORD.search(text, max(start, stop - 12), stop)
            short = word is not None and (
                word[0].lower() in _ABBREVIATIONS or (len(word[0]) == 1 and word[0].isupper() and word[0] != "I")
            )
            if short and not (word and word[0].lower() in {"al", "etc"} and _starts_sentence(text, match.end())):
                continue
        following = match.end()
        while following < size and text[following] == " ":
            following += 1
        if following < size and text[following].islower() and text[stop] == ".":
            rest = text[following : following + 12]
            if not re.match(r"[a-z]+[A-Z0-9]", rest):
                continue
        if text[start : match.end()].strip():
            spans.append(_trim(text, start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append(_trim(text, start, size))
    if any(end - begin > LONGEST for begin, end in spans):
        spans = [piece for begin, end in spans for piece in _pieces(text, begin, end)]
    return spans


LONGEST = 1500
"""A sentence of more characters is no prose (a table, a list of references).

It is cut at blanks, so that work stays linear.
"""


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut an overlong sentence at the last blank before every `LONGEST` characters."""
    found = []
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        found.append((start, cut))
        start = cut
    found.append((start, end))
    return [piece for piece in (_trim(text, a, b) for a, b in found) if piece[0] < piece[1]]


def _starts_sentence(text: str, position: int) -> bool:
    """Whether a word that often opens a sentence follows."""
    return (
        re.match(
            r"\s+(?:We|Our|The|In|This|These|It|However|Experiments?|Results?|To|On|For)\b",
            text[position : position + 20],
        )
        is not None
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end
