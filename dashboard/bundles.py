"""What a download holds besides its rows: what the columns mean, and how to cite it.

A bundle is a zip of the table as CSV, its field dictionary and its citation. The CSV stands alone in it without a line
of comment, so that every program reads it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from dashboard import dictionary, safe

if TYPE_CHECKING:
    import pyarrow as pa

NOT_VERIFIED: Final = "Values are claims made in abstracts; not verified."
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a bundle, so that equal rows make equal bundles."""

RISKY: Final = "^[ \u00a0]*[" + re.escape("".join(safe.FORMULA_STARTS)) + "]"
"""The texts that `safe.cell` neutralises, as a pattern for Arrow."""


def citation(about: Mapping[str, str], address: str, what: str = "") -> str:
    """One sentence that names the version, the whole snapshot hash, what was taken from it, and where."""
    parts = [f"Claims leaderboard {about.get('version', '')}", f"snapshot {about.get('snapshot', '')}", what, address]
    return f"{', '.join(safe.plain(part) for part in parts if part)}. {NOT_VERIFIED}"


def bibtex(about: Mapping[str, str], address: str, what: str = "") -> str:
    """The citation as a BibTeX entry; its key holds the snapshot, so that two builds never share one."""
    snapshot = about.get("snapshot", "")
    title = f"Claims leaderboard{': ' + what if what else ''}"
    fields = {
        "title": "{" + _tex(title) + "}",
        "version": about.get("version", ""),
        "note": f"Snapshot {snapshot}. {NOT_VERIFIED}",
        "howpublished": _tex(address),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{claims-leaderboard-{snapshot[:12]},\n{lines}\n}}\n"


def bundle(name: str, header: Sequence[str], rows: Iterable[Sequence[object]], cited: str) -> bytes:
    """A zip of `rows` as `NAME.csv`, the meaning of its columns, and the citation."""
    out = io.BytesIO()
    with _zip(out, header, cited) as archive:
        archive.writestr(_entry(f"{name}.csv"), safe.to_csv(header, rows))
    return out.getvalue()


def bundle_arrow(name: str, batches: Iterable[pa.RecordBatch], header: Sequence[str], cited: str) -> bytes:
    """The same for a table that comes in Arrow batches: for millions of rows."""
    out = io.BytesIO()
    with _zip(out, header, cited) as archive, archive.open(_entry(f"{name}.csv"), "w", force_zip64=True) as file:
        _write_csv(file, batches)
    return out.getvalue()


def parquet(batches: Iterable[pa.RecordBatch], cited: str) -> bytes:
    """The batches as one Parquet file, raw and typed, with the citation and each column's meaning in its schema."""
    import pyarrow as pa  # noqa: PLC0415 - only who takes it pays for it
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pa.Table.from_batches(batches)
    fields = [field.with_metadata({"description": dictionary.FIELDS[field.name]}) for field in table.schema]
    schema = pa.schema(fields, metadata={"citation": cited})
    out = io.BytesIO()
    pq.write_table(table.cast(schema), out, compression="zstd")
    return out.getvalue()


def _write_csv(file: IO[bytes], batches: Iterable[pa.RecordBatch]) -> None:
    """Rows as CSV, texts neutralised as `safe.cell` does."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415
    from pyarrow import csv  # noqa: PLC0415

    def neutral(column: pa.Array) -> pa.Array:
        if not pa.types.is_string(column.type):
            return column
        risky = pc.match_substring_regex(column, RISKY)
        return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)

    first = True
    for batch in batches:
        safe_batch = pa.RecordBatch.from_arrays([neutral(column) for column in batch.columns], names=batch.schema.names)
        options = csv.WriteOptions(include_header=first, quoting_style="needed")
        csv.write_csv(pa.Table.from_batches([safe_batch]), file, options)
        first = False


@contextmanager
def _zip(out: IO[bytes], header: Sequence[str], cited: str) -> Iterator[zipfile.ZipFile]:
    """An open archive that already holds what explains the table."""
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_entry("CITATION.txt"), cited + "\n")
        meanings = safe.to_csv(("column", "meaning"), dictionary.table(header))
        archive.writestr(_entry("DICTIONARY.csv"), meanings)
        yield archive


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _tex(text: str) -> str:
    """`text` with the signs that TeX would take for commands escaped; braces and backslashes go."""
    kept = re.sub(r"[{}\\]", "", safe.plain(text))
    return re.sub(r"([&%$#_])", r"\\\1", kept)
