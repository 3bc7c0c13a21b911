"""What the values are, how they were made, what they cannot say, what each field means, and how addresses are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import bundles, dictionary, downloads, frame, look, quality, safe, session, sheet, state, store

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLE = "About"
ORDER = 80
IN_MENU = True

METHOD = (
    (
        "From abstracts to claims",
        (
            "Every number that an abstract reports about a system is a claim of one of four kinds: a score (a "
            "level), a change (a difference), a ratio (a multiple or share) or a size (a scale). Numbers are told"
            " apart by rules and by the words around them, and each is bound to its metric, benchmarks, system, "
            "role and conditions. A claim keeps the exact characters it was read from, so every value here leads "
            "back to its words."
        ),
    ),
    (
        "From claims to boards",
        (
            "Names are resolved by registries and units converted. Claims of one kind on one benchmark and "
            "metric, under the same stated conditions, make a board. What is not stated is a condition of its own"
            " and never assumed equal to any other. Scores, changes, ratios and sizes never share a board or an "
            "axis."
        ),
    ),
    (
        "Ranks, ties and tiers",
        (
            "Ranks go in the metric's better direction. Two scores are tied (=) where their printed precision "
            "does not separate them; ties share a rank (1, 2, 2, 4). A tier (●) marks scores within two binomial "
            "standard errors of the best, where the number of test items is known. A bound such as “over 90%” is "
            "shown, hollow in charts, and not ranked. Results that a paper quotes for comparison are squares, its"
            " own are circles."
        ),
    ),
    (
        "Corrections",
        (
            "What was read wrong can be put right by hand, in a file beside the papers: a field of a claim, a whole "
            "claim, two names for one thing or one name for two. Every entry says why. A corrected line carries a pen "
            "(✎), and its page shows what was read, what it became and the reason; what was dropped stays among what "
            "was set aside. Entries that fit nothing any more are listed under Coverage. The snapshot changes with "
            "every word of the corrections."
        ),
    ),
    (
        "By keyboard",
        (
            "Tab leads into a table, arrow keys move in it, Enter opens what the cell leads to and Shift and the space "
            "bar what its row does; Enter on a heading sorts. A chart is one stop as well: arrow keys go from mark "
            "to mark, Enter opens the claim or lists the claims. “Marks as a list” below a chart of many points opens "
            "what a click on a point does."
        ),
    ),
    (
        "Checks",
        (
            "Sums are done on the claims with intervals: a printed 77.5 may be anything from 77.45 to 77.55, and "
            "only what no reading can explain is a finding. A finding accuses nobody."
        ),
    ),
)
LIMITS = (
    "Nothing here was run again or verified.",
    "Only abstracts are read, not tables or figures: an abstract shows its best numbers and leaves out conditions.",
    "Two scores on one board may still differ in conditions that neither abstract states.",
    "Confidence is the chance that a claim was read right, not that it is true.",
    "A name that no registry knows stays as printed, so one benchmark may appear under two spellings.",
    "What a build holds is what was fed to it: the best of a board here need not be the best there is.",
)
WORSE = (
    "Boards that run the systems themselves, all under the same conditions, compare more fairly than claims can.",
    "Other boards fold a table into cards on a phone; here its further columns are reached by scrolling sideways.",
    "Bars, tiles and dots of the overviews answer to the mouse only; by keyboard a list below each leads to the same.",
    "Boards that keep every answer let a reader go on to single examples; here the trail ends at the abstract.",
    "Cost, speed and energy are compared elsewhere; here they are found only where an abstract claims them.",
    "Others link the code and the weights behind a result, and mark extra training data; an abstract rarely tells.",
    "Others sort a whole table by any column, and let a reader choose columns; here a heading sorts the page in sight.",
    "Others answer programs over the network or can be embedded; here there are files to download.",
    "Boards that people vote on or send results to are newer than abstracts, which are written once.",
)
"""Where other leaderboards, or our own aims, are still ahead."""

CHANGES = {
    "2026-12": (
        "Tables are links that open in a tab of their own, and sort by a click; filter by model size; several checks "
        "at once; a range of years in Coverage; rings around claims with a finding in charts; points of "
        "charts of scores are links, too. Boards are found by a task (machine translation) and by other names of "
        "what they measure; titles and quotes are shown without marks of TeX."
    ),
    "2026-11": (
        "First version: eight pages, the words behind every number, comparison, trends, findings, corrections, "
        "downloads. Confidence says how often such a claim is read right. Changes say what they are compared with."
    ),
}
"""What readers should know of changes in the program, newest first."""

LICENCE = (
    "The program is under the MIT licence. Numbers, names and links are facts; the words of an abstract belong to its "
    "authors and are shown with the link to their source, to check the reading."
)


def render(build: store.Build, shown: state.State) -> None:
    """Draw the page."""
    st.html(safe.heading("About this data"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html("".join(f"<h3>{title}</h3><p>{words}</p>" for title, words in METHOD))
        st.html("<h3>What it cannot say</h3><ul>" + "".join(f"<li>{line}</li>" for line in LIMITS) + "</ul>")
        st.html("<h3>Where others are still ahead</h3><ul>" + "".join(f"<li>{line}</li>" for line in WORSE) + "</ul>")
        st.html(
            "<h3>What changed</h3><ul>"
            + "".join(f"<li>{when}: {what}</li>" for when, what in CHANGES.items())
            + "</ul>"
        )
        st.html(f"<h3>Licence</h3><p>{LICENCE}</p>")
    with right:
        st.html("<h3>This build</h3>" + look.fields(_facts(build)))
        st.html(
            "<h3>Cite it</h3><p class='note'>The snapshot is a hash of everything in the build: who cites it can be "
            "checked to the last digit.</p>"
        )
        cited = (bundles.citation, bundles.bibtex)
        st.html("".join(look.verbatim(words(build.about, downloads.address(shown))) for words in cited))
        label = "Download the claims table"
        opened = st.popover(label, icon=":material/folder_zip:", key="more-claims", on_change=session.stay)
        if opened.open:
            with opened:
                downloads.claims(build, shown, key="about")
    _directions(build)
    st.html("<h3>What each field means</h3><p class='note'>The columns of all tables and downloads.</p>")
    _grid(("Field", "Meaning"), dictionary.FIELDS.items(), "The field dictionary", (150, 650))
    _addresses()


def _facts(build: store.Build) -> list[tuple[str, object]]:
    """What the build says of itself, in words."""
    names = {"schema_version": "schema", "snapshot": "snapshot (SHA-256)", "rows": "rows of the claims table"}
    names |= {"corrected": "claims corrected or dropped by hand", "idle corrections": "corrections without effect"}
    plain = {"version", "schema_version", "snapshot"}
    return [
        (names.get(name, name), f"{int(value):,}" if value.isdigit() and name not in plain else value)
        for name, value in build.about.items()
    ]


def _directions(build: store.Build) -> None:
    """Which way each metric of the build is better."""
    found = quality.metrics(build)
    if found.empty:
        return
    st.html(
        f"<h3>Which way is better ({len(found):,} metrics of this build)</h3>"
        "<p class='note'>A metric without an arrow has no known better direction: its claims are shown, not ranked.</p>"
    )
    rows = [
        (safe.plain(str(metric)), look.arrow(higher), look.better(higher), str(unit), int(boards), int(claims))
        for metric, unit, higher, boards, claims in found.itertuples(index=False, name=None)
    ]
    _grid(
        ("Metric", "", "Better", "Unit", "Boards", "Claims"),
        rows,
        "Metrics with their better direction",
        (220, 30, 180, 90, 70, 70),
    )


def _addresses() -> None:
    """The grammar of addresses, and what became of old ones."""
    st.html(
        "<h3>Addresses</h3><p class='note'>The address holds all that you chose: a copied link, a reload and the "
        "Back button show the same page. This grammar is stable; old names go on working.</p>"
    )
    st.html(look.verbatim((state.__doc__ or "").split("left out.\n\n", 1)[-1]))
    old = [("parameter", name, new) for name, new in state.OLD_NAMES.items()]
    old += [("view", name, new) for name, new in state.OLD_VIEWS.items()]
    st.html("<h3>Old names that are still understood</h3>")
    _grid(("What", "Old name", "Name now"), old, "Old names in addresses and what they are called now", (110, 140, 140))


def _grid(header: tuple[str, ...], rows: Iterable[tuple[object, ...]], alt: str, widths: tuple[int, ...]) -> None:
    """A table to read, with nothing to choose in it."""
    import pandas as pd  # noqa: PLC0415 - Streamlit has loaded it by now

    data = pd.DataFrame(list(rows), columns=list(header))
    columns = {name: sheet.Column(width=width) for name, width in zip(header, widths, strict=True)}
    columns |= {name: sheet.Column(kind="number", width=70, words=sheet.localized) for name in ("Boards", "Claims")}
    frame.table(data, columns=columns, alt=alt, height=sheet.LOW)
