"""How many errors planted in real abstracts the checks find, and whether they raise any other alarm there.

    python benchmarks/planted_in_real.py ../shared/corpus/abstracts-40k.jsonl.gz [--each 200] [--seed 1] [--record]

Groups that agree are drawn from the corpus, at most so many for each check whose findings can be errors or warnings. In
each, one number is changed where it stands in the abstract, so that the group can no longer agree: ten times its value,
its first digit, or the two values of a movement exchanged. The abstract is then read and checked as any other. An alarm
(an error or a warning) that holds the changed number is right; one that does not is false. These are seeded figures:
they say what an alarm is worth in the sentences that people write; how rare true ones are is told by precision.py.
`--record` adds the figures to benchmarks/planted_in_real.csv.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isinf
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures  # noqa: E402
from leaderboard import checks, parsing, registry, sources  # noqa: E402
from leaderboard.checks import Corpus, Precision  # noqa: E402
from leaderboard.gather import gather  # noqa: E402
from leaderboard.models import Finding, Paper  # noqa: E402
from leaderboard.registry import Registry  # noqa: E402

NAME = "planted_in_real"
"""The name of the file of figures, and of this benchmark."""

DIGITS = re.compile(r"(?P<whole>[0-9][0-9,]*)(?:\.(?P<part>[0-9]+))?")
"""The digits of a printed number."""

Change = tuple[int, int, str]
"""A stretch of an abstract, from its first character to behind its last, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Planted:
    """An abstract with one changed number (or two that were exchanged), and where the changed numbers stand now."""

    check: str
    paper: Paper
    places: tuple[tuple[int, int], ...]


def tenfold(finding: Finding) -> Sequence[Change]:
    """Ten times the last number of a group; of "up to" a number, ten times it is not excluded."""
    return () if isinf(finding.operands[-1].low) else _tenfold(finding, -1)


def tenfold_share(finding: Finding) -> Sequence[Change]:
    """Ten times a percentage that is more than a tenth of the whole, so that it becomes more than the whole."""
    return _tenfold(finding, 0) if finding.operands[0].unit == "percent" and finding.operands[0].value > 10.2 else ()


def tenfold_level(finding: Finding) -> Sequence[Change]:
    """The same for a score of a metric that cannot be more, and not of "below" a percentage."""
    shown, (one, *_) = finding.operands[0], finding.computed
    limited = one.allowed is not None and one.allowed[1] <= 100
    return tenfold_share(finding) if limited and not isinf(shown.low) else ()


def tenfold_gain(finding: Finding) -> Sequence[Change]:
    """Ten times a gain in points, where that is more than the score itself; one in percent may be relative."""
    own, gain = finding.operands[:2]
    return _tenfold(finding, 1) if gain.unit != "percent" and 10 * gain.value > 1.1 * own.value else ()


def first_digit(finding: Finding) -> Sequence[Change]:
    """Another first digit in the last number of a group."""
    last = finding.operands[-1]
    match = DIGITS.search(last.printed)
    if match is None:
        return ()
    start = last.start + match.start()
    return ((start, start + 1, "2" if match.group()[0] == "1" else "1"),)


def exchanged(finding: Finding) -> Sequence[Change]:
    """The first two numbers of a group, each in the place of the other."""
    left, right = finding.operands[:2]
    return ((left.start, left.end, right.printed), (right.start, right.end, left.printed))


KINDS: Mapping[str, Callable[[Finding], Sequence[Change]]] = {
    "complement": tenfold,
    "decrease_over_100": tenfold_share,
    "direction": exchanged,
    "exact_transform": tenfold,
    "from_to_gain": tenfold,
    "implied_baseline": tenfold_gain,
    "mean_of_list": tenfold,
    "metric_range": tenfold_level,
    "own_delta_baseline": tenfold,
    "percent_over_baseline": tenfold,
    "precision_recall_f1": tenfold,
    "ratio_from_to": tenfold,
    "same_abstract_twice": first_digit,
    "size_vs_name": tenfold,
    "speedup_vs_saving": tenfold,
}
"""What contradicts a group that agrees, by the check that compares it; other checks need other words, not numbers."""


def _tenfold(finding: Finding, place: int) -> Sequence[Change]:
    operand = finding.operands[place]
    match = DIGITS.search(operand.printed)
    if match is None:
        return ()
    part = match["part"] or "0"
    shown = f"{match['whole']}{part[0]}" + (f".{part[1:]}" if part[1:] else "")
    return ((operand.start + match.start(), operand.start + match.end(), shown),)


def plant(finding: Finding, paper: Paper) -> Planted | None:
    """An abstract with the error of this group planted, or None where there is none to plant."""
    changes = sorted(KINDS[finding.check](finding))
    if not changes or any(one.paper_id != paper.id for one in finding.operands):
        return None
    text, places, shift = paper.abstract, [], 0
    for start, end, shown in changes:
        text = text[: start + shift] + shown + text[end + shift :]
        places.append((start + shift, start + shift + len(shown)))
        shift += len(shown) - (end - start)
    return Planted(finding.check, replace(paper, abstract=text), tuple(places))


def alarms(
    paper: Paper, changed: Collection[tuple[int, int]], known: Registry, versions: Sequence[Paper] = ()
) -> Iterator[tuple[Finding, bool]]:
    """The errors and warnings on an abstract, each with whether it holds a number that stands at a `changed` place.

    `versions` are further records of the paper.
    """
    others = {paper.id: [(other, parsing.read(other, known)) for other in versions]}
    for one in checks.run(Corpus.build([paper], parsing.read(paper, known), known, others)).findings:
        if one.state == "fail" and one.level != "note":
            yield one, any(o.start < end and start < o.end for o in one.operands for start, end in changed)


def measured(
    findings: Sequence[Finding], papers: Mapping[str, Paper], known: Registry, each: int, seed: int
) -> Counter[tuple[str, str]]:
    """How many errors were planted and found by check, and how many alarms were right and false by level."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    count: Counter[tuple[str, str]] = Counter()
    for check in KINDS:
        group = [one for one in findings if one.check == check and one.state == "pass"]
        for finding in dice.sample(group, len(group)):
            if count[check, "planted"] == each:
                break
            made = plant(finding, papers[finding.paper_id])
            if made is None:
                continue
            raised = list(alarms(made.paper, made.places, known))
            count[check, "planted"] += 1
            count[check, "found"] += any(held for _, held in raised)
            for alarm, held in raised:
                for name in (alarm.level, alarm.check):
                    count[name, "right" if held else "false"] += 1
                if not held:
                    print(f"false: {alarm.level} {alarm.check} in {finding.paper_id}: {alarm.message}")
    return count


def summary(folder: Path = figures.FOLDER) -> str:
    """The last recorded figures in words."""
    values = figures.last(folder / f"{NAME}.csv")
    if not values:
        return "No figures are recorded yet.\n"
    planted = sum(value for (_, figure), value in values.items() if figure == "planted")
    found = sum(value for (_, figure), value in values.items() if figure == "found")
    told = [
        f"{values.get((level, 'right'), 0):,.0f} of "
        f"{values.get((level, 'right'), 0) + values.get((level, 'false'), 0):,.0f} {level}s"
        for level in ("error", "warning")
    ]
    return (
        f"- Of {planted:,.0f} errors planted in real abstracts, {found:,.0f} ({found / planted:.0%}) are found; of the "
        f"alarms there, {' and '.join(told)} are on the changed number\n"
    )


def main() -> None:
    """Draw, plant, count and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", nargs="+")
    options.add_argument("--each", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    known = registry.load()
    corpus = gather(sources.read(chosen.corpus), known).corpus
    papers = {paper_id: record.paper for paper_id, record in corpus.records.items()}
    count = measured(checks.run(corpus, enable=["all"]).findings, papers, known, chosen.each, chosen.seed)
    for check in KINDS:
        planted = count[check, "planted"]
        print(f"{check:24} {count[check, 'found']:5} of {planted:5} found")
    for level in ("error", "warning"):
        right, false = count[level, "right"], count[level, "false"]
        if right + false:
            low, high = Precision(right, right + false, 0, "").interval
            print(f"{level}: {right} of {right + false} alarms on the changed number ({low:.3f} to {high:.3f})")
    if chosen.record:
        figures.record(NAME, dict(sorted(count.items())))


if __name__ == "__main__":
    main()
