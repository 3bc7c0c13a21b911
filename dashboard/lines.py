"""Queries over many boards at once: what some models claim everywhere, how boards moved, what gains are claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from dashboard.filters import row_filter
from dashboard.ranking import LONG, marks
from dashboard.store import MOST_OPTIONS

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.state import State
    from dashboard.store import Build

EDGES: Final = (0, 0.5, 1, 2, 5, 10, 20, 50, 100)
"""Lower ends of the steps in which claimed gains are counted; the last has no upper end."""

LARGEST: Final = 100
"""Lines of the lists below the charts of records and gains."""

BOARD: Final = "b.benchmark, b.metric, b.lane, b.unit, b.kind, b.higher_is_better"


def models(build: Build, kind: str) -> pd.DataFrame:
    """Systems with the number of boards of this kind that they stand on: columns model, boards; at most 500."""
    return build.fact(
        """
        SELECT model, boards, papers FROM systems WHERE kind = ?
        ORDER BY boards DESC, papers DESC, lower(model), model LIMIT ?
        """,
        [kind, MOST_OPTIONS],
    )


def meetings(build: Build, kind: str) -> list[str]:
    """Two to four systems that meet on a board of this kind, for a first look: those of the board with most names."""
    frame = build.fact("SELECT one, other FROM meetings WHERE kind = ? ORDER BY shared DESC, one, other", [kind])
    names: list[str] = []
    for pair in zip(frame["one"], frame["other"], strict=True):
        new = [name for name in pair if name not in names]
        if len(names) + len(new) <= 4:  # both of a pair or none: one alone would meet nobody
            names += new
    return names


def claims_of_models(build: Build, state: State) -> pd.DataFrame:
    """The lines of the address's models on all boards of its kind that pass the filters, each board's best first.

    Columns: those of `board_rows` but `ranking.LONG`, benchmark, metric, lane, unit, kind, higher_is_better, flag.
    """
    where, parameters = row_filter(state, words=False)
    return build.frame(
        f"""
        SELECT r.* EXCLUDE (lane, {LONG}), {BOARD}
        FROM board_rows r JOIN boards b USING (board_no)
        WHERE b.kind = ? AND r.model IN (SELECT unnest(?)) AND {where}
        ORDER BY r.board_id, r.rank NULLS LAST,
                 CASE WHEN b.higher_is_better THEN -r.score ELSE r.score END, r.date, r.claim_id
        """,  # noqa: S608 - constants only, values are bound
        [state.kind, list(state.model), *parameters],
    )


def with_evidence(build: Build, found: pd.DataFrame) -> pd.DataFrame:
    """These lines with the sentences they were read from, for a download: a page can do without."""
    words = build.frame(
        "SELECT DISTINCT claim_id, evidence FROM board_rows WHERE claim_id IN (SELECT unnest(?))",
        [list(found["claim_id"])],
    )
    return found.assign(evidence=found["claim_id"].map(dict(zip(words["claim_id"], words["evidence"], strict=True))))


def boards_to_follow(build: Build, kind: str) -> pd.DataFrame:
    """The boards of a kind whose best moved at least once, the longest story first, at most 500: columns of `boards`.

    A board without a known better direction has no best and is left out.
    """
    return build.fact(
        """
        SELECT b.*, f.steps FROM boards b JOIN (
            SELECT board_id, count(*) AS steps FROM board_rows WHERE is_frontier AND score IS NOT NULL GROUP BY board_id
        ) f USING (board_id)
        WHERE b.kind = ? AND b.higher_is_better IS NOT NULL
        ORDER BY f.steps DESC, b.n_papers DESC, lower(b.benchmark), b.metric, b.lane, b.unit LIMIT ?
        """,
        [kind, MOST_OPTIONS],
    )


def boards_with_sizes(build: Build, kind: str) -> pd.DataFrame:
    """The boards of a kind with two or more claims of stated model size, most first, at most 500: as `boards`."""
    return build.fact(
        """
        SELECT b.*, f.steps FROM boards b JOIN (
            SELECT board_id, count(*) AS steps FROM board_rows
            WHERE subject_parameters > 0 AND score IS NOT NULL GROUP BY board_id HAVING count(*) > 1
        ) f USING (board_id)
        WHERE b.kind = ? ORDER BY f.steps DESC, b.n_papers DESC, lower(b.benchmark), b.metric, b.lane, b.unit LIMIT ?
        """,
        [kind, MOST_OPTIONS],
    )


def rows_of_boards(build: Build, board_ids: tuple[str, ...], state: State) -> pd.DataFrame:
    """The lines of some boards that pass the filters, with the boards' names; as `claims_of_models`."""
    where, parameters = row_filter(state, words=False)
    return build.frame(
        f"""
        SELECT r.* EXCLUDE (lane), {BOARD}
        FROM board_rows r JOIN boards b USING (board_no) WHERE list_contains(?, b.board_id) AND {where}
        ORDER BY r.board_id, r.date, r.claim_id
        """,  # noqa: S608 - constants only, values are bound
        [list(board_ids), *parameters],
    )


def marks_of_boards(
    build: Build, board_ids: tuple[str, ...], state: State, across: Literal["time", "size"], most: int
) -> pd.DataFrame:
    """What charts of some boards show: of each at most its share of `most` lines, its frontier first.

    As `ranking.marks`, with the boards' names; in the order of `board_ids`.
    """
    import pandas as pd  # noqa: PLC0415 - Streamlit has loaded it by now

    share = most // max(1, len(board_ids))
    pieces = [marks(build, [board], state, across, share) for board in board_ids]
    names = build.frame(
        "SELECT board_id, benchmark, metric, lane, unit, kind, higher_is_better FROM boards "
        "WHERE list_contains(?, board_id)",
        [list(board_ids)],
    )
    found = [piece for piece in pieces if len(piece)] or pieces[:1]
    return (pd.concat(found, ignore_index=True) if found else marks(build, [], state, across, 0)).merge(
        names, on="board_id"
    )


def records(build: Build, state: State) -> pd.DataFrame:
    """Claims that beat the best one before them on their board, newest first, at most 100.

    Columns: claim_id, board_id, benchmark, metric, lane, unit, kind, higher_is_better, model, printed, bound, previous
    (the claim beaten, as printed), corrected, date, title, url. The first claim of a board beats nothing and is not
    counted.
    """
    query, parameters = _records(state)
    return build.frame(f"{query} ORDER BY date DESC, benchmark, claim_id LIMIT ?", [*parameters, LARGEST])


def records_by_year(build: Build, state: State) -> pd.DataFrame:
    """How often a best claim was beaten in each year, and on how many boards: columns year, records, boards."""
    query, parameters = _records(state)
    return build.frame(
        f"SELECT left(date, 4) AS year, count(*) AS records, count(DISTINCT board_id) AS boards FROM ({query}) "  # noqa: S608
        "GROUP BY year ORDER BY year",
        parameters,
    )


def _records(state: State) -> tuple[str, list[object]]:
    where, parameters = row_filter(state, words=False)
    query = f"""
        WITH steps AS (
            SELECT r.claim_id, r.board_id, {BOARD}, r.model, r.printed, r.bound, r.date, r.title, r.url, r.score,
                   r.corrected, r.role, r.confidence, r.flag, r.subject_parameters,
                   lag(r.printed) OVER (PARTITION BY r.board_id ORDER BY r.date, CASE WHEN b.higher_is_better
                       THEN r.score ELSE -r.score END) AS previous
            FROM board_rows r JOIN boards b USING (board_id)
            WHERE b.kind = ? AND b.higher_is_better IS NOT NULL AND r.is_frontier AND r.date IS NOT NULL
              AND r.score IS NOT NULL
        )
        SELECT * FROM steps r WHERE previous IS NOT NULL AND {where}
    """  # noqa: S608 - constants only, values are bound
    return query, [state.kind, *parameters]


FLAGGED: Final = """
    SELECT DISTINCT o.claim_id FROM finding_operands o JOIN findings f USING (fingerprint)
    WHERE f.state = 'fail' AND o.claim_id IS NOT NULL
"""
"""Claims that take part in a finding, also those on no board."""

GAINS: Final = """
    SELECT r.claim_id, abs(r.value) AS gain, r.unit, r.printed, r.metric, r.benchmark, r.subject AS model,
           r.role, r.bound, r.date, r.title, r.url, r.confidence, r.corrected
    FROM (SELECT c.*, c.claim_id IN (FROM flagged) AS flag FROM claims c) r
    WHERE r.kind = 'change' AND list_contains(['percent', 'points'], r.unit)
      AND r.higher_is_better IS NOT NULL AND (r.direction = 'up') = r.higher_is_better AND r.role = 'own'
"""
"""The changes for the better that papers claim for their own systems, in percent or in points."""


def gains(build: Build, state: State) -> pd.DataFrame:
    """The largest claimed gains that pass the filters, at most 100 in each unit: the columns of `GAINS`."""
    where, parameters = row_filter(state, words=False)
    if state.step:
        low, _, unit = state.step.partition("-")
        high = next((float(edge) for edge in EDGES if edge > float(low)), None)
        where += " AND r.unit = ? AND gain >= ? AND (?::DOUBLE IS NULL OR gain < ?)"
        parameters += [unit, float(low), high, high]
    return build.frame(
        f"WITH flagged AS ({FLAGGED}) {GAINS} AND {where} "
        "QUALIFY row_number() OVER (PARTITION BY r.unit ORDER BY gain DESC, r.claim_id) <= ? "
        "ORDER BY r.unit DESC, gain DESC, r.claim_id",
        [*parameters, LARGEST],
    )


def gains_by_size(build: Build, state: State) -> pd.DataFrame:
    """Claimed gains by size: columns unit, low (lower end of the step, of `EDGES`), claims."""
    where, parameters = row_filter(state, words=False)
    return build.frame(
        f"WITH flagged AS ({FLAGGED}), g AS ({GAINS} AND {where}) "  # noqa: S608 - constants only, values are bound
        "SELECT unit, list_max(list_filter(?::DOUBLE[], lambda edge: edge <= gain)) AS low, count(*) AS claims "
        "FROM g GROUP BY ALL ORDER BY ALL",
        [*parameters, list(EDGES)],
    )


def gains_in_all(build: Build, state: State) -> pd.DataFrame:
    """Per unit how many gains are claimed, and their median: columns unit, claims, middle."""
    where, parameters = row_filter(state, words=False)
    return build.frame(
        f"WITH flagged AS ({FLAGGED}), g AS ({GAINS} AND {where}) "  # noqa: S608 - constants only, values are bound
        "SELECT unit, count(*) AS claims, median(gain) AS middle FROM g GROUP BY unit ORDER BY unit DESC",
        parameters,
    )
