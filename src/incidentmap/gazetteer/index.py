"""The compiled gazetteer: an SQLite file in the cache folder, made again whenever a source or the code that makes it changes.

The file is named after a hash of all it was made from, written beside its place, forced to the disk and renamed, so that a
reader never meets half a file and an interrupted build changes nothing. At opening its seal and size are looked at; the whole
of it is read by `incidentmap gazetteer check` alone. Where the folder cannot be written, the same tables live in memory.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from incidentmap.gazetteer.compile import Progress, fill, silent
from incidentmap.gazetteer.layers.record import record_text
from incidentmap.gazetteer.layers.shelf import Layer
from incidentmap.gazetteer.settings import ranking

_PARTS = ("gazetteer/*.csv", "regions/*.geojson", "boundaries/*.geojson")
_CODE = (
    "compile.py", "entry.py", "index.py", "interest.py", "kinds.py", "names.py", "polygons.py", "sources.py", "surroundings.py",
    "layers/rows.py",
)
"""What makes the compiled file. Ranking and reading of texts do not: tuning them costs no new compilation."""
_KEPT_DAYS, _UNFINISHED_DAYS = 30, 1
_DAY_S = 24 * 3600


def open_index(
    ground: Path, cache: Path, layers: Sequence[Layer] = (), progress: Progress = silent, *, anew: bool = False,
) -> sqlite3.Connection:
    """A connection to the compiled gazetteer of a copy of `geo/` and some layers, for reading from any thread (one at a time).

    The layers come in their order of precedence, as :func:`incidentmap.gazetteer.layers.layers_of` gives them; with `anew` it
    is compiled even if the file is there and looks whole.

    Raises
    ------
    MissingGround, BadValue
        If the gazetteer must be compiled and a source file is missing or cannot be read.
    """
    digest = content_hash(ground, layers)
    path = index_path(cache, digest)
    opened = None if anew else _open(path, digest)
    return opened or _write(ground, path, digest, layers, progress) or _in_memory(ground, digest, layers, progress)


def index_path(cache: Path, digest: str) -> Path:
    """Where the compiled file of a content hash stands."""
    return cache / f"gazetteer-{digest[:16]}.sqlite"


def content_hash(ground: Path, layers: Sequence[Layer] = ()) -> str:
    """SHA-256 over all that the compiled gazetteer is made from: ground, layer records (not their data), code, settings."""
    whole = hashlib.sha256(json.dumps(dict(ranking().radius_km), sort_keys=True).encode())
    code = (Path(__file__).parent / name for name in _CODE)
    for path in (*_ground_files(ground), *code):
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    for layer in layers:
        whole.update(record_text(layer.record).encode())
    return whole.hexdigest()


def _ground_files(ground: Path) -> Iterator[Path]:
    for part in _PARTS:
        yield from sorted(ground.glob(part))


def _open(path: Path, digest: str) -> sqlite3.Connection | None:
    """The cached file if it is of its size and made from the same content, else None."""
    if not _has_its_size(path):
        return None
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=256,
        )
    except sqlite3.Error:
        return None
    try:
        fits = connection.execute("SELECT hash FROM made_from").fetchone() == (digest,)
    except sqlite3.DatabaseError:
        fits = False
    if fits:
        _mark_used(path)
        return connection
    connection.close()
    return None


def _has_its_size(path: Path) -> bool:
    """Whether a file is as long as its own header says (sqlite.org/fileformat.html, 1.3.2 and 1.3.7)."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError:
        return False
    page = int.from_bytes(head[16:18], "big")
    return len(head) == 100 and size == int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)


def _mark_used(path: Path) -> None:
    """Set the time of the last use, by which old files are told from those in use; the time of writing stays."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _write(ground: Path, path: Path, digest: str, layers: Sequence[Layer], progress: Progress) -> sqlite3.Connection | None:
    """Compile into a new file beside `path` and rename it there; None where the folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix="gazetteer-", suffix=".part", dir=path.parent)
    except OSError:
        return None
    try:
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # nothing to roll back: a file that fails is thrown away
            connection.execute("PRAGMA synchronous = OFF")
            fill(connection, ground, digest, layers, progress)
        os.fsync(handle)
        Path(fresh).replace(path)
    except (OSError, sqlite3.OperationalError):
        return None
    finally:
        os.close(handle)
        Path(fresh).unlink(missing_ok=True)
    _remove_old(path)
    return _open(path, digest)


def _in_memory(ground: Path, digest: str, layers: Sequence[Layer], progress: Progress) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    fill(connection, ground, digest, layers, progress)
    return connection


def _remove_old(new: Path) -> None:
    """Remove compiled files that nobody has opened for a month, and what interrupted builds left behind."""
    for pattern, days in (("gazetteer-*.sqlite", _KEPT_DAYS), ("gazetteer-*.part", _UNFINISHED_DAYS)):
        for path in new.parent.glob(pattern):
            with suppress(OSError):
                used = max(path.stat().st_atime, path.stat().st_mtime)
                if path != new and time.time() - used > days * _DAY_S:
                    path.unlink()
