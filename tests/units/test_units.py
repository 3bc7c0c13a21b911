"""The closed vocabulary of units: what converts, what must not, and what is unknown."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard import units
from leaderboard.errors import LeaderboardError, UnknownName
from leaderboard.units import IncompatibleUnits, compatible, convert, dimension, known

CLAIM_UNITS = [
    "percent", "points", "x", "parameters", "tokens", "examples", "hours", "seconds", "milliseconds", "fps", "bytes",
    "flops", "gpu-hours", "dollars", "bits/dim", "bits/char", "dB", "none", "words", "minutes", "days", "gpu-days",
    "degrees", "mm", "meters", "MACs", "turns", "calls", "steps", "epochs", "queries", "frames", "layers",
    "tokens/second",
]  # fmt: skip
"""Units that abstracts are annotated with."""
FAMILIES = {
    "time": [
        "nanoseconds",
        "microseconds",
        "milliseconds",
        "seconds",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
    ],
    "memory": ["bytes", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB"],
    "computation": ["flops", "MFLOPs", "GFLOPs", "TFLOPs", "PFLOPs", "EFLOPs"],
    "share": ["fraction", "percent", "permille"],
    "count": ["parameters", "K parameters", "M parameters", "B parameters", "T parameters"],
    "machine time": ["gpu-hours", "gpu-days", "gpu-years"],
    "information": ["bits/char", "nats/char"],
    "length": ["nm", "mm", "cm", "metres", "km", "angstrom"],
    "angle": ["degrees", "radians"],
}
"""Units that measure one thing."""


@pytest.mark.parametrize("unit", CLAIM_UNITS)
def test_the_units_of_claims_are_known(unit: str) -> None:
    assert known(unit)
    assert convert(2.5, unit, unit) == 2.5


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (3, "minutes", "seconds", 180),
        (7, "B parameters", "parameters", 7e9),
        (2, "gpu-days", "gpu-hours", 48),
        (1, "nats/char", "bits/char", math.log2(math.e)),
        (8, "token_perplexity", "bits/token", 3),
        (1, "nats/char", "char_perplexity", math.e),
        (1.0, "bits/byte", "byte_perplexity", 2),
        (1.5, "GB", "bytes", 1.5e9),
        (1, "GiB", "bytes", 2**30),
        (300, "K examples", "M examples", 0.3),
        (0.84, "fraction", "percent", 84),
        (30, "fps", "frames/second", 30),
        (2, "TFLOPs", "GFLOPs", 2000),
        (180, "degrees", "radians", math.pi),
        (1, "kWh", "joules", 3.6e6),
        (250, "ms", "seconds", 0.25),
        (5, "images", "examples", 5),
    ],
)
def test_conversion(value: float, source: str, target: str, expected: float) -> None:
    assert convert(value, source, target) == pytest.approx(expected)


APART = [
    "percent", "points", "x", "none", "parameters", "tokens", "words", "chars", "examples", "flops", "MACs", "bytes",
    "seconds", "fps", "dB", "gpu-hours", "tpu-hours", "dollars", "degrees", "metres", "bits", "bits/char", "bits/byte",
    "bits/token", "bits/dim", "word_perplexity", "token_perplexity", "steps", "turns", "calls",
]  # fmt: skip
"""Units no two of which may ever share a board."""


SAME_TOKEN = {("bits/token", "token_perplexity")}
"""Two ways to print one quantity: they convert, since the token is the same."""


@pytest.mark.parametrize(("a", "b"), [pair for pair in combinations(APART, 2) if pair not in SAME_TOKEN])
def test_what_must_not_be_compared_is_apart(a: str, b: str) -> None:
    assert not compatible(a, b)
    with pytest.raises(IncompatibleUnits) as caught:
        convert(1.0, a, b)
    assert repr(a) in str(caught.value)
    assert repr(b) in str(caught.value)


def test_the_error_is_ours_and_a_value_error() -> None:
    with pytest.raises(LeaderboardError, match=r"Cannot convert 'bits/char' \(\[information\] / \[character\]\)"):
        convert(1.0, "bits/char", "bits/byte")
    with pytest.raises(ValueError, match="Cannot convert"):
        convert(1.0, "percent", "points")


@pytest.mark.parametrize(
    "unit",
    ["topics", "", "7B", "3 points", "points per", "K", "B", "x/y", "bits/char/char", "**", "kilo", "__import__", "M"],
)
def test_what_the_file_does_not_define_is_unknown(unit: str) -> None:
    assert not known(unit)
    with pytest.raises(UnknownName, match="Unknown unit"):
        dimension(unit)
    with pytest.raises(UnknownName):
        convert(1.0, unit, "percent")
    with pytest.raises(UnknownName):
        convert(1.0, "percent", unit)


def test_an_unknown_unit_hints_at_near_ones() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'seconds'"):
        dimension("secnds")


@given(st.text(max_size=30))
def test_any_text_is_answered(unit: str) -> None:
    if not known(unit):
        with pytest.raises(UnknownName):
            dimension(unit)


@given(
    st.sampled_from(sorted(FAMILIES)).flatmap(
        lambda f: st.tuples(st.sampled_from(FAMILIES[f]), st.sampled_from(FAMILIES[f]))
    ),
    st.floats(min_value=1e-6, max_value=1e12),
)
def test_there_and_back_is_the_identity(pair: tuple[str, str], value: float) -> None:
    source, target = pair
    assert convert(convert(value, source, target), target, source) == pytest.approx(value, rel=1e-12)


def test_every_name_of_the_file_is_usable() -> None:
    text = (units.data_folder() / "units.txt").read_text(encoding="utf-8")
    names = units.unit_names(text)
    assert len(names) > 250
    assert [name for name in sorted(names) if not dimension(name)] == []


def test_importing_the_module_does_not_import_pint() -> None:
    code = "import sys; from leaderboard import units; units.known('percent'); sys.exit('pint' in sys.modules)"
    folder = Path(units.__file__).resolve().parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0
