"""How long the checks across papers take on a million claims. The aim: under a minute.

    python benchmarks/check_scale.py [--claims 1000000] [--seed 1] [--record]

Invented papers of ten claims each, on the benchmarks of the registry with the uneven popularity that benchmarks have
(the n-th most used gets a share like 1/n). Scores, systems, dates, shots and roles are random, so that the checks find
something; making the papers is not timed. First each check by itself, in one process; then all of them as a run of the
checks does it, in two processes, with the time on the clock. The other seconds are of processor time, so that other
work on the machine does not count much: those of the busier of the two processes are what the clock shows on a machine
with two cores and nothing else to do. Machines differ, and one machine differs from day to day, so that a yardstick is
measured in the same run: the seconds in which Python's own `json` decodes as many small records. The main figure is how
many times that the checks take. `--record` adds the figures to benchmarks/check_scale.csv.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures  # noqa: E402
from leaderboard import checks, registry  # noqa: E402
from leaderboard.checks import Corpus, _workers  # noqa: E402
from leaderboard.cli import YOUNG  # noqa: E402
from leaderboard.models import Claim, Paper  # noqa: E402
from leaderboard.plugins import discover  # noqa: E402
from leaderboard.registry import Registry  # noqa: E402

NAME = "check_scale"
"""The name of the file of figures, and of this benchmark."""

ACROSS = (
    "before_release",
    "duplicate_ingest",
    "earlier_higher",
    "mixed_ranking",
    "outlier",
    "quoted_baseline",
    "same_cell_spread",
    "scale_mix",
)
"""The checks that set claims of different papers, or of a paper and the registry's dates, against each other."""

RATIO = "times the yardstick"
"""The main figure: seconds in all over those of `yardstick`."""

BUSIER = "seconds of the busier of two processes"
CLOCK = "seconds on the clock in two processes"
"""The figures of a run in two processes."""

PER_PAPER = 10
"""Claims of one paper."""

WORDS = ("", " 5-shot", " zero-shot", " state-of-the-art")
"""What may stand before the metric."""


def invented(count: int, known: Registry, seed: int) -> Iterator[tuple[Paper, list[Claim]]]:
    """Papers with `PER_PAPER` claims each until there are `count` claims, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    names = [entry.name for entry in known.benchmarks.values() if entry.metric is not None]
    popular = list(accumulate(1 / place for place in range(1, len(names) + 1)))
    for number in range(count // PER_PAPER):
        system = f"Owl-{number}"
        date = f"{dice.randint(2016, 2025)}-{dice.randint(1, 12):02}"
        parts, spans, place = [f"We propose {system}."], [], len(f"We propose {system}.")
        for benchmark in dice.choices(names, cum_weights=popular, k=PER_PAPER):
            own = dice.random() < 0.6
            subject = system if own else f"Owl-{dice.randint(0, count // PER_PAPER)}"
            word = dice.choices(WORDS, (6, 1, 1, 1))[0]
            value = min(99.9, max(0.1, dice.gauss(75, 10)))
            shown = f"{value / 100:.3f}" if dice.random() < 0.02 else f"{value:.1f}%"
            head = (
                f" {subject} sets a new{word} result of " if word == WORDS[3] else f" {subject} has a{word} score of "
            )
            sentence = f"{head}{shown} on {benchmark}."
            start = place + len(head)
            spans.append((benchmark, subject, own, word.strip(), shown, start, place + 1, place + len(sentence)))
            parts.append(sentence)
            place += len(sentence)
        paper = Paper(f"p{number}", f"{system}: An Invented Paper", "".join(parts), date=date)
        yield paper, [_claim(paper.id, known, *span) for span in spans]


def _claim(  # noqa: PLR0917 - in the order in which `invented` packs them
    paper_id: str,
    known: Registry,
    benchmark: str,
    subject: str,
    own: bool,  # noqa: FBT001
    word: str,
    shown: str,
    start: int,
    opens: int,
    closes: int,
) -> Claim:
    """One invented claim."""
    percent = shown.endswith("%")
    value = float(shown.rstrip("%"))
    metric = known.benchmarks[benchmark].metric
    setting = (word,) if word.endswith("shot") else ()
    role = "own" if own else "baseline"
    return Claim(
        paper_id=paper_id,
        start=start,
        end=start + len(shown),
        number=shown,
        kind="score",
        value=value,
        value_high=None,
        unit="percent" if percent else "none",
        half_width=0.05 if percent else 0.0005,
        metric=metric,
        metric_mention=metric,
        metric_inferred=False,
        benchmarks=(benchmark,),
        benchmark_mentions=(benchmark,),
        subject=subject,
        role=role,
        baseline=None,
        direction=None,
        bound="exact",
        setting=setting,
        sentence_start=opens,
        sentence_end=closes,
        rule="invented",
        confidence=0.9,
    )


def yardstick(count: int) -> float:
    """Seconds of processor time in which `json` decodes so many small records, the best of three rounds."""
    lines = [json.dumps({"id": number, "name": "Owl", "value": number / 7}) for number in range(count)]
    rounds = []
    for _ in range(3):
        started = time.process_time()
        for line in lines:
            json.loads(line)
        rounds.append(time.process_time() - started)
    return min(rounds)


def by_two(corpus: Corpus) -> tuple[int, dict[str, float]]:
    """The number of findings of all checks across papers as one run makes them, and the seconds that it takes."""
    modules = discover(checks)
    fresh = Corpus(corpus.records, corpus.registry, corpus.versions)  # without the cells that are made already
    clock, mine, theirs = time.perf_counter(), time.process_time(), _of_children()
    found = _workers.found(fresh, [modules[name] for name in ACROSS])
    busier = max(time.process_time() - mine, _of_children() - theirs)
    return len(found), {BUSIER: busier, CLOCK: time.perf_counter() - clock}


def _of_children() -> float:
    """Seconds of processor time of processes that have come to their end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def summary(folder: Path = figures.FOLDER) -> str:
    """The last recorded figures in words, one line for each number of claims."""
    values = figures.last(folder / f"{NAME}.csv")
    lines = []
    for what in dict.fromkeys(what for what, _ in values):
        ratio = values.get((what, RATIO))
        more = f", {ratio:.0f} times what decoding as many small JSON records takes" if ratio is not None else ""
        busier = values.get((what, BUSIER))
        more += f"; in two processes {busier:.0f} seconds of the busier one" if busier is not None else ""
        lines.append(
            f"- the checks across papers on {what}: {values[what, 'seconds in all']:.0f} seconds of one core{more}\n"
        )
    return "".join(lines) or "No figures are recorded yet.\n"


def main() -> None:
    """Time the grouping by cell and each check, and print how many findings of each state there are."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    gc.set_threshold(YOUNG)  # as the command does
    known = registry.load()
    papers, claims = [], []
    for paper, found in invented(chosen.claims, known, chosen.seed):
        papers.append(paper)
        claims += found
    corpus = checks.Corpus.build(papers, claims, known)
    gc.freeze()  # the invented papers are not the checks' to look through
    modules = discover(checks)
    unit = yardstick(corpus.claim_count)
    started = time.process_time()
    cells = len(corpus.cells)
    total = time.process_time() - started
    seconds = {"grouping by cell": total}
    print(f"{'grouping by cell':24} {total:6.1f} s   {cells} cells of {corpus.claim_count} claims")
    for name in ACROSS:
        started = time.process_time()
        states = Counter(finding.state for finding in modules[name].find(corpus))
        spent = time.process_time() - started
        total += spent
        seconds[name] = spent
        print(f"{name:24} {spent:6.1f} s   " + ", ".join(f"{count} {state}" for state, count in sorted(states.items())))
    count, two = by_two(corpus)
    print(
        f"{'all in two processes':24} {two[BUSIER]:6.1f} s of the busier one, {two[CLOCK]:.1f} s on the clock, {count}"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{'as many JSON records':24} {unit:6.1f} s")
    print(f"{total:.1f} s in all for {corpus.claim_count} claims, {total / unit:.1f} times the yardstick")
    print(f"at most {memory:.1f} GB, the papers included")
    if chosen.record:
        what = f"{corpus.claim_count} claims"
        parts = {(what, f"seconds of {name}"): round(spent, 1) for name, spent in seconds.items()}
        all_ = {
            (what, "seconds in all"): round(total, 1),
            (what, "seconds of the yardstick"): round(unit, 2),
            (what, RATIO): round(total / unit, 1),
            **{(what, figure): round(spent, 1) for figure, spent in two.items()},
            (what, "GB at most"): round(memory, 1),
        }
        figures.record(NAME, {**parts, **all_})


if __name__ == "__main__":
    main()
