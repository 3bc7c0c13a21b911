"""Paper -> claims, in five steps that can be read one by one: text, quantities, names, kinds, links."""

from leaderboard.parsing.claims import read

__all__ = ["read"]
