"""The lock, the Makefile and the CI script, read as text: what a fresh machine depends on."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path

import pytest

LOCKS = ("requirements.txt", "requirements-test.txt")


def locked(path: Path) -> dict[str, str]:
    """Name and version of every requirement of a lock."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", one, maxsplit=1)[0].lower().replace("_", "-") for one in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_every_version_is_exact_and_hashed_and_no_machine_is_named(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(entries) > 30
    assert all(re.fullmatch(r"[a-z0-9._-]+==\S+( ; .+)? \\", line) for line in entries)
    assert text.count("--hash=sha256:") >= len(entries)
    assert not re.search(r"index-url|find-links|trusted-host|file:|https?://|(?m:^ *# via .*/)", text)


def test_the_locks_hold_every_direct_dependency_and_agree(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, test = (locked(root / name) for name in LOCKS)
    assert names(project["dependencies"]) <= set(run)
    assert names([*project["dependencies"], *extras["test"], *extras["browser"]]) <= set(test)
    assert run.items() <= test.items()


def test_every_dependency_has_its_reason_beside_it(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("dependencies = [") : text.index("[tool.hatch")]
    lines = [line for line in section.splitlines() if line.startswith('    "')]
    assert len(lines) > 15
    assert [line for line in lines if "  # " not in line and '"pytest>=' not in line] == []


def test_the_makefile_sets_up_by_itself(root: Path) -> None:
    text = (root / "Makefile").read_text(encoding="utf-8")
    needs = dict(re.findall(r"^(\w+): (\$\(VENV\)/\S+)$", text, re.MULTILINE))
    assert needs == {
        "run": "$(VENV)/installed",
        "dashboard": "$(VENV)/installed",
        "bench": "$(VENV)/installed",
        "quality": "$(VENV)/installed",
        "train": "$(VENV)/installed",
        "test": "$(VENV)/installed-for-tests",
        "lint": "$(VENV)/installed-for-tests",
    }
    assert "--require-hashes -r requirements.txt" in text
    assert "--require-hashes -r requirements-test.txt" in text


def test_ci_runs_every_check(root: Path) -> None:
    script = root / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "make lint" in text
    assert "make test" in text
    recipe = (root / "Makefile").read_text(encoding="utf-8")
    lint = recipe[recipe.index("\nlint:") :].partition("\n\n")[0]
    for tool in ("ruff check .", "ruff format --check .", "mypy", "lint-imports"):
        assert tool in lint
