"""The records that the steps of the pipeline hand to each other.

All are frozen dataclasses with slots, and every step is a function from records to records. What people write (the
entries of the registries under `data/`) is validated by pydantic and by `registry` when the files are first read.
Offsets are character offsets into the abstract as it stood in the input: `abstract[start:end] == number`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

Kind = Literal["score", "change", "ratio", "size"]
Role = Literal["own", "baseline", "other"]
Direction = Literal["up", "down"]
Bound = Literal["exact", "up_to", "at_least", "about", "average"]
Level = Literal["error", "warning", "note"]
State = Literal["pass", "fail", "review", "not-applicable", "suppressed"]
Origin = Literal["paper", "pipeline"]
Stage = Literal["source", "parse", "correct", "normalise"]
PrintedScale = Literal["fraction", "percent", "raw"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One abstract with what is known of its paper.

    `id` is the input record's own id, or one made from its title; `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`;
    `source` is the file it came from as given on the command line, `record` its place there, counted from 1. `line` and
    `column` are where its abstract begins, counted from 1; 0 where the format does not tell, or where the abstract does
    not stand there character by character.
    """

    id: str
    title: str
    abstract: str
    url: str | None = None
    date: str | None = None
    source: str = ""
    record: int = 0
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that an abstract reports about a system: the fields of the definition of a claim.

    `number` is the expression as printed, `value` (and `value_high` for a range) its meaning with the scale word
    applied, `half_width` half a unit of the last printed digit on the scale of `value`. `metric` and `benchmarks` are
    canonical names where the registry knows them and the printed words where it does not; the `_mention` fields keep
    the printed words. `metric_inferred` says that the abstract names no metric and the benchmark's default stands in.
    `setting` holds the stated conditions in canonical spelling, sorted ("5-shot", "dev split"). `sentence_start` and
    `sentence_end` bound the sentence. `rule` names what fired; `confidence` is the chance that the whole claim is
    right, between 0 and 1. `corrected` tells what a correction changed, from what and why; the parser leaves it empty.
    """

    paper_id: str
    start: int
    end: int
    number: str
    kind: Kind
    value: float
    value_high: float | None
    unit: str
    half_width: float | None
    metric: str | None
    metric_mention: str | None
    metric_inferred: bool
    benchmarks: tuple[str, ...]
    benchmark_mentions: tuple[str, ...]
    subject: str | None
    role: Role
    baseline: str | None
    direction: Direction | None
    bound: Bound
    setting: tuple[str, ...]
    sentence_start: int
    sentence_end: int
    rule: str
    confidence: float
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the claims table: a claim on one benchmark, or on none. The fields are the table's columns, in order.

    `claim_id` is a stable hash of paper, span, kind and benchmark. `score` is the value on the metric's canonical
    scale, null where that is unknown or ambiguous. `printed` is the number as printed, `sentence` the sentence around
    it. `setting` is the stated conditions joined by "; ", null if none is stated. `printed_scale` says how a level was
    printed: as a fraction of the whole, in percent, or as it is; `scale_note` why it has no score, or why its scale
    does not fit the other rows of its board. `corrected` tells what a correction changed, from what and why.
    """

    claim_id: str
    benchmark: str | None
    benchmark_mention: str | None
    metric: str | None
    metric_mention: str | None
    metric_inferred: bool
    kind: Kind
    value: float
    value_high: float | None
    unit: str
    printed: str
    half_width: float | None
    score: float | None
    higher_is_better: bool | None
    subject: str | None
    subject_parameters: float | None
    role: Role
    baseline: str | None
    direction: Direction | None
    bound: Bound
    setting: str | None
    paper_id: str
    title: str
    url: str | None
    date: str | None
    sentence: str
    start: int
    end: int
    rule: str
    confidence: float
    printed_scale: PrintedScale | None = None
    scale_note: str | None = None
    corrected: str | None = None


TABLE_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Result))
"""The columns of the claims table, in order."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that could not be used, kept with its reason so that nothing is lost.

    `stage` says who set it aside: a source (a whole record), the parser, a correction or normalisation (one claim, then
    `start` and `end` give its span). `text` is a short excerpt of what was set aside, at most 200 characters.
    """

    stage: Stage
    source: str
    record: int
    paper_id: str | None
    reason: str
    text: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Operand:
    """A number that took part in a check: where it stands, and the interval that precision and bound allow.

    `bound` is the bound word that the interval honours, which a check may have read again.
    """

    paper_id: str
    start: int
    end: int
    printed: str
    value: float
    low: float
    high: float
    unit: str
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read the relation between operands: its name, the interval computed, whether it meets the other one.

    The other one is `stated`, the interval of a printed number, or `allowed`, a range that holds whatever is printed
    (that of a metric, or what noise explains); both are None where the check keeps neither.
    """

    name: str
    low: float
    high: float
    meets: bool
    stated: tuple[float, float] | None = None
    allowed: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check on one group of claims: a pass as much as a failure.

    `check` is the check's file name; `message` says in one sentence what differs (of numbers, never of people);
    `formula` is the sum that was done, `verify` a line that recomputes it. `reason` explains a state of
    "not-applicable" or "review". `fingerprint` survives re-ingestion and changes when a number changes. `cell` is what
    the first claim measures, on what, under which conditions. `suppressed_by` says who allowed a suppressed finding,
    when and why.
    """

    check: str
    level: Level
    state: State
    origin: Origin
    paper_id: str
    message: str
    operands: tuple[Operand, ...]
    computed: tuple[Reading, ...]
    fingerprint: str
    quote: str = ""
    url: str | None = None
    formula: str = ""
    assumptions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    verify: str = ""
    reason: str = ""
    cell: str = ""
    suppressed_by: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Base of the registry entries: `id` is the key in the file; a field that is unknown there is an error."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric(_Entry):
    """What can be measured.

    `unit` is a unit of `data/units.txt`; `other_units` are units of other dimensions that papers measure it in, too,
    and that are not converted; `low` and `high` bound the canonical scale (null: unbounded), `bound_source` says who
    says so; `direction` is the better way (null: neither); `scales` are the ways it is printed: "fraction"
    (0 to 1), "percent" (0 to 100) or "raw". `aggregation` says what one figure for a test set is: the mean over its
    items, the mean over groups of them (classes, tasks, thresholds), or one sum over the whole corpus, so that figures
    of parts cannot be averaged; a name for several measures varies, and a quantity of a model, a system or a data set
    is no figure for a test set (null: not stated). `counts_items` marks metrics that are a count over test items
    (accuracy, exact match), for which binomial error holds. `family` names the more general metric ("top-5 accuracy"
    is in "accuracy"). `contextual_aliases` are words that mean this metric only with evidence nearby ("AP", "success").
    """

    unit: str = "none"
    other_units: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    bound_source: str = ""
    direction: Direction | None = None
    scales: tuple[Literal["fraction", "percent", "raw"], ...] = ("raw",)
    aggregation: Literal["items", "groups", "corpus", "varies", "not applicable"] | None = None
    counts_items: bool = False
    family: str | None = None
    contextual_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TestItems:
    """How many items a split (of a version) of a benchmark holds, and who says so."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}
    __test__: ClassVar[bool] = False  # not a test class, whatever pytest thinks of its name

    items: int
    split: str = "test"
    version: str = ""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedName:
    """A name that several benchmarks go by, and the words of a text (in lower case) that speak for this one of them."""

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    name: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedName:
    """Names of a benchmark that say more than which one it is: the version, split or subset that `condition` names.

    "SQuAD 1.1" is SQuAD under the condition "version 1.1": in a lane of its own beside that of a bare "SQuAD".
    """

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}

    condition: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Benchmark(_Entry):
    """A data set, benchmark or suite that scores are reported on.

    `metric` is the name of the metric that a bare number on it means (null: none is usual); `same_metrics` are names of
    others that say the same on this benchmark, by its own definition, and make one board with it; `contextual_aliases`
    are names that are also English words, models or metrics and need evidence nearby; `shared` names are no aliases:
    other benchmarks go by them, too; `stated` are the aliases that state a condition beside it. `countable` is false
    where scores are not k of N items. `choices` is the number of answers or classes that every item offers, of which
    one is right; `chance` the score in percent that blind guessing is expected to reach where that is not
    simply 100 / `choices` (items that offer different numbers of answers); `chance_source` says who says so. See
    `chance_level`. `link_source` is who was seen to name the benchmark, or the title of its paper, beside its `link`
    (empty: nobody, the link is from knowledge only).
    """

    area: str = ""
    task: str = ""
    metric: str | None = None
    same_metrics: tuple[str, ...] = ()
    test_items: tuple[TestItems, ...] = ()
    countable: bool = True
    choices: int | None = None
    chance: float | None = None
    chance_source: str = ""
    link: str | None = None
    link_source: str = ""
    released: str | None = None
    contextual_aliases: tuple[str, ...] = ()
    shared: tuple[SharedName, ...] = ()
    stated: tuple[StatedName, ...] = ()

    @property
    def chance_level(self) -> float | None:
        """The accuracy in percent that blind guessing is expected to reach, or None where that is not known."""
        if self.chance is None and self.choices is not None:
            return 100 / self.choices
        return self.chance


@dataclass(frozen=True, slots=True)
class Model(_Entry):
    """A model family with its published sizes.

    `parameters` are total parameter counts of its members, `active` those of its mixture-of-experts members used per
    token.
    """

    parameters: tuple[float, ...] = ()
    active: tuple[float, ...] = ()
    released: str | None = None
    organisation: str = ""
    link: str | None = None
    contextual_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a board: a model's best claim there, within one paper.

    `rank` is the standard competition rank, null for a line that is shown but not ranked; `note` then says why. `tie`
    marks lines that share their rank, `tier` lines within two binomial standard errors of the best (null where the
    number of test items is unknown). `score` is in the board's unit, `printed` the words of the paper. `is_frontier`
    marks lines that were the best reported so far on their date. `rank_low` and `rank_high` bound the ranks that the
    line may have in truth (see `rank`). `lane` is the line's own conditions, which differ on a board that merges lanes.
    `sources` are the claims behind the line, the shown one first.
    """

    rank: int | None
    tie: bool
    tier: bool | None
    claim_id: str
    model: str | None
    score: float | None
    printed: str
    role: Role
    bound: Bound
    paper_id: str
    title: str
    url: str | None
    date: str | None
    evidence: str
    confidence: float
    is_frontier: bool = False
    subject_parameters: float | None = None
    note: str = ""
    rank_low: int | None = None
    rank_high: int | None = None
    lane: str = ""
    sources: tuple[str, ...] = ()
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The results of one kind that can be compared: one benchmark, one metric, one lane, one unit.

    `lane` is the stated conditions joined by "; ", or "unstated". `benchmark` is null only for sizes, which need none.
    A board that merges lanes says so in place of one. `board_id` is a stable hash of what the board compares.
    `printed_scale` is the way in which most of its lines were printed ("fraction", "percent", "raw"), "" where unknown.
    """

    board_id: str
    kind: Kind
    benchmark: str | None
    metric: str | None
    lane: str
    unit: str
    higher_is_better: bool | None
    rows: tuple[Row, ...]
    printed_scale: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One change that a corrections file made to one claim, or an entry of it that changed nothing.

    `source` is the file, `entry` names the entry of it ("fix 2"), `field` what it changed, "claim" for a whole claim
    that was dropped; `parsed` and `corrected` are the values before and after as text. `by` and `date` are those of the
    entry. Where the entry changed nothing, `problem` says why and what to do, and what is not known of `paper_id` and
    the place is empty.
    """

    source: str
    entry: str
    reason: str
    paper_id: str | None = None
    start: int | None = None
    end: int | None = None
    printed: str = ""
    field: str = ""
    parsed: str = ""
    corrected: str = ""
    by: str = ""
    date: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that one build knows: what the exports write and what the database file holds.

    `merged` are boards over all lanes of a benchmark and metric that has several; they are in no count of boards.
    `corrections` lists what corrections changed, and those that change nothing (any more).
    `versions` counts, by the id of the paper that was kept, the other records of the same paper that were read.
    `digest` is the SHA-256 of all of it, so that two builds can be told apart without comparing files.
    """

    version: str
    digest: str
    papers: tuple[Paper, ...]
    results: tuple[Result, ...]
    boards: tuple[Board, ...]
    findings: tuple[Finding, ...]
    rejections: tuple[Rejection, ...]
    versions: tuple[tuple[str, int], ...] = ()
    merged: tuple[Board, ...] = ()
    corrections: tuple[Correction, ...] = ()
