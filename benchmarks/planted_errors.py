"""How many planted errors the checks find, by check and by kind of error.

    python benchmarks/planted_errors.py [--worlds 300] [--parser]

First gains, then every other sum of `tests/checks/check_sums.py`, whose recall is counted by check,
and last the errors that only show beside other papers.

Each true world gets one error in its gain: two digits swapped, one digit changed, ten times the value, or points given
for a relative gain and the reverse. Errors that leave a number some reading permits are no contradiction; they count as
planted all the same, so the shares are what a reader would see.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from leaderboard import checks, parsing, registry  # noqa: E402
from leaderboard.models import Claim, Paper  # noqa: E402
from leaderboard.registry import Registry  # noqa: E402
from tests.checks.check_sums import SUMS, rendered  # noqa: E402
from tests.checks.check_worlds import TEMPLATES, World, render, spoiled  # noqa: E402

WITH_GAIN = [(text, meanings) for text, meanings in TEMPLATES if "{G}" in text]
"""Templates that state a gain."""


def worlds(seed: int) -> Iterator[World]:
    """Random worlds of papers' usual scores and gains, printed with one decimal."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    while True:
        old = Decimal(dice.randint(200, 850)) / 10
        yield World(old, old + Decimal(dice.randint(10, 120)) / 10, (1, 1, 1), (ROUND_HALF_UP,) * 3)


def planted(world: World, dice: random.Random) -> Iterator[tuple[str, str, tuple[Paper, tuple[Claim, ...]]]]:
    """Every template with every error: the error's name, the template, and the rendering."""
    for place, (template, meanings) in enumerate(WITH_GAIN):
        numbers = world.printed(meanings[0])
        errors = list(spoiled(numbers["G"], [dice.randint(1, 9)]))
        if len(meanings) < 3 and "{A}" in template:
            other = "relative" if meanings[0] == "points" else "points"
            errors.append(("points for relative", world.printed(other)["G"]))
        for name, gain in errors:
            if gain != numbers["G"]:
                yield name, template, render(template, {**numbers, "G": gain}, f"{place}-{name}")


def main() -> None:
    """Print found and planted by kind of error, and which checks found them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=300)
    options.add_argument("--parser", action="store_true", help="read the claims with the parser instead of by hand")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    known = registry.load()
    dice = random.Random(chosen.seed)  # noqa: S311 - not for secrets
    sown: Counter[str] = Counter()
    found: Counter[str] = Counter()
    by_check: Counter[str] = Counter()
    by_template: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for world in islice(worlds(chosen.seed), chosen.worlds):
        for name, template, (paper, claims) in planted(world, dice):
            read = parsing.read(paper, known) if chosen.parser else claims
            report = checks.run(checks.Corpus.build([paper], read, known))
            caught = {finding.check for finding in report.findings if finding.state == "fail"}
            sown[name] += 1
            tried[template] += 1
            found[name] += bool(caught)
            by_template[template] += bool(caught)
            by_check.update(caught)
    for name, count in sorted(sown.items()):
        print(f"{name:24} {found[name]:6} of {count:6} found, {found[name] / count:.0%}")
    for name, count in sorted(by_check.items()):
        print(f"found by {name:24} {count:6}")
    for template, count in tried.items():
        print(f"{by_template[template] / count:5.0%}  {template}")
    sums(chosen.worlds, dice, known, parser=chosen.parser)
    across(chosen.worlds, dice, known)


def sums(worlds: int, dice: random.Random, known: Registry, *, parser: bool) -> None:
    """Print found and planted by check and kind of error for sums that are no gains."""
    sown: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for _ in range(worlds):
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
    for check, slip in sorted(sown):
        count = sown[check, slip]
        print(f"{check:24} {slip:16} {found[check, slip]:6} of {count:6} found, {found[check, slip] / count:.0%}")


def across(worlds: int, dice: random.Random, known: Registry) -> None:
    """Print found and planted for errors that only show beside other papers, with claims linked by hand.

    A cell holds ten papers with one score each; then one of them is printed as a fraction or loses its decimal point,
    a later paper quotes the first with two digits swapped, or a paper dated later calls a worse score the best.
    """
    sown: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for _ in range(worlds):
        scores = [f"{dice.randint(700, 900) / 10:.1f}" for _ in range(10)]
        swapped = f"{scores[0][1]}{scores[0][0]}{scores[0][2:]}"
        best = max(scores, key=float)
        plants = {
            "scale_mix": (f"{float(scores[0]) / 100:.3f}", "none", "own", "Emu has a score of {}."),
            "outlier": (f"{float(scores[0]) / 10:.2f}%", "percent", "own", "Emu has a score of {}."),
            "quoted_baseline": (f"{swapped}%", "percent", "baseline", "The rival Owl0 has {}."),
            "earlier_higher": (f"{float(best) - 1:.1f}%", "percent", "own", "Emu is a new state of the art with {}."),
        }
        for check, (printed, unit, role, text) in plants.items():
            if check == "quoted_baseline" and swapped == scores[0]:
                continue
            group = [
                _score(f"w{place}", f"We propose Owl{place}. Owl{place} has {{}}.", f"{value}%", f"Owl{place}")
                for place, value in enumerate(scores)
            ]
            subject = "Owl0" if role == "baseline" else "Emu"
            paper, claim = _score("planted", text, printed, subject)
            claim = replace(claim, unit=unit, role=role)  # type: ignore[arg-type]
            papers = [replace(one, date="2020") for one, _ in group] + [replace(paper, date="2024")]
            corpus = checks.Corpus.build(papers, [*(one for _, one in group), claim], known)
            report = checks.run(corpus, only=[check])
            sown[check] += 1
            found[check] += any(one.state == "fail" and one.paper_id == "planted" for one in report.findings)
    for check, count in sorted(sown.items()):
        print(f"{check:24} {'across papers':16} {found[check]:6} of {count:6} found, {found[check] / count:.0%}")


def _score(name: str, text: str, printed: str, subject: str) -> tuple[Paper, Claim]:
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
        role="own",
        baseline=None,
        direction=None,
        bound="exact",
        setting=(),
        sentence_start=text.rfind(". ") + 1,
        sentence_end=len(paper.abstract),
        rule="invented",
        confidence=1.0,
    )
    return paper, claim


if __name__ == "__main__":
    main()
