"""A chart: the frames that are drawn, and what they are drawn as, once on the page and once in a picture.

The page draws the frames by itself (`dashboard.plots`). A picture is drawn by Altair, which is loaded only for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

DATA: Final = "claims"
"""What the main data of a chart are called; not `marks`, which is what Vega calls its own."""

PART: Final = 640
"""Width in points of each chart in a picture of several."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: the name of its shape among those of `drawings`, what shapes it further, and its frames by name."""

    shape: str
    arguments: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]

    def to_dict(self) -> dict[str, Any]:
        """The chart with its data in it, as the JSON that others draw from; dates as texts, nothing for what lacks."""
        from dashboard import drawings  # noqa: PLC0415 - 25 MB and half a second that only a picture needs

        return drawings.specification(self)

    def marks(self) -> list[dict[str, Any]]:
        """The values behind the marks, a record for each."""
        return rows(self.frames[DATA])


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame whose columns are named by texts."""
    return frame.to_dict("records")  # type: ignore[return-value] # as said


def together(parts: Sequence[tuple[str, Chart]]) -> Chart:
    """Several titled charts below each other, for one picture of all of them."""
    frames = {
        f"{name}-{number}": frame for number, (_, chart) in enumerate(parts) for name, frame in chart.frames.items()
    }
    return Chart("together", {"parts": tuple(parts)}, frames)
