import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from incidentmap.store import migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


def state(connection: sqlite3.Connection) -> tuple[int, int, set[str]]:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    version, owner = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id"))
    return version, owner, tables


def test_all_steps_make_the_newest_version(connection: sqlite3.Connection) -> None:
    migrate.migrate(connection, 7)
    version, owner, tables = state(connection)
    assert (version, owner) == (migrate.newest(), 7)
    assert {"reports", "incidents", "claims", "actor_roles", "report_claims", "mentions", "settings"} <= tables


def test_a_second_time_does_nothing(connection: sqlite3.Connection) -> None:
    migrate.migrate(connection, 7)
    connection.execute("INSERT INTO settings VALUES ('region', 'kidal')")
    migrate.migrate(connection, 7)
    assert connection.execute("SELECT value FROM settings").fetchone() == ("kidal",)


def test_a_location_of_the_first_version_gets_its_position(connection: sqlite3.Connection) -> None:
    first, second = migrate.steps()[:2]
    connection.executescript(first)
    connection.execute("PRAGMA foreign_keys = OFF")
    row = "VALUES (?, 0, 1, 'x', 'in', 'p', 'x', ?, ?, ?, 1.0, '', 1, 1, 'ML', '', '', 0, 1.0, '[]', '[]')"
    connection.execute(f"INSERT INTO locations {row}", ("point", -3.5, 16.5, "[]"))
    connection.execute(f"INSERT INTO locations {row}", ("axis", 0.0, 16.0, "[[0.0, 16.0], [1.0, 15.0]]"))
    connection.executescript(second)
    kept = connection.execute("SELECT incident, lon, lat, anchor_lon, anchor_lat FROM locations ORDER BY incident").fetchall()
    assert kept == [("axis", 0.5, 15.5, 0.0, 16.0), ("point", -3.5, 16.5, -3.5, 16.5)]


def test_a_step_that_fails_leaves_nothing_behind(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE settings (in_the_way TEXT)")  # the last table of the first step
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate.migrate(connection, 7)
    assert state(connection) == (0, 0, {"settings"})
    assert not connection.in_transaction


def test_a_file_gets_the_steps_above_its_version(connection: sqlite3.Connection) -> None:
    for step in migrate.steps()[:5]:
        connection.executescript(step)
    connection.execute("PRAGMA user_version = 5")
    migrate.migrate(connection, 7)
    version, _, tables = state(connection)
    assert (version, "table_imports" in tables) == (migrate.newest(), True)
