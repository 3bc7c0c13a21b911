"""How many alarms the checks raise on worlds that are true by construction. The answer should be none.

    python benchmarks/consistent_worlds.py [--renderings 100000] [--parser] [--record]

Each world is an old and a new score and their gain, rendered through the templates of `tests/checks/check_worlds.py`,
and one of every other sum of `tests/checks/check_sums.py`: means of lists, losses and perplexities, counts on tests,
means over repeated samples. Every number is rounded half up, half to even or cut off. Claims are linked by hand, or
read by the parser (`--parser`, slower). Findings of level note are counted by state only: a true difference may be
within the noise. `--record` adds the figures to benchmarks/consistent_worlds.csv.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures  # noqa: E402
from leaderboard import checks, parsing, registry  # noqa: E402
from leaderboard.models import Claim, Paper  # noqa: E402
from tests.checks import check_sums  # noqa: E402
from tests.checks.check_worlds import ROUNDINGS, TEMPLATES, World, renderings  # noqa: E402

NAME = "consistent_worlds"
"""The name of the file of figures, and of this benchmark."""

BATCH = 5000
"""Renderings that are checked at a time."""


def worlds(seed: int) -> Iterator[World]:
    """Random worlds without end, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    while True:
        old, new = sorted(Decimal(dice.randint(60, 9940)) / 100 + Decimal(dice.randint(0, 99)) / 10000 for _ in "AB")
        decimals = (dice.randint(0, 2), dice.randint(0, 2), dice.randint(0, 2))
        roundings = (dice.choice(ROUNDINGS), dice.choice(ROUNDINGS), dice.choice(ROUNDINGS))
        yield World(old, new, decimals, roundings)


def rendered(seed: int) -> Iterator[tuple[Paper, tuple[Claim, ...]]]:
    """Their renderings, without end."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    for place, world in enumerate(worlds(seed)):
        yield from renderings(world, f"w{place}")
        yield from check_sums.renderings(dice, f"w{place}")


def summary(folder: Path = figures.FOLDER) -> str:
    """The last recorded figures in words, one line for each way to get the claims."""
    values = figures.last(folder / f"{NAME}.csv")
    lines = [
        f"- {how}: {values[how, 'alarms']:,.0f} alarms on {values[how, 'renderings']:,.0f} true abstracts of "
        f"{values[how, 'templates']:.0f} templates, {values[how, 'compared']:,.0f} of them compared\n"
        for how in dict.fromkeys(how for how, _ in values)
    ]
    return "".join(lines) or "No figures are recorded yet.\n"


def main() -> None:
    """Count states by check over all renderings, and print every alarm."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--renderings", type=int, default=100_000)
    options.add_argument("--parser", action="store_true", help="read the claims with the parser instead of by hand")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    known = registry.load()
    states: Counter[tuple[str, str]] = Counter()
    alarms = compared = 0
    stream = islice(rendered(chosen.seed), chosen.renderings)
    while batch := list(islice(stream, BATCH)):
        papers = {paper.id: paper for paper, _ in batch}
        found = (parsing.read(paper, known) if chosen.parser else claims for paper, claims in batch)
        corpus = checks.Corpus.build(papers.values(), (claim for claims in found for claim in claims), known)
        report = checks.run(corpus, enable=["all"])
        compared += len({finding.paper_id for finding in report.findings if finding.state != "not-applicable"})
        for finding in report.findings:
            states[finding.check, finding.state] += 1
            if finding.state == "fail" and finding.level != "note":
                alarms += 1
                print(f"{finding.level} {finding.check}: {finding.message} | {papers[finding.paper_id].abstract}")
    for (check, state), count in sorted(states.items()):
        print(f"{check:24} {state:16} {count:8}")
    templates = len({text for text, _ in TEMPLATES} | {one.template for one in check_sums.SUMS})
    how = "claims of the parser" if chosen.parser else "claims linked by hand"
    print(f"{how}: {compared} of {chosen.renderings} renderings compared by a check")
    print(f"{alarms} alarms on {chosen.renderings} renderings of {templates} templates that are true by construction")
    if chosen.record:
        values = {"renderings": chosen.renderings, "compared": compared, "templates": templates, "alarms": alarms}
        figures.record(NAME, {(how, figure): value for figure, value in values.items()})


if __name__ == "__main__":
    main()
