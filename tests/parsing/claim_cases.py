"""Cases of reading as data: a text of our own, and what a careful reader takes from it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leaderboard.models import Claim

CASES = Path(__file__).resolve().parents[1] / "cases" / "parsing"
RULES = CASES / "rules.toml"
"""The examples of the rules; every other file there holds cases of claims."""


@dataclass(frozen=True)
class Case:
    """One text with all its claims, in order: of each the printed number and the fields that the case is about.

    Names may offer alternatives with "|". `known_gap` says why the parser does not read the text so yet.
    """

    group: str
    name: str
    title: str
    text: str
    claims: tuple[Mapping[str, Any], ...]
    known_gap: str | None


def cases() -> list[Case]:
    """All cases of all files, in order."""
    return [
        Case(
            path.stem,
            entry["name"],
            entry.get("title", ""),
            entry["text"],
            tuple(entry["claims"]),
            entry.get("known_gap"),
        )
        for path in sorted(CASES.glob("*.toml"))
        if path != RULES
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def agrees(wanted: object, got: object) -> bool:
    """Whether a field is as wanted: one of the alternatives of a name, every name of a list, the value of a number."""
    if isinstance(wanted, str):
        return got in wanted.split("|")
    if isinstance(wanted, list):
        return isinstance(got, tuple) and len(wanted) == len(got) and all(map(agrees, wanted, got))
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return isinstance(got, int | float) and math.isclose(wanted, got, rel_tol=1e-9)
    return wanted is got


def differences(case: Case, claims: Sequence[Claim]) -> list[str]:
    """What differs between the claims of a case and those that were read, in words; empty where they agree."""
    wanted, got = [fields["number"] for fields in case.claims], [claim.number for claim in claims]
    if wanted != got:
        return [f"the numbers are {got}, wanted {wanted}"]
    return [
        f"{claim.number}: {name} is {getattr(claim, name)!r}, wanted {value!r}"
        for claim, fields in zip(claims, case.claims, strict=True)
        for name, value in fields.items()
        if name != "number" and not agrees(value, getattr(claim, name))
    ]
