"""Pieces of lines between two places of a field, each place in per cent from the left and from above."""

from __future__ import annotations

Place = tuple[float, float]


def step(here: Place, there: Place, looks: str) -> str:
    """One step of a line: on to the right at the same height, and there up or down."""
    (left, top), (right, end) = here, there
    return (
        f'<i class="step {"up" if end < top else "down"} {looks}" style="left:{left:.2f}%;width:{right - left:.2f}%;'
        f'top:{min(top, end):.2f}%;height:{abs(top - end):.2f}%"></i>'
    )


def slope(here: Place, there: Place, looks: str) -> str:
    """A straight line to a place further right."""
    (left, top), (right, end) = here, there
    return (
        f'<i class="slope {"rise" if end < top else "fall"} {looks}" style="left:{left:.2f}%;'
        f'width:{right - left:.2f}%;top:{min(top, end):.2f}%;height:calc({abs(top - end):.2f}% + 3px)"></i>'
    )
