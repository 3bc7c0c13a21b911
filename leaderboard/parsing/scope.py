"""Step 5d: which of the conditions that a sentence states are a number's own.

A condition belongs to the number whose stretch of the sentence it stands in. Between two numbers the stretches meet at
the last comma or conjunction; numbers that stand in a plain list share theirs, unless as many conditions of one group
stand in a list, too: then each number has its own ("72% and 80% in the 1-shot and 5-shot settings, respectively"). A
list of conditions that answers to no list of numbers holds as a whole. What opens the sentence before its first number
holds for all its numbers, unless the sentence sets one system against another, and never for a number that states
another condition of the same group; so does what announces them ("with Best-of-N, namely"). The words that name the
metric and the benchmark of a number, and then the title of the paper, add what the sentence leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from leaderboard.conditions import Mention, mentions

SPECIAL = {"few-shot": re.compile(r"^[1-9]\d*-shot$"), "differential privacy": re.compile(r"^ε = ")}
"""General conditions and what makes them superfluous where it is stated as well."""

_CUT = re.compile(
    r"(?<!\band)(?<!\bbut)(?<!\bwhile)(?<!\bwhereas)[,;]|\b(?:and|or|while|whereas|but|versus|vs|compared|than|over|against|from|to|respectively)\b",
    re.IGNORECASE,
)
"""Where the stretch of one number ends and that of the next begins; the last one between them counts."""

_ASIDE = re.compile(r",?\s*\(?\bwhich\s+(?:[\w-]+\s+){1,4}$", re.IGNORECASE)
"""What stands before a number in an aside, which parts nothing from the number before it: ", which is 0.4% higher"."""

_FROM = re.compile(r"\bfrom\s+\$?$", re.IGNORECASE)
_TO = re.compile(r"[^,;:]{0,60}\bto\s+\$?", re.IGNORECASE)
"""What stands before the start of a movement, and between its ends."""

_TURN = re.compile(
    r"(?:;\s*|(?:and|but|while|whereas)\b,?\s+)(?:for|in|on|under|with|without|using|at|when)\b", re.IGNORECASE
)
"""What opens the clause of the next number: "and, in the 5-shot setting, "."""

_LIST = re.compile(r"[\s,;/&]*(?:and|or|to|/|vs\.?|versus|→|->|-(?=\s))?[\s,;]*", re.IGNORECASE)
"""What stands between two numbers of a plain list ("80.1% and 85.2%", "80.1% vs. 85.2%")."""

_WORDED_LIST = re.compile(
    r"(?:\s+[^\s,;/&()]+){0,3}\s*(?:[,;/&]|\b(?:and|or)\b)\s*(?:(?:and|or)\s+)?(?:[^\s,;/&()]+\s+){0,3}", re.IGNORECASE
)
"""What stands between two members of a list with words of their own ("5-way 1-shot and 5-way 5-shot")."""

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
"""What says that the members of two lists answer to each other."""

_BESIDE = re.compile(r"[\s(]*(?:(?!on\b)[^\s,;:()]+\s+){0,6}(?:on\s+(?:(?:both|the)\s+){0,2})?[\s(]*", re.IGNORECASE)
"""What stands between a list of numbers and one of conditions that answer to each other without a word that says so."""

_OPENING = re.compile(r"\s*(?:in|under|with|without|for|on|using|at|when|within|among|after)\b[^,]*,", re.IGNORECASE)
"""A phrase that opens a sentence and holds for all of it: "In the zero-shot setting, "."""

_ANNOUNCED = re.compile(r"[^,;:]*(?::|,\s*(?:namely\b|i\.e\.|e\.g\.))", re.IGNORECASE)
"""What announces the numbers behind it: "with Best-of-N, namely "."""

_GAIN = re.compile(r"\(\s*\$?[+\-\u2212\u2191\u2193\u00b1]\s*$")
"""What stands before a gain in brackets ("80.1% (+2.3%)")."""

_BRACKETS = re.compile(r"\s*\([^()]*\)")
"""What does not end a list."""

_SEVERAL = re.compile(r"[^,;]{0,40}\bon\b[^;]*\band\b", re.IGNORECASE)
"""Several benchmarks behind a list of numbers, to which it may answer as well."""

_CONTRAST = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|compared|versus|vs|than|while|whereas|against|from|over|baselines?"
    r"|without|both|respectively|only|but)\b",
    re.IGNORECASE,
)
"""Words of a sentence that sets numbers of different systems or conditions against each other."""


def stated(
    sentence: str,
    numbers: Sequence[tuple[int, int]],
    which: int,
    folder: Path | None = None,
    *,
    names: Iterable[str] = (),
    title: str = "",
) -> tuple[str, ...]:
    """The conditions of one number of a sentence, canonical and sorted.

    Args:
        sentence: the sentence.
        numbers: the spans of its numbers, in order.
        which: the place of the number in `numbers`.
        folder: the folder of the vocabulary, the project's own by default.
        names: what the number measures and on what, as printed; "zero-shot accuracy" states a condition wherever it is.
        title: the title of the paper, for the conditions that hold for all of it.
    """
    chosen: dict[Mention, int] = {}
    runs: list[tuple[Mention, ...]] = []
    found = mentions(sentence, folder)
    if found:
        chosen, runs = _in_sentence(sentence, numbers, numbers[which], found)
    for more in (*(mentions(name, folder) for name in names), mentions(title, folder, title=True)):
        here = {mention.group.id for mention in chosen}
        chosen |= {mention: 0 for mention in more if mention.group.id not in here}
    return _canonical(chosen, runs)


def _in_sentence(
    sentence: str, numbers: Sequence[tuple[int, int]], mine: tuple[int, int], found: Sequence[Mention]
) -> tuple[dict[Mention, int], list[tuple[Mention, ...]]]:
    """The conditions that a sentence states of a number, with their distance, and its lists of conditions."""
    spans = [span for span in numbers if span == mine or not any(m.start <= span[0] < m.end for m in found)]
    spans = [span for span in spans if span == mine or not _ASIDE.search(sentence[: span[0]])]
    place = spans.index(mine)
    runs = _runs(sentence, spans, found)
    turn = _in_turn(sentence, spans, mine, found, runs)
    answered = {m.group.id for m in turn}
    left, right = _stretch(sentence, spans, place)
    chosen = {m: _distance(m, mine) for m in found if left <= m.start and m.end <= right and not _holds(m, mine)}
    chosen = {m: far for m, far in chosen.items() if m.group.id not in answered} | dict.fromkeys(turn, 0)
    reach = _opening(sentence, spans)
    if not _CONTRAST.search(sentence):
        reach = spans[0][0]
    reaches = [(0, reach), *(m.span() for m in _ANNOUNCED.finditer(sentence) if m.end() <= mine[0])]
    here = {m.group.id for m in chosen}
    start = _moved_from(sentence, spans, place)
    if start is not None:
        reaches.append((_stretch(sentence, spans, place - 1)[0], start))
    for mention in found:
        held = any(start <= mention.start and mention.end <= end for start, end in reaches)
        if held and mention.group.id not in here and mention not in chosen:
            chosen[mention] = _distance(mention, mine)
    return chosen, runs


def _moved_from(sentence: str, spans: Sequence[tuple[int, int]], place: int) -> int | None:
    """Where the number before starts, if the two are the ends of one movement ("from 44% with one net to 71%")."""
    if not place:
        return None
    (start, end), mine = spans[place - 1], spans[place]
    moved = _FROM.search(sentence[:start]) and _TO.fullmatch(sentence[end : mine[0]])
    return start if moved else None


def _opening(sentence: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the phrase ends that opens a sentence, before its first number; 0 if there is none."""
    opening = _OPENING.match(sentence[: spans[0][0]])
    return opening.end() if opening else 0


def _members(
    sentence: str, spans: Sequence[tuple[int, int]], between: re.Pattern[str], barriers: Iterable[tuple[int, int]] = ()
) -> list[range]:
    """The places of the spans, list by list; no span of `barriers` stands inside a list."""
    walls = [start for start, _ in barriers]
    starts = [0] if spans else []
    for place in range(1, len(spans)):
        end, start = spans[place - 1][1], spans[place][0]
        if not between.fullmatch(_BRACKETS.sub("", sentence[end:start])) or any(end <= wall < start for wall in walls):
            starts.append(place)
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(spans)], strict=True)]


def place_in_list(sentence: str, numbers: Sequence[tuple[int, int]], mine: tuple[int, int]) -> tuple[int, int]:
    """The place of a number in the plain list that it stands in, and the length of that; (0, 1) for no list."""
    at = numbers.index(mine)
    members = next(members for members in _members(sentence, numbers, _LIST) if at in members)
    return at - members[0], len(members)


def _runs(sentence: str, spans: Sequence[tuple[int, int]], found: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """The lists of two or more different conditions of one group, with no number among them."""
    runs = []
    for group in dict.fromkeys(mention.group.id for mention in found):
        mine = [mention for mention in found if mention.group.id == group]
        for places in _members(sentence, [(m.start, m.end) for m in mine], _WORDED_LIST, spans):
            run = tuple(mine[place] for place in places)
            if len({mention.name for mention in run}) > 1:
                runs.append(run)
    return runs


def _in_turn(
    sentence: str,
    spans: Sequence[tuple[int, int]],
    mine: tuple[int, int],
    found: Sequence[Mention],
    runs: Sequence[tuple[Mention, ...]],
) -> tuple[Mention, ...]:
    """The conditions that a number has by its turn: it stands in a list, and they in lists as long as that.

    Where no "respectively" says that the lists answer to each other, they do if they stand side by side; a list of what
    is compared with such a list follows its order. A gain in brackets has the conditions of the number before it.
    """
    if not runs:
        return ()
    plain = [span for span in spans if not _GAIN.search(sentence[: span[0]])] or list(spans)
    place = max((at for at, span in enumerate(plain) if span <= mine), default=0)
    said = _RESPECTIVELY.search(sentence) is not None
    walls = [(mention.start, mention.end) for mention in found]
    lists = _members(sentence, plain, _LIST, walls)
    members = next(members for members in lists if place in members)
    if said and len(members) == 1:
        lists = _members(sentence, plain, _WORDED_LIST, walls)
        members = next(members for members in lists if place in members)
    nearest: dict[str, tuple[int, Mention]] = {}
    for run in runs:
        if len(run) != len(members):
            continue
        alike = [(plain[one[0]][0], plain[one[-1]][1]) for one in lists if len(one) == len(run)]
        if not said and not any(_beside(sentence, run, span, plain, members) for span in alike):
            continue
        turn = run[place - members[0]]
        far = min(_distance(turn, plain[place]), _distance(run[0], plain[place]), _distance(run[-1], plain[place]))
        if turn.group.id not in nearest or far < nearest[turn.group.id][0]:
            nearest[turn.group.id] = (far, turn)
    return tuple(turn for _, turn in nearest.values())


def _beside(
    sentence: str, run: Sequence[Mention], span: tuple[int, int], plain: Sequence[tuple[int, int]], mine: range
) -> bool:
    """Whether a list of conditions and one of numbers, in `span`, stand side by side.

    The list `mine` of the places of numbers is that list, or one that is set against it further on.
    """
    start, end = span
    first = plain[mine[0]][0]
    if first != start and not (first > end and _CONTRAST.search(sentence[end:first])):
        return False
    gap = sentence[end : run[0].start] if run[0].start >= end else sentence[run[-1].end : start]
    opens = run[-1].end <= _opening(sentence, plain) and start == plain[0][0]
    return bool(_BESIDE.fullmatch(gap) or (opens and not _SEVERAL.match(sentence[end:])))


def _holds(mention: Mention, span: tuple[int, int]) -> bool:
    """Whether a number is part of the words of a condition."""
    return mention.start <= span[0] < mention.end


def _stretch(sentence: str, spans: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    """Start and end of the stretch of the sentence that belongs to a number."""
    first = last = place
    while first > 0 and _LIST.fullmatch(sentence[spans[first - 1][1] : spans[first][0]]):
        first -= 1
    while last + 1 < len(spans) and _LIST.fullmatch(sentence[spans[last][1] : spans[last + 1][0]]):
        last += 1
    left = _border(sentence, spans[first - 1][1], spans[first][0]) if first else 0
    right = _border(sentence, spans[last][1], spans[last + 1][0]) if last + 1 < len(spans) else len(sentence)
    return left, right


def _border(sentence: str, start: int, end: int) -> int:
    """Where, between two numbers, the stretch of the first ends."""
    cuts = [match.start() for match in _CUT.finditer(sentence, start, end)]
    if len(cuts) > 1 and sentence[cuts[-1]] == "," and _TURN.match(sentence, cuts[-2], cuts[-1]):
        return cuts[-2]
    return cuts[-1] if cuts else end


def _distance(mention: Mention, span: tuple[int, int]) -> int:
    """Characters between a condition and a number."""
    return max(mention.start - span[1], span[0] - mention.end, 0)


def _canonical(chosen: dict[Mention, int], runs: Sequence[tuple[Mention, ...]]) -> tuple[str, ...]:
    """Names of conditions, sorted; of an exclusive group the nearest, with the rest of its list if that holds whole."""
    names: set[str] = set()
    by_group: dict[str, list[Mention]] = {}
    for mention in chosen:
        if mention.group.exclusive:
            by_group.setdefault(mention.group.id, []).append(mention)
        else:
            names.add(mention.name)
    for group in by_group.values():
        specific = [m for m in group if not _superfluous(m.name, group)]
        nearest = min(specific, key=lambda m: (chosen[m], m.start))
        whole = next((run for run in runs if nearest in run and chosen.keys() >= set(run)), (nearest,))
        names.add(" and ".join(sorted({m.name for m in whole})))
    return tuple(sorted(names))


def _superfluous(name: str, group: Iterable[Mention]) -> bool:
    """Whether a general condition stands beside one that says more ("few-shot" beside "5-shot")."""
    special = SPECIAL.get(name)
    return special is not None and any(special.match(mention.name) for mention in group)
