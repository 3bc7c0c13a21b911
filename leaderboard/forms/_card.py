"""One finding as a page shows it: words made safe to escape, the sentence in pieces, the intervals as strips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leaderboard.checks import Precision, Report
from leaderboard.forms import _parts, _strips
from leaderboard.forms._parts import Piece
from leaderboard.forms._strips import Placed
from leaderboard.models import Finding, Paper

SENTENCES = frozenset({"Assumes", "Precision", "Remark", "Suppressed", "Also possible"})
"""Parts that are shown as sentences; the others in the type of figures."""


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of a finding; `figures` says that it is a sum or code, not a sentence."""

    label: str
    body: str
    figures: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What there is to show of a finding, in its order.

    Texts are on one line and free of control characters, but not escaped. `link` is a plain web address or None;
    `strips` are pictures as data: intervals on one axis each.
    """

    word: str
    title: str
    origin: str
    paper_id: str
    link: str | None
    message: str
    pieces: tuple[Piece, ...]
    places: tuple[str, ...]
    strips: tuple[tuple[Placed, ...], ...]
    parts: tuple[Part, ...]
    fingerprint: str
    paper_title: str = ""


def card(finding: Finding, report: Report) -> Card:
    """The finding of a report as a card; readings that a picture shows are not told again."""
    strips = _strips.strips(finding)
    drawn = bool(strips) and all(one.stated or one.allowed for one in finding.computed)
    return Card(
        _parts.word(finding),
        _parts.title(finding),
        finding.origin,
        _parts.plain(finding.paper_id),
        _parts.web_address(finding.url),
        _parts.plain(finding.message),
        tuple(Piece(_spaced(piece.text), piece.operand) for piece in _parts.pieces(finding, report)),
        tuple(_parts.plain(place) for place in _parts.places(finding, report)),
        tuple(_strips.place(rows) for rows in strips),
        tuple(
            Part(label, _parts.plain(body), label not in SENTENCES)
            for label, body in _parts.reasoning(finding, report)
            if not (drawn and label == "Readings")
        ),
        finding.fingerprint,
        _parts.plain(paper.title) if (paper := report.sources.get(finding.paper_id)) else "",
    )


def lone_card(
    finding: Finding,
    papers: Mapping[str, Paper],
    precision: Mapping[str, Precision],
    seeded: Mapping[str, Precision],
) -> Card:
    """The card of a finding that is known without its report."""
    report = Report((finding,), len(papers), 0, (finding.check,), sources=papers, precision=precision, seeded=seeded)
    return card(finding, report)


def _spaced(text: str) -> str:
    """A piece of a sentence made harmless, its outer spaces kept as one space each."""
    shown = _parts.plain(text)
    return f"{' ' if text[:1].isspace() else ''}{shown}{' ' if text[-1:].isspace() and shown else ''}"
