"""What every page shares: look, head with the menu, controls tied to the address, tables, downloads, foot.

A control shows what the address says and writes what the reader chooses back into it, nothing else: the address is set
before the page is drawn again, so Back, Forward and a copied link need no code of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import bundles, downloads, filters, listing, look, safe, session, sheet, store
from dashboard.state import FLAGS, NARROWED, ORDERS, ROLES, SIZES, State, link

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

    from dashboard.plots.marks import Plot
    from dashboard.vega import Chart

SHOWN: Final = {"fail": "findings", "review": "for review", "all": "both"}
UNFLAGGED: Final = {"all": "all claims", "clean": "without a finding", "only": "with a finding"}
BY_SIZE: Final = {
    "all": "any size",
    "under-1b": "under 1B parameters",
    "1b-10b": "1B to 10B",
    "10b-100b": "10B to 100B",
    "over-100b": "100B and more",
    "unstated": "size not stated",
}
WHOSE: Final = {"all": "all results", "own": "the papers' own"}
SORTS: Final = {"papers": "most papers", "newest": "newest best", "name": "benchmark A–Z"}


def style(state: State) -> None:
    """Give the rows that lead to the open claim their look; all else has it from the page's own style sheet."""
    st.html(f"<style>{look.opened(state.claim)}</style>")


def window_title(state: State, pages: Mapping[str, ModuleType]) -> str:
    """What the browser's tab and its history call the page: the board where it shows one, else the page."""
    board = (state.bench, state.metric) if state.view == "benchmark" else ()
    about = " · ".join(safe.plain(part, 40) for part in board if part) or pages[state.view].TITLE
    return f"{about} – Claims leaderboard"


def head(build: store.Build, state: State, pages: Mapping[str, ModuleType]) -> None:
    """Title, what the values are, and the menu."""
    st.html(
        '<div class="masthead"><h1>Claims leaderboard</h1>'
        f'<p>{bundles.NOT_VERIFIED} <span class="snapshot">Snapshot {safe.escape(build.snapshot)}, '
        f"written {safe.escape(build.written)}</span></p></div>"
    )
    with st.container(horizontal=True, gap="small", key="menu"):
        for name, page in pages.items():
            if page.IN_MENU:
                kind = "primary" if name == state.view else "tertiary"
                st.button(page.TITLE, key=f"menu-{name}", type=kind, on_click=session.go, args=(state.visit(name),))  # type: ignore[arg-type] # a literal


def foot(build: store.Build, state: State) -> None:
    """The address and the citation of what is shown, to copy."""
    opened = folded("Link and citation", "foot")
    if not opened.open:
        return
    with opened:
        st.text("Address of this page")
        st.code(downloads.address(state), language=None, wrap_lines=True)
        st.text("Cite as")
        st.code(downloads.cited(build, state), language=None, wrap_lines=True)
        st.text("or, in BibTeX")
        st.code(
            bundles.bibtex(build.about, downloads.address(state), downloads.named(state)),
            language=None,
            wrap_lines=True,
        )


def folded(label: str, key: str, *, expanded: bool = False) -> ExpanderContainer:
    """A part of the page that is folded away; what is in it is drawn once its `open` says that a reader opened it.

    Most readers never do, and what is hidden costs a page as much as what is seen: a citation that can be copied brings
    with it a script of 1.6 MB.
    """
    return st.expander(label, expanded=expanded, key=f"folded-{key}", on_change=session.stay)


def choices(state: State) -> DeltaGenerator:
    """The place of a page's many choices; on a phone all but the first are folded away, unless a filter is in use.

    A line that opens them stands there instead. Only the style sheet knows how wide the window is, so what is folded
    is there, but not shown: it costs what it costs elsewhere.
    """
    place = st.container(key="choices")
    with place:
        opened = " open" if state.filters else ""
        st.html(f"<details class='choices'{opened}><summary>All choices and filters</summary></details>")
    return place


def no_build(problem: str) -> None:
    """The page that stands where there is nothing to show: what is wrong, with which file, and what mends it."""
    st.html(f"<h1>Claims leaderboard</h1>{safe.heading(problem)}")
    st.text(f"The dashboard reads the file {store.FILE} of a build. Make one, then reload this page:")
    st.code("leaderboard build data/sample/papers.jsonl --out out\nleaderboard dashboard out", language="bash")


def nothing(state: State, what: str, of: int = 0) -> None:
    """Say why a table is empty, and offer the ways out; `of` is how many there are without filters, where known."""
    if state.filters:
        none = f"None of {look.counted(of, what)}" if of else f"No {what}"
        st.text(f"{none} pass{'es' if of else ''} these filters: {', '.join(state.filters)}.")
        with st.container(horizontal=True, gap="small"):
            st.button("Clear the filters", key="clear", on_click=session.go, args=(state.without_filters(),))
            for label, target in state.relaxed if len(state.relaxed) > 1 else ():
                st.button(label, key=f"relax-{label}", type="tertiary", on_click=session.go, args=(target,))
    else:
        st.text(f"There are no {what} in this build.")


def choose(field: str, label: str, options: Sequence[str], value: str, words: Callable[[str], str] = str) -> None:
    """A list to choose from that is tied to one field of the address."""
    key = session.control(f"choose-{field}", value if value in options else options[0])
    st.selectbox(label, options, key=key, format_func=words, on_change=_chosen, args=(field, key, options))


def choose_many(
    field: str,
    label: str,
    options: Sequence[str],
    values: Sequence[str],
    *,
    most: int,
    words: Callable[[str], str],
    empty: str | None = None,
) -> None:
    """A list of which up to `most` entries can be chosen, tied to one repeated field of the address.

    `empty` says what stands for none chosen.
    """
    key = session.control(f"many-{field}", list(values)[:most])
    known = [*options, *(value for value in values if value not in options)]
    st.multiselect(
        label,
        known,
        key=key,
        format_func=words,
        max_selections=most,
        placeholder=empty,
        on_change=_chosen_many,
        args=(field, key),
    )


def segments(field: str, label: str, options: Sequence[str], value: str, words: Callable[[str], str] = str) -> None:
    """A row of a few constant choices that is tied to one field of the address. Never for words of papers."""
    key = session.control(f"segments-{field}", value)
    st.segmented_control(
        label, options, key=key, format_func=words, required=True, on_change=_chosen, args=(field, key, options)
    )


def search(state: State, words: str) -> None:
    """The search box; `words` say what is looked at."""
    key = session.control(f"search-{state.view}", state.q)
    st.text_input(
        "Search", key=key, type="search", placeholder=words, max_chars=200, on_change=_chosen, args=("q", key)
    )


def search_boards(words: str = "") -> None:
    """For an address that leads nowhere: a search box of all boards, filled with `words`, and the way to them."""
    key = session.control("search-boards", words[:200])

    def asked() -> None:
        if session.shows(key):
            session.go(State(q=st.session_state[key].strip()))

    hint = "benchmark, metric or model"
    st.text_input("Search all boards", key=key, type="search", placeholder=hint, max_chars=200, on_change=asked)
    st.button("Search", key="search-boards-go", on_click=asked)
    st.button("Go to the leaderboard", key="home", on_click=session.go, args=(State(),))


def more_filters(build: store.Build, state: State, *, order: bool = False) -> None:
    """Dates, confidence, findings, role, folded away unless one is in use."""
    used = bool(state.since or state.until or state.minconf or state.flags != "all" or state.role != "all")
    used = used or state.size != "all"
    used = used or (order and bool(state.papers > 1 or state.bench or state.metric))
    opened = folded("More filters", f"filters-{state.view}", expanded=used)
    if not opened.open:
        return
    with opened:
        if order:
            _board_filters(build, state)
        columns = st.columns(8 if order else 6)
        years = filters.years(build)
        with columns[0]:
            choose("since", "From", ["", *sorted({*years, state.since} - {""}, reverse=True)], state.since, _any)
        with columns[1]:
            choose("until", "To", ["", *sorted({*years, state.until} - {""}, reverse=True)], state.until, _any)
        with columns[2]:
            levels = sorted({"0", "0.5", "0.7", "0.8", "0.9", f"{state.minconf:g}"}, key=float)
            choose("minconf", "Confidence at least", levels, f"{state.minconf:g}", lambda v: "any" if v == "0" else v)
        with columns[3]:
            choose("flags", "Findings", FLAGS, state.flags, UNFLAGGED.__getitem__)
        with columns[4]:
            choose("role", "Whose results", ROLES, state.role, WHOSE.__getitem__)
        with columns[5]:
            choose("size", "Model size", list(SIZES), state.size, BY_SIZE.__getitem__)
        if order:
            with columns[6]:
                choose("order", "Order", ORDERS, state.order, SORTS.__getitem__)
            with columns[7]:
                least = sorted({"1", "2", "3", "5", "10", str(state.papers)}, key=int)
                choose("papers", "Papers at least", least, str(state.papers), lambda v: "any" if v == "1" else v)


def _board_filters(build: store.Build, state: State) -> None:
    """Benchmark and metric of the boards that are listed."""
    left, right = st.columns(2)
    with left:
        choose_name("bench", "Benchmark", listing.benchmarks(build, state.kind), state.bench)
    with right:
        choose_name("metric", "Metric", listing.metrics(build, state.kind), state.metric)


def choose_name(field: str, label: str, names: Sequence[str], chosen: str) -> None:
    """A filter by name: any, what is chosen though it is not among the names, and the names."""
    options = list(dict.fromkeys(["", *([chosen] if chosen not in names else []), *names]))
    choose(field, label, options, chosen, lambda name: safe.plain(name, 80) or "any")


def table(
    data: pd.DataFrame,
    *,
    columns: Mapping[str, sheet.Column],
    alt: str,
    targets: Sequence[State | None] = (),
    cells: Mapping[str, Sequence[State | None]] | None = None,
    height: int = sheet.TALLEST,
    kept: Callable[[Callable[[], str]], str] = lambda make: make(),
) -> None:
    """A table in which a click on a row or cell leads to the row's target, or to that of the cell in `cells`.

    `kept` gets what makes its HTML, and may answer with what that made before of the same (`Build.keep`).
    """

    def html() -> str:
        shared = {id(ways): [link(way) if way else None for way in ways] for ways in (targets, *(cells or {}).values())}
        return sheet.table(
            data,
            columns,
            alt=alt,
            rows=shared[id(targets)],
            cells={name: shared[id(ways)] for name, ways in (cells or {}).items()},
            height=height,
        )

    st.html(kept(html))


def pages(total: int, state: State) -> slice:
    """The part of a long table that is shown, with the control to turn pages if there are several."""
    last = max(1, -(-total // store.PAGE_ROWS))
    page = min(state.page, last)
    if last > 1:
        key = session.draws(f"page-{page}")
        st.pagination(last, default=page, key=key, on_change=_chosen, args=("page", key))
    return slice((page - 1) * store.PAGE_ROWS, page * store.PAGE_ROWS)


def download(
    data: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    build: store.Build,
    count: int | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """The downloads of a table, made when they are asked for.

    `data` is the table, or what fetches it; then `count` says how many rows that will be. `whole` fetches it without
    the filters of the page, where there are any.
    """

    def seen() -> pd.DataFrame:
        return data() if callable(data) else data

    rows = count if count is not None else 0 if callable(data) else len(data)
    downloads.table(seen, rows, name, build, session.current(), whole)


def chart_key(name: str, state: State) -> str:
    """What a chart of these filters is known by, whichever claim is open: another under others."""
    return f"chart-{name}-{hashlib.sha256(repr(replace(state, claim='')).encode()).hexdigest()[:12]}"


def chart(  # noqa: PLR0917 - what is drawn, how, of what
    build: store.Build,
    drawn: Chart,
    plot: Plot,
    name: str,
    state: State,
    words: str,
    *,
    title: str = "",
    pictures: bool = True,
    listed: Callable[[Mapping[str, Any]], str] | None = None,
    board: State | None = None,
    opens: Callable[[Mapping[str, Any]], State | None] | None = None,
) -> None:
    """Draw a chart as `plot` draws it (`dashboard.plots`); a mark that stands for a claim opens it on a click.

    `words` say what the chart shows, for those who cannot see it. Below it stand its marks as a list, in the words of
    `listed`, where marks may lie upon each other, the way to its `board` if one is given, and the downloads of it as a
    picture, above which `title` stands, unless `pictures` is false. For marks that stand for several claims `opens`
    says where a click on one leads, from the values that it carries.
    """
    key = chart_key(name, state)
    leads = opens or (lambda mark: replace(state, claim=str(mark["claim_id"])) if "claim_id" in mark else None)

    def way(mark: Mapping[str, Any]) -> str:
        target = leads(mark)
        return link(target) if target else ""

    st.html(build.keep(("plot", key, words), lambda: plot(drawn, words, way)))
    _below(build, drawn, name, key, title=title or words, pictures=pictures, listed=listed, board=board)


def _below(
    build: store.Build,
    drawn: Chart,
    name: str,
    key: str,
    *,
    title: str,
    pictures: bool,
    listed: Callable[[Mapping[str, Any]], str] | None,
    board: State | None,
) -> None:
    """What stands below a chart: its marks as a list, the way to its board, its pictures."""
    if not (listed or board or pictures):
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key=f"below-{key}"):
        if listed:
            _as_list(drawn, key, listed)
        if board:
            st.button("Whole board", key=f"board-{key}", type="tertiary", on_click=session.go, args=(board,))
        if pictures:
            downloads.chart(drawn, name, title, build)


def grid(count: int, columns: int) -> list[DeltaGenerator]:
    """Places for `count` things, row by row, so that a narrow screen shows them in their order."""
    rows = -(-count // columns)
    return [place for _ in range(rows) for place in st.columns(columns, gap="medium")][:count]


def pictures(build: store.Build, drawn: Chart, name: str, title: str) -> None:
    """Picture downloads of charts that are drawn one by one and saved together."""
    with st.container(horizontal=True, gap="medium", key=f"pictures-{name}"):
        downloads.chart(drawn, name, title, build)


def _as_list(drawn: Chart, key: str, words: Callable[[Mapping[str, Any]], str]) -> None:
    """The claims of a chart as a list to choose from, which leads where a click on their marks does.

    It is made when a reader opens it.
    """
    opened = st.popover("Marks as a list", type="tertiary", key=f"list-{key}", on_change=session.stay)
    if not opened.open:
        return
    rows = drawn.marks()
    labels = [" · ".join(words(row).splitlines()) for row in rows]

    def chosen() -> None:
        number = st.session_state[f"listed-{key}"]
        if number is not None:
            session.go(replace(session.current(), claim=str(rows[number]["claim_id"])))

    with opened:
        st.selectbox(
            "Open a mark of this chart",
            range(len(rows)),
            index=None,
            key=f"listed-{key}",
            format_func=labels.__getitem__,
            placeholder="choose a mark to open it",
            on_change=chosen,
        )


def _chosen(field: str, key: str, options: Sequence[str] = ()) -> None:
    value = st.session_state[key]
    if not session.shows(key) or (options and value not in options):  # said of the page before this one
        return
    state = session.current()
    changes: dict[str, Any] = {field: value} if field == "page" else {field: value, "page": 1}
    if field == "minconf":
        changes["minconf"] = float(value)
    if field == "papers":
        changes["papers"] = int(value)
    if field in {"bench", "kind"} and state.view not in NARROWED:
        changes |= {"metric": "", "lane": "", "unit": "", "claim": "", "q": ""}
    if field == "metric":
        changes |= {"lane": "", "unit": "", "claim": ""}
    if field == "kind" and state.view == "leaderboard":
        changes |= {"bench": "", "metric": ""}
    session.go(replace(state, **changes))


def _chosen_many(field: str, key: str) -> None:
    if not session.shows(key):
        return
    changes: dict[str, Any] = {field: tuple(st.session_state[key]), "page": 1}
    session.go(replace(session.current(), **changes))


def _any(value: str) -> str:
    return value or "any"
