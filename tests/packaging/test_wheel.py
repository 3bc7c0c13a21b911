"""The wheel, installed into an empty environment and run from an empty directory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

TEXT = "Owl: a small parser\n\nOn GSM8K, Owl improves accuracy from 77.5% to 83.9%, a gain of 6.4 points.\n"


def clean_environment(folder: Path) -> dict[str, str]:
    """Nothing that would lead Python back to the checkout."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "LEADERBOARD"))
    }
    return {**kept, "HOME": str(folder)}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    command = [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(root)]
    subprocess.run(command, check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`leaderboard` in an environment that holds the wheel; its dependencies are those of the environment we run in."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, cwd=place)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # A path in a .pth file brings the dependencies but not the checkout: an editable install is itself a .pth file.
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin" / "leaderboard"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_the_wheel_holds_data_and_dashboard_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.name.startswith("claims_leaderboard-")
    for needed in (
        "leaderboard/data/units.txt",
        "leaderboard/data/metrics.toml",
        "leaderboard/data/sample/papers.jsonl",
    ):
        assert needed in names
    assert "dashboard/app.py" in names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"leaderboard", "dashboard"}


def test_build_check_and_extract_work_from_an_empty_directory(command: Path, empty: Path) -> None:
    (empty / "abstract.txt").write_text(TEXT, encoding="utf-8")
    environment = clean_environment(empty)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments], cwd=empty, env=environment, capture_output=True, text=True, check=False
        )

    built = run("build", "abstract.txt", "--out", "out")
    assert built.returncode == 0, built.stderr
    written = {path.name for path in (empty / "out").iterdir()}
    assert {"leaderboard.csv", "claims.csv", "leaderboard.duckdb", "report.html", "manifest.json"} <= written
    checked = run("check", "abstract.txt")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    extracted = run("extract", "abstract.txt", "--format", "jsonl")
    assert extracted.returncode == 0, extracted.stderr
    assert '"number": "77.5%"' in extracted.stdout


@pytest.fixture
def served(command: Path, empty: Path) -> Iterator[str]:
    """The address of the dashboard of a small build."""
    (empty / "abstract.txt").write_text(TEXT, encoding="utf-8")
    environment = clean_environment(empty)
    subprocess.run([command, "build", "abstract.txt", "--out", "out"], check=True, cwd=empty, env=environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [command, "dashboard", "out", "--port", str(port)],
        cwd=empty,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def test_the_dashboard_answers(served: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{served}/_stcore/health", timeout=2) as answer:
                assert answer.status == 200
            break
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline, "the dashboard did not start within a minute"
            time.sleep(0.3)
    with urllib.request.urlopen(served, timeout=5) as page:
        assert b"<html" in page.read().lower()
