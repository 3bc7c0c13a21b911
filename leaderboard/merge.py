"""Records to papers: the same paper read twice is one paper.

Two records are the same paper if they share an arXiv id (versions do not count), a DOI, or a title of some length
after folding; different arXiv ids outweigh an equal title. The first record is kept, the others stay at hand as its
versions, so that a check can compare what they say. Two different papers under one id are both kept, the second under
an id of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from leaderboard.models import Paper, Rejection

ARXIV_ID = re.compile(
    r"""
    (?: arxiv \s* [:./] \s* | arxiv\.org/ (?:abs|pdf|html) / | ^ )
    (?P<id> \d{4} \. \d{4,5} | [a-z-]+ (?:\.[a-z]{2})? / \d{7} )
    (?: v \d+ )? (?! [\d.]*\d )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""An arXiv identifier in an id, a DOI or a URL, new style (2410.09918) or old (cs.CL/0501001)."""

ARXIV_VERSION = re.compile(r"(?P<name>(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})v\d+)$", re.IGNORECASE)
"""The same with its version, at the end of an id."""

DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/[^\s\"<>?#]+")
"""A digital object identifier in an id or a URL."""

SHORTEST_TITLE = 20
"""Folded titles shorter than this ("Introduction", "A survey") do not identify a paper."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Distinct papers in the order of reading, the further records of each by its id, and what was set aside."""

    papers: tuple[Paper, ...]
    versions: dict[str, tuple[Paper, ...]]
    rejections: tuple[Rejection, ...]


def merge(records: Iterable[Paper | Rejection]) -> Merged:
    """Sort records into papers, versions of papers, and rejections.

    A version gets the id of the paper it belongs to, so that its claims can be laid beside the paper's own.
    """
    kept: dict[str, Paper] = {}
    owner: dict[str, str] = {}
    versions: dict[str, list[Paper]] = {}
    rejections: list[Rejection] = []
    for record in records:
        if isinstance(record, Rejection):
            rejections.append(record)
            continue
        names = identities(record)
        home = _find(record, names, owner, kept)
        if home is not None:
            versions.setdefault(home, []).append(_version(record, home))
        else:
            home = _free_id(record.id, kept)
            kept[home] = replace(record, id=home)
            if home != record.id:
                rejections.append(_clash(record, kept[record.id], home))
        for name in names:
            owner.setdefault(name, home)
    return Merged(tuple(kept.values()), {key: tuple(value) for key, value in versions.items()}, tuple(rejections))


def identities(paper: Paper) -> tuple[str, ...]:
    """The names under which a paper is known, strongest first: "arxiv:...", "doi:...", "title:..."."""
    names: list[str] = []
    places = (paper.id, paper.url or "")
    for place in places:
        found = ARXIV_ID.search(place)
        if found:
            names.append("arxiv:" + found["id"].lower())
    for place in places:
        found = DOI.search(place)
        if found and "arxiv" not in found[0].lower():
            names.append("doi:" + found[0].lower().rstrip(".,;)"))
    title = fold_title(paper.title)
    if len(title) >= SHORTEST_TITLE:
        names.append("title:" + title)
    return tuple(dict.fromkeys(names))


def fold_title(title: str) -> str:
    """A title without case, accents, punctuation and space, so that two typings of it are equal."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    return "".join(character for character in plain if character.isalnum())


def _version(record: Paper, home: str) -> Paper:
    """A further record of a paper under that one's id; the version that its own id names is kept as its address."""
    named = ARXIV_VERSION.search(record.id)
    url = record.url or (f"https://arxiv.org/abs/{named['name']}" if named else None)
    return replace(record, id=home, url=url)


def _find(paper: Paper, names: tuple[str, ...], owner: dict[str, str], kept: dict[str, Paper]) -> str | None:
    """The id of the kept paper that this one is, or None."""
    for name in names:
        known = owner.get(name)
        if known is not None and not (name.startswith("title:") and _other_arxiv(names, identities(kept[known]))):
            return known
    twin = kept.get(paper.id)
    if twin is not None and (
        paper.abstract == twin.abstract or fold_title(paper.title) in {fold_title(twin.title), ""}
    ):
        return twin.id
    return None


def _other_arxiv(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether both sides have arXiv ids and none in common."""
    mine = {name for name in names if name.startswith("arxiv:")}
    theirs = {name for name in others if name.startswith("arxiv:")}
    return bool(mine and theirs and not mine & theirs)


def _free_id(taken: str, kept: dict[str, Paper]) -> str:
    """The id, with the first suffix "#2", "#3", ... that nobody has if it is taken."""
    free, number = taken, 2
    while free in kept:
        free, number = f"{taken}#{number}", number + 1
    return free


def _clash(record: Paper, first: Paper, new_id: str) -> Rejection:
    """The note that a second paper came under a taken id and was kept under another."""
    return Rejection(
        stage="source",
        source=record.source,
        record=record.record,
        paper_id=new_id,
        reason=f"the id {record.id!r} is taken by record {first.record}, {first.title[:80]!r}; kept as {new_id!r}",
        text=record.title[:200],
    )
