"""Step 5a, phrases: what a number may modify ("reduces the collision rate by 26%", "20% fewer steps")."""

from __future__ import annotations

from leaderboard.parsing.kinds import cue
from leaderboard.parsing.names import METRIC_LOOK
from leaderboard.parsing.tokens import Token

_HEAD_STOP = frozenset(
    """the a an its our their this that these those and or of in on at to for with from by as than which while when
    where is are was were     be been has have had can could we it they both all each per up over under about
    only just more most less fewer not also respectively     significantly substantially further even achieve
    achieves achieving outperforms improves improving reduces reducing improve reduce increasing increases
    increase     decreasing decreases decrease boosting boosts boost reaching reaches using used use requires
    requiring compared resulting results result yielding yields yield obtaining obtains showing shows
    demonstrates demonstrating while whereas but however up to down gains gain improvement improvements
    reduction average absolute relative overall respectively state-of-the-art sota     without within during
    after before case cases peak maximum minimum setting settings training-free f g e previous existing prior
    best baseline baselines method methods model models approach approaches them by-product cutting cuts cut
    lowering lowers lower saves saving save raises raising raise     surpassing surpasses exceeding exceeds
    outperforming delivering delivers gaining maintaining retains preserving i.e e.g
    relatively absolutely averagely approximately across between among throughout""".split()
)
"""Words at which the phrase before a number ends."""


def nouns_before(sentence: list[Token], i: int, limit: int = 4) -> tuple[int, int] | None:
    """The token span of the noun phrase that ends before token `i` (not included), or None."""
    end = i
    start = end
    while start > 0 and end - start < limit:
        token = sentence[start - 1]
        if token.tag == "M" or (
            token.tag in "wBNS"
            and token.low not in _HEAD_STOP
            and (token.tag != "w" or cue(token.low) not in {"changing", "gain", "compare", "reach", "use"})
        ):
            start -= 1
        else:
            break
    while start < end - 1 and sentence[start].tag in "BNS":
        start += 1
    if start < end and sentence[start].tag in "BS":
        return None
    return (start, end) if start < end else None


_BEFORE_NOUNS = frozenset(
    "the a an its our their average overall absolute relative total all of in more less terms both per".split()
)
"""What may stand between a number and the noun phrase that it modifies."""


def nouns_after(sentence: list[Token], i: int, limit: int = 4, *, names: bool = False) -> tuple[int, int] | None:
    """The token span of the noun phrase that starts at token `i`, or None; with `names`, a name may open it."""
    start = i
    while start < min(len(sentence), i + 5) and sentence[start].low in _BEFORE_NOUNS:
        start += 1
    if [t.low for t in sentence[start + 1 : start + 2]] == ["of"] and sentence[start].low in {"number", "amount"}:
        start += 2
    end = start
    while end < len(sentence) and end - start < limit:
        token = sentence[end]
        if (
            token.tag == "M"
            or (token.tag == "N" and end == start and (names or METRIC_LOOK.fullmatch(token.text)))
            or (
                token.tag == "w"
                and token.low not in _HEAD_STOP
                and cue(token.low) not in {"changing", "gain", "compare", "reach"}
            )
        ):
            end += 1
        else:
            break
    return (start, end) if start < end else None


_CARRIED = frozenset(
    """by to from of at up over about around approximately roughly nearly almost only just more less than least most
    an a the average is are was were be been being can could has have had may might will would further significantly
    substantially even also on as much high low out""".split()
)
"""What may stand between the subject of a clause and its number, besides the verb."""


_BEATS = ("outperform", "surpass", "exceed", "beat", "compared", "based", "achiev", "obtain", "report")
"""Verbs whose subject is a method and no metric."""


def _acting(sentence: list[Token], i: int) -> tuple[int, int] | None:
    """The subject of the clause whose verb leads to the number at token `i`.

    "The drift error is reduced by 12%", "ranks can be cut by up to 40%", "the bending can be held to 1 mm".
    """
    j = i - 1
    verbs = 0
    while j > 0 and i - j < 10:
        token = sentence[j]
        moves = token.tag == "w" and cue(token.low) in {"changing", "reach", "gain"}
        passive = token.low.endswith("ed") and not token.low.startswith(_BEATS)
        if moves or (token.tag == "w" and passive):
            verbs += 1
        elif not (token.low in _CARRIED or token.low.endswith("ly") or token.low in "~<>≥≤=,"):
            break
        j -= 1
    moved = verbs or any(t.low in {"is", "are", "was", "were"} for t in sentence[j + 1 : i])
    return nouns_before(sentence, j + 1) if moved and j < i - 1 else None


_DETERMINERS = frozenset("the a an its our their this these all both each such other".split())
_CHAINS = frozenset("of in for on across between among within".split())
"""Prepositions that lead from a phrase back to the one that it belongs to."""


def owner(sentence: list[Token], span: tuple[int, int]) -> tuple[int, int] | None:
    """The phrase that the phrase at `span` belongs to: "the severity of all attacks" leads from "attacks" to it."""
    j = span[0] - 1
    while j > 0 and sentence[j].low in _DETERMINERS:
        j -= 1
    return nouns_before(sentence, j) if j > 0 and sentence[j].low in _CHAINS else None


def heads(sentence: list[Token], i: int) -> list[tuple[str, tuple[int, int]]]:
    """The noun phrases that the number at token `i` may modify, with the pattern that found each."""
    found = _nearest(sentence, i)
    known = {span for _, span in found}
    leads = [span for source, span in found if source.startswith(("pre", "far", "subj"))]
    if named := _named_before(sentence, i):
        leads.append(named)
    for span in leads:
        if (whole := owner(sentence, span)) and whole not in known:
            known.add(whole)
            found.append(("owner", whole))
    return found


def _named_before(sentence: list[Token], i: int) -> tuple[int, int] | None:
    """The names that stand before the preposition of the number at token `i`: "the length of A and B by 31%"."""
    j = i - 1
    while j > 0 and i - j < 7 and sentence[j].low not in {"by", "from", "to"}:
        if sentence[j].tag in "QBN":
            return None
        j -= 1
    end = j
    while j > 0 and (sentence[j - 1].tag in "BNS" or sentence[j - 1].low in {"and", ",", "the"}) and end - j < 8:
        j -= 1
    return (j, end) if j < end else None


Phrase = tuple[str, tuple[int, int]]
"""The pattern that found a phrase, and its token span."""


def _nearest(sentence: list[Token], i: int) -> list[Phrase]:
    """The phrases next to the number, or joined with it by its verb."""
    found = _behind_a_link(sentence, i)
    if (span := _acting(sentence, i)) and all(span != other for _, other in found):
        found.append(("subj", span))
    if i and sentence[i - 1].low == "(" and (span := nouns_before(sentence, i - 1)):
        found.append(("pre-(", span))
    return [*found, *_following(sentence, i), *_of_gain_before(sentence, i)]


_SKIPPED = frozenset(
    """up to an a average of about over more than ~ nearly around approximately roughly almost only just as much at
    least most the margin factor absolute relative ( on less additional further significant mere merely from""".split()
)
"""What may stand between a number and the word that links it to what it measures."""
_LEADING = frozenset("to of up average an a margin factor at".split())
"""Links behind which a further one may stand: "by up to", "by an average of"."""
_LINKS = frozenset(
    "by of to is at from with reaches are was = : exceeds exceeding reaching below above under in and ,".split()
)
"""What joins a phrase and the number behind it."""


def _behind_a_link(sentence: list[Token], i: int) -> list[Phrase]:
    """The phrases before the word that leads to the number, and before the "by" or "from" further back."""
    found: list[Phrase] = []
    j = i - 1
    while j > 0 and i - j < 8 and sentence[j].low in _SKIPPED - {"of", "to", "by", "from"}:
        j -= 1
    link = sentence[j].low if j >= 0 else "^"
    for _ in range(4):
        if link not in _LEADING or j <= 0 or sentence[j - 1].low not in _SKIPPED | {"by"}:
            break
        j -= 1
        link = sentence[j].low
    if link in _LINKS and (span := nouns_before(sentence, j)):
        found.append((f"pre-{link}" if link not in {"was", "are"} else "pre-is", span))
    back = next((k for k in range(i - 1, max(0, i - 16), -1) if sentence[k].low in {"from", "by"}), None)
    if back is not None and back < j and (span := nouns_before(sentence, back)):
        found.append((f"far-{sentence[back].low}", span))
    return found


_OPENING = frozenset("absolute relative average performance overall of in the ( higher lower".split())
"""What may open a phrase of a gain behind its number: "5% absolute improvement", "5% higher"."""
_TO_GAINED = frozenset("in of on the for its average overall".split())
"""What leads from a gain to what is gained."""


def _following(sentence: list[Token], i: int) -> list[Phrase]:
    """The phrases behind the number: "20% fewer steps", "12 points on the hard part", "5% gain in recall"."""
    found: list[Phrase] = []
    k, size = i + 1, len(sentence)
    if k < size and sentence[k].low == ")":
        k += 1
    if k >= size:
        return found
    word = sentence[k].low
    if k + 2 < size and word == "as" and sentence[k + 1].low in {"many", "much", "few"}:
        if span := nouns_after(sentence, k + 2):
            found.append(("as-many", span))
    elif word in {"on", "for"} and (span := nouns_after(sentence, k + 1)):
        found.append((f"after-{word}", span))
    if (sentence[k].tag == "w" and cue(word) in {"compare", "gain"}) or word in _OPENING:
        gain = next((m for m in range(k, min(size, k + 4)) if _is_gain(sentence[m], "compare")), None)
        if gain is not None:
            found += _of_gain(sentence, i, k, gain)
        if word in {"of", "in"} and (span := nouns_after(sentence, k + 1, names=True)):
            found.append((f"after-{word}", span))
        elif word == "the" and gain is None and (span := nouns_after(sentence, k)):
            found.append(("after-the", span))
    elif span := nouns_after(sentence, k):
        found.append(("after", span))
        if span[1] < size and _is_gain(sentence[span[1]]):
            found.append(("mod-gain", span))
    return found


def _is_gain(token: Token, *others: str) -> bool:
    """Whether a word tells of a gain, or is of one of the `others` classes."""
    return token.tag == "w" and cue(token.low) in {"gain", *others}


def _of_gain(sentence: list[Token], i: int, k: int, gain: int) -> list[Phrase]:
    """What is gained, by the word of gain or comparison at token `gain` behind the number at `i`; `k` opens the phrase.

    "5% improvement in recall", "5% higher recall", "5% recall improvement".
    """
    found: list[Phrase] = []
    is_gain = cue(sentence[gain].low) == "gain"
    m = gain + 1
    while m < len(sentence) and sentence[m].low in _TO_GAINED and m < gain + 4:
        m += 1
    if (span := nouns_after(sentence, m, names=is_gain)) and not (m == gain + 1 and is_gain):
        found.append(("gain-in" if is_gain else "comp-of", span))
    if gain > k and (span := nouns_before(sentence, gain, 3)) and span[0] > i:
        found.append(("mod-gain", span))
    return found


def _of_gain_before(sentence: list[Token], i: int) -> list[Phrase]:
    """What is gained, by the word of gain before the number: "a gain in recall of 5%", "the recall gain is 5%"."""
    found: list[Phrase] = []
    gain = next((m for m in range(i - 1, max(0, i - 9), -1) if _is_gain(sentence[m])), None)
    if gain is None:
        return found
    if (
        gain + 1 < i
        and sentence[gain + 1].low in {"in", "of", "on"}
        and (span := nouns_after(sentence, gain + 2))
        and span[1] <= i
    ):
        found.append(("gain-in-left", span))
    if span := nouns_before(sentence, gain, 3):
        found.append(("gain-mod-left", span))
    return found


_TERMS = (("in", "terms", "of"), ("with", "respect", "to"), ("measured", "by"))
"""What leads to the words for what was measured, wherever it stands in the sentence."""
_BEFORE_TERMS = frozenset("the a an both its their average ( overall".split())
"""What may stand between such a link and the words."""


def in_terms_of(sentence: list[Token]) -> tuple[int, int] | None:
    """The phrase that says in which terms the sentence measures: "in terms of recall", "as measured by CXRE"."""
    words = [token.low for token in sentence]
    for k, word in enumerate(words):
        for link in _TERMS:
            if word == link[0] and tuple(words[k : k + len(link)]) == link:
                start = k + len(link)
                while start < len(sentence) and words[start] in _BEFORE_TERMS:
                    start += 1
                return nouns_after(sentence, start, names=True) or _abbreviation(sentence, start)
    return None


def _abbreviation(sentence: list[Token], k: int) -> tuple[int, int] | None:
    """The token at `k` alone, where it looks like the abbreviation of a metric, if like a system's too."""
    return (k, k + 1) if k < len(sentence) and METRIC_LOOK.fullmatch(sentence[k].text) else None


def listed(sentence: list[Token], span: tuple[int, int]) -> list[tuple[int, int]]:
    """The phrases of the list that the phrase at `span` belongs to, in order; itself alone where there is no list."""
    found = [span]
    while (after := _past_joint(sentence, found[-1][1])) and (
        more := nouns_after(sentence, after, names=True) or _abbreviation(sentence, after)
    ):
        found.append(more)
    while (before := _before_joint(sentence, found[0][0])) and (more := nouns_before(sentence, before)):
        found.insert(0, more)
    return found


_LISTING = frozenset({",", "and", "or", "&", "/"})
"""What stands between the members of a list, one or two of them."""


def _past_joint(sentence: list[Token], k: int) -> int:
    """The token behind the comma or the "and" at token `k`, 0 where there is none."""
    start = k
    while k < len(sentence) and k < start + 2 and sentence[k].low in _LISTING:
        k += 1
    return k if k > start else 0


def _before_joint(sentence: list[Token], k: int) -> int:
    """The end of what stands before the comma or the "and" that ends before token `k`, 0 where there is none."""
    while k and sentence[k - 1].low in _DETERMINERS:
        k -= 1
    end = k
    while k and k > end - 2 and sentence[k - 1].low in _LISTING:
        k -= 1
    return k if k < end else 0
