"""Plain text: one abstract, with its title on the first line if that is short and a blank line follows.

Anything that is text and of no other format is read so. Without a title the offsets of claims are those of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import paper_or_rejection
from leaderboard.sources._whole import whole

LONGEST_TITLE = 300
"""Characters; a longer first line belongs to the abstract."""

LARGEST = 1 << 26
"""Characters of the largest text that is read as one abstract."""


def sniff(head: str, name: str) -> float:
    """Never sure, since every text is plain text; fairly so by the usual extensions."""
    if not head.strip():
        return 0.0
    return 0.2 if name.endswith((".txt", ".text", ".md")) else 0.1


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Read the whole input as one abstract."""
    remedy = "give one record per paper, for example as JSON Lines"
    text = whole(lines, source, LARGEST, what="an abstract in plain text", remedy=remedy).rstrip()
    title, abstract = _split(text)
    if abstract.strip():
        made = paper_or_rejection({"title": title, "abstract": abstract}, source, 1)
        first = 1 + text.count("\n") - abstract.count("\n")  # the abstract is the end of the text
        yield replace(made, line=first, column=1) if isinstance(made, Paper) else made


def _split(text: str) -> tuple[str, str]:
    """Title and abstract: a short first line without a final stop, followed by a blank line, is the title."""
    first, _, rest = text.lstrip().partition("\n")
    blank, line_end, abstract = rest.partition("\n")
    title = first.strip()
    if line_end and not blank.strip() and abstract.strip() and len(title) <= LONGEST_TITLE and not title.endswith("."):
        return title, abstract.lstrip("\r\n")
    return "", text
