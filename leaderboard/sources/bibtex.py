"""BibTeX: entries with an `abstract` field.

The abstract is taken as it stands in its field, braces and commands included, so that offsets hold; the title is turned
into plain text. The citation key is the id. An entry that cannot be parsed is set aside, as is one without an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING

from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import paper_or_rejection, rejection

if TYPE_CHECKING:
    from pybtex.scanner import PybtexSyntaxError

ENTRY_TYPES = (
    "article", "book", "booklet", "collection", "conference", "dataset", "electronic", "inbook", "incollection",
    "inproceedings", "journal", "manual", "mastersthesis", "misc", "online", "patent", "phdthesis", "preprint",
    "proceedings", "report", "software", "techreport", "thesis", "unpublished", "string", "preamble", "comment",
)  # fmt: skip
"""What may stand behind the @ of an entry in files that people really have."""

_START = re.compile(rf"^\s*@\s*(?:{'|'.join(ENTRY_TYPES)})\s*[{{(]", re.IGNORECASE | re.MULTILINE)
_ANY_ENTRY = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
_LINE_START = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")


def sniff(head: str, name: str) -> float:
    """Sure of a line that opens an entry of a known type."""
    hint = 0.05 if name.endswith((".bib", ".bibtex")) else 0.0
    if _START.match(head):
        return 0.9 + hint
    return 0.65 + hint if _START.search(head) else 4 * hint


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Read the file entry by entry; abbreviations (`@string`) hold for the entries after them."""
    from pybtex.database.input.bibtex import month_names  # noqa: PLC0415 - every command asks for the format of its input
    from pybtex.utils import CaseInsensitiveDict  # noqa: PLC0415

    macros: MutableMapping[str, str] = CaseInsensitiveDict(month_names)
    number, line = 0, 1
    for piece in _pieces(lines):
        for entry in _entries(piece, macros):
            number += 1
            if isinstance(entry, str):
                yield rejection(source, number, entry, piece)
            else:
                made = paper_or_rejection(entry, source, number)
                place = piece.find(made.abstract) if isinstance(made, Paper) else -1
                if isinstance(made, Paper) and place >= 0:
                    column = place - piece.rfind("\n", 0, place)
                    made = replace(made, line=line + piece.count("\n", 0, place), column=column)
                yield made
        line += piece.count("\n")


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """The file cut before every line that opens an entry, so that an entry never closed loses only itself."""
    piece: list[str] = []
    for line in lines:
        if _LINE_START.match(line) and piece:
            yield "".join(piece)
            piece = []
        piece.append(line)
    if piece:
        yield "".join(piece)


def _entries(piece: str, macros: MutableMapping[str, str]) -> Iterator[dict[str, object] | str]:
    """The fields of the entries in a piece; for an entry that cannot be parsed, the reason."""
    from pybtex.database.input.bibtex import LowLevelParser  # noqa: PLC0415 - as above
    from pybtex.scanner import PybtexSyntaxError  # noqa: PLC0415

    place = 0
    while place < len(piece):
        opening = _ANY_ENTRY.search(piece, place)
        if opening is None:
            return
        parser = LowLevelParser(piece[opening.start() :], macros=macros, handle_error=_pass_over_unknown_abbreviation)
        try:
            for command, content in parser:
                if command.lower() not in ("string", "preamble"):
                    yield _fields(*content)
        except (PybtexSyntaxError, RecursionError) as error:
            yield f"not valid BibTeX ({str(error).partition(chr(10))[0]})"
            failed = opening.start() + (parser.command_start or 0)
            place = failed + 1
        else:
            return


def _pass_over_unknown_abbreviation(error: PybtexSyntaxError) -> None:
    """A journal's abbreviation that the file does not explain is no reason to lose the paper."""
    from pybtex.database.input.bibtex import UndefinedMacro  # noqa: PLC0415 - as above

    if not isinstance(error, UndefinedMacro):
        raise error


def _fields(key: str, pairs: list[tuple[str, list[str]]]) -> dict[str, object]:
    """The entry as a record; of a field given twice the first counts."""
    fields: dict[str, object] = {"id": key}
    for name, parts in pairs:
        fields.setdefault(name.lower(), "".join(parts))
    fields["id"] = key
    fields["title"] = _plain(str(fields.get("title", "")))
    for name in ("url", "link", "doi"):
        if name in fields:
            fields[name] = (
                str(fields[name]).replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("\\#", "#")
            )
    if "arxiv" not in str(fields.get("archiveprefix", fields.get("eprinttype", "arxiv"))).lower():
        fields.pop("eprint", None)
    return fields


def _plain(title: str) -> str:
    """A LaTeX title as plain text; as it stands, without its braces, where its LaTeX is broken."""
    from pybtex.richtext import Text  # noqa: PLC0415 - as above
    from pybtex.scanner import PybtexSyntaxError  # noqa: PLC0415

    try:
        return str(Text.from_latex(title).render_as("text"))
    except (PybtexSyntaxError, ValueError, RecursionError):
        return title.replace("{", "").replace("}", "")
