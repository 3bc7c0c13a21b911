"""Open sets: a folder whose public modules are its members."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def discover(package: ModuleType) -> dict[str, ModuleType]:
    """Import every public module of `package` and return them by file name, sorted.

    A module whose name starts with an underscore is private to the set. Modules are imported, never called.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return {name: importlib.import_module(f"{package.__name__}.{name}") for name in names}
