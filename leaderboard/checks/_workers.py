"""The checks of a run in turn, or on two cores where there are very many claims: with the same findings.

A second process, made by forking so that the corpus need not be handed over, takes checks from the end of the list
while this one takes them from its beginning, until they meet. Whoever runs a check runs the whole of it.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from leaderboard.checks._corpus import Corpus
from leaderboard.models import Finding

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.sharedctypes import SynchronizedArray

MANY = 200_000
"""The number of claims from which a second process is worth its start and the findings that it hands over."""


def found(corpus: Corpus, checks: Sequence[ModuleType]) -> list[Finding]:
    """The findings of all checks, in the order of `checks`."""
    by_check = _by_two(corpus, checks) if _worth_it(corpus) else {}
    return [
        finding
        for place, check in enumerate(checks)
        for finding in (by_check[place] if place in by_check else check.find(corpus))
    ]


def _worth_it(corpus: Corpus) -> bool:
    """Whether there is enough to do, a core to do it, and no thread that forking would leave without its fellows."""
    able = hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1
    return able and corpus.claim_count >= MANY


def _by_two(corpus: Corpus, checks: Sequence[ModuleType]) -> dict[int, list[Finding]]:
    """The findings by the place of their check; without those of checks that the other process did not hand over."""
    import multiprocessing  # noqa: PLC0415 - start-up time

    _ = corpus.cells  # made once, for both
    context = multiprocessing.get_context("fork")
    # The first check that nobody has taken, and the one behind the last: they meet when all are taken.
    ends = context.Array("i", [0, len(checks)])
    receiver, sender = context.Pipe(duplex=False)
    other = context.Process(target=_work, args=(corpus, checks, ends, sender), daemon=True)
    other.start()
    sender.close()
    mine = {place: list(checks[place].find(corpus)) for place in _turns(ends, from_end=False)}
    try:
        theirs: dict[int, list[Finding]] = receiver.recv()
    except EOFError:  # it came to an end without an answer: its checks are run here, and fail here if they must
        theirs = {}
    other.join()
    return mine | theirs


def _work(corpus: Corpus, checks: Sequence[ModuleType], ends: SynchronizedArray[int], sender: Connection) -> None:
    """What the other process does: its checks, then one message with their findings."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the first process, which ends this one
    gc.freeze()  # what both share is copied where it is only looked through, too
    sender.send({place: list(checks[place].find(corpus)) for place in _turns(ends, from_end=True)})
    sender.close()


def _turns(ends: SynchronizedArray[int], *, from_end: bool) -> Iterator[int]:
    """The places of checks to run, one after the other, until none is left."""
    while True:
        with ends.get_lock():
            first, behind = ends[0], ends[1]
            if first == behind:
                return
            if from_end:
                ends[1] = place = behind - 1
            else:
                ends[0], place = first + 1, first
        yield place
