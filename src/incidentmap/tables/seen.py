"""Which ids and rows a file has shown before, in a few bytes a row."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Rows = NDArray[np.int64]
_NEVER = -1


def hashes(column: pa.Array) -> Hashes:
    """A 64-bit number for each text, always the same; among 30 million texts two share one in one file of 40,000."""
    hashed: Hashes = pd.util.hash_array(column.fill_null("").to_numpy(zero_copy_only=False), categorize=False)
    return hashed


def joined(columns: list[pa.Array]) -> pa.Array:
    """All cells of a row as one text."""
    return pc.binary_join_element_wise(*(pc.fill_null(column, "\x01") for column in columns), "\x1f")


class Seen:
    """Numbers that were shown, each with its first row and, if wanted, a second number: 13 bytes each, or 20.

    Parameters
    ----------
    seconds
        Whether second numbers are kept; else those that come back mean nothing.
    """

    def __init__(self, *, seconds: bool) -> None:
        self._levels: list[tuple[Hashes, NDArray[np.uint32], NDArray[np.unsignedinteger]]] = []
        self._wide = seconds

    def show(self, keys: Hashes, rows: Rows, seconds: Hashes) -> tuple[Rows, Hashes]:
        """Show the keys of a batch.

        Parameters
        ----------
        keys
            One number for each row.
        rows
            Their numbers in the file.
        seconds
            Another number for each, given back with the first row of its key.

        Returns
        -------
        tuple[Rows, Hashes]
            For each row the first row with its key, before it in the file, and that row's second number; -1 if it is the first.
        """
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        fresh = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(keys) else np.zeros(0, bool)
        heads = order[fresh]
        head_of = np.cumsum(fresh) - 1
        first, second = self._before(ordered[fresh])
        own = first == _NEVER
        first_rows, first_seconds = np.where(own, rows[heads], first), np.where(own, seconds[heads], second)
        shown, told = np.empty(len(keys), np.int64), np.empty(len(keys), np.uint64)
        shown[order], told[order] = first_rows[head_of], first_seconds[head_of]
        shown[heads[own]] = _NEVER
        self._keep(ordered[fresh][own], rows[heads[own]], seconds[heads[own]])
        return shown, told

    def _before(self, keys: Hashes) -> tuple[Rows, Hashes]:
        first, second = np.full(len(keys), _NEVER, np.int64), np.zeros(len(keys), np.uint64)
        for known, rows, seconds in self._levels:
            at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            hit = known[at] == keys
            first[hit], second[hit] = rows[at[hit]], seconds[at[hit]]
        return first, second

    def _keep(self, keys: Hashes, rows: Rows, seconds: Hashes) -> None:
        """Add a sorted level; levels of like size are merged, so that there are few."""
        if not len(keys):
            return
        kept = seconds.astype(np.uint64) if self._wide else np.zeros(len(keys), np.uint8)
        self._levels.append((keys, rows.astype(np.uint32), kept))
        while len(self._levels) > 1 and len(self._levels[-2][0]) < 2 * len(self._levels[-1][0]):
            one, other = self._levels.pop(), self._levels.pop()
            keys = np.concatenate((one[0], other[0]))
            order = np.argsort(keys, kind="stable")
            merged_rows, merged_seconds = np.concatenate((one[1], other[1])), np.concatenate((one[2], other[2]))
            self._levels.append((keys[order], merged_rows[order], merged_seconds[order]))
