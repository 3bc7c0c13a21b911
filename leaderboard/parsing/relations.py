"""Step 5, geometry: how a name stands to a number of its sentence, as named features."""

from __future__ import annotations

from leaderboard.parsing.classes import coarse, fine
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.kinds import cue
from leaderboard.parsing.structure import Frame
from leaderboard.parsing.tokens import Token


def _metric_distance(n: int) -> str:
    return str(n) if n <= 3 else "4-6" if n <= 6 else "7-12" if n <= 12 else "far"


def metric_relation(sentence: list[Token], i: int, j: int, kind: str, u: str, shape: Frame) -> list[str]:
    """Features of the metric at token `j` as seen from the number at token `i`."""
    side = "L" if j < i else "R"
    low, high = min(i, j), max(i, j)
    between = sentence[low + 1 : high]
    crossed = sum(1 for n in shape.numbers if low < n < high)
    names = sum(1 for t in between if t.tag in "BN")
    metrics = sum(1 for t in between if t.tag == "M")
    text = " ".join(t.low for t in between) if len(between) <= 3 else "~" + between[0].low + ".." + between[-1].low
    comma = any(t.low in {",", ";"} for t in between)
    clause = any(t.low in {";", "while", "whereas", "but", "which", "that"} for t in between)
    bracket = sum(1 if t.low == "(" else -1 if t.low == ")" else 0 for t in between)
    verb = next(
        (
            cue(t.low)
            for t in reversed(between)
            if t.tag == "w" and cue(t.low) in {"changing", "reach", "gain", "compare"}
        ),
        "",
    )
    crossed_ = min(crossed, 3)
    own = not any(low < n < high for n in shape.numbers)
    rivals = [n for n in shape.numbers if n != i and abs(n - j) < abs(i - j)]
    result = [
        f"{side}d={_metric_distance(len(between))}",
        f"{side}d={_metric_distance(len(between))}|{kind}",
        f"{side}x={crossed_}",
        f"{side}x={crossed_}|{kind}|{u}",
        f"{side}m={min(metrics, 3)}",
        f"{side}m={min(metrics, 2)}x={min(crossed_, 2)}|{kind}",
        f"{side}m={min(metrics, 2)}x={min(crossed, 2)}c={comma}|{kind}",
        f"{side}m={min(metrics, 1)}x={min(crossed, 1)}|{u}|{kind}",
        f"{side}t={text}",
        f"{side}t={text}|{kind}",
        f"{side}n={min(names, 2)}",
        f"{side}comma={comma}|x={min(crossed_, 1)}",
        f"{side}clause={clause}",
        f"{side}br={max(-1, min(1, bracket))}|{kind}",
        f"{side}v={verb}|{kind}",
        f"{side}rival={min(len(rivals), 2)}",
        f"{side}own={own}|{kind}",
    ]
    before = sentence[j - 1].low if j else "^"
    after = sentence[j + 1].low if j + 1 < len(sentence) else "$"
    result += [f"{side}pre={before}|{kind}", f"{side}post={after}"]
    result += [f"{side}pref={fine(before)}|{kind}", f"{side}postf={fine(after)}", f"{side}postc={coarse(after)}|{kind}"]
    if 0 < len(between) <= 3:
        result.append(f"{side}tc={' '.join(coarse(t.low) for t in between)}|{kind}")
    result += _aligned(i, j, shape.metrics, shape)
    top = shape.parent.get(i)
    if top is not None:
        inside = top < j < i
        result.append(f"child|{side}|{'in' if inside else 'out'}")
    if i in shape.partner:
        result.append(f"moved|{'before-from' if j < shape.partner[i] else side}")
    return result


def _aligned(i: int, j: int, lists: tuple[tuple[int, ...], ...], shape: Frame) -> list[str]:
    """Whether number and name stand at one place of two lists that are of one length."""
    members = next((m for m in lists if j in m), None)
    if members is None or len(members) < 2:
        return []
    place = shape.place(i)
    if place is None:
        return ["list=no-run"]
    k, size = place
    if size == len(members):
        return [
            f"list={'same' if members.index(j) == k else 'other'}|{'resp' if shape.respectively else ''}",
            f"list={'same' if members.index(j) == k else 'other'}|{min(size, 4)}",
        ]
    return [f"list=size|{min(size, 3)}>{min(len(members), 3)}"]


def _name_distance(n: int) -> str:
    return str(n) if n <= 2 else "3-4" if n <= 4 else "5-7" if n <= 7 else "8-12" if n <= 12 else "far"


def benchmark_relation(sentence: list[Token], i: int, j: int, group: str, shape: Frame, mention: Mention) -> list[str]:
    """Features of the name at token `j` as seen from the number at token `i`."""
    side = "L" if j < i else "R"
    low, high = min(i, j), max(i, j)
    between = sentence[low + 1 : high]
    crossed = sum(1 for n in shape.numbers if low < n < high)
    names = sum(1 for t in between if t.tag in "BN")
    text = " ".join(t.low for t in between) if len(between) <= 3 else "~" + between[0].low + ".." + between[-1].low
    clause = any(t.low in {";", "while", "whereas", "but"} for t in between)
    comma = any(t.low == "," for t in between)
    bracket = sum(1 if t.low == "(" else -1 if t.low == ")" else 0 for t in between)
    before = sentence[j - 1].low if j else "^"
    if before in {"the", "both", "challenging", "popular", "standard"} and j > 1:
        before = sentence[j - 2].low
    after = sentence[j + 1].low if j + 1 < len(sentence) else "$"
    rivals = sum(1 for n in shape.numbers if n != i and abs(n - j) < abs(i - j))
    crossed_ = min(crossed, 3)
    prepositions = [
        t.low
        for t in between
        if t.low in {"on", "in", "for", "from", "to", "over", "than", "by", "of", "with", "at", "across"}
    ]
    last_prep = prepositions[-1] if prepositions else "-"
    leading = side == "L" and j <= 3
    result = [
        "here",
        f"here|{group}",
        f"here|e={mention.evidence}|{group}",
        f"{side}d={_name_distance(len(between))}",
        f"{side}x={crossed_}",
        f"{side}x={crossed_}|{group}",
        f"{side}n={min(names, 3)}",
        f"{side}n={min(names, 2)}x={min(crossed, 2)}",
        f"{side}t={text}",
        f"{side}t={text}|{group}",
        f"{side}clause={clause}",
        f"{side}comma={comma}x={min(crossed, 2)}",
        f"{side}br={max(-1, min(1, bracket))}",
        f"{side}pre={before}",
        f"{side}pre={before}|{group}",
        f"{side}post={after}",
        f"{side}rival={min(rivals, 2)}",
        f"{side}rival={min(rivals, 2)}n={min(names, 2)}",
        f"{side}pp={last_prep}|x={min(crossed, 1)}",
        f"{side}lead={leading}x={min(crossed, 2)}",
        f"{side}e={mention.evidence}|{mention.kind}|{mention.sure}",
    ]
    members = next((m for m in shape.names if j in m), ())
    if len(members) > 1 and (place := shape.place(i)) is not None:
        k, size = place
        if size == len(members):
            verdict = "same" if members.index(j) == k else "other"
            result += [
                f"list={verdict}|{side}",
                f"list={verdict}|{min(size, 4)}",
                f"list={verdict}|resp={shape.respectively}",
            ]
        else:
            result += [
                f"list=size|{min(size, 3)}>{min(len(members), 3)}|{side}",
                f"list=size|first={members.index(j) == 0}|{side}",
            ]
    top = shape.parent.get(i)
    if top is not None:
        result.append(f"child|{side}|{'in' if top < j < i else 'out'}")
    if i in shape.partner:
        result.append(f"moved|{'before' if j < shape.partner[i] else side}")
    if i in shape.partner.values():
        result.append(f"start|{side}x={min(crossed, 2)}")
    return result
