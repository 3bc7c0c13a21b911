"""The look of plots, part of the style sheet of the page; it holds no words of papers and no addresses."""

from __future__ import annotations

from typing import Final

from dashboard import colours

_SERIES: Final = "".join(f".plot .s{number} {{ --ink: var(--{name}); }} " for number, name in enumerate(colours.SERIES))

_MARKERS: Final = (
    "none",
    "none",
    "polygon(50% 0, 100% 100%, 0 100%)",
    "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "polygon(33% 0, 67% 0, 67% 33%, 100% 33%, 100% 67%, 67% 67%, 67% 100%, 33% 100%, 33% 67%, 0 67%, 0 33%, 33% 33%)",
    "polygon(0 0, 100% 0, 50% 100%)",
    "polygon(100% 0, 100% 100%, 0 50%)",
    "polygon(0 0, 100% 50%, 0 100%)",
)
"""Circle, square, triangle, diamond, cross and triangles that point down, left and right."""

_DASHES: Final = ((1, 0), (8, 3), (3, 3), (10, 6), (5, 5), (14, 4), (2, 4), (12, 2))
"""How long a line of a system or board is drawn and how long not, in pixels."""

_MARKED: Final = "".join(
    f".plot .m{number} {{ border-radius: {'50%' if not number else 0}; clip-path: {shape}; }} "
    for number, shape in enumerate(_MARKERS)
)
_DASHED: Final = "".join(
    f".plot .slope.s{number} {{ --on: {on}px; --off: {on + off}px; }} " for number, (on, off) in enumerate(_DASHES)
)

_TOLD: Final = ", ".join(f".plot {tag}:{state}::after" for tag in "ab" for state in ("hover", "focus-visible"))


def _told(look: str) -> str:
    """What selects the words that appear at a mark of this look."""
    return _TOLD.replace(".plot a", f".plot a{look}").replace(".plot b", f".plot b{look}")


CSS: Final = f"""
.plot {{ margin: .2rem 1rem 0 0; font-size: .8rem; color: var(--quiet); }}
.plot .top {{ display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.2rem; margin-bottom: .5rem; }}
.plot .key {{ display: flex; flex-wrap: wrap; gap: 0 1rem; }}
.plot .field {{ position: relative; margin: 0 0 1.7rem 3.4rem; border-left: 1px solid var(--rule);
  border-bottom: 1px solid var(--rule); }}
.plot .field > * {{ position: absolute; }}
.plot .tick {{ right: 100%; transform: translateY(-50%); padding-right: .5rem; white-space: nowrap;
  font-variant-numeric: tabular-nums; }}
.plot .grid {{ left: 0; right: 0; border-top: 1px solid var(--grid); }}
.plot .rule {{ top: 0; bottom: 0; border-left: 1px solid var(--grid); }}
.plot .date {{ top: 100%; transform: translateX(-50%); padding-top: .3rem; white-space: nowrap; }}
.plot .step {{ border: 0 solid var(--ink); }} .plot .best {{ --ink: var(--best); }}
.plot .up {{ border-width: 0 2px 2px 0; }} .plot .down {{ border-width: 2px 2px 0 0; }}
.plot .step:is(.s1, .s4) {{ border-style: dashed; }} .plot .step:is(.s2, .s6) {{ border-style: dotted; }}
.plot .limit {{ left: 0; right: 0; border-top: 1.5px dashed var(--other); }}
.plot .limit span {{ position: absolute; left: 4px; bottom: 2px; }}
.plot .name {{ color: var(--best); max-width: 150px; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; pointer-events: none; }}
.plot .early {{ padding-left: 9px; }} .plot .late {{ padding-right: 9px; }}
.plot .above {{ transform: translateY(-1.35rem); }} .plot .below {{ transform: translateY(.25rem); }}
.plot a {{ color: inherit; text-decoration: none; }} .plot b {{ font-weight: inherit; }}
.plot .field > :is(a, b) {{ margin: -5px 0 0 -5px; }}
.plot .field > :is(a, b), .plot .key i {{ width: 10px; height: 10px; box-sizing: border-box; opacity: .5;
  background: var(--ink, var(--own)); border: 2px solid var(--ink, var(--own));
  line-height: 6px; text-indent: 11px; white-space: nowrap; }}
.plot :where(.field > a, .field > b, .key i) {{ border-radius: 50%; }}
.plot .field > :is(a, b)::before {{ content: ""; position: absolute; inset: -6px; }}
.plot .key i {{ display: inline-block; opacity: 1; margin-right: .4rem; }}
.plot .field > .baseline, .plot .key .baseline {{ --ink: var(--baseline); border-radius: 0; }}
.plot .field > .other, .plot .key .other {{ --ink: var(--other); border-radius: 0;
  clip-path: polygon(50% 0, 100% 100%, 0 100%); }}
.plot .field > .hollow {{ background: none; }}
.plot .field > .other.hollow:not(:hover, :focus-visible) {{ background: var(--ink);
  clip-path: polygon(evenodd, 50% 0, 100% 100%, 0 100%, 50% 0, 50% 40%, 24% 84%, 76% 84%, 50% 40%); }}
.plot .field > .front {{ opacity: 1; z-index: 1; }}
.plot .field > .ring {{ clip-path: none; }}
.plot .ring::before {{ inset: -5px; border: 1.6px solid var(--baseline); transform: rotate(45deg); }}
.plot .number {{ transform: translate(-50%, -1.5rem); white-space: nowrap; font-variant-numeric: tabular-nums;
  pointer-events: none; }}

.plot.rows .field {{ margin-left: 10rem; }}
.plot.rows .tick {{ width: 9.8rem; text-align: right; overflow: hidden; text-overflow: ellipsis; }}
.plot .field > .plain {{ --ink: var(--other); opacity: 1; background: none; }}
.plot .field > .flagged {{ --ink: var(--error); opacity: 1; z-index: 1; border-radius: 0;
  clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }}
.plot .whisker {{ border-top: 2.5px solid var(--ink); margin-top: -1px; }}

.plot.paths .field {{ margin-left: 2.6rem; }}
.plot.paths .date {{ overflow: hidden; text-overflow: ellipsis; }}
.plot.paths .field > :is(a, b) {{ width: 12px; height: 12px; margin: -6px 0 0 -6px; }}
.plot .slope {{ margin-top: -1.5px;
  background: repeating-linear-gradient(90deg, var(--ink) 0 var(--on), transparent 0 var(--off)); }}
.plot .fall {{ clip-path: polygon(0 0, 100% calc(100% - 3px), 100% 100%, 0 3px); }}
.plot .rise {{ clip-path: polygon(0 calc(100% - 3px), 100% 0, 100% 3px, 0 100%); }}
{_SERIES.strip()}
{_MARKED.strip()}
{_DASHED.strip()}

.plot .row {{ display: grid; grid-template-columns: minmax(8rem, 34%) 1fr; gap: .8rem; align-items: center;
  position: relative; min-height: 28px; }}
.plot .label {{ text-align: right; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }}
.plot .track {{ display: flex; align-items: center; gap: 1px; --room: 3.6rem; }}
.plot.levels .track {{ --room: 12rem; }}
.plot .bar {{ display: block; background: var(--ink, var(--own)); }}
.plot .track .bar {{ position: relative; height: 16px; min-width: 4px;
  flex: 0 0 calc((100% - var(--room)) * var(--share)); }}
.plot .count {{ padding-left: .5rem; white-space: nowrap; font-variant-numeric: tabular-nums; }}
.plot .error {{ --ink: var(--error); }} .plot .warning {{ --ink: var(--warning); }}
.plot .note {{ --ink: var(--note); }}
.plot .key :is(.error, .warning, .note) {{ border-radius: 0; }}
.plot .bar.warning, .plot .key .warning {{ background: repeating-linear-gradient(135deg, var(--ink) 0 4px,
  color-mix(in srgb, var(--ink) 55%, transparent) 0 7px); }}
.plot .bar.note {{ background: color-mix(in srgb, var(--ink) 70%, transparent); }}

.plot .columns {{ inset: 0; display: flex; gap: 2px; padding: 0 4px; }}
.plot .column {{ flex: 1 1 0; position: relative; display: flex; flex-direction: column; justify-content: flex-end; }}
.plot .column .number {{ position: static; transform: none; text-align: center; font-size: .95em; }}
.plot .column .bar {{ min-height: 1px; border-radius: 2px 2px 0 0; display: flex; align-items: flex-end; }}
.plot .column .date {{ position: absolute; left: 50%; }}
.plot .pale {{ --ink: var(--pale); }} .plot .full {{ width: 100%; background: var(--own); }}
.plot .minor {{ display: none; }}

.plot .tiles {{ display: grid; gap: 2px; grid-template-columns: minmax(6rem, max-content) repeat(var(--across), 1fr); }}
.plot .turned {{ grid-auto-flow: column; grid-template-columns: max-content; grid-auto-columns: minmax(2.2rem, 1fr);
  grid-template-rows: repeat(calc(var(--across) + 1), auto); }}
.plot .head {{ padding: .3rem .5rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }}
.plot .over {{ text-align: center; padding: .3rem 0; }}
.plot .tile {{ position: relative; padding: .3rem 0; text-align: center; min-height: 1.7rem; color: var(--ink-of-page);
  font-variant-numeric: tabular-nums; background: color-mix(in srgb, var(--own) var(--depth), transparent); }}

.plot .field > :is(a, b):is(:hover, :focus-visible), .plot :is(.tile, .column, .track .bar):is(:hover, :focus-visible),
.plot a.row:is(:hover, :focus-visible) {{ opacity: 1; z-index: 3; clip-path: none; outline: none;
  box-shadow: 0 0 0 3px var(--page), 0 0 0 5px var(--focus); }}
.plot a.row:is(:hover, :focus-visible), .plot .column:is(:hover, :focus-visible) {{ border-radius: 3px;
  box-shadow: 0 0 0 2px var(--focus); }}
{_TOLD} {{ content: attr(aria-label); position: absolute; top: 14px;
  left: 8px; width: max-content; max-width: min(17rem, 55vw); padding: .4rem .6rem; border-radius: 6px;
  white-space: pre-line; text-indent: 0; text-align: left; line-height: 1.4; pointer-events: none; z-index: 4;
  color: var(--ink-of-page); background: var(--raised); border: 1px solid var(--rule);
  box-shadow: 0 2px 8px rgb(0 0 0 / .18); }}
{_told(".right")} {{ left: auto; right: 8px; }}
{_told(".middle")} {{ left: 50%; transform: translateX(-50%); }}
{_told(".low")} {{ top: auto; bottom: 14px; }}
{_told(".row")}, {_told(".bar")}, {_told(".tile")} {{ top: calc(100% + 3px); }} {_told(".row")} {{ left: 36%; }}
{_told(".column")} {{ top: auto; bottom: 30%; }}
@media (max-width: 640px) {{
  .plot.rows .field {{ margin-left: 7rem; }} .plot.paths .number {{ display: none; }}
  .plot.rows .tick {{ width: 6.8rem; white-space: normal; line-height: 1.15; max-height: 2.3em; }}
  .plot .row {{ grid-template-columns: minmax(6rem, 40%) 1fr; }} .plot.levels .row {{ grid-template-columns: 1fr;
    gap: 0; padding-bottom: .4rem; }} .plot.levels .label {{ text-align: left; }}
  .plot .column:nth-child(even) .date, .plot .columns:has(:nth-child(9)) .number {{ display: none; }}
  {_told(".tile.year")} {{ left: 8px; right: auto; transform: none; }}
  {_told(".tile.last")} {{ left: auto; right: 8px; }}
  .plot .turned {{ grid-auto-flow: row; grid-template-rows: none;
    grid-template-columns: max-content repeat(var(--across), 1fr); }} }}
"""
"""The look of plots, part of the style sheet."""
