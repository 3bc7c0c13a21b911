"""The whole program on one page: read, merge, parse, correct, normalise, rank, check, write.

`build` does all of it; `survey` does everything but touch files. Outputs are first written to a hidden folder inside
the output folder, then moved into place one by one, the manifest last: a build that is stopped at any moment leaves
the previous output, and one stopped between two moves leaves whole files, and a manifest whose digests show what is
old.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from leaderboard import __version__, checks, corrections, exports, rank, registry, sources, table
from leaderboard.checks import Report
from leaderboard.corrections import Corrections
from leaderboard.errors import LeaderboardError, UnusableOutput
from leaderboard.gather import Watch, gather
from leaderboard.models import Paper, Rejection, Snapshot
from leaderboard.plugins import discover
from leaderboard.registry import Registry

MANIFEST = "manifest.json"
"""What was built from what: the only output with a time stamp, moved into place last."""

HIDDEN = ".leaderboard-"
"""How the name of the hidden folder of an unfinished build starts; the process number follows."""

Item = TypeVar("Item")
Judge = Callable[[Report], Report]
"""What becomes of a report of the checks before it is kept: an allow-list may suppress some of its findings."""


def as_found(report: Report) -> Report:
    """Keep every finding as the checks made it."""
    return report


def build(
    inputs: Sequence[str],
    out: Path,
    *,
    source_format: str | None = None,
    min_confidence: float = 0.0,
    select: Sequence[str] = (),
    enable: Sequence[str] = (),
    corrected_by: Path | None = None,
    judge: Judge = as_found,
    watch: Watch = iter,
) -> Snapshot:
    """Read `inputs` and write every output into the folder `out`, replacing those of a build before.

    Args:
        inputs: files, folders, globs, "-" for standard input.
        out: the output folder; made if missing.
        source_format: name of the input format, recognised from content if None.
        min_confidence: claims below it (0 to 1) are set aside.
        select: the checks to run, see `checks.run`; empty for all that are on.
        enable: checks that are off unless asked for, to run as well.
        corrected_by: the file of corrections; if None, those that lie beside the inputs.
        judge: what becomes of their report.
        watch: shows progress over the papers.

    Raises:
        BadDataFile: a file of corrections does not validate.
        UnreadableSource: an input, or all of them together, holds no paper.
        UnusableOutput: the folder cannot be written.
    """
    known = registry.load()
    files = corrections.files(corrected_by, inputs)
    wanted = corrections.read(files)
    records = sources.read(inputs, format=source_format)
    with replacing(out) as hidden:
        snapshot = survey(
            records,
            known,
            wanted,
            min_confidence=min_confidence,
            select=select,
            enable=enable,
            judge=judge,
            watch=watch,
        )
        write(snapshot, hidden, sources.digest([*inputs, *map(str, files)]))
    return snapshot


def survey(
    records: Iterable[Paper | Rejection],
    known: Registry,
    wanted: Corrections = corrections.NONE,
    *,
    min_confidence: float = 0.0,
    select: Sequence[str] = (),
    enable: Sequence[str] = (),
    judge: Judge = as_found,
    watch: Watch = iter,
) -> Snapshot:
    """Everything that can be known from these records: papers, results, boards, findings, and what was set aside."""
    gathered = gather(records, known, wanted, min_confidence=min_confidence, watch=watch)
    known = gathered.corpus.registry
    boards = rank.boards(gathered.results, known)
    findings = judge(checks.run(gathered.corpus, only=select, enable=enable)).findings
    merged = rank.merged(gathered.results, known)
    versions = tuple(sorted((key, len(others)) for key, others in gathered.corpus.versions.items()))
    parts = (
        gathered.papers,
        gathered.results,
        boards,
        findings,
        gathered.rejections,
        versions,
        merged,
        gathered.corrections,
    )
    return Snapshot(__version__, table.digest(*parts), *parts)


def write(snapshot: Snapshot, folder: Path, inputs: Sequence[tuple[str, str]]) -> None:
    """Write every export, the database and the manifest of a snapshot into a folder."""
    for module in discover(exports).values():
        module.write(snapshot, folder / module.FILE)
    table.write(snapshot, folder / table.FILE)
    files = sorted(path for path in folder.iterdir() if path.is_file())
    manifest = {
        "version": snapshot.version,
        "schema_version": table.SCHEMA_VERSION,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "snapshot": snapshot.digest,
        "inputs": [{"path": path, "sha256": sha256} for path, sha256 in inputs],
        "counts": table.counts(snapshot),
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A hidden folder whose files replace those of the same name in `out` when the block ends without an error.

    Leftovers of builds that were killed are removed. Raises `UnusableOutput` where the folder cannot be written.
    """
    missing = not out.exists()
    hidden = out / f"{HIDDEN}{os.getpid()}"
    try:
        try:
            hidden.mkdir(parents=True)
            _remove_leftovers(out)
            yield hidden
            for path in sorted(hidden.iterdir(), key=lambda path: (path.name == MANIFEST, path.name)):
                with path.open("rb") as file:
                    os.fsync(file.fileno())
                path.replace(out / path.name)
            missing = False
        except LeaderboardError:
            raise
        except OSError as error:
            problem = f"cannot be written ({(error.strerror or str(error)).lower()})"
            raise UnusableOutput(
                out, problem, "give --out a folder that you may write, with space on its disk"
            ) from error
    finally:
        shutil.rmtree(hidden, ignore_errors=True)
        if missing:
            with suppress(OSError):
                out.rmdir()


def _remove_leftovers(out: Path) -> None:
    """Remove hidden folders of builds whose process is gone."""
    for path in out.glob(f"{HIDDEN}*"):
        number = path.name.removeprefix(HIDDEN)
        if number.isdecimal() and not _runs(int(number)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process of this number is alive."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
