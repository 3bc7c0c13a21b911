"""Worlds that are true by construction raise no error and no warning; planted errors are found."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboard.checks import Corpus, Report, run
from leaderboard.models import Claim, Paper
from leaderboard.registry import Registry, load
from tests.checks.check_sums import SUMS, Sum, rendered
from tests.checks.check_sums import renderings as renderings_of_sums
from tests.checks.check_worlds import ROUNDINGS, TEMPLATES, World, render, renderings

scores = st.decimals(min_value="0.6", max_value="99.4", places=4)
places = st.integers(0, 2)
cuts = st.sampled_from(ROUNDINGS)
worlds = st.builds(
    lambda pair, decimals, roundings: World(min(pair), max(pair), decimals, roundings),
    st.tuples(scores, scores),
    st.tuples(places, places, places),
    st.tuples(cuts, cuts, cuts),
)


def report(groups: list[tuple[Paper, tuple[Claim, ...]]], known: Registry, only: Sequence[str] = ()) -> Report:
    claims = [c for _, claims in groups for c in claims]
    return run(Corpus.build([paper for paper, _ in groups], claims, known), only=only)


@settings(max_examples=120, deadline=None)
@given(world=worlds)
def test_no_alarm_on_a_true_world(world: World, known: Registry) -> None:
    groups = list(renderings(world, "w"))
    texts = {paper.id: paper.abstract for paper, _ in groups}
    bad = [f for f in report(groups, known).findings if f.state in {"fail", "review"} and f.level != "note"]
    assert bad == [], [(f.check, f.message, texts[f.paper_id]) for f in bad]


def test_nearly_every_template_is_compared(known: Registry) -> None:
    world = World(Decimal("71.4"), Decimal("78.9"), (1, 1, 1), (ROUND_HALF_UP,) * 3)
    groups = list(renderings(world, "w"))
    found = report(groups, known).findings
    compared = {f.paper_id for f in found if f.state == "pass" and f.check != "metric_range"}
    assert len(TEMPLATES) >= 20
    assert {paper.id for paper, _ in groups} - compared == {f"w-{len(TEMPLATES) - 1}-points"}


@given(
    old=st.decimals(min_value=5, max_value=60, places=1),
    gain=st.decimals(min_value=1, max_value=30, places=1),
    shift=st.decimals(min_value=1, max_value=30, places=1),
)
@settings(max_examples=60, deadline=None)
def test_a_gain_in_points_that_is_off_is_found(old: Decimal, gain: Decimal, shift: Decimal, known: Registry) -> None:
    world = World(old, old + gain, (1, 1, 1), (ROUND_HALF_UP,) * 3)
    numbers = world.printed("points")
    numbers["G"] = f"{Decimal(numbers['G']) + shift}"
    groups = [render(text, numbers, "w") for text, _ in TEMPLATES[10:12]]
    for group in groups:
        found = report([group], known).findings
        assert any(f.state == "fail" for f in found if f.check in {"from_to_gain", "absolute_vs_relative"})


def test_the_same_input_gives_the_same_report_whatever_the_order(known: Registry) -> None:
    world = World(Decimal("71.4"), Decimal("78.9"), (1, 0, 2), (ROUND_HALF_UP,) * 3)
    groups = list(renderings(world, "w"))
    assert report(groups, known).findings == report(groups[::-1], known).findings


def test_no_alarm_on_other_sums() -> None:
    dice = random.Random(3)  # noqa: S311 - not for secrets
    groups = [one for place in range(12) for one in renderings_of_sums(dice, f"w{place}")]
    texts = {paper.id: paper.abstract for paper, _ in groups}
    found = report(groups, load()).findings
    bad = [f for f in found if f.state in {"fail", "review"} and f.level != "note"]
    assert bad == [], [(f.check, f.message, texts[f.paper_id]) for f in bad]
    assert len(SUMS) + len(TEMPLATES) >= 30


@pytest.mark.parametrize("one", [one for one in SUMS if one.slips], ids=lambda one: f"{one.check}: {one.template}")
def test_planted_errors_in_other_sums_are_found(one: Sum) -> None:
    dice = random.Random(5)  # noqa: S311 - not for secrets
    made = [rendered(one, dice, "w", slip) for slip in one.slips for _ in range(8)]
    planted = [group for group in made if group is not None]
    assert planted
    caught = sum(any(f.state == "fail" for f in report([group], load(), [one.check]).findings) for group in planted)
    assert caught >= 0.85 * len(planted)


REPEATED = [one for one in SUMS if one.check == "attainable" and not one.slips]


@pytest.mark.parametrize("one", REPEATED, ids=lambda one: one.template)
def test_repeated_samples_raise_no_alarm_at_any_level(one: Sum) -> None:
    dice = random.Random(7)  # noqa: S311 - not for secrets
    groups = [group for place in range(60) if (group := rendered(one, dice, f"w{place}")) is not None]
    found = [f for f in report(groups, load()).findings if f.check == "attainable"]
    assert {f.paper_id for f in found} == {paper.id for paper, _ in groups}
    assert not [f.message for f in found if f.state in {"fail", "review"}]


def test_one_run_with_a_value_between_two_counts_is_found() -> None:
    one = next(one for one in SUMS if "AIME" in one.template and "half an item" in one.slips)
    group = rendered(one, random.Random(9), "w", "half an item")  # noqa: S311 - not for secrets
    assert group is not None
    states = {f.state for f in report([group], load()).findings if f.check == "attainable"}
    assert states == {"fail"}
