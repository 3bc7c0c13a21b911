"""Which build a session shows, and the offer to go on to a newer one.

A session keeps the build that it opened: when the file behind it is replaced, what is on the screen stays whole, its
links and pages go on working, and a button offers the new one. A build is closed when no session holds it any more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import listing, store
from dashboard.state import State
from dashboard.views import leaderboard

SECONDS: Final = 5
"""How often an open page looks whether its build was replaced: one look at the file's facts, no reading."""

SHOWN: Final = "build-shown"
"""Where a session keeps its build."""


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(folder: str, mark: str) -> store.Build:  # noqa: ARG001 - the mark tells one file from the next
    """The build in `folder` as it stands under this mark, shared by all sessions."""
    return store.open_build(Path(folder))


def newest() -> store.Build:
    """The build that lies in the folder now; raises `BuildProblem` where it cannot be shown."""
    folder = store.folder()
    return _opened(str(folder), store.stamp(folder))


def warm() -> None:
    """Open the build and ask what the first page asks, so that the first visitor need not wait for it."""
    try:
        build = newest()
        listing.count_boards(build, State())
        leaderboard.lines(build, State())
    except store.BuildProblem:
        return  # the page says why, to whoever comes


def shown() -> store.Build:
    """The build of this session: the one it began with, or the newest; raises `BuildProblem` where there is none."""
    build = st.session_state.get(SHOWN)
    if not isinstance(build, store.Build):
        build = st.session_state[SHOWN] = newest()
    return build


def forget() -> None:
    """Let the session begin anew with the newest build, after its own turned out to be unreadable."""
    st.session_state.pop(SHOWN, None)


@st.fragment(run_every=SECONDS)
def offer(mark: str) -> None:
    """Offer the newest build where it is another than `mark`, the one shown; with an empty mark, go to it at once."""
    if store.stamp(store.folder()) in {"", mark}:
        return
    try:
        build = newest()
    except store.BuildProblem:
        return  # half copied, or of another version: what is shown stays
    if not mark:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="newer"):
        st.text(f"A newer build is there (snapshot {build.snapshot}). This page still shows the one it began with.")
        if st.button("Show the new build", icon=":material/refresh:", key="adopt", type="primary"):
            st.session_state[SHOWN] = build
            st.rerun()
