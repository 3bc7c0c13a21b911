"""How much of the input the build covers, and how well it was read: queries, and figures recorded beside it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.state import State
    from dashboard.store import Build

    Group = tuple[str, list[object]]
    """Some of the claims: a condition on the table with its parameters."""

HISTORY: Final = "quality.csv"
"""The recorded figures, if they came with the build: columns date, commit, set, figure, value."""

CHECKOUT: Final = Path(__file__).resolve().parent.parent / "benchmarks"
"""Where the figures lie in a checkout; an installed package has none."""

LEVELS: Final = {
    "found": "the number is found",
    "kind": "its kind is right, too",
    "claim": "everything about it is right",
    "board": "lines of boards",
}
"""What is counted, from the easiest."""

UNSEEN: Final = ("fresh-4",)
"""The sets that the parser's weights were not fitted to."""

LACKING: Final = (
    "metric",
    "benchmark",
    "subject",
    "score",
    "higher_is_better",
    "subject_parameters",
    "baseline",
    "setting",
    "date",
    "url",
)
"""Fields that a claim may lack, in the order of the claims table."""

HAVING: Final = {
    "claim": ("papers with a claim", "true"),
    "date": ("papers with a date", "date IS NOT NULL"),
    "link": ("papers with a link", "url IS NOT NULL"),
    "metric": ("claims with a metric", "metric IS NOT NULL"),
    "benchmark": ("claims with a benchmark", "benchmark IS NOT NULL"),
    "system": ("claims with a system", "subject IS NOT NULL"),
    "board": ("claims on a board", "claim_id IN (SELECT claim_id FROM board_rows)"),
}
"""What claims and their papers may have: the part of the coverage that counts it, and the claims behind that part."""

MOST_NAMES: Final = 50


def group(state: State) -> Group | None:
    """The claims that the address asks to list; None where it asks for none, or for what there is not."""
    what, _, part = state.listed.partition("-")
    if what == "undated":
        return "date IS NULL AND kind = ?", [state.kind]
    if what == "lacks" and part in LACKING:
        return f"{part} IS NULL AND kind = ?", [state.kind]
    if what == "has" and part in HAVING:
        return HAVING[part][1], []
    if what == "sure":
        return "least(floor(confidence * 10 + 1e-9), 9)::INT = ?", [round(10 * float(part))]
    if not what and state.since == state.until and state.since.isdigit():
        return "left(date, 4) = ? AND kind = ?", [state.since, state.kind]
    return None


def count(build: Build, chosen: Group) -> int:
    """How many claims a group has."""
    where, parameters = chosen
    return int(build.frame(f"SELECT count(*) AS n FROM claims WHERE {where}", parameters)["n"].iloc[0])  # noqa: S608 - constants only, values are bound


def claims(build: Build, chosen: Group, *, start: int, most: int) -> pd.DataFrame:
    """Claims of a group, the newest first, from `start` (0 is the first), at most `most`.

    Columns: claim_id, date, printed, bound, metric, benchmark, model (the system in the abstract's words), role, title,
    url, corrected.
    """
    where, parameters = chosen
    return build.frame(
        "SELECT claim_id, date, printed, bound, metric, benchmark, subject AS model, role, title, url, corrected "  # noqa: S608 - as above
        f"FROM claims WHERE {where} ORDER BY date DESC NULLS LAST, claim_id LIMIT ? OFFSET ?",
        [*parameters, most, start],
    )


def within(years: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    """Of lines with a year those from the year of `since` to that of `until`, each empty where there is no such end.

    What is undated is in no range of years.
    """
    year = years["year"]
    kept = (year >= since[:4]) if since else year.notna()
    if until:
        kept &= year <= until[:4]
    return years[kept & (year != "undated")] if since or until else years


def papers_by_year(build: Build) -> pd.DataFrame:
    """Papers of each year, and those with a claim: columns year (or "undated"), papers, known."""
    return build.fact("SELECT year, papers, known FROM paper_years ORDER BY year")


def missing(build: Build) -> pd.DataFrame:
    """How many claims of each kind lack a field: columns field, kind, missing, total, share (0 to 1).

    A ratio or a size has no score by its nature, and only changes and ratios are compared with something; such pairs
    are left out.
    """
    counts = ", ".join(f"count(*) - count({field}) AS {field}" for field in LACKING)
    return build.fact(
        f"""
        WITH c AS (SELECT kind, count(*) AS total, {counts} FROM claims GROUP BY kind)
        SELECT field, kind, missing, total, missing / total AS share
        FROM (UNPIVOT c ON {", ".join(LACKING)} INTO NAME field VALUE missing)
        WHERE NOT (field = 'score' AND kind <> 'score') AND NOT (field = 'baseline' AND kind IN ('score', 'size'))
        ORDER BY list_position(?, field), kind
        """,  # noqa: S608 - constants only, values are bound
        [list(LACKING)],
    )


def benchmark_names(build: Build) -> pd.DataFrame:
    """Every benchmark of the claims table, most papers first: columns name, papers, claims."""
    return build.fact("SELECT name, papers, claims FROM benchmark_counts ORDER BY papers DESC, claims DESC, name")


def metrics(build: Build) -> pd.DataFrame:
    """Metrics that boards measure: columns metric, unit, higher_is_better, boards, claims; most claims first."""
    return build.fact(
        """
        SELECT metric, unit, higher_is_better, count(*) AS boards, sum(n_rows)::BIGINT AS claims FROM boards
        WHERE metric IS NOT NULL AND kind = 'score' GROUP BY ALL ORDER BY claims DESC, metric, unit LIMIT 500
        """
    )


def recorded(folder: Path) -> Path | None:
    """The file with recorded figures: beside the build, else in the checkout; None where there is none."""
    places = (folder / HISTORY, CHECKOUT / HISTORY)
    return next((place for place in places if place.is_file()), None)


def figures(path: Path) -> pd.DataFrame:
    """The latest recorded precision and recall of each set: columns set, date, level, part, value, low, high.

    `low` and `high` bound the 90% interval, missing where none was recorded. A line that is no figure is passed over.
    """
    import pandas as pd  # noqa: PLC0415 - Streamlit has loaded it by now

    latest: dict[tuple[str, str], tuple[str, float]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            try:
                latest[row["set"], row["figure"]] = (row["date"], float(row["value"]))
            except (KeyError, TypeError, ValueError):
                continue
    lines = []
    for name in dict.fromkeys(name for name, _ in latest):
        for level, words in LEVELS.items():
            for part in ("precision", "recall"):
                if found := latest.get((name, f"{level}.{part}")):
                    low, high = (latest.get((name, f"{level}.{part}.{end}"), ("", None))[1] for end in ("low", "high"))
                    lines.append((name, found[0], words, part, found[1], low, high))
    return pd.DataFrame(lines, columns=["set", "date", "level", "part", "value", "low", "high"])
