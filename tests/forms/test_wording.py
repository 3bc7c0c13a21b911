"""What the forms may say around a finding: the words that a check may not use are not theirs, either."""

from __future__ import annotations

from pathlib import Path

import pytest

import leaderboard.forms
import leaderboard.triage
from tests.checks.test_wording import FORBIDDEN, templates

FOLDER = Path(leaderboard.forms.__file__).parent
MODULES = [*sorted(FOLDER.glob("*.py")), Path(leaderboard.triage.__file__)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_template_accuses(path: Path) -> None:
    assert {match.group() for text in templates(path) for match in FORBIDDEN.finditer(text)} == set()


def test_no_page_accuses() -> None:
    pages = sorted(FOLDER.glob("*.html"))
    assert pages
    assert {match.group() for path in pages for match in FORBIDDEN.finditer(path.read_text(encoding="utf-8"))} == set()
