"""The steps that make a case file what this program expects: one SQL file each; `PRAGMA user_version` counts those done."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def steps() -> tuple[str, ...]:
    """The SQL of all steps, in order; the n-th makes version n."""
    found = sorted((files("incidentmap.store") / "steps").iterdir(), key=lambda step: step.name)
    return tuple(step.read_text("utf-8") for step in found if step.name.endswith(".sql"))


def migrate(connection: sqlite3.Connection, application_id: int) -> None:
    """Bring a file to the newest version, all steps in one transaction. Of two processes that try, the second finds it done."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        done: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for step in steps()[done:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute(f"PRAGMA user_version = {len(steps())}")
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
