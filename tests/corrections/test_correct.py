"""Corrections applied to the claims of a paper: what changes, what is kept beside it, what is told of idle entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leaderboard import corrections
from leaderboard.corrections import Corrected
from leaderboard.models import Claim, Correction, Paper
from leaderboard.registry import Registry

ABSTRACT = (
    "Foo improves on OddRead from 77.5% to 83.9%, and on Odd-Reading from 77.5% to\n  80.1%. It needs 12.5% more."
)


@pytest.fixture
def paper(make_paper: Callable[..., Paper]) -> Paper:
    return make_paper(ABSTRACT, url="https://arxiv.org/abs/2410.09918v2")


@pytest.fixture
def claims(paper: Paper, make_claim: Callable[..., Claim]) -> tuple[Claim, ...]:
    second = ABSTRACT.rindex("77.5%")
    return (
        make_claim(paper, "77.5%", role="baseline", subject=None),
        make_claim(paper, "83.9%"),
        replace(make_claim(paper, "77.5%", benchmarks=("Odd-Reading",)), start=second, end=second + 5),
        make_claim(paper, "80.1%", benchmarks=("Odd-Reading",), benchmark_mentions=("Odd-Reading",)),
        make_claim(paper, "12.5%", benchmarks=(), benchmark_mentions=()),
    )


@pytest.fixture
def apply(
    tmp_path: Path, paper: Paper, claims: tuple[Claim, ...], invented: Registry
) -> Callable[[str], tuple[Corrected, list[Correction]]]:
    """`apply(text)`: the claims corrected as a file of that text says, and the notes on entries that are idle."""

    def run(text: str) -> tuple[Corrected, list[Correction]]:
        path = tmp_path / "corrections.toml"
        path.write_text(text, encoding="utf-8")
        plan = corrections.plan(corrections.read([path]), invented)
        done = corrections.correct(claims, paper, plan)
        left = corrections.idle(plan, done.changes, [paper])
        return done, [*(change for change in done.changes if change.problem), *left]

    return run


Apply = Callable[[str], tuple[Corrected, list[Correction]]]


class TestFix:
    def test_a_field_gets_another_value_and_the_parsed_one_is_kept(
        self, apply: Apply, claims: tuple[Claim, ...], tmp_path: Path
    ) -> None:
        done, idle = apply(
            "[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset = { metric = 'PZL', subject = 'Foo-2' }\n"
            "reason = 'its table says so'\nby = 'A. Reader'\ndate = 2026-11-25"
        )
        assert not idle
        words = (
            "metric: accuracy -> puzzlement (fix 1: its table says so); "
            "subject: Foo -> Foo-2 (fix 1: its table says so)"
        )
        expected = replace(claims[1], metric="puzzlement", subject="Foo-2", corrected=words)
        assert done.claims == (claims[0], expected, *claims[2:])
        place = ("p1", claims[1].start, claims[1].end, "83.9%")
        common = (str(tmp_path / "corrections.toml"), "fix 1", "its table says so", *place)
        assert done.changes == (
            Correction(*common, "metric", "accuracy", "puzzlement", "A. Reader", "2026-11-25"),
            Correction(*common, "subject", "Foo", "Foo-2", "A. Reader", "2026-11-25"),
        )

    def test_a_dropped_field_is_empty(self, apply: Apply) -> None:
        done, _ = apply(
            "[[fix]]\npaper = 'p1'\nnumber = '83.9%'\ndrop = ['metric', 'benchmarks', 'subject']\nreason = 'r'"
        )
        claim = done.claims[1]
        assert (claim.metric, claim.metric_mention, claim.subject) == (None, None, None)
        assert (claim.benchmarks, claim.benchmark_mentions) == ((), ())
        assert [(one.field, one.parsed, one.corrected) for one in done.changes] == [
            ("metric", "accuracy", ""),
            ("benchmarks", "OddRead", ""),
            ("subject", "Foo", ""),
        ]

    def test_every_field_of_a_claim_can_be_set(self, apply: Apply) -> None:
        done, idle = apply(
            "[[fix]]\npaper = 'p1'\nnumber = '12.5%'\nreason = 'r'\n[fix.set]\n"
            "kind = 'change'\nvalue = 12.4\nvalue_high = 12.6\nhalf_width = 0.5\nunit = 'points'\nmetric = 'kappa'\n"
            "metric_mention = 'k'\nbenchmarks = ['EvenRead', 'OddRead']\nbenchmark_mentions = ['ER', 'OR']\n"
            "subject = 'S'\nrole = 'other'\nbaseline = 'B'\ndirection = 'up'\nbound = 'about'\n"
            "setting = ['zero-shot', '5-shot']"
        )
        assert not idle
        claim = done.claims[4]
        assert (claim.kind, claim.value, claim.value_high, claim.half_width, claim.unit) == (
            *("change", 12.4, 12.6, 0.5),
            "points",
        )
        assert (claim.metric, claim.metric_mention, claim.benchmarks) == ("kappa", "k", ("EvenRead", "OddRead"))
        assert (claim.benchmark_mentions, claim.subject, claim.role) == (("ER", "OR"), "S", "other")
        assert (claim.baseline, claim.direction, claim.bound) == ("B", "up", "about")
        assert claim.setting == ("5-shot", "zero-shot")

    @pytest.mark.parametrize(
        ("value", "half"), [("0.839", 0.0005), ("-83.9", 0.05), ("83.8", None), ("0", None)], ids=str
    )
    def test_the_printed_precision_moves_with_the_same_digits_only(
        self, apply: Apply, value: str, half: float | None
    ) -> None:
        done, _ = apply(f"[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.value = {value}\nreason = 'r'")
        assert done.claims[1].half_width == pytest.approx(half)

    def test_words_that_no_longer_belong_to_the_benchmarks_are_let_go(self, apply: Apply) -> None:
        done, _ = apply("[[fix]]\npaper = 'p1'\nnumber = '12.5%'\nset.benchmarks = ['odd read']\nreason = 'r'")
        assert (done.claims[4].benchmarks, done.claims[4].benchmark_mentions) == (("OddRead",), ())

    def test_what_is_read_so_already_is_told(self, apply: Apply, claims: tuple[Claim, ...]) -> None:
        done, idle = apply("[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.metric = 'acc'\nreason = 'r'")
        assert done.claims == claims
        assert [one.problem for one in idle] == ["it is read so without the entry; remove the entry, or correct it"]

    def test_two_fixes_of_one_field_are_not_both_applied(self, apply: Apply) -> None:
        fix = "[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.metric = '{}'\nreason = 'r'\n"
        done, idle = apply(fix.format("kappa") + fix.format("overlap"))
        assert done.claims[1].metric == "kappa"
        assert [(one.entry, one.problem) for one in idle] == [
            ("fix 2", "fix 1 changes the same field of this claim; remove one of them")
        ]


class TestWhichClaim:
    @pytest.mark.parametrize(
        "address",
        [
            "number = '77.5%'\nquote = 'Odd-Reading from 77.5% to 80.1%'",
            "number = '77.5'\nquote = 'from 77.5% to 80.1'",
            f"number = '77.5%'\nstart = {ABSTRACT.rindex('77.5%')}",
        ],
        ids=["quote over a line end", "number without its sign", "offset"],
    )
    @pytest.mark.parametrize("name", ["p1", "2410.09918", "arXiv:2410.09918v7", "A study of odd numbers in print"])
    def test_found_by_quote_or_place_under_every_name_of_the_paper(self, apply: Apply, address: str, name: str) -> None:
        done, idle = apply(f"[[fix]]\npaper = '{name}'\n{address}\nset.subject = 'Bar'\nreason = 'r'")
        assert not idle
        assert [claim.subject for claim in done.claims] == [None, "Foo", "Bar", "Foo", "Foo"]

    @pytest.mark.parametrize(
        ("entry", "problem"),
        [
            (
                "paper = 'p1'\nnumber = '77.5%'",
                "'77.5%' is 2 claims (characters 29-34, 69-74); quote more of the words",
            ),
            ("paper = 'p1'\nnumber = '7.5%'", "the abstract does not hold '7.5%'; remove the entry, or correct"),
            ("paper = 'p1'\nnumber = '77'", "the abstract does not hold '77'; remove the entry, or correct"),
            ("paper = 'p1'\nnumber = '83.9%'\nstart = 3", "does not hold '83.9%' at character 3; remove the entry"),
            (
                "paper = 'p1'\nnumber = '83.9%'\nquote = 'to 83.9% at last'",
                "the abstract does not hold the quote 'to 83.9% at last'; remove the entry, or quote it as it stands",
            ),
            ("paper = 'p1'\nnumber = 'Foo'", "'Foo' stands in the abstract but is not read as a claim; remove"),
            ("paper = 'p2'\nnumber = '83.9%'", "no paper of this build is called 'p2'; remove the entry, or correct"),
        ],
        ids=["several", "tail of a number", "head of a number", "elsewhere", "changed words", "no claim", "no paper"],
    )
    def test_none_or_several_change_nothing_and_are_told(
        self, apply: Apply, claims: tuple[Claim, ...], entry: str, problem: str
    ) -> None:
        done, (idle,) = apply(f"[[fix]]\n{entry}\nset.subject = 'Bar'\nreason = 'r'")
        assert done.claims == claims
        assert problem in idle.problem
        assert (idle.entry, idle.field, idle.corrected) == ("fix 1", "", "")

    def test_a_paper_without_claims_is_told(
        self, make_paper: Callable[..., Paper], tmp_path: Path, invented: Registry
    ) -> None:
        path = tmp_path / "corrections.toml"
        path.write_text("[[drop]]\npaper = 'p9'\nnumber = '1%'\nreason = 'r'")
        plan = corrections.plan(corrections.read([path]), invented)
        empty = make_paper("No number at all.", id="p9")
        done = corrections.correct((), empty, plan)
        (note,) = done.changes
        assert note.problem.startswith("the abstract does not hold '1%'")
        assert corrections.idle(plan, done.changes, [empty]) == ()


class TestDrop:
    def test_the_claim_is_set_aside_with_what_was_read(
        self, apply: Apply, claims: tuple[Claim, ...], tmp_path: Path
    ) -> None:
        done, idle = apply("[[drop]]\npaper = 'p1'\nnumber = '12.5%'\nreason = 'a share of the data'")
        assert not idle
        assert done.claims == claims[:4]
        (rejection,) = done.dropped
        assert (rejection.stage, rejection.paper_id, rejection.text) == ("correct", "p1", "12.5%")
        assert ABSTRACT[rejection.start : rejection.end] == "12.5%"
        assert rejection.reason == f"dropped by drop 1 of {tmp_path / 'corrections.toml'}: a share of the data"
        (change,) = done.changes
        assert (change.field, change.parsed) == ("claim", "score 12.5 percent; accuracy; Foo")
        assert (change.corrected, change.problem) == ("", "")

    def test_a_fix_of_a_dropped_claim_is_told(self, apply: Apply) -> None:
        number = "paper = 'p1'\nnumber = '12.5%'\nreason = 'r'\n"
        done, idle = apply(f"[[fix]]\n{number}set.metric = 'kappa'\n[[drop]]\n{number}")
        assert len(done.claims) == 4
        assert [(one.entry, one.problem) for one in idle] == [
            ("fix 1", "drop 1 drops this claim; remove one of the two")
        ]


class TestNames:
    def test_a_merge_makes_one_name_of_several(self, apply: Apply, claims: tuple[Claim, ...]) -> None:
        done, idle = apply("[[merge]]\nkind = 'benchmark'\nnames = ['odd reading']\ninto = 'Odd Read'\nreason = 'one'")
        assert not idle
        assert [claim.benchmarks for claim in done.claims] == [("OddRead",)] * 4 + [()]
        assert done.claims[:2] == claims[:2]
        assert done.claims[3].corrected == "benchmarks: Odd-Reading -> OddRead (merge 1: one)"
        assert done.claims[3].benchmark_mentions == ("Odd-Reading",)

    def test_benchmarks_that_become_one_are_one(
        self, paper: Paper, make_claim: Callable[..., Claim], tmp_path: Path, invented: Registry
    ) -> None:
        path = tmp_path / "corrections.toml"
        path.write_text("[[merge]]\nkind = 'benchmark'\nnames = ['B', 'C']\ninto = 'A'\nreason = 'r'")
        names = ("B", "OddRead", "C")
        claim = make_claim(paper, "83.9%", benchmarks=names, benchmark_mentions=("b", "o", "c"))
        plan = corrections.plan(corrections.read([path]), invented)
        (new,) = corrections.correct([claim], paper, plan).claims
        assert (new.benchmarks, new.benchmark_mentions) == (("A", "OddRead"), ("b", "o"))

    def test_metrics_and_models_are_merged_too(self, apply: Apply) -> None:
        done, _ = apply(
            "[[merge]]\nkind = 'metric'\nnames = ['accuracy']\ninto = 'kappa'\nreason = 'r'\n"
            "[[merge]]\nkind = 'model'\nnames = ['FOO', 'Bar']\ninto = 'Foo the Second'\nreason = 'r'"
        )
        assert {claim.metric for claim in done.claims} == {"kappa"}
        assert [claim.subject for claim in done.claims] == [None, *["Foo the Second"] * 4]

    @pytest.mark.parametrize(
        ("sign", "meant"),
        [
            ("papers = ['2410.09918', 'p7']", [0, 1]),
            ("papers = ['p7']", []),
            ("words = 'NEEDS 12.5%'", [0, 1]),
            ("words = 'odd numbers in print'", [0, 1]),
            ("words = 'nowhere'", []),
            ("mention = 'OddRead'", [0, 1]),
            ("mention = 'oddread'", []),
            ("mention = 'OddRead'\npapers = ['p7']", []),
        ],
    )
    def test_a_split_gives_some_claims_another_name(self, apply: Apply, sign: str, meant: list[int]) -> None:
        done, idle = apply(
            f"[[split]]\nkind = 'benchmark'\nname = 'Odd Read'\ninto = 'OddRead v2'\n{sign}\nreason = 'r'"
        )
        named = [place for place, claim in enumerate(done.claims) if claim.benchmarks == ("OddRead v2",)]
        assert named == meant
        assert [one.entry for one in idle] == ([] if meant else ["split 1"])

    def test_a_fix_comes_before_a_split_and_that_before_a_merge(self, apply: Apply) -> None:
        done, idle = apply(
            "[[merge]]\nkind = 'metric'\nnames = ['C']\ninto = 'D'\nreason = 'r'\n"
            "[[split]]\nkind = 'metric'\nname = 'B'\ninto = 'C'\npapers = ['p1']\nreason = 'r'\n"
            "[[fix]]\npaper = 'p1'\nnumber = '83.9%'\nset.metric = 'B'\nreason = 'r'"
        )
        assert not idle
        assert [claim.metric for claim in done.claims] == ["accuracy", "D", *["accuracy"] * 3]
        assert [(one.entry, one.parsed, one.corrected) for one in done.changes] == [
            ("fix 1", "accuracy", "B"),
            ("split 1", "B", "C"),
            ("merge 1", "C", "D"),
        ]

    @pytest.mark.parametrize(
        ("entry", "problem"),
        [
            ("[[merge]]\nkind = 'metric'\nnames = ['A']\ninto = 'B'", "no claim has one of the names"),
            ("[[split]]\nkind = 'metric'\nname = 'A'\ninto = 'B'\nwords = 'x'", "no claim with the name 'A' is meant"),
            (
                "[[split]]\nkind = 'metric'\nname = 'accuracy'\ninto = 'B'\npapers = ['p7']",
                "no paper of this build is called 'p7'",
            ),
            ("[[alias]]\nkind = 'metric'\nalias = 'A'\nof = 'accuracy'", "no claim names 'A'"),
        ],
    )
    def test_names_that_nobody_uses_are_told(
        self, apply: Apply, claims: tuple[Claim, ...], entry: str, problem: str
    ) -> None:
        done, (idle,) = apply(f"{entry}\nreason = 'r'")
        assert done.claims == claims
        assert idle.problem.startswith(f"{problem}; remove the entry, or ")

    def test_what_an_alias_did_is_noted_on_the_claims_that_print_it(
        self, apply: Apply, claims: tuple[Claim, ...]
    ) -> None:
        done, idle = apply("[[alias]]\nkind = 'benchmark'\nalias = 'odd reading'\nof = 'OddRead'\nreason = 'r'")
        assert not idle
        assert [claim.corrected for claim in done.claims] == [
            *[None] * 3,
            "benchmarks: Odd-Reading -> OddRead (alias 1: r)",
            None,
        ]
        assert done.claims[:3] == claims[:3]


def test_no_corrections_change_nothing(claims: tuple[Claim, ...], paper: Paper, invented: Registry) -> None:
    plan = corrections.plan(corrections.NONE, invented)
    assert plan.known is invented
    assert corrections.correct(claims, paper, plan) == Corrected(claims)
