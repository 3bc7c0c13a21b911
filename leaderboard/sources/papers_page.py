"""Papers page: the text of a web page with papers, title and abstract in turn, as copied from a browser.

Decided by shape: a title is a short line without a final stop, an abstract a long paragraph. Of several short lines
before an abstract the last that is no button, date or list of authors is its title. Long paragraphs in a row are one
abstract. The record number counts the papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import paper_or_rejection, rejection

LONGEST_TITLE = 300
"""Characters; a paragraph at least as long is an abstract whatever its end."""

SHORTEST_ABSTRACT = 100
"""Characters of the shortest paragraph that is an abstract if it ends with a full stop."""

UNWRAPPED = 160
"""Characters of a line that no wrapped text has: where one is so long, every line is a paragraph."""

FEWEST_TITLE_WORDS = 4
"""Words that a stranded short line must have to be set aside as a title without an abstract."""

INTERFACE_LINES = (
    "upvote", "subscribe", "sign up", "sign in", "log in", "login", "comments", "comment", "share", "new", "trending",
    "daily papers", "next", "previous", "show more", "load more", "read more", "cite", "download", "follow", "authors",
    "github", "code", "pdf", "html", "search", "menu", "home", "papers", "models", "datasets", "likes", "save",
)  # fmt: skip
"""Lines that belong to the page and not to a paper, with or without a count beside them."""

INTERFACE_STARTS = (
    "get trending", "view paper", "view arxiv", "view pdf", "view a pdf", "add to collection", "published on",
    "published in", "submitted by", "submitted on", "share this", "download pdf", "models citing", "datasets citing",
    "spaces citing", "posted on", "posted by", "by ak and", "byak and", "accepted at", "accepted to", "comments:",
    "subjects:", "keywords:", "doi:", "http://", "https://", "arxiv:", "copyright", "©",
)  # fmt: skip
"""How longer lines begin that belong to the page."""

INTERFACE_ENDS = (
    "and the research community",
    "in your email inbox!",
    "more authors",
    "upvotes",
    "days ago",
    "hours ago",
)
"""How longer lines end that belong to the page."""

SECTION_NAMES = (
    "background", "objective", "objectives", "aim", "aims", "methods", "method", "materials and methods", "results",
    "conclusion", "conclusions", "discussion", "introduction", "significance", "abstract", "purpose", "motivation",
    "findings", "summary",
)  # fmt: skip
"""Headings inside one structured abstract; they are no titles."""

_DATE = re.compile(
    r"(?:\w+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?,?(?:\s+\d{4})?",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:authors?:\s*)?(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+(?:,\s+(?:and\s+)?(?:[A-Z][\w.'’-]*\s*){2,4})+"
)
_COUNT = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LABEL = re.compile(r"title:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as it stands, and the line ends before it."""

    text: str
    gap: str

    @property
    def long(self) -> bool:
        """Whether it has the shape of an abstract."""
        text = self.text.rstrip().rstrip("\"')]”’")
        return len(text) >= LONGEST_TITLE or (len(text) >= SHORTEST_ABSTRACT and text.endswith((".", "…")))


@dataclass(frozen=True, slots=True)
class _Found:
    """A title with its abstract."""

    title: str
    abstract: str


def sniff(head: str, name: str) -> float:
    """Sure of two titles with abstracts, fairly sure of one below other short lines."""
    del name  # such pages have no extension of their own
    titles = [found.title for found in _papers(head.splitlines(keepends=True)) if found.abstract]
    if len(titles) > 1 and all(titles[1:]):
        return 0.6
    short = [p for p in _paragraphs(head.splitlines(keepends=True)) if not p.long]
    return 0.4 if len(titles) == 1 and titles[0] and len(short) > 2 else 0.0


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Read the page paragraph by paragraph."""
    for number, found in enumerate(_papers(lines), start=1):
        if found.abstract:
            yield paper_or_rejection({"title": found.title, "abstract": found.abstract}, source, number)
        else:
            yield rejection(source, number, "a title without an abstract", found.title)


def _papers(lines: Iterable[str]) -> Iterator[_Found]:
    """Titles with their abstracts, and titles that have none."""
    short: list[str] = []
    title, abstract = "", ""
    for paragraph in _paragraphs(lines):
        text = " ".join(paragraph.text.split())
        if not paragraph.long:
            if text.lower().rstrip(":") not in SECTION_NAMES:
                short.append(text)
        elif abstract and not short:
            abstract += paragraph.gap + paragraph.text
        else:
            if abstract:
                yield _Found(title, abstract)
            # What stands above the first abstract is the page's header, not a list of titles that lost theirs.
            title, stranded = _title(short)
            if abstract:
                yield from map(_stranded, stranded)
            short, abstract = [], paragraph.text
    if abstract:
        yield _Found(title, abstract)
        yield from (_stranded(line) for line in short if _is_title(line) and len(line.split()) >= FEWEST_TITLE_WORDS)


def _paragraphs(lines: Iterable[str]) -> Iterator[_Paragraph]:
    """The paragraphs: blocks between blank lines, or single lines where the text is not wrapped."""
    block: list[str] = []
    gap = ""
    for line in lines:
        if line.strip():
            block.append(line)
            continue
        if block:
            yield from _split(block, gap)
            block, gap = [], "\n"
        gap += "\n"
    if block:
        yield from _split(block, gap)


def _split(block: list[str], gap: str) -> Iterator[_Paragraph]:
    if any(len(line) > UNWRAPPED for line in block):
        for line in block:
            yield _Paragraph(line.rstrip("\r\n"), gap)
            gap = "\n"
    else:
        yield _Paragraph("".join(block).rstrip("\r\n"), gap)


def _title(short: list[str]) -> tuple[str, list[str]]:
    """The title among the short lines before an abstract, and the titles before it that have no abstract."""
    likely = [line for line in short if _is_title(line)] or [line for line in short if not _of_page(line)][-1:]
    stranded = [line for line in likely[:-1] if len(line.split()) >= FEWEST_TITLE_WORDS]
    return (_LABEL.sub("", likely[-1], count=1), stranded) if likely else ("", [])


def _is_title(line: str) -> bool:
    """Whether a short line may be a title: no button, date, list of authors or sentence."""
    if _of_page(line) or _DATE.fullmatch(line) or _AUTHORS.fullmatch(line):
        return False
    return not line.endswith(".") or line.endswith("...")


def _of_page(line: str) -> bool:
    """Whether a short line is a button, a count or a notice of the page."""
    low = line.lower()
    bare = _COUNT.sub("", low)
    return not bare or bare in INTERFACE_LINES or low.startswith(INTERFACE_STARTS) or low.endswith(INTERFACE_ENDS)


def _stranded(line: str) -> _Found:
    """A title whose abstract is missing."""
    return _Found(line, "")
