"""What findings may say: numbers differ, or this table holds; never that somebody is at fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import leaderboard.checks

FOLDER = Path(leaderboard.checks.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
FORBIDDEN = re.compile(
    r"\b(?:wrong\w*|false\w*|fabricat\w*|suspicious\w*|misleading\w*|cherry|mislead\w*|dishonest\w*|incorrect\w*|fraud\w*|"
    r"fake\w*|manipulat\w*|authors?|blame\w*|lie|lies|error\s+in\s+the\s+paper|exaggerat\w*|inflated|overclaim\w*)\b",
    re.IGNORECASE,
)
"""Words that accuse, or that judge people instead of numbers."""


def templates(path: Path) -> Iterator[str]:
    """Every string of a module that can get into a message: constants, those of f-strings too, docstrings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_template_accuses(path: Path) -> None:
    found = {match.group() for text in templates(path) for match in FORBIDDEN.finditer(text)}
    assert found == set()


def test_the_word_list_is_read() -> None:
    assert FORBIDDEN.search("The authors give a wrong figure")
    assert sum(1 for path in MODULES for _ in templates(path)) > 300


JUDGES = [p for p in MODULES if p.name == "_baselines.py" or (p.name[0] != "_" and "fail" in templates(p))]
"""The modules that word a failure."""


@pytest.mark.parametrize("path", JUDGES, ids=lambda path: path.name)
def test_a_message_says_what_differs(path: Path) -> None:
    text = " ".join(templates(path))
    assert re.search(r"differ|does not meet|not attainable|this table holds|it is the difference", text)
