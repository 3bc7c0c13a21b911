"""Step 3: the names in a text: benchmarks, metrics, models, and the system that the paper proposes.

One Aho-Corasick pass finds what the registry knows; shape rules find the names that it lacks ("on FooBench", "the Foo Bar
data set"). A name has one type throughout an abstract, and the system that a paper introduces is never its benchmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import ahocorasick_rs

from leaderboard.registry import Registry, key

MentionKind = Literal["benchmark", "metric", "model", "shape"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.

    `kind` is what it names ("shape": it looks like a name, no registry holds it); `name` is the canonical name, or the words
    as printed; `sure` is false for a name that needs evidence nearby (a contextual alias, or a shape).
    `evidence` says what around it speaks for a benchmark: "noun" (followed by "data set"), "on" (preceded by "on"), "list", "".
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    name: str
    sure: bool
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one abstract: mentions in order, the proposed systems, and the data sets that the paper introduces."""

    mentions: tuple[Mention, ...]
    systems: tuple[str, ...]
    introduced: frozenset[str]


class Gazetteer:
    """The registry's names in one automaton, with the spellings that differ in hyphens and blanks only."""

    def __init__(self, registry: Registry) -> None:
        """Compile the automaton for all names and aliases of `registry`."""
        entries: dict[str, list[tuple[str, MentionKind, str, bool]]] = {}
        for kind, table in (("benchmark", registry.benchmarks), ("metric", registry.metrics), ("model", registry.models)):
            for entry in table.values():
                contextual = {key(a) for a in entry.contextual_aliases}
                for alias in (entry.name, *entry.aliases, *entry.contextual_aliases):
                    sure = key(alias) not in contextual
                    for spelling in _spellings(alias):
                        rows = entries.setdefault(spelling, [])
                        if not any(r[1] == kind for r in rows):
                            rows.append((alias, kind, entry.name, sure))
        self._entries = [(spelling, tuple(rows)) for spelling, rows in entries.items() if len(spelling) > 1]
        self._automaton = ahocorasick_rs.AhoCorasick(
            [spelling for spelling, _ in self._entries], matchkind=ahocorasick_rs.MatchKind.Standard
        )

    def find(self, text: str, lower: str) -> list[Mention]:
        """The registry names in clean `text` (`lower` is its lower case, of the same length), whole words only, left to right."""
        size = len(text)
        whole = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True)
            if not (start and (lower[start - 1].isalnum() or lower[start - 1] in "_@"))
            and (end == size or not lower[end].isalnum() or (lower[end] == "s" and (end + 1 == size or not lower[end + 1].isalnum())))
        ]
        whole.sort()
        found: list[Mention] = []
        position = 0
        for start, minus_end, index in whole:
            if start >= position and (mention := self._fitting(text, start, -minus_end, index)) is not None:
                found.append(mention)
                position = mention.end
        return found

    def _fitting(self, text: str, start: int, end: int, index: int) -> Mention | None:
        """The first entry of a spelling whose case and surroundings fit, or None."""
        printed = text[start:end]
        hyphened = start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()
        compound = text[end:end + 1] == "-" and text[end + 1:end + 2].isalnum() and (text[end + 1].isupper() or text[end + 1].isdigit())
        for alias, kind, name, sure in self._entries[index][1]:
            if kind == "metric":
                if len(alias) <= 4 and alias.isupper() and not printed.isupper():
                    continue
                if _CAMEL.search(printed) and printed != alias:
                    continue
            elif hyphened or (compound and kind == "benchmark") or not _case_fits(printed, alias, kind, sure=sure):
                continue
            return Mention(start, end, printed, kind, name, sure)
        return None


_CAMEL = re.compile(r"[a-z][A-Z]")


def _spellings(alias: str) -> set[str]:
    """Lower-case spellings of an alias: hyphens for blanks, blanks for hyphens, and neither between a word and its digits."""
    low = alias.lower()
    forms = {low, low.replace("-", " "), low.replace(" ", "-")}
    joined = re.sub(r"(?<=[a-z])[- ](?=\d)", "", low)
    if len(joined) > 3:
        forms.add(joined)
    split = re.sub(r"(?<=[a-z])(?=\d)", "-", low)
    if len(low) > 3:
        forms |= {split, split.replace("-", " ")} if re.fullmatch(r"[a-z]+\d+", low) else set()
    return forms


def _case_fits(printed: str, alias: str, kind: MentionKind, *, sure: bool) -> bool:
    """Whether the printed case may be that name: a needy name must stand as the registry writes it, others may be all lower case if long."""
    if printed == alias:
        return True
    squashed, wanted = re.sub(r"[- ]", "", printed), re.sub(r"[- ]", "", alias)
    if squashed == wanted:
        return True
    if not sure or len(wanted) <= 4:
        return False
    if squashed.islower() and squashed.isalpha() and wanted.lower() != wanted and (len(wanted) < 8 or kind == "model"):
        return False
    return squashed.lower() == wanted.lower()


@lru_cache(maxsize=4)
def gazetteer(registry: Registry) -> Gazetteer:
    """The compiled gazetteer of a registry (kept: compiling costs some 10 ms)."""
    return Gazetteer(registry)


DATASET_NOUN = r"(?:data[\s-]?sets?|benchmarks?|corpus|corpora|challenges?|test[\s-]?sets?|leaderboards?|suites?|testbeds?|collections?|data(?=\s|[.,;)])|tasks?|dev(?:elopment)?[\s-]set|validation[\s-]set|test[\s-](?:split|bench)|environments?|simulators?|competitions?|tracks?|test)"
"""Nouns that make the name before them a data set."""
_NOUN_AFTER = re.compile(r"\s*\)?(?:'s)?\s+(?:[a-z-]+\s+)?" + DATASET_NOUN + r"\b")
_NOUN_BEFORE = re.compile(r"\b(?:data[\s-]?sets?|benchmarks?|corpus|corpora|suites?|challenge|competition|leaderboard|tasks?|test[\s-]sets?|test[\s-]splits?|dev[\s-]sets?|validation[\s-]sets?|splits?|subsets?|portion|version)\s*(?:,|:|\(|such as|including|like|e\.g\.,?|i\.e\.,?|namely|from|called|named|of)?\s*(?:the\s)?$")
_ON_BEFORE = re.compile(r"\b(?:on|across|over)\s+(?:both\s+|all\s+|the\s+|a\s+|our\s+|standard\s+|popular\s+|challenging\s+|public\s+|large-scale\s+|unseen\s+|entire\s+|full\s+|new\s+|[a-z]+ly\s+[a-z]+\s+)*$")
_IN_BEFORE = re.compile(r"\b(?:in|for|from|of|with|at|against|using|by)\s+(?:the\s+)?$")
_LIST_BEFORE = re.compile(r"(?:,|\band|\bor|/|&)\s*(?:the\s)?$")

_SHAPE = re.compile(
    r"""(?<![A-Za-z0-9_.@/-])
    (?:
        [A-Z][A-Za-z0-9]*(?:[-_+][A-Za-z0-9]+)*\+{0,2}       # a capitalised word with its hyphens
      | [a-z]{1,3}[A-Z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*     # iNaturalist, mTEDx, sMNIST
      | [a-z]+\d*[A-Z][A-Za-z0-9-]*                          # tieredImageNet, miniImageNet
      | \d{1,3}[A-Z][A-Za-z]{2,}[A-Za-z0-9-]*                # 3DMatch, 300W
      | [A-Za-z]+@[0-9][0-9.]*[0-9kK]?                        # best@32, Acc@0.5
    )(?:'\d\d)?
    """,
    re.VERBOSE,
)
_VERSION = re.compile(r"\s(?:v\d(?:\.\d)?|V\d(?:\.\d)?|[1-3]\.0|20[12]\d|\d{1,3}(?:\.\d)?(?=\s*(?:data\s?sets?|benchmark|corpus|test|index|[,.;)](?!\d)|\())|I{1,3}|Hard|Lite|Pro|Verified|Plus)(?![A-Za-z0-9%.]|\s?%)")
_COMMON = frozenset(
    """We Our The This These Those In On At To From For With By As It Its If When While However Moreover Furthermore Additionally
    Finally Specifically Experiments Experimental Results Extensive Compared Using Based Both All Each Most Many Some Such Code
    Codes Data Dataset Datasets Models Model Large Language Deep Neural Network Networks Learning Machine Natural Processing Vision
    Transformer Transformers AI ML NLP CV RL LLM LLMs LM LMs MLLM MLLMs VLM VLMs VLA VLAs GAN GANs CNN CNNs RNN RNNs GNN GNNs DNN DNNs MLP MLPs ViT ViTs SOTA SoTA
    GPU GPUs CPU CPUs TPU TPUs API APIs QA VQA NER NLI MT NMT ASR TTS OCR SFT RLHF DPO PPO GRPO SGD Adam AdamW LoRA QLoRA PEFT MoE RAG CoT ICL KD
    English Chinese German French Spanish Japanese Arabic Hindi Korean Russian Italian Portuguese Turkish Vietnamese Indian European African
    Python Java PyTorch TensorFlow JAX CUDA NVIDIA GitHub Google OpenAI Meta Microsoft Amazon Facebook Apple Huawei Alibaba DeepMind Anthropic HuggingFace
    FLOPs FLOPS GFLOPs MACs FPS RGB RGB-D LiDAR IMU RADAR Radar GPS MRI CT PET EEG ECG fMRI UAV 2D 3D 4D BEV HD LSTM BiLSTM GRU CRF SVM kNN PCA UDA SSL FL IID non-IID OOD ID
    Code Project Page Github Website Section Figure Table Equation Appendix Theorem Internet Web Wi-Fi IoT COVID-19 AR VR XR UI GUI IR SR HR LR IT US USA UK EU
    Bayesian Gaussian Markov Fourier Laplacian Hessian Euclidean Monte Carlo Wasserstein Shapley Pareto Nash Bayes Jacobian Lipschitz Hilbert Riemannian Bellman Boolean
    Mean Average Precision Accuracy Recall Score Top-1 Top-5 Rank-1 Prior Recent Existing Previous Current Under Over After Before Through Across Given Here There Then Thus Hence
    Despite Although Unlike Since Because Further Also Second First Third Lastly Notably Importantly Remarkably Interestingly Empirically Comprehensive Evaluations Evaluation
    Empirical Quantitative Qualitative Without Within Among Between Against Via Per Not No One Two Three Four Five Only Even Often Recently Currently Typically Overall Evaluated Tested
    Trained Training Combined Building Leveraging Inspired Motivated Through Towards Toward Unfortunately Consequently Accordingly Meanwhile Nevertheless Besides What How Why Which Who
    Human Humans Users User Image Images Video Text Speech Audio Music Graph Graphs Point Object Objects Scene""".split()
)
"""Capitalised words and abbreviations that name no data set; a shape made of them alone is dropped."""

_TITLE_NAME = re.compile(r"^\s*(?P<name>[^:]{2,40}?)\s*(?::|\s-\s|\s--\s)\s*\S")
_PROPOSE = re.compile(
    r"""\b(?:propos\w+|present\w*|introduc\w+|develop\w*|design\w*|releas\w+|build|built|describ\w+|dub\w*|nam\w+|call\w*|term\w+|denot\w+|coin\w*|contribut\w+|construct\w*|creat\w+|train\w*|offer\w*|provid\w+|curat\w+|collect\w*|unveil\w*|devis\w+|formulat\w+|establish\w*|explor\w*)\s+
        (?:(?:it|them|this|the|a|an|our|as|new|novel|simple|two|method|model|framework|approach|system|architecture|algorithm|named|called|dubbed|termed|namely|,|:|"|'|\(|of|to\ be)\s*)*
        (?P<name>[A-Za-z0-9$][A-Za-z0-9]*(?:[-_+.@^*][A-Za-z0-9*]+)*[+*]?(?:\s[A-Z0-9][A-Za-z0-9+-]*){0,3})""",
    re.VERBOSE,
)
_ABBREVIATED = re.compile(r"\((?P<name>[A-Za-z0-9]*[A-Z][A-Za-z0-9]*(?:[-_+*][A-Za-z0-9]+)*[+*]?)\)")
_ABOUT_US = re.compile(r"\b(?:we|this paper|this work|this article|this report|our)\b", re.IGNORECASE)
_INTRODUCES_DATA = re.compile(r"^[\s,)(]*(?:the\s+first|a|an|the|our|is a|is the first|,)?[\s,]*(?:[A-Za-z-]+[\s,]+){0,8}?" + r"(?:data[\s-]?sets?|benchmarks?|corpus|test[\s-]?suite|test[\s-]?bed|challenge set|evaluation suite|collection)\b", re.IGNORECASE)


def names(title: str, text: str, book: Gazetteer) -> Names:
    """Find the names in clean `text`; the title tells what the paper calls its system.

    `book` is the compiled registry. Mentions never overlap; a registry name wins over a shape.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few Unicode letters change length in lower case
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    systems, introduced = _systems(title, text)
    known = book.find(text, lower)
    own = {key(s) for s in systems}
    mentions: list[Mention] = []
    taken = [(m.start, m.end) for m in known]
    for mention in [*known, *_shapes(text, taken)]:
        if key(mention.text) in own and mention.kind in {"shape", "model"} and key(mention.text) not in introduced:
            mentions.append(Mention(mention.start, mention.end, mention.text, "model", mention.text, sure=True))
            continue
        if mention.kind in {"benchmark", "shape"}:
            mentions.append(Mention(mention.start, mention.end, mention.text, mention.kind, mention.name, mention.sure, _evidence(text, mention)))
        else:
            mentions.append(mention)
    mentions.sort(key=lambda m: m.start)
    return Names(tuple(_abbreviations(text, mentions)), systems, introduced)


def _evidence(text: str, mention: Mention) -> str:
    """What stands around a name that speaks for a data set."""
    if match := _NOUN_AFTER.match(text, mention.end):
        return "task" if match[0].endswith(("task", "tasks", "environments", "environment")) else "noun"
    left = text[max(0, mention.start - 50):mention.start]
    if _ON_BEFORE.search(left):
        return "on"
    if _NOUN_BEFORE.search(left):
        return "noun-before"
    if _LIST_BEFORE.search(left):
        return "list"
    if _IN_BEFORE.search(left):
        return "in"
    return ""


def _shapes(text: str, taken: list[tuple[int, int]]) -> Iterable[Mention]:
    """Names by shape outside the `taken` spans."""
    spans = iter([*sorted(taken), (len(text) + 1, len(text) + 1)])
    span = next(spans)
    last_end = -1
    for match in _SHAPE.finditer(text):
        start, end = match.span()
        while span[1] <= start:
            span = next(spans)
        if start < last_end or (span[0] < end and start < span[1]):
            continue
        word = match[0]
        if word in _COMMON or len(word) < 2:
            continue
        plain = word[0].isupper() and word[1:].islower()
        if plain or (word.isalpha() and word[0].isupper() and word[1:].islower()):
            end = _capitalised_phrase(text, start, end)
            phrase = text[start:end]
            noun = _NOUN_AFTER.match(text, end)
            on = _ON_BEFORE.search(text[max(0, start - 50):start])
            listed = _LIST_BEFORE.search(text[max(0, start - 12):start])
            if not ((noun and (" " in phrase or on)) or on or (listed and " " in phrase) or " " in phrase):
                continue
            if all(w in _COMMON for w in phrase.split()):
                continue
            start_of_sentence = start == 0 or text[max(0, start - 2):start].strip() in {".", "!", "?"}
            if start_of_sentence:
                continue
        if (version := _VERSION.match(text, end)) and (not version[0].strip()[0].isdigit() or not word.islower()):
            end = version.end()
        if span[0] < end and start < span[1]:
            continue
        last_end = end
        yield Mention(start, end, text[start:end], "shape", text[start:end], sure=False)


def _capitalised_phrase(text: str, start: int, end: int) -> int:
    """The end of the run of capitalised words that starts at `start` (at most five)."""
    for _ in range(4):
        match = re.compile(r"\s(?:of\s(?=[A-Z])|the\s(?=[A-Z]))?[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*").match(text, end)
        if match is None or match[0].strip() in _COMMON:
            break
        end = match.end()
    return end


def _systems(title: str, text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """What the paper calls its system, most likely first, and the folded names of data sets that it introduces."""
    systems: dict[str, str] = {}
    introduced: set[str] = set()

    def add(name: str, after: str) -> None:
        name = name.strip(" ,.:;\"'()$*")
        if name and not name[0].isupper() and not re.match(r"[a-z0-9]+[A-Z]", name):
            return
        if not name or len(name) > 40 or name in _COMMON or not re.search(r"[A-Z]", name) or name.split()[0] in _COMMON - {"Deep", "Neural", "Graph", "Point", "Text", "Video", "Image", "Object", "Scene", "Human", "Large", "Mean"}:
            return
        systems.setdefault(key(name), name)
        if _INTRODUCES_DATA.match(after):
            introduced.add(key(name))

    if match := _TITLE_NAME.match(title):
        name = match["name"]
        if len(name.split()) <= 3 and (len(name.split()) == 1 or re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", name)):
            add(name, title[match.end() - 1:])
            if re.search(r"(?:data[\s-]?set|benchmark|corpus)", title[match.end() - 1:], re.IGNORECASE):
                introduced.add(key(name))
    for match in _PROPOSE.finditer(text):
        name = match["name"]
        if not re.search(r"[A-Z]", name) or not re.search(r"[a-z][A-Z]|[A-Z]{2}|[A-Z]\d|-[A-Z]|[A-Z][a-z]+[+*]", name):
            name = name.split()[0]
            following = text[match.start("name") + len(name):match.start("name") + len(name) + 2]
            if not re.match(r"[A-Z][a-z]{2,}$", name) or re.match(r"[\s-][A-Z]", following) or not re.search(r"(?:named?|called?|dubbed|termed|introduc\w+|propos\w+|present\w*)\s+\W?$", text[max(0, match.start("name") - 20):match.start("name")]):
                continue
        context = text[max(0, match.start() - 80):match.start()]
        if _ABOUT_US.search(context) or re.match(r"(?:dub|nam|call|term|coin)", match[0]):
            words = name.split()
            while len(words) > 1 and not re.search(r"[A-Z0-9]", words[-1][:1]):
                words.pop()
            add(" ".join(words), text[match.end():match.end() + 120])
    for match in _ABBREVIATED.finditer(text):
        name = match["name"]
        left = text[max(0, match.start() - 120):match.start()]
        letters = [c.lower() for c in name if c.isalpha()]
        expansion = re.findall(r"[A-Za-z]+", left.replace("-", " "))[-(len(letters) + 3):]
        spelled = sum(1 for w in expansion if w[:1].lower() in letters)
        if len(letters) >= 2 and spelled >= max(2, len(letters) - 1) and re.search(r"\b(?:we|this paper|this work|propos\w+|present|introduc\w+|novel|our)\b[^.]*$", left, re.IGNORECASE):
            add(name, text[match.end():match.end() + 120])
    uses = {k: text.count(name) for k, name in systems.items()}
    in_title = {k for k, name in systems.items() if name in title}
    order = sorted(systems, key=lambda k: (k in introduced, k not in in_title, -min(uses[k], 3)))
    return tuple(systems[k] for k in order), frozenset(introduced)


_LISTED = re.compile(r"\s*(?:,|/|,?\s*(?:and|or|&))\s*")
METRIC_LOOK = re.compile(r"[A-Za-z]{1,3}[A-Z][A-Za-z0-9-]{0,6}|[A-Z]{2,6}(?:-[A-Z0-9]+)?")
"""What an abbreviation of a metric may look like, in a list with a metric."""
_METRIC_AFTER = re.compile(r"\s(?:scores?|metrics?|values?)\b")
_METRIC_WORDS = re.compile(r"(?:rate|score|error|accuracy|precision|recall|distance|similarity|index|metrics?|ratio|coefficient|loss|deviation|return|drawdown|consistency|probability|factor|length|measure)s?$", re.IGNORECASE)
"""The last word of a phrase that spells a metric out."""


def _abbreviations(text: str, mentions: list[Mention]) -> Iterable[Mention]:
    """Give "Long Name (ABBR)" one name, and make a metric of an abbreviation whose phrase ends in a metric word."""
    metrics: set[str] = set()
    same: dict[str, Mention] = {}
    for before, m in zip([None, *mentions], mentions, strict=False):
        if m.kind == "shape" and text[m.start - 1:m.start] == "(" and text[m.end:m.end + 1] == ")":
            phrase = re.search(r"([A-Za-z-]+)\s\($", text[max(0, m.start - 24):m.start])
            if phrase and _METRIC_WORDS.search(phrase[1]) and re.fullmatch(r"[A-Za-z0-9@-]{2,8}", m.text):
                metrics.add(m.text)
            elif before is not None and before.kind in {"benchmark", "shape"} and text[before.end:m.start] == " (":
                same[m.text] = before
    for a, b in zip(mentions, mentions[1:], strict=False):
        if {a.kind, b.kind} == {"metric", "shape"} and _LISTED.fullmatch(text, a.end, b.start):
            shape = a if a.kind == "shape" else b
            if shape.evidence not in {"noun", "on", "task"} and METRIC_LOOK.fullmatch(shape.text):
                metrics.add(shape.text)
    metrics |= {m.text for m in mentions if m.kind == "shape" and (_METRIC_AFTER.match(text, m.end) or "@" in m.text)}
    for m in mentions:
        if m.kind == "shape" and m.text in metrics:
            yield Mention(m.start, m.end, m.text, "metric", m.text, sure=True)
        elif m.kind == "shape" and m.text in same:
            long = same[m.text]
            yield Mention(m.start, m.end, m.text, long.kind, long.name, long.sure, m.evidence or long.evidence)
        else:
            yield m
