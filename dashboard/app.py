"""The entry: reads the address, opens the build, draws the frame and the page that `?view=` names."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # Streamlit puts this file's own folder there, not the one that holds the package
    sys.path.insert(0, ROOT)

from dashboard import frame, session, store, views, watch  # noqa: E402 - only now can the package be found


def main() -> None:
    """Draw one page."""
    pages = views.pages()
    state = session.begin()
    title = frame.window_title(state, pages)
    st.set_page_config(page_title=title, page_icon="📏", layout="wide", initial_sidebar_state="collapsed")
    frame.style(state)
    try:
        build = watch.shown()
    except store.BuildProblem as problem:
        frame.no_build(problem.problem)
        watch.offer("")
        return
    frame.head(build, state, pages)
    watch.offer(build.stamp)
    try:
        pages[state.view].render(build, state)
        frame.foot(build, state)
        session.end()
    except store.BuildProblem as problem:
        watch.forget()
        if build.stamp != store.stamp(store.folder()):  # another one is there already: draw the page from it
            st.rerun()
        frame.no_build(problem.problem)


main()
