"""How often each check is right, counted from the verdicts of people who read its findings.

    python benchmarks/precision.py [--verdicts benchmarks/verdicts] [--out data/check-precision.json]

Each file of verdicts holds one JSON object per line: `check`, `level` (that of the finding, or "review"), `paper`,
`offsets` (a list of [start, end] in that paper's abstract), `verdict` ("right", "wrong" or "undecidable": does the
finding hold as it is worded?) and `reason`, short and in words of our own. The name of a file names its set.
The counts go to the data folder, where every finding shows them; a table by level is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from leaderboard import checks  # noqa: E402
from leaderboard.checks import Precision  # noqa: E402
from leaderboard.outcomes import LEVELS  # noqa: E402
from leaderboard.plugins import discover  # noqa: E402

VERDICTS = ("right", "wrong", "undecidable")
"""What a reader may say of a finding."""

LONGEST_REASON = 160
"""Characters of a reason; a longer one would be a quotation or an essay."""


class BadVerdict(ValueError):
    """A line of a file of verdicts that cannot be counted; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says of one finding; `source` is the set it belongs to."""

    check: str
    level: str
    paper: str
    offsets: tuple[tuple[int, int], ...]
    verdict: str
    reason: str
    source: str


def read(folder: Path) -> Iterator[Verdict]:
    """The verdicts of every file of a folder, in order; the same finding judged twice in one set is refused."""
    seen: dict[object, str] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            where = f"{path.name}, line {number}"
            one = _verdict(line, path.stem, where)
            other = seen.setdefault((one.source, one.check, one.paper, one.offsets), where)
            if other != where:
                raise BadVerdict(f"{where}: judges the same finding as {other}; remove one of them")
            yield one


def _verdict(line: str, source: str, where: str) -> Verdict:
    """One line as a verdict."""
    try:
        entry = json.loads(line)
        offsets = tuple((int(start), int(end)) for start, end in entry["offsets"])
        one = Verdict(
            *(str(entry[name]) for name in ("check", "level", "paper")),
            offsets,
            str(entry["verdict"]),
            str(entry["reason"]),
            source,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadVerdict(
            f"{where}: is no verdict ({type(error).__name__}: {error}); see the head of precision.py"
        ) from error
    if one.verdict not in VERDICTS:
        raise BadVerdict(f"{where}: {one.verdict!r} is no verdict; use one of {', '.join(VERDICTS)}")
    if one.level not in {*LEVELS, "review"}:
        raise BadVerdict(f"{where}: {one.level!r} is no level; use one of {', '.join(LEVELS)}, review")
    if one.check not in discover(checks):
        raise BadVerdict(f"{where}: there is no check {one.check!r}; correct its name or remove the line")
    if not 0 < len(one.reason) <= LONGEST_REASON:
        raise BadVerdict(f"{where}: give a reason of 1 to {LONGEST_REASON} characters")
    return one


def counted(verdicts: Iterable[Verdict]) -> dict[str, Precision]:
    """The counts by check, by name; what was put up for review is no finding and does not count."""
    groups: dict[str, list[Verdict]] = {}
    for one in verdicts:
        if one.level != "review":
            groups.setdefault(one.check, []).append(one)
    return {check: precision(group) for check, group in sorted(groups.items())}


def precision(group: Sequence[Verdict]) -> Precision:
    """The counts of some verdicts."""
    count = Counter(one.verdict for one in group)
    source = ", ".join(sorted({one.source for one in group}))
    return Precision(count["right"], count["right"] + count["wrong"], count["undecidable"], source)


def document(found: Mapping[str, Precision]) -> str:
    """The counts as the file in the data folder, the same bytes for the same verdicts."""
    checks_ = {
        name: {"right": one.right, "decided": one.decided, "undecidable": one.undecidable, "set": one.source}
        for name, one in found.items()
    }
    return json.dumps({"checks": checks_}, indent=1) + "\n"


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Lines that tell the precision by level, then by check and level."""
    for level in (*LEVELS, "review"):
        yield _line(level, [one for one in verdicts if one.level == level])
    yield ""
    for check, level in sorted({(one.check, one.level) for one in verdicts}):
        yield _line(f"{check} ({level})", [one for one in verdicts if (one.check, one.level) == (check, level)])


def _line(name: str, group: Sequence[Verdict]) -> str:
    one = precision(group)
    if not one.decided:
        return f"{name:<40} nothing decided, {one.undecidable} undecidable"
    low, high = one.interval
    return (
        f"{name:<40} {one.right:>4} of {one.decided:>4} right  {one.share:.3f} ({low:.3f} to {high:.3f})"
        f"  {one.undecidable} undecidable"
    )


def main() -> int:
    """Count, print and write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--verdicts", type=Path, default=ROOT / "benchmarks" / "verdicts")
    options.add_argument("--out", type=Path, default=ROOT / "data" / "check-precision.json")
    chosen = options.parse_args()
    try:
        verdicts = list(read(chosen.verdicts))
    except BadVerdict as error:
        print(f"precision: {error}", file=sys.stderr)
        return 2
    if not verdicts:
        print(f"precision: no verdict in {chosen.verdicts}; name a folder with files *.jsonl", file=sys.stderr)
        return 2
    chosen.out.write_text(document(counted(verdicts)), encoding="utf-8")
    print("\n".join(table(verdicts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
