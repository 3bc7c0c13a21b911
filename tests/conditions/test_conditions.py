"""Conditions: how they are written, whose they are, and the lane they make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.conditions import lane, mentions, vocabulary
from leaderboard.errors import BadDataFile
from leaderboard.parsing.scope import stated


def of_each(sentence: str) -> list[tuple[str, ...]]:
    """The conditions of each number with a decimal point."""
    spans = [match.span() for match in re.finditer(r"\d+\.\d+%?", sentence)]
    return [stated(sentence, spans, which) for which in range(len(spans))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has 84.5% on the Hard set.", [("hard subset",)]),
        ("It has 84.5% without relying on any extra training data.", [("no extra data",)]),
        ("It has 84.5% with extra training data.", [("extra data",)]),
        ("Pre-trained on ImageNet-22k it has 84.5%.", [("pre-trained on ImageNet-22K",)]),
        ("Using int8 it has 84.5%.", [("INT8",)]),
        ("It has 84.5% with maj@8.", [("maj@8",)]),
        ("It has 84.5% by majority voting.", [("majority vote",)]),
        ("It has 84.5% with tools.", [("with tools",)]),
        ("It has 84.5% without tools.", [("no tools",)]),
        ("It has 84.5% in Swahili.", [("Swahili",)]),
        ("English-to-German translation reaches 28.4.", [("English to German",)]),
        ("It has 84.5% at a resolution of 512.", [("512x512",)]),
        ("It has 84.5% among 7B models.", [("7B class",)]),
        ("It has an FID of 3.4 with 1-NFE.", [("1-step",)]),
        ("It has a word-level perplexity of 18.3.", [("per word",)]),
        ("It has 84.5% in the few-shot (5-shot) setting.", [("5-shot",)]),
        ("It has 84.5% in linear evaluation.", [("linear probe",)]),
        ("It has an FID of 3.4 at 4 sampling steps without using guidance.", [("4-step", "no guidance")]),
        ("It has an FID of 3.4 at 256$\\times$256 pixels.", [("256x256",)]),
        ("It has an FID of 3.4 on PixBox 512times512.", [("512x512",)]),
        ("It has an FID of 3.4 in unconditional generation.", [("unconditional",)]),
        ("It has 84.5% on the PB_T50_RS variant.", [("PB_T50_RS subset",)]),
        ("It has 84.5% at ε = 8.", [("ε = 8",)]),
        ("It has 84.5% under a guarantee of differential privacy of (8, 1e-5).", [("ε = 8",)]),
        ("It has 84.5% against PGD-20 attacks at ε=8/255.", [("PGD-20", "ε = 8/255")]),
        ("It has 84.5% with 4,000 labels.", [("4000 labels",)]),
        ("It has 84.5% with 4k labels.", [("4000 labels",)]),
        ("It has 84.5% at an IPC of 10.", [("10 images per class",)]),
        ("It has 84.5% when trained on only 500 real images.", [("500 training examples",)]),
        ("It has 84.5% when trained solely on synthetic data.", [("synthetic data only",)]),
        ("It has 84.5% with a frozen backbone.", [("frozen backbone",)]),
        ("It has 84.5% at a budget of 200 tokens.", [("200 tokens",)]),
        ("It has 84.5% at 50% overlap.", [("IoU 0.5",)]),
        ("It has 84.5% with 1:16 sparse weights.", [("1:16 sparsity",)]),
        ("It has 84.5% on Subtask A.", [("subtask A",)]),
        ("It has 84.5% on Subtasks A, B and C.", [("subtask A and subtask B and subtask C",)]),
        ("It has 84.5% on a task a child can do.", [()]),
        ("It improves guided generation to an FID of 1.53.", [("with guidance",)]),
        ("It has an IoU of 0.82.", [()]),
        ("It has 84.5% with a linear SVM.", [("linear SVM",)]),
        ("Its linear SVM accuracy is 84.5%.", [("linear SVM",)]),
        ("Unlike linear SVMs of old, it has 84.5%.", [()]),
        ("It has 84.5% by training a simple linear classifier.", [("linear probe",)]),
        ("It has 84.5% in k-NN evaluation.", [("k-NN",)]),
        ("It has 84.5% under frozen token evaluation.", [("frozen backbone",)]),
        ("It has 84.5% on Area 5 of ToyRooms.", [("area 5",)]),
        ("It has 84.5% on ToyRooms Area 5, ToyLanes and ToyRoads.", [()]),
        ("It has 84.5% on novel classes.", [("novel classes",)]),
        ("It has 84.5% for the unseen categories.", [("unseen classes",)]),
        ("It has 31.5 dB for x4 super-resolution.", [("upscaled 4x",)]),
        ("It has 31.5 dB for 4$\\times$ SR.", [("upscaled 4x",)]),
        ("It has 31.5 dB at a scaling factor of 2.", [("upscaled 2x",)]),
        ("It has 31.5 dB against Gaussian noise of σ = 25.", [("σ = 25",)]),
        ("It has 31.5 dB at a noise level of 50.", [("σ = 50",)]),
        ("It has 84.5% with label noise.", [("with noise",)]),
        ("It has 84.5% at an SNR of -5 dB.", [("-5 dB SNR",)]),
        ("In dynamic noise environments it has 84.5%.", [("with noise",)]),
        ("With new label-sets it has 84.5%.", [("new labels",)]),
        ("It has 84.5% on the validation dataset.", [("validation split",)]),
        ("It has 84.5% on MNIST superpixels.", [("superpixels",)]),
        ("It has 84.5% in the closed-book setting.", [("closed-book",)]),
        ("It has 84.5% in a semi-supervised setting.", [("semi-supervised",)]),
        ("It has 84.5% in the transductive setting.", [("transductive",)]),
        ("It has 84.5% with re-ranking.", [("re-ranking",)]),
        ("It has 28.4 BLEU with beam search.", [("beam search",)]),
        ("It has 84.5% there.", [()]),
        ("This non zero-shot method has 84.5%.", [()]),
    ],
)
def test_one_number(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert of_each(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has 84.5% zero-shot and 86.1% with five shots.", [("zero-shot",), ("5-shot",)]),
        ("It has 84.5% on the dev set, and 83.1% there.", [("dev split",), ()]),
        ("It has 84.5% and 83.1% on the dev set.", [("dev split",), ("dev split",)]),
        ("In the zero-shot setting, it has 84.5% here, and 83.1% there.", [("zero-shot",), ("zero-shot",)]),
        ("In the zero-shot setting, it has 84.5%, and 83.1% with 5-shot prompts.", [("zero-shot",), ("5-shot",)]),
        ("The fine-tuned model has 84.5%, compared with 83.1% for ours.", [("fine-tuned",), ()]),
        ("In the zero-shot and few-shot settings, it has 84.5%.", [("few-shot and zero-shot",)]),
        ("It rises from zero-shot to 5-shot, to 84.5%.", [()]),
    ],
)
def test_whose_a_condition_is(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert of_each(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has 72.1% and 80.3% in the 1-shot and 5-shot settings, respectively.", ["1-shot", "5-shot"]),
        (
            "It has 72.1%, 80.3% and 82.4% for 1-, 5- and 10-shot learning, respectively.",
            ["1-shot", "5-shot", "10-shot"],
        ),
        ("It has 72.1%, 80.3% and 82.4% for Task 1, 2 and 3, respectively.", ["task 1", "task 2", "task 3"]),
        ("For Task 1, we have 72.1%, whereas for Task 2, we have 80.3%.", ["task 1", "task 2"]),
        ("The accuracy under PGD-20 attacks rose from 44.1% in Foo to 71.2% in Bar.", ["PGD-20", "PGD-20"]),
        ("It has 87.9%, which is 0.3% higher than Foo, in 5-shot tests.", ["5-shot", "5-shot"]),
        ("In 1-shot tests it has 72.1% there and, in 5-shot tests, it has 80.3%.", ["1-shot", "5-shot"]),
        ("It has 72.1%/80.3% in zero-/few-shot settings.", ["zero-shot", "few-shot"]),
        ("The best and worst classes have 72.1% and 20.3%, respectively.", ["best class", "worst class"]),
        ("It has 72.1% and 80.3% on the dev and test sets.", ["dev split", "test split"]),
        ("It has 72.1% F1 and 80.3% F1 on the dev set and the test set, respectively.", ["dev split", "test split"]),
        ("It leads in both single-model and ensemble settings (72.1 and 80.3).", ["single model", "ensemble"]),
        (
            "It has 27.8 and 33.8 BLEU from English to German and German to English.",
            ["English to German", "German to English"],
        ),
        (
            "It gains 6.2% and 7.3% for words and 2.0% and 3.7% for lines in zero-shot and few-shot use, respectively.",
            ["zero-shot", "few-shot", "zero-shot", "few-shot"],
        ),
        ("It has 72.1% and 80.3% on the dev set of ToyA and ToyB, respectively.", ["dev split", "dev split"]),
        ("It has 72.1%, 75.0% and 80.3% with 1-shot and 5-shot prompts.", ["1-shot and 5-shot"] * 3),
        ("It has 72.1% and 80.3% on ToyA and ToyB with 1-shot and 5-shot prompts.", ["1-shot and 5-shot"] * 2),
    ],
)
def test_lists_of_numbers_and_conditions_answer_to_each_other(sentence: str, expected: list[str]) -> None:
    assert of_each(sentence) == [(name,) for name in expected]


@pytest.mark.parametrize(
    ("setting", "benchmark", "metric", "expected"),
    [
        (None, "OddRead", "accuracy", "unstated"),
        ("5-shot; dev split", "OddRead", "accuracy", "5-shot; dev split"),
        ("pass@1", "OddRead", "pass@1", "unstated"),
        ("pass@1", "OddRead", "pass@10", "pass@1"),
        ("test-clean", "Murmurs test-clean", "WER", "unstated"),
        ("256x256; zero-shot", "PixBox-256", "FID", "zero-shot"),
    ],
)
def test_lane(setting: str | None, benchmark: str, metric: str, expected: str) -> None:
    assert lane(setting, benchmark, metric) == expected


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        ("Toy Nets for Semi-Supervised Detection", "It has 84.5%.", ("semi-supervised",)),
        ("Differentially Private Toys", "It has 84.5%.", ("differential privacy",)),
        ("Differentially Private Toys", "It has 84.5% at ε = 2.", ("ε = 2",)),
        ("A Tool-Integrated Toy", "It has 84.5% without tools.", ("no tools",)),
        ("Toys for Unsupervised Pre-training", "It has 84.5%.", ()),
        ("Unsupervised Cross-Toy Representation Learning", "It has 84.5%.", ()),
        ("Zero-Shot Toys", "It has 84.5%.", ()),
        ("Toy Nets", "It has 84.5% with unsupervised toys.", ()),
    ],
)
def test_titles_state_what_holds_for_all_numbers(title: str, sentence: str, expected: tuple[str, ...]) -> None:
    start = sentence.index("84.5%")
    assert stated(sentence, [(start, start + 5)], 0, title=title) == expected


def test_names_state_conditions_that_the_stretch_of_a_number_leaves_open() -> None:
    sentence = "It has 82.9% zero-shot accuracy surpassing 82.0% of Bar."
    spans = [match.span() for match in re.finditer(r"\d+\.\d%", sentence)]
    assert stated(sentence, spans, 1) == ()
    assert stated(sentence, spans, 1, names=["zero-shot accuracy"]) == ("zero-shot",)
    assert stated("It has 5-shot 82.9%.", [(14, 19)], 0, names=["zero-shot accuracy"]) == ("5-shot",)


@pytest.mark.parametrize(
    ("setting", "metric", "expected"),
    [("per character", "bits/char", "unstated"), ("per token", "bits/char", "per token"),
     ("per byte", "bits/byte", "unstated"), ("per character", "perplexity", "per character")],
)  # fmt: skip
def test_a_token_that_the_unit_names_is_said(setting: str, metric: str, expected: str) -> None:
    assert lane(setting, "ToyText", metric) == expected


def test_each_number_is_over_its_own_token() -> None:
    sentence = "It has a character-level perplexity of 2.07 on ToyText and 2.9 bits per token on ToyBooks."
    assert of_each(sentence) == [("per character",), ("per token",)]


@given(st.text(max_size=200))
def test_any_text_has_its_mentions_inside(text: str) -> None:
    for mention in mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[shots]\n", "is not a table with the fields"),
        ('[shots]\nconditions = [{name = "x", written = "("}]\n', "conditions, number 1"),
        ('[shots]\nconditions = [{name = "{y}", written = "x"}]\n', "conditions, number 1"),
        ('[shots]\nconditions = [{name = "y", written = "x", title = "maybe"}]\n', "title is 'maybe'"),
        ("[shots\n", "is not TOML"),
    ],
)
def test_a_bad_file_is_named(text: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "conditions.toml").write_text(text)
    with pytest.raises(BadDataFile, match=problem):
        vocabulary(tmp_path)
