"""The classes of words: what they say of words, of signs and of words that no class holds, and their validation."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaderboard.errors import BadDataFile
from leaderboard.parsing.classes import coarse, fine, load


def test_words_used_alike_share_a_class() -> None:
    assert fine("outperforms") == fine("surpasses") != fine("dataset")
    assert coarse("accuracy") == coarse("precision") != coarse("we")


def test_signs_and_tags_stand_for_themselves_and_unknown_words_for_none() -> None:
    assert [fine(word) for word in ("(", "<M>", "^", "zzyzx")] == ["(", "<M>", "^", "?"]
    assert [coarse(word) for word in ("(", "<M>", "^", "zzyzx")] == ["(", "<M>", "^", "?"]


def test_every_word_has_one_class_of_either_kind() -> None:
    many, few = load()
    assert many.keys() == few.keys()
    assert len(set(many.values())) > 4 * len(set(few.values()))


@pytest.mark.parametrize("content", ["", "[]", '{"fine": 3, "coarse": []}', '{"fine": [1], "coarse": []}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "word-classes.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadDataFile, match="word-classes"):
        load(file)
    with pytest.raises(BadDataFile, match="does not exist"):
        load(tmp_path / "missing.json")
