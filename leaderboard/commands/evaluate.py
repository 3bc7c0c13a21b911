"""Measure claims against annotations of your own.

GOLD is JSON Lines of {"id": ..., "claims": [...]}, INPUT the abstracts with the same ids, in any format. Prints
precision, recall and F1 with 90% intervals, how often each field is right, whole claims by kind and by rule, how far
confidence can be trusted, and the errors, worst first.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from leaderboard import evaluation, parsing, registry, sources
from leaderboard.commands import _arguments, _terminal
from leaderboard.evaluation.figures import Counts, Evaluation, Figure, Share
from leaderboard.evaluation.mistakes import Mistake
from leaderboard.exports._report import count, visible
from leaderboard.models import Claim, Rejection

FORMATS = ("text", "json")
"""How the figures are printed."""

ERRORS = 10
"""How many errors are listed where no number is asked for."""

DIGITS = 4
"""Decimal places of shares in JSON."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("gold", type=Path, metavar="GOLD", help="the annotations, as JSON Lines")
    _arguments.add_inputs(parser)
    parser.add_argument("--format", dest="form", choices=FORMATS, default="text", help="default: text")
    parser.add_argument(
        "--errors", type=_arguments.whole, default=ERRORS, metavar="N", help=f"list the N worst (default: {ERRORS})"
    )


def run(options: argparse.Namespace) -> int:
    """Print the figures and the worst errors."""
    found = measure(options.gold, options.inputs, options.source_format, options.min_confidence)
    if options.form == "json":
        print(json.dumps(as_record(found, options.errors), ensure_ascii=False))
    else:
        print("\n".join(as_text(found, options.errors)))
    return 0


def measure(
    gold: Path, inputs: Sequence[str], source_format: str | None = None, min_confidence: float = 0.0
) -> Evaluation:
    """Read annotations and abstracts, find the claims, and compare.

    Claims less sure than `min_confidence` count as not made. Raises `UnreadableSource` and `BadDataFile`.
    """
    annotated = evaluation.read(gold)
    known = registry.load()
    abstracts: dict[str, str] = {}
    claims: list[Claim] = []
    for record in sources.read(list(inputs), format=source_format):
        if isinstance(record, Rejection):
            abstracts.setdefault(record.paper_id or "", "")
        elif record.id in annotated and record.id not in abstracts:
            abstracts[record.id] = record.abstract
            claims += [claim for claim in parsing.read(record, known) if claim.confidence >= min_confidence]
    return evaluation.evaluate(evaluation.place(annotated, abstracts, gold), claims, abstracts)


def as_record(found: Evaluation, errors: int) -> dict[str, Any]:
    """The figures as JSON; shares are rounded to four places."""
    return {
        "papers": found.papers,
        "annotated_claims": found.annotated,
        "predicted_claims": found.predicted,
        "figures": {level: _figure(figure) for level, figure in found.levels.items()},
        "fields": {field: _share(share) for field, share in found.fields.items()},
        "kinds": {kind: _counts(counts) for kind, counts in found.kinds.items()},
        "rules": {rule: _share(share) for rule, share in found.rules.items()},
        "reliability": {
            "expected_calibration_error": _round(found.calibration_error),
            "bins": [
                {"low": one.low, "high": one.high, "confidence": _round(one.confidence), **_share(one.whole)}
                for one in found.bins
            ],
        },
        "errors": [{name: getattr(mistake, name) for name in Mistake.__slots__} for mistake in found.mistakes[:errors]],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    intervals = {name: getattr(figure, name) for name in ("precision_90", "recall_90", "f1_90")}
    return _counts(figure.counts) | {name: [_round(end) for end in ends] for name, ends in intervals.items()}


def _counts(counts: Counts) -> dict[str, float]:
    shares = {name: _round(getattr(counts, name)) for name in ("precision", "recall", "f1")}
    return {**shares, "right": counts.right, "given": counts.given, "wanted": counts.wanted}


def _share(share: Share) -> dict[str, float]:
    return {"share": _round(share.value), "right": share.right, "of": share.of}


def _round(share: float) -> float:
    return round(share, DIGITS)


def as_text(found: Evaluation, errors: int) -> Iterator[str]:
    """The figures as lines of text."""
    claims = f"{count(found.annotated, 'annotated claim')}, {found.predicted:,} found by the parser"
    yield f"{count(found.papers, 'paper')}, {claims}"
    yield ""
    yield from _terminal.grid(
        ("", "precision (90%)", "recall (90%)", "F1 (90%)"),
        [[level, *_intervals(figure)] for level, figure in found.levels.items()],
    )
    yield ""
    yield "Right, of the claims found:"
    yield from _terminal.grid(("field", "share", "claims"), [[field, *_cells(s)] for field, s in found.fields.items()])
    yield ""
    yield "Whole claims, by kind:"
    yield from _terminal.grid(
        ("kind", "precision", "recall", "F1", "annotated"),
        [
            [kind, *(f"{one:.3f}" for one in (counts.precision, counts.recall, counts.f1)), f"{counts.wanted:,}"]
            for kind, counts in found.kinds.items()
        ],
    )
    yield ""
    yield "Whole claims right, by the rule that gave evidence:"
    yield from _terminal.grid(("rule", "share", "claims"), [[rule, *_cells(s)] for rule, s in found.rules.items()])
    yield ""
    yield f"Confidence and whole claims right (expected calibration error {found.calibration_error:.3f}):"
    bins = [one for one in found.bins if one.whole.of]
    yield from _terminal.grid(
        ("confidence", "mean", "right", "claims"),
        [[f"{one.low:.1f} to {one.high:.1f}", f"{one.confidence:.3f}", *_cells(one.whole)] for one in bins],
    )
    shown = found.mistakes[:errors]
    if shown:
        yield ""
        yield f"Errors, worst first ({len(shown):,} of {len(found.mistakes):,}):"
    for mistake in shown:
        yield from _mistake(mistake)


def _intervals(figure: Figure) -> Iterator[str]:
    for name in ("precision", "recall", "f1"):
        low, high = getattr(figure, f"{name}_90")
        yield f"{getattr(figure.counts, name):.3f} ({low:.3f} to {high:.3f})"


def _cells(share: Share) -> tuple[str, str]:
    return f"{share.value:.3f}", f"{share.of:,}"


def _mistake(mistake: Mistake) -> Iterator[str]:
    """A mistake as lines: where and what, the words, then what differs."""
    what = f"wrong {', '.join(mistake.wrong)}" if mistake.wrong else mistake.what
    board = "; a row of a board" if mistake.on_board else ""
    sure = "" if mistake.confidence is None else f"; rule {mistake.rule}, confidence {mistake.confidence:.2f}"
    yield f"  {visible(mistake.paper_id)}: {visible(mistake.number)}: {what}{board}{sure}"
    yield f"    {visible(mistake.quote).strip()}"
    for label, values in (("annotated", mistake.wanted), ("found", mistake.given)):
        if values:
            yield f"    {label:<9} {visible(_values(values))}"


def _values(values: Mapping[str, Any]) -> str:
    """Fields with their values in one line."""

    def spoken(value: object) -> str:
        if isinstance(value, tuple):
            return ", ".join(map(str, value)) or "none"
        return f"{value:,.12g}" if isinstance(value, float) else "none" if value is None else str(value)

    return "; ".join(f"{field}: {spoken(value)}" for field, value in values.items())
