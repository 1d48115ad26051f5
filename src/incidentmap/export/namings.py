"""`namings.csv`: what people decided about unknown names of actors, as a file (:mod:`.log_files`)."""

from collections.abc import Iterable
from pathlib import Path

from incidentmap.export.log_files import LogFile
from incidentmap.model import BadValue, Naming
from incidentmap.store import NAMING_COLUMNS, check_namings, naming_of, naming_record

_TODO = "Export it again with: incidentmap names export"
_FILE = LogFile(
    what="namings file", todo=_TODO, columns=NAMING_COLUMNS, whole=frozenset({"number", "undoes", "inter"}),
    may_be_empty=frozenset({"undoes", "inter"}),
)
_OF_NEW = ("actor_name", "inter", "parent", "valid_from", "valid_to")
_DAYS = ("valid_from", "valid_to")


def namings_text(namings: Iterable[Naming]) -> str:
    """The file's text."""
    return _FILE.csv_text(naming_record(each) for each in namings)


def read_namings(path: Path) -> tuple[Naming, ...]:
    """The namings of a file, its chain checked from the first row to the last.

    Raises
    ------
    BadValue
        If the file cannot be read, or a row was damaged, edited, dropped or moved; the message names row, column and value.
        The header is row 1.
    """
    namings = tuple(_naming(_FILE.where(path, number), record) for number, record in enumerate(_FILE.read(path), 1))
    check_namings(namings, name=lambda number: _FILE.where(path, number))
    return namings


def _naming(where: str, record: dict[str, object]) -> Naming:
    """An empty cell of an actor is none at all, but for the parent of one that was added."""
    empty = _DAYS if record["verdict"] == "new" else _OF_NEW
    filled = next((column for column in _OF_NEW if column in empty and record["verdict"] != "new" and record[column]), None)
    if filled:
        raise BadValue(f"{where}: {filled}", record[filled], f"an empty cell in a row with the verdict {record['verdict']}")
    try:
        return naming_of({column: None if column in empty and not value else value for column, value in record.items()})
    except ValueError as error:
        raise BadValue(where, str(error), "verdicts and days as an export writes them", _TODO) from error
