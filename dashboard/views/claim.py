"""One claim on a page of its own."""

from __future__ import annotations

import streamlit as st

from dashboard import frame, panel, safe, store
from dashboard.state import State

TITLE = "Claim"
ORDER = 30
IN_MENU = False


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    st.html(safe.heading("Claim"))
    if not state.claim:
        st.text("The address names no claim. Open one from a board.")
        frame.search_boards()
        return
    panel.show(build, state, whole_page=True)
