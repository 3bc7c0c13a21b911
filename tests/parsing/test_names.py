"""Names that the registry knows, names by shape, abbreviations, and what the paper calls its own."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.parsing.gazetteer import Gazetteer, Mention, gazetteer
from leaderboard.parsing.names import Names, names
from leaderboard.parsing.systems import systems_of
from leaderboard.parsing.text import clean, lowered
from leaderboard.registry import load


def known(book: Gazetteer, text: str) -> list[tuple[str, str]]:
    """The registry names of a text: as printed, and canonical."""
    return [(m.text, m.name) for m in book.find(text, text.lower())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SPARK holds pictures of spacecraft.", "SPARK (spacecraft)"),
        ("SPARK is hard for any vision-language model.", "SPARK (multi-vision sensors)"),
        ("On CSL, a graph neural network is better.", "CSL (circular skip links)"),
        ("On CSL, a set of sign language, it is better.", "CSL (sign language)"),
        ("On CSL it is better.", ""),
        ("On CSL, glosses of sign language are no graph neural net for isomorphism.", ""),
    ],
)
def test_a_name_that_benchmarks_share_is_read_by_the_words_around_it(text: str, found: str) -> None:
    names_found = [name for printed, name in known(gazetteer(load()), text) if printed in {"SPARK", "CSL"}]
    assert names_found == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ImageNet classification is hard.", [("ImageNet", "ImageNet")]),
        ("It is tested on ImageNet-C only.", [("ImageNet-C", "ImageNet-C")]),
        (
            "On ImageNet, ImageNet-1K and ImageNet-C.",
            [("ImageNet", "ImageNet"), ("ImageNet-1K", "ImageNet"), ("ImageNet-C", "ImageNet-C")],
        ),
        (
            "On CIFAR-10, CIFAR10, CIFAR 10 and cifar-10.",
            [(s, "CIFAR-10") for s in ("CIFAR-10", "CIFAR10", "CIFAR 10", "cifar-10")],
        ),
        ("CIFAR-100 is another.", []),
        (
            "On the Penn Treebank and the penn treebank.",
            [("Penn Treebank", "Penn Treebank"), ("penn treebank", "Penn Treebank")],
        ),
        ("On the Penn-Treebank.", [("Penn-Treebank", "Penn Treebank")]),
        ("The ImageNet's classes", [("ImageNet", "ImageNet")]),
        ("(ImageNet) and ImageNet.", [("ImageNet", "ImageNet"), ("ImageNet", "ImageNet")]),
        ("On myImageNet and ImageNette.", []),
        ("On Tiny-ImageNet and mini-ImageNet.", []),
        ("An ImageNet-Foo of another kind.", []),
        ("An ImageNet-gFoo of another kind.", []),
        ("Both ImageNets beat all LLaMA-2s", [("ImageNet", "ImageNet"), ("LLaMA-2", "LLaMA-2")]),
        ("The WERS method and the WERs", [("WER", "WER")]),
        ("On CIFAR 10, and on Penn treebank", [("CIFAR 10", "CIFAR-10"), ("Penn treebank", "Penn Treebank")]),
        ("An ImageNet-pretrained network", [("ImageNet", "ImageNet")]),
        ("It beats LLaMA-2-7B and LLaMA-2.", [("LLaMA-2-7B", "LLaMA-2"), ("LLaMA-2", "LLaMA-2")]),
        ("The word error rate and the WER", [("word error rate", "WER"), ("WER", "WER")]),
        ("The Accuracy and the accuracy", [("Accuracy", "accuracy"), ("accuracy", "accuracy")]),
        ("", []),
    ],
)
def test_known_names_with_their_boundaries(book: Gazetteer, text: str, found: list[tuple[str, str]]) -> None:
    assert known(book, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The squad reads SQuAD and SQUAD.", ["SQuAD", "SQUAD"]),
        ("COCO, not coco or a cup of Coco", ["COCO"]),
        ("MATH is a benchmark, math and Math are not.", ["MATH"]),
        ("BLEU is a metric, bleu is a colour.", ["BLEU"]),
        ("They wer here; WER is a metric.", ["WER"]),
        ("A Map of the floor and its mAP", ["mAP"]),
    ],
)
def test_short_and_needy_names_need_their_case(book: Gazetteer, text: str, found: list[str]) -> None:
    assert [printed for printed, _ in known(book, text)] == found


def test_a_contextual_alias_is_not_sure(book: Gazetteer) -> None:
    text = "On MATH and COCO."
    assert [(m.text, m.sure) for m in book.find(text, text.lower())] == [("MATH", False), ("COCO", True)]


def test_the_longest_name_wins_and_none_overlap(book: Gazetteer) -> None:
    text = "word error rate, ImageNet-1K, F1 score"
    assert [m.text for m in book.find(text, text.lower())] == ["word error rate", "ImageNet-1K", "F1 score"]


def read(book: Gazetteer, text: str, title: str = "") -> Names:
    return names(title, text, lowered(text), book)


def called(found: Names, printed: str) -> Mention:
    """The first mention with these words."""
    return next(m for m in found.mentions if m.text == printed)


@pytest.mark.parametrize(
    ("text", "printed", "evidence"),
    [
        ("It is tested on FroodBench in full.", "FroodBench", "on"),
        ("It is tested on the newly released FroodBench.", "FroodBench", "on"),
        ("It wins on the ZorkQA dataset.", "ZorkQA", "noun"),
        ("It wins in the ZorkQA benchmark.", "ZorkQA", "noun"),
        ("It wins at the benchmark ZorkQA.", "ZorkQA", "noun-before"),
        ("It wins on ImageNet and ZorkQA alike.", "ZorkQA", "list"),
        ("It is made from ZorkQA alone.", "ZorkQA", "in"),
        ("It is, unlike ZorkQA, fast.", "ZorkQA", ""),
        ("It solves the ZorkQA task.", "ZorkQA", "task"),
        ("It wins on ImageNet classification.", "ImageNet", "on"),
    ],
)
def test_evidence_for_a_data_set(book: Gazetteer, text: str, printed: str, evidence: str) -> None:
    assert called(read(book, text), printed).evidence == evidence


def test_a_name_by_shape_is_unsure_and_kept_as_printed(book: Gazetteer) -> None:
    mention = called(read(book, "It is tested on FroodBench v2 in full."), "FroodBench v2")
    assert (mention.kind, mention.name, mention.sure) == ("shape", "FroodBench v2", False)


@pytest.mark.parametrize(
    "text",
    [
        "We train Transformers on GPUs with PyTorch.",
        "However, LLMs and CNNs are large. Moreover, they are slow.",
        "Books and Objects are seen.",
        "Results in English and Chinese.",
    ],
)
def test_common_words_are_no_names(book: Gazetteer, text: str) -> None:
    assert [m.text for m in read(book, text).mentions] == []


def test_an_abbreviation_is_its_long_form(book: Gazetteer) -> None:
    text = "It is tested on the Frood Towel Corpus (FTC). On FTC it wins."
    found = read(book, text)
    assert [(m.text, m.name) for m in found.mentions] == [
        ("Frood Towel Corpus", "Frood Towel Corpus"),
        ("FTC", "Frood Towel Corpus"),
        ("FTC", "Frood Towel Corpus"),
    ]


def test_an_abbreviation_of_a_known_name_is_known(book: Gazetteer) -> None:
    found = read(book, "It is tested on the Penn Treebank (PTB), and PTB is old.")
    assert [(m.text, m.kind, m.name) for m in found.mentions[1:]] == [("PTB", "benchmark", "Penn Treebank")] * 2


def test_an_abbreviation_of_a_phrase_for_a_metric_is_a_metric(book: Gazetteer) -> None:
    found = read(book, "The expected quux rate (EQR) falls. It has a low EQR.")
    assert [(m.text, m.kind) for m in found.mentions] == [("EQR", "metric")] * 2


def test_an_abbreviation_beside_a_metric_is_a_metric(book: Gazetteer) -> None:
    assert called(read(book, "It reports BLEU and QUX values."), "QUX").kind == "metric"


def test_mentions_never_overlap(book: Gazetteer) -> None:
    text = "On ImageNet-C, ImageNet-Foo, Tiny-ImageNet, FroodBench v2, the Frood Towel Corpus (FTC) and the F1 score."
    spans = [(m.start, m.end) for m in read(book, text).mentions]
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[m.start : m.end] == m.text for m in read(book, text).mentions)


@pytest.mark.parametrize(
    ("title", "text", "systems"),
    [
        ("ToyNet: Networks at Play", "It is a network.", ("ToyNet",)),
        ("Networks at Play", "We propose PlayNet, a network.", ("PlayNet",)),
        ("Networks at Play", "In this paper, we present a novel network called PlayNet.", ("PlayNet",)),
        ("Networks at Play", "This paper introduces a new method, dubbed PlayNet.", ("PlayNet",)),
        ("Networks at Play", "We introduce Quiet Deep Networks (QDN) for play.", ("QDN",)),
        ("ToyNet: Networks at Play", "We propose ToyNet, a network. ToyNet wins.", ("ToyNet",)),
        ("Networks at Play", "We propose a network that plays.", ()),
        ("Networks at Play", "They compare ToyNet with PlayNet.", ()),
        ("Networks at Play", "PlayNet is older than ours.", ()),
        ("", "", ()),
    ],
)
def test_own_systems(title: str, text: str, systems: tuple[str, ...]) -> None:
    assert systems_of(title, text)[0] == systems


def test_the_name_in_the_title_comes_first() -> None:
    title, text = "ToyNet: Networks at Play", "We propose PlayNet and train it. We propose ToyNet, too."
    assert systems_of(title, text)[0] == ("ToyNet", "PlayNet")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("On Towels", "We introduce FroodBench, a benchmark of questions."),
        ("On Towels", "We present FroodBench, a new large-scale data set of towels."),
        ("FroodBench: A Benchmark of Towels", "Towels are counted."),
        ("On Towels", "We introduce FroodBench, a strict framework of tests."),
        ("On Towels", "We introduce FroodBench. This benchmark is hard for all."),
        ("FroodBench: Towels at Length", "To this end, we introduce the first benchmark FroodBench for towels."),
        ("On Towels", "We introduce **FroodBench**: a hand-checked, 40-towel benchmark."),
    ],
)
def test_a_data_set_that_the_paper_introduces(title: str, text: str) -> None:
    systems, introduced = systems_of(title, clean(text))
    assert systems == ("FroodBench",)
    assert introduced == {"froodbench"}


def test_a_system_trained_on_a_data_set_is_none() -> None:
    assert systems_of("", "We propose ToyNet, a model trained on a large dataset.")[1] == frozenset()


def test_a_name_counts_for_a_system_only_where_it_stands_whole() -> None:
    text = "We extend Owl Splatting (OS), as our OS-Zoom shows. We propose OS-Zoom. OS-Zoom and OS-Zoom-B are fast."
    assert systems_of("", text)[0][0] == "OS-Zoom"


@pytest.mark.parametrize(("text", "kinds"), [("than a CNN there", []), ("on the CNN data set", ["benchmark"])])
def test_a_needy_name_behind_an_article_is_that_of_a_kind_of_thing(text: str, kinds: list[str]) -> None:
    found = read(gazetteer(load()), f"It is 3% better {text}.")
    assert [m.kind for m in found.mentions if m.text == "CNN"] == kinds


def test_the_own_system_is_no_benchmark_anywhere(book: Gazetteer) -> None:
    found = read(book, "We propose PlayNet. It is tested on PlayNet and ZorkQA.", "")
    assert [m.kind for m in found.mentions] == ["model", "model", "shape"]


def test_a_data_set_of_the_paper_is_no_model(book: Gazetteer) -> None:
    found = read(book, "We introduce FroodBench, a benchmark. All fail on FroodBench.")
    assert {m.kind for m in found.mentions} == {"shape"}


def test_known_gap_a_corpus_in_use_is_taken_for_the_system() -> None:
    systems, _ = systems_of("", "We test on the Frood Towel Corpus (FTC) and on ImageNet.")
    assert systems == ("FTC",), "the gap is closed: demand ()"


@given(st.text(alphabet="ABCab10 -():.,@") | st.text(max_size=80), st.text(max_size=40))
def test_any_text(book: Gazetteer, text: str, title: str) -> None:
    found = read(book, text, title)
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
    assert all(a.end <= b.start for a, b in zip(found.mentions, found.mentions[1:], strict=False))


def test_a_shared_task_is_another_data_set_for_every_number() -> None:
    assert of("Our system took part in SemEval-2018 Task 99 and SemEval-2018.") == [
        ("SemEval-2018 Task 99", "SemEval-2018 Task 99"),
        ("SemEval-2018", "SemEval-2018"),
    ]


def test_an_average_of_two_is_no_average_precision() -> None:
    assert of("It has an average precision and recall of 91%.") == [
        ("precision", "precision"),
        ("recall", "recall"),
    ]
    assert of("It has an average precision of 91%.") == [("average precision", "AP")]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It is tested on four data sets: Foobar, Barbaz and Quux.", ["Foobar", "Barbaz", "Quux"]),
        ("It wins on many benchmarks (e.g., Foobar, FBQ, and Barbaz).", ["Foobar", "FBQ", "Barbaz"]),
        ("On two datasets including Wikitext-103, Foobar, and Barbaz, it wins.", ["Wikitext-103", "Foobar", "Barbaz"]),
        ("It is best on ImageNet and Foobar, by far.", ["ImageNet", "Foobar"]),
        ("It reaches 98% on the Toy-HR dataset.", ["Toy-HR"]),
        ("On COCO-Stuff 10K and COCO-Stuff 164K, it wins.", ["COCO-Stuff 10K", "COCO-Stuff 164K"]),
        ("We are fourth in the AI Towel Challenge 2024 with it.", ["AI Towel Challenge 2024"]),
        ("The FROOD 2021 Towel Folding Challenge is hard.", ["FROOD 2021 Towel Folding Challenge"]),
        ("It is best on WMT14 Lithuanian-Finnish, by far.", ["WMT14 Lithuanian-Finnish"]),
        ("It is best on the ImageNet Towels dataset.", ["ImageNet Towels"]),
        ("It is best on newstest2019 alone.", ["newstest2019"]),
    ],
)
def test_names_of_data_sets(text: str, printed: list[str]) -> None:
    found = names("", text, lowered(text), gazetteer(load())).mentions
    assert [m.text for m in found if m.kind in {"benchmark", "shape"}] == printed


def test_the_side_of_the_images_makes_another_data_set() -> None:
    text = "The FID on ImageNet 256x256, ImageNet (512x512) and CIFAR-10 is low."
    found = names("", text, lowered(text), gazetteer(load())).mentions
    assert [m.name for m in found if m.kind == "benchmark"] == ["ImageNet-256", "ImageNet-512", "CIFAR-10"]


def test_two_editions_share_their_name() -> None:
    text = "It is best on AIME 2024/2025 and on MultiWOZ 2.0 and 2.1, and it rose 5% in 2024 and 2025."
    found = names("", text, lowered(text), gazetteer(load())).mentions
    assert [(m.text, m.name) for m in found if m.kind == "benchmark"] == [
        ("AIME 2024", "AIME 2024"),
        ("2025", "AIME 2025"),
        ("MultiWOZ 2.0", "MultiWOZ 2.0"),
        ("2.1", "MultiWOZ 2.1"),
    ]


def test_data_sets_may_share_all_but_their_number() -> None:
    assert of("On CIFAR-10/100, and on CIFAR10/-100 too.") == [
        ("CIFAR-10", "CIFAR-10"),
        ("100", "CIFAR-100"),
        ("CIFAR10", "CIFAR-10"),
        ("100", "CIFAR-100"),
    ]
    assert of("On CIFAR-10/77, it is 45%, and on CIFAR-10 / 100%.") == [("CIFAR-10", "CIFAR-10")] * 2


def test_versions_are_spelled_in_many_ways() -> None:
    for printed in ("VQAv2", "VQA v2", "VQA-v2", "VQA V2"):
        assert known(gazetteer(load()), f"It is tested on {printed} alone.") == [(printed, "VQAv2")]


@pytest.mark.parametrize(
    ("printed", "name"),
    [("50 Salads", "50Salads"), ("Human 3.6M", "Human3.6M"), ("Human-3.6M", "Human3.6M"), ("SIMMC 2.0", "SIMMC2.0")],
)
def test_a_blank_or_a_hyphen_may_stand_between_letters_and_digits(printed: str, name: str) -> None:
    assert known(gazetteer(load()), f"It is tested on {printed} alone.") == [(printed, name)]


def test_a_model_in_the_place_of_a_data_set_is_one() -> None:
    text = "It is best on the Alpaca test set. Alpaca is a model."
    kinds = [m.kind for m in names("", text, lowered(text), gazetteer(load())).mentions]
    assert kinds == ["shape", "model"]
    assert [m.kind for m in read_whole("We collect a dataset Alpaca, and Alpaca is a model.")] == ["shape", "model"]
    assert [m.kind for m in read_whole("On the new benchmark, Alpaca is best.")] == ["model"]


def test_a_plain_word_names_the_data_set_of_the_paper() -> None:
    text = "The best of all models scores 24.5%. Towels is hard, and we plan more of Towels."
    found = names("Towels: A Dataset for Folding", text, lowered(text), gazetteer(load()))
    assert [m.text for m in found.mentions] == ["Towels", "Towels"]
    assert [m.text for m in read_whole(text)] == [], "only the title makes it a name"


def test_a_word_is_no_abbreviation() -> None:
    assert of("We map the titles with a mAP of 3%.") == [("mAP", "mAP")]


def read_whole(text: str) -> tuple[Mention, ...]:
    """The names that the shipped registry finds in a text with no title."""
    return names("", text, lowered(text), gazetteer(load())).mentions


def of(text: str) -> list[tuple[str, str]]:
    """The names that the shipped registry finds in a text with no title: as printed, and canonical."""
    return [(m.text, m.name) for m in read_whole(text)]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("Owl-7B scores 62.4% on it, and Wren-9B scores only 60.1%.", []),
        ("It has a KRXU score of 62.4%, and KRXU scores of 61% before.", ["KRXU", "KRXU"]),
        ("On it, Toy Rubrics score 54.2% and 40.6%.", []),
        ("On it, the Toy Rubrics score is 54.2%.", ["Toy Rubrics"]),
    ],
)
def test_a_name_that_scores_is_a_system_and_a_name_of_scores_a_metric(text: str, metrics: list[str]) -> None:
    cleaned = clean(text)
    found = names("", cleaned, lowered(cleaned), gazetteer(load()))
    assert [m.text for m in found.mentions if m.kind == "metric" and m.text[0].isupper()] == metrics
