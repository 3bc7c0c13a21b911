"""The figures, on papers so small that they can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from leaderboard.evaluation import Evaluation, Placed, evaluate
from leaderboard.evaluation.figures import Counts
from leaderboard.models import Claim

TEXT = "Foo reaches 84.0% on OddRead, 71.5% on EvenRead and is 3.5x as fast, with 12 tasks and 9.25% less."
Annotate = Callable[..., Placed]
MakeClaim = Callable[..., Claim]


def triple(counts: Counts) -> tuple[int, int, int]:
    return counts.right, counts.given, counts.wanted


@pytest.fixture(scope="module")
def example(annotate: Annotate, claim: MakeClaim) -> Evaluation:
    """Two papers: of the first one claim is right, one wrong, one missed, one invented; of the second all is right."""
    wanted = {
        "p1": [
            annotate(TEXT, "84.0%"),
            annotate(TEXT, "71.5%", benchmarks=("EvenRead",)),
            annotate(TEXT, "3.5x", kind="ratio", unit="x", metric="speed", benchmarks=(), direction="up"),
        ],
        "p2": [annotate(TEXT, "9.25%", kind="change", metric=None, benchmarks=(), subject=None, direction="down")],
        "p3": [],
    }
    ratio: dict[str, Any] = {"kind": "ratio", "unit": "x", "metric": "speed", "benchmarks": (), "direction": "up"}
    less: dict[str, Any] = {"kind": "change", "benchmarks": (), "benchmark_mentions": (), "direction": "down"}
    claims = [
        claim(TEXT, "84.0%", confidence=1.0, rule="reaches"),
        claim(TEXT, "71.5%", confidence=0.95, rule="reaches", role="baseline"),
        claim(TEXT, "12", confidence=0.15, rule="fitted", **{**ratio, "kind": "size"}),
        claim(TEXT, "9.25%", confidence=0.85, rule="comparative-after", paper_id="p2", **less),
        claim(TEXT, "84.0%", paper_id="not annotated"),
    ]
    return evaluate(wanted, claims, {"p1": TEXT, "p2": TEXT, "p3": ""})


def test_levels(example: Evaluation) -> None:
    assert (example.papers, example.annotated, example.predicted) == (3, 4, 4)
    assert {level: triple(figure.counts) for level, figure in example.levels.items()} == {
        "found": (3, 4, 4),
        "kind": (3, 4, 4),
        "claim": (2, 4, 4),
        "board": (1, 2, 2),
    }
    counts = example.levels["claim"].counts
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.5, 0.5)


def test_fields_count_only_where_the_annotation_states_them(example: Evaluation) -> None:
    assert {field: (share.right, share.of) for field, share in example.fields.items()} == {
        "kind": (3, 3),
        "value": (3, 3),
        "unit": (3, 3),
        "metric": (2, 2),
        "benchmarks": (2, 3),
        "subject": (2, 2),
        "role": (2, 3),
        "direction": (1, 1),
        "bound": (3, 3),
    }


def test_kinds(example: Evaluation) -> None:
    assert {kind: triple(counts) for kind, counts in example.kinds.items()} == {
        "score": (1, 2, 2),
        "change": (1, 1, 1),
        "ratio": (0, 0, 1),
        "size": (0, 1, 0),
    }


def test_rules_the_most_frequent_first(example: Evaluation) -> None:
    assert [(rule, share.right, share.of) for rule, share in example.rules.items()] == [
        ("reaches", 1, 2),
        ("comparative-after", 1, 1),
        ("fitted", 0, 1),
    ]


def test_reliability(example: Evaluation) -> None:
    assert len(example.bins) == 10
    assert (example.bins[0].low, example.bins[-1].high) == (0.0, 1.0)
    filled = [(round(b.low, 1), b.confidence, b.whole.right, b.whole.of) for b in example.bins if b.whole.of]
    assert filled == [(0.1, 0.15, 0, 1), (0.8, 0.85, 1, 1), (0.9, pytest.approx(0.975), 1, 2)]
    assert example.calibration_error == pytest.approx((0.15 + 0.15 + 2 * 0.475) / 4)


def test_mistakes_worst_first(example: Evaluation) -> None:
    assert [(one.number, one.what, one.wrong, one.on_board) for one in example.mistakes] == [
        ("71.5%", "wrong", ("benchmarks",), True),
        ("3.5x", "missed", (), False),
        ("12", "not a claim", (), False),
    ]
    worst = example.mistakes[0]
    assert (worst.wanted, worst.given) == ({"benchmarks": ("EvenRead",)}, {"benchmarks": ("OddRead",)})
    assert worst.quote == TEXT[: TEXT.index("71.5%") + 65] + "…"
    assert (example.mistakes[1].rule, example.mistakes[1].confidence) == (None, None)


@pytest.mark.parametrize("number", [0.0, 0.1, 0.3, 0.6, 0.7, 0.999, 1.0])
def test_every_confidence_has_one_bin(number: float, claim: MakeClaim) -> None:
    found = evaluate({"p1": []}, [claim(TEXT, "84.0%", confidence=number)])
    (one,) = [b for b in found.bins if b.whole.of]
    assert one.low <= number
    assert number < one.high or one.high == 1.0


def test_intervals_hold_the_figure_and_are_the_same_every_time(annotate: Annotate, claim: MakeClaim) -> None:
    wanted = {f"p{n}": [annotate(TEXT, "84.0%")] for n in range(20)}
    claims = [claim(TEXT, "84.0%", paper_id=f"p{n}", value=84.0 if n % 4 else 1.0) for n in range(20)]
    figure = evaluate(wanted, claims).levels["claim"]
    low, high = figure.f1_90
    assert 0.5 < low < figure.counts.f1 < high < 1.0
    assert figure.counts.f1 == 0.75
    assert evaluate(wanted, claims).levels["claim"] == figure
    assert evaluate(wanted, claims).levels["found"].f1_90 == (1.0, 1.0)


def test_nothing_at_all() -> None:
    found = evaluate({"p1": []}, [])
    assert [triple(figure.counts) for figure in found.levels.values()] == [(0, 0, 0)] * 4
    assert (found.levels["claim"].f1_90, found.fields, found.rules, found.mistakes) == ((0.0, 0.0), {}, {}, ())
    assert found.calibration_error == 0.0


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({}, True),
        ({"value": 84.00001}, True),
        ({"value": 84.001}, False),
        ({"value_high": 85.0}, False),
        ({"unit": "points"}, False),
        ({"metric": None}, False),
        ({"metric": "top-1 accuracy"}, True),
        ({"benchmarks": ()}, False),
        ({"role": "other", "bound": "about", "subject": None, "direction": "up"}, True),
    ],
)
def test_what_makes_a_whole_claim(
    changes: Mapping[str, Any], right: bool, annotate: Annotate, claim: MakeClaim
) -> None:
    changes = {"benchmark_mentions": changes.get("benchmarks", ("OddRead",)), **changes}
    found = evaluate({"p1": [annotate(TEXT, "84.0%")]}, [claim(TEXT, "84.0%", **changes)])
    assert found.levels["claim"].counts.right == right


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(12, 17)], 1),
        ([(0, 12)], 0),  # touching is no overlap
        ([(16, 40)], 1),
        ([(12, 13), (12, 17)], 1),
        ([(12, 17), (12, 17)], 1),
    ],
)
def test_one_claim_for_one_annotation(
    spans: Sequence[tuple[int, int]], found: int, annotate: Annotate, claim: MakeClaim
) -> None:
    claims = [claim(TEXT, "84.0%", start=start, end=end) for start, end in spans]
    assert triple(evaluate({"p1": [annotate(TEXT, "84.0%")]}, claims).levels["found"].counts) == (found, len(spans), 1)


@pytest.mark.parametrize("turn", [1, -1])
def test_the_larger_overlap_wins(turn: int, annotate: Annotate, claim: MakeClaim) -> None:
    claims = [claim(TEXT, "84.0%", start=15, value=1.0), claim(TEXT, "84.0%", start=13)][::turn]
    assert evaluate({"p1": [annotate(TEXT, "84.0%")]}, claims).fields["value"].right == 1


def test_a_score_on_two_data_sets_is_two_rows(annotate: Annotate, claim: MakeClaim) -> None:
    both = ("OddRead", "EvenRead")
    found = evaluate(
        {"p1": [annotate(TEXT, "84.0%", benchmarks=both)]},
        [claim(TEXT, "84.0%", benchmarks=both[::-1], benchmark_mentions=both[::-1])],
    )
    assert triple(found.levels["board"].counts) == (2, 2, 2)
