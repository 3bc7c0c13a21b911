"""All boards of one kind: one row each, with the best model, its date, the evidence behind it and the trend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import corrections, frame, listing, look, safe, sheet, store
from dashboard.state import KINDS, State

if TYPE_CHECKING:
    import pandas as pd

TITLE = "Leaderboard"
ORDER = 10
IN_MENU = True


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    left, right = st.columns([3, 2], vertical_alignment="top")
    with left:
        frame.search(state, "benchmark, task, metric, condition or model")
    with right:
        frame.segments("kind", "Kind of claim", KINDS, state.kind, look.KINDS.__getitem__)
    frame.more_filters(build, state, order=True)
    boards, claims = listing.count_boards(build, state)
    heading = safe.heading(f"{look.counted(boards, 'boards')} from {look.counted(claims, 'claims')}")
    if not boards:
        st.html(heading)
        frame.nothing(state, "boards", listing.count_boards(build, State(kind=state.kind))[0])
        return
    st.html(
        f"{heading}<p class='note'>Click a board to see who is on it, a best value to see its words. ↑ higher is "
        "better, ↓ lower is better.</p>"
    )
    part = frame.pages(boards, state)
    data, targets, words = lines(build, state, part.start)
    frame.table(
        data,
        targets=targets,
        cells={"Best": words, "Model": words, "Date": words},
        alt="Boards with their best claims",
        kept=lambda make: build.keep(("table of boards", state, part.start), make),
        columns={
            "Benchmark": sheet.Column(width=145, pinned=True),
            "Metric": sheet.Column(width=100, help="the arrow points the better way"),
            "Best": sheet.Column(width=85, help=f"as printed in the abstract; {corrections.MARK} put right by hand"),
            "Model": sheet.Column(width=190, help="the system that the best claim is about"),
            "Date": sheet.Column(width=90),
            "Gain": sheet.Column(
                width=60,
                right=True,
                help="how far the best so far moved when it last did, in the board's unit; empty: it never moved",
            ),
            "Trend": sheet.Column(kind="trend", width=90, help="the best so far, over time; empty: it never moved"),
            "Papers": sheet.Column(kind="number", width=60, words=sheet.localized),
            "Claims": sheet.Column(kind="number", width=60, words=sheet.localized),
            "Conditions": sheet.Column(width=90, help="what the abstract states (shots, split, ...); empty: nothing"),
            "Flagged": sheet.Column(width=70, right=True, help="share of claims with a finding; empty: none"),
            "Source": sheet.Column(kind="link", width=85),
        },
    )

    corrected = corrections.words(build)

    def whole(chosen: State) -> pd.DataFrame:
        found = listing.boards(build, chosen).drop(columns=["trend"])
        return found.assign(corrected=found["claim_id"].map(corrected))

    frame.download(lambda: whole(state), "boards", build, boards, whole=lambda: whole(State(kind=state.kind)))


def lines(build: store.Build, state: State, start: int = 0) -> tuple[pd.DataFrame, list[State], list[State]]:
    """A page of the table as it is shown, and where its rows and the words of their best claims lead."""
    return build.keep(("boards", state, start), lambda: _lines(build, state, start))


def _lines(build: store.Build, state: State, start: int) -> tuple[pd.DataFrame, list[State], list[State]]:
    """As `lines`, made anew."""
    shown = listing.boards(build, state, start=start, most=store.PAGE_ROWS)
    corrected = corrections.words(build)
    best = [look.value(*v) for v in zip(*(shown[c] for c in ("printed", "bound", "best", "unit")), strict=True)]
    data = shown.assign(
        Benchmark=shown["benchmark"].fillna("any").map(safe.plain),
        Metric=[
            f"{safe.plain(str(m))} {look.arrow(h)}".strip()
            for m, h in zip(shown["metric"].fillna(""), shown["higher_is_better"], strict=True)
        ],
        Best=[corrections.penned(v, corrected.get(c)) for v, c in zip(best, shown["claim_id"], strict=True)],
        Model=[look.listed(*v) for v in zip(*(shown[c] for c in ("model", "role", "title")), strict=True)],
        Date=shown["date"],
        Gain=shown["trend"].map(look.gain),
        Trend=shown["trend"].map(lambda best: list(best) if len(best) > 1 else []),
        Papers=shown["papers"],
        Claims=shown["claims"],
        Conditions=shown["lane"].map(look.short_lane),
        Flagged=[f"{share:.0%}" if share > 0 else "" for share in shown["flagged"]],
        Source=shown["url"].map(safe.url),
    )
    order = [
        *("Benchmark", "Metric", "Best", "Model", "Date", "Gain", "Trend", "Papers", "Claims", "Conditions", "Flagged"),
        "Source",
    ]
    data = sheet.telling(data[order], ("Conditions", "Flagged"))
    targets = [
        state.board(*(str(v) if isinstance(v, str) else "" for v in names))
        for names in zip(*(shown[c] for c in ("benchmark", "metric", "lane", "unit", "kind")), strict=True)
    ]
    words = [replace(target, claim=str(claim)) for target, claim in zip(targets, shown["claim_id"], strict=True)]
    return data, targets, words
