"""A small book of well-known names, and texts taken apart with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

from leaderboard.models import Benchmark, Metric, Model
from leaderboard.parsing.document import Document, document
from leaderboard.parsing.gazetteer import Gazetteer, spelled
from leaderboard.registry import Registry, key

Entry = TypeVar("Entry", bound=Metric | Benchmark | Model)


def by_key(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found |= dict.fromkeys(map(key, (entry.name, *entry.aliases, *entry.contextual_aliases)), entry)
    return found


@pytest.fixture(scope="session")
def small() -> Registry:
    """A registry of a few names that the tests of the steps are about, whatever `data/` holds."""
    metrics = [
        Metric(id="accuracy", name="accuracy", aliases=("acc",), unit="percent", direction="up"),
        Metric(id="f1", name="F1", aliases=("F1 score",), direction="up"),
        Metric(id="bleu", name="BLEU", direction="up"),
        Metric(id="map", name="mAP", direction="up"),
        Metric(id="wer", name="WER", aliases=("word error rate",), unit="percent", direction="down"),
        Metric(id="speed", name="speed", unit="x", direction="up"),
        Metric(id="parameters", name="parameters", unit="parameters"),
    ]
    benchmarks = [
        Benchmark(id="imagenet", name="ImageNet", aliases=("ImageNet-1K",), metric="accuracy"),
        Benchmark(id="imagenet-c", name="ImageNet-C"),
        Benchmark(id="cifar-10", name="CIFAR-10", metric="accuracy"),
        Benchmark(id="squad", name="SQuAD", metric="F1"),
        Benchmark(id="coco", name="COCO", metric="mAP"),
        Benchmark(id="math", name="MATH", contextual_aliases=("MATH",)),
        Benchmark(id="penn-treebank", name="Penn Treebank"),
    ]
    models = [
        Model(id="llama-2", name="LLaMA-2", aliases=("LLaMA-2-7B",)),
        Model(id="resnet-50", name="ResNet-50"),
    ]
    return Registry(
        {m.name: m for m in metrics},
        {b.name: b for b in benchmarks},
        {m.name: m for m in models},
        by_key(metrics),
        by_key(benchmarks),
        by_key(models),
    )


@pytest.fixture(scope="session")
def book(small: Registry) -> Gazetteer:
    """The small registry, compiled."""
    return Gazetteer(spelled(small))


@pytest.fixture(scope="session")
def take_apart(book: Gazetteer) -> Callable[..., Document]:
    """`take_apart(text, title)`: the document of a text that holds a number."""

    def apart(text: str, title: str = "") -> Document:
        found = document(title, text, book)
        assert found is not None, text
        return found

    return apart
