"""The pages, an open set: one module each with TITLE, ORDER, IN_MENU and `render(build, state)`."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def pages() -> dict[str, ModuleType]:
    """Every page by its file name, which is its name in the address, in the order of the menu."""
    names = [info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")]
    found = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return dict(sorted(found.items(), key=lambda page: (page[1].ORDER, page[0])))
