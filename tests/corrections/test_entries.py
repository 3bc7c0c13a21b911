"""Corrections files: what is refused, with the file, the entry and the remedy, and where files are found."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from leaderboard import corrections
from leaderboard.corrections.entries import Alias, Fix, Merge
from leaderboard.errors import BadDataFile
from leaderboard.registry import Registry

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "corrections" / "refused.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_no_correction_is_refused_with_entry_and_remedy(
    case: dict[str, Any], tmp_path: Path, invented: Registry
) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(case["text"], encoding="utf-8")
    with pytest.raises(BadDataFile) as refused:
        corrections.plan(corrections.read([path]), invented)
    message = str(refused.value)
    assert message.startswith(f"{path}: {case['says'][0]}")
    assert all(words in message for words in case["says"]), message
    assert "\n" not in message


@pytest.mark.parametrize("data", [b"\xff\xfe[", None], ids=["not UTF-8", "missing"])
def test_a_file_that_cannot_be_read_is_named(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadDataFile, match=r"mine\.toml: corrections: .*; (check its name|save it as UTF-8)"):
        corrections.read([path])


def test_entries_keep_their_file_their_number_and_who_said_so(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(
        "[[merge]]\nkind = 'model'\nnames = ['Foo']\ninto = 'Bar'\nreason = 'r'\n"
        "[[fix]]\npaper = 'p1'\nnumber = ' 84.0% '\nset.value = 84\ndrop = ['subject']\n"
        "reason = ' it says so '\nby = 'A. Reader'\ndate = 2026-11-25\n"
    )
    other.write_text("[[alias]]\nkind = 'metric'\nalias = 'precise'\nof = 'accuracy'\nreason = 'r'")
    found = corrections.read([one, other]).entries
    assert [(Path(placed.source).name, placed.name) for placed in found] == [
        ("one.toml", "merge 1"),
        ("one.toml", "fix 1"),
        ("other.toml", "alias 1"),
    ]
    merge, fix, alias = (placed.entry for placed in found)
    assert isinstance(merge, Merge)
    assert isinstance(alias, Alias)
    assert isinstance(fix, Fix)
    assert (fix.number, fix.reason, fix.by, fix.date) == ("84.0%", "it says so", "A. Reader", dt.date(2026, 11, 25))
    assert (dict(fix.values.given), fix.drop) == ({"value": 84.0}, ("subject",))


def test_an_empty_file_corrects_nothing(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").touch()
    assert corrections.read([tmp_path / "corrections.toml"]) == corrections.NONE


class TestBeside:
    def test_next_to_a_file_in_a_folder_and_by_a_pattern_each_once(self, tmp_path: Path) -> None:
        for name in ("a", "b", "c"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "papers.jsonl").touch()
            (tmp_path / name / "corrections.toml").touch()
        given = [str(tmp_path / "a" / "papers.jsonl"), str(tmp_path / "a"), str(tmp_path / "[bc]" / "*.jsonl")]
        assert corrections.beside(given) == tuple(tmp_path / name / "corrections.toml" for name in "abc")

    def test_not_where_there_is_none_nor_beside_standard_input(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "papers.jsonl").touch()
        (tmp_path / "here").mkdir()
        (tmp_path / "here" / "corrections.toml").touch()
        monkeypatch.chdir(tmp_path / "here")
        assert corrections.beside(["-", str(tmp_path / "papers.jsonl"), str(tmp_path / "missing.jsonl")]) == ()
