"""How much the build covers: papers and claims by year, what claims lack, how surely and how well they were read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import (
    charts,
    corrections,
    filters,
    frame,
    look,
    overviews,
    quality,
    reports,
    safe,
    session,
    sheet,
    store,
    vega,
)
from dashboard.plots import bars, rows, tiles
from dashboard.state import KINDS, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

TITLE = "Coverage"
ORDER = 70
IN_MENU = True

WORDS = {
    "subject": "system",
    "subject_parameters": "size of the system",
    "higher_is_better": "better direction",
    "baseline": "compared with",
    "setting": "conditions",
    "url": "link",
}
"""Fields whose names are not the plain word."""


def render(build: store.Build, state: State) -> None:
    """Draw the page."""
    parts = reports.coverage(build)
    st.html(safe.heading("What this build covers"))
    if parts.empty:
        st.text("There are no papers in this build.")
        return
    _range(build, state)
    st.html("<p class='note'>Click a tile or a bar to list its claims below it, once more to close the list.</p>")
    left, right = st.columns(2, gap="large")
    with left:
        _years(build, state)
    with right:
        st.html("<h3>What is known</h3>")
        words = "Shares of papers and claims of which more is known"
        frame.chart(
            build, charts.shares(parts), bars.shares, "known", state, words, opens=lambda bar: _having(state, bar)
        )
        frame.download(parts, "coverage", build)
    _listed(build, state, "has")
    _claims(build, state)
    _reading(build, state)
    _unresolved(build)
    _corrections(build)


def _range(build: store.Build, state: State) -> None:
    """From which year to which papers and claims are counted by year."""
    years = filters.years(build)
    first, second, _ = st.columns([1, 1, 3])
    with first:
        frame.choose_name("since", "From year", years, state.since)
    with second:
        frame.choose_name("until", "To year", years, state.until)


def _years(build: store.Build, state: State) -> None:
    """Papers with and without a claim, year by year."""
    years = quality.within(quality.papers_by_year(build), state.since, state.until)
    if years.empty:
        st.text("No paper is of these years.")
        return
    papers, known = int(years["papers"].sum()), int(years["known"].sum())
    st.html(
        "<h3>Papers with a claim</h3>"
        f"<p class='note'>{known:,} of {papers:,} papers ({known / papers:.0%}) hold at least one claim: the blue part "
        "of each bar, and the percentage above it.</p>"
    )
    words = "Papers by year, with the share that has a claim"
    frame.chart(
        build,
        overviews.papers_by_year(years),
        bars.papers_by_year,
        "papers",
        state,
        words,
        opens=lambda bar: _year(state, str(bar.get("year", "")), state.kind),
    )


def _claims(build: store.Build, state: State) -> None:
    """Claims by year and kind, what they lack, and how sure their reading is."""
    counts = quality.within(reports.claims_by_year(build), state.since, state.until)
    if counts.empty:
        st.text("No claim was read from these papers.")
        return
    st.html("<h3>Claims by year and kind</h3>")
    words = "Number of claims by year and kind"
    frame.chart(
        build,
        charts.counts_by_year(counts),
        tiles.counts_by_year,
        "years",
        state,
        words,
        opens=lambda tile: _year(state, str(tile.get("year", "")), str(tile.get("kind", ""))),
    )
    _listed(build, state, "", "undated")
    left, right = st.columns(2, gap="large")
    with left:
        lacking = quality.missing(build)
        st.html(
            "<h3>What claims lack</h3><p class='note'>Share of claims of each kind in which a field is empty, mostly "
            "because the abstract does not say. Blank tiles: the field has no meaning for that kind.</p>"
        )
        named = lacking.assign(field=lacking["field"].map(lambda name: WORDS.get(name, name)))
        words = "Share of claims that lack a field, by kind"
        drawn = overviews.missing(named)
        frame.chart(build, drawn, tiles.missing, "missing", state, words, opens=lambda tile: _lacking(state, tile))
        frame.download(lacking, "missing", build)
    with right:
        st.html(
            "<h3>How surely the claims were read</h3><p class='note'>Confidence is the chance that a claim was read "
            "right, not that it is true.</p>"
        )
        frame.chart(
            build,
            charts.histogram(reports.claims_by_confidence(build)),
            bars.confidence,
            "confidence",
            state,
            "Number of claims by confidence",
            opens=lambda bar: _sure(state, bar),
        )
    _listed(build, state, "lacks", "sure")


def _year(state: State, year: str, kind: str) -> State | None:
    """The page with the claims of a year and kind; without a list where it was that one already."""
    if kind not in KINDS:
        return None
    if year == "undated":
        return _toggled(replace(state, kind=kind), year) if state.kind == kind else _chosen(state, year, kind)
    if not year.isdigit():
        return None
    if (state.since, state.until, state.kind, state.listed) == (year, year, kind, ""):
        return replace(state, since="", until="", page=1)
    return replace(state, since=year, until=year, kind=kind, listed="", page=1)


def _toggled(state: State, listed: str) -> State:
    """The page with this list; without a list where it was that one already."""
    return _chosen(state, "" if state.listed == listed else listed, state.kind)


def _chosen(state: State, listed: str, kind: str) -> State:
    """The page with this list and no other."""
    return replace(state, listed=listed, kind=kind, since="", until="", page=1)


def _lacking(state: State, tile: Mapping[str, Any]) -> State | None:
    """The page with the claims of a kind that lack a field."""
    words, kind = str(tile.get("field", "")), str(tile.get("kind", ""))
    field = {name: field for field, name in WORDS.items()}.get(words, words)
    if field not in quality.LACKING or kind not in KINDS:
        return None
    listed = f"lacks-{field}"
    return _toggled(state, listed) if state.kind == kind else _chosen(state, listed, kind)


def _having(state: State, bar: Mapping[str, Any]) -> State | None:
    """The page with the claims behind a part of what is known."""
    names = {part: name for name, (part, _) in quality.HAVING.items()}
    name = names.get(str(bar.get("part", "")))
    return _toggled(state, f"has-{name}") if name else None


def _sure(state: State, bar: Mapping[str, Any]) -> State | None:
    """The page with the claims of a step of confidence."""
    step = bar.get("confidence")
    return _toggled(state, f"sure-{step:.1f}") if isinstance(step, int | float) else None


def _heading(state: State) -> str:
    """What is listed, in words."""
    what, _, part = state.listed.partition("-")
    kind = look.KINDS[state.kind].lower()
    if what == "has":
        return quality.HAVING[part][0].replace("papers", "claims of papers")
    if what == "sure":
        return f"claims with a confidence from {part} to {float(part) + 0.1:.1f}"
    if what == "lacks":
        return f"{kind} that lack: {WORDS.get(part, part)}"
    return f"{kind} of {state.since}" if not what else f"{kind} of papers without a date"


def _listed(build: store.Build, state: State, *sections: str) -> None:
    """The claims that the address asks for, if they belong to one of these sections; a row opens its claim."""
    chosen = quality.group(state)
    if chosen is None or state.listed.partition("-")[0] not in sections:
        return
    number = quality.count(build, chosen)
    st.html(safe.heading(f"{number:,} {_heading(state)}", 3))
    part = frame.pages(number, state)
    found = quality.claims(build, chosen, start=part.start, most=store.PAGE_ROWS)
    data = found.assign(
        Value=[
            corrections.penned(look.printed(number, bound), corrected)
            for number, bound, corrected in zip(*(found[c] for c in ("printed", "bound", "corrected")), strict=True)
        ],
        Metric=found["metric"].fillna("").map(safe.plain),
        Benchmark=found["benchmark"].fillna("not named").map(safe.plain),
        System=[
            look.listed(store.named(model), *rest)
            for model, *rest in zip(*(found[c] for c in ("model", "role", "title")), strict=True)
        ],
        Date=found["date"],
        Source=found["url"].map(safe.url),
    )
    frame.table(
        data[["Value", "Metric", "Benchmark", "System", "Date", "Source"]],
        targets=[replace(state, view="claim", claim=str(claim)) for claim in found["claim_id"]],
        alt="Claims of what was chosen in a chart",
        columns={
            "Value": sheet.Column("As printed", width=130),
            "Metric": sheet.Column(width=180),
            "Benchmark": sheet.Column(width=180),
            "System": sheet.Column(width=290),
            "Date": sheet.Column(width=90),
            "Source": sheet.Column(kind="link", width=85),
        },
        height=sheet.LOW,
    )
    close = _chosen(state, "", state.kind)
    st.button("Close the list", key="close-list", type="tertiary", on_click=session.go, args=(close,))


def _reading(build: store.Build, state: State) -> None:
    """Precision and recall on annotated abstracts, where figures came with the build."""
    st.html("<h3>How well abstracts are read</h3>")
    path = quality.recorded(store.folder())
    found = quality.figures(path) if path else None
    if found is None or found.empty:
        st.text(
            "No figures came with this build. Put the file quality.csv, recorded on annotated abstracts, beside it to "
            "see precision and recall here."
        )
        return
    sets = sorted(set(found["set"]), key=lambda name: (name not in quality.UNSEEN, name))
    st.html(
        "<p class='note'>Measured on abstracts annotated by hand. Precision: the share of what was read that is right. "
        "Recall: of what stands there, the share that was read right. Whiskers are 90% intervals, where recorded. The "
        f"reader was fitted to all sets but {' and '.join(quality.UNSEEN)}: only those tell how it does on what it has "
        "not seen.</p>"
    )
    unseen = [name for name in sets if name in quality.UNSEEN]
    _sets(build, found, unseen or sets, state)
    fitted = [name for name in sets if name not in quality.UNSEEN] if unseen else []
    if fitted:
        opened = frame.folded(f"On the {len(fitted)} sets that it was fitted to", "fitted")
        if opened.open:
            with opened:
                _sets(build, found, fitted, state)
    parts = [(str(name), overviews.quality(found[found["set"] == name])) for name in sets]
    frame.pictures(build, vega.together(parts), "quality", "Precision and recall on annotated abstracts")


def _sets(build: store.Build, found: pd.DataFrame, sets: list[str], state: State) -> None:
    """Precision and recall, a chart for each of these sets."""
    places = frame.grid(len(sets), 3 if len(sets) > 2 else 2)
    for number, name in enumerate(sets):
        mine = found[found["set"] == name]
        kind = "unseen" if name in quality.UNSEEN else "fitted to"
        with places[number], st.container(gap="xsmall"):
            st.html(safe.heading(f"{name} ({kind}), measured {mine['date'].max()}", 4))
            words = f"Precision and recall on the set {name}"
            frame.chart(build, overviews.quality(mine), rows.quality, f"quality-{name}", state, words, pictures=False)


def _unresolved(build: store.Build) -> None:
    """Benchmark names that no registry knows: what to add next."""
    names = quality.benchmark_names(build)
    unknown = names[[not store.is_known_benchmark(str(name)) for name in names["name"]]]
    share = float(unknown["claims"].sum() / names["claims"].sum()) if len(names) else 0.0
    st.html(
        f"<h3>Benchmarks that no registry knows ({len(unknown):,} names)</h3>"
        f"<p class='note'>{share:.0%} of the claims with a benchmark carry such a name, kept as printed: two spellings "
        "of it are two benchmarks until it is added under data/.</p>"
    )
    if unknown.empty:
        st.text("Every benchmark of this build is in the registry.")
        return
    top = unknown.head(quality.MOST_NAMES)
    frame.table(
        top.assign(Name=top["name"].map(safe.plain), Papers=top["papers"], Claims=top["claims"])[
            ["Name", "Papers", "Claims"]
        ],
        targets=[replace(State(view="benchmark"), bench=str(name)) for name in top["name"]],
        alt="Benchmark names that no registry knows, most papers first",
        columns={
            "Name": sheet.Column(width=360),
            "Papers": sheet.Column(kind="number", width=90, words=sheet.localized),
            "Claims": sheet.Column(kind="number", width=90, words=sheet.localized),
        },
        height=sheet.LOW,
    )
    frame.download(unknown, "unresolved", build)


def _corrections(build: store.Build) -> None:
    """What corrections changed, and which of their entries change nothing; nothing where there are none."""
    every, claims, idle = corrections.counts(build)
    if not every:
        return
    without = f"{idle:,} entries of the file change nothing; they stand first, with the reason." if idle else ""
    st.html(
        f"<h3>Corrections ({claims:,} claims)</h3><p class='note'>What was read wrong and put right by hand: "
        f"{corrections.MARK} marks such a line on its board, and its page shows what was read. {without}</p>"
    )
    found = corrections.every(build, corrections.MOST)
    words = {name: found[name].fillna("").astype(str) for name in found}
    changed = [words[name] for name in ("problem", "field", "parsed", "became")]
    signs = [words[name] for name in ("source", "entry", "by", "entered")]
    frame.table(
        found.assign(
            Change=[safe.plain(corrections.effect(*one)) for one in zip(*changed, strict=True)],
            Number=words["printed"].map(safe.plain),
            Paper=[look.words(title or paper) for title, paper in zip(words["title"], words["paper_id"], strict=True)],
            Reason=words["reason"].map(safe.plain),
            Entry=[safe.plain(corrections.signed(*one)) for one in zip(*signs, strict=True)],
        )[["Change", "Number", "Paper", "Reason", "Entry"]],
        targets=[State(view="claim", claim=claim) if claim else None for claim in words["claim_id"]],
        alt="Corrections, those that change nothing first",
        columns={
            "Change": sheet.Column("What changed", width=360),
            "Number": sheet.Column("As printed", width=90),
            "Paper": sheet.Column(width=180),
            "Reason": sheet.Column("Because", width=180),
            "Entry": sheet.Column(width=180),
        },
        height=sheet.LOW,
    )
    frame.download(lambda: corrections.every(build), "corrections", build, every)
