"""How much the build covers: claims by year and kind, what they lack, and how surely they were read."""

from __future__ import annotations

import streamlit as st

from dashboard import charts, frame, reports, safe, store
from dashboard.state import State

TITLE = "Coverage"
ORDER = 70
IN_MENU = True


def render(build: store.Build, _: State) -> None:
    """Draw the page."""
    parts = reports.coverage(build)
    st.html(safe.heading("What this build covers"))
    if parts.empty:
        st.text("There are no papers in this build.")
        return
    years = reports.claims_by_year(build)
    if len(years):
        st.html("<h3>Claims by year and kind</h3>")
        st.altair_chart(charts.counts_by_year(years), alt="Claims by year and kind")
    left, right = st.columns(2, gap="large")
    with left:
        st.html("<h3>What is known</h3>")
        st.altair_chart(charts.shares(parts), alt="Shares of papers and claims")
        frame.download(parts, "coverage", build)
    with right:
        st.html("<h3>How surely the claims were read</h3>")
        st.altair_chart(charts.histogram(reports.claims_by_confidence(build)), alt="Claims by confidence")
