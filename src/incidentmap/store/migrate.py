"""The steps that make a case file what this program expects: one SQL file each, whose name begins with its number.

`PRAGMA user_version` holds the number of the last one done.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def steps() -> tuple[str, ...]:
    """The SQL of all steps, in order."""
    return tuple(sql for _, sql in _numbered())


@cache
def newest() -> int:
    """The version that all steps make: the number of the last."""
    return _numbered()[-1][0]


@cache
def _numbered() -> tuple[tuple[int, str], ...]:
    found = sorted((files("incidentmap.store") / "steps").iterdir(), key=lambda step: step.name)
    return tuple((int(step.name[:4]), step.read_text("utf-8")) for step in found if step.name.endswith(".sql"))


def migrate(connection: sqlite3.Connection, application_id: int) -> None:
    """Bring a file to the newest version, all steps in one transaction. Of two processes that try, the second finds it done."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        done: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in (sql for number, sql in _numbered() if number > done):
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute(f"PRAGMA user_version = {newest()}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit before it starts."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
