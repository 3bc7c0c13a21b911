"""The command: what it prints, its exit status, and that every error is one line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest

from leaderboard import cli, commands
from leaderboard.commands import build, dashboard, extract
from leaderboard.models import Paper, Snapshot
from leaderboard.plugins import discover
from leaderboard.registry import load
from leaderboard.table import FILE, write

Run = Callable[..., tuple[int, str, str]]

CONTRACT = [
    "paper_id",
    "start",
    "end",
    "number",
    "kind",
    "value",
    "value_high",
    "unit",
    "metric",
    "benchmarks",
    "benchmark_mentions",
    "metric_mention",
    "subject",
    "role",
    "baseline",
    "direction",
    "bound",
    "confidence",
    "rule",
]
"""The fields that tools outside the project read."""

ABSTRACT = "Foo reaches 84.0% on OddRead, and maybe 12.5%? elsewhere."


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run(*arguments)`: exit status, standard output and standard error of the command."""

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def papers(tmp_path: Path, invented_reader: object) -> Path:
    """Two good records, of which one comes twice, and a bad one, under the parser and registry invented for tests."""
    path = tmp_path / "papers.jsonl"
    records = [
        {"id": "p1", "title": "On Counting Invented Animals", "abstract": ABSTRACT, "date": "2024-05"},
        {"id": "again", "title": "On Counting Invented Animals", "abstract": ABSTRACT},
        {"id": "p2", "title": "=1+1", "abstract": "Foo reaches 83.2% on OddRead."},
        {"id": "p3", "title": "Nothing to Read Here", "abstract": ""},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def built(make_snapshot: Callable[..., Snapshot], make_paper: Callable[..., Paper], tmp_path: Path) -> Path:
    """The folder of a build with one board of three lines."""
    folder = tmp_path / "a build"
    folder.mkdir()
    texts = {"p1": "It is 84.0%.", "p2": "It is 83.2%.", "p3": "It is 70.1%."}
    papers = [make_paper(text, id=one, title=f"Title of \x1b[31m{one}", date="2024") for one, text in texts.items()]
    write(make_snapshot(papers), folder / FILE)
    return folder


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ((), "the following arguments are required: COMMAND; see leaderboard --help"),
            (("nope",), "invalid choice: 'nope'"),
            (("build",), "the following arguments are required: INPUT; see leaderboard build --help"),
            (("build", "missing.jsonl"), "missing.jsonl: no such file or folder; check the spelling"),
            (("extract", "missing.jsonl"), "missing.jsonl: no such file or folder"),
            (("check", "missing.jsonl"), "missing.jsonl: no such file or folder"),
            (("extract", "x", "--min-confidence", "2"), "2 is not between 0 and 1"),
            (("extract", "x", "--format", "xml"), "invalid choice: 'xml'"),
            (("rank", "GSM8K", "--in", "nowhere"), "nowhere: holds no build; make one with `leaderboard build"),
            (("rank", "GSM8K", "--top", "0"), "0 is not above 0"),
            (("export", "claims_csv", "--in", "nowhere"), "nowhere: holds no build"),
            (("export", "claims_xls"), "Unknown export format 'claims_xls'"),
            (("dashboard", "nowhere"), "nowhere: holds no build"),
            (("dashboard", "--port", "70000"), "70000 is no port number"),
            (("dashboard", "--port", "x"), "invalid port value: 'x'"),
        ],
        ids=" ".join,
    )
    def test_one_line_and_status_2(
        self, arguments: tuple[str, ...], message: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("leaderboard: ")
        assert err.count("\n") == 1
        assert message in err
        assert list(tmp_path.iterdir()) == []

    def test_an_output_that_cannot_be_written(self, run: Run, papers: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        status, out, err = run("build", papers, "--out", tmp_path / "file" / "out")
        assert (status, out) == (2, "")
        assert err.count("\n") == 1
        assert "cannot be written (not a directory); give --out a folder that you may write" in err

    def test_records_that_cannot_be_used_are_no_reason_to_stop(self, run: Run, papers: Path) -> None:
        status, out, err = run("extract", papers)
        assert status == 0
        assert len(out.splitlines()) == 5
        assert err.startswith(f"leaderboard: 1 record(s) set aside; the first: {papers}: record 4: ")

    @pytest.mark.parametrize("command", ["extract", "check", "build"])
    def test_nothing_usable_at_all(self, command: str, run: Run, papers: Path, tmp_path: Path) -> None:
        papers.write_text('{"id": "p3", "title": "Nothing to Read Here", "abstract": ""}\n', encoding="utf-8")
        extra = ["--out", tmp_path / "out"] if command == "build" else []
        status, out, err = run(command, papers, *extra)
        assert (status, out) == (2, "")
        assert "none of 1 record(s) can be used" in err
        assert err.count("\n") == 1

    @pytest.mark.parametrize("place", ["before", "after"])
    def test_debug_shows_the_trace(self, place: str, run: Run) -> None:
        arguments = ["extract", "missing.jsonl"]
        status, _, err = run(*(["--debug", *arguments] if place == "before" else [*arguments, "--debug"]))
        assert status == 2
        assert err.startswith("Traceback")
        assert err.splitlines()[-1].startswith("leaderboard: missing.jsonl")

    @pytest.mark.usefixtures("invented_reader")
    def test_a_defect_is_not_taken_for_a_finding(self, run: Run, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError("by\nnought")

        monkeypatch.setattr("leaderboard.parsing.read", broken)
        status, _, err = run("check", papers)
        assert (status, err) == (2, "leaderboard: defect: ZeroDivisionError: by nought; --debug shows where\n")

    def test_an_interruption(self, run: Run, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("leaderboard.parsing.read", stop)
        assert run("extract", papers) == (130, "", "leaderboard: interrupted; what was there before is untouched\n")


class TestExtract:
    def test_jsonl_has_the_contract_and_exact_spans(self, run: Run, papers: Path) -> None:
        _, out, _ = run("extract", papers, "--format", "jsonl")
        claims = [json.loads(line) for line in out.splitlines()]
        abstracts = {one["id"]: one["abstract"] for one in map(json.loads, papers.read_text().splitlines())}
        # Records are not merged: each keeps its own id.
        assert [(claim["paper_id"], claim["number"]) for claim in claims] == [
            ("p1", "84.0%"),
            ("p1", "12.5%"),
            ("again", "84.0%"),
            ("again", "12.5%"),
            ("p2", "83.2%"),
        ]
        for claim in claims:
            assert set(CONTRACT) <= set(claim)
            assert abstracts[claim["paper_id"]][claim["start"] : claim["end"]] == claim["number"]
        assert claims[0]["benchmarks"] == ["OddRead"]

    def test_confidence(self, run: Run, papers: Path) -> None:
        _, out, _ = run("extract", papers, "--min-confidence", "0.5")
        assert [json.loads(line)["number"] for line in out.splitlines()] == ["84.0%", "84.0%", "83.2%"]

    def test_csv(self, run: Run, papers: Path) -> None:
        _, out, _ = run("extract", papers, "--format", "csv")
        lines = list(csv.DictReader(io.StringIO(out)))
        assert tuple(lines[0]) == extract.FIELDS
        assert [line["number"] for line in lines] == ["84.0%", "12.5%", "84.0%", "12.5%", "83.2%"]
        assert (lines[0]["benchmarks"], lines[0]["value_high"]) == ("OddRead", "")

    def test_parquet(self, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(extract, "BATCH", 2)
        with (tmp_path / "x.parquet").open("w") as file:
            extract.write_parquet(extract.claims([str(papers)]), file)
        lines = pq.read_table(tmp_path / "x.parquet").to_pylist()
        assert [line["number"] for line in lines] == ["84.0%", "12.5%", "84.0%", "12.5%", "83.2%"]
        assert lines[0]["benchmarks"] == ["OddRead"]

    def test_parquet_is_kept_from_a_terminal(self, run: Run, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        status, out, err = run("extract", papers, "--format", "parquet")
        assert (status, out) == (2, "")
        assert "send it to a file" in err

    @pytest.mark.usefixtures("invented_reader")
    def test_records_stream(self, monkeypatch: pytest.MonkeyPatch) -> None:
        read: list[str] = []

        def records(*_: object, **__: object) -> Any:
            for name in ("p1", "p2"):
                read.append(name)
                yield Paper(name, "A Title", "It is 84.0%.")

        monkeypatch.setattr("leaderboard.sources.read", records)
        first = next(extract.claims(["-"]))
        assert (first.paper_id, read) == ("p1", ["p1"])


class TestBuild:
    def test_says_what_was_found_and_what_to_do_next(self, run: Run, papers: Path, tmp_path: Path) -> None:
        out = tmp_path / "my out"
        status, said, err = run("build", papers, "--out", out)
        assert (status, err) == (0, "")
        assert said.splitlines() == [
            f"3 claims from 2 papers on 1 board, in {out}",
            "",
            "OddRead: accuracy  (2 lines from 2 papers; higher is better)",
            "  rank  may be  model  score  role  date     paper",
            "    1   1-2     Foo    84.0%  own   2024-05  On Counting Invented Animals",
            "    2   1-2     Foo    83.2%  own            =1+1",
            "",
            "Findings: 0 errors, 0 warnings, 0 notes",
            f"Set aside: 1 record; the reason of each is in {out}/rejected.jsonl",
            "",
            f"Read {out}/report.html, or see it all with: leaderboard dashboard '{out}'",
        ]

    def test_a_claim_that_is_hardly_sure_is_set_aside_unless_it_is_asked_for(
        self, run: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(build, "SURE", 0.5)
        _, said, _ = run("build", papers, "--out", tmp_path / "out")
        assert said.startswith("2 claims from 2 papers")
        rejected = (tmp_path / "out" / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
        reasons = [json.loads(line)["reason"] for line in rejected]
        assert any(reason.endswith("is below 0.5") for reason in reasons)
        _, said, _ = run("build", papers, "--out", tmp_path / "all", "--min-confidence", "0")
        assert said.startswith("3 claims from 2 papers")

    def test_no_progress_bar_in_a_pipe_and_one_on_a_terminal(
        self, run: Run, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert run("build", papers, "--out", tmp_path / "out")[2] == ""
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        assert "Reading papers" in run("build", papers, "--out", tmp_path / "out")[2]


class TestRank:
    @pytest.mark.usefixtures("invented_reader")
    def test_prints_a_board_without_control_characters(self, run: Run, built: Path) -> None:
        status, out, err = run("rank", "odd-read", "--in", built, "--top", "2")
        assert (status, err) == (0, "")
        assert out.splitlines()[0] == "OddRead: accuracy  (3 lines from 3 papers; higher is better)"
        assert [line.split()[0] for line in out.splitlines()[2:4]] == ["1", "2"]
        assert out.splitlines()[-1] == "  ... and 1 more line"
        assert "\x1b" not in out

    @pytest.mark.usefixtures("invented_reader")
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("OddReed",), "Unknown benchmark of this build 'OddReed'. Did you mean 'OddRead'?"),
            (("OddRead", "--metric", "kappa"), "Unknown metric of OddRead 'kappa'. Did you mean 'accuracy'?"),
            (("OddRead", "--kind", "ratio"), "Unknown kind of claim on OddRead 'ratio'. Did you mean 'score'?"),
        ],
    )
    def test_unknown_names(self, arguments: tuple[str, ...], message: str, run: Run, built: Path) -> None:
        assert run("rank", *arguments, "--in", built) == (2, "", f"leaderboard: {message}\n")


@pytest.mark.usefixtures("invented_reader")
class TestLookup:
    def test_benchmark(self, run: Run) -> None:
        status, out, _ = run("lookup", "odd read")
        assert status == 0
        assert out.splitlines()[0] == "benchmark OddRead"
        assert "  default metric  accuracy" in out
        assert "  test items      400 (test; counted); 10,000 (dev; counted)" in out

    def test_a_name_that_states_a_version(self, run: Run) -> None:
        _, out, _ = run("lookup", "oddread-2")
        assert out.splitlines()[0] == "benchmark OddRead"
        assert "  conditions      version 2 (said by OddRead 2); dev (said by OddRead dev)" in out
        assert "  says            version 2: a lane of its own, beside that of OddRead alone" in out
        assert "  says" not in run("lookup", "odd read")[1]

    def test_metric(self, run: Run) -> None:
        _, out, _ = run("lookup", "ACC")
        assert "metric accuracy" in out
        assert "  direction       higher is better" in out
        assert "  highest         100" in out

    def test_model(self, run: Run) -> None:
        assert "  parameters      7,000,000,000, 13,000,000,000" in run("lookup", "Poly")[1]

    def test_unknown(self, run: Run) -> None:
        status, _, err = run("lookup", "OddReed")
        assert status == 2
        assert err == "leaderboard: Unknown metric, benchmark or model 'OddReed'. Did you mean 'OddRead'?\n"


def test_lookup_says_whether_a_link_was_checked(run: Run) -> None:
    given = load().benchmarks.values()
    sourced = next(entry for entry in given if entry.link_source)
    bare = next(entry for entry in given if entry.link and not entry.link_source)
    assert f"  link checked    named beside it in {sourced.link_source}\n" in run("lookup", sourced.name)[1]
    assert "  link checked    no: nobody was seen to name the benchmark beside it\n" in run("lookup", bare.name)[1]


def test_lookup_names_every_benchmark_that_shares_a_name(run: Run) -> None:
    status, out, _ = run("lookup", "c-s-l")
    assert status == 0
    found = [line for line in out.splitlines() if not line.startswith(" ")]
    assert found == [
        f"benchmark CSL ({which})"
        for which in ("Chinese Scientific Literature", "sign language", "circular skip links")
    ]
    assert "  also called     CSL (others, too; here with sign language, gloss, phoenix)" in out


class TestExport:
    def test_to_a_file(self, run: Run, built: Path, tmp_path: Path) -> None:
        target = tmp_path / "x.csv"
        assert run("export", "leaderboard-csv", "--in", built, "--out", target) == (0, "", "")
        assert len(target.read_text(encoding="utf-8").splitlines()) == 4
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a build", "x.csv"]

    def test_to_a_folder_that_is_not_there(self, run: Run, built: Path, tmp_path: Path) -> None:
        status, _, err = run("export", "claims_csv", "--in", built, "--out", tmp_path / "no" / "x.csv")
        assert (status, err.count("\n")) == (2, 1)
        assert "name a file that you may write" in err

    def test_to_standard_output(self, built: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        assert cli.main(["export", "report_md", "--in", str(built)]) == 0
        sys.stdout.flush()
        assert capfdbinary.readouterr().out.startswith(b"# Leaderboards from 3 papers\n")


class TestDashboard:
    def test_becomes_the_server(self, run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        called: list[tuple[str, list[str], dict[str, str]]] = []
        (tmp_path / "app.py").write_text("")
        monkeypatch.setattr(
            dashboard, "find_spec", lambda _: SimpleNamespace(submodule_search_locations=[str(tmp_path)])
        )
        monkeypatch.setattr(dashboard.os, "execve", lambda *call: called.append(call))
        monkeypatch.setattr(dashboard, "require_free", lambda _: None)
        status, out, _ = run("dashboard", built, "--port", "8765")
        assert (status, out) == (0, f"Serving {built} on http://127.0.0.1:8765 (stop with Ctrl-C)\n")
        ((program, command, environment),) = called
        assert program == sys.executable
        assert command[:5] == [sys.executable, "-m", "streamlit", "run", str(tmp_path / "app.py")]
        flags = dict(zip(command[5::2], command[6::2], strict=True))
        assert flags["--server.address"] == "127.0.0.1"
        assert flags["--server.port"] == "8765"
        assert flags["--browser.gatherUsageStats"] == "false"
        assert environment["LEADERBOARD_DIR"] == str(built.resolve())

    def test_the_other_entry_point_is_preferred(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(
            dashboard, "find_spec", lambda _: SimpleNamespace(submodule_search_locations=[str(tmp_path)])
        )
        for name in ("app.py", "asgi.py"):
            (tmp_path / name).write_text("")
        assert dashboard.script() == tmp_path / "asgi.py"

    def test_every_setting_is_known_to_streamlit(self) -> None:
        from streamlit import config

        assert set(dashboard.SETTINGS) <= set(config.get_config_options())

    def test_a_port_in_use(self, run: Run, built: Path) -> None:
        import socket

        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            status, _, err = run("dashboard", built, "--port", other.getsockname()[1])
        assert (status, err.count("\n")) == (2, 1)
        assert "cannot be used (address already in use); choose another with --port" in err

    def test_a_package_without_dashboard(self, run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dashboard, "find_spec", lambda _: None)
        monkeypatch.setattr(dashboard, "require_free", lambda _: None)
        status, _, err = run("dashboard", built)
        assert status == 2
        assert "the dashboard is not installed" in err


class TestProcess:
    """What only a process of its own shows."""

    @pytest.fixture
    def process(self, root: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
        paths = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
        env = {**os.environ, "PYTHONPATH": paths}

        def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, *arguments],
                input=text,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
                env=env,
            )

        return run

    @pytest.mark.parametrize(
        ("arguments", "absent"),
        [
            (["--version"], {"pydantic", "duckdb", "pandas", "pyarrow", "streamlit", "leaderboard.pipeline"}),
            (["check", "-"], {"pybtex", "duckdb", "pandas", "pyarrow", "streamlit", "altair", "jinja2", "rich"}),
            (["extract", "-"], {"duckdb", "pandas", "pyarrow", "streamlit", "altair", "jinja2", "rich"}),
        ],
        ids=lambda value: value[0] if isinstance(value, list) else "",
    )
    def test_loads_only_what_it_needs(
        self, arguments: list[str], absent: set[str], process: Callable[..., subprocess.CompletedProcess[str]]
    ) -> None:
        code = (
            "import atexit, sys; from leaderboard.cli import main\n"
            "atexit.register(lambda: print('LOADED', *sys.modules, file=sys.stderr))\n"
            "sys.exit(main(sys.argv[1:]))"
        )
        ended = process("-c", code, *arguments, text="Foo reaches 84.0% accuracy on ImageNet, above the 83.0% of Bar.")
        assert ended.returncode == 0, ended.stderr
        loaded = set(ended.stderr.partition("LOADED ")[2].split())
        assert "leaderboard.cli" in loaded
        assert loaded & absent == set()

    def test_module_and_version(self, process: Callable[..., subprocess.CompletedProcess[str]]) -> None:
        ended = process("-m", "leaderboard", "--version")
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith("leaderboard ")

    def test_a_reader_that_goes_away(self, root: Path) -> None:
        code = """if True:
            from leaderboard import cli, models, parsing, sources

            def endless(*_, **__):
                return (models.Paper("p", "t", "1") for _ in range(100_000))

            nothing = (None, None, None, False, (), (), None, "own", None, None)
            claim = models.Claim("p", 0, 1, "1", "size", 1, None, "none", *nothing, "exact", (), 0, 1, "r", 1.0)
            sources.read, parsing.read = endless, lambda *_: (claim,)
            raise SystemExit(cli.main(["extract", "-"]))
        """
        paths = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
        with subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        ) as process:
            assert process.stdout
            assert process.stderr
            assert process.stdout.readline().startswith('{"paper_id": "p"')
            process.stdout.close()
            assert process.stderr.read() == ""
        assert process.returncode == 141


def test_every_command_explains_itself(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    for name, module in discover(commands).items():
        first = (module.__doc__ or "").partition("\n")[0]
        assert first.endswith(".")
        assert first in " ".join(out.split())
        status, told, _ = run(name, "--help")
        assert status == 0
        assert f"usage: leaderboard {name}" in told
