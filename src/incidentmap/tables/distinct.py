"""Functions of one cell, asked once for each distinct cell of a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Distinct(Generic[T]):
    """What a function said about each distinct cell, and where each stands.

    Parameters
    ----------
    values
        One for each distinct cell, in order of appearance; then one for "no cell".
    at
        For each row its place in `values`.
    """

    values: Sequence[T]
    at: NDArray[np.int64]

    def spread(self, tell: Callable[[T], object], kind: type | str) -> NDArray[Any]:
        """A property of the values as an array with one entry for each row."""
        return np.array([tell(value) for value in self.values], kind)[self.at]

    def text(self, tell: Callable[[T], str | None]) -> pa.Array:
        """A text of the values, null where it is None, one for each row."""
        return pa.array([tell(value) for value in self.values], pa.string()).take(pa.array(self.at))


def distinct(column: pa.Array, read: Callable[[str], T], nothing: T) -> Distinct[T]:
    """Ask a function of each distinct cell of a column of strings; `nothing` stands for null."""
    encoded = column.dictionary_encode()
    values = [read(text) for text in encoded.dictionary.to_pylist()]
    at = encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False).astype(np.int64)
    return Distinct([*values, nothing], at)
