"""Where an abstract stands in its file: line and column of every character, or nothing that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from leaderboard import sources
from leaderboard.models import Paper

FILES = {
    "bare.txt": "Owl reaches 83.9%\nin a second line of 7.4 points.\n",
    "titled.txt": "An Owl\n\nOwl reaches 83.9%\nand 7.4 points.\n",
    "main.tex": (
        "\\documentclass{article}\n\\begin{abstract} % a remark\n  Owl~reaches 83.9\\% \\cite{a}\nand 7.4 points.\n"
        "\\end{abstract}\n"
    ),
    "short.tex": "\\abstract{Owl reaches 83.9\\% and 7.4 points.}",
    "my.bib": (
        "@misc{a, title={A}, abstract={Owl reaches 83.9\\%.}}\n\n@misc{b,\n title={B},\n abstract={On ToyQA, {Owl}\n"
        "  reaches 83.9\\% and 7.4 points.}\n}\n"
    ),
}
"""Files of every format that tells places, of our own invention."""


def read(folder: Path, name: str, text: str) -> list[Paper]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [one for one in sources.read([str(path)]) if isinstance(one, Paper)]


@pytest.mark.parametrize("name", FILES)
def test_every_number_stands_where_its_paper_says(name: str, tmp_path: Path) -> None:
    lines = FILES[name].split("\n")
    papers = read(tmp_path, name, FILES[name])
    assert papers
    for paper in papers:
        for row, part in enumerate(paper.abstract.split("\n")):
            line = lines[paper.line - 1 + row]
            start = paper.column - 1 if row == 0 else 0
            for number in ("83.9", "7.4 points"):
                place = part.find(number)
                assert place < 0 or line[start + place :].startswith(number)
        assert "83.9" in paper.abstract


def test_no_column_is_told_where_words_were_written_out(tmp_path: Path) -> None:
    text = "\\newcommand{\\ours}{ToyNet}\n\\begin{abstract}\nWe show \\ours{} at 83.9\\%.\n\\end{abstract}\n"
    (paper,) = read(tmp_path, "main.tex", text)
    assert (paper.line, paper.column) == (3, 0)
    (row,) = read(tmp_path, "a.jsonl", '{"title": "A", "abstract": "Owl reaches 83.9%."}\n')
    assert (row.line, row.column) == (0, 0)
