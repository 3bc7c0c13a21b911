"""Print the boards of a benchmark from a build.

With --own, what papers quote of others is left out, and the ranks are among what they report of their own.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable

from leaderboard import normalise, rank, registry, table
from leaderboard.commands import _arguments, _terminal
from leaderboard.errors import LeaderboardError, UnknownName
from leaderboard.models import Board, Metric, Result, Snapshot

KINDS = ("score", "change", "ratio", "size")
"""Kinds of claims, each with boards of its own."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("benchmark", metavar="BENCHMARK", help="a name, an alias, or what a paper calls it")
    parser.add_argument("--metric", help="only boards of this metric (a name or an alias)")
    parser.add_argument("--kind", choices=KINDS, default="score", help="kind of claim (default: score)")
    parser.add_argument(
        "--top", type=_arguments.positive, default=10, metavar="N", help="lines per board (default: 10)"
    )
    parser.add_argument(
        "--merged",
        action="store_true",
        help="one board over all conditions, which then says so; each line names its own",
    )
    parser.add_argument(
        "--own", action="store_true", help="only what papers report of their own systems, no quoted baselines"
    )
    _arguments.add_build(parser)


def run(options: argparse.Namespace) -> int:
    """Print the boards, the fullest first."""
    snapshot = table.load(options.folder)
    boards = over_all_lanes(snapshot.boards, snapshot.merged) if options.merged else snapshot.boards
    found = select(boards, snapshot.results, options.benchmark, options.metric, options.kind)
    if options.own:
        found = own(snapshot, found)
        print("Own results only, ranked among themselves; what papers quote of others is left out.", end="\n\n")
    for place, board in enumerate(found):
        print(*([""] if place else []), *_terminal.board(board, options.top), sep="\n")
    return 0


def over_all_lanes(boards: tuple[Board, ...], merged: tuple[Board, ...]) -> tuple[Board, ...]:
    """Merged boards in place of those that they merge; a board with a single lane stays as it is."""

    def what(board: Board) -> tuple[str | None, ...]:
        return board.kind, board.benchmark, board.metric, board.unit

    replaced = {what(board) for board in merged}
    return (*merged, *(board for board in boards if what(board) not in replaced))


def own(snapshot: Snapshot, boards: list[Board]) -> list[Board]:
    """The same boards with own results only, ranked anew; raises `LeaderboardError` if none of them has any."""
    known = registry.load()
    names = {board.benchmark for board in boards}
    results = [result for result in snapshot.results if result.role == "own" and result.benchmark in names]
    made = (*rank.boards(results, known), *rank.merged(results, known, several=False))
    of_id = {board.board_id: board for board in made}
    found = [of_id[board.board_id] for board in boards if board.board_id in of_id]
    if not found:
        raise LeaderboardError("these boards hold no own results, only quoted ones; leave out --own")
    return sorted(found, key=lambda board: (-rank.ranked(board), -len(board.rows)))


def select(
    boards: tuple[Board, ...], results: Iterable[Result], benchmark: str, metric: str | None, kind: str
) -> list[Board]:
    """The boards of a benchmark by its name, an alias, or what papers of the build call it.

    Raises `UnknownName` with near names if there are none.
    """
    called = answering(boards, results, benchmark)
    here = [board for board in boards if board.benchmark in called]
    if not here:
        raise UnknownName("benchmark of this build", benchmark, near(benchmark, {b.benchmark or "" for b in boards}))
    if metric is not None:
        names = {registry.key(measure.name if measure else metric) for measure in measures(called, metric)}
        metrics = {board.metric or "" for board in here}
        here = [board for board in here if board.metric and registry.key(board.metric) in names]
        if not here:
            raise UnknownName(f"metric of {benchmark}", metric, near(metric, metrics) or sorted(metrics)[:3])
    chosen = [board for board in here if board.kind == kind]
    if not chosen:
        raise UnknownName(f"kind of claim on {benchmark}", kind, sorted({board.kind for board in here}))
    return chosen


def measures(benchmarks: Iterable[str | None], metric: str) -> list[Metric | None]:
    """What a metric by any name is on each of some benchmarks; on COCO, AP is mAP."""
    known = registry.load()
    return [normalise.metric_on(benchmark, metric, known) for benchmark in benchmarks]


def answering(boards: Iterable[Board], results: Iterable[Result], name: str) -> set[str]:
    """The benchmarks of a build that answer to a name: as boards are called, else as the registry or papers write it.

    Corrections may have given a benchmark another name than the registry's, or one more alias, and a benchmark that no
    registry holds has only the spellings of its papers.
    """
    entry = registry.load().benchmark(name)
    wanted = {registry.key(name), *([registry.key(entry.name)] if entry else [])}
    called = {board.benchmark for board in boards if board.benchmark and registry.key(board.benchmark) in wanted}
    if called:
        return called
    return {
        result.benchmark
        for result in results
        if result.benchmark and result.benchmark_mention and registry.key(result.benchmark_mention) in wanted
    }


def near(name: str, names: set[str]) -> list[str]:
    """At most three names that look like `name`, best first."""
    folded = {registry.key(one): one for one in sorted(names) if one}
    return [folded[key] for key in difflib.get_close_matches(registry.key(name), folded)]
