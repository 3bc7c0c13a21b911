"""Tables as HTML: what most pages are made of, drawn by the browser itself.

A table of links costs a page a twentieth of what Streamlit's grid on a canvas does; a reader can search in it, select
from it, and open a row in a new tab. `tables.js` sorts it, moves through it by keyboard, and follows a link without
loading the page anew; without that script the links work as links do. Every text is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from dashboard.safe import escape, missing, plain, url

if TYPE_CHECKING:
    import pandas as pd

ROW: Final = 35
"""Height of a row in pixels; `look.CSS` has the same."""

TALLEST: Final = 562
"""Height of a table in pixels beyond which its rows are scrolled: a head and fifteen rows."""

LOW: Final = 387
"""The same of a table that others stand below: a head and ten rows."""

LETTER: Final = 6.2
"""Width of a letter in pixels, at least: a text that may not fit its column is told in full when pointed at."""

WORDS_OF_A_LINK: Final = "abstract ↗"

Way = str | None
"""Where a click leads: an address within the dashboard (`?view=...`), or nowhere."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a table is shown.

    `label` is its heading (else its name), `help` what that says when pointed at, `width` its least width in pixels and
    `grow` its share of what room is left (else as its width): a long text takes more of a wide window and may be cut in
    a narrow one.
    Of a `number`, `words` make what is seen; a `bar` is drawn from `low` to `high`; a `trend` is a list of numbers; a
    `link` leads out of the dashboard. A `pinned` column stays in sight on a phone.
    """

    label: str = ""
    width: int = 90
    grow: int = 0
    help: str = ""
    kind: Literal["text", "number", "bar", "trend", "link"] = "text"
    words: Callable[[Any], str] = str
    low: float = 0.0
    high: float = 1.0
    right: bool = False
    pinned: bool = False

    @property
    def classes(self) -> str:
        """The names by which the style sheet knows its cells."""
        right = self.right or self.kind == "number"
        names = [self.kind if self.kind in {"bar", "trend"} else "", "right" * right, "pinned" * self.pinned]
        return " ".join(name for name in names if name)


def table(
    data: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    alt: str,
    rows: Sequence[Way] = (),
    cells: Mapping[str, Sequence[Way]] | None = None,
    height: int = TALLEST,
) -> str:
    """The table as HTML; `alt` is its name, `height` the most pixels that it takes.

    `rows` say where each row leads, `cells` where the cells of some columns do instead. An address that several columns
    of `cells` share (the same list) is a link in the first of them; the others name that column (`data-as`), and what
    leads nowhere else leads where its row does (`data-row`).
    """
    names = [str(name) for name in data.columns]
    shown = [columns.get(name, Column()) for name in names]
    ways = dict(cells or {})
    row = _of_rows(names, shown, ways) if any(rows) else ""
    if row:
        ways[row] = rows
    drawn = []
    for at, (name, column) in enumerate(zip(names, shown, strict=True)):
        own = ways.get(name)
        source = next(other for other in names if ways.get(other) is own) if own is not None else row
        follows = str(names.index(source)) if source not in {name, row} else ""
        opening = f"<td{_attributes({'class': column.classes, 'data-as': follows})}"
        links = own if own is not None and source == name else [None] * len(data)
        values = zip(data.iloc[:, at], links, strict=True)
        drawn.append([_cell(value, column, opening, way) for value, way in values])
    lines = ["".join(cells) for cells in zip(*drawn, strict=True)]
    if lines:
        lines[0] = lines[0].replace("<td", '<td tabindex="0"', 1)
    heads = "".join(
        f'<th scope="col" tabindex="-1"{_attributes({"class": column.classes, "title": column.help})}>'
        f"{escape(column.label or name)}</th>"
        for name, column in zip(names, shown, strict=True)
    )
    tracks = " ".join(f"minmax({column.width}px, {column.grow or column.width}fr)" for column in shown)
    about = {"aria-label": plain(alt), "data-row": str(names.index(row)) if row else ""}
    return (
        f'<div class="sheet{" leads" if ways else ""}" style="max-height: {height}px">'
        f'<table role="grid" style="min-width: {sum(column.width for column in shown)}px; --columns: {tracks}"'
        f"{_attributes(about)}>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table></div>"
    )


def _of_rows(names: Sequence[str], shown: Sequence[Column], ways: Mapping[str, Sequence[Way]]) -> str:
    """The column whose cells carry the links of rows: the first pinned one that has none of its own, or the first."""
    free = [(not shown[at].pinned, at) for at, name in enumerate(names) if name not in ways]
    return names[min(free)[1]] if free else ""


def _attributes(given: Mapping[str, str]) -> str:
    """Those attributes of an element that say something, with a space before each."""
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)


def _cell(value: Any, column: Column, opening: str, way: Way) -> str:  # noqa: ANN401 - what a frame holds
    """One cell."""
    inner, more = _drawn(value, column)
    if way is not None:
        inner = f'<a href="{escape(way)}" tabindex="-1">{inner or "–"}</a>'
    return f"{opening}{more}>{inner}</td>"


def _drawn(value: Any, column: Column) -> tuple[str, str]:  # noqa: ANN401 - as above
    """What stands in a cell, and what its opening tag says besides."""
    if column.kind == "trend":
        return _trend(value)
    if missing(value):
        return "", ""
    if column.kind == "link":
        address = url(value)
        if not address:
            return "", ""
        out = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow" tabindex="-1">'
        return f"{out}{WORDS_OF_A_LINK}</a>", ""
    if column.kind in {"bar", "number"}:
        raw = f' data-v="{float(value):.12g}"'
        if column.kind == "bar":
            span = column.high - column.low
            share = min(max((float(value) - column.low) / span, 0.0), 1.0) if span > 0 else 0.0
            raw += f' style="--share: {share:.3f}"'
        return escape(column.words(value)), raw
    text = str(value)
    title = f' title="{escape(plain(text, 600))}"' if len(text) * LETTER > column.width - 16 else ""
    return escape(plain(text)), title


def _trend(value: Any) -> tuple[str, str]:  # noqa: ANN401 - as above
    """A list of numbers as the shape of their steps over the years, with their ends in words."""
    numbers = [float(one) for one in value] if value is not None else []
    if len(numbers) < 2:
        return "", ""
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1.0
    heights = [90 - 75 * (one - low) / span for one in numbers]
    step = 100 / len(numbers)
    corners = [
        f"{step * at:.0f}% {height:.0f}%" for number, height in enumerate(heights) for at in (number, number + 1)
    ]
    shape = ",".join(["0 100%", *corners, "100% 100%"])
    words = f"from {numbers[0]:.4g} to {numbers[-1]:.4g} in {len(numbers)} steps"
    return f'<i role="img" aria-label="{words}" style="clip-path: polygon({shape})"></i>', f' title="{words}"'


def telling(data: pd.DataFrame, silent: Collection[str]) -> pd.DataFrame:
    """The table without those of the `silent` columns that say nothing in any line."""
    return data[[name for name in data if name not in silent or (data[name].notna() & (data[name] != "")).any()]]


def localized(number: Any) -> str:  # noqa: ANN401 - as above
    """A whole number with commas."""
    return f"{int(number):,}"
