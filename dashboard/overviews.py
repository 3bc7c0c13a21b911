"""Frames to charts over many boards at once: comparisons, trends, coverage. As pure as `charts`, and in its look."""

from __future__ import annotations

from typing import Final

import pandas as pd

from dashboard.charts import LINES
from dashboard.tex import readable
from dashboard.vega import DATA, Chart

LONGEST_LABEL: Final = 34


def dots(frame: pd.DataFrame, *, axis: str) -> Chart:
    """One board's claims of some models: a row for each model, the score across, the printed number beside it.

    Columns: claim_id, model, score, printed, role, bound, date, title. Each board has an axis of its own.
    """
    data = frame.assign(
        name=frame["model"].map(short),
        shown=frame["shown"].map(lambda text: short(text, 24)),
        bounded=frame["bound"].isin(["up_to", "at_least"]),
        paper=frame["title"].fillna("").map(readable).map(short),
    )[["claim_id", "name", "score", "shown", "role", "bounded", "date", "paper"]]
    return Chart("dots", {"axis": axis, "height": 84 + 34 * data["name"].nunique()}, {DATA: data})


def slopes(frame: pd.DataFrame) -> Chart:
    """Who is ahead of whom, board by board: a line for each model through its places, the first on top.

    Columns: claim_id, model, board (its name, in the order in which boards are drawn), place (NaN breaks the line),
    printed. Places have no unit, so boards of different metrics may stand side by side; scores may not.
    """
    models, boards = dict.fromkeys(frame["model"]), dict.fromkeys(frame["board"])
    data = frame[["claim_id", "place", "printed", "board"]].assign(model=frame["model"].map(short))
    shape = {
        "models": tuple(short(name) for name in models),
        "boards": tuple(boards),
        "last": int(data["place"].max()),
    }
    return Chart("slopes", shape, {LINES: data, DATA: data[data["place"].notna()]})


def relative_steps(frame: pd.DataFrame) -> Chart:
    """The frontiers of up to six boards on one scale without a unit: columns when, way (0 to 1), board, claim_id.

    Each board has a colour, a dash and a marker of its own.
    """
    texts = {name: frame[name].map(short) for name in ("model", "printed", "date")}
    data = frame[["claim_id", "when", "way", "board"]].assign(**texts)
    last = data["when"].max()
    ends = data.sort_values("when").groupby("board", as_index=False).tail(1).assign(when=last)
    lines = pd.concat([data, ends], ignore_index=True)
    return Chart("relative_steps", {"boards": tuple(dict.fromkeys(frame["board"]))}, {LINES: lines, DATA: data})


def records(frame: pd.DataFrame) -> Chart:
    """How often a best claim was beaten, year by year. Columns: year, records, boards."""
    return Chart("records", {}, {DATA: frame})


def gains(frame: pd.DataFrame, *, unit: str) -> Chart:
    """Claimed gains of one unit by size, in steps that are named below the bars. Columns: step, claims."""
    return Chart("gains", {"unit": unit}, {DATA: frame})


def papers_by_year(frame: pd.DataFrame) -> Chart:
    """Papers of each year, those with a claim in full colour. Columns: year, papers, known (those with a claim)."""
    return Chart("papers_by_year", {}, {DATA: frame.assign(share=frame["known"] / frame["papers"].clip(lower=1))})


def missing(frame: pd.DataFrame) -> Chart:
    """Share of claims that lack a field, by field and kind. Columns: field, kind, share (0 to 1), missing, total."""
    return Chart("missing", {"height": 40 + 26 * frame["field"].nunique()}, {DATA: frame})


def quality(frame: pd.DataFrame) -> Chart:
    """Precision and recall with their intervals. Columns: level, part, value, low, high (shares; the ends may lack)."""
    height = 40 + 44 * frame["level"].nunique()
    return Chart("quality", {"height": height}, {LINES: frame[frame["low"].notna()], DATA: frame})


def short(text: object, longest: int = LONGEST_LABEL) -> str:
    """A text cut for an axis or a tooltip; empty where there is none."""
    words = text if isinstance(text, str) else ""
    return words if len(words) <= longest else words[: longest - 1] + "…"
