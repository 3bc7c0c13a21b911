"""Altair's charts without their data, compiled once for each shape, and the frames that are drawn in them.

To draw a chart anew takes Altair a large part of a page's time, and a page has up to ten. So a chart is a template: a
function of what shapes it (titles, domains, height), whose data only have names. What it compiles to is kept; a page
adds its frames under those names. The tests hold every chart against the schema of Vega-Lite, so that a reader need not
wait for that.

Channels are written as objects, `alt.Y("score:Q")` and `alt.ColorValue("white")`: to make one from a text or from
`alt.value` takes Altair 10 to 20 ms, for it goes through its whole schema, and a shape that is new is compiled while a
reader waits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, ParamSpec, cast

import altair as alt
import pandas as pd
from altair.utils import schemapi

DATA: Final = "claims"
"""What the main data of a chart are called; not `marks`, which is what Vega calls its own."""

KEPT: Final = 256
"""Compiled shapes that are kept of each template, some 5 kB each; a shape that has gone is compiled anew."""

PADDING: Final = {"left": 0, "top": 4, "right": 16, "bottom": 4}
"""Pixels around a chart of a page: enough at the right for the half of a label that stands at the end of an axis."""

P = ParamSpec("P")

schemapi.disable_debug_mode()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `spec` names its data, `frames` holds them by name."""

    spec: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]

    def to_dict(self) -> dict[str, Any]:
        """The chart with its data in it, as the JSON that others draw from; dates as texts, nothing for what lacks."""
        rows = {name: _records(frame) for name, frame in self.frames.items()}
        return {"$schema": alt.SCHEMA_URL, **self.spec, "datasets": rows}

    def served(self) -> dict[str, Any]:
        """The chart with its frames as they are, for a server that sends them as tables of their own.

        The specification is a copy, because Streamlit writes into it and the original is kept for the next reader.
        """
        spec = {"padding": PADDING, **deepcopy(dict(self.spec))}
        return {"$schema": alt.SCHEMA_URL, **spec, "datasets": dict(self.frames)}

    def picks(self) -> bool:
        """Whether marks of the chart, or of a layer of it, can be picked; Altair tells that at the top."""
        return bool(self.spec.get("params"))

    def marks(self) -> list[dict[str, Any]]:
        """The values behind the marks that can be picked, a record for each."""
        rows: list[dict[str, Any]] = self.frames[DATA].to_dict("records")  # type: ignore[assignment] # named by texts
        return rows

    def told(self, mark: Mapping[str, Any]) -> list[str]:
        """What the chart's tooltip says of a mark, part by part; nothing for what is empty."""
        layers = [self.spec, *self.spec.get("layer", [])]
        said = (one.get("encoding", {}).get("tooltip") for one in layers)
        tips: list[dict[str, str]] = next((tip for tip in said if tip), [])
        found = [(str(tip["field"]), mark.get(tip["field"])) for tip in tips]
        return [
            f"{name.replace('_', ' ')} {value:.4g}" if isinstance(value, float) else f"{value}"
            for name, value in found
            if value is not None and value != "" and value == value  # noqa: PLR0124 - not the same: a gap
        ]


def template(draw: Callable[P, alt.TopLevelMixin]) -> Callable[P, Mapping[str, Any]]:
    """Let a function that draws with Altair answer with the specification, compiled once for the same arguments.

    The arguments must be hashable. Parameters and the views that they belong to need names of their own, since those
    that Altair invents may differ from one time to the next. What is returned is shared and may not be changed.
    """

    def compiled(*args: P.args, **kwargs: P.kwargs) -> Mapping[str, Any]:
        made = draw(*args, **kwargs).to_dict(validate=False)
        # The theme of Altair is for notebooks; here Streamlit gives charts their look.
        return {name: part for name, part in made.items() if name not in {"$schema", "config"}}

    return cast("Callable[P, Mapping[str, Any]]", lru_cache(maxsize=KEPT)(compiled))


def named(name: str = DATA) -> alt.Chart:
    """The start of a chart or a layer whose data are called `name`."""
    return alt.Chart(alt.NamedData(name))


def tips(*fields: str | alt.Tooltip) -> list[alt.Tooltip]:
    """What a tooltip says: fields such as `model:N`, each under its name or the title that it comes with."""
    return [alt.Tooltip(one) if isinstance(one, str) else one for one in fields]


def choosing(marks: alt.Chart, name: str, *fields: str) -> alt.Chart:
    """The marks with a selection called `name` that tells the values of `fields` of the one that was clicked."""
    chosen: alt.Chart = marks.properties(name=f"{name}-marks").add_params(
        alt.selection_point(name=name, fields=list(fields))
    )
    return chosen


def together(parts: Sequence[tuple[str, Chart]], width: int) -> Chart:
    """Several titled charts below each other, for one picture of all of them: without what answers to clicks."""
    specs = [
        {"title": title, "width": width, **still(chart.spec, f"-{number}")}
        for number, (title, chart) in enumerate(parts)
    ]
    frames = {
        f"{name}-{number}": frame for number, (_, chart) in enumerate(parts) for name, frame in chart.frames.items()
    }
    return Chart({"vconcat": specs}, frames)


def still(spec: Mapping[str, Any], ending: str) -> dict[str, Any]:
    """The specification without what answers to clicks, and with an `ending` to the names of its data."""
    made = {name: value for name, value in spec.items() if name not in {"params", "name"}}
    if "data" in made:
        made["data"] = {"name": made["data"]["name"] + ending}
    if "layer" in made:
        made["layer"] = [still(layer, ending) for layer in made["layer"]]
    return made


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as JSON has them."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso", double_precision=15))
    return rows
