"""HTML for people: one page that needs nothing else, the numbers marked in their sentence, the intervals drawn."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from leaderboard import __version__
from leaderboard.checks import Report
from leaderboard.forms import _parts, _strips
from leaderboard.forms._parts import Options, Piece
from leaderboard.models import Finding

TEMPLATE = "_page.html"
"""The template, beside this module."""

MOST = 2_000
"""Findings on a page; a browser becomes slow above. The page says how many more there are."""

FOLDED = frozenset({"Assumes", "Precision", "Remark", "Suppressed", "Also possible"})
"""Parts that are shown as sentences; the others in the type of figures."""


def render(report: Report, options: Options) -> str:
    """The report as a page. Every text of a paper is escaped; links go to http and https addresses only."""
    import jinja2  # noqa: PLC0415 - only who writes HTML pays for the library
    import markupsafe  # noqa: PLC0415 - comes with it

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(plain=_parts.plain, web=_parts.web_address, spaced=_spaced)
    source = resources.files(__package__).joinpath(TEMPLATE).read_text(encoding="utf-8")
    shown = report.listed(all_states=options.all_states)
    blocks = [
        {
            "finding": finding,
            "word": _parts.word(finding),
            "title": _parts.title(finding),
            "pieces": _parts.pieces(finding, report),
            "places": list(_parts.places(finding, report)),
            "parts": list(_reasoning(finding, report)),
            "pictures": [markupsafe.Markup(_strips.draw(rows)) for rows in _strips.strips(finding)],  # noqa: S704 - escaped there
            "known": report.is_known(finding),
        }
        for finding in shown[:MOST]
    ]
    sections = [
        (heading, [block for block in blocks if block["finding"].origin == origin])  # type: ignore[attr-defined]
        for heading, origin in (("In the papers", "paper"), ("Probably our own extraction", "pipeline"))
    ]
    return environment.from_string(source).render(
        report=report,
        version=__version__,
        header=_parts.header(report),
        sections=[section for section in sections if section[1]],
        more=max(0, len(shown) - MOST),
        rows=[(tally, _parts.precision(report.precision.get(tally.check))) for tally in report.tallies],
        bar=_bar(report),
        folded=FOLDED,
    )


def _reasoning(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    """The labelled parts without the intervals and readings that a picture shows."""
    drawn = bool(_strips.strips(finding))
    for label, body in _parts.reasoning(finding, report):
        if not (drawn and label == "Readings" and all(one.stated for one in finding.computed)):
            yield label, body


def _bar(report: Report) -> list[tuple[str, str, int]]:
    """Outcome, its class and its number of groups, for the bar at the top of the page; empty ones are left out."""
    failed = report.failed
    outcomes = [
        ("agree", "pass", report.passed),
        ("error", "error", failed["error"]),
        ("warning", "warning", failed["warning"]),
        ("note", "note", failed["note"]),
        ("to review", "review", report.review),
        ("suppressed", "suppressed", report.suppressed),
        ("not applicable", "na", sum(report.not_applicable.values())),
    ]
    return [outcome for outcome in outcomes if outcome[2]]


def _spaced(piece: Piece) -> str:
    """A piece of a sentence made harmless, its outer spaces kept as one space each."""
    text = piece.text
    shown = _parts.plain(text)
    return f"{' ' if text[:1].isspace() else ''}{shown}{' ' if text[-1:].isspace() and shown else ''}"
