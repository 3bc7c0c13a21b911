"""What every column means that the dashboard shows or hands out: the field dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

FIELDS: Final = {
    "claim_id": "stable id of the claim: a hash of paper, place, kind and benchmark",
    "benchmark": "canonical name of the benchmark, or the printed one where no registry knows it; empty: none named",
    "benchmark_mention": "the benchmark as printed in the abstract",
    "metric": "canonical name of what is measured, or the printed one; empty: the abstract names none",
    "metric_mention": "the metric as printed in the abstract",
    "metric_inferred": "true where the abstract names no metric and the benchmark's usual one stands in",
    "kind": "score (a level), change (a difference), ratio (a multiple or share) or size (a scale)",
    "value": "the number in plain form, scale words applied: 22.4B is 22400000000",
    "value_high": "the upper end of a range, else empty",
    "unit": "unit of the value or of the board: percent, points, x, parameters, ...; none: a bare number",
    "printed": "the number exactly as printed in the abstract",
    "half_width": "half a unit of the last printed digit, on the scale of the value: how far rounding may reach",
    "score": "the value on the metric's canonical scale (0.95 printed as a share is 95 percent); empty: unknown",
    "higher_is_better": "true or false; empty: the metric has no known better direction",
    "subject": "the system that the number belongs to, as printed",
    "subject_parameters": "number of parameters of that system, where its name or the abstract says",
    "role": "own: the paper's proposal; baseline: quoted for comparison; other: mentioned in passing",
    "baseline": "for changes and ratios: what it is compared with, as printed",
    "direction": "for changes and ratios: up or down, the way the metric moves",
    "bound": "exact; up_to and at_least: only a bound was stated; about: approximate; average: a mean of several",
    "setting": "stated conditions (shots, split, ...) joined by semicolons; empty: none stated",
    "printed_scale": "of a score: printed as a fraction of the whole, in percent, or raw; empty: unknown",
    "scale_note": "why a number has no score, or how the rows of its board settled its scale",
    "corrected": "what a correction changed, from what and why; empty: nothing",
    "paper_id": "id of the paper in the input, or one made from its title",
    "title": "title of the paper",
    "url": "link to the paper",
    "date": "date of the paper: YYYY, YYYY-MM or YYYY-MM-DD, as far as known",
    "sentence": "the sentence in which the number stands",
    "start": "place of the number's first character in the abstract, counted from 0",
    "end": "place after the number's last character: abstract[start:end] is the printed number",
    "rule": "the rule of the parser that gave evidence",
    "confidence": "chance, 0 to 1, that the claim was read right; not that it is true",
    "board_id": "stable id of the board: a hash of what it compares",
    "rank": "place on the board, ties sharing it (1, 2, 2, 4); empty: shown but not ranked, see note",
    "rank_low": "best rank that the line may have in truth, by printed precision and test items",
    "rank_high": "worst rank that the line may have in truth",
    "tie": "true where the printed precision does not separate the line from another of the same rank",
    "tier": "true where the line is within two binomial standard errors of the best; empty: test items unknown",
    "model": "the system of the line, as printed; empty: the abstract names none",
    "lane": "the conditions that all lines of the board state; unstated: none, and never assumed equal to any",
    "evidence": "the sentence in which the number stands",
    "is_frontier": "true where the line was the best reported so far on its date",
    "note": "why a line has no rank",
    "flag": "true where a check has something to say about the claim",
    "best": "score of the best claim that passes the filters, in the board's unit",
    "claims": "number of claims",
    "papers": "number of papers",
    "flagged": "share, 0 to 1, of claims about which a check has something to say",
    "level": "of a finding: error, warning or note",
    "check_name": "the check that made the finding",
    "state": "fail: the numbers do not add up; review: it rests on something uncertain",
    "origin": "paper: the words themselves; pipeline: how they came in or were read",
    "message": "what differs, in one sentence",
    "operands": "the numbers that took part, as printed",
    "formula": "the sum that was done",
    "quote": "the words that the numbers stand in",
    "fingerprint": "stable id of the finding; changes when a number changes",
    "part": "what a share is of",
    "share": "known divided by total, 0 to 1",
    "known": "how many have it",
    "total": "how many there are",
    "year": "year of the paper; ? where undated",
    "field": "a column of the claims table",
    "missing": "how many lack it",
    "name": "a name as printed",
    "previous": "the best claim that was beaten, as printed",
    "source": "the file of corrections",
    "entry": "the entry of that file: its sort and its number among these",
    "problem": "why a correction changed nothing, and what to do; empty: it changed something",
    "parsed": "the value that was read",
    "became": "the value after correction; empty: none",
    "reason": "why it was corrected",
    "by": "who corrected it",
    "entered": "when it was corrected",
    "gain": "size of the claimed change in its unit, always positive",
}
"""Every column and its meaning, in plain words."""


def table(columns: Iterable[str]) -> list[tuple[str, str]]:
    """The given columns with their meanings, in order; raises `KeyError` for a column that nobody explained."""
    return [(name, FIELDS[name]) for name in columns]


BOARD_COLUMNS: Final = ["benchmark", "metric", "lane", "unit", "kind", "higher_is_better"]
"""The columns of a download that say which board a line stands on."""

PAPER_COLUMNS: Final = ["date", "title", "url", "evidence", "confidence"]
"""The columns of a download that lead from a line to its words."""
