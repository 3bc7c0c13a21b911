"""From the fields of one input record, whatever its format calls them, to a `Paper` or a `Rejection`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from leaderboard.models import Paper, Rejection
from leaderboard.sources._dates import arxiv_month, canonical_date, month_number

ID_FIELDS = (
    "id", "paperid", "arxivid", "arxiv", "doi", "uid", "key", "citationkey", "corpusid", "openalexid", "forum",
)  # fmt: skip
"""Names of the field that identifies a record, folded (see `fold`), most specific first."""

TITLE_FIELDS = ("title", "papertitle", "name", "headline", "displayname")
"""Names of the field with the title."""

ABSTRACT_FIELDS = ("abstract", "abstracttext", "paperabstract", "summary", "description", "text")
"""Names of the field with the abstract."""

URL_FIELDS = ("url", "link", "paperurl", "absurl", "entryid", "landingpageurl", "htmlurl", "sourceurl", "pdfurl", "pdf")
"""Names of the field with a link to the paper; the page of the paper before its PDF."""

DATE_FIELDS = (
    "date", "published", "publicationdate", "publisheddate", "publishedat", "datepublished", "submitted",
    "submissiondate", "created", "year", "publicationyear", "updated", "updatedate",
)  # fmt: skip
"""Names of the field with the date; the day of publication before the day of a change."""

NESTED_FIELDS = ("paper", "content", "attributes", "metadata", "article", "source")
"""Fields that hold the record one level down, as some web services wrap it."""

LONGEST_URL = 2000
"""Characters; browsers refuse or cut longer addresses."""

EXCERPT = 200
"""Characters of a set-aside record that its rejection keeps."""

NOT_UTF8 = "bytes that are not UTF-8, or half of a surrogate pair; save the file as UTF-8"
"""The reason for setting aside a record whose text cannot be trusted character by character."""

_ARXIV = re.compile(
    r"(?:arxiv:\s*|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)?(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)(?:\.pdf)?", re.IGNORECASE
)
_OLD_ARXIV = re.compile(
    r"(?:arxiv:\s*|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)(?P<id>[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?)(?:\.pdf)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(?P<id>10\.\d{4,9}/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def paper_or_rejection(fields: Mapping[str, object], source: str, record: int) -> Paper | Rejection:
    """Make a `Paper` of a record's fields, or say why that is impossible.

    `fields` are as the format gives them; `source` and `record` tell where they stood. The abstract is taken exactly as
    it is, because claims are offsets into it. Without an id of its own the paper gets one made from its title.
    """
    folded = _flatten(fields)
    identifier, title, abstract = (_first(folded, names) for names in (ID_FIELDS, TITLE_FIELDS, ABSTRACT_FIELDS))
    if not abstract.strip():
        known = ", ".join(sorted(folded)[:8])
        reason = f"no abstract (fields: {known})" if known else "no abstract: the record is empty"
        return rejection(source, record, reason, title, identifier or None)
    if any(map(_SURROGATE.search, (identifier, title, abstract))):
        return rejection(source, record, NOT_UTF8, title or abstract, identifier or None)
    title, identifier = clean_line(title), clean_line(identifier)
    arxiv = _arxiv_id(folded, identifier)
    return Paper(
        id=identifier or made_id(title, abstract),
        title=title,
        abstract=abstract,
        url=_url(folded, identifier, arxiv),
        date=_date(folded) or (arxiv_month(arxiv) if arxiv else None),
        source=source,
        record=record,
    )


def rejection(source: str, record: int, reason: str, text: str = "", paper_id: str | None = None) -> Rejection:
    """A record set aside by a source, with an excerpt of it that can be written anywhere."""
    excerpt = clean_line(encodable(text[: 2 * EXCERPT]))[:EXCERPT]
    name = clean_line(encodable(paper_id)) if paper_id else None
    return Rejection("source", source, record, name or None, encodable(reason), excerpt)


def encodable(text: str) -> str:
    """The text with what UTF-8 cannot hold replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clean_line(text: str) -> str:
    """The text on one line: control and direction characters become spaces, runs of space one space."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def made_id(title: str, abstract: str = "") -> str:
    """An id for a record that has none: the same title gives the same id, whatever its case, marks and spaces."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", title).casefold())
    digest = hashlib.sha256((" ".join(words) or abstract.strip()).encode("utf-8", "replace")).hexdigest()
    return f"{'title' if words else 'text'}-{digest[:12]}"


def fold(name: str) -> str:
    """A field name without case, spaces and marks: "Paper_ID" and "paper id" are "paperid"."""
    return re.sub(r"[\W_]+", "", name).lower()


def _flatten(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields by folded name; those of a wrapped record come after the record's own."""
    folded: dict[str, object] = {}
    for name, value in fields.items():
        folded.setdefault(fold(name), value)
    for name in NESTED_FIELDS:
        inner = folded.get(name)
        if isinstance(inner, Mapping):
            # The inner record is the paper; the wrapper's own "title" or "id" may speak of something else.
            folded |= {fold(str(key)): value for key, value in inner.items()}
    return folded


def _text(value: object) -> str:
    """A field's value as text: a number as printed, `{"value": x}` as x, the first of a list; "" for anything else."""
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if abs(value) < 1e18 else ""
    return value if isinstance(value, str) else ""


def _first(folded: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first of these fields that says something."""
    return next((text for name in names if (text := _text(folded.get(name))).strip()), "")


def _arxiv_id(folded: Mapping[str, object], identifier: str) -> str | None:
    """The arXiv id that the record states in a field for it, in its id, or in its link."""
    stated = _first(folded, ("arxivid", "arxiv", "eprint")).strip()
    for text in (stated, f"arxiv:{stated}", identifier, _first(folded, URL_FIELDS).strip()):
        match = _ARXIV.fullmatch(text) or _OLD_ARXIV.fullmatch(text)
        if match:
            return match["id"]
    return None


def _url(folded: Mapping[str, object], identifier: str, arxiv: str | None) -> str | None:
    """The first link that is safe to show, else one made from the arXiv id or the DOI."""
    for name in URL_FIELDS:
        link = safe_url(_text(folded.get(name)))
        if link:
            return link
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    for candidate in (_text(folded.get("doi")), identifier):
        match = _DOI.fullmatch(candidate.strip())
        if match:
            return safe_url(f"https://doi.org/{match['id']}")
    return None


def safe_url(printed: str) -> str | None:
    """The link, if it is http or https with a host and has no credentials, spaces or control characters; else None."""
    text = printed.strip()
    if not text or len(text) > LONGEST_URL or _UNPRINTABLE.search(text) or _SURROGATE.search(text):
        return None
    if any(character.isspace() or character in '<>"\\^`{|}' for character in text):
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:  # a port that is no number, a bracket without its pair
        return None
    return text if usable else None


def _date(folded: Mapping[str, object]) -> str | None:
    """The first field that is a date; a year with a month field beside it is a month."""
    for name in DATE_FIELDS:
        date = canonical_date(_text(folded.get(name)))
        month = month_number(_text(folded.get("month"))) if date and len(date) == 4 else None
        if date:
            return f"{date}-{month:02d}" if month else date
    return None
