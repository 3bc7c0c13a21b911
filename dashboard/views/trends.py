"""How the best claims moved: frontiers of several boards, score against size, records year by year, claimed gains."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from dashboard import arrange, charts, corrections, frame, lines, look, overviews, panel, safe, sheet, store, vega
from dashboard.dictionary import BOARD_COLUMNS, PAPER_COLUMNS
from dashboard.plots import bars, paths, scores
from dashboard.state import CHARTS, KINDS, MOST_BOARDS, SCALES, State

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.vega import Chart

    Draw = Callable[[pd.DataFrame, bool | None, str], Chart]

TITLE = "Trends"
ORDER = 35
IN_MENU = True

FIRST = 4
"""Boards that are followed until the reader chooses."""

SMALL = 230
"""Height in pixels of the chart of one board among several."""

NAMES = {
    "frontier": "best over time",
    "size": "score against size",
    "records": "records by year",
    "gains": "claimed gains",
}
KEY = (
    "<p class='note'>● own result, ■ quoted baseline, ▲ other; hollow: only a bound is stated; ◇ around it: a "
    "finding.</p>"
)
ON_SCALE = {"printed": "each on its own axis", "relative": "on one relative scale"}


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        frame.segments("chart", "What to look at", CHARTS, state.chart, NAMES.__getitem__)
    with right:
        if state.chart != "gains":
            frame.segments("kind", "Kind of claim", KINDS, state.kind, look.KINDS.__getitem__)
    {"frontier": _frontier, "size": _size, "records": _records, "gains": _gains}[state.chart](build, state)


def _boards(state: State, known: pd.DataFrame) -> State:
    """The control that chooses boards; returns the state with the boards that are shown."""
    columns = ("benchmark", "metric", "lane", "unit")
    labels = {
        str(board): look.board(*names)
        for board, *names in zip(known["board_id"], *(known[c] for c in columns), strict=True)
    }
    chosen = tuple(board for board in state.boards if board in labels) or tuple(list(labels)[:FIRST])
    label = f"Boards, up to {MOST_BOARDS}"
    frame.choose_many("boards", label, list(labels), chosen, most=MOST_BOARDS, words=labels.__getitem__)
    return replace(state, boards=chosen)


def _frontier(build: store.Build, state: State) -> None:
    """The best claims over time, board by board or on one relative scale."""
    shown = _boards(state, lines.boards_to_follow(build, state.kind))
    frame.segments("scale", "Scale", SCALES, state.scale, ON_SCALE.__getitem__)
    frame.more_filters(build, state)
    found = _marks(build, shown, "time")
    st.html(safe.heading("The best claims over time") + _sampled(found, shown) + _key(state))
    if found.empty:
        _nothing(build, state)
        return
    if state.scale == "relative":
        panel.beside(build, state, lambda _: _relative(build, found, state))
    else:
        panel.beside(build, state, lambda columns: _each(build, found, shown, columns))


def _marks(build: store.Build, shown: State, across: Literal["time", "size"]) -> pd.DataFrame:
    """The lines that the charts of the chosen boards show."""

    def found() -> pd.DataFrame:
        return lines.marks_of_boards(build, shown.boards, shown, across, charts.MOST_MARKS)

    return build.keep((across, *_made_from(shown)), found)


def _made_from(shown: State) -> tuple[Hashable, ...]:
    """What the charts of the chosen boards are made from: these boards and the filters, whichever claim is open."""
    return ("trends", replace(shown, claim=""))


def _relative(build: store.Build, found: pd.DataFrame, state: State) -> None:
    """All chosen boards on one normalised scale, and the steps behind it."""
    steps = arrange.relative(found)
    st.html(
        "<p class='note'>Normalised: 0% is the first dated claim of a board, 100% its best one. This shows when boards "
        "moved, not how good they are; it compares no scores. Boards that never moved are left out.</p>"
    )
    if steps.empty:
        st.text("None of these boards moved among the claims that pass the filters.")
        return
    columns = ("benchmark", "metric", "lane", "unit")
    named = steps.assign(board=[look.board(*names) for names in zip(*(steps[c] for c in columns), strict=True)])
    words = "Best claims of several boards over time, each from its first (0%) to its best (100%)"
    frame.chart(build, overviews.relative_steps(named), paths.relative_steps, "relative", state, words)
    _list(build, named, state, "frontier", "Steps of these boards")


def _each(build: store.Build, found: pd.DataFrame, state: State, columns: int) -> None:
    """One chart for each board, each with an axis of its own."""
    _small(
        build,
        found,
        state,
        columns,
        lambda mine, higher, axis: charts.over_time(mine, higher_is_better=higher, axis=axis, height=SMALL, key=False),
        "frontier",
        "when",
    )


def _size(build: store.Build, state: State) -> None:
    """Score against model size, board by board, with the Pareto line."""
    shown = _boards(state, lines.boards_with_sizes(build, state.kind))
    frame.more_filters(build, state)
    sized = _marks(build, shown, "size")
    st.html(
        safe.heading("Score against model size")
        + "<p class='note'>Only systems whose size their name or abstract states. The line joins those that no system "
        "of the same or a smaller size beats (Pareto); all others are faded. Sizes are on a log scale.</p>" + KEY
    )
    if sized.empty:
        _nothing(build, state)
        return
    panel.beside(
        build,
        state,
        lambda columns: _small(
            build,
            sized,
            shown,
            columns,
            lambda mine, higher, axis: charts.size_against_score(
                mine, higher_is_better=higher, axis=axis, height=SMALL, key=False
            ),
            "pareto",
            "subject_parameters",
        ),
    )


def _small(  # noqa: PLR0917 - what is drawn, from what, where
    build: store.Build, found: pd.DataFrame, state: State, columns: int, draw: Draw, name: str, across: scores.Across
) -> None:
    """Small charts side by side, one for each board, in the order in which they were chosen."""
    present = [board for board in state.boards if (found["board_id"] == board).any()]
    places = frame.grid(len(present), columns)
    drawn = []
    for number, board in enumerate(present):
        mine = found[found["board_id"] == board]
        first = mine.iloc[0]
        higher = look.direction(first["higher_is_better"])
        title = look.board(first["benchmark"], first["metric"], first["lane"])
        axis = f"{look.axis(first['metric'], first['unit'])} {look.arrow(higher)}".strip()
        with places[number], st.container(key=f"small-{number}", gap="xsmall"):
            target = state.board(*(str(first[c] or "") for c in ("benchmark", "metric", "lane", "unit", "kind")))
            st.html(safe.heading(title, 4))
            chart = build.keep((name, board, *_made_from(state)), partial(draw, mine, higher, axis))
            drawn.append((title, chart))
            frame.chart(
                build,
                chart,
                partial(scores.plot, across=across, axis=axis, up=higher is True, height=SMALL, key=False),
                f"{name}-{board}",
                state,
                f"{NAMES[state.chart]}: {title}",
                pictures=False,
                listed=scores.said,
                board=target,
            )
    if drawn:
        frame.pictures(build, vega.together(drawn), name, NAMES[state.chart].capitalize())
    frame.download(
        lambda: lines.with_evidence(build, found)[ROW_COLUMNS],
        name,
        build,
        len(found),
        whole=lambda: lines.rows_of_boards(build, state.boards, State())[ROW_COLUMNS],
    )


def _key(state: State) -> str:
    """What the marks of the charts of several boards are, where they have no key of their own."""
    return KEY if state.scale == "printed" else ""


def _sampled(found: pd.DataFrame, state: State) -> str:
    """Say that not all lines are drawn, where that is so."""
    share = charts.MOST_MARKS // max(1, len(state.boards))
    if found.empty or found["board_id"].value_counts().max() < share:
        return ""
    return f"<p class='note'>At most {share} claims of each board are drawn: all of its steps, and a fixed sample.</p>"


def _records(build: store.Build, state: State) -> None:
    """How often a best claim was beaten, and by whom lately."""
    frame.more_filters(build, state)
    years = lines.records_by_year(build, state)
    st.html(
        safe.heading(f"{int(years['records'].sum()) if len(years) else 0:,} times a best claim was beaten")
        + "<p class='note'>Counted over all boards of this kind: a dated claim that beats every earlier one of its "
        "board. The first claim of a board beats nothing. What rises may be the field or only what this build holds."
        "</p>"
    )
    if years.empty:
        _nothing(build, state)
        return

    def draw(_: int) -> None:
        words = "How often a best claim was beaten, by year"
        drawn = overviews.records(years)
        frame.chart(build, drawn, bars.records, "records", state, words, opens=lambda bar: _year(state, bar))
        st.html("<p class='note'>Click a bar to list its year below, once more to list all again.</p>")
        one_year = f" of {state.since}" if state.since and state.since == state.until else ""
        found = lines.records(build, state)
        _list(build, found, state, "records", f"The latest{one_year} (at most {lines.LARGEST})")

    panel.beside(build, state, draw)


def _gains(build: store.Build, state: State) -> None:
    """How large the gains are that papers claim for their own systems."""
    frame.more_filters(build, state)
    totals = lines.gains_in_all(build, state)
    st.html(
        safe.heading(look.counted(int(totals["claims"].sum()) if len(totals) else 0, "claimed gains"))
        + "<p class='note'>Changes for the better that papers claim for their own systems. Percent and points are not "
        "the same and never share an axis; a percentage may be relative or absolute where the abstract does not say."
        "</p>"
    )
    if totals.empty:
        _nothing(build, state)
        return
    sizes = lines.gains_by_size(build, state)

    def draw(columns: int) -> None:
        places = st.columns(columns, gap="medium")
        for number, (unit, count, middle) in enumerate(
            zip(totals["unit"], totals["claims"], totals["middle"], strict=True)
        ):
            with places[number % columns], st.container(key=f"small-{number}", gap="xsmall"):
                line = f"In {unit}: {look.counted(int(count), 'claims')}, half of them up to {middle:.3g}"
                st.html(safe.heading(line, 4))
                words = f"Claimed gains in {unit} by size"
                frame.chart(
                    build,
                    overviews.gains(_steps(sizes, str(unit)), unit=str(unit)),
                    partial(bars.gains, unit=str(unit)),
                    f"gains-{unit}",
                    state,
                    words,
                    opens=lambda bar, unit=unit: _step(state, bar, str(unit)),  # type: ignore[misc] # the loop's own function
                )
        found = lines.gains(build, state)
        st.html("<p class='note'>Click a bar to list its claims below, once more to list all again.</p>")
        step = f" from {state.step.replace('-', ' ')} on, up to the next step" if state.step else ""
        _list(build, found, state, "gains", f"The largest{step} (at most {lines.LARGEST} in each unit)")

    panel.beside(build, state, draw)


def _year(state: State, bar: Mapping[str, Any]) -> State | None:
    """The page with the records of the year whose bar was clicked; of all years where it was that one already."""
    year = str(bar.get("year", ""))
    if not year.isdigit():
        return None
    chosen = "" if (state.since, state.until) == (year, year) else year
    return replace(state, since=chosen, until=chosen, claim="")


def _step(state: State, bar: Mapping[str, Any], unit: str) -> State:
    """The page with the gains of the step whose bar was clicked; of all sizes where it was that one already."""
    low = str(bar.get("step", "")).partition("–")[0].removesuffix("+")
    step = f"{low}-{unit}"
    return replace(state, step="" if step == state.step else step, claim="")


def _steps(sizes: pd.DataFrame, unit: str) -> pd.DataFrame:
    """All steps of the histogram with their names, also those without a claim."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has loaded it by now

    mine = sizes[sizes["unit"] == unit].set_index("low")["claims"]
    names = [f"{low:g}–{high:g}" for low, high in zip(lines.EDGES, lines.EDGES[1:], strict=False)]
    names.append(f"{lines.EDGES[-1]:g}+")
    return pd.DataFrame({"step": names, "claims": [int(mine.get(float(low), 0)) for low in lines.EDGES]})


def _list(build: store.Build, found: pd.DataFrame, state: State, name: str, title: str) -> None:
    """The claims behind a chart as a table; a row opens its claim."""
    st.html(safe.heading(title, 3))
    printed = [
        corrections.penned(look.printed(number, bound), corrected)
        for number, bound, corrected in zip(*(found[c] for c in ("printed", "bound", "corrected")), strict=True)
    ]
    data = found.assign(
        Date=found["date"],
        Benchmark=found["benchmark"].fillna("not named").map(safe.plain),
        Metric=found["metric"].fillna("").map(safe.plain),
        Claim=printed,
        Model=[
            look.listed(store.named(model), *rest)
            for model, *rest in zip(*(found[c] for c in ("model", "role", "title")), strict=True)
        ],
        Paper=found["title"].fillna("").map(look.words),
        Source=found["url"].map(safe.url),
    )
    columns = ["Date", "Benchmark", "Metric", "Claim", "Model", "Paper", "Source"]
    if "previous" in found:
        data = data.assign(Before=[look.printed(number, "exact") for number in found["previous"]])
        columns.insert(4, "Before")
    frame.table(
        data[columns],
        targets=[replace(state, claim=str(claim)) for claim in found["claim_id"]],
        alt=title,
        columns={
            "Date": sheet.Column(width=90),
            "Benchmark": sheet.Column(width=150),
            "Metric": sheet.Column(width=110),
            "Claim": sheet.Column("As printed", width=110, help=f"{corrections.MARK} put right by hand"),
            "Before": sheet.Column(width=90, help="the best claim until then"),
            "Model": sheet.Column(width=220),
            "Paper": sheet.Column(width=260, grow=360),
            "Source": sheet.Column(kind="link", width=85),
        },
    )
    frame.download(found[[c for c in found.columns if c in ROW_COLUMNS or c in {"previous", "gain"}]], name, build)


def _nothing(build: store.Build, state: State) -> None:
    """Say why there is nothing to draw; an open claim stays open."""
    if state.filters:
        frame.nothing(state, "claims")
    else:
        st.text(f"This build holds nothing to draw here for {look.KINDS[state.kind].lower()}.")
    if state.claim:
        panel.show(build, state, whole_page=False)


ROW_COLUMNS = [
    *BOARD_COLUMNS,
    *("model", "rank", "score", "subject_parameters", "printed", "bound", "role"),
    *PAPER_COLUMNS,
    *("is_frontier", "claim_id", "corrected"),
]
"""Columns of the downloads, where the table has them."""
