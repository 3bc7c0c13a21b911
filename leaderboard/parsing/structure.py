"""Lists before links: the lists of numbers and names in a sentence, and which members of two answer to each other.

"81.8% (+5.9%) and 34.7% (+5.8%) on A and B" is a list of two numbers, each with a bracketed child, and a list of two
names. Lists of equal length are matched in order; bracketed children and the ends of from-A-to-B inherit from their
partner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.tokens import Token

_JOINS = frozenset({",", "and", "or", "/", "&", ";", "as", "well", "then", "while", "both"})
"""What may stand between two members of one list."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The lists of one sentence.

    `numbers` are the token indices of the numbers that count here, in order. `parent[i]` is the number token that
    number token `i` is bracketed behind. `partner[i]` is the number token `i` moved from ("from A to B": partner of B
    is A). `lists[tag]` are the runs of names of a tag (lists of token indices), `run[i]` the run of numbers that `i`
    belongs to with its place in it. `respectively` says that the sentence uses the word.
    """

    numbers: tuple[int, ...]
    parent: dict[int, int]
    partner: dict[int, int]
    runs: tuple[tuple[int, ...], ...]
    run: dict[int, tuple[int, int]]
    names: tuple[tuple[int, ...], ...]
    metrics: tuple[tuple[int, ...], ...]
    respectively: bool
    earlier: tuple[tuple[int, Mention], ...] = ()

    def place(self, i: int, *, moved: bool = True) -> tuple[int, int] | None:
        """The place of number token `i` in its list, from 0, and the length of that; None where it is in none.

        A bracketed number has the place of the one before the bracket; the start of a movement that of its end, unless
        `moved` is off.
        """
        number = self.parent.get(i, i)
        if moved and number not in self.run:
            number = next((end for end, start in self.partner.items() if start == number), number)
        if number not in self.run:
            return None
        r, k = self.run[number]
        return k, len(self.runs[r])


def frame(sentence: list[Token], numbers: list[int], earlier: tuple[tuple[int, Mention], ...] = ()) -> Frame:
    """Parse the lists of a sentence whose claimed numbers stand at the token indices `numbers` (sorted).

    `earlier` are the metrics named before the sentence, with the index of the sentence of each.
    """
    parent: dict[int, int] = {}
    partner: dict[int, int] = {}
    for before, here in pairwise(numbers):
        gap = [t.low for t in sentence[before + 1 : here]]
        if "(" in gap[:3] and ")" not in gap and len(gap) <= 5:
            parent[here] = parent.get(before, before) if before in parent and "(" not in gap else before
        elif before in parent and ")" not in gap and len(gap) <= 4 and "(" not in gap:
            parent[here] = parent[before]
        if (
            "to" in gap and len(gap) <= 9 and "from" in [t.low for t in sentence[max(0, before - 4) : before]]
        ) or gap in (["to"], ["-", ">"], ["→"]):
            partner[here] = before
    tops = [n for n in numbers if n not in parent]
    starts = set(partner.values())
    tops = [n for n in tops if n not in starts]
    runs = _runs(sentence, tops, {*numbers})
    run = {n: (r, k) for r, members in enumerate(runs) for k, n in enumerate(members)}
    names = _runs(sentence, [i for i, t in enumerate(sentence) if t.tag in "BN"], set())
    metrics = _runs(sentence, [i for i, t in enumerate(sentence) if t.tag == "M"], set())
    return Frame(
        tuple(numbers),
        parent,
        partner,
        runs,
        run,
        names,
        metrics,
        any(t.low == "respectively" for t in sentence),
        earlier,
    )


_BETWEEN_MEMBERS = frozenset({",", "/", "and", "&", "or"})


def list_ends(sentence: list[Token], i: int) -> tuple[int, int]:
    """The tokens before the first and behind the last member of the plain list of numbers that token `i` belongs to.

    What stands there is said of all of them ("by 5.1%, 6.2% and 18.3% smaller"); -1 and the length where nothing does.
    """
    first = last = i
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(sentence) and (sentence[j].tag == "Q" or sentence[j].low in _BETWEEN_MEMBERS):
            if sentence[j].tag == "Q":
                first, last = min(first, j), max(last, j)
            j += step
    return first - 1, last + 1


def _runs(sentence: list[Token], members: list[int], numbers: set[int]) -> tuple[tuple[int, ...], ...]:
    """Group token indices into lists: members joined by commas, "and" or slashes, with nothing but brackets between.

    `numbers` are all number tokens: those in brackets or before "to" do not break a list of numbers.
    """
    runs: list[list[int]] = []
    closed = False
    for i in members:
        between = {t.low for t in sentence[runs[-1][-1] + 1 : i]} if runs else set()
        ends = closed and not numbers and "," in between and not between & {"and", "or", "&", "both"}
        if runs and not ends and _joined(sentence, runs[-1][-1], i, numbers):
            runs[-1].append(i)
        else:
            runs.append([i])
        closed = len(runs[-1]) > 1 and "and" in between  # "in A and B, C wins": C is no third of the list
    return tuple(tuple(r) for r in runs)


def _joined(sentence: list[Token], a: int, b: int, numbers: set[int]) -> bool:
    """Whether only the joints of a list, brackets and short modifiers stand between tokens `a` and `b`."""
    if b - a > 14:
        return False
    depth, seen, words = 0, False, 0
    for k in range(a + 1, b):
        low = sentence[k].low
        if low in "([":
            depth += 1
        elif low in ")]":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif low in _JOINS:
            seen = True
        elif numbers and (low in {"from", "to", "up", "%"} or k in numbers):
            continue
        elif (
            not numbers
            and sentence[k].tag in "wd"
            and words < 2
            and low
            not in {"on", "in", "by", "with", "of", "for", "than", "over", "to", "from", "using", "is", "are", "we"}
        ):
            words += 1
        else:
            return False
    return seen


_FILLERS = frozenset(
    """the a an its our their average mean overall absolute relative total only just about around approximately roughly
    nearly almost up over more than least most much as at-least respectively respective new significant significantly
    substantial notable further additional also even final best top standard challenging popular both test score scores
    value performance results result""".split()
) | frozenset("()\"':=~%><≥≤")
"""Words that do not change how a name and a number are joined."""


def pattern(sentence: list[Token], i: int, j: int, classify: Callable[[str], str]) -> str:
    """How the number at token `i` and the name at token `j` are joined.

    The words between, fillers left out, in classes.

    The side comes first ("L": the name stands left). `classify` maps a word to its class or "". Long gaps keep their
    ends.
    """
    low, high = min(i, j), max(i, j)
    words = []
    for token in sentence[low + 1 : high]:
        word = token.low
        if word in _FILLERS:
            continue
        if token.tag == "w":
            words.append(
                {"compare": "CMP", "gain": "GAIN", "changing": "CHG", "reach": "RCH"}.get(
                    classify(word), word if word in _LINKS else "w"
                )
            )
        elif token.tag in "BNS":
            words.append("<X>")
        else:
            words.append(word)
    squeezed = [w for k, w in enumerate(words) if not (w == "w" and k and words[k - 1] == "w")]
    if len(squeezed) > 5:
        squeezed = [*squeezed[:2], "..", *squeezed[-2:]]
    return ("L " if j < i else "R ") + " ".join(squeezed)


_LINKS = frozenset(
    (
        "of in on at to for from with by and or than is are was were vs versus while whereas but "
        "which that , ; / respectively using under when per as against compared"
    ).split()
)
"""Function words that join a name and a number."""

_JOINTS = frozenset({",", "and", "or", "/", ";", "<Q>", "to", "from", "respectively", "(", ")"})
_TIGHT_LEFT = frozenset(
    {"of", "is", "are", "was", "at", "to", "from", "RCH", "CMP", "with", "in", "by", "vs", "than", "which", "that"}
)


def tightness(how: str) -> str:
    """How closely a name and a number are joined, from their `pattern`: one of some twenty classes, the side first."""
    side, _, rest = how.partition(" ")
    words = rest.split()
    plain = [w for w in words if w != "w"]
    crossed = "<Q>" in plain
    if not plain:
        return f"{side}0" if len(words) <= 1 else f"{side}w"
    if side == "R":
        if plain[0] in {"GAIN", "CMP"} and not crossed and "," not in plain:
            return f"R{plain[0]}{'+' if len(plain) > 1 else ''}"
        if not crossed and len(plain) == 1 and plain[0] not in {",", ";", "and"}:
            return (
                f"R{plain[0]}"
                if plain[0] in {"of", "in", "on", "for", "over", "with", "at", "than", "to", "from", "vs"}
                else "Rone"
            )
    else:
        if not crossed and all(w in _TIGHT_LEFT for w in plain):
            return "Lby" if plain[-1] == "by" else "Lfrom" if plain[-1] == "from" else "Ltight"
        if plain[-1] == "to" and crossed and "from" in plain and len(plain) <= 4:
            return "Lto"
    if all(w in _JOINTS for w in plain):
        return f"{side}list"
    comma = "," in plain or ";" in plain or ".." in plain
    return f"{side}{'far' if comma else 'near'}{'Q' if crossed else ''}"
