"""From what stands on the command line to lines of text: files, folders, globs, standard input, gzip, encodings."""

from __future__ import annotations

import glob
import gzip
import io
import os
import shutil
import stat
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from leaderboard.errors import UnreadableSource

STANDARD_INPUT = "-"
"""The name of standard input on the command line."""

HEAD = 1 << 16
"""Bytes at the start of an input from which its format is recognised."""

LONGEST_LINE = 1 << 26
"""Bytes of the longest line (64 MiB); no record of a paper comes near, so a longer one is set aside."""

IN_MEMORY = 1 << 25
"""Bytes of standard input held in memory (32 MiB) before it goes to a temporary file."""

GZIP = b"\x1f\x8b"
"""How a gzip file starts."""

UTF_16 = ("this is UTF-16", "save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8")
"""Problem and remedy for the encoding that some editors on Windows call "Unicode"."""

SETTINGS = ".toml"
"""How the names of files end that hold settings (corrections, allowed findings): papers never come in TOML."""

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "this is a PDF", "extract its text first, for example with pdftotext"),
    (b"PK\x03\x04", "this is a zip archive", "unpack it first"),
    (b"PK\x05\x06", "this is an empty zip archive", "give the files themselves"),
    (b"BZh", "this is a bzip2 file", "unpack it first with bunzip2"),
    (b"\xfd7zXZ", "this is an xz file", "unpack it first with unxz"),
    (b"\x28\xb5\x2f\xfd", "this is a zstd file", "unpack it first with unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "this is a 7z archive", "unpack it first"),
    (b"\x89PNG", "this is a picture", "give its text"),
    (b"\xff\xd8\xff", "this is a picture", "give its text"),
    (b"GIF8", "this is a picture", "give its text"),
    (b"PAR1", "this is a Parquet file", "save it as CSV or JSON Lines"),
    (b"SQLite format 3", "this is an SQLite database", "export the table as CSV"),
    (b"\xd0\xcf\x11\xe0", "this is an old Office file", "save it as text, CSV or JSON Lines"),
    (b"{\\rtf", "this is an RTF file", "save it as plain text"),
    (b"%!PS", "this is a PostScript file", "extract its text first, for example with ps2ascii"),
    (b"\xff\xfe", *UTF_16),
    (b"\xfe\xff", *UTF_16),
)
"""What an input that is no text starts with: the bytes, what it is, and what to do."""

MARKUP: tuple[tuple[str, str, str], ...] = (
    ("<!doctype", "this is a web page", "save it as text, or give the data behind it"),
    ("<html", "this is a web page", "save it as text, or give the data behind it"),
    ("<?xml", "this is XML", "convert it to JSON Lines, CSV or BibTeX"),
)
"""What text that is no known format starts with, in lower case: the text, what it is, and what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: `source` as it is named in records; `named` tells that the user named this very file."""

    source: str
    named: bool


def expand(inputs: Sequence[str]) -> list[Input]:
    """The files that the inputs mean, folders and globs in sorted order, each file once.

    Raises:
        UnreadableSource: an input names nothing, or a folder holds no file.
    """
    found: dict[str, Input] = {}
    for given in inputs:
        for one in _expand_one(os.fspath(given)):
            found.setdefault(one.source, one)
    if not found:
        raise UnreadableSource(
            "input", "nothing to read was named", "name a file, a folder, a glob, or - for standard input"
        )
    return list(found.values())


def _expand_one(given: str) -> list[Input]:
    if given == STANDARD_INPUT:
        return [Input(given, named=True)]
    try:
        mode = os.stat(given).st_mode  # noqa: PTH116  # a Path would turn "" into "."
    except (OSError, ValueError) as error:
        matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) and "\0" not in given else []  # noqa: PTH207
        files = [one for match in matches for one in _within(match)]
        if not files:
            raise UnreadableSource(given.replace("\0", "\\0"), *_why_missing(given, error)) from error
        return files
    return _within(given) if stat.S_ISDIR(mode) else [Input(given, named=True)]


def _why_missing(given: str, error: OSError | ValueError) -> tuple[str, str]:
    """Problem and remedy for an input that cannot be found."""
    if isinstance(error, PermissionError):
        return "permission denied", "make it readable for you"
    if glob.has_magic(given):
        return "no file matches", "check the pattern and the folder"
    return "no such file or folder", "check the spelling and the folder you are in"


def _within(path: str) -> list[Input]:
    """The file, or the folder's files in sorted order; hidden ones and settings are left out."""
    if not Path(path).is_dir():
        return [Input(path, named=False)] if not path.endswith(SETTINGS) else []
    files: list[str] = []
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        papers = (name for name in names if not name.startswith(".") and not name.endswith(SETTINGS))
        files += [os.path.join(folder, name) for name in papers]  # noqa: PTH118
    regular = sorted(name for name in files if Path(name).is_file())
    if not regular:
        raise UnreadableSource(path, "the folder holds no file to read", "name a folder with papers in it")
    return [Input(name, named=False) for name in regular]


def binary(source: str) -> io.BufferedIOBase:
    """The input's bytes from their start; gzip is not unpacked.

    What can be read only once (standard input, a pipe) is kept, so that it can be recognised, hashed and read in any
    order.

    Raises:
        UnreadableSource: it cannot be opened.
    """
    if source == STANDARD_INPUT:
        return _rewound(_spooled(sys.stdin.buffer))
    try:
        if stat.S_ISREG(os.stat(source).st_mode):  # noqa: PTH116
            return open(source, "rb")  # noqa: PTH123  # the caller closes it
        return _rewound(_spooled(source))
    except OSError as error:
        remedy = (
            "make it readable for you" if isinstance(error, PermissionError) else "check that it is a readable file"
        )
        raise UnreadableSource(source, (error.strerror or str(error)).lower(), remedy) from error


@lru_cache(maxsize=64)
def _spooled(origin: IO[bytes] | str) -> IO[bytes]:
    """A copy of a stream that can be read only once."""
    copy: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # kept as long as the program
    if isinstance(origin, str):
        with open(origin, "rb") as stream:  # noqa: PTH123
            shutil.copyfileobj(stream, copy)
    else:
        shutil.copyfileobj(origin, copy)
    return copy


def _rewound(copy: IO[bytes]) -> io.BufferedIOBase:
    """The copy's bytes from their start, as a stream that may be closed without losing the copy."""
    copy.seek(0)
    return io.BufferedReader(_Borrowed(copy))


class _Borrowed(io.RawIOBase):
    """A raw stream over another one that it does not close."""

    def __init__(self, lender: IO[bytes]) -> None:
        self._lender = lender

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._lender.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def unpacked(source: str) -> io.BufferedIOBase:
    """The input's bytes from their start, gzip unpacked (recognised by content)."""
    stream = binary(source)
    start = stream.read(len(GZIP))
    stream.close()
    stream = binary(source)
    return _Gzip(stream) if start == GZIP else stream


class _Gzip(gzip.GzipFile):
    """A gzip stream that closes what it reads from (the standard one leaves a given stream open)."""

    def __init__(self, packed: io.BufferedIOBase) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


def head(source: str) -> str:
    """The first few KB as text, with bytes that are not UTF-8 as lone surrogates.

    Raises:
        UnreadableSource: the input is empty, no text, or cannot be opened.
    """
    try:
        with unpacked(source) as stream:
            data = stream.read(HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        data = _readable_start(source)
        if not data:
            raise UnreadableSource(
                source, "the gzip file is damaged or cut off", "copy or download it again"
            ) from error
    except OSError as error:
        raise UnreadableSource(
            source, (error.strerror or str(error)).lower(), "check that it is a readable file"
        ) from error
    _refuse_binary(source, data)
    text = data.decode("utf-8-sig", "surrogateescape")
    start = text.lstrip()[:20].lower()
    if not start:
        raise UnreadableSource(source, "the file is empty", "give a file with at least one abstract")
    for beginning, problem, remedy in MARKUP:
        if start.startswith(beginning):
            raise UnreadableSource(source, problem, remedy)
    return text


def _readable_start(source: str) -> bytes:
    """What can be unpacked of a damaged gzip file, up to the size of a head."""
    data = bytearray()
    try:
        with unpacked(source) as stream:
            while len(data) < HEAD and (chunk := stream.read1(512)):
                data += chunk
    except (EOFError, OSError, zlib.error):
        pass  # what came before the damage is what we are here for
    return bytes(data)


def _refuse_binary(source: str, data: bytes) -> None:
    """Raise for bytes that are no text, naming what they are and the remedy."""
    for signature, problem, remedy in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableSource(source, problem, remedy)
    nul = data.count(b"\0")
    if nul and nul * 3 > len(data) and (set(data[::2]) == {0} or set(data[1::2]) == {0}):
        raise UnreadableSource(source, *UTF_16)
    if nul:
        raise UnreadableSource(source, "this is a binary file, not text", "give text, JSON Lines, JSON, CSV or BibTeX")


class Lines:
    """The lines of an input with their ends, bytes that are not UTF-8 as lone surrogates.

    After the last line `problem` tells what was cut or left out, or is None.
    """

    def __init__(self, source: str) -> None:
        """Open nothing yet; `source` is a file name or "-"."""
        self.source = source
        self.problem: str | None = None

    def __iter__(self) -> Iterator[str]:
        """Read the input line by line; a line too long comes empty."""
        with unpacked(self.source) as stream:
            start = True
            while data := self._next(stream):
                if start:
                    data, start = data.removeprefix(b"\xef\xbb\xbf"), False
                yield data.decode("utf-8", "surrogateescape")

    def _next(self, stream: io.BufferedIOBase) -> bytes:
        """The next line with its end, b"" after the last."""
        try:
            data = stream.readline(LONGEST_LINE)
            if len(data) < LONGEST_LINE:
                return data
            while data and not data.endswith(b"\n"):
                data = stream.readline(LONGEST_LINE)
        except (EOFError, OSError, zlib.error) as error:
            self.problem = f"the input ends early ({error}); copy or download it again"
            return b""
        self.problem = f"a line longer than {LONGEST_LINE >> 20} MiB was left out; put one record on a line"
        return b"\n"
