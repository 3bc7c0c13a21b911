"""How many planted errors the checks find, by check and by kind of error.

    python benchmarks/planted_errors.py [--worlds 300] [--parser]

First gains, then every other sum of `tests/checks/check_sums.py`, whose recall is counted by check.

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


if __name__ == "__main__":
    main()
