"""Annotations made by people: one JSON object per line, `{"id": ..., "claims": [...]}`, validated on reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from leaderboard.errors import BadDataFile, UnreadableSource
from leaderboard.models import Bound, Direction, Kind, Role

REMEDY = 'give JSON Lines of {"id": "...", "claims": [...]}, with the fields of the definition of a claim'
"""What to do with a file that holds no annotations."""


class Annotation(BaseModel):
    """One claim as a person annotated it.

    `number` is the expression as printed and `quote` words around it that stand only once in the abstract. `metric`,
    `unit`, `subject` and each of `benchmarks` may offer alternatives with "|". `note` is for people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(min_length=1)
    kind: Kind
    value: float | None
    value_high: float | None = None
    unit: str | None = "none"
    metric: str | None = None
    benchmarks: tuple[str, ...] = ()
    subject: str | None = None
    role: Role = "own"
    baseline: str | None = None
    direction: Direction | None = None
    bound: Bound = "exact"
    quote: str = Field(min_length=1)
    note: str | None = None


class _Line(BaseModel):
    """One line of the file: a paper and its annotated claims."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)
    claims: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotation with the span of its number: `abstract[start:end] == annotation.number`."""

    start: int
    end: int
    annotation: Annotation


def read(path: Path) -> dict[str, tuple[Annotation, ...]]:
    """The annotations of a file by paper, in the order of its lines.

    Raises `UnreadableSource` where the file holds none, and `BadDataFile` naming line, claim and field where one does
    not validate or a paper comes twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UnreadableSource(path, (error.strerror or str(error)).lower(), "check the spelling") from None
    except UnicodeDecodeError:
        raise UnreadableSource(path, "is not UTF-8", REMEDY) from None
    found: dict[str, tuple[Annotation, ...]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = _Line.model_validate(json.loads(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise BadDataFile(path, f"line {number}: {'.'.join(map(str, first['loc']))}", first["msg"]) from None
        except ValueError as error:
            raise BadDataFile(path, f"line {number}", f"is not JSON: {error}") from None
        if entry.id in found:
            raise BadDataFile(path, f"line {number}: id", f"{entry.id!r} is annotated twice")
        found[entry.id] = entry.claims
    if not found:
        raise UnreadableSource(path, "holds no annotations", REMEDY)
    return found


def place(
    annotated: Mapping[str, Sequence[Annotation]], abstracts: Mapping[str, str], path: Path
) -> dict[str, tuple[Placed, ...]]:
    """Find every annotated number in its abstract; `path` is the file that a `BadDataFile` names.

    Raises `BadDataFile` where an annotated paper is not among the abstracts, a quote is not in its abstract, or a
    number is not in its quote.
    """
    result = {}
    for paper, claims in annotated.items():
        if paper not in abstracts:
            raise BadDataFile(path, repr(paper), "is annotated, but not among the abstracts")
        placed = []
        for number, claim in enumerate(claims):
            quote, inside = abstracts[paper].find(claim.quote), claim.quote.find(claim.number)
            if quote < 0 or inside < 0:
                problem = f"{claim.quote!r} is not in the abstract" if quote < 0 else f"does not hold {claim.number!r}"
                raise BadDataFile(path, f"{paper!r}: claims.{number}.quote", problem)
            placed.append(Placed(quote + inside, quote + inside + len(claim.number), claim))
        result[paper] = tuple(placed)
    return result
