"""`decisions.csv`: the decision log as a file (:mod:`.log_files`), columns as :data:`incidentmap.store.COLUMNS`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from incidentmap.export.files import write_file
from incidentmap.export.log_files import LogFile
from incidentmap.model import BadValue, Decision, PlaceKind, Verdict
from incidentmap.store import COLUMNS, WITH_PLACE, check_chain, decision_of, record_of

_FILE = LogFile(
    what="decisions file", todo="Export it again with: incidentmap decisions export", columns=COLUMNS,
    whole=frozenset({"number", "population", "undoes"}), decimal=frozenset({"lon", "lat", "radius_km"}),
    may_be_empty=frozenset({"population", "undoes"}), joined=frozenset({"candidates"}),
)
_PLACE = COLUMNS[COLUMNS.index("place_id"):COLUMNS.index("candidates")]


def decisions_text(decisions: Iterable[Decision]) -> str:
    """The file's text."""
    return _FILE.csv_text(map(record_of, decisions))


def write_decisions(decisions: Iterable[Decision], path: Path) -> None:
    """Write the file, whole or not at all. Raises `UnwritablePlace` where it cannot be written."""
    write_file(path, decisions_text(decisions).encode())


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, its chain checked from the first row to the last.

    Raises
    ------
    BadValue
        If the file cannot be read, or a row was damaged, edited, dropped or moved; the message names row, column and value.
        The header is row 1.
    """
    decisions = tuple(_decision(where, row) for where, row in _FILE.rows(path))
    check_chain(decisions, name=lambda number: f"{path}: row {number + 1}")
    return decisions


def _decision(where: str, row: Mapping[str, str]) -> Decision:
    verdict = _one_of(f"{where}: verdict", row["verdict"], [each.value for each in Verdict])
    empty = set() if verdict in WITH_PLACE else set(_PLACE)
    if verdict in WITH_PLACE:
        _one_of(f"{where}: kind", row["kind"], [each.value for each in PlaceKind])
    filled = next((column for column in _PLACE if column in empty and row[column]), None)
    if filled:
        raise BadValue(f"{where}: {filled}", row[filled], f"an empty cell in a row with the verdict {verdict}")
    try:
        return decision_of({column: None if column in empty else _FILE.value(where, column, row[column]) for column in COLUMNS})
    except BadValue as error:
        raise BadValue(f"{where}: lon, lat", f"{row['lon']}, {row['lat']}", f"a position on Earth. {error}") from error


def _one_of(where: str, cell: str, allowed: Sequence[str]) -> str:
    if cell not in allowed:
        raise BadValue(where, cell, f"one of {', '.join(allowed)}")
    return cell
