"""The real files under data/: they load, hold what they should, and keep apart what must stay apart."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from leaderboard import registry as registry_module
from leaderboard import units
from leaderboard.models import Benchmark, Metric, Model
from leaderboard.parsing.gazetteer import spelled
from leaderboard.registry import Registry, data_folder, key, load

CASES = Path(__file__).resolve().parents[1] / "cases" / "registry"
EFFICIENCY = ["speed", "latency", "throughput", "memory", "parameters", "training data", "training cost", "computation"]
SCORES = [
    "accuracy",
    "F1",
    "exact match",
    "BLEU",
    "ROUGE-1",
    "FID",
    "perplexity",
    "bits/dim",
    "win rate",
    "success rate",
]
MORE = [
    "pass@1",
    "precision@1",
    "mIoU",
    "mAP",
    "WER",
    "steps",
    "energy",
    "training time",
    "context length",
    "dataset size",
]

ORDINARY_WORDS = [
    "MATH", "DROP", "RACE", "ARC", "Books", "Cars", "Pets", "Flowers", "Amazon", "Yelp", "Reddit", "Wikipedia",
    "Places", "Objects", "Spider", "STAR", "SEED", "GLUE", "COLA", "Natural Questions", "Visual Dialog",
]  # fmt: skip
"""Names of benchmarks that are also words, companies or models."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load()


@pytest.fixture(scope="module")
def read() -> tuple[Registry, float]:
    """The registry read from the files once more, and how many times longer that took than parsing them as TOML.

    What parsing takes is told from one of the files and their sizes: parsing all would take as long as all the rest.
    """
    sample = data_folder() / "models.toml"
    share = sample.stat().st_size / sum(path.stat().st_size for path in data_folder().glob("*.toml"))
    started = time.process_time()
    tomllib.loads(sample.read_text(encoding="utf-8"))
    parsed = time.process_time()
    made = load(data_folder())
    return made, (time.process_time() - parsed) / (parsed - started) * share


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def entries(registry: Registry) -> list[Metric | Benchmark | Model]:
    return [*registry.metrics.values(), *registry.benchmarks.values(), *registry.models.values()]


def test_there_is_enough_of_each(registry: Registry) -> None:
    assert len(registry.metrics) >= 600
    assert len(registry.benchmarks) >= 5300
    assert sum(bool(b.task) for b in registry.benchmarks.values()) >= 4900
    assert len(registry.models) >= 1000
    assert sum(bool(m.parameters) for m in registry.models.values()) >= 330
    assert sum(bool(b.metric) for b in registry.benchmarks.values()) >= 2800
    assert sum(bool(b.test_items) for b in registry.benchmarks.values()) >= 350
    assert sum(bool(b.link) for b in registry.benchmarks.values()) >= 2700
    assert sum(bool(b.released) for b in registry.benchmarks.values()) >= 800


def test_the_kept_registry_is_that_of_the_files(registry: Registry, read: tuple[Registry, float]) -> None:
    made, _ = read
    for kind in ("metrics", "benchmarks", "models", "metric_keys", "benchmark_keys", "model_keys"):
        one, other = getattr(registry, kind), getattr(made, kind)
        assert list(one.items()) == list(other.items())
        assert len(one) == len(other)
        assert "no such name" not in one
    assert registry.apart == made.apart


def test_of_2500_benchmarks_all_is_known_and_another_name(registry: Registry) -> None:
    whole = [b for b in registry.benchmarks.values() if b.area and b.task and b.metric and b.link]
    assert len(whole) >= 2700
    named = {b.name for b in whole if any(key(alias) != key(b.name) for alias in b.aliases)}
    assert len(named) >= 2500
    ways = Counter(name for _, rows in spelled(registry) for _, kind, name, *_ in rows if kind == "benchmark")
    assert sum(b.name in named or ways[b.name] > 1 for b in whole) >= 2600


@pytest.mark.parametrize("name", SCORES + EFFICIENCY + MORE)
def test_the_metrics_of_the_definition_of_a_claim_are_canonical(registry: Registry, name: str) -> None:
    assert name in registry.metrics


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("accuracy", 0, 100), ("BLEU", 0, 100), ("SSIM", -1, 1), ("MCC", -1, 1), ("kappa", -1, 1), ("R2", None, 1),
        ("perplexity", 1, None), ("FID", 0, None), ("LPIPS", 0, None), ("Brier score", 0, 2), ("WER", 0, None),
        ("CIDEr", 0, None), ("PSNR", None, None), ("Elo", None, None), ("reward", None, None), ("KID", None, None),
        ("CMOS", -3, 3), ("MOS", 1, 5), ("sMAPE", 0, 200), ("Brier skill score", None, 1), ("AMOTP", 0, None),
        ("negative log-likelihood", None, None), ("MT-Bench score", 1, 10), ("latency", 0, None), ("ECE", 0, 100),
    ],
)  # fmt: skip
def test_bounds_are_those_of_the_definitions(registry: Registry, name: str, low: float, high: float) -> None:
    metric = registry.metrics[name]
    assert (metric.low, metric.high) == (low, high)


def test_every_metric_says_how_it_aggregates_or_that_it_does_not(registry: Registry) -> None:
    assert [m.name for m in registry.metrics.values() if m.aggregation is None] == []


@pytest.mark.parametrize(
    ("name", "aggregation"),
    [("accuracy", "items"), ("BLEU", "corpus"), ("mIoU", "groups"), ("loss", "varies"), ("latency", "not applicable")],
)
def test_aggregations(registry: Registry, name: str, aggregation: str) -> None:
    assert registry.metrics[name].aggregation == aggregation


def test_what_counts_items_is_no_mean_over_groups(registry: Registry) -> None:
    assert [m.name for m in registry.metrics.values() if m.counts_items and m.aggregation == "groups"] == []


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("top-5 acc", ("accuracy",)), ("macro-averaged F1", ("F1",)), ("mask AP", ("AP", "mAP")),
        ("PCKh@0.5", ("PCK",)), ("length-controlled win rate", ("win rate",)), ("accuracy", ()), ("nothing known", ()),
    ],
)  # fmt: skip
def test_a_precise_metric_finds_its_general_one(registry: Registry, name: str, above: tuple[str, ...]) -> None:
    assert registry.general(name) == above
    assert not above or registry.metric(name) in [registry.metrics[found] for found in registry.precise(above[0])]


@pytest.mark.parametrize(
    ("name", "direction"),
    [("accuracy", "up"), ("WER", "down"), ("perplexity", "down"), ("FID", "down"), ("BLEU", "up"), ("bits/dim", "down"),
     ("latency", "down"), ("speed", "up"), ("parameters", None), ("RMSE", "down"), ("refusal rate", None),
     ("over-refusal rate", "down"), ("RTFx", "up"), ("WER reduction", "up"), ("code coverage", "up"), ("ICAT", "up")],
)  # fmt: skip
def test_directions(registry: Registry, name: str, direction: str | None) -> None:
    assert registry.metrics[name].direction == direction


def test_no_two_aliases_of_an_entry_are_one(registry: Registry) -> None:
    for entry in entries(registry):
        keys = [key(name) for name in (entry.name, *entry.aliases)]
        assert len(keys) == len(set(keys)), entry


ONE_EDITION = {
    "SemEval-2020 Task 4", "SemEval-2024 Task 9", "SemEval-2019 Task 5", "SemEval 2012 Task 6", "SemEval-2015 Task 2",
    "Yelp-2", "Amazon-2", "Natural Instructions V2", "NIv2", "CLUENER2020", "ADReSS 2020", "Lyft Level 5",
    "StarCraft 2", "LiTS-2017", "AMOS 2022", "StructSeg2019", "MoNuSeg 2018", "APTOS 2019", "MoNuSAC2020", "ILSVRC2012",
    "ImageNet ILSVRC-2012", "ImageNet-2012", "Digit-5", "OTB-2015", "OTB-2013", "CACD2000", "HDFS_v1",
}  # fmt: skip
"""Aliases that end in a number and are no version beside others: the only edition, a number of classes or of a task."""

VERSION = re.compile(r"(?:[vV]|(?<=[\s-])|(?<=[a-zA-Z]))(?P<n>\d\.\d{1,2}|(?:19|20)\d\d|(?<=[vV])\d|(?<=[\s-])\d)$")
"""How an alias ends that names a version or an edition."""


def test_a_version_is_never_read_as_the_bare_name(registry: Registry) -> None:
    silent = []
    for benchmark in registry.benchmarks.values():
        for alias in benchmark.aliases:
            version = VERSION.search(alias) if "/" not in alias else None
            if version is None or registry.condition(alias) or alias in ONE_EDITION:
                continue
            if version["n"].removesuffix(".0") not in benchmark.name and version["n"][-2:] not in benchmark.name:
                silent.append((benchmark.name, alias))
    assert silent == []


@pytest.mark.parametrize(
    ("name", "bare", "condition"),
    [("squad v1.1", "SQuAD", "version 1.1"), ("MSCOCO 2017", "COCO", "version 2017"),
     ("COCO 2014", "COCO", "version 2014"), ("Argoverse 1", "Argoverse", "version 1"), ("SQuAD", "SQuAD", None),
     ("ScanNet-v2", "ScanNet", "version 2"), ("DAVIS 2017", "DAVIS", "version 2017"), ("SQuAD 2.0", "SQuAD 2.0", None),
     ("AlpacaEval v1", "AlpacaEval", "version 1.0"), ("S3DIS Area 5", "S3DIS", "area 5")],
)  # fmt: skip
def test_names_state_versions(registry: Registry, name: str, bare: str | None, condition: str | None) -> None:
    entry = registry.benchmark(name)
    assert (entry and entry.name, registry.condition(name)) == (bare, condition)


EDITION = re.compile(
    r"(?P<base>.*?[\w²+)])[\s-]*[vV]?(?:\d(?:\.\d)?|(?:19|20)\d\d|Lite|Pro|Verified|Hard|[Mm]ini|Plus|\+)"
)
"""A name that is another one with a version or a part behind it."""

NO_EDITIONS = {("K-QA", "KQA Pro"), ("BookCorpus", "Books3"), ("ImageNet", "ImageNet-9")}
"""Names that look so and are not."""


def test_versions_with_entries_of_their_own_are_kept_apart_from_the_bare_name(registry: Registry) -> None:
    mixed = []
    for name in registry.benchmarks:
        edition = EDITION.fullmatch(name)
        bare = registry.benchmark(edition["base"]) if edition else None
        if bare is not None and bare.name != name and (bare.name, name) not in NO_EDITIONS:
            mixed += [(bare.name, name)] if name not in registry.kept_apart("benchmark", bare.name) else []
    assert mixed == []


def test_no_name_states_two_conditions(registry: Registry) -> None:
    for benchmark in registry.benchmarks.values():
        names = [key(name) for one in benchmark.stated for name in one.names]
        assert len(names) == len(set(names)), benchmark.name


@pytest.mark.parametrize(
    ("one", "other"),
    [("ComVE", "SemEval-2020 Task 4"), ("PATTERN", "SBM-PATTERN"), ("TaxiBJ", "BJTaxi"), ("GTZAN", "GTZANGenre"),
     ("SIIM-ACR", "SIIM Pneumothorax"), ("TUSZ", "TUH EEG Seizure"), ("AIDA-CoNLL", "CoNLL-AIDA"),
     ("Digits-Five", "Digit-5")],
)  # fmt: skip
def test_one_set_is_one_entry(registry: Registry, one: str, other: str) -> None:
    assert registry.benchmark(one) is registry.benchmark(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Cora", "Cora-Full"), ("Amazon Computers", "Amazon Photo"), ("Pavia University", "Pavia Centre"),
     ("RML2016.10a", "RML2016.10b"), ("BC5CDR-disease", "BC5CDR-chem"), ("SOTS-Indoor", "SOTS-Outdoor"),
     ("Yelp", "Yelp2018"), ("WeatherBench", "WeatherBench 2"), ("USPTO-MIT", "USPTO-FULL"), ("SST", "SST-2"),
     ("Humanoid", "HalfCheetah"), ("WMT En-De", "WMT14 En-De"), ("nuPlan Test14-hard", "nuPlan Test14-random")],
)  # fmt: skip
def test_other_sets_are_other_entries(registry: Registry, one: str, other: str) -> None:
    found = [registry.benchmark(name) for name in (one, other)]
    assert None not in found
    assert found[0] is not found[1]


def test_every_contextual_marker_is_the_name_or_an_alias(registry: Registry) -> None:
    for entry in entries(registry):
        assert {*entry.contextual_aliases} <= {entry.name, *entry.aliases}, entry


def test_short_names_and_names_of_models_and_metrics_need_evidence(registry: Registry) -> None:
    elsewhere = set(registry.metric_keys) | set(registry.model_keys)
    for benchmark in registry.benchmarks.values():
        marked = {key(name) for name in benchmark.contextual_aliases}
        for name in (benchmark.name, *benchmark.aliases):
            short = name.isalpha() and len(name) <= 3
            assert key(name) in marked or not (short or key(name) in elsewhere), (benchmark.name, name)


@pytest.mark.parametrize("word", ORDINARY_WORDS)
def test_ordinary_words_need_evidence(registry: Registry, word: str) -> None:
    benchmark = registry.benchmark(word)
    assert benchmark is not None
    assert key(word) in {key(alias) for alias in benchmark.contextual_aliases}


@pytest.mark.parametrize(
    "word", ["accuracy", "dataset", "benchmark", "test", "model", "training", "language", "image", "task"]
)
def test_words_of_every_abstract_are_no_benchmarks(registry: Registry, word: str) -> None:
    assert registry.benchmark(word) is None


def test_names_and_aliases_are_plain_text(registry: Registry) -> None:
    for entry in entries(registry):
        for name in (entry.name, *entry.aliases):
            assert name == name.strip()
            assert not re.search(r"[<>\n\r\t]", name.replace("->", "").replace("<1.25", "").replace("< 1.25", "")), name


@pytest.mark.parametrize("kind", ["benchmark", "metric"])
def test_what_is_explained_as_no_name_is_in_no_registry(registry: Registry, kind: str) -> None:
    explained = registry_module.explained()[kind]
    held = {"benchmark": registry.benchmark_keys, "metric": registry.metric_keys}[kind]
    assert len(explained) >= 70
    assert sorted(set(explained) & set(held)) == []
    assert all(len(reason) >= 8 for reason in explained.values())


@pytest.mark.parametrize("kind", ["benchmark", "metric", "model"])
def test_what_must_stay_apart_is_apart(registry: Registry, kind: str) -> None:
    look_up = {"benchmark": registry.benchmark, "metric": registry.metric, "model": registry.model}[kind]
    groups = tomllib.loads((data_folder() / "apart.toml").read_text(encoding="utf-8"))[f"{kind}s"]
    for names in groups:
        found = {name: look_up(name) for name in names}
        assert [name for name, entry in found.items() if entry is None] == []
        assert len({entry.id for entry in found.values() if entry}) == len(names), names


@pytest.mark.parametrize(
    ("kind", "name", "other"),
    [
        ("benchmark", "GPQA", "GPQA Diamond"),
        ("benchmark", "SWE-bench", "SWE-bench Verified"),
        ("benchmark", "ImageNet", "ImageNet-V2"),
        ("benchmark", "squad1.1", "SQuAD 2.0"),
        ("benchmark", "MMLU", "MMLU-Pro"),
        ("metric", "pass at 1", "pass@10"),
        ("model", "GPT-4", "GPT-4o"),
    ],
)
def test_near_names_are_shown_with_an_entry(registry: Registry, kind: str, name: str, other: str) -> None:
    assert other in registry.kept_apart(kind, name)


def test_chance_is_known_where_items_offer_choices(registry: Registry) -> None:
    assert registry.benchmarks["MMLU"].chance_level == 25
    assert registry.benchmarks["BoolQ"].chance_level == 50
    assert registry.benchmarks["GSM8K"].chance_level is None
    for benchmark in registry.benchmarks.values():
        if benchmark.chance_level is not None:
            assert benchmark.chance_source, benchmark.name
            assert benchmark.metric is not None, benchmark.name


@pytest.mark.parametrize("kind", ["benchmarks", "metrics", "models"])
def test_spellings_are_read_as_one(registry: Registry, kind: str) -> None:
    look_up = {"benchmarks": registry.benchmark, "metrics": registry.metric, "models": registry.model}[kind]
    for name, spellings in cases("same")[kind].items():
        for spelling in spellings:
            entry = look_up(spelling)
            assert entry is not None, spelling
            assert entry.name == name, spelling


@pytest.mark.parametrize(
    ("name", "items"),
    [("HumanEval", {164}), ("MBPP+", {378, 399}), ("MMLU-Pro", {12032, 12186}), ("GSM8K", {1319}), ("AIME 2025", {30}),
     ("GPQA Diamond", {198}), ("SWE-bench Verified", {500}), ("SWE-bench Pro", {642, 731}), ("ImageNet", {50000}),
     ("WinoGrande", {1267, 1767}), ("CoLA", {1043}), ("GAIA", {165, 300}), ("MMMU", {900, 10500}), ("MuSR", {756}),
     ("MMStar", {1500}), ("IFBench", {300}), ("ScienceQA", {4241}), ("ARC-AGI-2", {120}), ("LongBench v2", {503})],
)  # fmt: skip
def test_numbers_of_test_items(registry: Registry, name: str, items: set[int]) -> None:
    assert {row.items for row in registry.benchmarks[name].test_items} == items


def test_every_count_says_of_what_and_who_counted(registry: Registry) -> None:
    for benchmark in registry.benchmarks.values():
        sets = [(row.split, row.version) for row in benchmark.test_items]
        assert len(sets) == len(set(sets)), benchmark.name
        assert all(re.search(r"[a-zA-Z]{3}", row.source) for row in benchmark.test_items), benchmark.name


def test_every_task_has_three_benchmarks_or_is_listed_as_rare(registry: Registry) -> None:
    tasks = tomllib.loads((data_folder() / "tasks.toml").read_text(encoding="utf-8"))
    found = Counter(benchmark.task for benchmark in registry.benchmarks.values() if benchmark.task)
    rare = set(tasks.pop("few"))
    del tasks["also"]
    assert {task for names in tasks.values() for task in names if task not in rare and found[task] < 3} == set()
    assert {task for task in rare if not 0 < found[task] < 3} == set()


def test_tasks_are_at_home_in_areas_that_hold_benchmarks_of_them(registry: Registry) -> None:
    tasks = tomllib.loads((data_folder() / "tasks.toml").read_text(encoding="utf-8"))
    found = {(benchmark.task, benchmark.area.replace(" ", "-")) for benchmark in registry.benchmarks.values()}
    also = {(task, area) for task, areas in tasks.pop("also").items() for area in areas}
    rare = set(tasks.pop("few"))
    own = {(task, area) for area, names in tasks.items() for task in names}
    assert also & own == set()
    assert {(task, area) for task, area in also | own if task not in rare} - found == set()


@pytest.mark.parametrize(
    ("name", "area"),
    [("AwA2", "image classification"), ("PubLayNet", "documents"), ("COCO Captions", "multimodal"),
     ("STS12", "language understanding"), ("WeatherBench", "time series"), ("ScanRefer", "3d"),
     ("LoveDA", "remote sensing"), ("BDD100K", "driving")],
)  # fmt: skip
def test_areas(registry: Registry, name: str, area: str) -> None:
    assert registry.benchmarks[name].area == area


def test_no_task_has_two_spellings(registry: Registry) -> None:
    tasks = {benchmark.task for benchmark in registry.benchmarks.values()}
    assert len({re.sub(r"[^a-z0-9]", "", task.casefold()).replace("z", "s") for task in tasks}) == len(tasks)


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("GSM8K", "mathematical reasoning"), ("SQuAD", "reading comprehension"), ("ImageNet", "image classification"),
        ("SWE-bench Verified", "software engineering"), ("LibriSpeech", "speech recognition"),
        ("CoNLL-2003", "named entity recognition"), ("GenEval", "text-to-image generation"),
        ("R2R", "vision-and-language navigation"), ("Mr. TyDi", "information retrieval"), ("SemEval-2020", ""),
    ],
)  # fmt: skip
def test_tasks(registry: Registry, name: str, task: str) -> None:
    assert registry.benchmarks[name].task == task


def test_links_are_addresses(registry: Registry) -> None:
    links = [entry.link for entry in [*registry.benchmarks.values(), *registry.models.values()] if entry.link]
    assert [link for link in links if not re.fullmatch(r"https?://[a-z0-9.-]+\.[a-z]{2,}(/[^\s\"'<>]*)?", link)] == []


def test_the_head_counts_the_links_that_have_a_source(registry: Registry) -> None:
    linked = [benchmark for benchmark in registry.benchmarks.values() if benchmark.link]
    numbers = [benchmark for benchmark in linked if "arxiv.org/" in (benchmark.link or "")]
    homes = [benchmark for benchmark in linked if "arxiv.org/" not in (benchmark.link or "")]
    head = " ".join((data_folder() / "benchmarks-language.toml").read_text(encoding="utf-8")[:6000].split())
    for kind, entries in (("arXiv numbers", numbers), ("homes", homes)):
        assert f"{sum(bool(entry.link_source) for entry in entries):,} of {len(entries):,} {kind}" in head.replace(
            "# ", ""
        )


@pytest.mark.parametrize("name", ["CoLA", "STS-B", "WMT14 En-De", "CoNLL-2003"])
def test_scores_that_count_no_items_say_so(registry: Registry, name: str) -> None:
    assert not registry.benchmarks[name].countable


def test_sizes_of_models_are_published_and_dated(registry: Registry) -> None:
    sized = [model for model in registry.models.values() if model.parameters]
    assert [model.name for model in sized if not model.link or not model.released] == []


def test_active_parameters_are_fewer_than_the_total(registry: Registry) -> None:
    for model in registry.models.values():
        assert not model.active or max(model.active) < max(model.parameters), model


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("GPT-3", 175e9),
        ("LLaMA", 65.2e9),
        ("Mixtral", 46.7e9),
        ("DeepSeek-V3", 671e9),
        ("PaLM", 540e9),
        ("OpenVLA", 7e9),
    ],
)
def test_published_sizes(registry: Registry, name: str, parameters: float) -> None:
    assert parameters in registry.models[name].parameters


def test_every_unit_of_a_metric_can_be_converted(registry: Registry) -> None:
    for unit in {metric.unit for metric in registry.metrics.values()}:
        assert units.known(unit), unit
        assert units.convert(1.0, unit, unit) == 1.0


def test_other_units_of_a_metric_are_of_other_dimensions(registry: Registry) -> None:
    several = [metric for metric in registry.metrics.values() if metric.other_units]
    assert several
    for metric in several:
        kinds = [units.dimension(unit) for unit in (metric.unit, *metric.other_units)]
        assert len(set(kinds)) == len(kinds), metric.name


def test_the_default_folder_is_read_once(read: tuple[Registry, float]) -> None:
    made, _ = read
    assert load() is load()
    assert made is not load()


def test_loading_takes_little_more_than_reading_the_files(read: tuple[Registry, float]) -> None:
    _, times_longer = read
    assert times_longer < 8


def test_loading_does_not_import_the_converter(root: Path, tmp_path: Path) -> None:
    for path in (*(root / "tests" / "invented").glob("*.toml"), data_folder() / "units.txt"):
        shutil.copy(path, tmp_path)
    code = (
        "import sys; from pathlib import Path; from leaderboard import registry;"
        "registry.load(Path(sys.argv[1])); sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, tmp_path], cwd=root, check=False).returncode == 0
