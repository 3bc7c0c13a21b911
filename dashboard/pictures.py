"""A chart as a picture file, made on this machine when it is asked for: no browser, no request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dashboard.vega import Chart

VEGA_LITE: Final = "6.4"
WIDTH: Final = 720
"""Width of a picture in points, where the chart does not say."""

FONT: Final = "Liberation Sans, Arial, sans-serif"


def svg(chart: Chart, title: str, source: str) -> bytes:
    """The chart as an SVG file under its title, with where it comes from below that."""
    import vl_convert  # noqa: PLC0415 - 40 MB that only a picture needs

    drawn: str = vl_convert.vegalite_to_svg(spec(chart, title, source), vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn.encode()


def png(chart: Chart, title: str, source: str) -> bytes:
    """The chart as a PNG file of twice the points."""
    import vl_convert  # noqa: PLC0415

    drawn: bytes = vl_convert.vegalite_to_png(
        spec(chart, title, source), vl_version=VEGA_LITE, scale=2, allowed_base_urls=[]
    )
    return drawn


def spec(chart: Chart, title: str, source: str) -> str:
    """The chart's specification with title, source and size, as JSON."""
    made: dict[str, Any] = chart.to_dict()
    if not {"hconcat", "vconcat", "concat"} & set(made):
        made["width"] = made["width"] if isinstance(made.get("width"), int | float) else WIDTH
    made["title"] = {"text": title, "subtitle": source, "anchor": "start", "offset": 12}
    made["background"] = "white"
    made["padding"] = 16
    made["config"] = {**made.get("config", {}), "font": FONT, "title": {"fontSize": 15, "subtitleColor": "#4a5160"}}
    return json.dumps(made, allow_nan=False, default=str)
