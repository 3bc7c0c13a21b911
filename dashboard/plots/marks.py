"""What all plots are made of: a mark, what it says, and the frame around all of them. Every text is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from dashboard.safe import attribute, escape, plain
from dashboard.tex import readable

if TYPE_CHECKING:
    from dashboard.vega import Chart

Way = Callable[[Mapping[str, Any]], str]
"""Where a mark leads, from the row of the frame that it stands for: an address within the dashboard, empty for none."""

Plot = Callable[["Chart", str, Way], str]
"""What draws a chart: from the chart, words that say what it shows, and where its marks lead, to HTML."""

SIDES: Final = (35, 65)
"""Per cent of the width between which what a mark says stands in the middle below it, else to the side with room."""

LOW: Final = 60
"""Per cent of the height from which on what a mark says stands above it."""


SKIPPED: Final = 'tabindex="-1"'
"""What lets the tab key pass over a mark."""


def mark(way: str, words: str, *, looks: str = "", style: str = "", inside: str = "") -> str:
    """A mark: a link if there is a way, else a sign. `words` say what it stands for, `inside` is HTML."""
    start = f'a href="{escape(way)}" {SKIPPED}' if way else 'b role="img"'
    look, place = f' class="{looks}"' if looks else "", f' style="{style}"' if style else ""
    return f'<{start}{look}{place} aria-label="{attribute(words)}">{inside}</{start[0]}>'


def label(text: str, looks: str, style: str = "") -> str:
    """A text beside marks, which a reader who cannot see it hears from the marks."""
    place = f' style="{style}"' if style else ""
    return f'<span class="{looks}" aria-hidden="true"{place}>{escape(plain(text))}</span>'


def where(left: float, top: float | None = None) -> str:
    """The looks that keep what a mark says within the plot, from where the mark stands, in per cent."""
    across = "middle" if SIDES[0] <= left <= SIDES[1] else "right" if left > SIDES[1] else ""
    return " ".join(name for name in (across, "low" if top is not None and top > LOW else "") if name)


def told(*facts: str, title: str = "") -> str:
    """What a mark says: its facts, those that are there, and on a line of its own the title of the paper."""
    first = ", ".join(fact for fact in facts if fact)
    return "\n".join(plain(line) for line in (first, readable(title)) if line)


def plot(
    words: str, inside: str, *, looks: str = "", height: int = 0, axis: str = "", key: Iterable[tuple[str, str]] = ()
) -> str:
    """A whole plot around its parts: `words` say what it shows, `key` the looks of marks and what they stand for.

    `height` is that of the field in pixels; without it the parts have their own. `axis` names what is measured. The tab
    key leads to the first mark, from where arrow keys go on.
    """
    inside = inside.replace(SKIPPED, 'tabindex="0"', 1)  # quotes of a text are escaped, so that it is a mark's
    signs = "".join(f'<span><i class="{look}"></i>{escape(plain(name))}</span>' for look, name in key)
    named = f"<span>{escape(plain(axis))}</span>" if axis else ""
    top = f'{named}<span class="key">{signs}</span>' if signs else named
    head = f'<div class="top" aria-hidden="true">{top}</div>' if top else ""
    field = f'<div class="field" style="height:{height}px">{inside}</div>' if height else inside
    outer = f"plot {looks}".strip()
    return f'<div class="{outer}" role="group" aria-label="{attribute(plain(words))}">{head}{field}</div>'
