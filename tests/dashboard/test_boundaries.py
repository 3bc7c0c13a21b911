"""What the dashboard's modules may import and call: papers' words never reach Markdown, charts know neither side."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "dashboard"
MODULES = sorted(FOLDER.rglob("*.py"))
MARKDOWN = {
    "markdown",
    "write",
    "caption",
    "info",
    "success",
    "table",
    "metric",
    "pills",
    "latex",
    "image",
    "MarkdownColumn",
    "ImageColumn",
}
"""Ways of Streamlit to show a text in which Markdown, and with it pictures from elsewhere, would work."""

LABELLED = {
    "button",
    "link_button",
    "badge",
    "expander",
    "download_button",
    "selectbox",
    "text_input",
    "segmented_control",
    "warning",
}
"""Ways whose first argument is interpreted; it may only be a constant or put together from constants of our own."""

OWN_NAMES = {"label", "data", "look", "page", "kind", "count"}
"""Names that stand for our own words where a label is not a constant."""


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_no_module_shows_words_as_markdown(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            assert node.attr not in MARKDOWN or not (isinstance(node.value, ast.Name) and node.value.id == "st"), (
                node.attr
            )
        if isinstance(node, ast.keyword):
            assert node.arg != "unsafe_allow_html"
            assert node.arg != "unsafe_allow_javascript"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in LABELLED
            and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "look")
            and node.args
        ):
            names = {n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)}
            assert names <= OWN_NAMES | {"len"}, (node.func.attr, names)


@pytest.mark.parametrize(
    "name",
    [
        "vega",
        "charts",
        "colours",
        "drawings",
        "plots/axes",
        "plots/bars",
        "plots/marks",
        "plots/paths",
        "plots/rows",
        "plots/scores",
        "plots/strokes",
        "plots/style",
        "plots/tiles",
        "overviews",
        "arrange",
        "dictionary",
        "bundles",
        "pictures",
        "safe",
        "sheet",
        "state",
        "evidence",
    ],
)
def test_pure_modules_know_neither_streamlit_nor_the_library(name: str) -> None:
    found = imports(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8")))
    assert not {module for module in found if module.split(".")[0] in {"streamlit", "leaderboard", "duckdb"}}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_only_the_store_knows_the_library(path: Path) -> None:
    found = {
        m for m in imports(ast.parse(path.read_text(encoding="utf-8"))) if m.split(".")[0] in {"leaderboard", "duckdb"}
    }
    assert found == set() or path.name == "store.py"


def test_pages_are_drawn_without_the_library_for_pictures() -> None:
    """Altair is 25 MB and half a second that only who saves a picture waits for."""
    code = "import sys; from dashboard import views; views.pages(); print('altair' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parent, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_the_configuration_keeps_everything_on_this_machine() -> None:
    config = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["disableDataExport"] is True
    assert "http" not in str(config["theme"])


def test_the_package_is_found_from_its_own_folder_alone(tmp_path: Path) -> None:
    app = str(FOLDER / "app.py")
    script = f"import sys, runpy; sys.path.insert(0, {str(FOLDER)!r}); runpy.run_path({app!r}); import dashboard.state"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
