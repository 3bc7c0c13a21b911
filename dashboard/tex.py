r"""What a reader would see of TeX in a title or a quote: `$\mathbf{12}\%$` is 12%.

For what is shown in passing only. The abstract of a claim stands as it was fed, to the character, since marks and
places count its characters; and nothing that is handed out in a file is changed.

A pair of dollar signs is taken for mathematics where Pandoc takes it so: no space within it beside either, no digit
after the closing one. So "between $5 and $6" stays. A command that is not known stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

GREEK: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi "
    "omega"
).split()
"""Letters by the names that TeX gives them; with a capital they are capitals."""

SIGNS: Final = dict(
    word.split(":")
    for word in (
        "pm:± times:× sim:~ approx:≈ simeq:≃ cdot:· ast:* star:⋆ leq:≤ le:≤ geq:≥ ge:≥ ll:≪ gg:≫ neq:≠ infty:∞ ell:ℓ "
        "to:→ rightarrow:→ leftarrow:← mapsto:↦ uparrow:↑ downarrow:↓ circ:° deg:° textdegree:° textdollar:$ dagger:† "
        "natural:♮ sqrt:√ dots:… ldots:… log:log max:max min:min varepsilon:ε vartheta:ϑ varphi:φ"
    ).split()
)
"""Commands that stand for a sign or a word, without their backslash."""

_LETTERS: Final = {
    given: unicodedata.lookup(f"GREEK {size} LETTER {'LAMDA' if name == 'lambda' else name.upper()}")
    for name in GREEK
    for size, given in (("SMALL", name), ("CAPITAL", name.capitalize()))
}

_STYLES: Final = "emph boldsymbol pmb ensuremath operatorname mbox textnormal".split()
"""Commands of one argument that change only how it looks, besides those that begin with `text` and `math`."""

_RAISED: Final = dict(zip("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True))
_LOWERED: Final = dict(zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True))

_SEAM: Final = "\ue000"
"""Where a text was cut: a character for private use, which no paper needs."""

_STYLE: Final = rf"\\(?:text(?:bf|it|tt|rm|sf|sc)?|math(?:bf|it|tt|rm|sf|cal|bb|frak)|{'|'.join(_STYLES)})"
_STYLED: Final = re.compile(rf"{_STYLE}\s*\{{([^{{}}]*)\}}")
_SWITCH: Final = r"\\(?:rm|bf|it|em|tt|sf|cal)"
_GROUPED: Final = re.compile(rf"\{{{_SWITCH}\s+([^{{}}]*)\}}")
_BARE_STYLE: Final = re.compile(rf"(?:{_STYLE}|{_SWITCH})(?![a-z])\s?")
_DOCUMENT: Final = re.compile(r"\\documentclass.{0,600}?\\begin\{document\}(.{0,200}?)\\end\{document\}", re.DOTALL)
_MATHS: Final = re.compile(
    rf"""\$\$ ([^$]{{1,200}}) \$\$
    | \$ (\\[A-Za-z]+\ ? | [^$\s\w]{{1,3}}) \$  # a sign alone, whatever follows it
    | \\\( (.{{1,200}}?) \\\)
    | \$ (?![\s$]) ([^$]{{0,200}}? [^\s$\\{_SEAM}] {_SEAM}?) \$ (?!\d)""",
    re.VERBOSE,
)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_ESCAPE: Final = re.compile(r"\\+(?=[%$&#_{}])")
_SPACE: Final = re.compile(r"\\\\|\\[,;: ]")
_RAISE: Final = re.compile(r"\^(?:\{([0-9n+-]{1,6})\}|([0-9n]))")
_LOWER: Final = re.compile(r"_(?:\{([0-9+-]{1,6})\}|([0-9]))")


def readable(text: str) -> str:
    """`text` without the marks of TeX that no reader sees; never raises."""
    if "\\" not in text and "$" not in text:
        return text  # nearly all
    text = _DOCUMENT.sub(r"\1", text)
    for _ in range(3):  # a style within a style
        text = _STYLED.sub(r"\1", _GROUPED.sub(r"\1", text))
    text = _BARE_STYLE.sub("", text)
    text = _MATHS.sub(lambda found: _formula(next(group for group in found.groups() if group is not None)), text)
    text = _COMMAND.sub(_sign, text)
    return _SPACE.sub(" ", _ESCAPE.sub("", text))


def parts(texts: Sequence[str]) -> list[str]:
    """The pieces of one text as they are shown, as many as there are: a formula may begin in one and end in another."""
    whole = _SEAM.join(text.replace(_SEAM, " ") for text in texts)
    shown = readable(whole).split(_SEAM)
    return shown if len(shown) == len(texts) else list(texts)


def _formula(inside: str) -> str:
    """What stands between the dollar signs of a formula."""
    raised = _RAISE.sub(lambda m: "".join(map(_RAISED.__getitem__, m[1] or m[2])), inside)
    lowered = _LOWER.sub(lambda m: "".join(map(_LOWERED.__getitem__, m[1] or m[2])), raised)
    return re.sub(r"(?<!\\)[{}]", "", _COMMAND.sub(_sign, lowered)).strip(" ")


def _sign(found: re.Match[str]) -> str:
    """What a command stands for, itself where that is not known."""
    name = found[1]
    return SIGNS.get(name) or _LETTERS.get(name) or found[0]
