"""Downloads explain and cite themselves, are safe to open, and are the same every time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import bundles, corrections, dictionary, downloads, listing, quality, reports, safe, store
from dashboard.state import State
from dashboard.store import Build
from dashboard.views import benchmark, compare, sanity, trends

CITED = "Claims leaderboard 1, snapshot abc."


@pytest.fixture(scope="module")
def build(folder: Path) -> Iterator[Build]:
    opened = store.open_build(folder)
    yield opened
    opened.close()


def opened(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_bundle_holds_rows_dictionary_and_citation() -> None:
    files = opened(bundles.bundle("board", ["rank", "model"], [(1, "=1+1"), (2, None)], CITED))
    assert read(files["board.csv"]) == [["rank", "model"], ["1", "'=1+1"], ["2", ""]]
    assert [row[0] for row in read(files["DICTIONARY.csv"])] == ["column", "rank", "model"]
    assert files["CITATION.txt"] == CITED + "\n"


def test_equal_rows_make_equal_bundles() -> None:
    assert bundles.bundle("a", ["rank"], [(1,)], CITED) == bundles.bundle("a", ["rank"], [(1,)], CITED)


def test_a_column_that_nobody_explained_is_an_error() -> None:
    with pytest.raises(KeyError):
        bundles.bundle("a", ["mystery"], [], CITED)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)))
def test_long_tables_are_neutralised_like_short_ones(texts: list[str]) -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], names=["model"])
    files = opened(bundles.bundle_arrow("long", [batch], ["model"], CITED))
    got = [row[0] if row else "" for row in read(files["long.csv"])[1:]]
    assert got == [str(safe.cell(text)) for text in texts]


def test_the_whole_table_can_be_had_in_both_forms(build: Build) -> None:
    files = opened(bundles.bundle_arrow("claims", build.batches(downloads.CLAIMS), store.claim_columns(build), CITED))
    rows = read(files["claims.csv"])
    assert rows[0] == store.claim_columns(build)
    assert len(rows) == 1 + 246
    assert not any(cell.startswith(("=", "@", "+", "-")) for row in rows[1:] for cell in row)
    table = pq.read_table(io.BytesIO(bundles.parquet(build.batches(downloads.CLAIMS), CITED)))
    assert table.num_rows == 246
    assert table.schema.metadata[b"citation"].decode() == CITED
    assert all(field.metadata[b"description"] for field in table.schema)


def test_every_column_that_is_handed_out_is_explained(build: Build) -> None:
    found = listing.boards(build, State())
    columns = {
        *store.claim_columns(build),
        *benchmark.CSV_COLUMNS,
        *compare.CSV_COLUMNS,
        *trends.ROW_COLUMNS,
        *sanity.CSV_COLUMNS,
        *found.drop(columns=["trend"]).columns,
        *reports.coverage(build).columns,
        *quality.missing(build).columns,
        *quality.benchmark_names(build).columns,
        *corrections.every(build).columns,
        *("previous", "gain"),
    }
    assert columns <= set(dictionary.FIELDS)
    assert set(dictionary.FIELDS) <= columns | {"flag", "year"}, "an entry that explains no column"


def test_a_citation_names_the_whole_snapshot_and_survives_hostile_names() -> None:
    about = {"version": "0.1.0", "snapshot": "f" * 64}
    assert "f" * 64 in bundles.citation(about, "http://127.0.0.1/?q=1", "a\nb")
    assert "\n" not in bundles.citation(about, "x", "a\nb")
    entry = bundles.bibtex(about, "http://127.0.0.1/?a=b&c=d", "}\\input{x} 50% & more_")
    assert entry.startswith("@misc{claims-leaderboard-ffffffffffff,")
    assert "\\input" not in entry
    assert "50\\% \\& more\\_" in entry
    assert entry.count("{") == entry.count("}")
