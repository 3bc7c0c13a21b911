"""What people put right: the corrections of a build, those of one claim, and an entry to copy for one more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from dashboard import safe

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.store import Build

MARK: Final = "✎"
"""What marks a line that was corrected."""

AROUND: Final = 30
"""Characters of the abstract that are quoted on either side of a number, to the next blank."""

MOST: Final = 500
"""Corrections that a list shows; all of them are in its download."""

FIELDS: Final = {
    "benchmarks": "benchmark",
    "subject": "system",
    "baseline": "compared with",
    "setting": "conditions",
    "claim": "the whole claim",
}
"""Fields of a claim whose names are not the plain word."""

COLUMNS: Final = """c.source, c.entry, c.problem, c.paper_id, c.printed, c.field, c.parsed, c.corrected AS became,
    c.reason, c."by", c.date AS entered"""
"""What of a correction is shown."""

ORDER: Final = "c.source, c.entry, c.paper_id, c.start, c.field"
"""Corrections in the order of their entries."""


def words(build: Build) -> dict[str, str]:
    """What corrections changed, by the id of the claim: a few, since they are made by hand."""
    found = build.fact("SELECT claim_id, corrected FROM claims WHERE corrected <> ''")
    return dict(zip(found["claim_id"], found["corrected"], strict=True))


def penned(text: str, corrected: object) -> str:
    """`text` with the pen behind it where its line was corrected."""
    return f"{text} {MARK}" if isinstance(corrected, str) and corrected else text


def every(build: Build, most: int | None = None) -> pd.DataFrame:
    """The corrections of a build, at most `most`, those that change nothing first.

    Columns: `COLUMNS`, title of the paper, claim_id (empty if it was dropped).
    """
    return build.frame(
        f"""
        SELECT {COLUMNS}, p.title, r.claim_id FROM corrections c LEFT JOIN papers p USING (paper_id)
        LEFT JOIN (SELECT paper_id, start, "end", min(claim_id) AS claim_id FROM claims GROUP BY ALL) r
            ON r.paper_id = c.paper_id AND r.start = c.start AND r."end" = c."end"
        ORDER BY c.problem = '', {ORDER} LIMIT ?
        """,  # noqa: S608 - constants only, values are bound
        [most],
    )


def of_claim(build: Build, claim: Mapping[str, Any]) -> pd.DataFrame:
    """What corrections made of one claim, then those that change nothing of it: `COLUMNS`."""
    return build.frame(
        f"""
        SELECT {COLUMNS} FROM corrections c WHERE c.paper_id = ? AND c.start = ? AND c."end" = ?
        ORDER BY c.problem <> '', {ORDER}
        """,  # noqa: S608 - constants only, values are bound
        [claim["paper_id"], int(claim["start"]), int(claim["end"])],
    )


def counts(build: Build) -> tuple[int, int, int]:
    """How many corrections there are, how many claims they changed or dropped, how many entries change nothing."""
    found = build.fact("""
        SELECT count(*) AS every, count(DISTINCT (paper_id, start, "end")) FILTER (problem = '') AS claims,
               count(*) FILTER (problem <> '') AS idle FROM corrections
    """).iloc[0]
    return int(found["every"]), int(found["claims"]), int(found["idle"])


def effect(problem: str, field: str, parsed: str, became: str) -> str:
    """What a correction changed in words, or why it changed nothing."""
    if problem:
        return f"nothing: {problem}"
    if field == "claim":
        return f"dropped: {parsed}"
    return f"{FIELDS.get(field, field.replace('_', ' '))}: {parsed or 'none'} → {became or 'none'}"


def signed(source: str, entry: str, by: str, entered: str) -> str:
    """Which entry of which file it is, and who wrote it when."""
    who = ", ".join(part for part in (by, entered) if part)
    return f"{entry} in {source}" + (f" ({who})" if who else "")


def html(found: pd.DataFrame) -> str:
    """The corrections of one claim as an HTML table, escaped; empty if there are none."""
    if found.empty:
        return ""
    columns = ("problem", "field", "parsed", "became", "reason", "source", "entry", "by", "entered")
    lines = []
    for problem, field, parsed, became, reason, *sign in zip(
        *(found[name].fillna("").astype(str) for name in columns), strict=True
    ):
        name = "no effect" if problem else FIELDS.get(field, field.replace("_", " "))
        cells = (parsed or "none", became or "none", reason) if not problem else ("", problem, reason)
        words = "".join(f"<td>{safe.escape(safe.plain(cell, 600))}</td>" for cell in (*cells, signed(*sign)))
        lines.append(f"<tr><th scope='row'>{safe.escape(safe.plain(name))}</th>{words}</tr>")
    heads = "".join(
        f"<th scope='col'>{head}</th>" for head in ("field", "as it was read", "corrected to", "because", "entry")
    )
    return (
        f"<h3>{MARK} Corrected</h3><table class='fields reasons'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def entry(claim: Mapping[str, Any]) -> str:
    """The start of an entry for a corrections file that means this claim, in TOML; its reason is left to the writer."""
    abstract, start, end = str(claim["abstract"] or ""), int(claim["start"]), int(claim["end"])
    first = abstract.rfind(" ", 0, max(start - AROUND, 0)) + 1
    last = abstract.find(" ", end + AROUND)
    quote = abstract[first : last if last >= 0 else None].strip()
    where = f"quote = {_text(quote)}" if quote.isprintable() else f"start = {start}"
    return "\n".join(
        (
            "[[fix]]",
            f"paper = {_text(str(claim['paper_id']))}",
            f"number = {_text(str(claim['printed']))}",
            where,
            'set = { metric = "...", subject = "..." }  # the fields that are wrong, with their right values',
            'reason = "..."',
        )
    )


def _text(words: str) -> str:
    """A text of TOML, which JSON writes alike for all that can be printed."""
    return json.dumps(words, ensure_ascii=False)
