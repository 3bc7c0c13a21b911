"""Queries about the build as a whole: what the checks found, and what the claims cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.state import State
    from dashboard.store import Build


def findings(build: Build, state: State) -> pd.DataFrame:
    """Findings that failed, need review, or both, as the address says, and pass the filters; worst level first.

    Columns: those of the table `findings`, title, date, claim_id (of the first operand that is a
    claim), operands (text).
    """
    where, parameters = ["list_contains(?, f.state)"], list[object]([_states(state)])
    for chosen, clause in (
        (state.check, "f.check_name = ?"),
        (state.level if state.level != "all" else "", "f.level = ?"),
    ):
        if chosen:
            where.append(clause)
            parameters.append(chosen)
    if state.q:
        columns = ("f.message", "f.quote", "f.check_name", "p.title")
        where.append("(" + " OR ".join(f"contains(lower(coalesce({c}, '')), lower(?))" for c in columns) + ")")
        parameters += [state.q] * len(columns)
    return build.frame(
        f"""
        SELECT f.*, p.title, p.date, o.claim_id, o.operands
        FROM findings f LEFT JOIN papers p USING (paper_id)
        LEFT JOIN (SELECT fingerprint, min_by(claim_id, start) FILTER (claim_id IS NOT NULL) AS claim_id,
                          string_agg(printed, ' · ' ORDER BY start) AS operands
                   FROM (SELECT DISTINCT fingerprint, claim_id, start, printed FROM finding_operands)
                   GROUP BY fingerprint) o USING (fingerprint)
        WHERE {" AND ".join(where)}
        ORDER BY CASE f.level WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.check_name,
                 f.paper_id, f.fingerprint
        """,  # noqa: S608 - constants only, values are bound
        parameters,
    )


def check_counts(build: Build, state: State) -> pd.DataFrame:
    """How many findings each check made at each level: columns check_name, level, findings."""
    return build.frame(
        "SELECT check_name, level, count(*) AS findings FROM findings WHERE list_contains(?, state) "
        "GROUP BY check_name, level ORDER BY check_name, level",
        [_states(state)],
    )


def state_counts(build: Build) -> tuple[int, int]:
    """How many findings failed, and how many need review."""
    query = (
        "SELECT count(*) FILTER (state = 'fail') AS fail, count(*) FILTER (state = 'review') AS review FROM findings"
    )
    counts = build.frame(query)
    return int(counts["fail"].iloc[0]), int(counts["review"].iloc[0])


def coverage(build: Build) -> pd.DataFrame:
    """How much of the papers and claims is usable, as shares between 0 and 1: columns part, share, known, total."""
    return build.frame(
        """
        WITH c AS (SELECT * FROM claims), parts(place, part, known, total) AS (
            SELECT 1, 'papers with a claim', (SELECT count(DISTINCT paper_id) FROM c), (SELECT count(*) FROM papers)
            UNION ALL SELECT 2, 'papers with a date', count(date), count(*) FROM papers
            UNION ALL SELECT 3, 'papers with a link', count(url), count(*) FROM papers
            UNION ALL SELECT 4, 'claims with a metric', count(metric), count(*) FROM c
            UNION ALL SELECT 5, 'claims with a benchmark', count(benchmark), count(*) FROM c
            UNION ALL SELECT 6, 'claims with a system', count(subject), count(*) FROM c
            UNION ALL SELECT 7, 'claims on a board', count(*) FILTER (claim_id IN (SELECT claim_id FROM board_rows)),
                count(*) FROM c
        )
        SELECT part, known / total AS share, known, total FROM parts WHERE total > 0 ORDER BY place
        """
    )


def claims_by_year(build: Build) -> pd.DataFrame:
    """Claims per year and kind: columns year, kind, claims; undated ones under the year "?"."""
    return build.frame(
        "SELECT coalesce(left(date, 4), '?') AS year, kind, count(*) AS claims FROM claims GROUP BY ALL ORDER BY ALL"
    )


def claims_by_confidence(build: Build) -> pd.DataFrame:
    """Claims by confidence in steps of 0.1: columns confidence (lower end of the step), claims."""
    return build.frame(
        "SELECT least(floor(confidence * 10 + 1e-9), 9) / 10 AS confidence, count(*) AS claims "
        "FROM claims GROUP BY 1 ORDER BY 1"
    )


def _states(state: State) -> list[str]:
    return ["fail", "review"] if state.show == "all" else [state.show]
