"""The only ways from a paper's words to a page, a link or a spreadsheet.

Words from papers are hostile until they pass through here: HTML is escaped, addresses are allowed only if they are
plain http(s), and cells that a spreadsheet would run as a formula get a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

__all__ = ["attribute", "cell", "escape", "heading", "plain", "to_csv", "url"]

FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What a spreadsheet takes for the start of a formula; the wide signs are taken so where East Asian text is set."""

LONGEST_URL = 2_000

FORBIDDEN = frozenset("\\\"'<>`\x7f" + "".join(map(chr, range(33))))
"""What of ASCII may not stand in a link: quotes, brackets, the backslash, space and control characters."""


def heading(text: str, level: int = 2) -> str:
    """`text` as an HTML heading, escaped, with control characters shown as spaces."""
    return f"<h{level}>{escape(plain(text))}</h{level}>"


def plain(text: str, longest: int = 300) -> str:
    """`text` on one line: control and direction-changing characters become spaces, cut at `longest`."""
    if len(text) <= longest and text.isprintable():
        return text  # nearly all: what can be printed holds none of them
    shown = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text[: longest + 1]
    )
    return shown if len(text) <= longest else shown[: longest - 1] + "…"


def attribute(text: str) -> str:
    """`text` escaped for an attribute that Streamlit's sanitizer keeps.

    It drops any whose text looks like the end of a comment or of a script, as a hostile name may; a word joiner, which
    nobody sees, makes it look like none.
    """
    return escape(_ENDS.sub("\u2060", text))


_ENDS = re.compile(r"(?<=[-\]!])(?=>)|(?<=<)(?=/)")
"""Where an end of a comment, a section or an element would be."""


def url(address: object) -> str | None:
    """`address` if it is a plain link to the web, else None.

    Allowed are `http` and `https` with a host, without user name or password, without control characters, spaces,
    quotes or backslashes, up to 2,000 characters.
    """
    if not isinstance(address, str) or len(address) > LONGEST_URL:
        return None
    if not FORBIDDEN.isdisjoint(address):
        return None
    if not address.isascii() and any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"} for c in address):
        return None
    try:
        parts = urlsplit(address)
        allowed = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        return None
    return address if allowed else None


def cell(value: object) -> object:
    """A spreadsheet cell: a text that would run as a formula (also after spaces) gets an apostrophe; numbers stay."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(FORMULA_STARTS):
        return "'" + value
    return value


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""A CSV file: UTF-8, one header line, missing values empty, texts neutralised by `cell`.

    Lines end in `\r\n`, as the format says and so that a lone one of either within a text is quoted.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if missing(value) else cell(value) for value in row])
    return out.getvalue().encode("utf-8", "replace")


def missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or pandas' NA, without importing pandas."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(value, float) and math.isnan(value)
