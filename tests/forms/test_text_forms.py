"""The forms for people: text, Markdown and HTML say the same, in one order, and no paper's words do anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from leaderboard import __version__
from leaderboard.checks import Precision, Report
from leaderboard.forms import header, names, render
from leaderboard.forms._parts import parts, pieces, precision
from leaderboard.forms._strips import place, strips
from leaderboard.models import Finding, Operand, Paper, Reading

ORDER = [
    "Evidence", "Arithmetic", "Intervals", "Readings", "Assumes", "Also possible", "Precision", "Verify", "Dispute",
]  # fmt: skip


def test_the_forms_are_an_open_set(report: Report) -> None:
    assert names() == ("html", "jsonl", "junit", "markdown", "sarif", "text")
    for name in names():
        assert render(report, name) == render(report, name)
        assert render(report, name).endswith("\n")


def test_every_report_opens_with_what_was_looked_at(report: Report) -> None:
    lines = header(report)
    assert lines == [
        f"leaderboard {__version__} on 2 files: 2 papers (2024-06), 9 claims, 3 checks",
        "3 groups recomputed: 1 agrees, 2 differ (1 error, 1 warning, 0 notes)",
        "4 claims (44%) recomputed, 2 (22%) seen and not judged, 3 (33%) outside every check",
        "1 to review, 1 suppressed",
        "1 group not applicable:",
        "  1 the unit differs",
    ]
    assert render(report, "text").startswith("\n".join(lines) + "\n")
    assert "2 papers (2024-06), 9 claims" in render(report, "markdown").split("##")[0].replace("\\", "")
    assert "\n  - 1 the unit differs\n" in render(report, "markdown")
    assert "3 (33%) outside every check" in render(report, "html").split("</header>")[0]


def test_the_header_names_its_input(report: Report) -> None:
    (source, *_), late = report.sources.values(), Paper("p2", "", "", date="2025-01-02", source="-")

    def first(*papers: Paper) -> str:
        return header(replace(report, sources={paper.id: paper for paper in papers}))[0].partition(" ")[2]

    assert first(source).startswith(f"{__version__} on my papers/a.tex: 2 papers (2024-06), ")
    assert first(late).startswith(f"{__version__} on standard input: 2 papers (2025-01-02), ")
    assert first(source, late).startswith(f"{__version__} on 2 files: 2 papers (2024-06 to 2025-01-02), ")
    assert first(replace(late, source="", date=None)).startswith(f"{__version__}: 2 papers, 9 claims")


def test_a_check_may_be_told_briefly(report: Report) -> None:
    brief = replace(report, brief=frozenset({"metric_range"}))
    one = "warning  metric-range   64.8% is not attainable.   [fingerprint bbbbbbbbbbbbbbbb]"
    assert one in render(brief, "text").splitlines()
    assert one not in render(report, "text")
    assert "Precision  not measured" not in render(brief, "text").partition("metric-range")[2].partition("\n\n")[0]
    markdown = render(brief, "markdown").replace("\\", "")
    assert "**warning** 64.8% is not attainable. Fingerprint bbbbbbbbbbbbbbbb" in markdown
    folded = '<details>\n<summary><span class="tag warning">'
    assert (folded in render(brief, "html"), folded in render(report, "html")) == (True, False)
    assert "At <mark>64.8%</mark> it is." in render(brief, "html")
    for form in ("jsonl", "sarif", "junit"):
        assert render(brief, form) == render(report, form)


def test_the_parts_come_in_their_order(report: Report) -> None:
    labels = [label for label, _ in parts(report.findings[0], report) if label]
    assert labels == ORDER
    text = render(report, "text")
    places = [text.index(f"  {label} ") for label in ORDER]
    assert places == sorted(places)
    assert "my papers/a.tex:11" in text
    assert "characters 49-54, 58-63, 75-85" in text
    assert "47 of 50 labelled findings right (95% interval 84 to 98%), 2 undecidable, set 2026-11" in " ".join(
        text.split()
    )
    assert "not measured" in text
    assert text.index("from-to-gain") < text.index("Probably our own extraction:") < text.index("64.8%")
    assert max(map(len, text.splitlines())) <= 100


def test_colour_on_a_terminal_only(report: Report) -> None:
    assert "\x1b" not in render(report, "text")
    assert "\x1b[31;1merror\x1b[0m" in render(report, "text", color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", render(report, "text", color=True)) == render(report, "text")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_all_states_are_listed_when_asked_for(form: str, report: Report) -> None:
    assert "It is inside" not in render(report, form)
    every = render(report, form, all_states=True)
    assert "It is inside" in every
    assert "Checked (Ada, 2026-01-02)" in every.replace("\\", "")


def test_what_the_baseline_knew_is_counted_and_not_listed(report: Report) -> None:
    known = replace(report, baseline=frozenset({"4145aa2dfaa821f1"}))
    assert "1 of those that differ already in the baseline" in render(known, "text")
    assert "from-to-gain" not in render(known, "text")
    assert known.counted("note") == (report.findings[1],)
    assert known.counted("error") == ()
    assert report.counted("error") == (report.findings[0],)
    assert report.counted("never") == ()


def test_the_better_measured_check_comes_first(finding: Callable[..., Finding], report: Report) -> None:
    other = finding(check="complement", fingerprint="0" * 16)
    both = replace(report, findings=(other, finding()), checks=("complement", "from_to_gain"))
    assert [one.check for one in both.listed()] == ["from_to_gain", "complement"]
    both = replace(both, precision={**both.precision, "complement": Precision(50, 50, 0, "2026-11")})
    assert [one.check for one in both.listed()] == ["complement", "from_to_gain"]


def test_planted_errors_stand_in_for_labels_and_are_called_that(report: Report) -> None:
    one = replace(
        report, precision={"direction": Precision(1, 1, 0, "x")}, seeded={"complement": Precision(67, 67, 0, "sown")}
    )
    assert "1 of 1 labelled finding right" in precision("direction", one)
    assert precision("complement", one) == (
        "seeded: 67 of 67 alarms on errors sown right (95% interval 95 to 100%); no finding of its own is labelled yet"
    )
    both = replace(one, seeded={"direction": Precision(67, 67, 0, "sown")})
    assert precision("direction", both) == (
        "1 of 1 labelled finding right (95% interval 21 to 100%), set x; seeded: 67 of 67 alarms on errors sown right "
        "(95% interval 95 to 100%)"
    )
    assert "seeded" not in precision("direction", replace(both, precision={"direction": Precision(30, 30, 0, "x")}))
    assert precision("metric_range", one) == "not measured: no finding of this check has been labelled yet"
    assert "seeded: 67 of 67" in render(replace(one, checks=("complement",)), "html")


def test_the_interval_is_wilsons() -> None:
    low, high = Precision(59, 60, 0, "x").interval
    assert (round(low, 3), round(high, 3)) == (0.911, 0.997)
    assert Precision(0, 5, 0, "x").interval[0] == 0.0


def test_the_sentence_is_cut_at_its_numbers(report: Report, finding: Callable[..., Finding]) -> None:
    found = pieces(report.findings[0], report)
    assert "".join(piece.text for piece in found) == report.findings[0].quote
    assert [piece.text for piece in found if piece.operand] == ["77.5%", "83.9%", "7.4 points"]
    page = render(report, "html")
    assert "<mark>77.5%</mark> to <mark>83.9%</mark>, a gain of <mark>7.4 points</mark>" in page
    assert "from **77\\.5%** to **83\\.9%**" in render(report, "markdown")


def test_a_number_that_stands_twice_is_marked_where_it_took_part(
    report: Report, finding: Callable[..., Finding]
) -> None:
    text = "First 50% and then 50% of it."
    second = Operand("p", 19, 22, "50%", 50, 49, 51, "percent")
    one = finding(paper_id="p", quote=text, operands=(second,))
    found = pieces(one, replace(report, sources={"p": Paper("p", "", text)}))
    assert [(piece.text, piece.operand) for piece in found] == [
        ("First 50% and then ", False),
        ("50%", True),
        (" of it.", False),
    ]


def test_a_very_long_sentence_is_cut_around_the_numbers(report: Report, finding: Callable[..., Finding]) -> None:
    text = "so " * 400 + "it is 77.5% there" + " and on" * 400
    start = text.index("77.5%")
    one = finding(
        paper_id="p", quote=text, operands=(Operand("p", start, start + 5, "77.5%", 77.5, 77, 78, "percent"),)
    )
    found = pieces(one, replace(report, sources={"p": Paper("p", "", text)}))
    assert sum(len(piece.text) for piece in found) < 620
    assert [piece.text for piece in found if piece.operand] == ["77.5%"]
    assert found[0].text == found[-1].text == "..."


def test_strips_show_stated_against_computed(report: Report, finding: Callable[..., Finding]) -> None:
    (rows,) = strips(report.findings[0])
    assert [(row.name, row.kind) for row in rows] == [
        ("stated 7.4 points", "stated"), ("points", "no"), ("relative to old", "no"),
    ]  # fmt: skip
    stated, points, relative = place(rows)
    assert 0 < points.start < points.end < stated.start < stated.end < relative.start < relative.end < 1
    assert points.text == "[6.2, 6.6] does not meet"
    ranges = finding(computed=(Reading("range", 0.0, float("inf"), meets=True, allowed=(-1.0, 1.0)),))
    ((allowed, open_ended),) = strips(ranges)
    assert (allowed.name, open_ended.kind) == ("allowed range", "meets")
    assert [(one.text, one.end) for one in place((allowed, open_ended))][1] == ("[0, ...] inside", 1.0)
    bare = finding(computed=())
    assert [[row.name for row in rows] for rows in strips(bare)] == [["77.5%", "83.9%"]]


def test_the_page_draws_the_strips(report: Report) -> None:
    page = render(report, "html")
    bars = re.findall(r'<i class="(\w+)" style="left: ([\d.]+)%; width: ([\d.]+)%"></i>', page)
    assert [kind for kind, *_ in bars[:6]] == ["band", "stated", "band", "no", "band", "no"]
    assert all(0 <= float(left) <= float(left) + float(width) <= 100 for _, left, width in bars)
    assert "[6.2, 6.6] does not meet" in page


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_needs_nothing_else(report: Report) -> None:
    page = render(report, "html", all_states=True)
    tags = Tags(page).found
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & {tag for tag, _ in tags}
    assert not any(name in attrs for _, attrs in tags for name in ("src", "srcset", "onload", "onclick"))
    assert {attrs["href"] for tag, attrs in tags if tag == "a"} == {"https://arxiv.org/abs/2406.01234v2"}
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page
    assert "light-dark(" in page


def test_text_of_papers_controls_no_terminal_and_no_page(hostile: Report) -> None:
    for form in ("text", "markdown", "html"):
        said = render(hostile, form)
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert "javascript:y" not in [attrs.get("href") for _, attrs in Tags(said).found]
    assert "script" not in {tag for tag, _ in Tags(render(hostile, "html")).found}
    page: Any = render(hostile, "markdown")
    assert "<script" not in page.replace("\\<", "")
    assert "\n# head" not in page
    assert "[x](" not in page
    assert "`" not in page.replace("\\`", "")
