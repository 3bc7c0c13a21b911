"""The sanity report: what the checks found, with the numbers and the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import charts, frame, look, reports, safe, session, sheet, store
from dashboard.plots import bars, rows
from dashboard.state import LEVELS, MOST_CHECKS, ORIGINS, SHOWN, State

if TYPE_CHECKING:
    import pandas as pd

TITLE = "Sanity"
ORDER = 40
IN_MENU = True

CARDS = 20
"""Findings of a page that can be seen in full."""

OPEN_CARDS = 5
"""Those of them that are not folded away."""

CSV_COLUMNS = [
    "level",
    "check_name",
    "state",
    "origin",
    "message",
    "operands",
    "formula",
    "quote",
    "paper_id",
    "title",
    "date",
    "url",
    "fingerprint",
    "claim_id",
]
"""Columns of the download."""


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    counts = reports.check_counts(build, state)
    failed, doubtful = reports.state_counts(build)
    claims, outside = reports.reach(build)
    st.html(
        safe.heading(f"{look.counted(failed, 'findings')}, {doubtful:,} more for review")
        + "<p class='note'>A finding says that numbers do not add up as printed. It accuses nobody: rounding, another "
        "split or a slip in reading the abstract are common reasons. Those for review rest on something uncertain.</p>"
        + look.outcomes([(words, reports.OUTCOMES[words], n) for words, n in reports.outcomes(build).items()])
        + f"<p class='note'>{outside:,} of {claims:,} numbers are outside every check.</p>"
    )
    _reasons(build)
    with frame.choices(state):
        _choices(build, state, counts)
    found = reports.count_findings(build, state)
    if not found:
        frame.nothing(state, "findings", reports.count_findings(build, State(show=state.show)))
        if doubtful and state.show == "fail":
            st.button(
                "Show those for review",
                key="review",
                on_click=session.go,
                args=(replace(state, show="review"),),
            )
        return
    st.text(f"Showing {found:,}. Click one to see its words.")
    part = frame.pages(found, state)
    made_from = ("findings", state, part.start)
    shown = build.keep(made_from, lambda: reports.findings(build, state, start=part.start, most=store.PAGE_ROWS))
    data = shown.assign(
        Level=shown["level"],
        Check=shown["check_name"].map(_words),
        Message=shown["message"].map(look.words),
        Numbers=[safe.plain(look.printed(numbers, "exact")) for numbers in shown["operands"].fillna("")],
        Sum=shown["formula"].fillna("").map(safe.plain),
        Quote=shown["quote"].fillna("").map(look.words),
        Paper=shown["title"].fillna("").map(look.words),
        State=shown["state"],
        Source=shown["url"].map(safe.url),
    )[["Level", "Check", "Message", "Numbers", "Sum", "Quote", "Paper", *["State"] * (state.show != "fail"), "Source"]]
    targets = [replace(state, view="claim", claim=c) if isinstance(c, str) else None for c in shown["claim_id"]]
    frame.table(
        data,
        targets=targets,
        alt="Findings with their numbers and quotes",
        kept=lambda make: build.keep(("table", *made_from), make),
        columns={
            "Level": sheet.Column(width=65),
            "Check": sheet.Column(width=145),
            "Message": sheet.Column(width=250, grow=360),
            "Numbers": sheet.Column(width=90, help="the numbers that took part, as printed"),
            "Quote": sheet.Column(width=240, grow=360),
            "Paper": sheet.Column(width=130),
            "State": sheet.Column(width=65),
            "Source": sheet.Column(kind="link", width=85),
        },
    )
    frame.download(lambda: reports.findings(build, state)[CSV_COLUMNS], "findings", build, found)
    st.html("<h3>Findings per check</h3>")
    drawn = charts.checks(counts.assign(check_name=counts["check_name"].map(_words)))
    words = "Findings per check and level"
    frame.chart(build, drawn, bars.checks, "checks", state, words, opens=lambda bar: _bar(state, bar))
    st.html("<p class='note'>Click a bar to list its findings above, once more to list all again.</p>")
    _strips(build, state)
    _cards(build, shown)


def _choices(build: store.Build, state: State, counts: pd.DataFrame) -> None:
    """What narrows the list of findings."""
    first, second, third = st.columns([3, 2, 2], vertical_alignment="top")
    with first:
        frame.search(state, "words of a message, a quote or a title")
    with second:
        names = list(dict.fromkeys(counts["check_name"]))
        frame.choose_many("check", "Checks", names, state.check, most=MOST_CHECKS, words=_words, empty="all checks")
    with third:
        frame.segments("show", "Show", SHOWN, state.show, frame.SHOWN.__getitem__)
    first, second, third = st.columns([3, 2, 2], vertical_alignment="top")
    with third:
        frame.choose_name("bench", "Benchmark", reports.benchmarks(build), state.bench)
    with first:
        frame.segments("level", "Level", LEVELS, state.level, look.LEVELS.__getitem__)
    with second:
        frame.segments("origin", "Origin", ORIGINS, state.origin, look.ORIGINS.__getitem__)


def _strips(build: store.Build, state: State) -> None:
    """Where the claims with a finding stand among all of their board, for the boards with most of them."""
    boards = reports.flagged_boards(build)
    if boards.empty:
        return
    opened = frame.folded("Where they stand on their boards", "strips")
    if not opened.open:
        return
    with opened:
        _strip(build, boards, state)


def _strip(build: store.Build, boards: pd.DataFrame, state: State) -> None:
    """A strip for each of these boards."""
    st.html(
        "<p class='note'>The boards with most findings: every claim is a "
        "circle, one with a finding a diamond above. Alone at an end, it is an outlier; in the middle, its number may "
        f"still be right. At most {reports.STRIP} claims of a board, those with a finding first.</p>"
    )
    places = frame.grid(len(boards), 2)
    for number, board in enumerate(boards.to_dict("records")):
        with places[number], st.container(key=f"strip-{number}", gap="xsmall"):
            title = look.board(board["benchmark"], board["metric"], board["lane"])
            st.html(safe.heading(title, 4))
            mine = reports.strip(build, int(board["board_no"]))
            axis = look.axis(board["metric"], board["unit"])
            words = f"Claims on {title} and which have a finding"
            drawn, plot = charts.strip(mine, axis=axis), partial(rows.strip, axis=axis)
            opens = partial(_claim, state)
            frame.chart(build, drawn, plot, f"strip-{number}", state, words, pictures=False, opens=opens)


def _claim(state: State, mark: Mapping[str, Any]) -> State:
    """The page of the claim whose mark was clicked."""
    return replace(state, view="claim", claim=str(mark["claim_id"]))


def _bar(state: State, bar: Mapping[str, Any]) -> State:
    """The page with the findings of the bar that was clicked; with all of them where it was that one already."""
    check, level = str(bar.get("check_name", "")).replace(" ", "_"), str(bar.get("level", ""))
    if (state.check, state.level) == ((check,), level):
        return replace(state, check=(), level="all", page=1, claim="")
    return replace(state, check=(check,), level=level, page=1, claim="")


def _cards(build: store.Build, shown: pd.DataFrame) -> None:
    """The first findings of the page in full: sentence, intervals, sums."""
    st.html("<h3>In full</h3>")
    st.html("".join(map(look.finding_card, store.cards(build, shown.head(OPEN_CARDS)))))
    rest = shown[OPEN_CARDS:CARDS]
    if rest.empty:
        return
    opened = frame.folded(f"{len(rest)} more of this page in full", "cards")
    if opened.open:
        with opened:
            st.html("".join(map(look.finding_card, store.cards(build, rest))))
            if len(shown) > CARDS:
                st.text("Narrow the filters to see others.")


def _reasons(build: store.Build) -> None:
    """Why groups of numbers were not applicable, folded away."""
    found = reports.reasons(build)
    if len(found):
        with st.expander("Why groups of numbers could not be judged"):
            st.html(look.fields([(f"{int(n):,}", str(why)) for why, n in zip(*(found[c] for c in found), strict=True)]))


def _words(check: str) -> str:
    return check.replace("_", " ")
