"""The filters of the address as conditions on lines of boards, and the years to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.state import SIZES, State

if TYPE_CHECKING:
    from dashboard.store import Build


ROW_WORDS: Final = ("r.model", "r.title", "r.printed", "r.evidence")
"""What the search within a board looks at."""


def row_filter(state: State, *, words: bool) -> tuple[str, list[object]]:
    """The filters as a condition on `r` (board_rows) with its parameters."""
    clauses, parameters = ["true"], list[object]()

    def add(clause: str, *values: object) -> None:
        clauses.append(clause)
        parameters.extend(values)

    if state.since:
        add("r.date >= ?", state.since)
    if state.until:
        add("left(r.date, ?) <= ?", len(state.until), state.until)
    if state.minconf:
        add("r.confidence >= ?", state.minconf)
    if state.role == "own":
        add("r.role = 'own'")
    if state.size == "unstated":
        add("coalesce(r.subject_parameters, 0) <= 0")
    elif state.size != "all":
        add("r.subject_parameters >= ? AND r.subject_parameters > 0 AND r.subject_parameters < ?", *SIZES[state.size])
    if state.flags != "all":
        add("NOT r.flag" if state.flags == "clean" else "r.flag")
    if words and state.q:
        add(
            "(" + " OR ".join(f"contains(lower(coalesce({c}, '')), lower(?))" for c in ROW_WORDS) + ")",
            *([state.q] * len(ROW_WORDS)),
        )
    return " AND ".join(clauses), parameters


def years(build: Build) -> list[str]:
    """The years in which papers with claims appeared, newest first."""
    frame = build.fact("SELECT DISTINCT year FROM year_counts ORDER BY year DESC LIMIT 200")
    return [year for year in frame["year"] if str(year).isdigit()]
