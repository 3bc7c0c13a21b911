"""What a build must hold so that its pages can be drawn: tables, columns, and tables that tell the same story."""

from __future__ import annotations

from typing import Final

NEEDED: Final = {
    "papers": ("paper_id", "title", "abstract", "url", "date"),
    "claims": (
        "claim_id",
        "benchmark",
        "metric",
        "kind",
        "printed",
        "subject",
        "sentence",
        "start",
        "end",
        "confidence",
        "corrected",
    ),
    "boards": ("board_id", "kind", "benchmark", "metric", "lane", "unit", "higher_is_better", "n_rows", "n_papers"),
    "board_rows": (
        "board_id",
        "rank",
        "rank_low",
        "rank_high",
        "tie",
        "claim_id",
        "model",
        "score",
        "printed",
        "note",
        "board_no",
        "place",
        "flag",
        "again",
        "corrected",
    ),
    "benchmark_counts": ("name", "papers", "claims"),
    "meetings": ("kind", "one", "other", "shared"),
    "merged_boards": ("board_id", "kind", "benchmark", "metric", "lane", "unit", "n_rows", "n_papers", "board_no"),
    "merged_rows": ("board_id", "rank", "claim_id", "model", "score", "lane", "board_no", "place", "flag"),
    "leaders": (
        "role",
        "board_id",
        "board_no",
        "claim_id",
        "model",
        "printed",
        "best",
        "claims",
        "papers",
        "flagged",
        "trend",
        "words",
    ),
    "benchmark_facets": ("kind", "benchmark", "claims", "papers", "words"),
    "systems": ("kind", "model", "boards", "papers"),
    "finding_lines": ("fingerprint", "check_name", "level", "state", "title", "claim_id", "operands", "words"),
    "check_reach": ("claims", "outside"),
    "check_reasons": ("reason", "findings"),
    "paper_years": ("year", "papers", "known"),
    "finding_benchmarks": ("benchmark", "claims"),
    "year_counts": ("year", "kind", "claims"),
    "corrections": ("entry", "reason", "paper_id", "start", "end", "field", "parsed", "corrected", "problem"),
    "findings": ("fingerprint", "check_name", "level", "state", "message", "quote", "formula", "details_json"),
    "finding_operands": ("fingerprint", "paper_id", "start", "end", "printed", "low", "high", "claim_id"),
}
"""Tables and columns without which the pages cannot be drawn."""

AGREE: Final = {
    "its boards and their best lines": (
        "SELECT count(*) FROM boards FULL JOIN leaders USING (board_no) "
        "WHERE boards.board_id IS DISTINCT FROM leaders.board_id"
    ),
    "its boards and their lines": (
        "SELECT count(*) FROM boards FULL JOIN (SELECT board_no, count(*) AS n FROM board_rows GROUP BY board_no) "
        "USING (board_no) WHERE n_rows IS DISTINCT FROM n"
    ),
    "the lines of boards and its claims": (
        "SELECT count(*) FROM board_rows ANTI JOIN claims USING (claim_id) WHERE claim_id IS NOT NULL"
    ),
    "its claims and its papers": "SELECT count(*) FROM claims ANTI JOIN papers USING (paper_id)",
    "its findings and their numbers": ("SELECT count(*) FROM finding_operands ANTI JOIN findings USING (fingerprint)"),
}
"""Pairs of tables that tell the same story, and a query that counts where they do not."""
