"""Vega-Lite charts as plain records: a specification whose data have names, and the frames of those names.

Nothing is worked out here that the browser can: a chart is written down once, in the words of Vega-Lite
(https://vega.github.io/vega-lite/docs/), and costs no more than its dictionary. The tests hold every chart against the
schema of Vega-Lite.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.1.0.json"
"""The language of the specifications; a name, which nobody fetches."""

DATA: Final = "claims"
"""What the data of a single layer are called; not `marks`, which is what Vega calls its own."""

TYPES: Final = {"Q": "quantitative", "N": "nominal", "O": "ordinal", "T": "temporal"}

Channel = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `spec` names its data, `frames` holds them by name."""

    spec: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame]

    def to_dict(self) -> dict[str, Any]:
        """The chart with its data in it, as the JSON that others draw from; dates as texts, nothing for what lacks."""
        rows = {name: _records(frame) for name, frame in self.frames.items()}
        return {"$schema": SCHEMA, **self.spec, "datasets": rows}

    def served(self) -> dict[str, Any]:
        """The chart with its frames as they are, for a server that sends them as tables of their own."""
        return {"$schema": SCHEMA, **self.spec, "datasets": dict(self.frames)}

    def picks(self) -> bool:
        """Whether marks of the chart, or of a layer of it, can be picked."""
        return any(part.get("params") for part in _parts(self.spec))


def channel(words: str, **more: Any) -> Channel:  # noqa: ANN401 - whatever Vega-Lite knows of a channel
    """What a channel shows: `field:T`, where T is the type's first letter; `more` in the words of Vega-Lite."""
    field, _, kind = words.partition(":")
    return {"field": field, "type": TYPES[kind], **more}


def fixed(value: float | str) -> Channel:
    """A channel that is the same for every mark."""
    return {"value": value}


def either(test: str, value: float | str, otherwise: float | str) -> Channel:
    """A channel with one value where `test` holds of a row, and another elsewhere."""
    return {"condition": {"test": test, "value": value}, "value": otherwise}


def tips(*words: str, **titles: str) -> list[Channel]:
    """What a tooltip says: fields as for `channel`, each under its name or its title in `titles`."""
    fields = [channel(one) for one in words]
    return [{**one, "title": titles.get(one["field"], one["field"])} for one in fields]


def unit(frame: pd.DataFrame, mark: str, look: Mapping[str, Any], **encoding: Channel | list[Channel]) -> Chart:
    """One layer: a mark of some `look` for each row, its channels by name."""
    spec = {"data": {"name": DATA}, "mark": {"type": mark, **look}, "encoding": encoding}
    return Chart(spec, {DATA: frame})


def choosing(chart: Chart, name: str, *fields: str) -> Chart:
    """A layer with a selection called `name` that tells the values of `fields` of the mark that was clicked."""
    select = {"type": "point", "fields": list(fields)}
    return Chart({**chart.spec, "params": [{"name": name, "select": select}]}, chart.frames)


def sized(chart: Chart, height: int) -> Chart:
    """The chart with a height in pixels; its width is that of its place."""
    return Chart({**chart.spec, "height": height}, chart.frames)


def layered(layers: Sequence[Chart], height: int) -> Chart:
    """Layers above each other, the first at the bottom."""
    specs, frames = _renamed(layers)
    return Chart({"layer": specs, "height": height}, frames)


def together(parts: Sequence[tuple[str, Chart]], width: int) -> Chart:
    """Several titled charts below each other, for one picture of all of them: without what answers to clicks."""
    specs, frames = _renamed([chart for _, chart in parts])
    titled = [{"title": title, "width": width, **still(spec)} for (title, _), spec in zip(parts, specs, strict=True)]
    return Chart({"vconcat": titled}, frames)


def still(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The specification without what answers to clicks."""
    kept = {name: value for name, value in spec.items() if name != "params"}
    return kept | {"layer": [still(layer) for layer in kept["layer"]]} if "layer" in kept else kept


def _renamed(parts: Sequence[Chart]) -> tuple[list[dict[str, Any]], dict[str, pd.DataFrame]]:
    """The specifications of several charts, with names for their data that do not meet; a frame is kept once."""
    names: dict[int, str] = {}
    frames: dict[str, pd.DataFrame] = {}
    for part in parts:
        for frame in part.frames.values():
            name = names.setdefault(id(frame), f"{DATA}-{len(names)}")
            frames[name] = frame
    return [_under(part.spec, {old: names[id(f)] for old, f in part.frames.items()}) for part in parts], frames


def _under(spec: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The specification with its data under other names."""
    made = dict(spec)
    if "data" in made:
        made["data"] = {"name": names[made["data"]["name"]]}
    if "layer" in made:
        made["layer"] = [_under(layer, names) for layer in made["layer"]]
    return made


def _parts(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A specification and all that it is put together from."""
    yield spec
    for part in (*spec.get("layer", ()), *spec.get("vconcat", ())):
        yield from _parts(part)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as JSON has them."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", date_format="iso", double_precision=15))
    return rows
