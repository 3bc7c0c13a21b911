"""Single fields: dates, links, titles, made ids."""

from __future__ import annotations

import pytest

from leaderboard.sources._dates import arxiv_month, canonical_date, month_number
from leaderboard.sources._records import clean_line, made_id, safe_url


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("2024", "2024"),
        ("2024.0", "2024"),
        ("2024-5", "2024-05"),
        ("2024-05-06", "2024-05-06"),
        ("2024/05/06", "2024-05-06"),
        ("2024.05.06", "2024-05-06"),
        ("2024-05-06T07:08:09Z", "2024-05-06"),
        ("2024-05-06 07:08", "2024-05-06"),
        ("May 2024", "2024-05"),
        ("6 May 2024", "2024-05-06"),
        ("Mon, 06 May 2024 07:08:09 GMT", "2024-05-06"),
        ("Sept. 3rd, 2021", "2021-09-03"),
        (" December 31, 1999 ", "1999-12-31"),
        ("2024-13", None),
        ("2024-02-30", None),
        ("2024-00", None),
        ("05/06/2024", None),
        ("1066", None),
        ("soon", None),
        ("", None),
        ("2024-05/06", None),
        ("٢٠٢٤", "2024"),
    ],
)
def test_dates(printed: str, canonical: str | None) -> None:
    assert canonical_date(printed) == canonical


def test_months() -> None:
    assert [month_number(text) for text in ("3", "mar", "March", "10~Dec", "13", "x", "²")] == [
        3, 3, 3, 12, None, None, None,
    ]  # fmt: skip
    assert arxiv_month("2410.09918v2") == "2024-10"
    assert arxiv_month("2413.09918") is None
    assert arxiv_month("cs/0701001") is None


@pytest.mark.parametrize(
    "link", ["https://example.org/a?b=c#d", "http://example.org:8080/", "https://example.org/caf%C3%A9"]
)
def test_safe_links_are_kept(link: str) -> None:
    assert safe_url(f" {link} ") == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///path",
        "https://user:word@example.org/",
        "https://user@example.org/",
        "https://example.org/a b",
        "https://example.org/\nx",
        "https://example.org/\x7f",
        'https://example.org/"onclick=',
        "https://[::1",
        "https://example.org:99999/",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_other_links_are_dropped(link: str) -> None:
    assert safe_url(link) is None


def test_a_made_id_depends_on_the_words_of_the_title() -> None:
    assert made_id("Owl: A Small  Parser") == made_id("owl a small parser!") != made_id("Owl: a large parser")
    assert made_id("", "one") != made_id("", "two")
    assert made_id("", "one").startswith("text-")
    assert clean_line("a\x00b\u2028c\u202ed \t\n e") == "a b c d e"
