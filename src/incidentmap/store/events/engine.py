"""DuckDB as a workshop: sorts and joins of any size in bounded memory, in a folder that is thrown away afterwards."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from incidentmap.model import Stopped, UnwritablePlace

Cancelled = Callable[[], bool]
T = TypeVar("T")
_POLL_S = 0.2
_BATCH = 32_768
_AT_ONCE = 1
"""Statements that run at once. Two share the memory, and no gain in time could be shown for them."""
_LIMITS = {"threads": 2, "autoinstall_known_extensions": False, "autoload_known_extensions": False}


class Engine:
    """A database in memory that is gone when it is closed. Each statement can be cancelled while it runs."""

    def __init__(self, database: duckdb.DuckDBPyConnection, cancelled: Cancelled) -> None:
        self._database = database
        self._cancelled = cancelled
        self._worker = ThreadPoolExecutor(1)

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; how many rows it wrote, where it wrote some.

        Raises
        ------
        Stopped
            If the person cancelled meanwhile.
        """
        return self._run(lambda: _written(self._database, sql, *values))

    def run_all(self, statements: Sequence[str]) -> Iterator[int]:
        """Run statements that do not depend on each other, some at once; how many rows each wrote, in order."""
        cursors = [self._database.cursor() for _ in statements]
        with ThreadPoolExecutor(_AT_ONCE) as workers:
            running = [workers.submit(_written, cursor, sql) for cursor, sql in zip(cursors, statements, strict=True)]
            try:
                for each in running:
                    yield self._finished(each)
            except BaseException:
                begun = [cursor for each, cursor in zip(running, cursors, strict=True) if not each.cancel()]
                while wait(running, _POLL_S / 10).not_done:  # one may only just be beginning, and not hear it yet
                    for cursor in begun:
                        cursor.interrupt()
                raise
            finally:
                wait(running)
                for cursor in cursors:
                    cursor.close()

    def table(self, sql: str) -> pa.Table:
        """The answer to a query."""
        return self._run(lambda: self._database.sql(sql).to_arrow_table())

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """The answer to a query, bit by bit."""
        yield from self._database.sql(sql).to_arrow_reader(_BATCH)

    def keep(self, name: str, table: pa.Table) -> None:
        """Make a table of the database from one of Arrow's."""
        self._database.register("given", table)
        self._database.execute(f"CREATE OR REPLACE TABLE {name} AS FROM given")
        self._database.unregister("given")

    def close(self) -> None:
        """End the worker and the database."""
        self._worker.shutdown()
        self._database.close()

    def _run(self, statement: Callable[[], T]) -> T:
        running = self._worker.submit(statement)
        try:
            return self._finished(running)
        except BaseException:
            self._database.interrupt()
            wait([running])
            raise

    def _finished(self, running: Future[T]) -> T:
        while not wait([running], _POLL_S).done:
            stop_if(self._cancelled)
        return running.result()


def _written(database: duckdb.DuckDBPyConnection, sql: str, *values: object) -> int:
    row = database.execute(sql, list(values)).fetchone()
    return int(row[0]) if row and isinstance(row[0], int) else 0


def stop_if(cancelled: Cancelled) -> None:
    """Stop if the person cancelled.

    Raises
    ------
    Stopped
        Then.
    """
    if cancelled():
        raise Stopped("The import was cancelled; nothing was changed.")


@contextmanager
def engine(folder: Path, memory: str, cancelled: Cancelled) -> Iterator[Engine]:
    """A workshop that keeps what its memory cannot hold in a folder.

    Raises
    ------
    UnwritablePlace
        If neither the memory nor the disk has room.
    """
    database = duckdb.connect(config={**_LIMITS, "memory_limit": memory})
    database.execute("SET enable_progress_bar = false")
    database.execute("SET GLOBAL enable_geoparquet_conversion = false")  # points stay the bytes that they are
    database.execute(f"SET temp_directory = {quoted(folder / 'spill')}")
    workshop = Engine(database, cancelled)
    try:
        yield workshop
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise UnwritablePlace(f"{folder.parent}: no room to sort the rows ({error}). Free some of the disk.") from error
    finally:
        workshop.close()


def quoted(text: Path | str) -> str:
    """A text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def files_sql(paths: Sequence[Path]) -> str:
    """The rows of Parquet files, as what stands after FROM."""
    return f"read_parquet([{', '.join(map(quoted, paths))}], union_by_name = true)"
