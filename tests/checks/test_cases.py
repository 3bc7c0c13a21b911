"""Every check against its cases: claims by hand, then the same texts through the parser; and its documentation."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import ModuleType

import pytest

from leaderboard import checks
from leaderboard.checks import Report
from leaderboard.models import Finding
from leaderboard.plugins import discover
from tests.checks.check_cases import CASES, Case, cases, examples

MODULES = discover(checks)
ALL = cases()


LINE = re.compile(r"""python -c "(?P<code>[\w\s(){}\[\],.:;'+*/<>=-]+)\"""")
"""A line for a shell: nothing between the quotes means anything to it, whatever a text says."""

NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")


def ids(case: Case) -> str:
    return f"{case.check}: {case.name}"


def of_case(report: Report, case: Case) -> list[Finding]:
    """The findings of the case's check; no other may find more than a note, but those that the case names."""
    graver = [f for f in report.findings if f.state == "fail" and f.level != "note"]
    others = [f for f in graver if f.check not in {case.check, *case.also}]
    assert others == [], [(f.check, f.message) for f in others]
    return [f for f in report.findings if f.check == case.check]


@pytest.mark.parametrize("case", ALL, ids=ids)
def test_claims_by_hand(case: Case, by_hand: Callable[..., Report]) -> None:
    found = of_case(by_hand(case.texts, case.claims, case.papers, enable=[case.check], apart=case.apart), case)
    states = {finding.state for finding in found}
    if case.expect == "nothing":
        assert found == []
        return
    assert case.expect in states, [(f.state, f.reason, f.message) for f in found]
    if case.expect != "fail":
        assert "fail" not in states
        assert "review" not in states or case.expect == "review"
    for finding in found:
        for one in finding.computed:
            assert (one.stated is None) != (one.allowed is None)
            # What is called stated holds the interval of a printed number ("an order of magnitude" is read wider).
            low, high = one.stated or (float("-inf"), float("inf"))
            assert any(low <= operand.low and operand.high <= high for operand in finding.operands)
        if finding.state == case.expect:
            assert case.level in {None, finding.level}
            assert finding.origin == case.origin
            assert case.reason is None or case.reason in finding.reason
            assert case.message is None or case.message in finding.message


@pytest.mark.parametrize("case", [case for case in ALL if case.expect in {"fail", "review"}], ids=ids)
def test_what_differs_shows_its_sum_and_recomputes_it(
    case: Case, by_hand: Callable[..., Report], capsys: pytest.CaptureFixture[str]
) -> None:
    found = of_case(by_hand(case.texts, case.claims, case.papers, enable=[case.check], apart=case.apart), case)
    for finding in (one for one in found if one.state in {"fail", "review"}):
        assert re.search(r"\S (?:=|<=?|>=?) \S", finding.formula), finding.formula
        line = LINE.fullmatch(finding.verify)
        assert line, finding.verify
        exec(compile(line["code"], "verify", "exec"), {})  # noqa: S102 - what the reader of a report is told to run
        printed = capsys.readouterr().out.split()
        assert printed
        told = [abs(float(number)) for number in NUMBER.findall(finding.formula)]
        for value in printed:
            known = value in finding.formula or value in {"True", "False"}
            assert known or any(abs(float(value)) == pytest.approx(one, rel=0.01) for one in told), finding.formula


@pytest.mark.parametrize("case", [case for case in ALL if case.parser], ids=ids)
def test_claims_of_the_parser(case: Case, by_parser: Callable[..., Report]) -> None:
    found = of_case(by_parser(case.texts, case.papers, enable=[case.check], apart=case.apart), case)
    assert any(finding.state == "fail" for finding in found) == (case.expect == "fail")


@pytest.mark.parametrize("module", MODULES.values(), ids=list(MODULES))
def test_documentation_is_whole_and_true(module: ModuleType) -> None:
    name = module.__name__.rpartition(".")[2]
    doc = module.__doc__ or ""
    summary = doc.splitlines()[0]
    assert summary.endswith(".")
    assert len(summary) > 30
    assert module.LEVEL in {"error", "warning", "note"}
    assert name == module.CHECK
    assert module.TITLE
    assert (CASES / f"{name}.toml").is_file(), f"tests/cases/checks/{name}.toml is missing"
    expected = {case.shown: case.expect for case in ALL if case.check == name}
    shown = examples(doc)
    assert {kind for kind, _ in shown} == {"Caught", "Allowed"}
    for kind, text in shown:
        assert (expected[text] == "fail") == (kind == "Caught"), text


def test_off_unless_asked_for(by_hand: Callable[..., Report]) -> None:
    off = {name for name, module in MODULES.items() if not checks.is_on(module)}
    text = ["Nothing here."], [[]]
    assert off
    assert set(by_hand(*text).checks) == set(MODULES) - off
    assert set(by_hand(*text, enable=["all"]).checks) == set(MODULES)
    first = min(off)
    assert set(by_hand(*text, enable=[first]).checks) == set(MODULES) - off | {first}
    assert by_hand(*text, only=[first]).checks == (first,)


def test_no_case_without_a_check() -> None:
    assert {case.check for case in ALL} == set(MODULES)
