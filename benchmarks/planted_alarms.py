"""How many alarms on invented abstracts, half of them with a planted error, are on a changed number.

    python benchmarks/planted_alarms.py [--worlds 40] [--seed 1] [--record]

The sentences and errors are those of planted_errors.py, each beside the same sentence with true numbers; all are read
by the parser and checked by every check that is on. An alarm (an error or a warning) that holds a number which the
error changed is right; any other, and every one on a true sentence, is false. Where an error is no wrong number but
other words, the whole sentence counts as changed. These are seeded figures for the checks whose sums are too
rare in real abstracts for planted_in_real.py. `--record` adds them to benchmarks/planted_alarms.csv.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures, planted_errors, planted_in_real  # noqa: E402
from leaderboard import registry  # noqa: E402
from leaderboard.checks import Precision  # noqa: E402
from leaderboard.models import Paper  # noqa: E402
from leaderboard.registry import Registry  # noqa: E402
from tests.checks.check_sums import SUMS, rendered  # noqa: E402

NAME = "planted_alarms"
"""The name of the file of figures, and of this benchmark."""

Places = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Text:
    """A paper that is checked: where its changed numbers stand, none in a true one, and further records of it."""

    paper: Paper
    changed: Places
    versions: Sequence[Paper] = field(default_factory=tuple)


def texts(count: int, seed: int) -> Iterator[Text]:
    """Every sentence with every error, and beside it the sentence without, so many worlds of them."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    for world in islice(planted_errors.worlds(seed), count):
        for _, _, (paper, claims), (true, truths) in planted_errors.wrong_gains(world, dice):
            pairs = zip(claims, truths, strict=True)
            changed = frozenset((one.start, one.end) for one, other in pairs if one.number != other.number)
            if changed:  # now and then the gain in points and the relative one are printed alike
                yield Text(paper, changed)
                yield Text(true, frozenset())
    for _ in range(count):
        for one in SUMS:
            for slip in one.slips:
                made, true_sum = rendered(one, dice, "planted", slip), rendered(one, dice, "true")
                if made is None or true_sum is None:
                    continue
                letters = re.findall(r"\{([A-Z])\}", one.template)
                claims = [c for c, letter in zip(made[1], letters, strict=False) if letter == one.spoil]
                places = [(one.start, one.end) for one in ([] if slip in one.instead else claims)]
                # Errors in words, and in numbers that are no claims: the whole sentence.
                yield Text(made[0], frozenset(places or [(0, len(made[0].abstract))]))
                yield Text(true_sum[0], frozenset())
    for _ in range(count):
        for plant in planted_errors.plants(dice):
            for paper, claims in plant.groups[-1:] if plant.versions else ():
                others = [other for other, _ in plant.versions]
                yield Text(paper, frozenset((one.start, one.end) for one in claims), others)
                yield Text(paper, frozenset(), [paper])


def alarms(count: int, seed: int, known: Registry) -> Counter[tuple[str, str]]:
    """How many errors and warnings of each check are right and false."""
    found: Counter[tuple[str, str]] = Counter()
    for text in texts(count, seed):
        for one, held in planted_in_real.alarms(text.paper, text.changed, known, text.versions):
            found[one.check, "right" if held else "false"] += 1
            if not held:
                print(f"false: {one.level} {one.check}: {one.message} | {text.paper.abstract}")
    return found


def summary(folder: Path = figures.FOLDER) -> str:
    """The last recorded figures in words."""
    values = figures.last(folder / f"{NAME}.csv")
    if not values:
        return "No figures are recorded yet.\n"
    right, false = (sum(n for (_, figure), n in values.items() if figure == which) for which in ("right", "false"))
    return (
        f"- Of {right + false:,.0f} errors and warnings on invented abstracts, half of them true and half with a "
        f"planted error, {right:,.0f} ({right / (right + false):.0%}) are on a changed number\n"
    )


def main() -> None:
    """Print right and false alarms by check, and record them if asked to."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worlds", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    count = alarms(chosen.worlds, chosen.seed, registry.load())
    values: dict[tuple[str, str], float] = {}
    for check in sorted({check for check, _ in count}):
        right, false = count[check, "right"], count[check, "false"]
        values |= {(check, "right"): right, (check, "false"): false}
        low, high = Precision(right, right + false, 0, "").interval
        print(f"{check:24} {right:6} of {right + false:6} on a changed number ({low:.3f} to {high:.3f})")
    if chosen.record:
        figures.record(NAME, values)


if __name__ == "__main__":
    main()
