"""Why a number was read as it was: an abstract with all that was seen in it, and the reasons."""

from leaderboard.explanation.compose import Explanation, as_record, explain
from leaderboard.explanation.page import render

__all__ = ["Explanation", "as_record", "explain", "render"]
