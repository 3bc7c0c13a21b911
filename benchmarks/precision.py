"""How often each check is right, counted from the verdicts of people who read its findings.

    python benchmarks/precision.py [--verdicts benchmarks/verdicts] [--out data/check-precision.json]
    python benchmarks/precision.py --corpus ../shared/corpus/abstracts-40k.jsonl.gz [--unread unread.jsonl] [--record]

Each file of verdicts holds one JSON object per line: `check`, `level` (that of the finding, or "review"), `paper`,
`offsets` (a list of [start, end] in that paper's abstract), `verdict` ("right", "wrong" or "undecidable": does the
finding hold as it is worded?) and `reason`, short and in words of our own. The name of a file names its set.
The counts go to the data folder, where every finding shows them, and with them the last seeded figures: those of
planted_in_real.py, or of planted_alarms.py where too few errors could be planted in real abstracts. A table by level is
printed.

With `--corpus` every check runs on these abstracts first. A finding is met by the verdict of its check and paper whose
offsets are its own, or else overlap them, so that verdicts outlive small changes of what a number spans; only verdicts
that are still met count, at the level that the finding has now. Findings without a verdict are counted, and written to
`--unread` with their words for a person to read. False alarms are told per group that could be judged, with the rate
that the count leaves possible at 95%. `--record` adds the figures to benchmarks/precision.csv.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures, planted_alarms, planted_in_real  # noqa: E402
from leaderboard import checks, registry, sources  # noqa: E402
from leaderboard.checks import Precision, Report  # noqa: E402
from leaderboard.gather import gather  # noqa: E402
from leaderboard.models import Finding  # noqa: E402
from leaderboard.outcomes import LEVELS  # noqa: E402
from leaderboard.plugins import discover  # noqa: E402

NAME = "precision"
"""The name of the file of figures, and of this benchmark."""

VERDICTS = ("right", "wrong", "undecidable")
"""What a reader may say of a finding."""

LONGEST_REASON = 160
"""Characters of a reason; a longer one would be a quotation or an essay."""


Places = tuple[tuple[int, int], ...]
"""Stretches of an abstract, each from its first character to behind its last."""


class BadVerdict(ValueError):
    """A line of a file of verdicts that cannot be counted; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says of one finding; `source` is the set it belongs to."""

    check: str
    level: str
    paper: str
    offsets: Places
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


def met(findings: Iterable[Finding], verdicts: Iterable[Verdict]) -> tuple[list[Verdict], list[Finding]]:
    """The verdicts on these findings, at the level of each finding, and the findings that nobody has read.

    Exact offsets win over those that overlap; a verdict is of one finding only.
    """
    waiting: dict[tuple[str, str], list[Verdict]] = {}
    for one in verdicts:
        waiting.setdefault((one.check, one.paper), []).append(one)
    told = [one for one in findings if one.state in {"fail", "review"}]
    found: list[Verdict] = []
    for alike in (_same, _overlap):
        unread = []
        for finding in told:
            group = waiting.get((finding.check, finding.paper_id), [])
            match = next((one for one in group if alike(one.offsets, _places(finding))), None)
            if match is None:
                unread.append(finding)
                continue
            group.remove(match)
            found.append(replace(match, level=finding.level if finding.state == "fail" else "review"))
        told = unread
    return found, told


def _places(finding: Finding) -> Places:
    """Where the numbers of a finding stand in its own paper."""
    return tuple((one.start, one.end) for one in finding.operands if one.paper_id == finding.paper_id)


def _same(left: Places, right: Places) -> bool:
    return set(left) == set(right)


def _overlap(left: Places, right: Places) -> bool:
    return any(start < other_end and other_start < end for start, end in left for other_start, other_end in right)


def rate(wrong: int, groups: int) -> tuple[float, float]:
    """The share of groups with a false alarm, and the share that this count leaves possible at 95% (one-sided).

    Without any, the exact bound 1 - 0.05 ** (1 / n), about 3 / n; else the upper end of the Wilson interval.
    """
    if not groups:
        return 0.0, 1.0
    if not wrong:
        return 0.0, 1 - 0.05 ** (1 / groups)
    return wrong / groups, Precision(wrong, groups, 0, "").interval[1]


def report(inputs: Sequence[str]) -> Report:
    """What every check, on or off, finds in these inputs."""
    gathered = gather(sources.read(inputs), registry.load())
    return checks.run(gathered.corpus, enable=["all"])


def measured(made: Report, verdicts: Sequence[Verdict], unread: Sequence[Finding]) -> dict[tuple[str, str], float]:
    """The figures of a run by level, with the groups that they are out of."""
    values: dict[tuple[str, str], float] = {
        ("all", "papers"): made.papers,
        ("all", "claims"): made.claims,
        ("all", "claims recomputed"): made.recomputed,
        ("all", "groups"): made.checkable,
    }
    for level in (*LEVELS, "review"):
        group = precision([one for one in verdicts if one.level == level])
        waiting = sum((one.level if one.state == "fail" else "review") == level for one in unread)
        wrong = group.decided - group.right
        counts = {"right": group.right, "wrong": wrong, "undecidable": group.undecidable, "unread": waiting}
        values |= {(level, name): count for name, count in counts.items()}
        if level != "review":
            values[level, "false alarms per 3,000 groups"], values[level, "at most, at 95%"] = (
                3000 * share for share in rate(wrong, made.checkable)
            )
    return values


def summary(folder: Path = figures.FOLDER) -> str:
    """The last recorded figures in words."""
    values = figures.last(folder / f"{NAME}.csv")
    if not values:
        return "No figures are recorded yet.\n"
    told = ", ".join(
        f"{values[level, 'right']:.0f} of {values[level, 'right'] + values[level, 'wrong']:.0f} {level}s"
        for level in LEVELS
    )
    return (
        f"- In {values['all', 'papers']:,.0f} real abstracts {values['all', 'groups']:,.0f} groups could be judged; by "
        f"reading every finding, {told} are right; false errors per 3,000 groups: "
        f"{values['error', 'false alarms per 3,000 groups']:.2g}, at most {values['error', 'at most, at 95%']:.2f} at "
        "95%\n"
    )


def _line_of(finding: Finding) -> str:
    """A finding for a person to read, as the line of a verdict that lacks only the verdict, with its words."""
    entry = {
        "check": finding.check,
        "level": finding.level if finding.state == "fail" else "review",
        "paper": finding.paper_id,
        "offsets": _places(finding),
        "verdict": "",
        "reason": "",
        "message": finding.message,
        "quote": finding.quote,
    }
    return json.dumps(entry, ensure_ascii=False)


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


def seeded(folder: Path = figures.FOLDER) -> dict[str, Precision]:
    """The last recorded alarms on planted errors by check, those on a changed number as right.

    They are of real abstracts where those hold enough of them to tell, else of invented ones.
    """
    real = figures.last(folder / f"{planted_in_real.NAME}.csv")
    invented = figures.last(folder / f"{planted_alarms.NAME}.csv")
    found = {}
    for check in discover(checks):
        one, other = (
            _alarms(real, check, "planted in real abstracts"),
            _alarms(invented, check, "planted in invented abstracts"),
        )
        chosen = one if one.decided >= min(checks.FEWEST, other.decided) else other
        if chosen.decided:
            found[check] = chosen
    return found


def _alarms(values: figures.Figures, check: str, source: str) -> Precision:
    """The alarms of one check in the figures of a benchmark."""
    right, false = (int(values.get((check, which), 0)) for which in ("right", "false"))
    return Precision(right, right + false, 0, source)


def document(found: Mapping[str, Precision], planted: Mapping[str, Precision]) -> str:
    """The counts as the file in the data folder, the same bytes for the same verdicts and figures."""
    parts = {
        part: {
            name: {"right": one.right, "decided": one.decided, "undecidable": one.undecidable, "set": one.source}
            for name, one in group.items()
        }
        for part, group in (("checks", found), ("planted", planted))
    }
    return json.dumps(parts, indent=1) + "\n"


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
    options.add_argument("--corpus", nargs="+", default=[], metavar="INPUT", help="abstracts to run every check on")
    options.add_argument("--unread", type=Path, metavar="FILE", help="write the findings without a verdict to a file")
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    try:
        verdicts = list(read(chosen.verdicts))
    except BadVerdict as error:
        print(f"precision: {error}", file=sys.stderr)
        return 2
    if not verdicts:
        print(f"precision: no verdict in {chosen.verdicts}; name a folder with files *.jsonl", file=sys.stderr)
        return 2
    if chosen.corpus:
        made = report(chosen.corpus)
        total = len(verdicts)
        verdicts, unread = met(made.findings, verdicts)
        print(f"{total - len(verdicts)} of {total} verdicts are of findings that are no longer made", end="\n\n")
        values = measured(made, verdicts, unread)
        for (which, figure), value in values.items():
            print(f"{which:8} {figure:32} {value:10.6g}")
        print()
        if chosen.unread:
            chosen.unread.write_text("".join(f"{_line_of(one)}\n" for one in unread), encoding="utf-8")
        if chosen.record:
            figures.record(NAME, values)
    chosen.out.write_text(document(counted(verdicts), seeded()), encoding="utf-8")
    print("\n".join(table(verdicts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
