"""What a report says before it is HTML or Markdown: boards, the words of each number, findings, what was set aside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from leaderboard.models import Board, Correction, Finding, Rejection, Result, Row, Snapshot
from leaderboard.outcomes import LEVELS, Tally, tallies
from leaderboard.table import counts

BOARDS = 12
"""How many boards a report shows in full; all of them are in leaderboard.csv."""

LINES = 20
"""How many lines of a board a report shows."""

SET_ASIDE = 50
"""How many set-aside records a report lists; all of them are in rejected.jsonl."""

CORRECTIONS = 50
"""How many changes by corrections a report lists; all of them are in corrections.csv."""

CONTEXT = 160
"""How many characters of the sentence stand on either side of a number."""

UNNAMED = {"own": "(unnamed)", "baseline": "(unnamed baseline)", "other": "(unnamed)"}
"""What stands for a model that the abstract does not name."""

BETTER = {True: "higher is better", False: "lower is better", None: "no better direction known"}
"""The direction of a board in words."""

BOUND_SIGNS = {"up_to": "≤ ", "at_least": "≥ ", "about": "~ "}
"""What stands before a number that is no exact value."""

UNIT_SIGNS = {"percent": "%", "x": "x"}
"""What stands after a score in these units."""

SIGNS = ("+", "-", "\u2212", "\u2013")
"""How a printed change shows its sign: plus, hyphen, minus, dash."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A number in its words: the text before it, the number as printed, the text after it."""

    before: str
    number: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a board with its evidence."""

    row: Row
    model: str
    figure: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Table:
    """One board as a report shows it; `more` counts the lines that are left out."""

    board: Board
    name: str
    about: str
    papers: int
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows, in its order."""

    version: str
    digest: str
    counts: Mapping[str, int]
    tables: tuple[Table, ...]
    kinds: tuple[tuple[str, int], ...]
    unranked: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    titles: Mapping[str, str]
    rejections: tuple[Rejection, ...]
    more_rejections: int
    corrections: tuple[Correction, ...] = ()
    more_corrections: int = 0


def compose(snapshot: Snapshot) -> Report:
    """Choose and order what a report shows of a snapshot."""
    results = {result.claim_id: result for result in snapshot.results}
    abstracts = {paper.id: paper.abstract for paper in snapshot.papers}
    tables = tuple(_table(board, results, abstracts) for board in _chosen(snapshot.boards))
    failed = [finding for finding in snapshot.findings if finding.state == "fail"]
    failed.sort(key=lambda finding: LEVELS.index(finding.level))
    return Report(
        version=snapshot.version,
        digest=snapshot.digest[:12],
        counts=counts(snapshot),
        tables=tables,
        kinds=tuple(Counter(board.kind for board in snapshot.boards).most_common()),
        unranked=tuple(
            Counter(row.note for board in snapshot.boards for row in board.rows if row.note).most_common(12)
        ),
        findings=tuple(failed),
        tallies=tallies(snapshot.findings),
        titles={paper.id: paper.title for paper in snapshot.papers},
        rejections=snapshot.rejections[:SET_ASIDE],
        more_rejections=max(0, len(snapshot.rejections) - SET_ASIDE),
        corrections=tuple(sorted(snapshot.corrections, key=lambda one: not one.problem))[:CORRECTIONS],
        more_corrections=max(0, len(snapshot.corrections) - CORRECTIONS),
    )


def _chosen(boards: Sequence[Board]) -> Sequence[Board]:
    """The fullest boards that rank something; boards come fullest first."""
    return [board for board in boards if any(row.rank for row in board.rows)][:BOARDS]


def _table(board: Board, results: Mapping[str, Result], abstracts: Mapping[str, str]) -> Table:
    lines = tuple(
        Line(row, row.model or UNNAMED[row.role], figure(row, board), _evidence(row, results, abstracts))
        for row in board.rows[:LINES]
    )
    papers = len({row.paper_id for row in board.rows})
    about = f"{count(len(board.rows), 'claim')} from {count(papers, 'paper')}; {BETTER[board.higher_is_better]}"
    return Table(board, name(board), about, papers, lines, max(0, len(board.rows) - LINES))


def name(board: Board) -> str:
    """A board in words: "GSM8K: accuracy (5-shot)"."""
    kind = "" if board.kind == "score" else f", {board.kind}s in {board.unit}"
    lane = "" if board.lane == "unstated" else f" ({board.lane})"
    return f"{board.benchmark or 'Any benchmark'}: {board.metric or 'metric not named'}{kind}{lane}"


def figure(row: Row, board: Board) -> str:
    """The number as printed: with the sign of a bound or a change, and its score where that is on another scale.

    "84.2%", "≥ 90%", "-2 points", "0.84 = 84%", "16x = 0.0625x".
    """
    mark = BOUND_SIGNS.get(row.bound, "")
    if row.score is None or board.kind == "size":
        return mark + row.printed
    if board.kind == "change":
        signed = row.printed.lstrip().startswith(SIGNS)
        return mark + ("" if signed else "-" if row.score < 0 else "+") + row.printed
    if _digits(row.printed) == f"{row.score:.10g}":
        return mark + row.printed
    return f"{mark}{row.printed} = {row.score:,.4g}{UNIT_SIGNS.get(board.unit, '')}"


def _digits(printed: str) -> str:
    """The plain number at the start of a printed one, as `figure` writes numbers."""
    found = re.match(r"[-+]?[\d,]*\.?\d+", printed)
    try:
        return f"{float(found[0].replace(',', '')):.10g}" if found else ""
    except ValueError:
        return ""


def signed(correction: Correction) -> str:
    """Which entry of which file a correction is, and who wrote it when: "fix 2 in corrections.toml (A. Reader)"."""
    who = ", ".join(part for part in (correction.by, correction.date) if part)
    return f"{correction.entry} in {correction.source}" + (f" ({who})" if who else "")


def effect(correction: Correction) -> str:
    """What a correction changed, "metric: accuracy -> F1", or why it changed nothing."""
    if correction.problem:
        return f"changes nothing: {correction.problem}"
    return f"{correction.field}: {correction.parsed or 'none'} -> {correction.corrected or 'none'}"


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 paper", "2 papers"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _evidence(row: Row, results: Mapping[str, Result], abstracts: Mapping[str, str]) -> Evidence:
    """The words around a line's number; the whole sentence if it is short."""
    result = results.get(row.claim_id)
    if result is None:
        return Evidence(row.evidence, "", "")
    return around(result, abstracts.get(result.paper_id, ""))


def around(result: Result, abstract: str) -> Evidence:
    """The number of a result in its sentence, cut to `CONTEXT` characters on either side."""
    begin = abstract.rfind(result.sentence, 0, result.start + len(result.sentence)) if result.sentence else -1
    while begin > result.start:  # the sentence stands again further on
        begin = abstract.rfind(result.sentence, 0, begin + len(result.sentence) - 1)
    if begin < 0 or result.end > begin + len(result.sentence):
        return Evidence("", result.printed, "")
    before = abstract[begin : result.start]
    after = abstract[result.end : begin + len(result.sentence)]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    return Evidence(before, abstract[result.start : result.end], after)


def visible(text: str) -> str:
    """The text on one line, with control and direction-changing characters shown as a replacement character."""
    flat = re.sub(r"\s+", " ", text)
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in flat)


def web_address(url: str | None) -> str | None:
    """The address if it is a plain http or https one, else None.

    Refused are other schemes, credentials, spaces, quotes, control characters and anything above 2,000 characters.
    """
    if not url or len(url) > 2000 or not url.isprintable() or re.search(r"[\s\"'<>`\\]", url):
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return url if usable else None


FILTERS: Mapping[str, Callable[..., object]] = {
    "visible": visible,
    "web": web_address,
    "count": count,
    "signed": signed,
    "effect": effect,
}
"""What the templates of pages call by name."""
