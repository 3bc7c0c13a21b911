"""What readers of a build ask first, worked out once when it is written, so that a large build answers as a small one.

Everything here is a query over the tables of the claims table (`table.py` runs them, in this order, into the same
file). Nothing is new: each table could be worked out again from the others, and every order is total, so the same
input makes the same rows. `SHAPED` says in what order a table is stored and which columns it gets on the way, `TABLES`
are tables of their own:

* `leaders`: one row per board with its best line, its numbers of claims and papers, the share of flagged claims, the
  best so far over time, and the words that a search for boards looks at, in lower case: its names and, behind a
  vertical tab and with a space before each word, all others that the registries know, and the task of the benchmark;
* `benchmark_facets`: benchmarks by kind, with how many claims and papers are on their boards;
* `benchmark_counts`: the benchmarks of claims, whether on a board or not, with their papers and claims;
* `systems`: systems by kind, with how many boards and papers they stand on, the most boards first;
* `meetings`: per kind the three pairs of systems that meet on most boards, of the 200 on most boards;
* `year_counts`, `confidence_counts`, `coverage`: how the claims are spread, and what they lack; `paper_years`: papers
  by year, and those with a claim;
* `check_counts`: findings by check, level and state; `check_reasons`: why groups were not applicable; `check_reach`:
  how many numbers there are, and how many no check saw;
* `finding_lines`: findings in the order in which they are read, worst first, with their numbers in one text;
  `finding_benchmarks`: the benchmarks of claims that take part in findings, most such claims first.
"""

from __future__ import annotations

from typing import Final

FLAGGED: Final = """
    SELECT DISTINCT o.claim_id FROM finding_operands o JOIN findings f USING (fingerprint)
    WHERE f.state = 'fail' AND o.claim_id IS NOT NULL
"""
"""Claims that take part in a finding that failed."""

NUMBERED: Final = "SELECT *, row_number() OVER () AS board_no FROM incoming"
"""Boards with their number, in the order in which they came."""

LINES: Final = """
    SELECT r.*, b.board_no, r.claim_id IN ({flagged}) AS flag, row_number() OVER (
        PARTITION BY b.board_no
        ORDER BY r.rank IS NULL, CASE WHEN b.higher_is_better THEN -r.score ELSE r.score END,
                 r.rank, r.date, r.claim_id
    ) AS place, count(*) OVER (PARTITION BY b.board_no, r.paper_id) > 1 AS again
    FROM (SELECT *, row_number() OVER () AS line FROM incoming) r JOIN {boards} b USING (board_id)
    ORDER BY board_no, place
"""
"""The lines of boards in the order in which they are shown; `again` says that the paper has others on this board."""

SHAPED: Final[dict[str, str]] = {
    "boards": NUMBERED,
    "merged_boards": NUMBERED,
    "board_rows": LINES.format(flagged=FLAGGED, boards="boards"),
    "merged_rows": LINES.format(flagged=FLAGGED, boards="merged_boards"),
}
"""Tables that are stored in another shape than they come in: lines of one board together, in the order shown (`place`);
`line` keeps the order in which they came."""

TABLES: Final[dict[str, str]] = {
    "leaders": """
        WITH spread AS (
            SELECT board_no, avg(flag::INT) AS flagged,
                   coalesce(list(score ORDER BY date, rank) FILTER (is_frontier AND score IS NOT NULL), []) AS trend
            FROM board_rows GROUP BY board_no
        )
        SELECT b.*, r.model, r.role, r.printed, r.bound, r.score AS best, r.date, r.title, r.url, r.claim_id,
               b.n_rows AS claims, b.n_papers AS papers, s.flagged, s.trend,
               lower(concat_ws(chr(11), concat_ws(chr(10), b.benchmark, b.metric, b.lane),
                               nullif(concat_ws(chr(10), m.words, u.words), ''))) AS words
        FROM boards b JOIN board_rows r ON r.board_no = b.board_no AND r.place = 1
        JOIN spread s ON s.board_no = b.board_no
        LEFT JOIN known_names m ON m.kind = 'benchmark' AND m.name = b.benchmark
        LEFT JOIN known_names u ON u.kind = 'metric' AND u.name = b.metric
        ORDER BY b.board_no
    """,
    "benchmark_facets": """
        SELECT kind, benchmark, sum(n_rows)::BIGINT AS claims, sum(n_papers)::BIGINT AS papers,
               lower(benchmark) AS words
        FROM boards WHERE benchmark IS NOT NULL GROUP BY kind, benchmark
        ORDER BY kind, papers DESC, words, benchmark
    """,
    "benchmark_counts": """
        SELECT benchmark AS name, count(DISTINCT paper_id) AS papers, count(*) AS claims FROM claims
        WHERE benchmark IS NOT NULL GROUP BY name ORDER BY papers DESC, claims DESC, name
    """,
    "systems": """
        SELECT b.kind, r.model, count(DISTINCT r.board_id) AS boards, count(DISTINCT r.paper_id) AS papers
        FROM board_rows r JOIN boards b USING (board_id) WHERE r.model IS NOT NULL
        GROUP BY b.kind, r.model ORDER BY b.kind, boards DESC, papers DESC, lower(r.model), r.model
    """,
    "meetings": """
        WITH named AS (
            SELECT DISTINCT b.kind, r.board_no, r.model FROM board_rows r JOIN boards b USING (board_no)
            WHERE r.model IS NOT NULL AND r.rank IS NOT NULL
        ), busy AS (
            SELECT kind, model FROM named GROUP BY kind, model
            QUALIFY row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, model) <= 200
        ), few AS (FROM named SEMI JOIN busy USING (kind, model)),
        pairs AS (
            SELECT x.kind, x.model AS one, y.model AS other, count(*) AS shared
            FROM few x JOIN few y ON x.board_no = y.board_no AND x.model < y.model GROUP BY ALL
        )
        SELECT * FROM pairs QUALIFY row_number() OVER (PARTITION BY kind ORDER BY shared DESC, one, other) <= 3
        ORDER BY kind, shared DESC, one, other
    """,
    "year_counts": """
        SELECT coalesce(left(date, 4), 'undated') AS year, kind, count(*) AS claims
        FROM claims GROUP BY ALL ORDER BY ALL
    """,
    "paper_years": """
        SELECT coalesce(left(date, 4), 'undated') AS year, count(*) AS papers,
               count(*) FILTER (paper_id IN (SELECT paper_id FROM claims)) AS known
        FROM papers GROUP BY year ORDER BY year
    """,
    "confidence_counts": """
        SELECT least(floor(confidence * 10 + 1e-9), 9) / 10 AS confidence, count(*) AS claims
        FROM claims GROUP BY 1 ORDER BY 1
    """,
    "coverage": """
        WITH parts(place, part, known, total) AS (
            SELECT 1, 'papers with a claim', (SELECT count(DISTINCT paper_id) FROM claims),
                (SELECT count(*) FROM papers)
            UNION ALL SELECT 2, 'papers with a date', count(date), count(*) FROM papers
            UNION ALL SELECT 3, 'papers with a link', count(url), count(*) FROM papers
            UNION ALL SELECT 4, 'claims with a metric', count(metric), count(*) FROM claims
            UNION ALL SELECT 5, 'claims with a benchmark', count(benchmark), count(*) FROM claims
            UNION ALL SELECT 6, 'claims with a system', count(subject), count(*) FROM claims
            UNION ALL SELECT 7, 'claims on a board',
                count(*) FILTER (claim_id IN (SELECT claim_id FROM board_rows)), count(*) FROM claims
        )
        SELECT * FROM parts ORDER BY place
    """,
    "check_counts": """
        SELECT check_name, level, state, count(*) AS findings FROM findings GROUP BY ALL ORDER BY ALL
    """,
    "check_reasons": """
        SELECT json_extract_string(details_json, '$.reason') AS reason, count(*) AS findings
        FROM findings WHERE state = 'not-applicable' GROUP BY reason ORDER BY findings DESC, reason
    """,
    "check_reach": """
        SELECT count(*) AS claims, count(*) FILTER (o.paper_id IS NULL) AS outside
        FROM (SELECT DISTINCT paper_id, start, "end" FROM claims)
        LEFT JOIN (SELECT DISTINCT paper_id, start, "end" FROM finding_operands) o USING (paper_id, start, "end")
    """,
    "finding_benchmarks": """
        SELECT c.benchmark, count(DISTINCT o.claim_id) AS claims
        FROM finding_operands o JOIN claims c USING (claim_id) WHERE c.benchmark IS NOT NULL
        GROUP BY c.benchmark ORDER BY claims DESC, c.benchmark
    """,
    "finding_lines": """
        SELECT f.* EXCLUDE (position), p.title, p.date, o.claim_id, o.operands,
               lower(concat_ws(chr(10), f.message, f.quote, f.check_name, p.title)) AS words
        FROM findings f LEFT JOIN papers p USING (paper_id)
        LEFT JOIN (SELECT fingerprint, min_by(claim_id, start) FILTER (claim_id IS NOT NULL) AS claim_id,
                          string_agg(printed, ' · ' ORDER BY start, printed) AS operands
                   FROM (SELECT DISTINCT fingerprint, claim_id, start, printed FROM finding_operands)
                   GROUP BY fingerprint) o USING (fingerprint)
        ORDER BY CASE f.level WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.check_name, f.paper_id,
                 f.fingerprint, f.position
    """,
}
"""Tables of answers, by name."""
