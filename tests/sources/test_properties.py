"""Whatever the bytes, reading gives papers, rejections or a LeaderboardError, and loses no character of an abstract."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from leaderboard import sources
from leaderboard.errors import LeaderboardError
from leaderboard.models import Paper, Rejection

OPENINGS = (
    b"", b"\xef\xbb\xbf", b"{", b'{"title": "a", "abstract": "b"}\n', b'[{"abstract": "', b"[" * 3000,
    b"title,abstract\n", b"@article{a, abstract={", b"@article{a, title={}}\n@", b"Title\n\n", b'id,abstract\n1,"',
    b'{"results": [', b"\x1f\x8b",
)  # fmt: skip
"""How an input of each format starts, whole or broken, so that what follows reaches its reader."""

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=200).filter(str.strip)


def records(data: bytes, name: str = "given", chosen: str | None = None) -> list[Paper | Rejection]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return list(sources.read([str(path)], format=chosen))


@given(st.sampled_from(OPENINGS), st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_reading_any_bytes_raises_nothing_of_its_own(opening: bytes, rest: bytes) -> None:
    for data in (opening + rest, gzip.compress(opening + rest), gzip.compress(opening + rest)[:-5]):
        try:
            found = records(data)
        except LeaderboardError as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            for one in found:
                repr(one).encode()


@given(st.sampled_from(OPENINGS), st.binary(max_size=200), st.sampled_from(sorted(sources.formats())))
def test_no_format_breaks_on_bytes_of_another(opening: bytes, rest: bytes, chosen: str) -> None:
    try:
        found = records(opening + rest, chosen=chosen)
    except LeaderboardError:
        return
    assert all(isinstance(one, Paper | Rejection) for one in found)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_abstracts_come_back_as_they_were(pairs: list[tuple[str, str]]) -> None:
    rows = [{"id": f"n{n}", "title": title, "abstract": abstract} for n, (title, abstract) in enumerate(pairs)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    document = json.dumps({"papers": rows}, indent=2, ensure_ascii=False).replace("\0", "\\u0000").encode()
    wanted = [abstract for _, abstract in pairs]
    for data in (lines, document):
        assert [one.abstract for one in records(data) if isinstance(one, Paper)] == wanted


@given(st.lists(TEXTS.filter(lambda text: "\0" not in text), min_size=1, max_size=5))
def test_abstracts_come_back_from_a_table(abstracts: list[str]) -> None:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["title", "abstract"])
    writer.writerows(["Owl", abstract] for abstract in abstracts)
    assert [one.abstract for one in records(table.getvalue().encode()) if isinstance(one, Paper)] == abstracts
