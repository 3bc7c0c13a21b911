"""Data files are parsed once, and what is kept of them never outlives them."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pytest

from leaderboard import knowledge
from leaderboard.errors import BadDataFile


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file in a folder where compiled files may be kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "owls.toml"
    file.write_text("[barn]\nname = 'Barn Owl'\nsizes = [1, 2.5]\n", encoding="utf-8")
    return file


def kept(path: Path) -> list[Path]:
    return sorted((path.parent / "__pycache__").glob("*"))


def test_the_second_reading_does_not_parse(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = knowledge.tables(path)
    assert [place.suffix for place in kept(path)] == [knowledge.SUFFIX]
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("parsed again"))
    assert knowledge.tables(path) == first == {"barn": {"name": "Barn Owl", "sizes": [1, 2.5]}}


def test_a_changed_file_is_read_again(path: Path) -> None:
    knowledge.tables(path)
    path.write_text("[barn]\nname = 'Tawny Ow'\nsizes = [1, 2.5]\n", encoding="utf-8")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    assert knowledge.tables(path)["barn"]["name"] == "Tawny Ow"
    assert knowledge.tables(path)["barn"]["name"] == "Tawny Ow"


def test_what_is_derived_lasts_until_a_source_changes(path: Path) -> None:
    code = path.with_name("owls.py")
    code.write_text("pass\n", encoding="utf-8")
    runs = []

    def sizes() -> dict[str, tuple[float, ...]]:
        runs.append(1)
        return {"sizes": tuple(knowledge.tables(path)["barn"]["sizes"])}

    def once() -> object:
        return knowledge.derived(path.with_name("sizes.derived"), (path, code), sizes)

    assert once() == once() == {"sizes": (1, 2.5)}
    assert len(runs) == 1
    os.utime(code, ns=(code.stat().st_atime_ns, code.stat().st_mtime_ns + 1))
    assert once() == {"sizes": (1, 2.5)}
    assert len(runs) == 2


@pytest.mark.parametrize("damage", [b"", b"\x00", b"(\x02\x00", b"not compiled by anything"])
def test_a_damaged_copy_is_made_anew(path: Path, damage: bytes) -> None:
    first = knowledge.tables(path)
    (place,) = kept(path)
    whole = place.read_bytes()
    place.write_bytes(damage)
    assert knowledge.tables(path) == first
    assert place.read_bytes() == whole


def test_nothing_is_kept_where_python_keeps_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert knowledge.tables(path)["barn"]["name"] == "Barn Owl"
    assert kept(path) == []


def test_what_cannot_be_kept_is_read_all_the_same(path: Path) -> None:
    (path.parent / "__pycache__").write_text("a file in its place", encoding="utf-8")
    assert knowledge.tables(path)["barn"]["name"] == "Barn Owl"
    (path.parent / "__pycache__").unlink()
    path.write_text("day = 2026-11-30\n", encoding="utf-8")
    assert knowledge.tables(path)["day"].year == 2026
    assert kept(path) == []


@pytest.mark.parametrize(
    ("content", "problem"), [(None, "does not exist"), (b"\xff\xfe", "is not UTF-8"), (b"a = ", "is not TOML")]
)
def test_a_bad_file_is_named(path: Path, content: bytes | None, problem: str) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(BadDataFile, match=problem) as caught:
        knowledge.tables(path)
    assert "owls.toml" in str(caught.value)
