"""Corrections that people write beside their papers: what was read wrong, put right after parsing, each with a reason.

A corrections file is TOML, tables `[[fix]]`, `[[drop]]`, `[[split]]`, `[[merge]]` and `[[alias]]`. `entries` says what
each holds, reads and validates the file; `plan` lays its entries beside the registry, `correct` applies them. Nothing
is lost: what the parser read stays beside what it became, and an entry that changes nothing is reported.
"""

from leaderboard.corrections.correct import Corrected, correct, idle
from leaderboard.corrections.entries import DEFAULT, NONE, Corrections, beside, files, read
from leaderboard.corrections.plan import Plan, plan

__all__ = ["DEFAULT", "NONE", "Corrected", "Corrections", "Plan", "beside", "correct", "files", "idle", "plan", "read"]
