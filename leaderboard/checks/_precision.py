"""How often a check was right where a person looked: counted labels, read from `data/check-precision.json`.

The file is written by `benchmarks/precision.py` from the labels beside it; nothing else knows these figures. It also
holds the seeded figures: the alarms that a check raised on errors planted in real abstracts, or in invented ones where
the real ones hold too few sums of its kind. Both decide whether the findings of a check may be errors (`proven`).
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from leaderboard.errors import BadDataFile
from leaderboard.registry import data_folder

FILE = "check-precision.json"
"""The name of the file in the data folder."""

FEWEST = 30
"""The fewest findings, labelled or on planted errors, that can show that a check may call its findings errors."""

FLOOR = 0.9
"""The least that their precision must be, at the lower end of its interval."""

NORMAL_95 = 1.959963984540054
"""The 97.5% quantile of the normal distribution, for an interval of 95%."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Labelled findings of one check: `right` of `decided`, further ones `undecidable`; `source` names the set."""

    right: int
    decided: int
    undecidable: int
    source: str

    @property
    def share(self) -> float:
        """The share that was right, 0 to 1."""
        return self.right / self.decided

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval of the share at 95% (E. B. Wilson, JASA 22, 1927), 0 to 1."""
        n, share, square = self.decided, self.share, NORMAL_95**2
        centre = (share + square / (2 * n)) / (1 + square / n)
        reach = NORMAL_95 / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
        return max(0.0, centre - reach), min(1.0, centre + reach)


def measured(path: Path | None = None) -> Mapping[str, Precision]:
    """The measured precision by check; a check without a decided label is not in it.

    The default is the project's own file, which is read once; without one nothing is measured.

    Raises:
        BadDataFile: the file is not what `benchmarks/precision.py` writes.
    """
    return _default() if path is None else _read(path)


def seeded(path: Path | None = None) -> Mapping[str, Precision]:
    """The same for alarms on planted errors: right are those on a number that was changed.

    Raises:
        BadDataFile: the file is not what `benchmarks/precision.py` writes.
    """
    return _default("planted") if path is None else _read(path, "planted")


def proven(labelled: Precision | None, planted: Precision | None) -> bool:
    """Whether a check's findings may be errors: at least `FEWEST` of them judged, and `FLOOR` is surely reached.

    True errors are rare, so that few are ever labelled. Below `FEWEST` labels the planted ones decide, unless the
    labels rule `FLOOR` out.
    """
    if labelled is not None and labelled.decided >= FEWEST:
        return labelled.interval[0] >= FLOOR
    if labelled is not None and labelled.interval[1] < FLOOR:
        return False
    return planted is not None and planted.decided >= FEWEST and planted.interval[0] >= FLOOR


@functools.cache
def _default(part: str = "checks") -> Mapping[str, Precision]:
    path = data_folder() / FILE
    return _read(path, part) if path.exists() else MappingProxyType({})


def _read(path: Path, part: str = "checks") -> Mapping[str, Precision]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = {
            str(check): Precision(
                int(entry["right"]), int(entry["decided"]), int(entry["undecidable"]), str(entry["set"])
            )
            for check, entry in content.get(part, {}).items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"cannot be read ({type(error).__name__}: {error}); write it anew with benchmarks/precision.py"
        raise BadDataFile(path, part, problem) from error
    for check, one in found.items():
        if not 0 <= one.right <= one.decided or one.undecidable < 0:
            raise BadDataFile(path, f"{part}.{check}", "counts more right than decided, or fewer than none")
    return MappingProxyType({check: one for check, one in found.items() if one.decided})
