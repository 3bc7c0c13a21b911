"""Queries about the build as a whole: what the checks found, and what the claims cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.store import MOST_OPTIONS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.state import State
    from dashboard.store import Build


def findings(build: Build, state: State, *, start: int = 0, most: int | None = None) -> pd.DataFrame:
    """Findings that failed, need review, or both, as the address says, and pass the filters; worst level first.

    Of the findings found, those from `start` (0 is the first), at most `most`. Columns: those of the table `findings`,
    title, date, claim_id (of the first operand that is a claim), operands (text). They are stored in this order, and
    DuckDB keeps it.
    """
    where, parameters = _filter(state)
    return build.frame(
        f"SELECT * EXCLUDE (words) FROM finding_lines WHERE {where} LIMIT ? OFFSET ?",  # noqa: S608 - constants only
        [*parameters, most, start],
    )


def count_findings(build: Build, state: State) -> int:
    """How many findings pass the filters."""
    where, parameters = _filter(state)
    return int(build.frame(f"SELECT count(*) AS n FROM finding_lines WHERE {where}", parameters)["n"].iloc[0])  # noqa: S608 - as above


OF_BENCHMARK: Final = (
    "fingerprint IN (SELECT o.fingerprint FROM finding_operands o JOIN claims c USING (claim_id) WHERE c.benchmark = ?)"
)
"""Findings in which a claim on a benchmark takes part."""


def benchmarks(build: Build) -> list[str]:
    """Benchmarks of the claims that take part in findings, most such claims first, at most 500."""
    found = build.fact(
        "SELECT benchmark FROM finding_benchmarks ORDER BY claims DESC, benchmark LIMIT ?", [MOST_OPTIONS]
    )
    return list(found["benchmark"])


def _filter(state: State) -> tuple[str, list[object]]:
    """The filters as a condition on `finding_lines` with its parameters."""
    where, parameters = ["list_contains(?, state)"], list[object]([_states(state)])
    for chosen, clause in (
        (list(state.check), "list_contains(?, check_name)"),
        (state.level if state.level != "all" else "", "level = ?"),
        (state.origin if state.origin != "all" else "", "origin = ?"),
        (state.q, "contains(words, lower(?))"),
        (state.bench, OF_BENCHMARK),
    ):
        if chosen:
            where.append(clause)
            parameters.append(chosen)
    return " AND ".join(where), parameters


def check_counts(build: Build, state: State) -> pd.DataFrame:
    """How many findings each check made at each level: columns check_name, level, findings."""
    return build.fact(
        "SELECT check_name, level, sum(findings)::BIGINT AS findings FROM check_counts WHERE list_contains(?, state) "
        "GROUP BY check_name, level ORDER BY check_name, level",
        [_states(state)],
    )


OUTCOMES = {
    "agree": "pass",
    "errors": "error",
    "warnings": "warning",
    "notes": "note",
    "to review": "review",
    "suppressed": "suppressed",
    "not applicable": "not-applicable",
}
"""What can come of a group of numbers, in words, and the state or (of failures) the level that says so."""


def outcomes(build: Build) -> dict[str, int]:
    """How many groups of numbers had each outcome, by the names of `OUTCOMES`; all of them, also those with none."""
    counts = build.fact(
        "SELECT CASE state WHEN 'fail' THEN level ELSE state END AS outcome, sum(findings)::BIGINT AS findings "
        "FROM check_counts GROUP BY outcome"
    )
    found = dict(zip(counts["outcome"], counts["findings"], strict=True))
    return {words: int(found.get(name, 0)) for words, name in OUTCOMES.items()}


def reach(build: Build) -> tuple[int, int]:
    """How many numbers the build holds as claims, and how many of them no check saw."""
    counts = build.fact("SELECT claims, outside FROM check_reach")
    return int(counts["claims"].iloc[0]), int(counts["outside"].iloc[0])


def reasons(build: Build) -> pd.DataFrame:
    """Why groups were not applicable, most frequent first: columns reason, findings."""
    return build.fact("SELECT reason, findings FROM check_reasons ORDER BY findings DESC, reason")


def state_counts(build: Build) -> tuple[int, int]:
    """How many findings failed, and how many need review."""
    counts = build.fact("SELECT state, sum(findings)::BIGINT AS findings FROM check_counts GROUP BY state")
    found = dict(zip(counts["state"], counts["findings"], strict=True))
    return int(found.get("fail", 0)), int(found.get("review", 0))


BOARDS: Final = 4
"""Boards whose claims are drawn as strips."""

STRIP: Final = 100
"""Claims of a board in a strip."""


def flagged_boards(build: Build) -> pd.DataFrame:
    """The boards of scores with most claims that have a finding, at most four: columns of `boards` and flagged."""
    return build.fact(
        """
        SELECT b.*, f.flagged FROM boards b JOIN (
            SELECT board_no, count(*) AS flagged FROM board_rows WHERE flag AND score IS NOT NULL GROUP BY board_no
        ) f USING (board_no)
        WHERE b.kind = 'score' AND b.n_rows > 2 ORDER BY f.flagged DESC, b.board_no LIMIT ?
        """,
        [BOARDS],
    )


def strip(build: Build, board_no: int) -> pd.DataFrame:
    """The claims of a board that a strip draws, those with a finding first: claim_id, model, printed, score, flag."""
    return build.frame(
        """
        SELECT claim_id, model, printed, score, flag FROM board_rows WHERE board_no = ? AND score IS NOT NULL
        ORDER BY flag DESC, claim_id LIMIT ?
        """,
        [board_no, STRIP],
    )


def coverage(build: Build) -> pd.DataFrame:
    """How much of the papers and claims is usable, as shares between 0 and 1: columns part, share, known, total."""
    return build.fact("SELECT part, known / total AS share, known, total FROM coverage WHERE total > 0 ORDER BY place")


def claims_by_year(build: Build) -> pd.DataFrame:
    """Claims per year and kind: columns year, kind, claims; those without a date last, under "undated"."""
    return build.fact("SELECT year, kind, claims FROM year_counts ORDER BY ALL")


def claims_by_confidence(build: Build) -> pd.DataFrame:
    """Claims by confidence in steps of 0.1: columns confidence (lower end of the step), claims."""
    return build.fact("SELECT confidence, claims FROM confidence_counts ORDER BY ALL")


def _states(state: State) -> list[str]:
    return ["fail", "review"] if state.show == "all" else [state.show]
