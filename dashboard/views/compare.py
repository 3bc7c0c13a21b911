"""Up to eight systems side by side: the best claim of each on every board, and each board's claims on its own axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from dashboard import arrange, corrections, frame, lines, look, overviews, panel, safe, session, sheet, store, vega
from dashboard.dictionary import BOARD_COLUMNS, PAPER_COLUMNS
from dashboard.plots import paths, rows
from dashboard.state import KINDS, MEETINGS, MOST_MODELS, State

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.plots.marks import Plot
    from dashboard.vega import Chart

TITLE = "Compare"
ORDER = 32
IN_MENU = True

MOST_SLOPES = 8
"""Boards beside each other in the chart of places."""

OPEN_CHARTS = 4
"""Boards that are drawn at once; the table has them all."""

MOST_CHARTS = 12
"""Boards that are drawn with those that are folded away."""

CSV_COLUMNS = [
    *BOARD_COLUMNS,
    "model",
    "rank",
    "score",
    "printed",
    "bound",
    "role",
    *PAPER_COLUMNS,
    "claim_id",
    "corrected",
]
"""Columns of the download."""

WHICH = {"shared": "where they meet", "all": "all boards"}


class _Dots(NamedTuple):
    """The chart of one board: title, id, the chart, and what draws it."""

    title: str
    board: str
    chart: Chart
    plot: Plot


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    known = lines.models(build, state.kind)
    counts = dict(zip(known["model"], known["boards"], strict=True))
    chosen = state if state.model else replace(state, model=tuple(lines.meetings(build, state.kind)))

    def words(name: str) -> str:
        return safe.plain(name, 60) + (f" · {look.counted(counts[name], 'boards')}" if name in counts else "")

    frame.choose_many(
        "model", f"Systems, up to {MOST_MODELS}", list(counts), chosen.model, most=MOST_MODELS, words=words
    )
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        frame.segments("kind", "Kind of claim", KINDS, state.kind, look.KINDS.__getitem__)
    with right:
        frame.segments("rows", "Boards", MEETINGS, state.rows, WHICH.__getitem__)
    frame.more_filters(build, state)
    made_from = ("compare", replace(chosen, claim="", page=1))
    best = build.keep(made_from, lambda: arrange.best_claims(lines.claims_of_models(build, chosen)))
    order = arrange.board_order(best, shared=state.rows == "shared")
    st.html(
        safe.heading(f"{look.counted(len(chosen.model), 'systems')} on {look.counted(len(order), 'boards')}")
        + "<p class='note'>Each cell is the best claim of a system on a board, as printed. A blank is no zero: nothing "
        "is claimed there. ★ leads the systems chosen here, ■ is a baseline that a paper quotes, "
        f"{corrections.MARK} was put right by hand. Claims of different papers may differ in conditions that "
        "neither states.</p>"
    )
    if not order:
        _nothing(state, chosen, best, any_known=bool(counts))
        if state.claim:
            panel.show(build, state, whole_page=False)
        return

    def draw(columns: int) -> None:
        _matrix(best, order, chosen.model, state)
        mine = best[best["board_id"].isin(order)]
        frame.download(
            lambda: lines.with_evidence(build, mine)[CSV_COLUMNS],
            "compare",
            build,
            len(mine),
            whole=lambda: lines.with_evidence(
                build, lines.claims_of_models(build, State(kind=state.kind, model=chosen.model))
            )[CSV_COLUMNS],
        )
        _slopes(build, best, order, state)
        made = build.keep((*made_from, "charts"), lambda: _dotted(best, order))
        _charts(build, made, state, columns)

    panel.beside(build, state, draw)


def _nothing(state: State, chosen: State, best: pd.DataFrame, *, any_known: bool) -> None:
    """Why there is nothing to compare, and the way out."""
    if not any_known:
        st.text(f"No system with a name is on a board of this build for {look.KINDS[state.kind].lower()}.")
    elif not chosen.model:
        st.text("Choose two or more systems above.")
    elif len(best):
        alone = len(chosen.model) == 1
        st.text(
            "One system meets nobody: choose another one, too."
            if alone
            else "These systems meet on no board of this kind."
        )
        show_all = replace(state, rows="all")
        label = "Show all its boards" if alone else "Show all their boards"
        st.button(label, key="all-boards", on_click=session.go, args=(show_all,))
    elif state.filters:
        frame.nothing(state, f"{look.KINDS[state.kind].lower()} of these systems")
    else:
        st.text(f"These systems have no {look.KINDS[state.kind].lower()} on a board of this build.")


def _matrix(best: pd.DataFrame, order: list[str], models: tuple[str, ...], state: State) -> None:
    """Boards down, systems across, a page of it; a cell opens its claim."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has loaded it by now

    lead = arrange.leaders(best)
    shown = order[frame.pages(len(order), state)]
    claims = best[best["board_id"].isin(shown)].to_dict("records")
    at = {(str(claim["board_id"]), str(claim["model"])): claim for claim in claims}
    named = {str(claim["board_id"]): claim for claim in claims}
    names = [named[board] for board in shown]
    data: dict[str, list[str]] = {
        "Benchmark": [safe.plain(str(n["benchmark"] or "any"), 80) for n in names],
        "Metric": [f"{look.axis(n['metric'], n['unit'])} {look.arrow(n['higher_is_better'])}" for n in names],
        "Conditions": [look.short_lane(n["lane"]) for n in names],
    }
    cells: dict[str, list[State | None]] = {}
    labels: dict[str, str] = {}
    for number, model in enumerate(models):
        column = f"m{number}"
        labels[column] = f"{number + 1}. {safe.plain(model, 40)}"
        found = [at.get((board, model)) for board in shown]
        data[column] = [_cell(claim, lead) if claim else "" for claim in found]
        cells[column] = [replace(state, claim=str(claim["claim_id"])) if claim else None for claim in found]
    boards = [state.board(*(str(n[c] or "") for c in ("benchmark", "metric", "lane", "unit", "kind"))) for n in names]
    frame.table(
        pd.DataFrame({name: texts for name, texts in data.items() if name != "Conditions" or any(texts)}),
        targets=[None] * len(shown),
        cells={**cells, **dict.fromkeys(("Benchmark", "Metric", "Conditions"), boards)},
        alt="Best claims of the chosen systems, board by board",
        columns={
            "Benchmark": sheet.Column(width=150, pinned=True),
            "Metric": sheet.Column(width=120, help="the arrow points the better way"),
            "Conditions": sheet.Column(width=90, help="empty: the abstract states none"),
            **{column: sheet.Column(label, width=90, help=label) for column, label in labels.items()},
        },
    )
    st.text("Click a value to see its words, a benchmark to see its whole board.")


def _cell(claim: Mapping[Any, Any], lead: set[str]) -> str:
    """A claim as printed; signs tell where it leads (★), was corrected (pen) or is a quoted baseline (■)."""
    quoted = " ■" if claim["role"] == "baseline" else ""
    star = " ★" if str(claim["claim_id"]) in lead else ""
    shown = look.value(claim["printed"], claim["bound"], claim["score"], claim["unit"]) + quoted + star
    return corrections.penned(shown, claim["corrected"])


def _slopes(build: store.Build, best: pd.DataFrame, order: list[str], state: State) -> None:
    """Who is ahead of whom on the boards where several are ranked; nothing where there is only one such board."""
    placed = arrange.places(best, order)
    boards = list(dict.fromkeys(placed["board_id"]))[:MOST_SLOPES]
    if len(boards) < 2:
        return
    mine = placed[placed["board_id"].isin(boards)]
    names = best.drop_duplicates("board_id").set_index("board_id")
    labels = [_label(number, names.loc[board]) for number, board in enumerate(boards, 1)]
    named = mine.assign(
        board=mine["board_id"].map(dict(zip(boards, labels, strict=True))),
        printed=[
            look.printed(*v) if isinstance(v[0], str) else "" for v in zip(mine["printed"], mine["bound"], strict=True)
        ],
    )
    st.html(
        "<h3>Who is ahead of whom</h3><p class='note'>Places among the systems chosen here, from the exact claims on "
        f"each board{f' (the first {MOST_SLOPES})' if len(boards) == MOST_SLOPES else ''}; a gap in a line: nothing is "
        "claimed there. Equal printed scores share a place. Boards are not in an order of time.</p>"
    )
    words = "Place of each system among those chosen, board by board"
    frame.chart(build, overviews.slopes(named), paths.slopes, "places", state, words)


def _label(number: int, board: pd.Series) -> str:
    """A board below the chart of places: its number there keeps two boards of one name apart."""
    return f"{number}. {safe.plain(str(board['benchmark'] or 'any'), 24)}"


def _dotted(best: pd.DataFrame, order: list[str]) -> tuple[list[_Dots], int]:
    """The charts of the first boards on which several have a score, and how many such boards there are."""
    scored = best[best["score"].notna()]
    several = set(scored["board_id"].value_counts().loc[lambda counts: counts > 1].index)
    boards = [board for board in order if board in several]
    made = []
    for board in boards[:MOST_CHARTS]:
        mine = scored[scored["board_id"] == board]
        first = mine.iloc[0]
        title = look.board(first["benchmark"], first["metric"], first["lane"])
        ordered = mine.sort_values("score", ascending=look.direction(first["higher_is_better"]) is False)
        shown = [look.printed(*v) for v in zip(ordered["printed"], ordered["bound"], strict=True)]
        axis = f"{look.axis(first['metric'], first['unit'])} {look.arrow(first['higher_is_better'])}".strip()
        drawn = overviews.dots(ordered.assign(shown=shown), axis=axis)
        made.append(_Dots(title, board, drawn, partial(rows.dots, axis=axis)))
    return made, len(boards)


def _charts(build: store.Build, dotted: tuple[list[_Dots], int], state: State, columns: int) -> None:
    """One small chart for each board, each with an axis of its own; the further ones are folded away."""
    made, boards = dotted
    if not made:
        return
    some = f"The first {len(made)} of {boards} boards. " if boards > len(made) else ""
    st.html(
        "<h3>Board by board</h3><p class='note'>"
        f"{some}Every board has an axis of its own, best on top. ● own result, ■ quoted baseline, ▲ other; "
        "hollow: only a bound is stated.</p>"
    )
    _small(build, made[:OPEN_CHARTS], state, columns)
    if made[OPEN_CHARTS:]:
        opened = frame.folded(look.counted(len(made) - OPEN_CHARTS, "more boards"), "more-boards")
        if opened.open:
            with opened:
                _small(build, made[OPEN_CHARTS:], state, columns)
    together = vega.together([(one.title, one.chart) for one in made])
    frame.pictures(build, together, "compare", "Claims side by side, each board on its own axis")


def _small(build: store.Build, made: list[_Dots], state: State, columns: int) -> None:
    """Small charts side by side, each with its title and its board."""
    places = frame.grid(len(made), columns)
    for place, (title, board, chart, plot) in zip(places, made, strict=True):
        with place, st.container(key=f"small-{board}", gap="xsmall"):
            st.html(safe.heading(title, 4))
            frame.chart(build, chart, plot, f"dots-{board}", state, f"Claims on {title}", pictures=False)
