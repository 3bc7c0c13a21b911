"""One claim: its value, its words, what was read from them, what the checks say, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import claims, corrections, evidence, frame, look, registry, safe, session, sheet, store
from dashboard.state import State, link

if TYPE_CHECKING:
    import pandas as pd


NARROW = {
    "Rank": sheet.Column(kind="number", width=50),
    "Model": sheet.Column(width=150, pinned=True),
    "Value": sheet.Column(width=75),
    "Date": sheet.Column(width=85),
    "Metric": sheet.Column(width=85),
    "System": sheet.Column(width=90),
    "Kind": sheet.Column(width=55),
}
"""Widths of the columns that hold little."""


def show(build: store.Build, state: State, *, whole_page: bool) -> None:
    """Draw the claim that the address names; beside a board (`whole_page` false) with a button that closes it."""
    claim = claims.claim(build, state.claim)
    if claim is None:
        st.warning("No claim of this build has the id in the address. It may belong to another snapshot.")
        frame.search_boards()
        return
    found = claims.findings_of_claim(build, state.claim, str(claim["paper_id"]))
    rivals, before, after = claims.rivals(build, str(claim["board_id"]), state.claim)
    _steps(state, claim, before, after, whole_page=whole_page)
    where = f" on {claim['benchmark']}" if claim["benchmark"] else ""
    st.html(
        look.card(
            look.value(claim["printed"], claim["bound"], claim["score"], claim["board_unit"]),
            f"{claim['metric'] or 'metric not named'}{where}{_change(claim)}",
            look.system(store.named(claim["subject"]), claim["role"], claim["title"], claim["date"]),
        )
    )
    _source(claim)
    corrected = corrections.html(corrections.of_claim(build, claim))
    if corrected:
        st.html(corrected)
    if whole_page:
        left, right = st.columns([3, 2], gap="large")
        with left:
            _words(claim, found)
            _findings(found)
            _why(claim)
        with right:
            st.html("<h3>What was read</h3>" + look.fields(_fields(claim)))
    else:
        _words(claim, found)
        _findings(found)
        with st.expander("What was read"):
            st.html(look.fields(_fields(claim)))
        opened = frame.folded("Why it was read so", f"why-{state.claim}")
        if opened.open:
            with opened:
                _why(claim, title=False)
    _around(build, state, claim, rivals)
    _known(state, claim)
    _report(build, state, claim)


def beside(build: store.Build, state: State, draw: Callable[[int], None]) -> None:
    """Draw a page, and the open claim beside it if the address names one; `draw` is told for how many columns."""
    if not state.claim:
        draw(2)
        return
    with st.container(key="opened"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            draw(1)
        with right, st.container(border=True, key="panel"):
            show(build, state, whole_page=False)


def _steps(state: State, claim: dict[str, Any], before: str, after: str, *, whole_page: bool) -> None:
    """Previous and next on the board, the way to the board or to the whole page, and closing."""
    with st.container(horizontal=True, gap="small" if whole_page else "xsmall"):
        for label, icon, target in (("Better", "arrow_upward", before), ("Worse", "arrow_downward", after)):
            step = replace(state, claim=target)
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"panel-{label}",
                disabled=not target,
                on_click=session.go,
                args=(step,),
            )
        if whole_page and claim["board_id"]:
            bench, metric, unit = (str(claim[f"board_{n}"] or "") for n in ("benchmark", "metric", "unit"))
            board = state.board(bench, metric, str(claim["lane"]), unit, str(claim["board_kind"]))
            st.button(
                "Show its board",
                icon=":material/leaderboard:",
                key="panel-board",
                on_click=session.go,
                args=(replace(board, claim=state.claim),),
            )
        elif not whole_page:
            st.button(
                "Whole page",
                icon=":material/open_in_full:",
                key="panel-page",
                on_click=session.go,
                args=(replace(state, view="claim"),),
            )
            st.button(
                "Close",
                icon=":material/close:",
                key="panel-close",
                on_click=session.go,
                args=(replace(state, claim=""),),
            )


def _source(claim: dict[str, Any]) -> None:
    """Title and date of the paper, with a link where its address is a plain one."""
    st.html(safe.heading(look.words(str(claim["title"] or "untitled")), 3))
    address = safe.url(claim["url"])
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.text(str(claim["date"] or "no date"))
        if address:
            st.link_button(
                "Read the abstract at its source", address, icon=":material/open_in_new:", key="panel-source"
            )
        else:
            st.text("no link to the source")


def _words(claim: dict[str, Any], found: pd.DataFrame) -> None:
    """The abstract with the claim's words marked."""
    abstract = str(claim["abstract"] or "")
    words = [
        ("metric", claim["metric_mention"]),
        ("benchmark", claim["benchmark_mention"]),
        ("subject", claim["subject"]),
        ("baseline", claim["baseline"]),
    ]
    span = (int(claim["start"]), int(claim["end"]))
    chosen = list(evidence.marks(abstract, span, str(claim["sentence"] or ""), words))
    for spans in found["spans"]:
        for start, end in spans if spans is not None else ():
            if 0 <= start < end <= len(abstract):
                chosen = evidence.add(chosen, evidence.Mark(int(start), int(end), "operand"))
    st.html("<h3>Abstract</h3>" + evidence.html(abstract, chosen) + evidence.legend(chosen))


def _findings(found: pd.DataFrame) -> None:
    """What the checks say of this claim."""
    if found.empty:
        st.html("<h3>Findings</h3><p class='note'>No check found anything about this number.</p>")
        return
    columns = ("level", "check_name", "message", "formula", "state")
    shown = [
        look.finding(level, name.replace("_", " "), message, formula, review=state == "review")
        for level, name, message, formula, state in zip(
            *(found[c].fillna("").astype(str) for c in columns), strict=True
        )
    ]
    st.html("<h3>Findings</h3>" + "".join(shown))


def _why(claim: dict[str, Any], *, title: bool = True) -> None:
    """What the parser made of the number, field by field, with its reasons; read anew, as it keeps none."""
    span = (int(claim["start"]), int(claim["end"]))
    found = store.reasons(str(claim["abstract"] or ""), str(claim["title"] or ""), span)
    heading = "<h3>Why it was read so</h3>" if title else ""
    if not found:
        st.html(
            f"{heading}<p class='note'>This installation no longer reads a claim here; another version made the build. "
            f"The rule that fired then: {safe.escape(safe.plain(str(claim['rule'])))}.</p>"
        )
        return
    st.html(heading + look.reasons([(r.field, r.value, r.probability, r.evidence) for r in found]))


def _known(state: State, claim: dict[str, Any]) -> None:
    """What the registries know of the claim's benchmark and metric, and who says so."""
    if not claim["benchmark"] and not claim["metric"]:
        return
    opened = frame.folded("What is known of its benchmark and metric, and from where", f"known-{state.claim}")
    if not opened.open:
        return
    with opened:
        if claim["benchmark"]:
            found = registry.benchmark(str(claim["benchmark"]))
            st.html(look.fields(found[0]) if found else _unknown("benchmark", claim["benchmark"]))
            address = safe.url(found[1]) if found else None
            if address:
                st.link_button(
                    "Read about the benchmark", address, icon=":material/open_in_new:", key="panel-benchmark-link"
                )
        if claim["metric"]:
            facts = registry.metric(str(claim["metric"]))
            st.html(look.fields(facts) if facts else _unknown("metric", claim["metric"]))


def _unknown(kind: str, name: object) -> str:
    """That no registry holds a name, which then stays as printed."""
    words = f"No registry of this installation holds the {kind} “{safe.plain(str(name))}”; it stays as printed."
    return f"<p class='note'>{safe.escape(words)}</p>"


def _report(build: store.Build, state: State, claim: dict[str, Any]) -> None:
    """Text to copy for whoever wants to say that the number was read wrong."""
    opened = frame.folded("Was it read wrong? Report a parsing error", f"report-{state.claim}")
    if not opened.open:
        return
    with opened:
        st.text("Copy this into a new issue of the project and say what would be right. Nothing is sent from here.")
        st.code(report(build.about, state, claim), language=None, wrap_lines=True)
        st.text(
            "Or put it right yourself: complete this entry in the file corrections.toml beside your papers, and build "
            "again."
        )
        st.code(corrections.entry(claim), language=None, wrap_lines=True)


def report(about: Mapping[str, str], state: State, claim: Mapping[str, Any]) -> str:
    """The facts of a claim that a report of a parsing error needs, as plain text; without the words of the abstract."""
    names = "printed kind value unit metric benchmark subject role baseline direction bound setting rule".split()
    facts = [
        ("paper", f"{claim['paper_id']} {claim['url'] or ''}".strip()),
        ("place", f"characters {claim['start']} to {claim['end']} of the abstract"),
        *((name, claim[name]) for name in names),
        ("confidence", f"{claim['confidence']:.2f}"),
        ("claim", claim["claim_id"]),
        ("build", f"snapshot {about.get('snapshot', '')[:12]}, version {about.get('version', '')}"),
        ("link", link(State(view="claim", claim=state.claim))),
    ]
    lines = [f"{name}: {safe.plain(str(value), 200)}" for name, value in facts if value is not None and value != ""]
    return "\n".join(["Parsing error", "", *lines, "", "It should be: "])


def _around(build: store.Build, state: State, claim: dict[str, Any], rivals: pd.DataFrame) -> None:
    """The claim's neighbours on its board, and the other claims of its paper."""
    if len(rivals) > 1:
        st.html("<h3>Around it on the board</h3>")
        shown = rivals.assign(
            Rank=rivals["rank"].astype("Int64"),
            Model=[
                ("▸ " if c == state.claim else "") + look.listed(*v)
                for c, *v in zip(*(rivals[c] for c in ("claim_id", "model", "role", "title")), strict=True)
            ],
            Value=[
                corrections.penned(look.printed(number, bound), corrected)
                for number, bound, corrected in zip(
                    *(rivals[c] for c in ("printed", "bound", "corrected")), strict=True
                )
            ],
            Date=rivals["date"],
        )[["Rank", "Model", "Value", "Date"]]
        targets = [replace(state, claim=str(c)) for c in rivals["claim_id"]]
        frame.table(
            shown,
            targets=targets,
            columns=NARROW,
            alt="Neighbours of this claim on its board",
        )
    others = claims.claims_of_paper(build, str(claim["paper_id"]), state.claim)
    if len(others):
        st.html(f"<h3>Other claims of this paper ({len(others)})</h3>")
        shown = others.assign(
            Value=[
                corrections.penned(look.printed(*v), corrected)
                for *v, corrected in zip(*(others[c] for c in ("printed", "bound", "corrected")), strict=True)
            ],
            Metric=others["metric"].fillna("").map(safe.plain),
            Benchmark=others["benchmark"].fillna("").map(safe.plain),
            System=[safe.plain(store.named(words) or "unnamed") for words in others["subject"]],
            Kind=others["kind"],
        )[["Value", "Metric", "Benchmark", "System", "Kind"]]
        targets = [replace(state, view="claim", claim=str(c)) for c in others["claim_id"]]
        frame.table(shown, targets=targets, columns=NARROW, alt="Other claims of this paper")


def _change(claim: dict[str, Any]) -> str:
    """For changes and ratios: which way, against what."""
    way = {"up": ", up", "down": ", down"}.get(str(claim["direction"]), "")
    against = f" against {claim['baseline']}" if claim["baseline"] else ""
    return way + against


def _system(words: object) -> object:
    """What the abstract calls the system, and that this is no name where it is none."""
    return words if not words or store.named(words) else f"unnamed; the abstract says “{words}”"


def _fields(claim: dict[str, Any]) -> list[tuple[str, object]]:
    """The fields of the claim for people, in the order in which they ask."""
    high = claim["value_high"]
    rank = claim["rank"]
    tie = " (tied)" if claim["tie"] else ""
    return [
        ("Rank on its board", f"{int(rank)}{tie}" if rank is not None else claim["note"] or "not on a board"),
        ("Kind", claim["kind"]),
        ("Value", f"{claim['value']:.10g}" + (f" to {high:.10g}" if high is not None else "") + f" {claim['unit']}"),
        ("Metric", claim["metric"]),
        (
            "Metric is",
            "the benchmark's usual one; the abstract names none"
            if claim["metric_inferred"]
            else "named in the abstract",
        ),
        ("Benchmark", claim["benchmark"]),
        ("System", _system(claim["subject"])),
        ("Its size", look.size(claim["subject_parameters"])),
        ("Role", claim["role"]),
        ("Compared with", claim["baseline"]),
        ("Direction", claim["direction"]),
        ("Bound", str(claim["bound"]).replace("_", " ")),
        ("Conditions", claim["setting"] or "none stated"),
        ("Place", f"characters {claim['start']} to {claim['end']} of the abstract"),
        ("Rule", claim["rule"]),
        ("Confidence", f"{claim['confidence']:.2f}"),
        ("Claim id", claim["claim_id"]),
        ("Paper id", claim["paper_id"]),
    ]
