"""`python -m leaderboard`: the same as the command."""

from __future__ import annotations

from leaderboard.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
