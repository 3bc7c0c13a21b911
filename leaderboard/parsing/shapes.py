"""Step 3, unknown names: what looks like the name of a data set, a metric or a system, and what around it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaderboard.parsing.gazetteer import Mention

DATA = r"data[\s-]?sets?|benchmarks?|corpus|test[\s-]?sets?"
"""What a data set is called, in one word."""

DATASET_NOUN = (
    r"(?:data[\s-]?sets?|benchmarks?|corpus|corpora|challenges?|test[\s-]?sets?|leaderboards?"
    r"|suites?|testbeds?|collections?|data(?=\s|[.,;)])|tasks?|dev(?:elopment)?[\s-]set"
    r"|validation[\s-]set|test[\s-](?:split|bench)|environments?|simulators?|competitions?"
    r"|tracks?|test)"
)
"""Nouns that make the name before them a data set."""

_NOUN_AFTER = re.compile(r"\s*\)?(?:'s)?\s+(?:[a-z-]+\s+)?" + DATASET_NOUN + r"\b")

_DATA_AFTER = re.compile(r"\)?\s(?:data[\s-]?sets?|benchmarks?|corpus|corpora|leaderboards?|test[\s-]sets?)\b")
"""A data set and nothing else: a capitalised word before it is its name."""

_NAMELY = re.compile(
    r"\b(?:data[\s-]?sets|benchmarks|corpora|test[\s-]?sets)"
    r"\s*(?:,\s*namely|:|,?\s*(?:such as|including)|\(\s?(?:e\.g\.,?|i\.e\.,?|namely)?|,)\s*"
    r"(?:(?:the\s)?[A-Z0-9][\w+.-]*(?:\s[A-Z0-9][\w+.-]*){0,3}(?:\s\([A-Z][\w-]*\))?,?\s(?:and\s|or\s)?){0,5}$"
)
"""What opens a list of data sets, and what of the list stands before a member."""

_LISTED_DATA = re.compile(
    r"(?:,?\s(?:and|or)\s|,\s)(?:the\s)?[A-Z][A-Za-z0-9-]+(?:,?\s(?:and|or)\s(?:the\s)?[A-Z][A-Za-z0-9-]+)?"
    r"\s(?:data[\s-]?sets|benchmarks|corpora)\b"
)
"""The rest of a list of names that ends in "data sets"."""

_NOUN_BEFORE = re.compile(
    r"\b(?:data[\s-]?sets?|benchmarks?|corpus|corpora|suites?|challenge|competition"
    r"|leaderboard|tasks?|test[\s-]sets?|test[\s-]splits?|dev[\s-]sets?|validation[\s-]sets?"
    r"|splits?|subsets?|portion|version)\s*(?:,|:|\(|such as|including|like|e\.g\.,?|i\.e\.,?"
    r"|namely|from|called|named|of)?\s*(?:the\s)?$"
)

_ON_BEFORE = re.compile(
    r"\b(?:[Oo]n|[Aa]cross|[Oo]ver)\s+(?:both\s+|all\s+|the\s+|a\s+|our\s+|standard\s+|popular\s+"
    r"|challenging\s+|public\s+|large-scale\s+|unseen\s+|entire\s+|full\s+|new\s+"
    r"|[a-z]+ly\s+[a-z]+\s+)*$"
)

_IN_BEFORE = re.compile(r"\b(?:in|for|from|of|with|at|against|using|by)\s+(?:the\s+)?$")

_LIST_BEFORE = re.compile(r"(?:,|\band|\bor|/|&)\s*(?:the\s)?$")

_SHAPE = re.compile(
    r"""(?<![A-Za-z0-9_.@/-])
    (?=[A-Z0-9]|[a-z]++[A-Z0-9@])                            # most words are plain: they are left at once
    (?:
        [A-Z][A-Za-z0-9]*(?:[-_+][A-Za-z0-9]+|(?<=\d)\.\d+)*\+{0,2}  # a capitalised word with its hyphens
      | [a-z]{1,3}[A-Z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*     # iNaturalist, mTEDx, sMNIST
      | [a-z]+\d*[A-Z][A-Za-z0-9-]*                          # tieredImageNet, miniImageNet
      | \d{1,3}[A-Z][A-Za-z]{2,}[A-Za-z0-9-]*                # 3DMatch, 300W
      | [a-z]{4,}(?:19|20)\d\d\b                               # newstest2019
      | [a-z]+\d+[a-z]?(?=\s(?:data\s?set|benchmark|corpus|test\sset))  # sst2 dataset
      | [A-Za-z]+@[0-9][0-9.]*[0-9kK]?                        # best@32, Acc@0.5
    )(?:'\d\d)?
    """,
    re.VERBOSE,
)

_VERSION = re.compile(
    r"\s(?:v\d(?:\.\d)?|V\d(?:\.\d)?|[1-3]\.0|20[12]\d|\d{1,3}(?:\.\d)?(?=\s*(?:data\s?sets?"
    r"|benchmark|corpus|test|index|[,.;)](?!\d)|\())|I{1,3}|Hard|Lite|Pro|Verified"
    r"|Plus)(?![A-Za-z0-9%.]|\s?%)"
)

COMMON = frozenset(
    """We Our The This These Those In On At To From For With By As It Its If When While However Moreover Furthermore
    Additionally     Finally Specifically Experiments Experimental Results Extensive Compared Using Based Both
    All Each Most Many Some Such Code     Codes Data Dataset Datasets Models Model Large Language Deep Neural
    Network Networks Learning Machine Natural Processing Vision     Transformer Transformers AI ML NLP CV RL LLM
    LLMs LM LMs MLLM MLLMs VLM VLMs VLA VLAs GAN GANs CNN CNNs RNN RNNs GNN GNNs DNN DNNs MLP MLPs ViT ViTs SOTA
    SoTA     GPU GPUs CPU CPUs TPU TPUs API APIs QA VQA NER NLI MT NMT ASR TTS OCR SFT RLHF DPO PPO GRPO SGD
    Adam AdamW LoRA QLoRA PEFT MoE RAG CoT ICL KD     English Chinese German French Spanish Japanese Arabic
    Hindi Korean Russian Italian Portuguese Turkish Vietnamese Indian European African     Python Java PyTorch
    TensorFlow JAX CUDA NVIDIA GitHub Google OpenAI Meta Microsoft Amazon Facebook Apple Huawei Alibaba DeepMind
    Anthropic HuggingFace     FLOPs FLOPS GFLOPs MACs FPS RGB RGB-D LiDAR IMU RADAR Radar GPS MRI CT PET EEG ECG
    fMRI UAV 2D 3D 4D BEV HD LSTM BiLSTM GRU CRF SVM kNN PCA UDA SSL FL IID non-IID OOD ID     Code Project Page
    Github Website Section Figure Table Equation Appendix Theorem Internet Web Wi-Fi IoT COVID-19 AR VR XR UI
    GUI IR SR HR LR IT US USA UK EU     Bayesian Gaussian Markov Fourier Laplacian Hessian Euclidean Monte Carlo
    Wasserstein Shapley Pareto Nash Bayes Jacobian Lipschitz Hilbert Riemannian Bellman Boolean     Mean Average
    Precision Accuracy Recall Score Top-1 Top-5 Rank-1 Prior Recent Existing Previous Current Under Over After
    Before Through Across Given Here There Then Thus Hence     Despite Although Unlike Since Because Further
    Also Second First Third Lastly Notably Importantly Remarkably Interestingly Empirically Comprehensive
    Evaluations Evaluation     Empirical Quantitative Qualitative Without Within Among Between Against Via Per
    Not No One Two Three Four Five Only Even Often Recently Currently Typically Overall Evaluated Tested
    Trained Training Combined Building Leveraging Inspired Motivated Through Towards Toward Unfortunately
    Consequently Accordingly Meanwhile Nevertheless Besides What How Why Which Who     Human Humans Users User
    Image Images Video Text Speech Audio Music Graph Graphs Point Object Objects Scene""".split()
)
"""Capitalised words and abbreviations that name no data set; a shape made of them alone is dropped."""


def evidence(text: str, mention: Mention) -> str:
    """What stands around a name that speaks for a data set."""
    if match := _NOUN_AFTER.match(text, mention.end):
        return "task" if match[0].endswith(("task", "tasks", "environments", "environment")) else "noun"
    left = text[max(0, mention.start - 50) : mention.start]
    if _ON_BEFORE.search(left):
        return "on"
    if _NOUN_BEFORE.search(left):
        return "noun-before"
    if _LIST_BEFORE.search(left):
        return "list"
    if _IN_BEFORE.search(left):
        return "in"
    return ""


_EVENT_AFTER = re.compile(
    r"(?:\s[A-Z][A-Za-z0-9-]+){0,3}?(?:\s(?:Challenge|Benchmark|Dataset|Corpus|Competition)(?:\s20\d\d)?"
    r"|\s[A-Z][a-z]+(?=\s(?:data[\s-]?sets?|benchmarks?)\b))"
)
"""The rest of a name that starts with a common word: "AI Toy Challenge 2022", "Natural Towel benchmark"."""

_PAIRED = re.compile(r",?\s(?:and|or|&)\s|\s?/\s?")
_CLOSED = re.compile(
    r"\s*(?:[,.;)]|$|(?:data[\s-]?sets?|benchmarks?|corpora)\b|(?:respectively|in|with|while|for|using)\s)"
)


def shapes(text: str, known: list[Mention]) -> Iterator[Mention]:
    """Names by shape outside the `known` ones; those of data sets vouch for a plain word that is joined to them."""
    taken = sorted((m.start, m.end) for m in known)
    ends = {m.end for m in known if m.kind == "benchmark"}
    spans = iter([*taken, (len(text) + 1, len(text) + 1)])
    span = next(spans)
    last_end = -1
    for match in _SHAPE.finditer(text):
        start, end = match.span()
        while span[1] <= start:
            span = next(spans)
        if start < last_end or (span[0] < end and start < span[1]):
            continue
        word = match[0]
        if word in COMMON or len(word) < 2:
            event = _EVENT_AFTER.match(text, end) if word.isupper() or word.istitle() else None
            if event is None or _opens_sentence(text, start):
                continue
            last_end = event.end()
            yield Mention(start, last_end, text[start:last_end], "shape", text[start:last_end], sure=False)
            continue
        if word[0].isupper() and word[1:].islower() and not any(c.isdigit() for c in word):
            end = _capitalised_phrase(text, end)
            phrase = text[start:end]
            left = text[max(0, start - 50) : start]
            joined = _PAIRED.search(left[-6:])
            paired = (
                joined is not None
                and joined.end() == len(left[-6:])
                and start - (joined.end() - joined.start()) in ends
                and _CLOSED.match(text, end) is not None
            )
            if not (
                " " in phrase
                or paired
                or _ON_BEFORE.search(left)
                or _DATA_AFTER.match(text, end)
                or _NAMELY.search(text, max(0, start - 120), start)
                or (_LIST_BEFORE.search(left) and _LISTED_DATA.match(text, end))
            ):
                continue
            if all(w in COMMON for w in phrase.split()):
                continue
            if _opens_sentence(text, start):
                continue
        if (version := _VERSION.match(text, end)) and (not version[0].strip()[0].isdigit() or not word.islower()):
            end = version.end()
        if span[0] < end and start < span[1]:
            continue
        last_end = end
        if not text[start:end].isalpha() or any(c.isupper() for c in text[start + 1 : end]):
            ends.add(end)
        yield Mention(start, end, text[start:end], "shape", text[start:end], sure=False)


def _opens_sentence(text: str, start: int) -> bool:
    """Whether a word is the first of a sentence, where every word has a capital."""
    return start == 0 or text[max(0, start - 2) : start].strip() in {".", "!", "?"}


def _capitalised_phrase(text: str, end: int) -> int:
    """The end of the run of capitalised words that starts at `start` (at most five)."""
    for _ in range(4):
        match = re.compile(r"\s(?:of\s(?=[A-Z])|the\s(?=[A-Z]))?[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*").match(text, end)
        if match is None or (match[0].strip() in COMMON and not _DATA_AFTER.match(text, match.end())):
            break
        end = match.end()
    return end
