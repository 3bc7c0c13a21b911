"""The fitting of weights on tiny invented problems: its gradient, what it learns, and that the parser decodes it."""

from __future__ import annotations

import importlib.util
import itertools
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from leaderboard.parsing.chain import decode, score

Fit = Callable[..., dict[str, float]]


@contextmanager
def script(root: Path, name: str) -> Iterator[ModuleType]:
    """A module of `benchmarks/`, which is no part of the package and needs what training needs."""
    pytest.importorskip("numpy", reason="numpy is needed for training only")
    pytest.importorskip("scipy", reason="scipy is needed for training only")
    spec = importlib.util.spec_from_file_location(f"{name}_under_test", root / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def crf(root: Path) -> Iterator[ModuleType]:
    """The fitting of weights."""
    with script(root, "crf") as module:
        yield module


@pytest.fixture(scope="module")
def train(root: Path) -> Iterator[ModuleType]:
    """Training with cross-validation and calibration."""
    with script(root, "train") as module:
        yield module


def single(crf: ModuleType, features: list[str], right: str, options: tuple[str, ...] = ("up", "down")) -> Any:
    """One place with fixed options."""
    return crf.Example([[[f"{option}|{f}" for f in features] for option in options]], [], [{options.index(right)}])


def best(example: Any, weights: dict[str, float]) -> list[int]:
    """What the parser decodes with these weights."""
    unary = [[score(option, weights) for option in options] for options in example.unary]
    pairs = [[[score(f, weights) for f in row] for row in table] if table else [] for table in example.pairs]
    return decode(unary, pairs)[0]


def test_it_learns_which_feature_speaks_for_which_option(crf: ModuleType) -> None:
    examples = [single(crf, ["raise", "noise"], "up"), single(crf, ["cut", "noise"], "down")] * 10
    weights = crf.fit(examples, penalty=0.1)
    assert [best(example, weights) for example in examples] == [[0], [1]] * 10
    assert weights["up|raise"] > 0.5 > -0.5 > weights["down|raise"]
    assert abs(weights.get("up|noise", 0.0)) < 0.05, "what says nothing weighs nothing"


def test_it_learns_from_neighbours_where_a_place_alone_says_nothing(crf: ModuleType) -> None:
    def chain(first: str) -> Any:
        unary = [[[f"{option}|{first}"] for option in "ab"], [[f"{option}|same"] for option in "ab"]]
        table = [[[f"{x}>{y}"] for y in "ab"] for x in "ab"]
        right = 0 if first == "A" else 1
        return crf.Example(unary, [table], [{right}, {right}])

    examples = [chain("A"), chain("B")] * 10
    weights = crf.fit(examples, penalty=0.1)
    assert [best(example, weights) for example in examples] == [[0, 0], [1, 1]] * 10
    assert weights["a>a"] > weights.get("a>b", 0.0)


def test_a_set_of_right_options_is_met_by_any_of_them(crf: ModuleType) -> None:
    unary = [[["good"], ["fine"], ["bad"]]]
    weights = crf.fit([crf.Example(unary, [], [{0, 1}])] * 10, penalty=0.1)
    assert weights["bad"] < 0 < weights["good"]
    assert weights["good"] == pytest.approx(weights["fine"], abs=0.01)


def test_a_place_that_is_left_open_teaches_nothing(crf: ModuleType) -> None:
    assert crf.fit([crf.Example([[["x"], ["y"]]], [], [None])] * 10, penalty=0.1) == {}


def test_a_penalty_keeps_weights_small_and_rare_features_smaller(crf: ModuleType) -> None:
    examples = [single(crf, ["often"], "up")] * 40 + [single(crf, ["seldom"], "up")] * 4
    loose, tight = crf.fit(examples, penalty=0.1), crf.fit(examples, penalty=10.0)
    assert loose["up|often"] > tight["up|often"] > 0
    strict = crf.fit(examples, penalty=1.0, rare=40.0)
    plain = crf.fit(examples, penalty=1.0)
    assert plain["up|seldom"] > strict.get("up|seldom", 0.0)


def test_what_is_seen_seldom_gets_no_weight(crf: ModuleType) -> None:
    examples = [single(crf, ["once"], "up"), *[single(crf, ["often"], "up")] * 5]
    weights = crf.fit(examples, penalty=0.1, least=3)
    assert {name.partition("|")[2] for name in weights} == {"often"}
    names, places = crf.vocabulary(examples, 1)
    assert list(names) == sorted(names)
    assert dict(zip(names, places, strict=True)) == {"down|often": 5, "down|once": 1, "up|often": 5, "up|once": 1}


def test_the_same_examples_give_the_same_weights(crf: ModuleType) -> None:
    examples = [problem(crf, rolled(seed)) for seed in range(8)]
    assert crf.fit(examples, penalty=0.5, least=1) == crf.fit(examples, penalty=0.5, least=1)


def rolled(seed: int) -> random.Random:
    """A source of invented problems, the same every time."""
    return random.Random(seed)  # noqa: S311 - no secret


def problem(crf: ModuleType, dice: random.Random) -> Any:
    """A chain of invented features: options that differ in number, gaps between pairs, open places."""
    sizes = [dice.randint(1, 3) for _ in range(dice.randint(1, 4))]

    def features(kind: str) -> list[str]:
        return [f"{kind}{dice.randint(0, 3)}" for _ in range(dice.randint(0, 3))]

    unary = [[features("u") for _ in range(size)] for size in sizes]
    pairs = [
        None if dice.random() < 0.3 else [[features("p") for _ in range(b)] for _ in range(a)]
        for a, b in itertools.pairwise(sizes)
    ]
    right = [None if dice.random() < 0.2 else set(dice.sample(range(size), dice.randint(1, size))) for size in sizes]
    return crf.Example(unary, pairs, right)


def catch_objective(crf: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The list that will hold the objective which `fit` hands to the optimiser, in place of optimising."""
    caught: list[Any] = []

    def catch(objective: Any, start: Any, **_: Any) -> Any:
        caught.append(objective)
        return type("Found", (), {"x": start})

    monkeypatch.setattr(crf, "minimize", catch)
    return caught


@pytest.mark.parametrize("seed", range(6))
def test_the_gradient_agrees_with_finite_differences(
    crf: ModuleType, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The objective that is handed to the optimiser is caught, and its gradient taken by hand at a random point."""
    import numpy as np

    dice = rolled(seed)
    examples = [problem(crf, dice) for _ in range(5)]
    caught = catch_objective(crf, monkeypatch)
    crf.fit(examples, penalty=0.7, rare=2.0, least=1)
    names, _ = crf.vocabulary(examples, 1)
    point = np.array([dice.uniform(-1, 1) for _ in names])
    _, gradient = caught[0](point)
    assert len(point) > 3
    step = 1e-6
    for i in range(len(point)):
        ahead, behind = point.copy(), point.copy()
        ahead[i] += step
        behind[i] -= step
        by_hand = (caught[0](ahead)[0] - caught[0](behind)[0]) / (2 * step)
        assert gradient[i] == pytest.approx(by_hand, abs=1e-5)


def test_the_loss_is_that_of_all_chains(crf: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a penalty, the loss is minus the logarithm of the share of the right chains among all."""
    import itertools
    import math

    import numpy as np

    dice = rolled(3)
    example = problem(crf, dice)
    caught = catch_objective(crf, monkeypatch)
    crf.fit([example], penalty=0.0, least=1)
    names, _ = crf.vocabulary([example], 1)
    point = np.array([dice.uniform(-1, 1) for _ in names])
    weights = dict(zip(names, point, strict=True))

    def total(choice: tuple[int, ...]) -> float:
        own = sum(score(example.unary[k][c], weights) for k, c in enumerate(choice))
        joint = sum(
            score(example.pairs[k][a][b], weights)
            for k, (a, b) in enumerate(itertools.pairwise(choice))
            if example.pairs[k] is not None
        )
        return own + joint

    everything = list(itertools.product(*(range(len(options)) for options in example.unary)))
    allowed = [c for c in everything if all(r is None or o in r for o, r in zip(c, example.right, strict=True))]
    share = sum(math.exp(total(c)) for c in allowed) / sum(math.exp(total(c)) for c in everything)
    assert 0 < share < 1, "the invented problem decides nothing"
    assert caught[0](point)[0] == pytest.approx(-math.log(share))


def guesses(train: ModuleType, sign: str, right: int, of: int, *, row: bool | None = None) -> list[Any]:
    """So many claims with one sign, in two folds, `right` of them right; `row`: they make rows of boards."""
    return [
        train.Guess(k % 2, {"constant": 1.0, sign: 1.0}, k < right, (k < right) if row else None) for k in range(of)
    ]


def test_confidence_that_says_what_comes_true_has_a_small_error(train: ModuleType) -> None:
    figures = train.calibration_figures(guesses(train, "good", 1920, 2000, row=True) + guesses(train, "bad", 400, 2000))
    assert figures["expected calibration error"] < 0.02
    assert figures["rows at 0.9 or more"] == 2000
    assert figures["precision of rows at 0.9 or more"] == pytest.approx(0.96)


def test_confidence_that_another_fold_belies_has_a_large_error(train: ModuleType) -> None:
    lucky = [train.Guess(0, {"constant": 1.0}, True, None)] * 100
    unlucky = [train.Guess(1, {"constant": 1.0}, False, None)] * 100
    figures = train.calibration_figures(lucky + unlucky)
    assert figures["expected calibration error"] > 0.9
    assert set(figures) == {"expected calibration error"}, "no row of a board, so nothing is said of rows"
