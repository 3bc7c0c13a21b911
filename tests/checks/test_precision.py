"""The precision that findings show is counted from verdicts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import figures, planted_alarms, planted_in_real, precision
from benchmarks.precision import BadVerdict, Verdict, counted, document, met, rate, read
from benchmarks.precision import measured as measure
from leaderboard import checks, parsing
from leaderboard.checks import Corpus, Report, _report, metric_range
from leaderboard.checks._precision import Precision, measured, seeded
from leaderboard.forms import render
from leaderboard.models import Finding, Operand, Paper
from leaderboard.plugins import discover
from leaderboard.registry import Registry


def line(**changes: object) -> str:
    fields: dict[str, object] = {
        "check": "from_to_gain", "level": "error", "paper": "p1", "offsets": [[3, 8]], "verdict": "right",
        "reason": "the step is 6.4",
    }  # fmt: skip
    return json.dumps(fields | changes)


def test_counts_reach_the_findings(tmp_path: Path) -> None:
    lines = [
        line(),
        line(paper="p2"),
        line(paper="p3", verdict="wrong"),
        line(paper="p4", verdict="undecidable"),
        line(paper="p5", level="review", verdict="wrong"),
        line(check="direction", verdict="undecidable"),
    ]
    (tmp_path / "set-1.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = tmp_path / "check-precision.json"
    out.write_text(document(counted(read(tmp_path)), {"direction": Precision(9, 9, 0, "planted")}), encoding="utf-8")
    assert seeded(out) == {"direction": Precision(9, 9, 0, "planted")}
    found = measured(out)
    assert set(found) == {"from_to_gain"}, "a check without a decided verdict is not measured"
    one = found["from_to_gain"]
    assert (one.right, one.decided, one.undecidable, one.source) == (2, 3, 1, "set-1")
    assert one.interval == pytest.approx((0.2077, 0.9385), abs=1e-4)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "is no verdict"),
        ("[]", "is no verdict"),
        (line(offsets=[[1]]), "is no verdict"),
        (line(verdict="fine"), "'fine' is no verdict"),
        (line(level="grave"), "'grave' is no level"),
        (line(check="no_such"), "no check 'no_such'"),
        (line(reason=""), "reason of 1 to"),
        (f"{line()}\n{line(verdict='wrong')}", "judges the same finding as a.jsonl, line 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(BadVerdict, match=problem) as caught:
        list(read(tmp_path))
    assert "a.jsonl, line" in str(caught.value)


def found(check: str, *places: tuple[int, int], level: str = "error", state: str = "fail") -> Finding:
    operands = tuple(Operand("p1", start, end, "7", 7, 6, 8, "none") for start, end in places)
    other = Operand("p2", 0, 1, "7", 7, 6, 8, "none")
    return Finding(check, level, state, "paper", "p1", "", (*operands, other), (), "0" * 16)  # type: ignore[arg-type]


def verdict(check: str, *places: tuple[int, int], says: str = "right") -> Verdict:
    return Verdict(check, "note", "p1", places, says, "a reason", "set-1")


def test_a_verdict_meets_its_finding_though_its_numbers_moved_a_little() -> None:
    findings = [
        found("direction", (3, 8), (10, 14)),
        found("direction", (20, 24), level="warning"),
        found("direction", (40, 44)),
        found("metric_range", (3, 8), state="review"),
        found("direction", (60, 64), state="pass"),
    ]
    verdicts = [
        verdict("direction", (22, 25), says="wrong"),
        verdict("direction", (10, 14), (3, 8)),
        verdict("metric_range", (3, 9)),
        verdict("direction", (60, 64)),
        verdict("complement", (40, 44)),
    ]
    judged, unread = met(findings, verdicts)
    assert sorted((one.check, one.level, one.verdict) for one in judged) == [
        ("direction", "error", "right"),
        ("direction", "warning", "wrong"),
        ("metric_range", "review", "right"),
    ]
    assert unread == [findings[2]]
    values = measure(Report(tuple(findings), 1, 9, ("direction",)), judged, unread)
    assert [values[level, "right"] for level in ("error", "warning", "note", "review")] == [1, 0, 0, 1]
    assert (values["error", "unread"], values["warning", "wrong"], values["all", "groups"]) == (1, 1, 4)


def test_two_findings_need_two_verdicts() -> None:
    findings = [found("direction", (3, 8)), found("direction", (5, 9))]
    judged, unread = met(findings, [verdict("direction", (5, 9))])
    assert (len(judged), unread) == (1, [findings[0]])


def test_the_rate_that_a_count_leaves_possible() -> None:
    assert rate(0, 3000) == (0, pytest.approx(3 / 3000, rel=0.01))
    share, most = rate(3, 3000)
    assert (share, most > share) == (0.001, True)
    assert rate(0, 0) == (0, 1)


@pytest.mark.parametrize(
    ("labelled", "planted", "enough"),
    [
        (None, None, False),
        (None, (29, 29), False),
        (None, (40, 40), True),
        (None, (40, 50), False),
        ((4, 4), (40, 40), True),
        ((1, 4), (40, 40), False),  # what people saw rules 90% out
        ((36, 36), None, True),
        ((40, 50), (99, 99), False),  # enough labels: the planted ones no longer count
    ],
)
def test_who_may_call_a_finding_an_error(
    labelled: tuple[int, int] | None, planted: tuple[int, int] | None, *, enough: bool
) -> None:
    one, other = (Precision(*counts, 0, "set") if counts else None for counts in (labelled, planted))
    assert checks.proven(one, other) is enough


def test_every_check_that_finds_errors_has_shown_how_often_it_is_right() -> None:
    errors = {name for name, module in discover(checks).items() if module.LEVEL == "error"}
    assert errors
    assert {name for name in errors if not checks.proven(measured().get(name), seeded().get(name))} == set()
    assert all(checks.gravest(module) == module.LEVEL for module in discover(checks).values())


def test_without_figures_an_error_is_held_at_warning(
    monkeypatch: pytest.MonkeyPatch, by_hand: Callable[..., Report]
) -> None:
    def none() -> dict[str, Precision]:
        return {}

    monkeypatch.setattr(_report, "measured", none)
    monkeypatch.setattr(_report, "seeded", none)
    text = "Our tagger reaches 104.2% accuracy. It needs 40% less memory."
    claims = [
        {"number": "104.2%", "metric": "accuracy"},
        {"number": "40%", "kind": "change", "direction": "down", "metric": "memory"},
    ]
    made = by_hand([text], [claims])
    assert [(one.check, one.level, one.state) for one in made.findings] == [
        ("metric_range", "warning", "fail"),
        ("decrease_over_100", "warning", "pass"),
    ]
    assert [one.reason for one in made.findings] == [_report.HELD, ""]
    assert _report.HELD in render(made)
    assert checks.gravest(metric_range) == "warning"
    assert made.counted("error") == ()


def test_seeded_figures_are_of_real_abstracts_where_those_are_enough(tmp_path: Path) -> None:
    assert precision.seeded(tmp_path) == {}
    real = {("direction", "right"): 31, ("complement", "right"): 3, ("complement", "false"): 1}
    invented = {(check, "right"): 50 for check in ("direction", "complement", "dimension")}
    figures.record("planted_in_real", real, tmp_path)
    figures.record("planted_alarms", invented, tmp_path)
    assert precision.seeded(tmp_path) == {
        "complement": Precision(50, 50, 0, "planted in invented abstracts"),
        "dimension": Precision(50, 50, 0, "planted in invented abstracts"),
        "direction": Precision(31, 31, 0, "planted in real abstracts"),
    }


def test_an_alarm_on_a_true_sentence_is_false(monkeypatch: pytest.MonkeyPatch, known: Registry) -> None:
    paper = Paper("p1", "", "Our tagger reaches 104.2% accuracy on ToyTags.")
    planted = [planted_alarms.Text(paper, frozenset(places)) for places in ([(19, 25)], [], [(0, 3)])]
    monkeypatch.setattr(planted_alarms, "texts", lambda *_: iter(planted))
    assert planted_alarms.alarms(1, 1, known) == {("metric_range", "right"): 1, ("metric_range", "false"): 2}


def test_the_sentences_of_planted_alarms_hold_what_is_changed() -> None:
    made = list(planted_alarms.texts(1, 1))
    assert sum(not one.changed for one in made) == len(made) / 2
    for one in made:
        assert all(re.search(r"\d|^Owl", one.paper.abstract[start:end]) for start, end in one.changed)


def test_figures_in_words(tmp_path: Path) -> None:
    for benchmark in (precision, planted_in_real, planted_alarms):
        assert benchmark.summary(tmp_path) == "No figures are recorded yet.\n"
    figures.record("planted_alarms", {("direction", "right"): 1399, ("complement", "false"): 1}, tmp_path)
    assert planted_alarms.summary(tmp_path) == (
        "- Of 1,400 errors and warnings on invented abstracts, half of them true and half with a planted error, 1,399 "
        "(100%) are on a changed number\n"
    )
    made = Report((found("direction", (3, 8)),), 1, 9, ("direction",))
    figures.record("precision", measure(made, [verdict("direction", (3, 8))], ()), tmp_path)
    assert "0 of 0 errors, 0 of 0 warnings, 1 of 1 notes are right" in precision.summary(tmp_path)
    seen = {("direction", "planted"): 4, ("direction", "found"): 3, ("warning", "right"): 3, ("error", "false"): 1}
    figures.record("planted_in_real", seen, tmp_path)
    assert planted_in_real.summary(tmp_path) == (
        "- Of 4 errors planted in real abstracts, 3 (75%) are found; of the alarms there, 0 of 1 errors and 3 of 3 "
        "warnings are on the changed number\n"
    )


@pytest.mark.parametrize(
    ("text", "check", "changed"),
    [
        ("Our cache cuts latency by 40.5% on ToyMaze.", "decrease_over_100", "405"),
        ("Tuning improves accuracy on ToyQA from 71.4% to 78.9%.", "direction", "78.9% to 71.4%"),
        ("Our tagger reaches 71.3% accuracy on ToyTags.", "metric_range", "713"),
    ],
)
def test_an_error_planted_in_a_text_is_found_there(text: str, check: str, changed: str, known: Registry) -> None:
    paper = Paper("p1", "", text)
    corpus = Corpus.build([paper], parsing.read(paper, known), known)
    (group,) = [one for one in checks.run(corpus, only=[check]).findings if one.state == "pass"][:1]
    planted = planted_in_real.plant(group, paper)
    assert planted is not None
    assert changed in planted.paper.abstract
    raised = list(planted_in_real.alarms(planted.paper, planted.places, known))
    assert {(one.check, held) for one, held in raised} >= {(check, True)}
