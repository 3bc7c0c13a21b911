"""The record of step 2: a number in a text."""

from __future__ import annotations

from dataclasses import dataclass

from leaderboard.models import Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    `start` and `end` span the expression as a claim prints it; `value` and `high` have the scale word applied; `unit`
    is "percent", "points", "x", a unit of measure, the unit that the counted noun stands for, or "none"; `noun` is
    the counted noun as printed, lower case ("" if none); `noun_end` ends it. `form` is "digits", "word" or "range".
    `sign` and `scale` are as printed, `word` is the word inside the expression ("BLEU" in "0.6 BLEU points").
    """

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    half_width: float | None
    form: str
    sign: str = ""
    scale: str = ""
    noun: str = ""
    noun_end: int = 0
    bound: Bound = "exact"
    prefix_start: int = 0
    word: str = ""
