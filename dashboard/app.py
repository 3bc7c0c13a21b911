"""The entry: reads the address, opens the build, draws the frame and the page that `?view=` names."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # Streamlit puts this file's own folder there, not the one that holds the package
    sys.path.insert(0, ROOT)

from dashboard import frame, store, views  # noqa: E402 - only now can the package be found


@st.cache_resource(
    show_spinner=False,
    max_entries=2,
    validate=lambda build: build.stamp == store.stamp(store.folder()),
    on_release=lambda build: build.close(),
)
def open_build(folder: str) -> store.Build:
    """The build in `folder`, shared by all sessions, opened anew when its file is replaced."""
    return store.open_build(Path(folder))


def main() -> None:
    """Draw one page."""
    st.set_page_config(
        page_title="Claims leaderboard", page_icon="📏", layout="wide", initial_sidebar_state="collapsed"
    )
    pages = views.pages()
    state = frame.address(tuple(pages))
    frame.style()
    try:
        build = open_build(str(store.folder()))
    except store.BuildProblem as problem:
        frame.no_build(problem.problem)
        return
    frame.head(build, state, pages)
    try:
        pages[state.view].render(build, state)
        frame.foot(build, state)
    except store.BuildProblem as problem:
        if build.stamp != store.stamp(store.folder()):  # replaced while the page was drawn: draw it from the new one
            st.rerun()
        frame.no_build(problem.problem)


main()
