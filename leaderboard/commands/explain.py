"""Show why the numbers of an abstract were read as they were.

INPUT is files, or - for standard input; with --build it is the ids of papers of a build. Every number and name is
marked; a table for each claim gives the rule, the words that each choice rests on and how probable it was, and what a
corrections file makes of it; every number that is no claim has its reason.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaderboard import corrections, explanation, parsing, registry, sources, table
from leaderboard.commands import _arguments, _terminal
from leaderboard.commands.extract import set_aside
from leaderboard.corrections import Plan
from leaderboard.errors import UnknownName
from leaderboard.explanation import Explanation
from leaderboard.explanation.compose import Mark
from leaderboard.exports._report import visible
from leaderboard.gather import require_papers
from leaderboard.models import Correction, Paper, Rejection

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = ("text", "html", "json")
"""How explanations are printed; JSON is one object per line and abstract."""

STYLES: dict[Mark, str] = {
    "claim": "bold black on yellow",
    "number": "dim",
    "metric": "green",
    "benchmark": "magenta",
    "system": "cyan",
    "name": "blue",
}
"""Colours of the marks on a terminal."""

NO_CLAIM = "no claim"
"""What stands before a number that is no claim where there is no colour."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    _arguments.add_inputs(parser)
    _arguments.add_corrections(parser)
    parser.add_argument("--build", type=Path, metavar="DIR", help="explain the papers with these ids of a build")
    parser.add_argument("--format", dest="form", choices=FORMATS, default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    """Print an explanation of every abstract."""
    rejected: list[Rejection] = []
    made: dict[str | None, list[Correction]] = {}
    if options.build is not None:
        snapshot = table.load(options.build)
        papers: Iterable[Paper] = chosen(snapshot.papers, options.inputs)
        for change in snapshot.corrections:
            made.setdefault(change.paper_id, []).append(change)
    else:
        papers = usable(sources.read(options.inputs, format=options.source_format), rejected)
    beside = () if options.build is not None else options.inputs
    files = corrections.files(options.corrections, beside)
    plan = corrections.plan(corrections.read(files), registry.load())
    found = (_explained(paper, plan, options.min_confidence, made.get(paper.id, ())) for paper in papers)
    if options.form == "html":
        print(explanation.render(list(found)), end="")
    elif options.form == "json":
        for one in found:
            print(json.dumps(explanation.as_record(one), ensure_ascii=False))
    elif sys.stdout.isatty():
        _coloured(found)
    else:
        for place, one in enumerate(found):
            print("\n".join(([""] if place else []) + list(plain(one))))
    print("".join(f"leaderboard: {line}\n" for line in set_aside(rejected)), end="", file=sys.stderr)
    return 0


def _explained(paper: Paper, plan: Plan, least: float, made: Iterable[Correction]) -> Explanation:
    """One abstract explained, with the corrections of its build, or those of the plan where it has any."""
    changes = (
        corrections.correct(parsing.read(paper, plan.known), paper, plan).changes if plan.corrections.entries else ()
    )
    return explanation.explain(paper, plan.known, least, changes or made)


def usable(records: Iterable[Paper | Rejection], rejected: list[Rejection]) -> Iterator[Paper]:
    """The papers among records; the others go to `rejected`. Raises `UnreadableSource` if there is no paper."""
    papers = 0
    for record in records:
        if isinstance(record, Rejection):
            rejected.append(record)
        else:
            papers += 1
            yield record
    if not papers:
        require_papers((), rejected)


def chosen(built: Iterable[Paper], ids: Sequence[str]) -> list[Paper]:
    """The papers of a build with these ids, in this order; raises `UnknownName` for an id that it does not hold."""
    papers = {paper.id: paper for paper in built}
    for one in ids:
        if one not in papers:
            raise UnknownName("paper of this build", one, difflib.get_close_matches(one, papers))
    return [papers[one] for one in ids]


def plain(one: Explanation) -> Iterator[str]:
    """An explanation as lines of text, with the marks as words in brackets."""
    words = {"number": NO_CLAIM, "claim": "claim"}
    yield visible(one.paper.title or one.paper.id)
    yield ""
    yield "".join(
        f"[{' '.join(filter(None, (words.get(part.mark, part.mark), part.label)))}: {visible(part.text)}]"
        if part.mark
        else visible(part.text)
        for part in one.parts
    )
    for explained in one.claims:
        yield ""
        yield f"{explained.label}. {visible(explained.claim.number)}"
        rows = [
            (line.field, visible(line.value), _share(line.probability), visible(line.evidence))
            for line in explained.lines
        ]
        yield from _terminal.grid(("field", "read as", "probability", "because"), rows)
    if one.others:
        yield ""
        yield "Numbers that are no claims"
        others = [(o.label, visible(o.text), _share(o.probability), visible(o.reason)) for o in one.others]
        yield from _terminal.grid(("", "number", "probability", "why"), others)


def _share(probability: float | None) -> str:
    return "" if probability is None else f"{probability:.2f}"


def _coloured(found: Iterable[Explanation]) -> None:
    """Print explanations with colours; nothing in them is read as markup."""
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for the library

    console = Console(highlight=False)
    for one in found:
        _lay_out(one, console)


def _lay_out(one: Explanation, console: Console) -> None:
    from rich.table import Table  # noqa: PLC0415 - only a terminal pays for the library
    from rich.text import Text  # noqa: PLC0415

    console.print(Text(visible(one.paper.title or one.paper.id), style="bold"), end="\n\n")
    words = Text()
    for part in one.parts:
        words.append(visible(part.text), STYLES.get(part.mark, ""))
        words.append(f"[{part.label}]" if part.label else "", "dim")
    legend = Text(" ").join(Text("other number" if mark == "number" else mark, style) for mark, style in STYLES.items())
    console.print(words, legend, sep="\n\n", end="\n\n")
    for explained in one.claims:
        console.print(Text(f"{explained.label}. {visible(explained.claim.number)}", style="bold"))
        rows = Table.grid(padding=(0, 2))
        for line in explained.lines:
            style = STYLES.get({"benchmarks": "benchmark"}.get(line.field, line.field), "")  # type: ignore[call-overload]
            value, why = Text(visible(line.value), style), Text(visible(line.evidence), "dim")
            rows.add_row(Text(f"  {line.field}"), value, _share(line.probability), why)
        console.print(rows)
        console.print()
    if one.others:
        console.print(Text("Numbers that are no claims", style="bold"))
        rows = Table.grid(padding=(0, 2))
        for other in one.others:
            text, why = Text(visible(other.text)), Text(visible(other.reason), "dim")
            rows.add_row(Text(f"  {other.label}"), text, _share(other.probability), why)
        console.print(rows)
        console.print()
