"""Frames rearranged for the eye: models beside boards, boards on one scale. Pure: frame in, frame out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from dashboard.charts import dated, frontier

BOUNDED: Final = ("up_to", "at_least")
"""Bounds that are no value: such a claim is shown where there is no other, and never counts as the best."""


def best_claims(frame: pd.DataFrame) -> pd.DataFrame:
    """One line for each model and board: its best there, an exact one before a bounded one.

    `frame` has board_id, model, score, bound, higher_is_better, claim_id. Where no better direction is known the first
    by claim id stands.
    """
    worth = frame["score"].where(frame["higher_is_better"].astype(str) != "False", -frame["score"])
    known = frame["higher_is_better"].astype(str).isin(["True", "False"])
    order = frame.assign(_bounded=frame["bound"].isin(BOUNDED), _worth=worth.where(known))
    order = order.sort_values(["_bounded", "_worth", "claim_id"], ascending=[True, False, True], kind="stable")
    kept = order.drop_duplicates(["board_id", "model"]).drop(columns=["_bounded", "_worth"])
    return kept.sort_values(["board_id", "model"], kind="stable").reset_index(drop=True)


def leaders(best: pd.DataFrame) -> set[str]:
    """The ids of the claims in `best` (as `best_claims` makes it) that lead the others on their board.

    A board where fewer than two have an exact score, or where no better direction is known, has no leader; equal
    printed scores lead together.
    """
    exact = _comparable(best)
    boards = exact.groupby("board_id")["_worth"]
    lead = (boards.transform("size") > 1) & (exact["_worth"] == boards.transform("max"))
    return set(exact.loc[lead, "claim_id"].astype(str))


def _comparable(best: pd.DataFrame) -> pd.DataFrame:
    """The exact scores on boards with a known better direction, with `_worth`: the greater, the better."""
    up = best["higher_is_better"].astype(str)
    exact = ~best["bound"].isin(BOUNDED) & best["score"].notna() & up.isin(["True", "False"])
    return best.assign(_worth=best["score"].where(up == "True", -best["score"]))[exact]


def board_order(best: pd.DataFrame, *, shared: bool) -> list[str]:
    """The boards of `best`, those on which most models meet first; with `shared` only those where two or more do."""
    if best.empty:
        return []
    counts = best.groupby("board_id")["model"].nunique()
    first = best.drop_duplicates("board_id")
    names = zip(*(first[c] for c in ("board_id", "benchmark", "metric", "lane")), strict=True)
    order = sorted((-int(counts[board]), *(str(name or "").lower() for name in rest), board) for board, *rest in names)
    return [str(board) for *_, board in order if not shared or counts[board] > 1]


def places(best: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """The place of each model among those of `best` on the boards of `order`, 1 is the best, equal scores share it.

    Boards where fewer than two have an exact score, or where no better direction is known, are left out. Columns: those
    of `best`, and place, empty (NaN) for a model that has no exact score on a board where others have.
    """
    exact = _comparable(best[best["board_id"].isin(order)])
    exact = exact[exact.groupby("board_id")["model"].transform("nunique") > 1]
    placed = exact.assign(place=exact.groupby("board_id")["_worth"].rank(method="min", ascending=False))
    placed = placed.drop(columns="_worth")
    met = set(placed["board_id"])
    boards = [board for board in order if board in met]
    every = pd.MultiIndex.from_product([boards, list(dict.fromkeys(placed["model"]))], names=["board_id", "model"])
    return placed.set_index(["board_id", "model"]).reindex(every).reset_index()


def relative(frame: pd.DataFrame) -> pd.DataFrame:
    """The frontiers of several boards on one scale: `way`, 0 at a board's first claim and 1 at its best.

    `frame` has the lines of the boards with board_id and higher_is_better. Only steps of the frontier are returned; a
    board whose best never moved has no way to go and is left out.
    """
    pieces = []
    for _, board in frame.groupby("board_id", sort=False):
        steps = steps_of(board)
        first, last = (steps["score"].iloc[0], steps["score"].iloc[-1]) if len(steps) else (0.0, 0.0)
        if first != last:
            pieces.append(steps.assign(way=(steps["score"] - first) / (last - first)))
    return pd.concat(pieces, ignore_index=True) if pieces else frame.head(0).assign(way=pd.Series(dtype="float64"))


def steps_of(board: pd.DataFrame) -> pd.DataFrame:
    """The dated frontier of one board's lines; none where no better direction is known."""
    known = dated(board)
    direction = str(board["higher_is_better"].iloc[0]) if len(board) else ""
    if direction not in {"True", "False"}:
        return known.head(0)
    return frontier(known, higher_is_better=direction == "True")
