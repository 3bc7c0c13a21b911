"""What the values are, how they were made, what they cannot say, and how addresses are built."""

from __future__ import annotations

import streamlit as st

from dashboard import frame, look, safe, state, store

TITLE = "About"
ORDER = 80
IN_MENU = True

METHOD = (
    "The claims are read from abstracts by rules: every number that an abstract reports about a system is a "
    "claim of one of four kinds, score, change, ratio or size. Each keeps the exact characters it was read "
    "from, so that every value here leads back to its words. Claims on one benchmark and one metric, under the "
    "same stated conditions, make a board."
)
LIMITS = (
    "Nothing here was run again or verified. An abstract shows its best numbers and leaves out conditions; "
    "what is not stated is never assumed equal. Numbers are tied where their printed precision does not "
    "separate them, and bounds such as “over 90%” are shown but not ranked. Confidence is the chance that the "
    "claim was read right, not that it is true."
)


def render(build: store.Build, _: state.State) -> None:
    """Draw the page."""
    st.html(safe.heading("About this data"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(f"<h3>How it was made</h3><p>{METHOD}</p><h3>What it cannot say</h3><p>{LIMITS}</p>")
        st.html(f"<h3>Safe to quote</h3><p>{frame.NOT_VERIFIED} Cite the snapshot, shown on every page.</p>")
    with right:
        st.html("<h3>This build</h3>" + look.fields(list(build.about.items())))
    st.html("<h3>Addresses</h3>")
    st.code((state.__doc__ or "").split("left out.\n\n", 1)[-1], language=None)
