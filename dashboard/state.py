"""The address of a page as one frozen record, and back.

The address is the only place where the dashboard keeps what the reader chose, so a copied link, a reload and the
browser's Back button all show the same page. Grammar, version 1: every name is lower case and optional, unknown names
are ignored, a value that makes no sense falls back to its default, and defaults are left out.

    view         leaderboard (default), benchmark, claim, compare, trends, sanity, coverage, about
    kind         score (default), change, ratio, size
    bench        canonical name of the benchmark; with metric, lane and unit it names a board; in the leaderboard and
                 the sanity view it narrows what is listed
    metric       canonical name of the metric; left out it is that of the fullest board; in the leaderboard it narrows
                 what is listed
    lane         stated conditions; * is all lanes, each ranked for itself; "all conditions merged" is one
                 ranking of all of them; left out it is the fullest one
    unit         needed only where one metric has boards in several units
    q            words to search for, at most 200 characters
    from, to     first and last date, YYYY or YYYY-MM or YYYY-MM-DD
    minconf      least confidence, 0 to 1
    flags        all (default), clean (claims without a finding), only (claims with one)
    role         all (default), own (the papers' own proposals)
    order        papers (default), newest, name
    papers       least number of papers on a board, in the leaderboard: 2 to 1000
    check        a check's name, in the sanity view; repeated, any of them, at most 12
    size         all (default), or the size of the model in parameters: under-1b, 1b-10b, 10b-100b, over-100b, unstated
    level        all (default), error, warning, note, in the sanity view
    origin       all (default), paper, pipeline (probably our own reading), in the sanity view
    show         fail (default), review (needs a look), all, in the sanity view
    claim        the id of the open claim
    model        a system to compare, or pinned on a board, repeated, at most 8
    rows         shared (default: boards where two of them meet), all, when comparing
    boards       the id of a board to follow over time, repeated, at most 6
    chart        frontier (default), size, records, gains, in the trends view
    scale        printed (default), relative (each board from its first to its best claim), in the trends view
    listed       claims to list in the coverage view: undated, lacks-FIELD, has-FIELD, sure-0.8 (from there 0.1 on)
    step         a step of the claimed gains, as its lower end and unit: 5-percent, 0.5-points
    page         1, 2, ...
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, Final
from urllib.parse import urlencode

KINDS: Final = ("score", "change", "ratio", "size")
FLAGS: Final = ("all", "clean", "only")
ROLES: Final = ("all", "own")
ORDERS: Final = ("papers", "newest", "name")
LEVELS: Final = ("all", "error", "warning", "note")
ORIGINS: Final = ("all", "paper", "pipeline")
SHOWN: Final = ("fail", "review", "all")
MEETINGS: Final = ("shared", "all")
SIZES: Final = {
    "all": (0.0, 0.0),
    "under-1b": (0.0, 1e9),
    "1b-10b": (1e9, 1e10),
    "10b-100b": (1e10, 1e11),
    "over-100b": (1e11, 1e18),
    "unstated": (0.0, 0.0),
}
"""Sizes of models to choose from, with their least number of parameters and that below which they stay."""

CHARTS: Final = ("frontier", "size", "records", "gains")
SCALES: Final = ("printed", "relative")
ALL_LANES: Final = "*"
MERGED_LANES: Final = "all conditions merged"
"""What a board that merges lanes has in place of one, as the build names it."""

LONGEST_TEXT: Final = 200
MOST_MODELS: Final = 8
MOST_CHECKS: Final = 12
MOST_BOARDS: Final = 6
LAST_PAGE: Final = 100_000
MOST_PAPERS: Final = 1_000
DEFAULT_VIEW: Final = "leaderboard"

OLD_NAMES: Final = {
    "benchmark": "bench",
    "board": "bench",
    "b": "bench",
    "m": "metric",
    "search": "q",
    "p": "page",
    "models": "model",
    "sort": "order",
    "since": "from",
    "until": "to",
    "confidence": "minconf",
    "claim_id": "claim",
    "tab": "chart",
}
"""Names that an address may still carry from before, and what they are called now."""

OLD_VIEWS: Final = {
    "home": "leaderboard",
    "boards": "leaderboard",
    "board": "benchmark",
    "models": "compare",
    "pareto": "trends",
    "findings": "sanity",
    "report": "sanity",
    "quality": "coverage",
    "data": "about",
}
"""Views by names that an address may still carry from before, and what they are called now."""

NARROWED: Final[dict[str, tuple[str, ...]]] = {"leaderboard": ("bench", "metric"), "sanity": ("bench",)}
"""Views of many boards, and the fields that name a board elsewhere and narrow them; nobody comes to them narrowed."""

RELAXED: Final = {
    "q": "Without the search",
    "bench": "Of any benchmark",
    "metric": "In any metric",
    "since": "From any date on",
    "until": "Up to any date",
    "minconf": "With any confidence",
    "flags": "With or without a finding",
    "role": "Whoever's results",
    "size": "Models of any size",
    "papers": "On any number of papers",
    "check": "Of any check",
    "level": "Of any level",
    "origin": "Of any origin",
    "step": "Gains of any size",
}
"""The filters, and what a button says that takes one of them away."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LISTED = re.compile(r"undated|(lacks|has)-[a-z_]{1,30}|sure-0\.\d")
_STEP = re.compile(r"\d{1,4}(\.\d{1,3})?-(percent|points)")


_LEFT: Final[dict[str, Any]] = {
    **dict.fromkeys(("q", "claim", "listed", "step"), ""),
    "check": (),
    "page": 1,
    "level": "all",
    "origin": "all",
}
"""What belongs to the page that is left, whichever page comes next."""


@dataclass(frozen=True, slots=True)
class State:
    """What the reader chose; the fields are explained above (`since` and `until` are `from` and `to`)."""

    view: str = DEFAULT_VIEW
    kind: str = "score"
    bench: str = ""
    metric: str = ""
    lane: str = ""
    unit: str = ""
    q: str = ""
    since: str = ""
    until: str = ""
    minconf: float = 0.0
    flags: str = "all"
    role: str = "all"
    size: str = "all"
    order: str = "papers"
    papers: int = 1
    check: tuple[str, ...] = ()
    level: str = "all"
    origin: str = "all"
    show: str = "fail"
    claim: str = ""
    model: tuple[str, ...] = ()
    rows: str = "shared"
    boards: tuple[str, ...] = ()
    chart: str = "frontier"
    scale: str = "printed"
    listed: str = ""
    step: str = ""
    page: int = 1

    def board(self, bench: str, metric: str, lane: str, unit: str, kind: str) -> State:
        """The page of one board: keeps the filters, drops search, open claim and page number."""
        return replace(
            self,
            view="benchmark",
            bench=bench,
            metric=metric,
            lane=lane,
            unit=unit,
            kind=kind,
            **_LEFT,
        )

    def visit(self, view: str) -> State:
        """Another page from the menu: keeps the filters and the board, drops what belongs to the page that is left.

        The board is dropped where it would narrow the page without a word.
        """
        left = {**_LEFT, **dict.fromkeys(("bench", "metric", "lane", "unit"), "")} if view in NARROWED else _LEFT
        return replace(self, view=view, **left, order="papers")

    def without_filters(self) -> State:
        """The same page with every filter at its default."""
        plain = State()
        filters = (
            "q",
            "since",
            "until",
            "minconf",
            "flags",
            "role",
            "size",
            "papers",
            "check",
            "level",
            "show",
            "claim",
            "listed",
            "step",
            "page",
            *NARROWED.get(self.view, ()),
        )
        return replace(self, **{name: getattr(plain, name) for name in filters})

    @property
    def relaxed(self) -> tuple[tuple[str, State], ...]:
        """The same page with one of its filters less, for each of them, and what that says."""
        plain = State()
        narrowing = NARROWED.get(self.view, ())
        used = [
            name
            for name in RELAXED
            if getattr(self, name) != getattr(plain, name)
            and (name not in {"bench", "metric"} or name in narrowing)
            and (name != "papers" or self.view == "leaderboard")
        ]
        return tuple((RELAXED[name], replace(self, page=1, **{name: getattr(plain, name)})) for name in used)

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters that are not at their defaults, in words, for messages about empty tables."""
        named = {
            f"search “{self.q}”": self.q,
            f"benchmark {self.bench}": self.bench and "bench" in NARROWED.get(self.view, ()),
            f"metric {self.metric}": self.metric and "metric" in NARROWED.get(self.view, ()),
            f"from {self.since}": self.since,
            f"to {self.until}": self.until,
            f"confidence ≥ {self.minconf:g}": self.minconf,
            "claims without a finding": self.flags == "clean",
            "claims with a finding": self.flags == "only",
            "own results only": self.role == "own",
            f"models of size {self.size.replace('-', ' ')}": self.size != "all",
            f"at least {self.papers} papers": self.view == "leaderboard" and self.papers > 1,
            f"check {' or '.join(self.check)}": self.check,
            f"level {self.level}": self.level != "all",
            f"origin {self.origin}": self.origin != "all",
            f"gains from {self.step.replace('-', ' ')}": self.step,
        }
        return tuple(words for words, chosen in named.items() if chosen)


def read(params: Mapping[str, Sequence[str]], views: Sequence[str]) -> State:
    """The state that an address describes; never raises, whatever stands in it.

    `params` maps each name to its values in order (of a repeated name the last one counts,
    except `model`, `boards` and `check`), `views`
    are the pages there are. Numbers are clamped, texts cut at 200 characters and freed of control characters.
    """
    values = {OLD_NAMES.get(name.lower(), name.lower()): list(given) for name, given in params.items()}

    def text(name: str) -> str:
        return _clean(values[name][-1]) if values.get(name) else ""

    def choice(name: str, options: Sequence[str]) -> str:
        return text(name).lower() if text(name).lower() in options else options[0]

    def date(name: str) -> str:
        return text(name) if _DATE.fullmatch(text(name)) else ""

    def several(name: str, most: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for text in map(_clean, values.get(name, [])) if text))[:most]

    if values.get("view"):
        values["view"] = [OLD_VIEWS.get(text("view").lower(), text("view"))]
    return State(
        view=choice("view", (DEFAULT_VIEW, *(v for v in views if v != DEFAULT_VIEW))),
        kind=choice("kind", KINDS),
        bench=text("bench"),
        metric=text("metric"),
        lane=text("lane"),
        unit=text("unit"),
        q=text("q"),
        since=date("from"),
        until=date("to"),
        minconf=round(_number(text("minconf"), 0.0, 0.0, 1.0), 2),
        flags=choice("flags", FLAGS),
        role=choice("role", ROLES),
        size=choice("size", tuple(SIZES)),
        order=choice("order", ORDERS),
        papers=int(_number(text("papers"), 1, 1, MOST_PAPERS)),
        check=several("check", MOST_CHECKS),
        level=choice("level", LEVELS),
        origin=choice("origin", ORIGINS),
        show=choice("show", SHOWN),
        claim=text("claim"),
        model=several("model", MOST_MODELS),
        rows=choice("rows", MEETINGS),
        boards=several("boards", MOST_BOARDS),
        chart=choice("chart", CHARTS),
        scale=choice("scale", SCALES),
        listed=text("listed").lower() if _LISTED.fullmatch(text("listed").lower()) else "",
        step=text("step").lower() if _STEP.fullmatch(text("step").lower()) else "",
        page=int(_number(text("page"), 1, 1, LAST_PAGE)),
    )


def write(state: State) -> dict[str, str | list[str]]:
    """The canonical address of `state`: names in fixed order, defaults left out. `read(write(s)) == s`."""
    given: dict[str, str | list[str]] = {
        "view": state.view,
        "kind": state.kind,
        "bench": state.bench,
        "metric": state.metric,
        "lane": state.lane,
        "unit": state.unit,
        "q": state.q,
        "from": state.since,
        "to": state.until,
        "minconf": f"{state.minconf:g}",
        "flags": state.flags,
        "role": state.role,
        "size": state.size,
        "order": state.order,
        "papers": str(state.papers),
        "check": list(state.check),
        "level": state.level,
        "origin": state.origin,
        "show": state.show,
        "claim": state.claim,
        "model": list(state.model),
        "rows": state.rows,
        "boards": list(state.boards),
        "chart": state.chart,
        "scale": state.scale,
        "listed": state.listed,
        "step": state.step,
        "page": str(state.page),
    }
    return {name: value for name, value in given.items() if value != _DEFAULTS[name]}


def link(state: State) -> str:
    """The canonical address as the part after the host: `?view=benchmark&bench=GSM8K`, or `?` for the first page."""
    return "?" + urlencode(write(state), doseq=True)


_EMPTY = ("bench", "metric", "lane", "unit", "q", "from", "to", "claim", "listed", "step")
_DEFAULTS: Final[dict[str, str | list[str]]] = {
    **dict.fromkeys(_EMPTY, ""),
    "view": DEFAULT_VIEW,
    "kind": KINDS[0],
    "minconf": "0",
    "flags": FLAGS[0],
    "role": ROLES[0],
    "size": "all",
    "check": [],
    "order": ORDERS[0],
    "papers": "1",
    "level": LEVELS[0],
    "origin": ORIGINS[0],
    "show": SHOWN[0],
    "model": [],
    "rows": MEETINGS[0],
    "boards": [],
    "chart": CHARTS[0],
    "scale": SCALES[0],
    "page": "1",
}


def _clean(value: str) -> str:
    """`value` without control and formatting characters, trimmed, at most 200 characters."""
    kept = "".join(
        c for c in value[: 4 * LONGEST_TEXT] if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return kept.strip()[:LONGEST_TEXT].strip()


def _number(value: str, default: float, low: float, high: float) -> float:
    """`value` as a number between `low` and `high`; `default` where it is none."""
    try:
        number = float(value)
    except ValueError:
        return default
    return default if isnan(number) else min(max(number, low), high)
