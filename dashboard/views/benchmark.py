"""One board: the ranked table, score over time with the frontier, score against model size, and the open claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import charts, corrections, frame, listing, look, panel, ranking, registry, safe, session, sheet, store
from dashboard.dictionary import PAPER_COLUMNS
from dashboard.plots import scores
from dashboard.state import ALL_LANES, KINDS, LONGEST_TEXT, MERGED_LANES, MOST_MODELS, State, link

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import pandas as pd

    from dashboard.vega import Chart

TITLE = "Benchmark"
ORDER = 20
IN_MENU = True

PIN = "📌 "
"""Stands before the systems that the reader pinned."""

FEWEST_SIZES = 2
"""Claims with a size that make a chart of it."""

NEAR = 4
"""Benchmarks that are offered for one that the build does not have."""

CSV_COLUMNS = [
    *("rank", "rank_low", "rank_high", "tie", "tier", "model", "score", "printed", "bound", "role"),
    *("lane", "unit", "higher_is_better"),
    *PAPER_COLUMNS,
    *("note", "claim_id", "corrected"),
]
"""Columns of the download."""


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    names = listing.benchmarks(build, state.kind)
    bench = _named(state.bench, names) or (names[0] if names else "")
    boards = ranking.lanes(build, state.kind, bench)
    choices = frame.choices(state)
    with choices:
        _choices(names, bench, state)
    if boards.empty:
        st.html(safe.heading(bench or "No benchmark"))
        st.text(f"This build has no board of kind “{state.kind}” for this benchmark.")
        kinds = [k for k in KINDS if k != state.kind and len(ranking.lanes(build, k, bench))]
        for kind in kinds:
            target = replace(state, kind=kind, metric="", lane="", unit="", claim="")
            st.button(f"Show its {look.KINDS[kind].lower()}", key=f"kind-{kind}", on_click=session.go, args=(target,))
        if not kinds:
            _near(bench, names, state)
            frame.search_boards(bench)
        return
    chosen, metric, lane = ranking.chosen_boards(boards, state)
    whole = ranking.merged(build, state.kind, bench)
    whole = whole[(whole["metric"].fillna("") == metric) & (whole["unit"] == chosen["unit"].iloc[0])]
    if state.lane == MERGED_LANES and len(whole):
        chosen, lane = whole, MERGED_LANES
    elif state.lane == MERGED_LANES:
        state = replace(state, lane="")
    ids = list(chosen["board_id"])
    with choices:
        _board_choices(boards, metric, lane, merged=len(whole) > 0)
        frame.more_filters(build, state)
        _pins(build, ids, state)
    found = ranking.totals(build, ids, state)
    higher = look.direction(chosen["higher_is_better"].iloc[0])
    unit = str(chosen["unit"].iloc[0] or "")
    st.html(_title((bench, metric, lane, unit), higher, found))
    if not found.claims:
        frame.nothing(state, "claims", ranking.totals(build, ids, State(lane=state.lane)).claims)
        if state.claim:
            panel.show(build, state, whole_page=False)
        return
    parts = (bench, metric, look.short_lane("" if lane == ALL_LANES else lane))
    title = " · ".join(safe.plain(part, 60) for part in parts if part)
    board = _Board(
        build, ids, state, found, higher, look.axis(metric, unit), title, _limit(state, metric, unit, higher)
    )

    def draw(_: int) -> None:
        _table(board)
        _charts(board)

    panel.beside(build, state, draw)


@dataclass(frozen=True, slots=True)
class _Board:
    """What the page shows: one board, or several that differ in their lane only, under the filters of the address."""

    build: store.Build
    ids: list[str]
    state: State
    found: ranking.Totals
    higher_is_better: bool | None
    axis: str
    title: str
    limit: float | None

    @property
    def made_from(self) -> tuple[Hashable, ...]:
        """What everything on the page but the open claim is made from."""
        return ("board", *self.ids, replace(self.state, claim=""))


def _limit(state: State, metric: str, unit: str, higher: bool | None) -> float | None:  # noqa: FBT001 - a direction
    """The best score that the metric can have, where it is known; changes, ratios and sizes have none."""
    return store.limit(metric, unit, higher_is_better=higher) if state.kind == "score" else None


def _named(bench: str, names: list[str]) -> str:
    """The benchmark that the address means: one in other letter case, or too long for it and there by its beginning."""
    if bench in names:
        return bench
    whole = (name for name in names if len(bench) == LONGEST_TEXT and name.startswith(bench))
    return next(whole, next((name for name in names if name.casefold() == bench.casefold()), bench))


def _near(bench: str, names: list[str], state: State) -> None:
    """Links to benchmarks of this build that are called like one that it does not have; nothing where none is."""
    entry = registry.known_name(bench)
    folded = {name.casefold(): name for name in names}
    alike = [folded[name] for name in get_close_matches(bench.casefold(), folded, NEAR)]
    found = list(dict.fromkeys([*([entry] if entry in names else []), *alike]))
    ways = [(name, link(State(view="benchmark", kind=state.kind, bench=name))) for name in found]
    links = [f'<a href="{safe.escape(way)}">{safe.escape(safe.plain(name, 80))}</a>' for name, way in ways]
    if links:
        st.html(f"<p>Did you mean {' or '.join(links)}?</p>")


def _choices(names: list[str], bench: str, state: State) -> None:
    """Benchmark, kind and search."""
    first, second, third = st.columns([5, 5, 5], vertical_alignment="top")
    with first:
        options = names if bench in names else [bench, *names]
        frame.choose("bench", "Benchmark", options, bench, lambda name: safe.plain(name, 80) or "no benchmark")
    with second:
        frame.segments("kind", "Kind of claim", KINDS, state.kind, look.KINDS.__getitem__)
    with third:
        frame.search(state, "model, title or words of the evidence")


def _pins(build: store.Build, ids: list[str], state: State) -> None:
    """Systems whose lines stay on top, folded away unless there are some."""
    opened = frame.folded("Pin systems to the top", "pins", expanded=bool(state.model))
    if opened.open:
        with opened:
            frame.choose_many(
                "model",
                f"Pinned systems, up to {MOST_MODELS}",
                ranking.systems_of(build, ids),
                state.model,
                most=MOST_MODELS,
                words=lambda name: safe.plain(name, 60),
            )


def _board_choices(boards: pd.DataFrame, metric: str, lane: str, *, merged: bool) -> None:
    """Metric and conditions, where there is a choice."""
    metrics = list(dict.fromkeys(boards["metric"].fillna("")))
    mine = boards[boards["metric"].fillna("") == metric]
    lanes = list(dict.fromkeys(mine["lane"]))
    counts = mine.groupby("lane")["n_rows"].sum()
    left, right = st.columns(2)
    with left:
        frame.choose("metric", "Metric", metrics, metric, lambda name: safe.plain(name, 80) or "not named")
    with right:

        def words(name: str) -> str:
            if name == MERGED_LANES:
                return "all, merged into one ranking"
            return (
                "all, each ranked for itself"
                if name == ALL_LANES
                else f"{safe.plain(look.lane(name), 80)} · {look.counted(int(counts.get(name, 0)), 'claims')}"
            )

        options = [*lanes, *([ALL_LANES] if len(lanes) > 1 else []), *([MERGED_LANES] if merged else [])]
        frame.choose("lane", "Conditions (lane)", options, lane, words)


def _title(board: tuple[str, str, str, str], higher: bool | None, found: ranking.Totals) -> str:  # noqa: FBT001 - a direction
    """What the board (benchmark, metric, lane, unit) compares, with its direction and how much is on it."""
    bench, metric, lane, unit = board
    facts = [
        f"{metric} in {unit}" if look.adds(metric, unit) else metric,
        "all conditions, each ranked for itself" if lane == ALL_LANES else look.lane(lane),
        f"{look.counted(found.claims, 'claims')} from {look.counted(found.papers, 'papers')}",
    ]
    line = f"{look.badge(higher)} {safe.escape(safe.plain(' · '.join(facts)))}"
    warning = (
        "<p class='note'><strong>Merged:</strong> these claims were measured under different conditions; a rank here "
        "may come from an easier condition. Each line tells its own.</p>"
        if lane == MERGED_LANES
        else ""
    )
    return f"{safe.heading(bench or 'Without a benchmark')}<p class='note'>{line}</p>{warning}"


def _lines(board: _Board, start: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A page of the ranked table as it is shown, and the claims behind its lines: claim_id, printed."""
    shown = ranking.rows(board.build, board.ids, board.state, start=start, most=store.PAGE_ROWS)
    compared = board.state.kind in {"change", "ratio"}
    against = ranking.baselines(board.build, list(shown["claim_id"])) if compared else {}
    data = shown.assign(
        Rank=shown["rank"].astype("Int64"),
        Possible=[look.ranks(*v) for v in zip(shown["rank_low"], shown["rank_high"], strict=True)],
        Tier=["●" if str(t) == "True" else "" for t in shown["tier"]],
        Tie=["=" if t is True or str(t) == "True" else "" for t in shown["tie"]],
        Model=[
            (PIN if v[0] in board.state.model else "") + look.listed(*v)
            for v in zip(*(shown[c] for c in ("model", "role", "title")), strict=True)
        ],
        Printed=[look.value(*v) for v in zip(*(shown[c] for c in ("printed", "bound", "score", "unit")), strict=True)],
        Against=[safe.plain(against.get(str(claim), "")) for claim in shown["claim_id"]],
        Score=shown["score"],
        Role=shown["role"],
        Date=shown["date"],
        Lane=shown["lane"].map(look.short_lane),
        Size=shown["subject_parameters"].where(shown["subject_parameters"] > 0),
        Confidence=shown["confidence"],
        Finding=["⚑" if f else "" for f in shown["flag"]],
        Source=shown["url"].map(safe.url),
        Paper=shown["title"].fillna("").map(look.words),
        Note=shown["note"],
        Corrected=[
            f"{corrections.MARK} {safe.plain(words)}" if words else "" for words in shown["corrected"].fillna("")
        ],
    )
    order = [
        *("Rank", "Tie", "Model", "Printed", "Against", "Score", "Possible", "Tier", "Date", "Role", "Size", "Lane"),
        *("Confidence", "Finding", "Corrected", "Source", "Paper", "Note"),
    ]
    silent = ("Tie", "Against", "Possible", "Tier", "Size", "Lane", "Finding", "Corrected", "Note")
    return sheet.telling(data[order], silent), shown[["claim_id", "printed"]]


def _table(board: _Board) -> None:
    """The ranked table, a page of it; a row opens its claim."""
    build, ids, state, found = board.build, board.ids, board.state, board.found
    several = len(ids) > 1
    part = frame.pages(found.claims, state)
    data, shown = build.keep((*board.made_from, "lines", part.start), lambda: _lines(board, part.start))
    low, high = found.low, found.high
    least = min(low, 0.0)
    most = high if high > least else least + 1.0
    frame.table(
        data,
        targets=[replace(state, claim=str(c)) for c in shown["claim_id"]],
        alt="Ranked claims of this board" if not several else "Ranked claims of several boards",
        kept=lambda make: build.keep((*board.made_from, "table", part.start), make),
        columns={
            "Rank": sheet.Column(kind="number", width=45, help="empty: shown but not ranked; Note says why"),
            "Tie": sheet.Column(width=42, help="= shares its rank: the printed precision does not separate them"),
            "Possible": sheet.Column(
                "May be",
                width=65,
                help="the ranks that the line may have in truth, given the printed digits and the number of "
                "test items; "
                "empty: its rank is sure, as far as those tell",
            ),
            "Tier": sheet.Column(
                "Tier",
                width=45,
                help="● within two standard errors of the best: too few test items to tell them apart",
            ),
            "Model": sheet.Column(width=165, pinned=True),
            "Printed": sheet.Column("As printed", width=80),
            "Against": sheet.Column(
                "Compared with", width=110, help="what the abstract compares with, in its words; empty: it does not say"
            ),
            "Score": sheet.Column(kind="bar", width=110, words=_format(high, shown["printed"]), low=least, high=most),
            "Date": sheet.Column(width=85),
            "Role": sheet.Column(width=70, help="own: the paper's proposal; baseline: quoted for comparison"),
            "Size": sheet.Column(
                kind="number",
                words=look.size,
                width=55,
                help="parameters of the model, where its name or abstract says",
            ),
            "Lane": sheet.Column("Conditions", width=90, help="empty: the abstract states none"),
            "Confidence": sheet.Column(
                "Sure",
                kind="number",
                width=50,
                words="{:.2f}".format,
                help="confidence: the chance that the claim is read right",
            ),
            "Finding": sheet.Column("⚑", width=35, help="⚑ a check has something to say"),
            "Corrected": sheet.Column(
                width=60, help=f"{corrections.MARK} read wrong and put right by hand: what changed, from what, why"
            ),
            "Source": sheet.Column(kind="link", width=85),
            "Paper": sheet.Column(width=110, grow=360),
            "Note": sheet.Column(width=85),
        },
    )
    frame.download(
        lambda: ranking.rows(build, ids, state)[CSV_COLUMNS],
        "board",
        build,
        found.claims,
        whole=lambda: ranking.rows(build, ids, State())[CSV_COLUMNS],
    )


def _charts(board: _Board) -> None:
    """Score over time, and folded away score against size; a click on a point opens its claim."""
    build, found = board.build, board.found
    shown, chart = build.keep((*board.made_from, "time"), lambda: _over_time(board))
    st.html(
        "<h3>Score over time</h3>"
        + _showing(len(shown), found.claims, found.dated, "have a date and a score")
        + _legend(shown)
    )
    if len(shown):
        words = "Score over time; the line is the best so far"
        _scores(board, chart, "time", words, "when", f"{board.title}: best claim over time")
    if found.sized < FEWEST_SIZES:
        st.html("<p class='note'>Too few claims state the size of their model for a chart of it.</p>")
        return
    opened = frame.folded(f"Score against model size ({found.sized:,} claims state it)", "size")
    if not opened.open:
        return
    with opened:
        shown, chart = build.keep((*board.made_from, "size"), lambda: _by_size(board))
        st.html(_showing(len(shown), found.claims, found.sized, "state the size of the model") + _legend(shown))
        words = "Score against number of parameters; the line is the best at each size"
        _scores(board, chart, "size", words, "subject_parameters", f"{board.title}: claims by model size")


def _scores(board: _Board, chart: Chart, name: str, words: str, across: scores.Across, title: str) -> None:  # noqa: PLR0917
    """One of the charts of the board."""
    up = board.higher_is_better is True
    plot = partial(scores.plot, across=across, axis=board.axis, up=up)
    frame.chart(board.build, chart, plot, name, board.state, words, title=title, listed=scores.said)


def _over_time(board: _Board) -> tuple[pd.DataFrame, Chart]:
    """The claims that the chart of time shows, and the chart."""
    shown = ranking.marks(board.build, board.ids, board.state, "time", charts.MOST_MARKS)
    return shown[["bound", "flag"]], charts.over_time(
        shown,
        higher_is_better=board.higher_is_better,
        axis=board.axis,
        limit=board.limit,
        pinned=board.state.model,
    )


def _by_size(board: _Board) -> tuple[pd.DataFrame, Chart]:
    """The claims that the chart of sizes shows, and the chart."""
    shown = ranking.marks(board.build, board.ids, board.state, "size", charts.MOST_MARKS)
    return shown[["bound", "flag"]], charts.size_against_score(
        shown, higher_is_better=board.higher_is_better, axis=board.axis
    )


def _showing(marks: int, total: int, some: int, what: str) -> str:
    """How many of the claims a chart shows, and why not all."""
    if not marks:
        return f"<p class='note'>Nothing to draw: 0 of {look.counted(total, 'claims')} {what}.</p>"
    chosen = "" if marks == some else "; all that were the best of their day, and a fixed sample of the others"
    return f"<p class='note'>Showing {marks:,} of {total:,} claims; {some:,} {what}{chosen}.</p>"


def _legend(shown: pd.DataFrame) -> str:
    """What hollow and ringed marks are, where there are any."""
    lines = []
    if shown["bound"].isin(list(charts.BOUND_SIGNS)).any():
        lines.append("Hollow marks: only a bound is stated (≥ at least, ≤ at most); they are never the best.")
    if shown["flag"].fillna(value=False).astype(bool).any():
        lines.append("◇ around a mark: a check has something to say about it.")
    return f"<p class='note'>{' '.join(lines)}</p>" if lines else ""


def _format(high: float, printed: pd.Series) -> Callable[[float], str]:
    """How scores up to `high` are printed beside their bars.

    With the most digits that a line of the page prints, two at most; all equally long, so that they can be compared.
    """
    if high >= 1e5:
        return look.compact
    digits = printed.astype(str).str.extract(r"\d\.(\d+)", expand=False).fillna("").str.len()
    most = min(int(digits.max()), 2) if len(digits) else 0
    return f"{{:,.{min(most + (0 if high >= 1 else 2), 4)}f}}".format
