"""HTML pages for people: a template beside the code that fills it, and every text in it escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources


def page(package: str, template: str, filters: Mapping[str, Callable[..., object]], **values: object) -> str:
    """Fill the template file `template` of `package` with `values`; `filters` are functions that it may call by name.

    What a template asks for and `values` lack is an error, never a blank.
    """
    import jinja2  # noqa: PLC0415 - only who writes HTML pays for the library

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    source = resources.files(package).joinpath(template).read_text(encoding="utf-8")
    return environment.from_string(source).render(**values)
