"""The fitted weights of the parser: one readable file of feature names and numbers, made by `make train`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from leaderboard import knowledge
from leaderboard.parsing import kinds, qualifiers
from leaderboard.parsing.chain import Table
from leaderboard.parsing.kinds import KINDS
from leaderboard.parsing.qualifiers import DIRECTIONS, ROLES
from leaderboard.registry import data_folder

PARTS = ("kind", "metric", "benchmark", "direction", "role")
"""The choices that are fitted, each with its own features."""

TABLES = ("kind_table", "kind_pair_table", "direction_table", "role_table")
"""The properties of `Weights` that are made of a part each."""


@dataclass(frozen=True)
class Weights:
    """Weights by part and feature name, and the calibration of the confidence.

    `calibration` weighs the signs of how sure a claim is: a logistic curve of their sum is the chance that the whole
    claim is right.
    """

    kind: dict[str, float]
    metric: dict[str, float]
    benchmark: dict[str, float]
    direction: dict[str, float]
    role: dict[str, float]
    calibration: dict[str, float]

    @cached_property
    def kind_table(self) -> Table:
        """The weights of a number's features for every kind."""
        return tabulate(self.kind, KINDS)

    @cached_property
    def kind_pair_table(self) -> Table:
        """The weights of the features of two adjacent numbers for every pair of kinds, row by row."""
        return tabulate(self.kind, [f"{a}>{b}" for a in KINDS for b in KINDS])

    @cached_property
    def direction_table(self) -> Table:
        """The weights of a change's features for every direction."""
        return tabulate(self.direction, DIRECTIONS)

    @cached_property
    def role_table(self) -> Table:
        """The weights of a claim's features for every role."""
        return tabulate(self.role, ROLES)

    def confidence(self, signs: Mapping[str, float]) -> float:
        """The chance that a claim is right, from the signs of how sure it is (name and value)."""
        total = sum(self.calibration.get(name, 0.0) * value for name, value in signs.items())
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def tabulate(weights: Mapping[str, float], options: Sequence[str]) -> Table:
    """Turn weights of "option|feature" into one row of weights by option for every feature."""
    place = {option: i for i, option in enumerate(options)}
    table: dict[str, list[float]] = {}
    for name, weight in weights.items():
        option, _, feature = name.partition("|")
        if option in place:
            table.setdefault(feature, [0.0] * len(options))[place[option]] = weight
    return table


EMPTY = Weights({}, {}, {}, {}, {}, {})
"""No weights at all: every choice is a tie."""


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> Weights:
    """Read the weights file (the one under `data/` by default); `BadDataFile` where it does not validate."""
    file = path or data_folder() / "weights.json"
    code = (Path(module) for module in (__file__, kinds.__file__, qualifiers.__file__))
    parts = knowledge.derived(
        file, (file, *code), lambda: knowledge.made(file, "weights file", "`make train`", _parts_and_tables)
    )
    weights = Weights(**{part: parts[part] for part in (*PARTS, "calibration")})
    # The tables are properties that are made once; these were, when the file was first read.
    vars(weights).update({table: parts[table] for table in TABLES})
    return weights


def _parts_and_tables(data: Any) -> dict[str, Any]:  # noqa: ANN401 - what stands in a file
    """The weights of a file by part, and the tables made of them by the names of their properties."""
    parts = {part: {str(k): float(v) for k, v in data[part].items()} for part in (*PARTS, "calibration")}
    weights = Weights(**parts)
    return {**parts, **{table: getattr(weights, table) for table in TABLES}}
