"""Actors of table rows by their names: the id in the registry where exactly one actor has the name, else none.

A name is an alias of any language, or UCDP's own; of ACLED's two-part names ("JNIM: Group for Support of Islam and Muslims")
and of those with their years ("Military Forces of Mali (2021-)") the parts and the bare name are tried too. Nothing is guessed:
a name that several actors share stays a name, as do all that nobody knows.
"""

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.model import name_key
from incidentmap.registry import Registry

_SIDES = (("actor1", "actor1_id"), ("actor2", "actor2_id"))
_YEARS = re.compile(r"\s*\([^()]*\)\s*$")


class ActorNames:
    """The actors of a registry by the names that tables give them."""

    def __init__(self, registry: Registry) -> None:
        found: dict[str, set[str]] = {}
        for actor in registry.actors.values():
            told = [name for _, name in (*actor.names, *actor.aliases)] + ([actor.ucdp[1]] if actor.ucdp else [])
            for name in told:
                found.setdefault(name_key(name), set()).add(actor.id)
        self._by_name = {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}
        self._known: dict[str, str | None] = {}

    def all_named(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Each batch as :meth:`named` gives it."""
        return map(self.named, batches)

    def named(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Rows of the event schema with ids where they had none and the name is known; ids that a table gives stay."""
        columns = dict(zip(rows.schema.names, rows.columns, strict=True))
        for name, place in _SIDES:
            columns[place] = self._ids(columns[name], columns[place])
        return pa.RecordBatch.from_arrays([columns[each] for each in rows.schema.names], schema=rows.schema)

    def id_of(self, name: str) -> str | None:
        """The id of the one actor of a name, None where there is none or several."""
        if name not in self._known:
            keys = map(name_key, _readings(name))
            self._known[name] = next((self._by_name[key] for key in keys if key in self._by_name), None)
        return self._known[name]

    def _ids(self, names: pa.Array, given: pa.Array) -> pa.Array:
        encoded = names.dictionary_encode()
        ids = pa.array([self.id_of(name) for name in encoded.dictionary.to_pylist()], pa.string())
        found = ids.take(encoded.indices)
        return pc.coalesce(given, found) if given.null_count < len(given) else found


def _readings(name: str) -> Iterator[str]:
    """A name as it stands, without its years, and the parts of a two-part one."""
    yield name
    bare = _YEARS.sub("", name)
    yield bare
    if ":" in bare:
        yield from (part.strip() for part in bare.split(":"))
