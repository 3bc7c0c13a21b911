"""Step 5c: which way a change goes, whose number it is, against what, and under which stated conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from leaderboard import conditions
from leaderboard.models import Direction, Role
from leaderboard.parsing import scenes, scope
from leaderboard.parsing.document import Document
from leaderboard.parsing.kinds import cue
from leaderboard.parsing.shapes import COMMON
from leaderboard.parsing.structure import Frame, list_ends
from leaderboard.parsing.tokens import Token
from leaderboard.registry import key

DIRECTIONS: tuple[Direction, ...] = ("up", "down")
"""The options of a change or ratio."""
ROLES: tuple[Role, ...] = ("own", "baseline", "other")
"""The options of every claim."""

_DOWN = re.compile(
    r"^(?:reduc\w*|decreas\w*|lower\w*|drop\w*|cut\w*|sav(?:e|es|ed|ing|ings)|degrad\w*"
    r"|declin\w*|fall\w*|fell|shr[aiu]nk\w*|diminish\w*|compress\w*|slow\w*|less|fewer"
    r"|small\w*|cheap\w*|short\w*|worse|behind|loss\w*|lag\w*|trail\w*|below|mitigat\w*"
    r"|alleviat\w*|trim\w*|prun\w*|halv\w*|light\w*|minimi[sz]\w*|deteriorat\w*|narrow\w*"
    r"|clos(?:e|es|ed|ing)|remov\w*|down|eliminat\w*|suppress\w*|error\w*|without|avoid\w*"
    r"|gap|compact\w*|sparser|inferior|depress\w*|lose\w*|losing|damag\w*|hurt\w*|weaken\w*)$"
)
_UP = re.compile(
    r"^(?:improv\w*|increas\w*|boost\w*|gain\w*|outperform\w*|surpass\w*|exceed\w*|beat\w*"
    r"|higher|high|more|larg\w*|bigger|great\w*|better|fast\w*|quick\w*|rais\w*|rise\w*|rose"
    r"|grow\w*|grew|enhanc\w*|accelerat\w*|speed\w*|sped|ahead|above|advanc\w*|lift\w*"
    r"|elevat\w*|doubl\w*|tripl\w*|longer|stronger|efficien\w*|additional|jump\w*|lead\w*"
    r"|uplift|outpac\w*|accurate|up|win\w*|overtak\w*|strengthen\w*|extend\w*|expand\w*"
    r"|add|adds|added|adding|extra|overheads?|multiply\w*|multiplies|recover\w*|scal\w*|richer|deeper|denser)$"
)


def _way(word: str) -> str:
    """Whether a word speaks of up or down, or of being near ("within 2% of it"); else ""."""
    if word in {"within", "comparable", "difference"}:
        return "near"
    return "down" if _DOWN.match(word) else "up" if _UP.match(word) else ""


def direction_features(document: Document, q: int, kind: str, metric: str | None, metric_way: str | None) -> list[str]:
    """What speaks for up or down: the nearest words of change on both sides, the metric and its better way."""
    s, i = document.places[q]
    sentence = document.tokens[s]
    quantity = document.quantities[q]
    m = (metric or "-").lower()
    result = [
        f"metric={m}",
        f"way={metric_way}",
        f"kind={kind}",
        f"unit={quantity.unit}|{kind}",
        f"sign={quantity.sign}",
        f"form={quantity.form}",
        f"word={sentence[i].text.lower()}" if quantity.form == "word" else "digits",
    ]
    left: list[str] = []
    for distance, j in enumerate(range(i - 1, max(-1, i - 26), -1), 1):
        token = sentence[j]
        text = token.text.lower()
        way = _way(text) if token.tag in "wM" else ""
        if way:
            left.append(way)
            result += [
                f"l{len(left)}={way}",
                f"l{len(left)}={way}|{metric_way}",
                f"l{len(left)}={way}|{'n' if distance < 4 else 'm' if distance < 10 else 'f'}",
                f"lw={text[:7]}",
                f"lw{len(left)}={text[:7]}|{metric_way}",
                f"l{len(left)}={way}|{cue(text)}",
            ]
            if len(left) == 3:
                break
    right: list[str] = []
    for distance, j in enumerate(range(i + 1, min(len(sentence), i + 10)), 1):
        token = sentence[j]
        if token.tag == "Q" and right:
            break
        text = token.text.lower()
        way = _way(text) if token.tag in "wM" else ""
        if way:
            right.append(way)
            result += [
                f"r{len(right)}={way}|{'n' if distance < 3 else 'm' if distance < 6 else 'f'}",
                f"r{len(right)}={way}|{metric_way}",
                f"rw{len(right)}={text[:7]}",
                f"rw{len(right)}={text[:7]}|{metric_way}",
            ]
            if len(right) == 2:
                break
    before, behind = list_ends(sentence, i)
    if before < i - 1 or behind > i + 1:
        words = (
            sentence[before].low if before >= 0 else "^",
            sentence[behind].low if behind < len(sentence) else "$",
            sentence[behind + 1].low if behind + 1 < len(sentence) else "$",
        )
        result += [f"e{n}={_way(word)}|{metric_way}" for n, word in enumerate(words)]
        result += [f"e{n}={_way(word)}" for n, word in enumerate(words)]
        result += [f"ew{n}={word[:7]}|{metric_way}" for n, word in enumerate(words)]
    result.append(f"both={left[0] if left else '-'}|{right[0] if right else '-'}|{metric_way}")
    result.append(f"first={left[0] if left else '-'}|{m}")
    return result


_OWN = frozenset("we our ours us proposed this it its which".split())
_RIVAL = re.compile(
    r"^(?:baselines?|previous\w*|prior|existing|state-of-the-art|sota|best|second-best"
    r"|vanilla|original|traditional|conventional|former|rivals?|competitors?|counterparts?"
    r"|standard|others?|compared|than|vs|versus|against|whereas|while|only|human|humans"
    r"|random|chance|teacher|initial|base)$"
)


def role_features(document: Document, q: int, kind: str, frame: Frame) -> list[str]:
    """What speaks for the proposal, its rival, or a third party as the owner of a number."""
    s, i = document.places[q]
    sentence = document.tokens[s]
    quantity = document.quantities[q]
    own = {key(name) for name in document.names.systems}
    result = [
        f"kind={kind}",
        f"unit={quantity.unit}|{kind}",
        f"moved={i in frame.partner.values()}|{kind}",
        f"place={int(4 * s / len(document.sentences))}|{kind}",
        f"systems={min(len(own), 2)}",
    ]
    low = [t.low for t in sentence]
    for name, j in (("l1", i - 1), ("l2", i - 2), ("r1", i + 1), ("r2", i + 2), ("r3", i + 3)):
        word = low[j] if 0 <= j < len(low) else "^"
        result += [f"{name}={word}", f"{name}={word}|{kind}"]
    seen = set()
    for side, span in (("L", range(i - 1, max(-1, i - 20), -1)), ("R", range(i + 1, min(len(low), i + 12)))):
        crossed = 0
        for distance, j in enumerate(span, 1):
            token = sentence[j]
            if token.tag == "Q":
                crossed += 1
            near = "n" if distance <= 3 else "m" if distance <= 8 else "f"
            mark = ""
            if token.tag in "SNB":
                mine = key(token.text) in own
                mark = "own" if mine else {"S": "sys", "N": "name", "B": "bench"}[token.tag]
            elif token.low in _OWN:
                mark = "we"
            elif match := _RIVAL.match(token.low):
                mark = "rival"
                result += [f"{side}w={match[0]}|{min(crossed, 1)}|{kind}", f"{side}w={match[0]}|{near}"]
            if mark and (side, mark) not in seen:
                seen.add((side, mark))
                result += [f"{side}{mark}|{near}|{kind}", f"{side}{mark}|{min(crossed, 2)}|{kind}"]
    opener = next((j for j in range(i - 1, max(-1, i - 8), -1) if low[j] == "("), None)
    if opener:
        before = sentence[opener - 1]
        mine = key(before.text) in own
        result += [
            f"bracket={before.tag}|{'own' if mine else ''}|{kind}",
            f"bracket|{low[opener + 1] if opener + 1 < i else ''}",
        ]
    subject = scenes.about(document)
    foreign = [j for j, t in enumerate(sentence) if t.tag == "S" and key(t.text) not in own]
    mine = any(t.tag == "S" and key(t.text) in own for t in sentence)
    ours = "we" if _OWN.intersection(low) else ""
    nearest = min((j - i for j in foreign), key=abs, default=0)
    lead, trail = list_ends(sentence, i)
    result += [
        f"s0={low[0] if low else ''}|{kind}",
        f"about={subject}|{kind}",
        f"about={subject}|{bool(foreign)}{mine}{ours}|{kind}",
        f"foreign={'L' if nearest < 0 else 'R' if nearest > 0 else '-'}{min(abs(nearest), 6)}|{mine}|{kind}",
        f"el={low[lead] if lead >= 0 else '^'}|{kind}",
        f"er={low[trail] if trail < len(low) else '$'}|{kind}",
        f"start={i in frame.partner}|{i in frame.parent}|{kind}",
        f"only={low[i - 1] if i else ''}|{subject}",
    ]
    return result


_LEADING_ON = frozenset({"of", "at", "by", "from", "for", "which", "that", "and", "or", "but", "up"})
"""Words that lead from a baseline to its number ("the previous record of 83.1%"), or on to another clause."""

_BEHIND_BASELINE = frozenset({",", ";", "(", ")", "=", "on", "in"})
"""At what the words for a baseline end."""

_OWN_CLAUSE = frozenset("while that which whereas".split())
"""What opens a clause of its own behind the words for a baseline, where it does not open them ("that of ours")."""

_VERBS = frozenset("is are was were can may could has have had needs takes converges outperform outperforms".split())


def _verb_behind(sentence: list[Token], k: int) -> bool:
    """Whether the "and" at token `k` leads on to a verb: "than its baselines and reduces"."""
    if sentence[k].low != "and" or not sentence[k + 1 : k + 2]:
        return False
    word = sentence[k + 1]
    return word.tag == "w" and (word.low in _VERBS or cue(word.low) in {"changing", "reach", "use"})


_THAN = re.compile(
    r"^(?:than|over|compared|versus|vs|against|outperform\w*|surpass\w*|beat\w*|exceed\w*"
    r"|relative|behind)$"
)


_OURS_REACH = re.compile(
    r"\b(?:[Oo]urs?|[Ww]e|[Tt]he proposed)(?:\s(?!baselines?\b)[\w-]+){0,4}?"
    r"\s(?:reach|achiev|obtain|attain|get|scor|yield)(?:e?s|ed|e)?\s(?:\w+\s|~){0,4}?$"
)
"""What leads from ourselves to a number: "our model reaches an accuracy of"."""


REACH = 80
"""Characters before a number that may say whose it is."""


def ours(document: Document, q: int) -> bool:
    """Whether the words before a number say that it is the paper's own: "our model reaches 62.1%"."""
    s, _ = document.places[q]
    start, end = document.sentences[s][0], document.quantities[q].start
    return _OURS_REACH.search(document.text, max(start, end - REACH), end) is not None


_OUR = re.compile(
    (
        r"\b(?:our|the proposed|the present|this) (?:[a-z-]+ )?(?:method|approach|model|framework"
        r"|system|algorithm|technique|architecture|network|pipeline|strategy|agent|solution|work"
        r"|classifier|detector|parser)s?\b"
    ),
    re.IGNORECASE,
)
"""What an abstract calls its own proposal where it has no name."""


def subject(document: Document, q: int, role: Role, kind: str) -> str | None:
    """The system that the number belongs to: the paper's own by name, or the system named nearest to the number.

    Without a name it is the words for it ("our method", "previous methods"); None where nothing stands for it.
    """
    s, i = document.places[q]
    sentence = document.tokens[s]
    own = {key(name): name for name in document.names.systems}
    near = _systems_near(document, sentence, i)
    places = document.names.data_sets
    metrics = {m.text for m in document.names.mentions if m.kind == "metric" and not document.title.startswith(m.text)}
    if role == "own":
        if member := _member(document, q):
            return member
        usable = [
            name
            for name in document.names.systems
            if (kind == "size" or key(name) not in places) and not _CLASS.fullmatch(name) and name not in metrics
        ]
        for _, name, _ in near:
            if key(name) in own and own[key(name)] in usable:
                return own[key(name)]
        for _, name, side in near:
            if side == "L" and any(_variant(name, own_name) for own_name in usable):
                return name
        if usable:
            return usable[0]
        if (actor := _actor(sentence, i)) and key(actor) not in places:
            return actor
        if (frequent := _frequent(document)) and key(frequent) not in places:
            return frequent
        start, end = document.sentences[s]
        ours = _OUR.search(document.text, start, end) or _OUR.search(document.text)
        return str(ours[0]) if ours else None
    for distance, name, _ in near:
        if key(name) not in own and distance < 14:
            return name
    return baseline(document, q)


_CLASS = re.compile(r"[A-Za-z]{0,3}NNs|d?M?LLMs|VLMs|ODEs|SDEs|GANs|ViTs|NAS|MIM|WSOL|WSSS|SSOD|SSL|FSL|FHE|XAI|RL")
"""Abbreviations of classes of systems and of tasks, which abstracts spell out as they do the names of their own."""


def _variant(name: str, own: str) -> bool:
    """Whether a name is made of that of the paper's own system: "Toy-XL" and "D-Toy" of "Toy"."""
    return key(name).startswith(key(own)) or name.casefold().endswith(f"-{own.casefold()}")


_MEMBERS = re.compile(
    r"(?<![\w/-])(?P<stem>[A-Z][\w.]*-)(?P<ends>[A-Z0-9][\w.]{0,4}(?:/[A-Z0-9][\w.]{0,4})+)(?![\w/-])"
)
"""A family of systems by the ends of their names: "Toy-S/M/L"."""


def _member(document: Document, q: int) -> str | None:
    """The member of a family of own systems that a number of a list belongs to: "Toy-S/M/L reach 71.5, 75.1 and 78.4".

    The family stands before the list, which is as long, with no other number between them.
    """
    s, i = document.places[q]
    start, end = document.sentences[s]
    tokens = document.tokens[s]
    mine = tokens[i]
    families = list(_MEMBERS.finditer(document.text, start, mine.start))
    family = families[-1] if families else None
    if family is None or not any(_variant(family["stem"], name) for name in document.names.systems):
        return None
    spans = [(t.start - start, t.end - start) for t in tokens if t.tag == "Q" and t.start >= family.end()]
    place, length = scope.place_in_list(document.text[start:end], spans, (mine.start - start, mine.end - start))
    ends = family["ends"].split("/")
    if length != len(ends) or spans[0] != spans[spans.index((mine.start - start, mine.end - start)) - place]:
        return None
    return f"{family['stem']}{ends[place]}"


def _actor(sentence: list[Token], i: int) -> str | None:
    """The name left of token `i` that does something: "ToyNet reaches 92.1%", "On GSM8K, Owl improves"."""
    for j in range(i - 1, max(-1, i - 14), -1):
        token = sentence[j]
        # "The best model, ToyNet, reaches 92.1%": the name may stand in apposition.
        apart = j > 0 and sentence[j - 1].low == "," == sentence[j + 1].low and j + 2 < i
        follows = sentence[j + 2 if apart else j + 1]
        if cue(follows.low) not in {"reach", "changing"}:
            continue
        plain = token.tag == "w" and token.text.istitle() and token.text not in COMMON and len(token.text) > 2
        if token.tag in "SN" or (plain and (j == 0 or sentence[j - 1].low == ",")):
            return token.text
    return None


def _frequent(document: Document) -> str | None:
    """The unknown name that the abstract uses most, at least three times (twice if the title has it): its system."""
    counts = Counter(
        m.text
        for m in document.names.mentions
        if m.kind == "shape" and m.evidence in {"", "in", "list"} and not _CLASS.fullmatch(m.text)
    )
    for name, times in counts.most_common(3):
        if times >= 3 or (times == 2 and name in document.title):
            return name
    return None


def _systems_near(document: Document, sentence: list[Token], i: int) -> list[tuple[int, str, str]]:
    """Names of systems in the sentence, nearest to token `i` first, with distance and side."""
    found = [
        (abs(j - i) + (2 if j > i else 0), t.text, "L" if j < i else "R")
        for j, t in enumerate(sentence)
        if t.tag == "S" or (t.tag == "N" and not document.names.mentions[t.ref].evidence)
    ]
    return sorted(found)


def baseline(document: Document, q: int) -> str | None:
    """What a change or ratio is set against: the name behind "than", "over" or "compared with" nearest to it."""
    s, i = document.places[q]
    sentence = document.tokens[s]
    for j in [*range(i + 1, min(len(sentence), i + 16)), *range(i - 1, max(-1, i - 16), -1)]:
        if sentence[j].tag == "w" and _THAN.match(sentence[j].low):
            if sentence[j].low == "relative" and sentence[j + 1 : j + 2] and sentence[j + 1].low != "to":
                continue  # a "relative improvement" is set against nothing by that word
            k = j + 1
            while k < len(sentence) and k <= j + 7:
                if sentence[k].tag in "SN":
                    return str(sentence[k].text)
                if sentence[k].low in _BEHIND_BASELINE or sentence[k].tag == "Q":
                    break
                if k > j + 1 and (sentence[k].low in _OWN_CLAUSE or _verb_behind(sentence, k)):
                    break
                k += 1
            if sentence[k : k + 1] and sentence[k].low == "=":
                continue  # "vs. AUROC = 0.8" names the metric once more
            words = [
                t
                for t in sentence[j + 1 : k]
                if t.tag in "wM" and t.low not in {"the", "to", "with", "a", "an", "all", "its", "by", "our"}
            ]
            while words and words[-1].low in _LEADING_ON:
                words.pop()
            if words and words[-1].end > words[0].start:
                return document.text[words[0].start : words[-1].end]
    return None


_EPSILON = re.compile(r"\\+(?:var)?epsilon\b")
"""The privacy budget, or the size of a perturbation, in LaTeX."""


def setting(
    document: Document,
    q: int,
    rivals: Collection[int],
    names: Iterable[str] = (),
    *,
    title: str = "",
    abstract: str = "",
) -> tuple[str, ...]:
    """The stated conditions of a number in canonical spelling, sorted; `scope` says which are its own.

    Args:
        document: the abstract.
        q: the number.
        rivals: the numbers that a condition beside them may belong to; any other (a size, a year) is passed over.
        names: the metric and the benchmarks of the number, as printed.
        title: the title of the paper where it may state conditions of the number.
        abstract: the abstract as it was given; its text as `document` has it has lost its Greek letters in LaTeX.
    """
    s, i = document.places[q]
    start, end = document.sentences[s]
    tokens = document.tokens[s]
    mine = tokens[i]
    spans = [(t.start - start, t.end - start) for t in tokens if t.tag == "Q" and (t is mine or t.ref in rivals)]
    which = spans.index((mine.start - start, mine.end - start))
    sentence = _with_epsilon(document.text[start:end], abstract[start:end])
    return scope.stated(sentence, spans, which, names=names, title=title)


def _with_epsilon(sentence: str, given: str) -> str:
    """A sentence with the ε that cleaning has taken away, at its place."""
    for match in _EPSILON.finditer(given):
        if not sentence[match.start() : match.end()].strip():
            sentence = sentence[: match.start()] + "ε".ljust(len(match[0])) + sentence[match.end() :]
    return sentence


def in_condition(document: Document, q: int) -> bool:
    """Whether a number stands in the words of a condition ("8-bit", "with 10% of the labels") and is no score."""
    s, i = document.places[q]
    start, end = document.sentences[s]
    at = document.tokens[s][i].start - start
    return any(word.start <= at < word.end for word in conditions.words(document.text[start:end]))
