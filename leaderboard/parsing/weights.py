"""The fitted weights of the parser: one readable file of feature names and numbers, made by `make train`."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leaderboard.errors import BadDataFile
from leaderboard.registry import data_folder

PARTS = ("kind", "metric", "benchmark", "direction", "role")
"""The choices that are fitted, each with its own features."""


@dataclass(frozen=True)
class Weights:
    """Weights by part and feature name, and the calibration of the confidence.

    `calibration` is (slope, intercept) of the logistic curve that turns the logarithm of the product of the choices'
    probabilities into the chance that the whole claim is right.
    """

    kind: dict[str, float]
    metric: dict[str, float]
    benchmark: dict[str, float]
    direction: dict[str, float]
    role: dict[str, float]
    calibration: tuple[float, float]

    def confidence(self, log_product: float) -> float:
        """The chance that a claim is right, from the logarithm of the product of its choices' probabilities."""
        slope, intercept = self.calibration
        return round(1.0 / (1.0 + math.exp(-(slope * log_product + intercept))), 3)


EMPTY = Weights({}, {}, {}, {}, {}, (1.0, 0.0))
"""No weights at all: every choice is a tie. What training starts from."""


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> Weights:
    """Read the weights file (the one under `data/` by default); `BadDataFile` where it does not validate."""
    file = path or data_folder() / "weights.json"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        slope, intercept = data["calibration"]
        return Weights(*({str(k): float(v) for k, v in data[part].items()} for part in PARTS), (float(slope), float(intercept)))
    except FileNotFoundError:
        raise BadDataFile(file, "file", "does not exist; `make train` makes it") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadDataFile(file, str(error), "is not a weights file; `make train` makes one") from None
