"""Text for a terminal: aligned tables, boards, and a progress bar that shows on terminals only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from leaderboard.exports import corrections_csv
from leaderboard.exports._report import BETTER, UNNAMED, count, figure, name, visible
from leaderboard.models import Board, Correction, Paper, Row
from leaderboard.rank import MERGED, papers

LONGEST = 48
"""Characters of a title or a name before it is cut."""

CORRECTED = "✎"
"""What marks a line that was corrected."""

IDLE = 10
"""How many entries of a corrections file that change nothing are named."""

NUMERIC = frozenset({"rank", "score"})
"""Columns that are aligned to the right."""


def board(one: Board, top: int) -> Iterator[str]:
    """A board as lines of text: a heading, then the `top` first lines aligned under their columns.

    Where the rank of a line is not sure, the ranks that it may have in truth stand beside it.
    """
    about = f"{count(len(one.rows), 'line')} from {count(papers(one), 'paper')}; {BETTER[one.higher_is_better]}"
    yield f"{visible(name(one))}  ({about})"
    rows = []
    mixed = one.lane == MERGED
    open_ranks = any(row.rank_low != row.rank_high for row in one.rows[:top])
    for row in one.rows[:top]:
        rank = "-" if row.rank is None else f"{row.rank}{'=' if row.tie else ' '}"
        model = cut(row.model or UNNAMED[row.role])
        conditions = [cut(row.lane)] if mixed else []
        paper = cut(row.title or row.paper_id)
        score = cut(figure(row, one)) + (f" {CORRECTED}" if row.corrected else "")
        possible = [_possible(row)] if open_ranks else []
        rows.append([rank, *possible, model, score, *conditions, row.role, row.date or "", paper])
    maybe, lanes = ["may be"] if open_ranks else [], ["conditions"] if mixed else []
    header = ["rank", *maybe, "model", "score", *lanes, "role", "date", "paper"]
    yield from grid(header, rows)
    if any(row.corrected for row in one.rows[:top]):
        yield f"  {CORRECTED} corrected by hand; {corrections_csv.FILE} of the build says what was read"
    if len(one.rows) > top:
        yield f"  ... and {count(len(one.rows) - top, 'more line')}"


def _possible(row: Row) -> str:
    """The ranks that a line may have in truth, "2-4"; nothing where that is its rank alone, or it has none."""
    return "" if row.rank is None or row.rank_low == row.rank_high else f"{row.rank_low}-{row.rank_high}"


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows aligned in columns under a header."""
    widths = [max(len(cells[place]) for cells in (header, *rows)) for place in range(len(header))]
    for cells in (header, *rows):
        parts = [
            cell.rjust(width) if title in NUMERIC else cell.ljust(width)
            for title, cell, width in zip(header, cells, widths, strict=True)
        ]
        yield ("  " + "  ".join(parts)).rstrip()


def cut(text: str) -> str:
    """The text on one line without control characters, cut to `LONGEST` characters."""
    flat = visible(text).strip()
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def idle(corrections: Iterable[Correction]) -> Iterator[str]:
    """One line for each entry of a corrections file that changes nothing, with what to do; the first `IDLE` of them."""
    found = [one for one in corrections if one.problem]
    yield from (visible(f"{one.source}: {one.entry} changes nothing: {one.problem}") for one in found[:IDLE])
    if len(found) > IDLE:
        yield f"... and {len(found) - IDLE:,} more"


def watch(items: Sequence[Paper]) -> Iterable[Paper]:
    """The items one by one, with a progress bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for the library
    from rich.progress import track  # noqa: PLC0415

    return track(items, description="Reading papers", console=Console(stderr=True), transient=True)
