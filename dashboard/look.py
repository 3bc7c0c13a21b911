"""The look of the page and the words for values: one place for colours, arrows and number formats.

Everything that is marked differs by shape as well as by colour. Colours come in pairs for the light and the dark theme.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dashboard import safe, tex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard import store

BOUNDS: Final = {"exact": "", "up_to": "up to ", "at_least": "over ", "about": "about ", "average": "average "}
"""What stands before a number that is not exact."""

KINDS: Final = {"score": "Scores", "change": "Changes", "ratio": "Ratios", "size": "Sizes"}
LEVELS: Final = {"all": "all", "error": "errors", "warning": "warnings", "note": "notes"}
ORIGINS: Final = {"all": "all", "paper": "in the paper", "pipeline": "probably ours"}
UNSTATED: Final = "unstated"

UNNAMED: Final = {"own": "unnamed", "baseline": "unnamed baseline"}
"""What stands for a system that has no name in its abstract, by its role."""

LONE_TEX: Final = re.compile(r"\\(?=[%$&#_,;!])|(?<!^)\$|\$(?=.*\$)")
"""What is left of TeX around a number that was cut out of a formula."""

CELL: Final = 26
"""Letters of a paper's title that a cell of a table has room for."""

STILL: Final = """
*, *::before, *::after { animation-duration: 1ms !important; animation-delay: 0s !important;
  animation-iteration-count: 1 !important; transition-duration: 1ms !important; transition-delay: 0s !important; }
.stHtml, .stHtml *, svg, svg * { transition: none !important; }
"""
"""Nothing moves for show: without it a page is painted anew many times a second while it comes, which costs more than
what comes. Of one thousandth of a second and not of none, since what waits for the end of a motion still gets it; but
nothing waits for our own tables and charts, whose thousands of cells would each start and end such a motion."""

CSS: Final = """
.stMainBlockContainer { padding-top: 3.4rem; padding-bottom: 3rem; max-width: 1400px; }
@media (max-width: 1500px) { .stMainBlockContainer { padding-left: 2rem; padding-right: 2rem; } }
details.choices { border: 1px solid var(--rule); border-radius: 6px; }
details.choices summary { padding: .45rem .8rem; font-size: .875rem; cursor: pointer; }
@media (min-width: 641px) { .stElementContainer:has(details.choices) { display: none; } }
@media (max-width: 640px) { .st-key-menu { gap: 0 1rem; }
  .st-key-choices:has(details.choices:not([open])) > * ~ * ~ *,
  .st-key-choices:has(details.choices:not([open])) > * ~ * .stColumn ~ .stColumn { display: none; } }
.masthead h1 { font-size: 1.55rem; padding: 0; margin: 0; letter-spacing: -0.01em; }
.masthead p { margin: .15rem 0 0; color: var(--quiet); font-size: .9rem; }
.masthead .snapshot { white-space: nowrap; margin-left: .6rem; font-variant-numeric: tabular-nums; }
.stHtml h2 { font-size: 1.3rem; padding: .2rem 0 0; margin: 0; overflow-wrap: anywhere; }
.stHtml h3 { font-size: 1.02rem; padding: .5rem 0 .1rem; margin: 0; overflow-wrap: anywhere; }
.stHtml h4 { font-size: .94rem; padding: .4rem 0 0; margin: 0; overflow-wrap: anywhere; }
.stHtml p { margin: .1rem 0; overflow-wrap: anywhere; }
[data-variant=segmented_control][aria-checked=true] p { color: light-dark(#00568a, #7cc4f0); }
.badge { display: inline-block; padding: 0 .55rem; margin-right: .35rem; border-radius: 1rem; font-weight: 500;
  border: 1px solid light-dark(#00694d, #2cc79b); color: light-dark(#00543d, #7fe3c6); }
.note { color: var(--quiet); font-size: .9rem; }
.card { border: 1px solid var(--rule); border-left: 5px solid light-dark(#0067a0, #56b4e9);
  border-radius: 6px; padding: .6rem .9rem; overflow-wrap: anywhere; }
.card .value { font-size: 1.9rem; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
.card .what { font-size: 1.02rem; } .card .who { font-weight: 600; }
.finding { border-left: 4px solid; padding: .1rem 0 .1rem .7rem; margin: .45rem 0; overflow-wrap: anywhere; }
.finding a { color: light-dark(#00568a, #7cc4f0); }
.finding.error { border-color: #d55e00; }
.finding.warning { border-color: #e69f00; }
.finding.note { border-color: #56b4e9; }
.outcomes { display: flex; gap: 2px; height: 14px; border-radius: 4px; overflow: hidden; margin: .5rem 0 .3rem; }
.outcomes span { min-width: 5px; } .outcome-key { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .9rem; }
.outcome-key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; }
i.pass, .outcomes .pass { background: light-dark(#00694d, #2cc79b); }
i.error, .outcomes .error { background: #d55e00; } i.warning, .outcomes .warning { background: #e69f00; }
i.note, .outcomes .note { background: #56b4e9; }
i.review, .outcomes .review { background: light-dark(#7b3fa0, #d3a4ef); }
i.suppressed, .outcomes .suppressed { background: var(--quiet); }
i.not-applicable, .outcomes .not-applicable { background: light-dark(#c3c9d2, #4c5563); }
.finding.review { border-color: light-dark(#7b3fa0, #d3a4ef); }
.finding blockquote { margin: .4rem 0; padding: .5rem .8rem; border-radius: 6px; line-height: 1.75; font-style: normal;
  color: inherit; background: light-dark(#f5f6f8, #1d2229);
  border: none; }
.strips { display: grid; grid-template-columns: max-content minmax(8rem, 22rem) max-content; gap: 0 .8rem;
  margin: .5rem 0; font-size: .88rem; align-items: center; font-variant-numeric: tabular-nums; }
.strips .name { text-align: right; } .strips .axis { position: relative; height: 1.5rem; display: block; }
.strips .axis::after { content: ""; position: absolute; left: 0; right: 0; top: 50%; border-top: 1px solid
  var(--rule); z-index: 0; }
.strips i { position: absolute; display: block; box-sizing: border-box; top: calc(50% - 6px); height: 12px; z-index: 1;
  border-radius: 2px; border: 2px solid var(--focus); background: var(--focus); }
.strips i.band { top: 0; height: 100%; border: none; opacity: .18; border-radius: 0; }
.strips i.meets { border-color: light-dark(#00694d, #2cc79b); background: light-dark(#00694d, #2cc79b); }
.strips i.no { border-color: light-dark(#a84300, #ff9d5c); background: none; }
.finding dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .3rem 0;
  font-size: .9rem; }
.finding dt { color: var(--quiet); font-weight: 500; } .finding dd { margin: 0; }
.finding dd.figures { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .84rem; }
p.abstract { white-space: pre-wrap; line-height: 1.75; font-size: .98rem; }
p.legend { font-size: .85rem; line-height: 2; }
mark { color: inherit; border-radius: 3px; padding: .08em .22em; background: none; }
mark.number { background: light-dark(#ffe08a, #6b5300); font-weight: 700;
  border: 1.5px solid light-dark(#8a6500, #ffd34d); }
mark.metric { background: light-dark(#d5ecfa, #10394f); border-bottom: 2.5px dotted light-dark(#0067a0, #56b4e9); }
mark.benchmark { background: light-dark(#d3f1e6, #0b4032); border-bottom: 2.5px dashed light-dark(#00694d, #2cc79b); }
mark.subject { background: light-dark(#f5ddec, #4d2340); border-bottom: 4px double light-dark(#93386d, #e59fc7); }
mark.baseline { background: light-dark(#ececec, #3a3f47); border-bottom: 2.5px solid light-dark(#5c5c5c, #c4c4c4); }
mark.operand { background: light-dark(#ffe3d1, #5a2a0c); border: 1.5px dashed light-dark(#a84300, #ff9d5c); }
pre.verbatim { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .84rem; line-height: 1.5;
  white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; padding: .6rem .8rem; border-radius: 6px;
  color: inherit; background: light-dark(#f5f6f8, #1d2229); }
.sheet { overflow: auto; border: 1px solid var(--rule); border-radius: 6px; }
.sheet table, .sheet thead, .sheet tbody { display: block; margin: 0; }
.sheet table { font-size: .875rem; line-height: 34px; color: inherit; }
.sheet tr { display: grid; grid-template-columns: var(--columns); height: 35px; content-visibility: auto;
  contain-intrinsic-size: auto 35px; }
.sheet th, .sheet td { display: block; height: 35px; padding: 0 .5rem; text-align: left; white-space: nowrap;
  overflow: hidden;
  text-overflow: ellipsis; border: none; border-bottom: 1px solid light-dark(#e8ebef, #2f3136);
  color: inherit; }
.sheet thead { position: sticky; top: 0; z-index: 2; }
.sheet thead th { font-weight: 500; cursor: pointer;
  color: var(--quiet); background: light-dark(#f5f6f8, #25262a); }
.sheet th[aria-sort=ascending]::after { content: " ▴"; } .sheet th[aria-sort=descending]::after { content: " ▾"; }
.sheet .right { text-align: right; font-variant-numeric: tabular-nums; }
.sheet tbody tr:last-child td { border-bottom: none; }
.sheet.leads tbody tr { cursor: pointer; }
.sheet.leads tbody tr:hover td { background-color: light-dark(#eef4f9, #1d2933); }
.sheet a { color: light-dark(#00568a, #7cc4f0); text-decoration: none; } .sheet a:hover { text-decoration: underline; }
.sheet th:focus-visible, .sheet td:focus-visible { outline: 2px solid var(--focus);
  outline-offset: -2px; }
.sheet td.bar { font-variant-numeric: tabular-nums;
  background-image: linear-gradient(light-dark(#a9cfe8, #24587a) 0 0);
  background-size: calc((100% - 4.3rem) * var(--share)) 10px;
  background-repeat: no-repeat; background-position: 3.8rem 12px; }
.sheet td.trend i { display: block; height: 22px; margin-top: 6px; opacity: .75;
  background: var(--focus); }
table.fields { border-collapse: collapse; font-size: .9rem; width: 100%; }
table.fields th { text-align: left; font-weight: 500; padding: .18rem .8rem .18rem 0;
  color: var(--quiet); vertical-align: top; white-space: nowrap; border: none; }
table.fields td { padding: .18rem 0; overflow-wrap: anywhere; border: none; font-variant-numeric: tabular-nums; }
table.reasons td, table.reasons th { padding-right: .8rem; vertical-align: top; }
table.reasons td.share { font-variant-numeric: tabular-nums; }
@media (max-width: 640px) { .sheet .pinned { position: sticky; left: 0; z-index: 1; }
  .sheet td.pinned { background-color: light-dark(#ffffff, #191816); }
  .strips { grid-template-columns: max-content 1fr; } .strips .text { grid-column: 2; }
  .st-key-opened > [data-testid=stLayoutWrapper] > [data-testid=stHorizontalBlock] { flex-wrap: wrap-reverse; }
  .masthead .snapshot { display: block; margin-left: 0; }
  .stMainBlockContainer { padding-left: .9rem; padding-right: .9rem; } }
"""
"""The style sheet; it holds no words of papers and no addresses."""


def opened(claim: str) -> str:
    """The style of rows and points that lead to the open claim; of none where `claim` is no id of a claim."""
    if not re.fullmatch("[0-9a-z]{8,64}", claim):
        return ".sheet tr.none {}"
    rows = f'.sheet tr:has(a[href*="claim={claim}"]) td'
    point = f'.plot a[href*="claim={claim}"]'
    return (
        f"{rows} {{ background-color: light-dark(#fff3c9, #3b3417) !important; }} {point} {{ opacity: 1; z-index: 2; "
        "clip-path: none; box-shadow: 0 0 0 3px light-dark(#ffe08a, #6b5300), 0 0 0 5px light-dark(#8a6500, #ffd34d); }"
    )


def compact(number: float, digits: int = 3) -> str:
    """A number in few letters, with at most so many digits: 1.23M."""
    for scale, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
        if abs(number) >= scale:
            return f"{number / scale:.{digits}g}{letter}"
    return f"{number:.{digits}g}"


def arrow(higher_is_better: object) -> str:
    """The better direction of a metric as an arrow, empty where it is unknown."""
    return {"True": "↑", "False": "↓"}.get(str(higher_is_better), "")


def better(higher_is_better: object) -> str:
    """The better direction in words."""
    return {"↑": "higher is better", "↓": "lower is better"}.get(arrow(higher_is_better), "no known better direction")


def badge(higher_is_better: object) -> str:
    """The better direction as a badge, in HTML."""
    return f"<span class='badge'>{f'{arrow(higher_is_better)} {better(higher_is_better)}'.strip()}</span>"


def direction(higher_is_better: object) -> bool | None:
    """The better direction as a truth value, None where it is unknown: a frame may hold it in several forms."""
    return {"True": True, "False": False}.get(str(higher_is_better))


def words(text: str, longest: int = 300) -> str:
    """Words of a paper that are shown in passing, a title or a quote: on one line, without the marks of TeX."""
    return safe.plain(tex.readable(text), longest)


def axis(metric: object, unit: object) -> str:
    """What an axis measures: the metric with its unit."""
    name = safe.plain(str(metric or "value"), 60)
    return f"{name} ({unit})" if adds(metric, unit) else name


def adds(metric: object, unit: object) -> bool:
    """Whether the unit says what the name of the metric does not: not so for `training tokens` in `tokens`."""
    return unit not in {"", "none", None} and str(unit).casefold() not in str(metric or "").casefold().split()


def board(benchmark: object, metric: object, lane: object, unit: object = "") -> str:
    """A board in one line: benchmark, metric with unit, and the conditions if any are stated."""
    parts = [
        safe.plain(str(benchmark or "any benchmark"), 60),
        axis(metric or "metric not named", unit),
        short_lane(lane),
    ]
    return " · ".join(part for part in parts if part)


def counted(number: int, many: str) -> str:
    """A number of things: `1 board`, `1,905 boards`; `many` is the plural in s."""
    return f"{number:,} {many if number != 1 else many.removesuffix('s')}"


def gain(trend: Sequence[float]) -> str:
    """How far the last of the best scores so far is from the one before it, signed; empty where there is none."""
    return f"{trend[-1] - trend[-2]:+.3g}".replace("-", "−") if len(trend) > 1 else ""


def listed(model: object, role: object, title: object) -> str:
    """A system for a cell of a table that has the date beside it: `system` without the year and in fewer letters."""
    return system(model, role, reference(title, None, CELL), None)


def printed(number: object, bound: object) -> str:
    """A number as printed, without the marks of TeX around it, with the word for its bound."""
    return BOUNDS.get(str(bound), "") + LONE_TEX.sub("", tex.readable(str(number or "")))


def system(model: object, role: object, title: object, date: object) -> str:
    """A system by its name; one without a name by whose it is and a short reference to its paper."""
    if isinstance(model, str) and model:
        return safe.plain(model)
    whose = UNNAMED.get(str(role), "unnamed system")
    paper = reference(title, date)
    return f"{whose} · {paper}" if paper else whose


def reference(title: object, date: object, longest: int = 34) -> str:
    """A paper in a few words: what stands before the colon of its title, else its first words, and the year."""
    whole = words(title) if isinstance(title, str) else ""
    head = whole.partition(": ")[0]
    if len(head) > longest:
        head = head[: longest - 1].rsplit(" ", 1)[0] + "…"
    year = date[:4] if isinstance(date, str) else ""
    return ", ".join(part for part in (head, year) if part)


def ranks(low: Any, high: Any) -> str:  # noqa: ANN401 - a frame holds whole numbers in several forms, and several gaps
    """The ranks that a line may have as text, empty where it has one or none."""
    try:
        first, last = int(low), int(high)
    except (TypeError, ValueError):
        return ""
    return f"{first}–{last}" if first != last else ""


def value(number: object, bound: object, score: object, unit: object) -> str:
    """A number as printed; with its percentage where a percentage was printed as a fraction: `0.95 = 95%`."""
    text = printed(number, bound)
    if unit == "percent" and isinstance(score, float) and _plain(number) not in {None, score}:
        return f"{text} = {score:.6g}%"
    return text


def lane(name: object) -> str:
    """The conditions of a board in words."""
    return "no condition stated" if name == UNSTATED else str(name or "")


def fields(pairs: list[tuple[str, object]]) -> str:
    """Names and values as an HTML table, escaped; what is missing is left out."""
    rows = [
        f"<tr><th scope='row'>{safe.escape(name)}</th><td>{safe.escape(safe.plain(str(value), 600))}</td></tr>"
        for name, value in pairs
        if value is not None and value != "" and str(value) not in {"nan", "<NA>"}
    ]
    return f"<table class='fields'><tbody>{''.join(rows)}</tbody></table>"


def verbatim(text: str) -> str:
    """A text whose lines and spaces stay as they are, as HTML, escaped."""
    return f"<pre class='verbatim' tabindex='0'>{safe.escape(text)}</pre>"


def reasons(rows: list[tuple[str, str, float | None, str]]) -> str:
    """Fields as read, how probable each choice was, and what it rests on, as an HTML table, escaped."""
    lines = [
        f"<tr><th scope='row'>{safe.escape(name)}</th><td>{safe.escape(safe.plain(value))}</td>"
        f"<td class='share'>{'' if probability is None else f'{probability:.2f}'}</td>"
        f"<td>{safe.escape(safe.plain(evidence))}</td></tr>"
        for name, value, probability, evidence in rows
    ]
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("field", "read as", "chance", "because"))
    return f"<table class='fields reasons'><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def card(value: str, what: str, who: str) -> str:
    """The value of one claim in large, with what was measured and of which system, escaped."""
    shown = [safe.escape(safe.plain(text)) for text in (value, what, who)]
    return (
        f'<div class="card"><div class="value">{shown[0]}</div><div class="what">{shown[1]}</div>'
        f'<div class="who">{shown[2]}</div></div>'
    )


def finding(level: str, title: str, message: str, formula: str, *, review: bool = False) -> str:
    """One finding as HTML, escaped; `review` says that it rests on something uncertain."""
    kind = level if level in {"error", "warning", "note"} else "note"
    lines = [
        f"<strong>{'for review' if review else kind}: {safe.escape(safe.plain(title))}</strong>",
        safe.escape(words(message, 1000)),
    ]
    lines += [f"<span class='note'>{safe.escape(safe.plain(formula, 500))}</span>"] if formula else []
    return f'<div class="finding {kind}">{"<br>".join(lines)}</div>'


def outcomes(counts: list[tuple[str, str, int]]) -> str:
    """A bar of outcomes with its key as HTML: of each its words, the name of its colour, and its number."""
    present = [(safe.escape(words), safe.escape(kind), number) for words, kind, number in counts if number]
    bar = "".join(f'<span class="{kind}" style="flex-grow: {number}"></span>' for _, kind, number in present)
    key = "".join(f'<span><i class="{kind}"></i>{counted(number, words)}</span>' for words, kind, number in present)
    return (
        f'<div class="outcomes" aria-hidden="true">{bar}</div><div class="outcome-key">{key}</div>' if present else ""
    )


def finding_card(card: store.Card) -> str:
    """One finding with its sentence, its intervals drawn, and its sums as HTML; every text is escaped here."""
    kind = card.word if card.word in {"error", "warning", "note", "review"} else "note"
    link = safe.url(card.link)
    paper = safe.escape(card.paper_id)
    source = (
        f'<a href="{safe.escape(link)}" rel="noopener noreferrer nofollow" target="_blank">{paper}</a>'
        if link
        else paper
    )
    ours = "; probably our own reading" if card.origin == "pipeline" else ""
    sentence = "".join(
        f'<mark class="operand">{safe.escape(text)}</mark>' if piece.operand else safe.escape(text)
        for piece, text in zip(card.pieces, tex.parts([piece.text for piece in card.pieces]), strict=True)
    )
    lines = [f"<strong>{'for review' if kind == 'review' else kind}: {safe.escape(card.title)}</strong> "]
    lines += [f"<span class='note'>paper {source}{ours}</span><p>{safe.escape(tex.readable(card.message))}</p>"]
    lines += [f"<blockquote>{sentence}</blockquote>"] if sentence else []
    lines += [f"<p class='note'>{safe.escape(place)}</p>" for place in card.places]
    lines += [_strips(rows) for rows in card.strips]
    rows = [
        f"<dt>{safe.escape(part.label)}</dt><dd{' class=figures' if part.figures else ''}>{safe.escape(part.body)}</dd>"
        for part in card.parts
    ]
    return f'<div class="finding {kind}">{"".join(lines)}<dl>{"".join(rows)}</dl></div>'


def _strips(rows: tuple[store.Placed, ...]) -> str:
    """Intervals as strips on one axis, the stated one as a band behind the others; names and numbers in words."""
    band = next((one for one in rows if one.kind == "stated"), None)
    behind = f'<i class="band" style="{_span(band)}"></i>' if band else ""
    lines = [
        f'<span class="name">{safe.escape(safe.plain(one.name, 40))}</span>'
        f'<span class="axis">{behind}<i class="{safe.escape(one.kind)}" style="{_span(one)}"></i></span>'
        f'<span class="text">{safe.escape(safe.plain(one.text))}</span>'
        for one in rows
    ]
    return f'<div class="strips">{"".join(lines)}</div>'


def _span(one: store.Placed) -> str:
    """Where a strip stands on its axis, as a style; never narrower than can be seen."""
    return f"left: {100 * one.start:.2f}%; width: max(3px, {100 * (one.end - one.start):.2f}%)"


def short_lane(name: object) -> str:
    """The conditions of a board for a table: empty where none is stated."""
    return "" if name == UNSTATED else safe.plain(str(name or ""))


def size(parameters: object) -> str:
    """A number of parameters as people write it: 7B, 1.3B, 350M."""
    return compact(parameters, 4) if isinstance(parameters, int | float) and parameters > 0 else ""


def _plain(number: object) -> float | None:
    """A printed number without any sign or word as a number, else None."""
    try:
        return float(str(number))
    except ValueError:
        return None
