"""What every form says, in words: the header with its counts, and the parts of a finding in their fixed order.

Everything that comes from a paper (quotes, printed numbers, names, addresses) is hostile in every form: it passes
through `plain` or a form's own escaping before it is shown.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from leaderboard import __version__
from leaderboard.checks import FEWEST, Precision, Report
from leaderboard.models import Finding, Level, Operand, Paper, Reading

CONTEXT = 180
"""Characters of a long sentence that are shown on either side of the numbers."""

LONGEST_QUOTE = 600
"""Characters of a sentence that are shown; longer ones are cut around the numbers."""

NOT_MEASURED = "not measured: no finding of this check has been labelled yet"
"""What stands for the precision of a check without a label."""

ALLOW_FILE = "sanity-allow.toml"
"""The name of the allow-list that a finding refers to."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to render: with terminal colours, with groups in every state."""

    color: bool = False
    all_states: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quoted sentence; `operand` says that it is a number that took part."""

    text: str
    operand: bool = False


def header(report: Report) -> list[str]:
    """The counts of a report in a few lines: what was read, what agrees and differs, what no check saw."""
    failed = ", ".join(count(number, level) for level, number in report.failed.items())
    agree, differ = _does(report.passed, "agree"), _does(sum(report.failed.values()), "differ")
    read = f"{count(report.claims, 'claim')}, {count(len(report.checks), 'check')}"
    judged = f"{count(report.recomputed, 'claim')}{_share(report.recomputed, report)} recomputed"
    unjudged = report.claims - report.recomputed - report.outside
    seen = f"{unjudged:,}{_share(unjudged, report)} seen and not judged"
    unseen = f"{report.outside:,}{_share(report.outside, report)} outside every check"
    known = "" if report.baseline is None else f", {report.unchanged} of those that differ already in the baseline"
    lines = [
        f"leaderboard {__version__}{_input(report)}: {count(report.papers, 'paper')}{_time(report)}, {read}",
        f"{count(report.checkable, 'group')} recomputed: {agree}, {differ} ({failed})",
        f"{judged}, {seen}, {unseen}",
        f"{report.review} to review, {report.suppressed} suppressed{known}",
    ]
    reasons = report.not_applicable
    if reasons:
        lines.append(f"{count(sum(reasons.values()), 'group')} not applicable:")
        lines += [f"  {number} {plain(reason)}" for reason, number in reasons.items()]
    return lines


def _input(report: Report) -> str:
    """What the papers were read from: " on paper.tex", " on 3 files", or nothing where that is not known."""
    names = sorted({paper.source for paper in report.sources.values() if paper.source})
    if not names:
        return ""
    return (
        f" on {'standard input' if names == ['-'] else plain(names[0]) if len(names) == 1 else f'{len(names):,} files'}"
    )


def _time(report: Report) -> str:
    """The dates of the oldest and the newest paper in brackets, or nothing where none has one."""
    dates = sorted(paper.date for paper in report.sources.values() if paper.date)
    if not dates:
        return ""
    return f" ({plain(dates[0])})" if dates[0] == dates[-1] else f" ({plain(dates[0])} to {plain(dates[-1])})"


def _does(number: int, verb: str) -> str:
    """A number with its verb: "1 agrees", "2 agree"."""
    return f"{number:,} {verb}{'s' if number == 1 else ''}"


def _share(number: int, report: Report) -> str:
    """A number of claims as a share of all in brackets, or nothing where there is none."""
    return f" ({number / report.claims:.0%})" if report.claims else ""


def word(finding: Finding) -> Level | str:
    """What a finding is called: its level where numbers differ, else its state."""
    return finding.level if finding.state == "fail" else finding.state


def title(finding: Finding) -> str:
    """The check's name for people."""
    return finding.check.replace("_", "-")


def parts(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    """The labelled parts of a finding in their fixed order, the empty ones left out; not yet made safe."""
    if finding.quote:
        yield "Evidence", '"' + "".join(piece.text for piece in pieces(finding, report)) + '"'
    for place in places(finding, report):
        yield "", place
    yield from reasoning(finding, report)


def reasoning(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    """The parts of a finding after its evidence."""
    intervals = [f"{one.printed} {bounds(one.low, one.high)}" for one in finding.operands if one.low < one.high]
    doubted = finding.state in {"fail", "review", "suppressed"}
    dispute = f'[[allow]] fingerprint = "{finding.fingerprint}" in {ALLOW_FILE}, with reason, by and date'
    every = (
        ("Arithmetic", finding.formula),
        ("Intervals", "; ".join(intervals)),
        ("Readings", " | ".join(reading(one) for one in finding.computed)),
        ("Assumes", "; ".join(finding.assumptions)),
        ("Also possible", "; ".join(finding.alternatives)),
        ("Remark", finding.reason),
        ("Precision", precision(finding.check, report) if doubted else ""),
        ("Verify", finding.verify),
        ("Suppressed", finding.suppressed_by),
        ("Dispute", dispute if doubted and not finding.suppressed_by else ""),
    )
    return ((label, body) for label, body in every if body)


def precision(check: str, report: Report) -> str:
    """The measured precision of a check in words: "47 of 50 labelled findings right (95% interval 84 to 98%), ...".

    Where few findings are labelled, what it did with planted errors stands beside them, and is called that.
    """
    one, planted = report.precision.get(check), report.seeded.get(check)
    told = [_labelled(one)] if one is not None else []
    if planted is not None and (one is None or one.decided < FEWEST):
        told.append(_seeded(planted) + ("" if told else "; no finding of its own is labelled yet"))
    return "; ".join(told) or NOT_MEASURED


def _labelled(one: Precision) -> str:
    """The findings of a check that a person judged."""
    low, high = one.interval
    undecided = f", {one.undecidable} undecidable" if one.undecidable else ""
    return (
        f"{one.right:,} of {count(one.decided, 'labelled finding')} right "
        f"(95% interval {100 * low:.0f} to {100 * high:.0f}%){undecided}, set {one.source}"
    )


def _seeded(planted: Precision) -> str:
    """The alarms of a check on planted errors."""
    low, high = planted.interval
    return (
        f"seeded: {planted.right:,} of {count(planted.decided, 'alarm')} on errors {planted.source} right "
        f"(95% interval {100 * low:.0f} to {100 * high:.0f}%)"
    )


def brief_precision(check: str, report: Report) -> str:
    """The same for a table."""
    told = precision(check, report)
    return told.partition(":")[0] if told == NOT_MEASURED else told.partition(";")[0]


def places(finding: Finding, report: Report) -> Iterator[str]:
    """Where the numbers stand, a line for each paper: file and line where known, characters, address."""
    seen: dict[str, list[Operand]] = {}
    for operand in finding.operands:
        seen.setdefault(operand.paper_id, []).append(operand)
    for paper_id, operands in seen.items():
        own = paper_id == finding.paper_id
        paper = report.sources.get(paper_id)
        spans = ", ".join(f"{operand.start}-{operand.end}" for operand in operands)
        address = finding.url if own else paper.url if paper else None
        at = location(paper, operands[0])
        yield (
            ("" if own else f"paper {paper_id}, ")
            + f"abstract, characters {spans}"
            + (f"; {at}" if at else "")
            + (f"; {address}" if address else "")
        )


def location(paper: Paper | None, operand: Operand) -> str:
    """The file and line of a number, "paper.tex:12", or "" where the format does not tell lines."""
    number = line(paper, operand)
    if not paper or not number:
        return ""
    return f"standard input, line {number}" if paper.source == "-" else f"{paper.source}:{number}"


def line(paper: Paper | None, operand: Operand) -> int:
    """The line of a number in its file, counted from 1, or 0 where the format does not tell lines."""
    if paper is None or not paper.line or not holds(paper, operand):
        return 0
    return paper.line + paper.abstract.count("\n", 0, operand.start)


def column(paper: Paper | None, place: int) -> int:
    """The column in its file of a place in an abstract, counted from 1, or 0 where the format does not tell columns."""
    if paper is None or not paper.column:
        return 0
    before = paper.abstract.rfind("\n", 0, place)
    return place - before if before >= 0 else paper.column + place


def holds(paper: Paper, operand: Operand) -> bool:
    """Whether the number stands in this abstract (another version of the paper may have another text)."""
    return paper.id == operand.paper_id and paper.abstract[operand.start : operand.end] == operand.printed


def pieces(finding: Finding, report: Report) -> tuple[Piece, ...]:
    """The quoted sentence cut at the numbers that took part, shortened around them where it is very long."""
    quote = finding.quote
    spans = _spans(finding, report.sources.get(finding.paper_id))
    start, end = 0, len(quote)
    if len(quote) > LONGEST_QUOTE:
        first, last = (spans[0][0], spans[-1][1]) if spans else (0, 0)
        start = max(0, first - CONTEXT)
        end = min(len(quote), max(last + CONTEXT, start + CONTEXT), start + LONGEST_QUOTE)
    found = [Piece("..." if start else "")]
    at = start
    for low, high in spans:
        if high > end:
            break
        found += [Piece(quote[at:low]), Piece(quote[low:high], operand=True)]
        at = high
    found += [Piece(quote[at:end]), Piece("..." if end < len(quote) else "")]
    return tuple(piece for piece in found if piece.text)


def _spans(finding: Finding, paper: Paper | None) -> list[tuple[int, int]]:
    """The places of the numbers in the quoted sentence, in order, none overlapping."""
    own = [one for one in finding.operands if one.paper_id == finding.paper_id]
    found: list[tuple[int, int]] = []
    base = -1
    if paper is not None and own and finding.quote:
        base = paper.abstract.rfind(finding.quote, 0, own[0].start + len(finding.quote))
    for one in own:
        if base >= 0 and paper is not None and holds(paper, one):
            low = one.start - base
        else:
            low = finding.quote.find(one.printed)
        high = low + one.end - one.start
        if 0 <= low < high <= len(finding.quote) and finding.quote[low:high] == one.printed:
            found.append((low, high))
    kept: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if not kept or low >= kept[-1][1]:
            kept.append((low, high))
    return kept


def reading(one: Reading) -> str:
    """A reading with its interval and outcome: "points [6.2, 6.6]: no", "value [104.1, 104.3]: outside [0, 100]"."""
    told = f"{one.name} {bounds(one.low, one.high)}: "
    if one.allowed is None:
        return told + ("meets" if one.meets else "no")
    return told + f"{'meets' if one.meets else 'outside'} {bounds(*one.allowed)}"


def bounds(low: float, high: float) -> str:
    """An interval in a few digits, a single number alone; an open end is left open."""
    return short(low) if low == high else f"[{short(low)}, {short(high)}]"


def short(value: float) -> str:
    """A number in four digits, from a million on in steps of thousands: 40e9; "..." for an open end."""
    if not math.isfinite(value):
        return "..."
    if abs(value) < 1e6:
        return f"{value:.0f}" if abs(value) >= 1e4 else f"{value:.4g}"
    exponent = int(math.log10(abs(value)) + 1e-9) // 3 * 3
    return f"{value / 10**exponent:.4g}e{exponent}"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 paper", "2 papers"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def plain(text: str) -> str:
    """Text from a paper on one line: control, format and surrogate characters become spaces or vanish."""
    kept = (
        "" if unicodedata.category(c) in {"Cf", "Cs"} else " " if unicodedata.category(c)[0] in "CZ" else c
        for c in text
    )
    return " ".join("".join(kept).split())


def web_address(url: str | None) -> str | None:
    """The address if it is a plain http or https one, else None.

    Refused are other schemes, credentials, spaces, quotes, control characters and anything above 2,000 characters.
    """
    if not url or len(url) > 2000 or not url.isprintable() or re.search(r"[\s\"'<>`\\]", url):
        return None
    try:
        split = urlsplit(url)
        usable = split.scheme in {"http", "https"} and bool(split.hostname) and "@" not in split.netloc
    except ValueError:
        return None
    return url if usable else None
