"""Claims against annotations made by people: what is found, what is right, and how far confidence can be trusted."""

from leaderboard.evaluation.annotations import Annotation, Placed, place, read
from leaderboard.evaluation.figures import (
    LEVELS,
    Counts,
    Evaluation,
    Figure,
    calibration_error,
    evaluate,
    reliability,
)
from leaderboard.evaluation.mistakes import Mistake

__all__ = [
    "LEVELS",
    "Annotation",
    "Counts",
    "Evaluation",
    "Figure",
    "Mistake",
    "Placed",
    "calibration_error",
    "evaluate",
    "place",
    "read",
    "reliability",
]
