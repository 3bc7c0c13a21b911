"""What an evaluation finds wrong, worst first.

Worst is what shows on a board: a false or a lost row. Within each half, the surer the parser was the worse; a missed
claim counts as half sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from leaderboard.evaluation.annotations import Annotation
from leaderboard.evaluation.judgement import WHOLE, Judgement, board_rows
from leaderboard.models import Claim

CONTEXT = 60
"""How many characters of the abstract stand on either side of a number."""

MISSED = 0.5
"""How sure the parser counts as having been of a claim that it did not make."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A claim that is wrong, missed or no claim.

    `wrong` names the fields that differ (empty unless `what` is "wrong"); `wanted` and `given` hold their values, or
    for a missed or invented claim those of all fields. `on_board` says that a row of a board is false or lost.
    """

    paper_id: str
    start: int
    end: int
    number: str
    what: Literal["wrong", "missed", "not a claim"]
    wrong: tuple[str, ...]
    wanted: Mapping[str, Any]
    given: Mapping[str, Any]
    quote: str
    on_board: bool
    rule: str | None
    confidence: float | None


def mistakes(judgements: Sequence[Judgement], abstracts: Mapping[str, str]) -> tuple[Mistake, ...]:
    """All mistakes, worst first, then in the order of papers and numbers."""
    found = [mistake for one in judgements for mistake in _of_paper(one, abstracts.get(one.paper_id, ""))]
    return tuple(sorted(found, key=_goodness))


def _goodness(mistake: Mistake) -> tuple[bool, float]:
    return not mistake.on_board, -(MISSED if mistake.confidence is None else mistake.confidence)


def _of_paper(one: Judgement, abstract: str) -> Iterator[Mistake]:
    for pair in one.pairs:
        if pair.whole:
            continue
        wanted, claim = pair.wanted.annotation, pair.claim
        wrong = tuple(field for field in WHOLE if not pair.fields.get(field, True))
        yield Mistake(
            one.paper_id,
            claim.start,
            claim.end,
            claim.number,
            "wrong",
            wrong,
            _values(wanted, wrong),
            _values(claim, wrong),
            _around(abstract, claim.start, claim.end),
            pair.rows < max(board_rows(wanted), board_rows(claim)),
            claim.rule,
            claim.confidence,
        )
    for placed in one.missed:
        annotation = placed.annotation
        yield Mistake(
            one.paper_id,
            placed.start,
            placed.end,
            annotation.number,
            "missed",
            (),
            _values(annotation, WHOLE),
            {},
            _around(abstract, placed.start, placed.end),
            board_rows(annotation) > 0,
            None,
            None,
        )
    for claim in one.invented:
        yield Mistake(
            one.paper_id,
            claim.start,
            claim.end,
            claim.number,
            "not a claim",
            (),
            {},
            _values(claim, WHOLE),
            _around(abstract, claim.start, claim.end),
            board_rows(claim) > 0,
            claim.rule,
            claim.confidence,
        )


def _values(one: Annotation | Claim, fields: Sequence[str]) -> dict[str, Any]:
    """The values of fields, the value with its upper end where it has one."""
    values = {field: getattr(one, field) for field in fields}
    return values | ({"value_high": one.value_high} if "value" in fields and one.value_high is not None else {})


def _around(abstract: str, start: int, end: int) -> str:
    """The number in its words."""
    words = abstract[max(0, start - CONTEXT) : end + CONTEXT]
    return f"{'…' if start > CONTEXT else ''}{words}{'…' if end + CONTEXT < len(abstract) else ''}"
