"""How many planted errors the checks find, by check and by kind of error.

    python benchmarks/planted_errors.py [--worlds 300] [--parser] [--record]

First gains, then every other sum of `tests/checks/check_sums.py`, and last the errors that only show beside other
papers. Every check has a kind of error at least; `--record` adds the figures to benchmarks/planted_errors.csv.

An error in a gain is two digits swapped, one digit changed, ten times the value, points given for a relative gain and
the reverse, the wrong sign, or the score of another baseline. Errors that leave a number some reading permits are no
contradiction; they count as planted all the same, so the shares are what a reader would see. A kind is planted only
where it can contradict something printed:

- A score with its gain and no baseline, "81.8% (+5.9%)", is outside the strict links: nothing printed contradicts a
  wrong gain, unless it is larger than the score. Those are planted among the other sums (`implied_baseline`).
- A sign is wrong where one is printed, "(-7.5%)", or where a verb governs two exchanged values; without either, the
  size of a gain is all that a text says.
- Bounds (a range, a mean, "up to") are contradicted by the errors that cross them, so only those are planted.
- Differences that are too small for their test are no wrong numbers: there, a pair that is too close is planted.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures  # noqa: E402
from leaderboard import checks, parsing, registry  # noqa: E402
from leaderboard.models import Claim, Paper, Role  # noqa: E402
from leaderboard.registry import Registry  # noqa: E402
from tests.checks.check_sums import SUMS, planted, rendered  # noqa: E402
from tests.checks.check_worlds import TEMPLATES, World, render, spoiled  # noqa: E402

NAME = "planted_errors"
"""The name of the file of figures, and of this benchmark."""

LINKED = [(text, meanings) for text, meanings in TEMPLATES if "{G}" in text and "{A}" in text]
"""Templates that state a gain and both values, by a strict link."""

GOVERNED = re.compile(r"^(?:It raises|Accuracy on ToyQA grows)[^()]*\bfrom \{A\}")
"""Templates whose verb governs the two values, so that exchanging them turns the statement round."""

Group = tuple[Paper, tuple[Claim, ...]]
Tally = Counter[tuple[str, str]]


def worlds(seed: int) -> Iterator[World]:
    """Random worlds of papers' usual scores and gains, printed with one decimal."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    while True:
        old = Decimal(dice.randint(200, 850)) / 10
        yield World(old, old + Decimal(dice.randint(10, 120)) / 10, (1, 1, 1), (ROUND_HALF_UP,) * 3)


def owner(template: str) -> str:
    """The check that recomputes the gain of a template."""
    if "over the baseline" in template:
        return "percent_over_baseline"
    if re.search(r"\) (?:over|compared to|versus) the \{A\}", template):
        return "own_delta_baseline"
    return "from_to_gain"


def wrong_gains(world: World, dice: random.Random) -> Iterator[tuple[str, str, Group, Group]]:
    """Every template with every error: the check that compares what the error spoils, its kind, and the rendering.

    Last the rendering of the true numbers, whose claims are the same but for those that the error spoils.
    """
    for place, (template, meanings) in enumerate(LINKED):
        numbers = world.printed(meanings[0])
        check = owner(template)
        made = [
            (check, kind, template, {**numbers, "G": gain})
            for kind, gain in spoiled(numbers["G"], [dice.randint(1, 9)])
            if gain != numbers["G"]
        ]
        made.append(
            (
                check,
                "wrong baseline",
                template,
                {**numbers, "A": planted(numbers["A"], "wrong baseline", dice, world.old)},
            )
        )
        if len(meanings) < len(("points", "relative", "error")):
            other = world.printed("relative" if meanings[0] == "points" else "points")["G"]
            made.append(("absolute_vs_relative", "points for relative", template, {**numbers, "G": other}))
        if "(+{G}" in template and "BLEU" not in template:
            made.append(("direction", "wrong sign", template.replace("(+{G}", "(-{G}"), numbers))
        if GOVERNED.search(template):
            made.append(("direction", "values exchanged", template, {**numbers, "A": numbers["B"], "B": numbers["A"]}))
        for owned, kind, text, shown in made:
            name = f"{place}-{kind}"
            yield owned, kind, render(text, shown, name), render(template, numbers, name)


def gains(count: int, seed: int, known: Registry, *, parser: bool) -> tuple[Tally, Tally]:
    """Found and planted errors in gains; any check that finds one counts, as it would to a reader."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    found, sown = Tally(), Tally()
    for world in islice(worlds(seed), count):
        for check, kind, (paper, claims), _ in wrong_gains(world, dice):
            read = parsing.read(paper, known) if parser else claims
            report = checks.run(checks.Corpus.build([paper], read, known))
            sown[check, kind] += 1
            found[check, kind] += any(one.state == "fail" for one in report.findings)
    return found, sown


def sums(count: int, seed: int, known: Registry, *, parser: bool) -> tuple[Tally, Tally]:
    """Found and planted errors in sums that are no gains."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    found, sown = Tally(), Tally()
    for _ in range(count):
        for one in SUMS:
            for slip in one.slips:
                made = rendered(one, dice, "planted", slip)
                if made is None:
                    continue
                paper, claims = made
                read = parsing.read(paper, known) if parser else claims
                report = checks.run(checks.Corpus.build([paper], read, known), only=[one.check])
                sown[one.check, slip] += 1
                found[one.check, slip] += any(finding.state == "fail" for finding in report.findings)
    return found, sown


@dataclass(frozen=True)
class Plant:
    """An error that shows beside other papers: the check, its kind, and papers with claims, the spoiled one last.

    `versions` are further records of the spoiled paper.
    """

    check: str
    kind: str
    groups: Sequence[Group]
    versions: Sequence[Group] = field(default_factory=tuple)


def plants(dice: random.Random) -> Iterator[Plant]:
    """One plant of each kind, with claims linked by hand, on a benchmark on which ten papers have one score each."""
    scores = [f"{dice.randint(700, 899) / 10:.1f}" for _ in range(10)]
    cell = [
        _dated(
            _score(
                f"w{place}",
                f"We propose Owl{place}. Owl{place} has {{}} on the SVHN test set.",
                f"{value}%",
                f"Owl{place}",
            )
        )
        for place, value in enumerate(scores)
    ]
    own = scores[0]
    for kind in ("digits swapped", "one digit", "ten times"):
        slipped = planted(own, kind, dice, Decimal(0))
        if slipped == own:
            continue
        quoted = _score("planted", "The rival Owl0 has {}.", f"{slipped}%", "Owl0", role="baseline")
        if float(slipped) <= 100:  # more is for the range of the metric
            yield Plant("quoted_baseline", kind, [*cell, _dated(quoted, "2024")])
            yield Plant("same_cell_spread", kind, [*cell, _dated(quoted, "2024")])
        text = "We propose Emu. Emu has {} accuracy on SVHN."
        yield Plant(
            "duplicate_ingest",
            kind,
            [_score("planted", text, f"{own}%", "Emu")],
            [_score("planted", text, f"{slipped}%", "Emu")],
        )
        yield Plant("same_abstract_twice", kind, [_twice(own, slipped)])
    fraction = _in_unit(_score("planted", "Emu has a score of {}.", f"{float(own) / 100:.3f}", "Emu"), "none")
    yield Plant("scale_mix", "as a fraction", [*cell, _dated(fraction, "2024")])
    lost = _score("planted", "Emu has a score of {}.", f"{float(own) / 10:.2f}%", "Emu")
    yield Plant("outlier", "a tenth", [*cell, _dated(lost, "2024")])
    worse = f"{float(max(scores, key=float)) - 1:.1f}%"
    best = _score("planted", "Emu is a new state of the art with {}.", worse, "Emu")
    yield Plant("earlier_higher", "a worse best", [*cell, _dated(best, "2024")])
    split = _score("planted", "Emu has a score of {} on the SVHN dev set.", f"{own}%", "Emu")
    yield Plant("mixed_ranking", "another split", [*cell, _dated(split, "2024")])
    early = _score("planted", "Emu has a score of {}.", f"{own}%", "Emu")
    yield Plant("before_release", "wrong name", [_dated(early, str(dice.randint(1995, 2009)))])


def across(count: int, seed: int, known: Registry) -> tuple[Tally, Tally]:
    """Found and planted errors that only show beside other claims."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    found, sown = Tally(), Tally()
    for _ in range(count):
        for plant in plants(dice):
            claims = [claim for _, group in plant.groups for claim in group]
            versions = {"planted": plant.versions} if plant.versions else None
            corpus = checks.Corpus.build([paper for paper, _ in plant.groups], claims, known, versions)
            report = checks.run(corpus, only=[plant.check])
            sown[plant.check, plant.kind] += 1
            found[plant.check, plant.kind] += any(
                one.state == "fail" and any(operand.paper_id == "planted" for operand in one.operands)
                for one in report.findings
            )
    return found, sown


def measured(count: int, seed: int, known: Registry, *, parser: bool) -> dict[tuple[str, str], float]:
    """The figures by check, sorted: "KIND found" and "KIND planted" for every kind of error."""
    found, sown = Tally(), Tally()
    for part in (
        gains(count, seed, known, parser=parser),
        sums(count, seed, known, parser=parser),
        across(count, seed, known),
    ):
        found.update(part[0])
        sown.update(part[1])
    values: dict[tuple[str, str], float] = {}
    for check, kind in sorted(sown):
        values[check, f"{kind} found"] = found[check, kind]
        values[check, f"{kind} planted"] = sown[check, kind]
    return values


def shares(values: figures.Figures) -> dict[str, dict[str, tuple[int, int]]]:
    """Found and planted by check and kind of error."""
    by_check: dict[str, dict[str, tuple[int, int]]] = {}
    for (check, figure), value in values.items():
        kind, _, part = figure.rpartition(" ")
        if part == "planted":
            by_check.setdefault(check, {})[kind] = (int(values[check, f"{kind} found"]), int(value))
    return by_check


def summary(folder: Path = figures.FOLDER) -> str:
    """The last recorded figures as a Markdown table, one line for each check."""
    lines = ["| check | found of the planted errors | by kind |", "| --- | --- | --- |"]
    for check, kinds in shares(figures.last(folder / f"{NAME}.csv")).items():
        found, sown = (sum(one[part] for one in kinds.values()) for part in (0, 1))
        parts = ", ".join(f"{kind} {hit / all_:.0%}" for kind, (hit, all_) in kinds.items())
        lines.append(f"| `{check}` | {found:,} of {sown:,}, {found / sown:.0%} | {parts} |")
    return "\n".join(lines) + "\n" if len(lines) > 2 else "No figures are recorded yet.\n"


def main() -> None:
    """Print found and planted by check and kind of error, and record them if asked to."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=300)
    options.add_argument("--parser", action="store_true", help="read the claims with the parser instead of by hand")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    values = measured(chosen.worlds, chosen.seed, registry.load(), parser=chosen.parser)
    for check, kinds in shares(values).items():
        for kind, (found, sown) in kinds.items():
            print(f"{check:24} {kind:20} {found:6} of {sown:6} found, {found / sown:.0%}")
        found, sown = (sum(one[part] for one in kinds.values()) for part in (0, 1))
        print(f"{check:24} {'all':20} {found:6} of {sown:6} found, {found / sown:.0%}")
    if chosen.record:
        figures.record(NAME, values)


def _twice(first: str, second: str) -> Group:
    """A paper that gives one system two scores on one test."""
    text = "We propose Emu. Emu has {}% accuracy on SVHN. Again, Emu has {}% accuracy on SVHN."
    before, between, _ = text.split("{}%")
    paper, (claim,) = _score("planted", f"{before}{first}%{between}{{}} accuracy on SVHN.", f"{second}%", "Emu")
    claim = replace(claim, metric_mention="accuracy", metric_inferred=False)
    earlier = replace(
        claim,
        start=len(before),
        end=len(before) + len(first) + 1,
        number=f"{first}%",
        value=float(first),
        sentence_start=before.rfind(". ") + 2,
        sentence_end=claim.sentence_start,
    )
    return paper, (earlier, claim)


def _in_unit(group: Group, unit: str) -> Group:
    """The same with every claim in another unit."""
    return group[0], tuple(replace(claim, unit=unit) for claim in group[1])


def _dated(group: Group, date: str = "2020") -> Group:
    """The same with a date of the paper."""
    return replace(group[0], date=date), group[1]


def _score(name: str, text: str, printed: str, subject: str, role: Role = "own") -> Group:
    """A paper of one or two sentences whose last gives one score on one benchmark."""
    paper = Paper(name, "An Invented Paper", text.replace("{}", printed))
    start = text.index("{}")
    value = float(printed.rstrip("%"))
    decimals = len(printed.rstrip("%").partition(".")[2])
    claim = Claim(
        paper_id=name,
        start=start,
        end=start + len(printed),
        number=printed,
        kind="score",
        value=value,
        value_high=None,
        unit="percent",
        half_width=0.5 * 10.0**-decimals,
        metric="accuracy",
        metric_mention=None,
        metric_inferred=True,
        benchmarks=("SVHN",),
        benchmark_mentions=("SVHN",),
        subject=subject,
        role=role,
        baseline=None,
        direction=None,
        bound="exact",
        setting=(),
        sentence_start=text.rfind(". ") + 1,
        sentence_end=len(paper.abstract),
        rule="invented",
        confidence=1.0,
    )
    return paper, (claim,)


if __name__ == "__main__":
    main()
