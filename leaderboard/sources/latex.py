r"""LaTeX: the abstracts of a document, from `\begin{abstract}` or `\abstract{...}`.

What is not read as text becomes spaces of the same length: comments, citations, references, ties. So the lines of a
claim are those of the file. Commands that the document defines without arguments ("\ours") are written out; only then
do the offsets on a line differ from the file's. A file named for its abstract (`abstract.tex`) that holds no such
command is one abstract as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from leaderboard.models import Paper, Rejection
from leaderboard.sources._records import paper_or_rejection, rejection
from leaderboard.sources._whole import whole

LARGEST = 1 << 25
"""Characters of the largest document that is read."""

ENVIRONMENTS = ("abstract", "onecolabstract", "Abstract")
"""Environments that hold an abstract, each also with a star."""

SILENT = (
    "cite", "citep", "citet", "citealp", "citealt", "citeauthor", "citeyear", "citeyearpar", "parencite", "textcite",
    "autocite", "footcite", "footnote", "footnotemark", "footnotetext", "thanks", "label", "ref", "cref", "Cref",
    "autoref", "eqref", "pageref", "url", "input", "include", "includegraphics", "vspace", "hspace", "begin", "end",
    "color", "textcolor", "todo",
)  # fmt: skip
"""Commands whose first argument is no part of the running text; optional arguments before it go with it."""

DEPTH = 5
"""How often a definition may use another one."""

_NAMES = "|".join(ENVIRONMENTS)
_START = re.compile(rf"^\s*\\(?:documentclass\b|begin\s*\{{(?:{_NAMES})\*?\}}|abstract\s*\{{)", re.MULTILINE)
_ABSTRACT = re.compile(
    rf"\\begin\s*\{{(?P<name>(?:{_NAMES})\*?)\}}(?:\s*\[[^\]\n]*\])?|\\(?:abstract|ABSTRACT)\s*(?=\{{)"
)
_COMMENT = re.compile(r"\\.|%[^\n]*", re.DOTALL)
_DEAD = re.compile(r"\\begin\s*\{comment\}.*?\\end\s*\{comment\}|\\iffalse\b.*?\\fi\b", re.DOTALL)
_TIE = re.compile(r"\\.|~", re.DOTALL)
_SILENT = re.compile(
    rf"\\(?:{'|'.join(sorted(SILENT, key=len, reverse=True))})\*?(?![A-Za-z])\s*(?:\[[^\]]*\]\s*)*(?=\{{)"
)
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\s*\*?\s*(?:\{\s*\\(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))\s*(?=\{)"
    r"|\\def\s*\\(?P<defined>[A-Za-z]+)\s*(?=\{)"
)
_INPUT_ONLY = re.compile(r"\s*\\(?:input|include)\s*\{(?P<file>[^{}]*)\}\s*")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*|\\(?=[%$&_#{}])|\\.|[{}]")


def sniff(head: str, name: str) -> float:
    """Sure of a document class or an abstract; a file called .tex is LaTeX unless it is clearly something else."""
    named = name.endswith((".tex", ".ltx", ".latex"))
    if _START.search(head):
        return 0.95 if named else 0.85
    return 0.3 if named else 0.0


def read(lines: Iterable[str], source: str) -> Iterator[Paper | Rejection]:
    """Read the abstracts of a document in their order; the document's title is that of each."""
    text = whole(lines, source, LARGEST, what="a LaTeX file", remedy="give the abstract alone")
    live = _COMMENT.sub(lambda match: _blank(match[0]) if match[0][0] == "%" else match[0], text)
    live = _DEAD.sub(lambda match: _blank(match[0]), live)
    title = _title(live)
    definitions = dict(_definitions(live))
    number = 0
    for start, end in _bodies(live):
        number += 1
        body = live[start:end]
        elsewhere = _INPUT_ONLY.fullmatch(body)
        if elsewhere:
            reason = f"no abstract: it stands in another file ({elsewhere['file'].strip()}); give that file"
            yield rejection(source, number, reason, title)
        elif body.strip():
            yield _paper(live, (start, end), title, definitions, (source, number))
    if not number and "abstract" in source.rpartition("/")[2].lower() and live.strip() and not _START.search(live):
        yield _paper(live, (0, len(live)), title, definitions, (source, 1))
    elif not number:
        yield rejection(source, 1, "no abstract: the document has no \\begin{abstract} and no \\abstract{...}", title)


def _paper(
    live: str, span: tuple[int, int], title: str, definitions: Mapping[str, str], record: tuple[str, int]
) -> Paper | Rejection:
    """The abstract between two places as a paper, with the place of its first word."""
    body = live[slice(*span)]
    start = span[0] + len(body) - len(body.lstrip())
    written = _written_out(body.strip(), definitions)
    made = paper_or_rejection({"title": title, "abstract": _quiet(written)}, *record)
    if isinstance(made, Paper):
        column = start - live.rfind("\n", 0, start) if written == body.strip() else 0
        return replace(made, line=1 + live.count("\n", 0, start), column=column)
    return made


def _bodies(live: str) -> Iterator[tuple[int, int]]:
    """Where the abstracts stand: from behind the opening to before the closing, or to the end of the text."""
    place = 0
    while opening := _ABSTRACT.search(live, place):
        if opening["name"]:
            start = opening.end()
            end = live.find(f"\\end{{{opening['name']}}}", start)
        else:
            start = opening.end() + 1
            end = _closing(live, opening.end())
        end = len(live) if end < 0 else end
        yield start, end
        place = end


def _closing(text: str, opening: int) -> int:
    """The place of the brace that closes the one at `opening`, or -1."""
    depth, place = 0, opening
    while place < len(text):
        sign = text[place]
        if sign == "\\":
            place += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return place
        place += 1
    return -1


def _title(live: str) -> str:
    r"""The text of `\title{...}`, without its commands; "" if there is none."""
    match = re.search(r"\\(?:icml)?title(?:\s*\[[^\]]*\])?\s*(?=\{)", live)
    end = _closing(live, match.end()) if match else -1
    if match is None or end < 0:
        return ""
    return " ".join(_COMMAND.sub("", _quiet(live[match.end() + 1 : end]).replace("\\\\", " ")).split())


def _definitions(live: str) -> Iterator[tuple[str, str]]:
    """The commands without arguments that the document defines, with their text; long ones are layout, not words."""
    for match in _DEFINITION.finditer(live):
        end = _closing(live, match.end())
        body = live[match.end() + 1 : end] if end >= 0 else ""
        text = body.replace("\\xspace", "").replace("\\ensuremath", "").replace("\n", " ").strip()
        if text and "#" not in text and len(text) <= 120:
            yield match["braced"] or match["bare"] or match["defined"], text


def _written_out(body: str, definitions: Mapping[str, str]) -> str:
    """The body with the document's own commands replaced by what they stand for."""
    if not definitions:
        return body
    names = "|".join(sorted(map(re.escape, definitions), key=len, reverse=True))
    use = re.compile(rf"\\(?P<name>{names})(?![A-Za-z])(?:\s*\{{\}})?")
    for _ in range(DEPTH):
        longer = use.sub(lambda match: definitions[match["name"]], body)
        if longer == body or len(longer) > 4 * len(body) + 1000:
            return body
        body = longer
    return body


def _quiet(body: str) -> str:
    """The body with what is no running text as spaces of the same length, and ties as spaces."""
    body = _TIE.sub(lambda match: " " if match[0] == "~" else match[0], body)
    pieces, place = [], 0
    while match := _SILENT.search(body, place):
        end = _closing(body, match.end())
        end = len(body) if end < 0 else end + 1
        pieces += [body[place : match.start()], _blank(body[match.start() : end])]
        place = end
    return "".join((*pieces, body[place:]))


def _blank(text: str) -> str:
    """Spaces in place of the text, its line ends kept."""
    return re.sub(r"[^\r\n]", " ", text)
