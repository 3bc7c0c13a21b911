"""Loading and look-up, on registries invented here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.errors import BadDataFile, UnknownName
from leaderboard.registry import Registry, data_folder, explained, key, load

UNITS = "none = []\npercent = [share]\nbit = [information] = _ = bits\nchar = [character]\ngpu_hours = [work]\n"
METRICS = """
[accuracy]
name = "accuracy"
aliases = ["acc"]
unit = "percent"
[hit]
name = "hit rate"
family = "accuracy"
contextual_aliases = ["hits"]
[density]
name = "density"
unit = "bits/char"
[work]
name = "work"
unit = "gpu-hours"
"""
BENCHMARKS = """
[odd-reading]
murk = {name = "Murk", aliases = ["Murk 1.0"], metric = "accuracy", test_items = [{items = 12, source = "counted"}]}
"murk+" = {name = "Murk+"}
plain = {name = "Plain", contextual_aliases = ["Plain"], area = "other"}
"""
SHARED = """
[odd]
murk = {name = "Murk (water)", shared = [{name = "Murk", signs = ["water", "pond"]}]}
fog = {name = "Murk (air)", shared = [{name = "MURK", signs = ["air"]}]}
"""
MODELS = '[mono]\nname = "Mono"\nparameters = [3e8]\ncontextual_aliases = ["One"]\n'


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Registry]:
    """Write a data folder with the given files replaced (None: left out), and load it."""

    def make(**changes: str | None) -> Registry:
        files = {"units.txt": UNITS, "metrics.toml": METRICS, "benchmarks.toml": BENCHMARKS, "models.toml": MODELS}
        for name, text in changes.items():
            files[name if name == "units.txt" else f"{name}.toml"] = text  # type: ignore[assignment]
        for name, text in files.items():
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        return load(tmp_path)

    return make


def test_entries_are_found_by_name_alias_and_contextual_alias(build: Callable[..., Registry]) -> None:
    registry = build()
    assert list(registry.metrics) == ["accuracy", "hit rate", "density", "work"]
    assert registry.metric("ACC") is registry.metrics["accuracy"]
    assert registry.metric("Hits") is registry.metrics["hit rate"]
    assert registry.benchmark("murk-1.0") is registry.benchmarks["Murk"]
    assert registry.benchmark("Murk +") is registry.benchmarks["Murk+"]
    assert registry.model("one") is registry.models["Mono"]
    assert registry.model("two") is None


def test_contextual_aliases_count_among_the_aliases_once(build: Callable[..., Registry]) -> None:
    registry = build()
    assert registry.metrics["hit rate"].aliases == ("hits",)
    assert registry.benchmarks["Plain"].aliases == ()
    assert registry.benchmarks["Plain"].contextual_aliases == ("Plain",)


def test_the_area_is_the_table_and_the_entry_may_say_otherwise(build: Callable[..., Registry]) -> None:
    registry = build()
    assert registry.benchmarks["Murk"].area == "odd reading"
    assert registry.benchmarks["Plain"].area == "other"


def test_benchmarks_may_stand_in_any_number_of_files(build: Callable[..., Registry], tmp_path: Path) -> None:
    (tmp_path / "benchmarks-more.toml").write_text('[odd]\nfog = {name = "Fog"}\n', encoding="utf-8")
    assert list(build().benchmarks) == ["Fog", "Murk", "Murk+", "Plain"]


def test_a_registry_cannot_be_changed(build: Callable[..., Registry]) -> None:
    registry = build()
    with pytest.raises(TypeError):
        registry.metrics["new"] = registry.metrics["accuracy"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        registry.metrics = {}  # type: ignore[misc]


def test_families_are_climbed_and_descended(build: Callable[..., Registry]) -> None:
    registry = build()
    assert registry.general("hits") == ("accuracy",)
    assert registry.general("ACC") == ()
    assert registry.precise("acc") == ("hit rate",)
    assert registry.precise("unknown") == ()


def test_near_names_are_canonical_and_few(build: Callable[..., Registry]) -> None:
    registry = build()
    assert registry.near("metric", "accurracy") == ("accuracy",)
    assert registry.near("benchmark", "Murk2", n=1) == ("Murk",)
    assert registry.near("model", "zzzz") == ()
    with pytest.raises(UnknownName, match=r"Unknown registry 'metrics'\. Did you mean 'metric'"):
        registry.near("metrics", "accuracy")


def test_the_nearest_names_are_the_most_alike_of_all_sorts() -> None:
    known = load()
    assert known.nearest("imagnet")[0] == "ImageNet"
    assert known.nearest("accurcy")[0] == "accuracy"
    assert known.nearest("librspeech") == ("LibriSpeech",), "what is much less alike is left out"
    assert known.nearest("zzzzqq") == ()
    assert len(known.nearest("mlmu", 3)) == 3


def test_what_is_kept_apart_is_known_from_either_side(build: Callable[..., Registry]) -> None:
    registry = build(apart='benchmarks = [["Murk 1.0", "Murk+"], ["Murk", "Plain"]]\nmetrics = [["acc", "hit rate"]]\n')
    assert registry.kept_apart("benchmark", "murk") == ("Murk+", "Plain")
    assert registry.kept_apart("benchmark", "Murk+") == ("Murk",)
    assert registry.kept_apart("metric", "hits") == ("accuracy",)
    assert registry.kept_apart("metric", "work") == ()
    assert registry.kept_apart("metric", "nothing of the kind") == ()
    assert registry.kept_apart("model", "Mono") == ()
    assert registry.kept_apart("planet", "Mono") == ()


def test_a_folder_without_near_names_keeps_nothing_apart(build: Callable[..., Registry]) -> None:
    assert build().kept_apart("benchmark", "Murk") == ()


def test_benchmarks_may_share_a_name_that_is_then_no_single_one_s(build: Callable[..., Registry]) -> None:
    registry = build(benchmarks=SHARED)
    assert registry.benchmark("murk") is None
    assert [benchmark.name for benchmark in registry.sharing("mur-k")] == ["Murk (water)", "Murk (air)"]
    assert registry.sharing("Murk (air)") == registry.sharing("fog") == ()
    assert registry.benchmarks["Murk (air)"].shared[0].signs == ("air",)


STATED = """
[odd]
murk = {name = "Murk", aliases = ["Mrk"], contextual_aliases = ["M2"], stated = [
    {condition = "version 2", names = ["Murk 2.0", "M2"]}, {condition = "deep", names = ["deep Murk"]}]}
"""


def test_names_that_state_a_condition_are_aliases_and_say_which(build: Callable[..., Registry]) -> None:
    registry = build(benchmarks=STATED)
    assert registry.benchmarks["Murk"].aliases == ("Mrk", "M2", "Murk 2.0", "deep Murk")
    names = ("murk-2.0", "M2", "Deep Murk", "Murk", "Mrk", "Fog")
    assert [registry.condition(name) for name in names] == ["version 2", "version 2", "deep", None, None, None]


def test_an_alias_may_settle_a_shared_name(build: Callable[..., Registry]) -> None:
    registry = build(benchmarks=SHARED).with_alias("benchmark", "Murk", "Murk (air)")
    assert registry.benchmark("murk") is registry.benchmarks["Murk (air)"]
    assert registry.sharing("murk") == ()


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ("choices = 4, chance_source = 'counted'", 25),
        ("choices = 5, chance = 22.5, chance_source = 'counted'", 22.5),
        ("chance = 9.7, chance_source = 'counted'", 9.7),
        ("metric = 'accuracy'", None),
    ],
)
def test_what_blind_guessing_reaches(build: Callable[..., Registry], fields: str, level: float | None) -> None:
    registry = build(benchmarks=f"[odd]\nmurk = {{name = 'Murk', {fields}}}\n")
    assert registry.benchmarks["Murk"].chance_level == level


def test_names_that_are_none_have_a_reason_each(tmp_path: Path) -> None:
    assert explained(tmp_path) == {"benchmark": {}, "metric": {}}
    (tmp_path / "unknown.toml").write_text('[benchmarks]\n"a device" = ["Q-9"]\n', encoding="utf-8")
    assert explained(tmp_path) == {"benchmark": {"q9": "a device"}, "metric": {}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[models]\n", "unknown.toml: models: is no table of benchmarks or metrics"),
        ("metrics = 3\n", "unknown.toml: metrics: is no table of benchmarks or metrics"),
        ('[metrics]\n"a word" = "some"\n', "unknown.toml: metrics.a word: is no list of names"),
        ('[metrics]\n"a word" = [3]\n', "unknown.toml: metrics.a word: is no list of names"),
    ],
)
def test_a_list_of_reasons_that_is_none_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "unknown.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadDataFile) as caught:
        explained(tmp_path)
    assert message in str(caught.value)


CLASH = '[a]\nname = "One"\naliases = ["Odd"]\n[b]\nname = "Two"\naliases = ["o-d-d"]\n'


@pytest.mark.parametrize("table", ["metrics", "models"])
def test_two_entries_that_answer_to_one_name_are_both_named(build: Callable[..., Registry], table: str) -> None:
    kind = table.removesuffix("s")
    with pytest.raises(
        BadDataFile, match=f"{table}.toml: b.aliases: {kind} 'Two' and {kind} 'One' both answer to 'o-d-d'"
    ):
        build(**{table: CLASH})


def test_a_clash_across_files_names_both(build: Callable[..., Registry], tmp_path: Path) -> None:
    (tmp_path / "benchmarks-more.toml").write_text(
        '[odd]\nfog = {name = "Fog", aliases = ["murk"]}\n', encoding="utf-8"
    )
    with pytest.raises(BadDataFile, match="benchmark 'Murk' and benchmark 'Fog' both answer to 'Murk'"):
        build()


def test_an_id_is_taken_once_over_all_files(build: Callable[..., Registry], tmp_path: Path) -> None:
    (tmp_path / "benchmarks-more.toml").write_text('[odd]\nmurk = {name = "Fog"}\n', encoding="utf-8")
    with pytest.raises(BadDataFile, match=r"benchmarks\.toml: murk: this id is also taken in benchmarks-more\.toml"):
        build()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metrics": None}, "metrics.toml: file: does not exist"),
        ({"benchmarks": None}, "benchmarks.toml: file: does not exist"),
        ({"units.txt": None}, "units.txt: file: does not exist"),
        ({"models": "[mono\n"}, "models.toml: file: is not TOML"),
        ({"models": "mono = 3\n"}, "models.toml: mono: is not a table"),
        ({"benchmarks": "odd = 3\n"}, "benchmarks.toml: odd: is not a table"),
        ({"benchmarks": "[odd]\nmurk = 3\n"}, "benchmarks.toml: odd.murk: is not a table"),
        ({"models": '["Mono!"]\nname = "Mono"\n'}, "models.toml: Mono!.id: 'Mono!' is not made of"),
        ({"models": '[mono]\nname = "Mono"\nsize = 3\n'}, "models.toml: mono.size: Unexpected keyword"),
        ({"models": '[mono]\nname = "Mono"\naliases = ["-"]\n'}, "models.toml: mono.aliases: '-' has no letter"),
        ({"models": '[mono]\nname = "Mono"\naliases = "Single"\n'}, "models.toml: mono.aliases: Input should be"),
        ({"models": '[mono]\nname = "Mono"\nreleased = "May"\n'}, "models.toml: mono.released: 'May' is not a year"),
        ({"metrics": '[a]\nname = "a"\nunit = "percnt"\n', "benchmarks": ""}, "a.unit: unit 'percnt' is not defined"),
        (
            {"metrics": '[a]\nname = "a"\nother_units = ["percent", "percnt"]\n', "benchmarks": ""},
            "a.other_units: unit 'percnt' is not defined",
        ),
        ({"metrics": '[a]\nname = "a"\nfamily = "b"\n', "benchmarks": ""}, "a.family: Unknown metric 'b'"),
        ({"metrics": '[a]\nname = "a"\nfamily = "a"\n', "benchmarks": ""}, "a.family: a metric cannot be its own"),
        (
            {"metrics": '[a]\nname = "a"\nfamily = "b"\n[b]\nname = "b"\nfamily = "a"\n', "benchmarks": ""},
            "a.family: a metric cannot be its own",
        ),
        ({"metrics": '[a]\nname = "a"\naggregation = "sum"\n', "benchmarks": ""}, "metrics.toml: a.aggregation"),
        ({"metrics": '[a]\nname = "a"\nlow = 1\nhigh = 1\n', "benchmarks": ""}, "a.high: 1.0 is not above low"),
        ({"metrics": '[a]\nname = "a"\nlow = 1\n', "benchmarks": ""}, "a.bound_source: bounds need a source"),
        ({"benchmarks": '[odd]\na = {name = "A", choices = 2}\n'}, "a.chance_source: choices and chance need a source"),
        ({"benchmarks": '[odd]\na = {name = "A", choices = 1}\n'}, "benchmarks.toml: a.choices: 1 leaves no choice"),
        ({"benchmarks": "[odd]\na = {name = ''}\n"}, "benchmarks.toml: a.name: is empty"),
        ({"benchmarks": "[odd]\na = {name = 'A', link_source = 'x'}\n"}, "a.link_source: speaks of a link that is not"),
        (
            {"benchmarks": "[odd]\na = {name = 'A', chance = 100, chance_source = 'x'}\n"},
            "a.chance: 100 is not between",
        ),
        (
            {"benchmarks": "[odd]\na = {name = 'A', test_items = [{items = 0, source = 'x'}]}\n"},
            "a.test_items.0.items: 0 is not a number of items",
        ),
        (
            {"benchmarks": "[odd]\na = {name = 'A', test_items = [{items = 5, source = ''}]}\n"},
            "a.test_items.0.source: is empty",
        ),
        ({"benchmarks": "[odd]\na = {name = 'A', test_items = [{items = 5}]}\n"}, "a.test_items.0.source: "),
        (
            {"benchmarks": SHARED + 'mist = {name = "Mist", aliases = ["Murk"]}\n'},
            "benchmarks.toml: murk.shared: 'Murk' is a name of 'Mist' alone",
        ),
        (
            {"benchmarks": STATED.replace('"deep Murk"', '"MURK"')},
            "murk.stated.1.names: 'Murk' is the name that leaves conditions open",
        ),
        (
            {"benchmarks": STATED.replace('"deep"', '""')},
            "murk.stated.1: needs a condition and the names",
        ),
        ({"benchmarks": STATED.replace('["deep Murk"]', "[]")}, "murk.stated.1: needs a condition and the names"),
        ({"benchmarks": SHARED.replace('["air"]', "[]")}, "fog.shared: 'MURK' needs signs in lower case"),
        ({"benchmarks": SHARED.replace('["air"]', '["Air"]')}, "fog.shared: 'MURK' needs signs in lower case"),
        ({"benchmarks": SHARED.replace('"MURK"', '"Mist"')}, "murk.shared: no other benchmark shares 'murk'"),
        ({"apart": "planets = []\n"}, "apart.toml: planets: is none of metrics, benchmarks and models"),
        ({"apart": 'benchmarks = [["Murk", "Mist"]]\n'}, "apart.toml: benchmarks: no benchmark answers to 'Mist'"),
        ({"apart": 'benchmarks = [["Murk", "Murk 1.0"]]\n'}, "two of 'Murk', 'Murk 1.0' are one benchmark"),
        ({"tasks": "odd = 3\n"}, "tasks.toml: odd: is no list of tasks"),
        ({"tasks": "odd = [3]\n"}, "tasks.toml: odd: is no list of tasks"),
        (
            {"tasks": 'odd = ["reading"]\neven = ["reading"]\n'},
            "tasks.toml: even: the task 'reading' stands under 'odd', too",
        ),
        ({"tasks": 'odd = ["reading"]\nfew = ["writing"]\n'}, "tasks.toml: few: Unknown task 'writing'"),
        ({"tasks": 'odd = ["reading"]\nalso = ["even"]\n'}, "tasks.toml: also: is no table of areas by task"),
        ({"tasks": 'odd = ["reading"]\n[also]\nwriting = ["even"]\n'}, "tasks.toml: also: Unknown task 'writing'"),
        ({"tasks": 'odd = ["reading"]\n[also]\nreading = "even"\n'}, "tasks.toml: also.reading: is no list of areas"),
        (
            {
                "benchmarks": '[dim-light]\na = {name = "A", task = "reading"}\n',
                "tasks": 'odd = ["reading"]\n[also]\nreading = ["even"]\n',
            },
            "benchmarks.toml: a.task: 'reading' is at home in odd, even, not in dim-light",
        ),
        (
            {"benchmarks": '[odd]\na = {name = "A", task = "readin"}\n', "tasks": 'odd = ["reading"]\n'},
            "benchmarks.toml: a.task: Unknown task 'readin'. Did you mean",
        ),
        (
            {"benchmarks": '[odd]\na = {name = "A", metric = "acuracy"}\n'},
            "a.metric: Unknown metric 'acuracy'. Did you mean",
        ),
    ],
)
def test_what_does_not_validate_names_file_entry_and_field(
    build: Callable[..., Registry], changes: dict[str, str | None], message: str
) -> None:
    with pytest.raises(BadDataFile) as caught:
        build(**changes)
    assert message in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(build: Callable[..., Registry], tmp_path: Path) -> None:
    (tmp_path / "benchmarks-latin.toml").write_bytes(b'[odd]\nmurk = {name = "M\xfcrk"}\n')
    with pytest.raises(BadDataFile, match=r"benchmarks-latin\.toml: byte 23: is not UTF-8"):
        build()


def test_dimensions_and_prefixes_are_no_units(build: Callable[..., Registry]) -> None:
    units = "kilo- = 1e3 = K-\nbase = [kind]\n[rate] = [kind] / [kind]\n# none = []\n"
    with pytest.raises(BadDataFile, match="unit 'kilo-' is not defined"):
        build(**{"units.txt": units, "metrics": '[a]\nname = "a"\nunit = "kilo-"\n', "benchmarks": ""})


@given(st.text(alphabet="aZ9+@.ßİſΣς \u00a0\t-_'`‐–—−‘’"))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert key(key(name)) == key(name)


@pytest.mark.parametrize(
    ("a", "b"),
    [("MBPP", "MBPP+"), ("pass@1", "pass@10"), ("SQuAD 1.1", "SQuAD 2.0"), ("bits/dim", "bitsdim"), ("F1", "F2")],
)
def test_digits_and_signs_keep_names_apart(a: str, b: str) -> None:
    assert key(a) != key(b)


@pytest.mark.parametrize(
    ("a", "b"), [("SQuAD2.0", "squad 2.0"), ("AIME'24", "AIME 24"), ("AIME’24", "aime24"), ("test–clean", "Test_Clean")]
)
def test_case_space_dashes_and_apostrophes_do_not_count(a: str, b: str) -> None:
    assert key(a) == key(b)


def test_the_data_folder_of_a_checkout_and_of_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (data_folder() / "metrics.toml").is_file()
    package = tmp_path / "leaderboard"
    package.mkdir()
    monkeypatch.setattr("leaderboard.units.__file__", str(package / "units.py"))
    assert data_folder() == tmp_path / "data"
    (package / "data").mkdir()
    assert data_folder() == package / "data"


class TestWithAlias:
    @pytest.mark.parametrize(("kind", "of"), [("benchmark", "odd read"), ("metric", "acc"), ("model", "mono")])
    def test_an_entry_answers_to_one_more_name(self, invented: Registry, kind: str, of: str) -> None:
        more = invented.with_alias(kind, "New Name", of)
        look_up = {"benchmark": more.benchmark, "metric": more.metric, "model": more.model}[kind]
        entry = look_up("new-name")
        assert entry is not None
        assert entry is look_up(of)
        assert entry.aliases[-1] == "New Name"
        assert entry.contextual_aliases == ()
        table = {"benchmark": more.benchmarks, "metric": more.metrics, "model": more.models}[kind]
        assert table[entry.name] is entry
        assert invented.benchmark("New Name") is invented.metric("New Name") is invented.model("New Name") is None

    def test_a_word_that_needs_evidence_is_contextual(self, invented: Registry) -> None:
        entry = invented.with_alias("benchmark", "Odd", "OddRead", contextual=True).benchmark("Odd")
        assert entry is not None
        assert entry.contextual_aliases == ("Odd",)

    def test_a_name_that_is_there_changes_nothing(self, invented: Registry) -> None:
        assert invented.with_alias("metric", "ACC", "accuracy").metrics == invented.metrics
