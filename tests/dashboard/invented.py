"""A build that nobody made: invented papers, claims, boards and findings written like a real one.

Some of it is hostile on purpose: markup, formulas, links and very long names where a paper's words go.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaderboard import table
from leaderboard.models import Board, Correction, Finding, Operand, Paper, Reading, Result, Row, Snapshot

PWN = (
    '<script>window.__pwn=1</script><img src=x onerror="window.__pwn=2">'
    "![b](http://evil.example/b.png)[l](javascript:window.__pwn=3)"
)
FORMULA = '=HYPERLINK("http://evil.example","click")'


TEMPLATE = (
    "We present {model}, a maze runner. It reaches {printed} {metric} on {benchmark}, "
    "at a price of $5 & <less>. So *good*."
)
FANCY = " $x^2$ :red[loud] **bold** :material/home: {model} gets {printed} {metric} on {benchmark}.\n\n# Not a heading"


@dataclass
class Entry:
    """One claim to be: enough to write its paper, its row in the claims table and its place on a board."""

    benchmark: str
    metric: str
    lane: str
    model: str
    printed: str
    value: float
    date: str
    size: float | None = None
    role: Any = "own"
    bound: Any = "exact"
    kind: Any = "score"
    unit: str = "percent"
    title: str = ""
    url: str = ""
    confidence: float = 0.9
    template: str = TEMPLATE
    better: bool = True
    finding: str | None = None
    corrected: bool = False


def entries() -> list[Entry]:
    """The claims, board by board."""
    mazes = ("Mazes-10", "accuracy", "unstated")
    named = [
        Entry(*mazes, "Ariadne-70B", "91.2%", 91.2, "2024-05", 70e9),
        Entry(*mazes, "Daedalus", "88.0%", 88.0, "2024-01-15", 13e9, corrected=True),
        Entry(*mazes, "Theseus", "88%", 88.0, "2023-11", 34e9, finding="gain_against_baseline"),
        Entry(*mazes, "Minos-7B", "79.4%", 79.4, "2023-03", 7e9, role="baseline"),
        Entry(*mazes, "Icarus", "75.5%", 75.5, "2022-07", 1.3e9, confidence=0.4),
        Entry(*mazes, "Pasiphae", "over 90%", 90.0, "2024-06", None, bound="at_least"),
        Entry("Mazes-10", "accuracy", "5-shot", "Ariadne-70B", "93.0%", 93.0, "2024-05", 70e9),
        Entry("Mazes-10", "accuracy", "5-shot", "Minos-7B", "81.0%", 81.0, "2023-03", 7e9),
        Entry(*mazes, "Ariadne-70B", "+3.2 points", 3.2, "2024-05", 70e9, kind="change", unit="points"),
        Entry(
            "LangBank", "perplexity", "unstated", "Quill-1B", "18.3", 18.3, "2021-02", 1e9, unit="none", better=False
        ),
        Entry(
            "LangBank", "perplexity", "unstated", "Quill-2B", "12.1", 12.1, "2022-02", 2e9, unit="none", better=False
        ),
        Entry("LangBank", "perplexity", "unstated", "Reed", "14.0", 14.0, "2022-09", 3e9, unit="none", better=False),
        Entry(
            "LangBank", "perplexity", "unstated", "Quill-9B", "8.75", 8.75, "2023-02", 9e9, unit="none", better=False
        ),
        Entry(
            PWN,
            "accuracy",
            "unstated",
            FORMULA,
            "61%",
            61.0,
            "2024-01",
            1e9,
            title=PWN,
            url="javascript:window.__pwn=4",
        ),
        Entry(
            PWN,
            "accuracy",
            "unstated",
            "N" * 10_000,
            "60%",
            60.0,
            "2024-02",
            1e9,
            title="+1+1",
            url="http://user:pass@evil.example/",
        ),
        Entry(
            PWN,
            "accuracy",
            "unstated",
            PWN,
            "59%",
            59.0,
            "2024-03",
            1e9,
            title="@SUM(1)",
            finding="metric_range",
            template=PWN + FANCY,
            corrected=True,
        ),
    ]
    crowd = [
        Entry(
            "Crowd-230",
            "success rate",
            "unstated",
            f"Agent-{n:03d}",
            f"{n / 4:.2f}%",
            round(n / 4, 2),
            f"20{10 + n % 15}-{1 + n % 12:02d}",
            1e8 * (n + 1),
        )
        for n in range(230)
    ]
    return named + crowd


def write(folder: Path) -> Path:
    """Write the invented build into `folder` and return the database's path; the same content every time."""
    everything = entries()
    papers, results, findings = [], [], []
    for number, entry in enumerate(everything):
        paper, result = _claim(entry, number)
        papers.append(paper)
        results.append(result)
        findings += [_finding(entry, result)] if entry.finding else []
    groups: dict[tuple[Any, ...], list[Result]] = {}
    for entry, result in zip(everything, results, strict=True):
        groups.setdefault((entry.kind, entry.benchmark, entry.metric, entry.lane, entry.unit, entry.better), []).append(
            result
        )
    boards = tuple(_board(key, members) for key, members in groups.items())
    corrections = _corrections([result for result in results if result.corrected])
    snapshot = Snapshot(
        "0.1.0",
        "c0ffee12" * 8,
        tuple(papers),
        tuple(results),
        boards,
        tuple(findings),
        (),
        corrections=corrections,
    )
    path = folder / table.FILE
    table.write(snapshot, path)
    return path


def _claim(entry: Entry, number: int) -> tuple[Paper, Result]:
    before, after = entry.template.split("{printed}")
    fill = {"model": entry.model, "metric": entry.metric, "benchmark": entry.benchmark}
    bare = entry.printed.removeprefix("over ")
    head = _fill(before, fill) + entry.printed.removesuffix(bare)
    start = len(head)
    abstract = head + bare + _fill(after, fill)
    paper_id, url = f"invented:{number:04d}", entry.url or f"https://papers.example/{number}"
    title = entry.title or f"{entry.model[:40]}: finding the way out ({number})"
    opening = abstract.rfind(". ", 0, start) + 2 if ". " in abstract[:start] else 0
    closing = abstract.find(". ", start)
    return Paper(paper_id, title, abstract, url, entry.date, "invented.jsonl", number + 1), Result(
        claim_id=hashlib.sha256(f"{paper_id}{start}{entry.kind}".encode()).hexdigest()[:16],
        benchmark=entry.benchmark,
        benchmark_mention=entry.benchmark,
        metric=entry.metric,
        metric_mention=entry.metric,
        metric_inferred=False,
        kind=entry.kind,
        value=entry.value,
        value_high=None,
        unit=entry.unit,
        printed=bare,
        half_width=0.05,
        score=entry.value if entry.kind == "score" else None,
        higher_is_better=entry.better,
        subject=entry.model,
        subject_parameters=entry.size,
        role=entry.role,
        baseline=None,
        direction="up" if entry.kind == "change" else None,
        bound=entry.bound,
        setting=None if entry.lane == "unstated" else entry.lane,
        paper_id=paper_id,
        title=title,
        url=url,
        date=entry.date,
        sentence=abstract[opening : closing + 1 if closing >= 0 else None],
        start=start,
        end=start + len(bare),
        rule="level.on",
        confidence=entry.confidence,
        corrected=_corrected(entry),
    )


def _corrected(entry: Entry) -> str | None:
    """What a correction changed of a claim to be, in words that are as hostile as its name."""
    return f"subject: {entry.model[:40]}? -> {entry.model} (fix 1: a slip)" if entry.corrected else None


def _corrections(results: list[Result]) -> tuple[Correction, ...]:
    """One change of each of these rows, one entry that fits nothing, and one that means a claim in vain."""
    first = results[0]
    where = ("in/corrections.toml", "fix 1", "a slip")
    made = tuple(
        Correction(
            *where,
            *(row.paper_id, row.start, row.end, row.printed),
            *("subject", f"{row.subject}?", str(row.subject), PWN if row.subject == PWN else "A. Reader", "2026-11-25"),
        )
        for row in results
    )
    idle = Correction("in/corrections.toml", "drop 1", PWN, problem="no paper of this build is called 'x'; remove it")
    place = (first.paper_id, first.start, first.end, first.printed)
    vain = Correction("in/corrections.toml", "fix 2", "twice", *place, problem="fix 1 changes the same field")
    return (*made, idle, vain)


def _fill(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


def _finding(entry: Entry, result: Result) -> Finding:
    low, high = result.value - 0.5, result.value + 0.5
    return Finding(
        check=entry.finding or "",
        level="error" if entry.benchmark == PWN else "warning",
        state="fail",
        origin="paper",
        paper_id=result.paper_id,
        message=PWN
        if entry.benchmark == PWN
        else f"{result.printed} is stated, but the numbers beside it give another value.",
        operands=(
            Operand(result.paper_id, result.start, result.end, result.printed, result.value, low, high, "percent"),
        ),
        computed=(Reading("absolute", 8.5, 8.7, meets=False, stated=(12.0, 12.4)),),
        fingerprint=hashlib.sha256(result.claim_id.encode()).hexdigest()[:16],
        quote=result.sentence,
        url=result.url,
        formula="88 − 79.4 = 8.6",
        assumptions=("both numbers are on one split",),
        verify="88.0 - 79.4",
    )


def _board(key: tuple[Any, ...], members: list[Result]) -> Board:
    kind, benchmark, metric, lane, unit, better = key
    exact = [m.value for m in members if m.bound == "exact"]
    ordered = sorted(members, key=lambda m: (m.bound != "exact", -m.value if better else m.value, m.date))
    frontier: set[str] = set()
    best = float("-inf") if better else float("inf")
    for member in sorted(members, key=lambda m: m.date or ""):
        if member.bound == "exact" and (member.value > best if better else member.value < best):
            best = member.value
            frontier.add(member.claim_id)
    rows = []
    for m in ordered:
        rank = 1 + sum(1 for v in exact if (v > m.value if better else v < m.value)) if m.bound == "exact" else None
        rows.append(
            Row(
                rank=rank,
                tie=rank is not None and exact.count(m.value) > 1,
                tier=None,
                claim_id=m.claim_id,
                model=m.subject,
                score=m.value,
                printed=m.printed,
                role=m.role,
                bound=m.bound,
                paper_id=m.paper_id,
                title=m.title,
                url=m.url,
                date=m.date,
                evidence=m.sentence,
                confidence=m.confidence,
                is_frontier=m.claim_id in frontier,
                subject_parameters=m.subject_parameters,
                note="" if rank else "a lower bound, not ranked",
                corrected=m.corrected,
            )
        )
    return Board(
        hashlib.sha256(repr(key).encode()).hexdigest()[:12], kind, benchmark, metric, lane, unit, better, tuple(rows)
    )
