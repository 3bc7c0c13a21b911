"""The README is true: its commands are run and their output compared, its lists come from the code, its map exists.

`pytest tests/docs --update-golden` rewrites outputs and lists with what the code gives now.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import (
    check_scale,
    consistent_worlds,
    coverage,
    planted_alarms,
    planted_errors,
    planted_in_real,
    precision,
    quality,
)
from leaderboard import checks, exports, registry, sources
from leaderboard.parsing.gazetteer import spelled
from leaderboard.plugins import discover
from leaderboard.registry import key

pytestmark = pytest.mark.xdist_group("readme")  # the blocks build on each other's files

README = Path(__file__).resolve().parents[2] / "README.md"
CONSOLE = re.compile(r"```console\n(?P<body>.*?)```", re.DOTALL)
TOML = re.compile(r"This is `(?P<name>\w+\.toml)`:\n\n```toml\n(?P<body>.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(?P<body>.*?)```", re.DOTALL)
GENERATED = re.compile(r"<!-- generated: (?P<name>\w+) -->\n(?P<body>.*?)<!-- end -->", re.DOTALL)
MAP = re.compile(r"The map:\n\n```text\n(?P<body>.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def text() -> str:
    return README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout to the commands, but takes what they write."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "data").symlink_to(README.parent / "data")
    for match in TOML.finditer(README.read_text(encoding="utf-8")):
        (folder / match["name"]).write_text(match["body"], encoding="utf-8")
    programs = folder / ".programs"
    programs.mkdir()
    shim = programs / "leaderboard"
    shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m leaderboard "$@"\n')
    shim.chmod(0o755)
    (programs / "python3").symlink_to(sys.executable)
    return folder


def recipe(target: str) -> str:
    """What `make TARGET` runs once the environment stands."""
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    defaults = dict(re.findall(r"^(\w+) \?= *(.*)$", makefile, re.MULTILINE)) | {"BIN": ""}
    match = re.search(rf"^{target}:.*\n\t(?P<command>.*)$", makefile, re.MULTILINE)
    assert match, target
    command = re.sub(r"\$\((\w+)\)", lambda name: defaults[name[1]], match["command"])
    return command.removeprefix("/")


def run(command: str, place: Path) -> str:
    """The output of a shell command, as a terminal without colours would show it."""
    environment = {
        **os.environ,
        "PATH": f"{place / '.programs'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(README.parent),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
    }
    if command.startswith("make "):
        command = recipe(command.removeprefix("make "))
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout
    assert "Traceback" not in done.stdout
    return done.stdout


def shown(body: str, place: Path) -> str:
    """A console block with the real output under each of its commands."""
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    parts = []
    for line in commands:
        output = run(line.removeprefix("$ "), place)
        parts.append(line + "\n" + "\n".join(part.rstrip() for part in output.splitlines()) + ("\n" if output else ""))
    return "".join(parts)


def rewritten(text: str, pattern: re.Pattern[str], body: Callable[[re.Match[str]], str]) -> str:
    """The text with the body of every block that the pattern finds made anew."""

    def block(match: re.Match[str]) -> str:
        start, end = (place - match.start() for place in match.span("body"))
        return match[0][:start] + body(match) + match[0][end:]

    return pattern.sub(block, text)


def test_the_commands_give_what_is_shown(
    text: str, place: Path, golden: Callable[[Path, str], None], update_golden: bool
) -> None:
    current = README.read_text(encoding="utf-8") if update_golden else text
    golden(README, rewritten(current, CONSOLE, lambda match: shown(match["body"], place)))


def test_the_python_example_gives_what_is_shown(
    text: str, golden: Callable[[Path, str], None], update_golden: bool
) -> None:
    def ran(match: re.Match[str]) -> str:
        names: dict[str, object] = {}
        parts = []
        for example in doctest.DocTestParser().get_examples(match["body"]):
            printed: list[str] = []
            names["print"] = lambda *values, to=printed: to.append(" ".join(map(str, values)) + "\n")
            exec(example.source, names)  # noqa: S102  # our own example
            first, *more = example.source.splitlines()
            parts += [f">>> {first}\n", *(f"... {line}\n" for line in more), *printed]
        return "".join(parts)

    current = README.read_text(encoding="utf-8") if update_golden else text
    golden(README, rewritten(current, PYTHON, ran))


def first_sentence(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().partition("\n")[0].rstrip(".").replace("|", "\\|")


def catalogue(package: ModuleType, heading: str) -> str:
    off = " (off unless asked for: `--enable`)"
    rows = "".join(
        f"| `{name}` | {first_sentence(module)}{'' if checks.is_on(module) else off} |\n"
        for name, module in discover(package).items()
    )
    return f"| {heading} | |\n|---|---|\n{rows}"


def held() -> str:
    """How many entries the registries hold, and of how many what is known."""
    known = registry.load()
    benchmarks, families = list(known.benchmarks.values()), list(known.models.values())
    whole = [one for one in benchmarks if one.area and one.task and one.metric and one.link]
    named = {one.name for one in whole if any(key(alias) != key(one.name) for alias in one.aliases)}
    ways = Counter(name for _, rows in spelled(known) for _, kind, name, *_ in rows if kind == "benchmark")
    rows = {
        "metrics": len(known.metrics),
        "- with bounds and who says so": sum(bool(one.bound_source) for one in known.metrics.values()),
        "benchmarks": len(benchmarks),
        "- with other spellings": sum(bool(one.aliases) for one in benchmarks),
        f"- with a task, one of {len({one.task for one in benchmarks if one.task})}": sum(
            bool(one.task) for one in benchmarks
        ),
        "- with a usual metric": sum(bool(one.metric) for one in benchmarks),
        "- with a link": sum(bool(one.link) for one in benchmarks),
        "- with all of area, task, usual metric and link": len(whole),
        "- of those, with another name (case, blanks and hyphens do not count)": len(named),
        "- of those, with another name or another way to write it (CIFAR10, CIFAR 10)": sum(
            one.name in named or ways[one.name] > 1 for one in whole
        ),
        "- with numbers of test items": sum(bool(one.test_items) for one in benchmarks),
        "families of models": len(families),
        "- with published numbers of parameters": sum(bool(one.parameters) for one in families),
    }
    return "| known under `data/` | entries |\n|---|---:|\n" + "".join(
        f"| {what} | {n:,} |\n" for what, n in rows.items()
    )


WORLDS = (consistent_worlds, planted_alarms, planted_in_real, precision, check_scale)
"""The benchmarks of the checks that tell their last figures in a line or two."""

BLOCKS: dict[str, Callable[[], str]] = {
    "held": held,
    "sources": lambda: catalogue(sources, "format"),
    "checks": lambda: catalogue(checks, "check"),
    "exports": lambda: catalogue(exports, "file"),
    "quality": lambda: f"{quality.summary()}\n{quality.held_back()}",
    "coverage": coverage.summary,
    "worlds": lambda: "".join(one.summary() for one in WORLDS),
    "planted": planted_errors.summary,
}


def test_the_lists_come_from_the_code(text: str, golden: Callable[[Path, str], None], update_golden: bool) -> None:
    current = README.read_text(encoding="utf-8") if update_golden else text
    assert {match["name"] for match in GENERATED.finditer(current)} == set(BLOCKS)
    golden(README, rewritten(current, GENERATED, lambda match: BLOCKS[match["name"]]()))


def test_the_map_names_what_there_is(text: str, root: Path) -> None:
    match = MAP.search(text)
    assert match
    folder, named = root, set()
    for line in match["body"].splitlines():
        name = line.split()[0]
        folder = folder if line.startswith(" ") else root
        assert list(folder.glob(name.rstrip("/"))), line
        named.add(name)
        if not line.startswith(" ") and name.endswith("/"):
            folder = root / name
    modules = {f"{path.name}/" if path.is_dir() else path.name for path in (root / "leaderboard").iterdir()}
    assert {name for name in modules if not name.startswith("_")} <= named


def test_every_make_target_named_is_there(text: str, root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) - {"run", "test"} <= targets
    assert {"run", "test"} <= targets
    assert "leaderboard build $(INPUT)" in makefile


def test_the_picture_and_the_files_named_are_there(text: str, root: Path) -> None:
    for name in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (root / name).is_file(), name
    for name in re.findall(r"`((?:data|leaderboard|dashboard|tests|benchmarks)/[^`*]*)`", text):
        assert (root / name).exists(), name


def test_the_sample_says_what_it_is(root: Path) -> None:
    note = " ".join((root / "data" / "sample" / "README.md").read_text(encoding="utf-8").split())
    assert "does not hold the papers' abstracts" in note
    assert "our own digests" in note
