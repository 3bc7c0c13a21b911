"""Step 5b, candidates: the data sets that an abstract may name, how likely each is one, which a sentence sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leaderboard.parsing.document import Document
from leaderboard.parsing.gazetteer import Mention
from leaderboard.parsing.kinds import cue
from leaderboard.registry import Registry, key

_TRAINED = re.compile(
    (
        r"\b(?:pre-?train\w*|train\w*|fine-?tun\w*|learn\w*|tuned|sampled|collected|built|derived"
        r"|distilled|initiali[sz]ed)\s+(?:\w+\s+){0,3}(?:on|from|with|using)\s+(?:the\s+)?$"
    ),
    re.IGNORECASE,
)

_OVER = re.compile(
    (
        r"\b(?:than|over|baselines?|outperform\w*|surpass\w*|beats?|like|methods?|models?"
        r"|compared (?:to|with)|vs\.?|versus|exceed\w*|using|by|via|with)\s+(?:the\s+)?$"
    ),
    re.IGNORECASE,
)

_MODEL_AFTER = re.compile(
    (
        r"^['’]?s?\s?(?:-based\b|models?\b|backbones?\b|method\b|architecture|networks?\b"
        r"|baselines?\b|encoder|decoder|classifier|framework|detector|algorithm|features?\b"
        r"|loss\b|optimi[sz]er|agents?\b|policy|pretrain|pre-train)"
    ),
    re.IGNORECASE,
)

_MODEL_FAMILY = re.compile(
    r"^(?:GPT|Chat|LLaMA|Llama|LLAMA|Qwen|BERT|RoBERTa|DeBERTa|T5|Mistral|Mixtral|Gemma"
    r"|Gemini|Claude|DeepSeek|PaLM|Phi-|OPT|BLOOM|Falcon|Vicuna|Alpaca|ViT|ResNet|Res|Swin"
    r"|DeiT|ConvNe|CLIP|BLIP|LLaVA|Inter|Stable|SDXL|SD|DiT|U-Net|UNet|YOLO|Faster|Mask|DETR"
    r"|EfficientNet|MobileNet|VGG|Inception|DenseNet|Whisper|wav2vec|HuBERT|Wav2Vec|XLM|mBERT"
    r"|mT5|BART|ELECTRA|ALBERT|ERNIE|GLM|ChatGLM|Baichuan|Yi-|InternLM|OpenVLA|SAM|DINO|MAE"
    r"|SimCLR|MoCo|BYOL|Mamba|RWKV|Transformer|LSTM|CNN|o1|o3|OpenAI|Sonnet|Opus|Grok|Kimi"
    r"|MiniMax|LoRA|Adam|SGD|PPO|DPO|GRPO|SFT|RLHF|DQN|SAC|TD3|NeRF|3DGS|A100|H100|V100|RTX"
    r"|NVIDIA|Jetson|TPU|GPU|CPU|Intel|AMD|FP8|FP16|INT8|INT4|W4A|Bi-?LSTM|GAN|VAE|GNN|GCN"
    r"|GAT|SVM|CRF|RAG|CoT|RNN|MLP)"
)

_SUITE = re.compile(
    (
        r"(?:bench|eval|QA|data|set|net|corpus|arena|gym|world|hard|1k|\d{2,4}$|-\d+K?$|Test"
        r"|Challenge|ICLR|20[012]\d)"
    ),
    re.IGNORECASE,
)


_TESTED = re.compile(
    r"\b(?:evaluat|experiment|test(?:ed|s|ing)|results?\b|validat|benchmarked|demonstrat|assess|performance\b)[^.;]*$",
    re.IGNORECASE,
)
"""Words before a name that say that something is measured there."""

_CONTEST = re.compile(
    r"SemEval|[Ss]hared [Tt]ask|[Ss]ubmission|[Cc]hallenge|Task \d|[Tt]rack \d|[Pp]articipat|@"
    r"|\bat [A-Z][A-Za-z-]+[ -]?20\d\d"
)


def about(document: Document) -> str:
    """What an abstract presents: a data set, a system, both, the part that it takes in a contest, or none by name."""
    if _CONTEST.search(document.title):
        return "contest"
    introduced = document.names.introduced
    named = {key(m.text) for m in document.names.mentions} | {key(document.title.split(":")[0])}
    presented = {key(s) for s in document.names.systems}
    data = bool(introduced & named or presented & document.names.data_sets)
    system = bool(presented - introduced - document.names.data_sets)
    return "both" if data and system else "data" if data else "system" if system else "nothing"


_THIS = re.compile(
    r"\b(?P<which>this|the|our|its|these|proposed|new)\s(?:[a-z-]+\s){0,2}"
    r"(?P<what>data ?set|benchmark|corpus|test set|challenge|task|competition|suite)(?:s?\b)",
    re.IGNORECASE,
)


def candidates(document: Document, registry: Registry) -> dict[str, list[Mention]]:
    """The data sets that the abstract may name: mentions by folded canonical name, in order of appearance."""
    found: dict[str, list[Mention]] = {}
    own = {key(s) for s in document.names.systems} - document.names.introduced
    for m in document.names.mentions:
        if m.kind not in {"benchmark", "shape"} or (key(m.text) in own and not (m.kind == "benchmark" and m.sure)):
            continue
        if m.kind == "shape" and (registry.model(m.text) or _MODEL_FAMILY.match(m.text)) and m.evidence != "noun":
            continue
        found.setdefault(key(m.name), []).append(m)
    return {name: mentions for name, mentions in found.items() if not _only_trained_on(document.text, mentions)}


_PRETRAINED = re.compile(
    r"\bpre-?\s?train(?:ed|ing)?\s(?:weights\s)?(?:on|with|using|over|from)\s(?:the\s|a\s)?$", re.IGNORECASE
)
"""What leads from a training before the training to its data."""


def _only_trained_on(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a data set is only what something was trained on beforehand: nothing is measured on it then."""
    return all(_PRETRAINED.search(text, max(0, m.start - 40), m.start) for m in mentions)


@dataclass(frozen=True, slots=True)
class Prior:
    """What speaks for a name whatever the number.

    `sort` is how known it is, `best` that with the best evidence around its mentions, `suite` with the look of a suite,
    all three as features; `introduced` says whether the paper introduces it; `features` are all features, these among
    them.
    """

    sort: str
    best: str
    suite: str
    introduced: bool
    features: tuple[str, ...]


def prior(document: Document, mentions: list[Mention]) -> Prior:
    """What speaks for a name whatever the number, from its shape and from what stands around its mentions."""
    first = mentions[0]
    evidences = {m.evidence for m in mentions}
    best = next((e for e in ("noun", "on", "noun-before", "task", "list", "in") if e in evidences), "")
    sort = "known" if first.kind == "benchmark" and first.sure else "needy" if first.kind == "benchmark" else "shape"
    text = document.text
    trained = any(_TRAINED.search(text[max(0, m.start - 50) : m.start]) for m in mentions)
    over = any(_OVER.search(text[max(0, m.start - 40) : m.start]) for m in mentions)
    model = any(_MODEL_AFTER.match(text[m.end : m.end + 16]) for m in mentions)
    printed = first.text
    look = (
        ("D" if any(c.isdigit() for c in printed) else "")
        + ("U" if printed.isupper() else "")
        + ("-" if "-" in printed else "")
        + (" " if " " in printed else "")
        + ("c" if printed[:1].islower() else "")
    )
    suite = bool(_SUITE.search(printed))
    introduced = key(first.name) in document.names.introduced or key(printed) in document.names.introduced
    marks = (f"sort={sort}", f"sort={sort}|{best}", f"suite={suite}|{sort}")
    features = (
        *marks,
        f"sort={sort}|trained={trained}",
        f"sort={sort}|over={over}",
        f"sort={sort}|model={model}",
        f"look={look}|{sort}",
        f"intro={introduced}",
        f"tested={any(_TESTED.search(text[max(0, m.start - 90) : m.start]) for m in mentions)}|{sort}",
        f"suite={suite}|{sort}|{best}",
        f"n={min(len(mentions), 3)}|{sort}",
        f"n={min(len(mentions), 3)}|{sort}|{best}",
        f"title={first.text.lower() in document.title.lower()}|{sort}|{introduced}",
        f"len={min(len(printed), 8) // 2}|{sort}",
        *(f"pre={_word_before(text, m.start)}" for m in mentions[:3]),
        *(f"post={_word_after(text, m.end)}" for m in mentions[:3]),
        *(f"post={_word_after(text, m.end)}|{sort}" for m in mentions[:2]),
    )
    return Prior(*marks, introduced, features)


_BEFORE = re.compile(r"([A-Za-z-]+|[^\sA-Za-z])\s*$")

_AFTER = re.compile(r"\s*([A-Za-z-]+|[^\sA-Za-z])")


def _word_before(text: str, start: int) -> str:
    """The word or sign before `start`, lower case; numbers are one class."""
    match = _BEFORE.search(text, max(0, start - 20), start)
    return "^" if match is None else "#" if match[1].isdigit() else match[1].lower()


def _word_after(text: str, end: int) -> str:
    """The word or sign after `end`, lower case; verbs of reaching and change are classes."""
    match = _AFTER.match(text, end)
    if match is None:
        return "$"
    word = match[1].lower()
    return "#" if word.isdigit() else cue(word) or word if cue(word) in {"reach", "changing"} else word


@dataclass(frozen=True, slots=True)
class Scene:
    """The data sets in sight of one sentence.

    Mentions by folded name, the last one before it, and the last list before it. `about` is what the abstract presents,
    `this` how the sentence points at a data set without its name ("this benchmark"), `others` whether it names systems
    that are not the paper's.
    """

    pool: dict[str, list[Mention]]
    any_here: bool
    sure_here: bool
    last: Mention | None
    listed: tuple[Mention, ...]
    about: str
    this: str
    others: bool


SIGHT = 12
"""How many sentences back and ahead a data set may be named; further off it is another section's."""


def scene(document: Document, s: int, pool: dict[str, list[Mention]], subject: str) -> Scene:
    """What is in sight of sentence `s` of an abstract that is `about` its `subject`."""
    start, end = document.sentences[s]
    low = document.sentences[max(0, s - SIGHT)][0] if s > SIGHT else -1
    high = document.sentences[min(len(document.sentences) - 1, s + SIGHT)][1]
    if low >= 0 or high < document.sentences[-1][1]:
        pool = {
            name: near for name, mentions in pool.items() if (near := [m for m in mentions if low <= m.start < high])
        }
    here = [m for mentions in pool.values() for m in mentions if start <= m.start < end]
    before = sorted((m for mentions in pool.values() for m in mentions if m.start < start), key=lambda m: m.start)
    own = {key(name) for name in document.names.systems}
    last = next((m for m in reversed(before) if m.sure or m.evidence), None)
    return Scene(
        pool,
        bool(here),
        any(m.sure or m.evidence in {"noun", "on"} for m in here),
        last,
        tuple(_last_list(document.text, before)),
        subject,
        f"{this['which']}-{this['what']}".lower() if (this := _THIS.search(document.text, start, end)) else "",
        any(t.tag == "S" and key(t.text) not in own for t in document.tokens[s]),
    )


_LIST_GAP = re.compile(r"\)?(?:\s*\([^)]*\))?\s*(?:,|,?\s*(?:and|or|&)|/)\s*(?:the\s)?(?:[a-z-]+\s)?")


def _last_list(text: str, before: list[Mention]) -> list[Mention]:
    """The last list of data sets among mentions in order: joined by commas and "and", all different."""
    listed: list[Mention] = []
    for m in reversed(before[-24:]):
        if listed and not _LIST_GAP.fullmatch(text, m.end, listed[0].start):
            if len(listed) > 1:
                break
            listed = []
        listed.insert(0, m)
    return listed if len({m.name for m in listed}) == len(listed) else []
