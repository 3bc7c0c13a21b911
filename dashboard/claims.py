"""Queries for one claim: its fields and abstract, its paper's other claims, its rivals, its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.store import records

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.store import Build


def claim(build: Build, claim_id: str) -> dict[str, Any] | None:
    """One row of the claims table with its paper's abstract and its board, or None if there is no such claim."""
    frame = build.frame(
        """
        SELECT c.*, p.abstract, r.board_id, b.lane, b.metric AS board_metric, b.benchmark AS board_benchmark,
               b.kind AS board_kind, b.unit AS board_unit, r.rank, r.tie, r.note
        FROM claims c LEFT JOIN papers p USING (paper_id) LEFT JOIN board_rows r ON r.claim_id = c.claim_id
        LEFT JOIN boards b ON b.board_id = r.board_id WHERE c.claim_id = ? LIMIT 1
        """,
        [claim_id],
    )
    return records(frame)[0] if len(frame) else None


def claims_of_paper(build: Build, paper_id: str, but: str) -> pd.DataFrame:
    """The other claims of a paper in order of place, at most 100."""
    return build.frame(
        """
        SELECT claim_id, printed, bound, kind, metric, benchmark, subject, role, confidence, corrected
        FROM claims WHERE paper_id = ? AND claim_id <> ? ORDER BY start, claim_id LIMIT 100
        """,
        [paper_id, but],
    )


def rivals(build: Build, board_id: str, claim_id: str) -> tuple[pd.DataFrame, str, str]:
    """The claim's neighbours on its board (3 better, 3 worse), and the ids of the next better and the next worse."""
    frame = build.frame(
        """
        WITH b AS (SELECT board_no FROM boards WHERE board_id = ?),
        here AS (SELECT place AS here FROM board_rows JOIN b USING (board_no) WHERE claim_id = ?)
        SELECT r.* FROM board_rows r JOIN b USING (board_no), here WHERE r.place BETWEEN here - 3 AND here + 3
        ORDER BY r.place
        """,
        [board_id, claim_id],
    )
    ids = list(frame["claim_id"])
    at = ids.index(claim_id) if claim_id in ids else -1
    return frame, ids[at - 1] if at > 0 else "", ids[at + 1] if 0 <= at < len(ids) - 1 else ""


def findings_of_claim(build: Build, claim_id: str, paper_id: str) -> pd.DataFrame:
    """The findings that a claim takes part in, and the spans of their numbers in its paper (list of start and end)."""
    return build.frame(
        """
        SELECT f.*, list([o.start, o."end"]) FILTER (o.paper_id = ?) AS spans
        FROM findings f JOIN finding_operands o USING (fingerprint)
        WHERE f.state IN ('fail', 'review')
          AND f.fingerprint IN (SELECT fingerprint FROM finding_operands WHERE claim_id = ?)
        GROUP BY ALL ORDER BY f.level, f.check_name, f.fingerprint
        """,
        [paper_id, claim_id],
    )
