"""One invented build for every test of the dashboard."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def load_invented() -> ModuleType:
    """The module that writes the invented build, whatever folder pytest was started in."""
    if "invented" not in sys.modules:
        spec = importlib.util.spec_from_file_location("invented", HERE / "invented.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["invented"] = module
        spec.loader.exec_module(module)
    return sys.modules["invented"]


@pytest.fixture(scope="session")
def invented() -> ModuleType:
    """The module with the invented claims."""
    return load_invented()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, invented: ModuleType) -> Path:
    """A folder that holds the invented build."""
    where = tmp_path_factory.mktemp("build")
    invented.write(where)
    return where
