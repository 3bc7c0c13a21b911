"""Claims against annotations made by people: what is found, what is right, and how far confidence can be trusted."""

from leaderboard.evaluation.annotations import Annotation, Placed, place, read
from leaderboard.evaluation.figures import LEVELS, Counts, Evaluation, Figure, evaluate
from leaderboard.evaluation.mistakes import Mistake

__all__ = ["LEVELS", "Annotation", "Counts", "Evaluation", "Figure", "Mistake", "Placed", "evaluate", "place", "read"]
