"""What stands on the command line: files, folders, globs, standard input, gzip, encodings, and what is no text."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sys
from pathlib import Path

import pytest

from leaderboard import sources
from leaderboard.errors import UnknownName, UnreadableSource
from leaderboard.models import Paper, Rejection


def line(name: str, **fields: str) -> str:
    return json.dumps({"id": name, "title": name.title(), "abstract": f"{name} gains 2 points.", **fields}) + "\n"


def ids(*inputs: str | Path) -> list[str | None]:
    return [one.id if isinstance(one, Paper) else None for one in sources.read([str(i) for i in inputs])]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("text", ["[1, 2]", '"Owls"', "Owls reach 62.1% accuracy."])
def test_a_file_that_is_called_json_and_is_none_is_no_abstract(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(f"{text}\n")
    found = list(sources.read([str(tmp_path / name)]))
    assert found
    assert all(isinstance(one, Rejection) and "JSON" in one.reason for one in found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with papers in it, below it, hidden from it, and a picture."""
    (tmp_path / "b.jsonl").write_text(line("bee"))
    (tmp_path / "a.csv").write_text("id,title,abstract\nant,Ant,Ants gain 1%.\n")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.txt").write_text("Cicadas gain 3%.")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "d.jsonl").write_text(line("dor"))
    (tmp_path / ".e.jsonl").write_text(line("emperor"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    return tmp_path


def test_a_folder_is_read_in_sorted_order_without_what_is_hidden(folder: Path) -> None:
    records = list(sources.read([str(folder)]))
    assert [Path(one.source).name for one in records] == ["a.csv", "b.jsonl", "c.txt", "picture.png"]
    assert isinstance(records[-1], Rejection)
    assert "picture" in records[-1].reason


def test_a_glob_is_expanded_by_us(folder: Path) -> None:
    assert ids(folder / "*.[cj]s*") == ["ant", "bee"]
    assert ids(folder / "**" / "*.jsonl") == ["bee"]


def test_settings_in_a_folder_or_a_glob_are_no_papers(folder: Path) -> None:
    (folder / "below" / "corrections.toml").write_text("# Frogs gain 4%.")
    (folder / "sanity-allow.toml").write_text("# Frogs gain 4%.")
    assert [name for name in ids(folder) if name] == ["ant", "bee", *ids(folder / "below" / "c.txt")]
    assert ids(folder / "*.[ct]*") == ["ant"]
    with pytest.raises(UnreadableSource, match="no file matches"):
        ids(folder / "*.toml")
    assert len(ids(folder / "sanity-allow.toml")) == 1


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert ids(folder / "b.jsonl", folder / "*.jsonl", folder / "b.jsonl") == ["bee"]


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    (tmp_path / "papers[1].jsonl").write_text(line("bee"))
    assert ids(tmp_path / "papers[1].jsonl") == ["bee"]


def test_the_order_of_inputs_is_kept(folder: Path) -> None:
    assert ids(folder / "b.jsonl", folder / "a.csv") == ["bee", "ant"]


@pytest.mark.parametrize(
    ("data", "problem", "remedy"),
    [
        (b"", "empty", "at least one abstract"),
        (b" \n\n\t", "empty", "at least one abstract"),
        (b"\xef\xbb\xbf\n", "empty", "at least one abstract"),
        (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF", "extract its text first"),
        (b"PK\x03\x04rest", "zip archive", "unpack it first"),
        (b"some\x00thing\x01", "binary file", "give text"),
        ("Owl gains 2 points.".encode("utf-16"), "UTF-16", "save it as UTF-8"),
        ("Owl gains 2 points.".encode("utf-16-le"), "UTF-16", "save it as UTF-8"),
        ("Über 3 Punkte gewinnt das Verfahren.".encode("latin-1"), "not in UTF-8", "save it as UTF-8"),
        (b"<!DOCTYPE html><html><body>Owl</body></html>", "web page", "save it as text"),
        (gzip.compress(b"", mtime=0), "empty", "at least one abstract"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "this is a PDF", "extract its text first"),
        (b"\x1f\x8b\x08\x00rubbish", "gzip file is damaged", "copy or download it again"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, problem: str, remedy: str, tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource) as caught:
        list(sources.read([str(path)]))
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert problem in message
    assert remedy in message
    assert "\n" not in message


@pytest.mark.parametrize("missing", ["absent.jsonl", "absent*.jsonl", "a\0b", ""])
def test_a_missing_input_is_refused(missing: str) -> None:
    with pytest.raises(UnreadableSource, match=r"no such file|no file matches"):
        sources.read([missing])


def test_nothing_named_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="nothing to read"):
        sources.read([])


def test_a_folder_without_anything_readable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no file"):
        sources.read([str(tmp_path)])
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(UnreadableSource, match=r"nothing readable among 2 file\(s\)"):
        sources.read([str(tmp_path)])


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.jsonl"
    path.write_text(line("bee"))

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", locked)  # a test that runs as root may read anything
    with pytest.raises(UnreadableSource, match="permission denied; make it readable"):
        sources.read([str(path)])


def test_an_unknown_format_names_its_neighbours(folder: Path) -> None:
    with pytest.raises(UnknownName, match="json_lines"):
        sources.read([str(folder / "b.jsonl")], format="jsonlines")


def test_all_inputs_are_recognised_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(UnreadableSource):
        sources.read([str(folder / "b.jsonl"), str(folder / "absent.jsonl")])


def test_a_record_with_bytes_that_are_not_utf_8_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    bad = b'{"id": "bad", "title": "caf\xe9", "abstract": "Bad gains 1 point."}\n'
    path.write_bytes(bad + line("bee").encode() + bad)
    records = list(sources.read([str(path)]))
    assert [type(one) for one in records] == [Rejection, Paper, Rejection]
    assert [one.record for one in records] == [1, 2, 3]
    assert "UTF-8" in records[0].reason
    records[0].text.encode()


def test_half_of_a_surrogate_pair_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(line("ant") + '{"id": "x", "title": "x", "abstract": "half \\ud83d here"}\n')
    assert ids(path) == ["ant", None]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_bytes(b"\xef\xbb\xbfid,title,abstract\nant,Ant,Ants gain 1%.\n")
    assert ids(path) == ["ant"]


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "papers"
    path.write_bytes(gzip.compress((line("ant") + line("bee")).encode()))
    assert ids(path) == ["ant", "bee"]


def test_a_gzip_file_that_ends_early_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.gz"
    text = "".join(line(f"n{n}", note=hashlib.sha256(str(n).encode()).hexdigest()) for n in range(3000))
    whole = gzip.compress(text.encode())
    path.write_bytes(whole[: len(whole) // 2])
    records = list(sources.read([str(path)]))
    assert sum(isinstance(one, Paper) for one in records) > 1000
    assert isinstance(records[-1], Rejection)
    assert "ends early" in records[-1].reason


def test_an_abstract_of_a_megabyte_is_read_in_every_format(tmp_path: Path) -> None:
    abstract = "Owl gains 2 points. " * 50_000
    contents = {
        "a.jsonl": json.dumps({"title": "Owl", "abstract": abstract}),
        "a.json": json.dumps([{"title": "Owl", "abstract": abstract}], indent=1),
        "a.csv": f"title,abstract\nOwl,{abstract}\n",
        "a.bib": f"@article{{owl, title = {{Owl}}, abstract = {{{abstract}}}}}",
        "a.txt": f"Owl\n\n{abstract}",
    }
    for name, text in contents.items():
        (tmp_path / name).write_text(f"{text}\n")
        (paper,) = sources.read([str(tmp_path / name)])
        assert isinstance(paper, Paper), name
        assert (paper.title, paper.abstract.rstrip()) == ("Owl", abstract.rstrip()), name


def test_standard_input_may_be_hashed_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (line("ant") + line("bee")).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert sources.digest(["-"]) == [("-", hashlib.sha256(data).hexdigest())]
    assert ids("-") == ["ant", "bee"]
    assert sources.digest(["-"]) == [("-", hashlib.sha256(data).hexdigest())]


def test_a_pipe_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        stream.write(line("ant"))
    try:
        assert ids(f"/dev/fd/{reading}") == ["ant"]
    finally:
        os.close(reading)


def test_digests_come_in_the_order_of_reading(folder: Path) -> None:
    digests = sources.digest([str(folder)])
    assert [Path(name).name for name, _ in digests] == ["a.csv", "b.jsonl", "c.txt", "picture.png"]
    assert digests[1][1] == hashlib.sha256((folder / "b.jsonl").read_bytes()).hexdigest()


def test_a_table_without_a_column_for_the_abstract_says_so(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableSource, match="no column of the table is named abstract"):
        list(sources.read([str(path)]))
    (tmp_path / "good.jsonl").write_text(line("bee"))
    assert sorted(ids(tmp_path), key=str) == [None, "bee"]


def test_a_json_document_that_ends_early_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text('{"id": 1, "title": "On Invented Animals", "abstract": ', encoding="utf-8")
    (found,) = sources.read([str(path)])
    assert isinstance(found, Rejection)
    assert "not valid JSON" in found.reason
