import threading
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from incidentmap.model import Stopped
from incidentmap.store.events.engine import engine

_ENDLESS = "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b"


def test_statements_at_once_see_what_is_kept_and_tell_their_rows_in_order(tmp_path: Path) -> None:
    with engine(tmp_path, "100MB", lambda: False) as workshop:
        workshop.keep("numbers", pa.table({"number": list(range(100))}))
        copies = [
            f"COPY (FROM numbers WHERE number < {most}) TO '{tmp_path / f'{most}.parquet'}'"
            for most in range(1, 12)
        ]
        assert list(workshop.run_all(copies)) == list(range(1, 12))
    assert len(list(tmp_path.glob("*.parquet"))) == 11


def test_one_that_fails_ends_the_others(tmp_path: Path) -> None:
    before = threading.active_count()
    with engine(tmp_path, "100MB", lambda: False) as workshop, pytest.raises(duckdb.CatalogException, match="nowhere"):
        list(workshop.run_all(["FROM nowhere", _ENDLESS, _ENDLESS]))
    assert threading.active_count() == before


def test_cancelling_ends_all_that_run(tmp_path: Path) -> None:
    asked = iter([False, True])
    with engine(tmp_path, "100MB", lambda: next(asked, True)) as workshop, pytest.raises(Stopped):
        list(workshop.run_all([_ENDLESS] * 4))
