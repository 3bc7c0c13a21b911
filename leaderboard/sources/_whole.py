"""A format that must be read as one piece: the whole text, up to a limit."""

from __future__ import annotations

from collections.abc import Iterable

from leaderboard.errors import UnreadableSource


def whole(lines: Iterable[str], source: str, most: int, *, what: str, remedy: str) -> str:
    """The lines as one text; `UnreadableSource` as soon as it has more than `most` characters.

    `what` names the kind of file in that error ("a LaTeX file"), `remedy` says what to give instead.
    """
    parts, size = [], 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > most:
            raise UnreadableSource(source, f"{what} of more than {most >> 20} MiB", remedy)
    return "".join(parts)
