"""Conversion between the units of `data/units.txt`, and nothing else: the only module that imports pint.

The vocabulary is closed: a unit that the file does not define raises `UnknownName`, and two units of different
dimension raise `IncompatibleUnits`. Names are those of the definition of a claim ("gpu-hours", "bits/dim", "fps"),
optionally after a scale word of counts ("B parameters"). pint is imported at the first conversion, not before.

As the lowest module that reads `data/`, this one also knows where that folder is; `registry` passes it on.
"""

from __future__ import annotations

import difflib
import functools
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from leaderboard.errors import LeaderboardError, UnknownName

if TYPE_CHECKING:
    import pint
    from pint.facets.context.objects import Transformation
    from pint.facets.plain import PlainQuantity

PERPLEXITY = "[perplexity_per_{token}]"
"""The dimension of a perplexity over one kind of token."""

TOKENS = ("word", "token", "char", "byte")
"""Units that a perplexity is counted over."""

SCALE_WORDS = ("K", "M", "B", "T")
"""Scale words of counts that may stand before a unit, with a space: thousand, million, billion, trillion."""


class IncompatibleUnits(LeaderboardError, ValueError):
    """Two units that measure different things, such as bits per character and bits per byte."""

    def __init__(self, source: str, target: str) -> None:
        """Name both units and what each measures."""
        what, other = dimension(source), dimension(target)
        super().__init__(f"Cannot convert {source!r} ({what}) to {target!r} ({other}).")
        self.source, self.target = source, target


def data_folder() -> Path:
    """The folder that holds the knowledge: `leaderboard/data` in an installed wheel, `data` in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def unit_names(text: str) -> frozenset[str]:
    """Every name that the text of a unit definition file gives to a unit, read without the library that converts them.

    A line of it is `name = definition = symbol = alias = ...`; see the top of `data/units.txt`. Lines that define
    prefixes (`kilo- = 1000 = K-`) and dimensions (`[speed] = ...`) name no unit.
    """
    names: set[str] = set()
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        head, *rest = (part.strip() for part in line.split("="))
        if not rest or head.startswith(("[", "@")) or head.endswith("-"):
            continue
        names.update(name for name in (head, *rest[1:]) if name and name != "_")
    return frozenset(names)


def known(unit: str) -> bool:
    """Whether `unit` is in the vocabulary: a name, two names with a slash between, or either after a scale word."""
    return _written(unit) is not None


def convert(value: float, source: str, target: str) -> float:
    """The same quantity in another unit: `convert(3, "minutes", "seconds")` is 180.

    A perplexity over some token converts to bits or nats per the same token, as 2 to the bits, and back.

    Raises `UnknownName` for a unit outside the vocabulary, `IncompatibleUnits` where the dimensions differ.
    """
    if not compatible(source, target):
        raise IncompatibleUnits(source, target)
    if linear(source, target):
        return float(_pint().convert(value, _expression(source), _expression(target)))
    return float(_pint().Quantity(value, _expression(source)).to(_expression(target), LIKELIHOOD).magnitude)


def linear(a: str, b: str) -> bool:
    """Whether one unit is a multiple of the other, as hours are of minutes and bits are not of perplexity."""
    return dimension(a) == dimension(b)


def compatible(a: str, b: str) -> bool:
    """Whether two units measure the same thing. Raises `UnknownName` for a unit outside the vocabulary."""
    return dimension(a) == dimension(b) or frozenset({dimension(a), dimension(b)}) in _likelihoods()


def dimension(unit: str) -> str:
    """What a unit measures, such as "[information] / [character]"; "dimensionless" for a bare number.

    Raises `UnknownName` for a unit outside the vocabulary.
    """
    return str(_pint().get_dimensionality(_expression(unit)))


@functools.cache
def _names() -> frozenset[str]:
    return unit_names((data_folder() / "units.txt").read_text(encoding="utf-8"))


def _written(unit: str) -> str | None:
    """The unit as the definition file writes it, or None if the file does not know it."""
    scale, space, rest = unit.partition(" ")
    prefix = scale if space and scale in SCALE_WORDS else ""
    parts = (rest if prefix else unit).replace("-", "_").replace(" ", "_").split("/")
    if len(parts) > 2 or not all(part in _names() for part in parts):
        return None
    return prefix + "/".join(parts)


def _expression(unit: str) -> str:
    """The unit as pint reads it; every part of it has been found in the vocabulary before."""
    written = _written(unit)
    if written is None:
        raise UnknownName("unit", unit, difflib.get_close_matches(unit, sorted(_names())))
    return written


LIKELIHOOD = "likelihood"
"""The name of the conversions between perplexity and information."""


@functools.cache
def _likelihoods() -> frozenset[frozenset[str]]:
    """Pairs of dimensions, a perplexity and the information per the same token, that convert to each other."""
    return frozenset(
        frozenset({PERPLEXITY.format(token=token), dimension(f"bits/{token}")})
        for token in TOKENS
        if known(f"bits/{token}") and known(f"{token}_perplexity")
    )


def _to_bits(perplexity: pint.Unit, bits: pint.Unit) -> Transformation:
    """Perplexity to bits per the same token: its logarithm to base 2 (Jelinek et al. 1977)."""

    def transform(ureg: pint.UnitRegistry[Any], value: PlainQuantity[Any], **kwargs: Any) -> PlainQuantity[Any]:  # noqa: ANN401, ARG001 - as pint calls it
        return cast("PlainQuantity[Any]", math.log2(value.m_as(perplexity)) * bits)

    return transform


def _to_perplexity(perplexity: pint.Unit, bits: pint.Unit) -> Transformation:
    """Bits per token to perplexity over the same token: 2 to their power."""

    def transform(ureg: pint.UnitRegistry[Any], value: PlainQuantity[Any], **kwargs: Any) -> PlainQuantity[Any]:  # noqa: ANN401, ARG001 - as pint calls it
        return cast("PlainQuantity[Any]", 2.0 ** value.m_as(bits) * perplexity)

    return transform


@functools.cache
def _pint() -> pint.UnitRegistry[float]:
    """The closed registry: no unit but those of the file, and no name defined twice."""
    import pint  # noqa: PLC0415 - a quarter of a second that only conversions should pay

    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None, on_redefinition="raise")
    registry.load_definitions(str(data_folder() / "units.txt"))
    likelihood = pint.Context(LIKELIHOOD)
    for token in TOKENS:
        perplexity, bits = registry.Unit(f"{token}_perplexity"), registry.Unit(f"bit / {token}")
        likelihood.add_transformation(perplexity.dimensionality, bits.dimensionality, _to_bits(perplexity, bits))
        likelihood.add_transformation(bits.dimensionality, perplexity.dimensionality, _to_perplexity(perplexity, bits))
    registry.add_context(likelihood)
    return registry
