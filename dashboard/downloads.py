"""The buttons that hand out tables and charts; every file is made when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import bundles, look, pictures, safe, session, store
from dashboard.state import State, link

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.vega import Chart

CLAIMS: Final = "SELECT * FROM claims"
"""The whole claims table, in the order of the build: by paper and place."""


def cited(build: store.Build, state: State, what: str = "") -> str:
    """How to cite what is on the page, with its address."""
    return bundles.citation(build.about, address(state), what or named(state))


def address(state: State) -> str:
    """The page's own full address."""
    return str(st.context.url or "").split("?")[0] + link(state)


def named(state: State) -> str:
    """What the page is about, in a few words, for a citation."""
    return " · ".join(part for part in (state.view, state.bench, state.metric) if part)


def table(  # noqa: PLR0917 - what is handed out, under which name, from where
    seen: Callable[[], pd.DataFrame],
    count: int,
    name: str,
    build: store.Build,
    state: State,
    whole: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """Downloads of a table: what is seen as plain CSV, and, folded away, everything with dictionary and citation.

    `seen` fetches the `count` rows under the filters, `whole` the same table without them, where that is more.
    """
    file = f"{name}-{build.snapshot}"
    words = cited(build, state)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _button(
            f"Download {look.counted(count, 'rows')} as CSV", lambda: _csv(seen()), f"{file}.csv", f"download-{name}"
        )
        opened = st.popover("More downloads", icon=":material/folder_zip:", key=f"more-{name}", on_change=session.stay)
        if not opened.open:
            return
        with opened:
            st.text("A zip holds the table as CSV, what its columns mean, and how to cite it.")
            label = f"What I see: {look.counted(count, 'rows')} (zip)"
            _button(label, lambda: _zipped(seen(), name, words), f"{file}.zip", f"zip-{name}")
            if whole is not None:
                fetch = whole
                _button(
                    "The whole table, without filters (zip)",
                    lambda: _zipped(fetch(), name, words),
                    f"{file}-whole.zip",
                    f"whole-{name}",
                )
            claims(build, state, key=name)


def claims(build: store.Build, state: State, *, key: str) -> None:
    """Downloads of the claims table of the build, all of it."""
    words = cited(build, state, "the claims table")
    file = f"claims-{build.snapshot}"
    _button(
        "All claims of the build (zip)",
        lambda: bundles.bundle_arrow("claims", build.batches(CLAIMS), store.claim_columns(build), words),
        f"{file}.zip",
        f"claims-zip-{key}",
    )
    _button(
        "All claims of the build (Parquet)",
        lambda: bundles.parquet(build.batches(CLAIMS), words),
        f"{file}.parquet",
        f"claims-parquet-{key}",
    )


def chart(drawn: Chart, name: str, title: str, build: store.Build) -> None:
    """Downloads of a chart as a picture; `title` stands above it, the snapshot below the title."""
    source = f"Claims leaderboard, snapshot {build.snapshot}. {bundles.NOT_VERIFIED}"
    file = f"{name}-{build.snapshot}"
    shown = safe.plain(title, 120)
    for kind, make in (("SVG", pictures.svg), ("PNG", pictures.png)):
        label = f"Save as {kind}"
        _button(
            label,
            lambda make=make: make(drawn, shown, source),  # type: ignore[misc] # the loop's own function
            f"{file}.{kind.lower()}",
            f"picture-{kind}-{name}",
            quiet=True,
        )


def _csv(frame: pd.DataFrame) -> bytes:
    return safe.to_csv([str(c) for c in frame.columns], frame.itertuples(index=False, name=None))


def _zipped(frame: pd.DataFrame, name: str, words: str) -> bytes:
    return bundles.bundle(name, [str(c) for c in frame.columns], frame.itertuples(index=False, name=None), words)


def _button(label: str, data: Callable[[], bytes], file: str, key: str, *, quiet: bool = False) -> None:
    """One download; `quiet` for the small ones below a chart."""
    kind = file.rpartition(".")[2]
    mime = {"csv": "text/csv", "zip": "application/zip", "svg": "image/svg+xml", "png": "image/png"}
    st.download_button(
        label,
        data=data,
        file_name=file,
        mime=mime.get(kind, "application/octet-stream"),
        on_click="ignore",
        icon=None if quiet else ":material/download:",
        type="tertiary" if quiet else "secondary",
        key=key,
    )
