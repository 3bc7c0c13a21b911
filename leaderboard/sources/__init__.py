"""Input formats: files, folders, globs and standard input, turned into papers.

One public module per format. Each has a docstring (its documentation) and two functions:

- `sniff(head, name)`: how sure it is, from 0 (no) to 1, that an input with these first few KB is of its format; the
  file's name decides only between formats that are about equally likely by content;
- `read(lines, source)`: the papers and rejections of one input, as a stream.
"""

from __future__ import annotations

import difflib
import hashlib
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

from leaderboard.errors import UnknownName, UnreadableSource
from leaderboard.models import Paper, Rejection
from leaderboard.plugins import discover
from leaderboard.sources._inputs import Input, Lines, binary, expand, head
from leaderboard.sources._records import NOT_UTF8, rejection

LATIN_1_REMEDY = "save it as UTF-8, for example with iconv -f LATIN1 -t UTF-8"
"""What to do with a file in which no record is UTF-8."""


def formats() -> dict[str, ModuleType]:
    """The input formats by name, which is the module's file name."""
    return discover(sys.modules[__name__])


def read(inputs: Sequence[str], *, format: str | None = None) -> Iterator[Paper | Rejection]:  # noqa: A002
    """Read the papers of files, folders, globs and "-" (standard input), in the order given, folders sorted.

    The format of each input is recognised from its first few KB; `format` names one for all ("json_lines" or
    "json-lines"). A record that cannot be used comes as a `Rejection`, as does a file without any paper found in a
    folder or by a glob. All inputs are opened and recognised before the first record is handed out.

    Raises:
        UnreadableSource: an input yields nothing at all: missing, empty, binary, wrongly encoded, of no known format.
        UnknownName: there is no such format.
    """
    forced = _format_named(format) if format is not None else None
    recognised: list[tuple[Input, ModuleType | None, Rejection | None]] = []
    last: UnreadableSource | None = None
    for one in expand(inputs):
        try:
            text = head(one.source)
        except UnreadableSource as error:
            if one.named:
                raise
            last = error
            recognised.append((one, None, rejection(one.source, 0, f"{error.problem}; {error.remedy}")))
        else:
            recognised.append((one, forced or _recognise(text, one.source), None))
    if last is not None and all(module is None for _, module, _ in recognised):
        raise UnreadableSource(
            ", ".join(inputs),
            f"nothing readable among {len(recognised)} file(s); the last, {last.path}: {last.problem}",
            last.remedy,
        )
    return _stream(recognised)


def digest(inputs: Sequence[str]) -> list[tuple[str, str]]:
    """Name and SHA-256 (hexadecimal, of the bytes as stored) of every file that `read` would read, in the same order.

    Raises:
        UnreadableSource: an input is missing or cannot be opened.
    """
    digests = []
    for one in expand(inputs):
        with binary(one.source) as stream:
            sha = hashlib.sha256()
            while chunk := stream.read(1 << 20):
                sha.update(chunk)
        digests.append((one.source, sha.hexdigest()))
    return digests


def _format_named(name: str) -> ModuleType:
    known = formats()
    folded = name.strip().lower().replace("-", "_")
    if folded not in known:
        raise UnknownName("format", name, difflib.get_close_matches(folded, known, 3, 0.4) or sorted(known))
    return known[folded]


def _recognise(text: str, source: str) -> ModuleType:
    """The format that is surest of this text. Plain text is never quite unsure, so there always is one."""
    name = source.lower().removesuffix(".gz")
    return max(formats().values(), key=lambda module: float(module.sniff(text, name)))


def _stream(recognised: Sequence[tuple[Input, ModuleType | None, Rejection | None]]) -> Iterator[Paper | Rejection]:
    for one, module, refused in recognised:
        if refused is not None:
            yield refused
        if module is None:
            continue
        try:
            yield from _one(one.source, module)
        except UnreadableSource as error:
            if one.named:
                raise
            yield rejection(one.source, 0, f"{error.problem}; {error.remedy}")


def _one(source: str, module: ModuleType) -> Iterator[Paper | Rejection]:
    """The records of one input; raises UnreadableSource if it has none, or none in UTF-8."""
    lines = Lines(source)
    held: list[Rejection] = []  # records that are not UTF-8, until a paper shows that the file as a whole is
    papers = others = 0
    for record in module.read(lines, source):
        if isinstance(record, Rejection) and record.reason == NOT_UTF8 and not papers + others:
            held.append(record)
            continue
        papers += isinstance(record, Paper)
        others += isinstance(record, Rejection)
        yield from held
        held.clear()
        yield record
    if held:
        raise UnreadableSource(source, "the file is not in UTF-8", LATIN_1_REMEDY)
    if lines.problem is not None:
        yield rejection(source, papers + others + 1, lines.problem)
    elif not papers + others:
        raise UnreadableSource(
            source, f"no paper found in it, read as {_spoken(module)}", "name its format with --from"
        )


def _spoken(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2].replace("_", " ")
