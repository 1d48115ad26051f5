"""Casualties of a batch: low, best and high of each kind, null where nothing is said."""

from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.tables.cells_read import Cells, flags, given
from incidentmap.tables.distinct import distinct
from incidentmap.tables.figures_in import Figure, read_figure
from incidentmap.tables.verdicts import Notebook

KINDS = ("killed", "civilians_killed", "wounded")
Bound = Literal["low", "best", "high"]
BOUNDS: tuple[Bound, ...] = ("low", "best", "high")
_MOST = 2**31 - 1


def check_figures(cells: Cells, notebook: Notebook) -> dict[str, pa.Array]:
    """The columns of figures; noted are cells that are no figure, those read with a doubt, and bounds in the wrong order."""
    columns: dict[str, pa.Array] = {}
    for kind in KINDS:
        told = _kind(cells, kind, notebook)
        if told:
            _order(cells, kind, told, notebook)
            columns |= {f"{kind}_{bound}": column for bound, column in told.items()}
    return columns


def _kind(cells: Cells, kind: str, notebook: Notebook) -> dict[Bound, pa.Array]:
    told: dict[Bound, pa.Array] = _bounds(cells, kind, notebook) if kind in cells else {}
    for bound in BOUNDS:
        field = f"{kind}_{bound}"
        if field in cells:
            own = _one(cells, field, bound, notebook)
            told[bound] = pc.coalesce(own, told[bound]) if bound in told else own
    return told


def _bounds(cells: Cells, field: str, notebook: Notebook) -> dict[Bound, pa.Array]:
    """All that one cell says: "10-15" has two bounds and no best."""
    column = cells.column(field)
    plain = _plain(column)
    if plain is not None:
        return {"best": plain}
    read = _read(cells, field, notebook)
    return {bound: read[bound] for bound in BOUNDS}


def _one(cells: Cells, field: str, bound: Bound, notebook: Notebook) -> pa.Array:
    plain = _plain(cells.column(field))
    if plain is not None:
        return plain
    read = _read(cells, field, notebook)
    others = [read[bound], *(read[other] for other in BOUNDS if other != bound)]
    return pc.coalesce(*others)


def _plain(column: pa.Array) -> pa.Array | None:
    """The column as whole numbers if that is all it holds: 12, and 12.0 as programs write it."""
    try:
        numbers = column.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    values = numbers.drop_null().to_numpy()
    if not (np.isfinite(values) & (values >= 0) & (values <= _MOST) & (values == np.floor(values))).all():
        return None
    return numbers.cast(pa.int32())


def _read(cells: Cells, field: str, notebook: Notebook) -> dict[Bound, pa.Array]:
    column, name = cells.column(field), cells.name(field)
    read = distinct(column, read_figure, Figure())
    for rule in sorted({figure.rule for figure in read.values if figure.rule}):
        notebook.add(rule, read.spread(lambda figure, rule=rule: figure.rule == rule, bool), name, column)  # type: ignore[misc]
    told = {bound: pa.array([getattr(figure, bound) for figure in read.values], pa.int32()) for bound in BOUNDS}
    return {bound: column.take(pa.array(read.at)) for bound, column in told.items()}


def _order(cells: Cells, kind: str, told: dict[Bound, pa.Array], notebook: Notebook) -> None:
    """Warn where low <= best <= high does not hold; UCDP's does not for events that are unclear."""
    wrong = np.zeros(notebook.rows, bool)
    for lower, upper in (("low", "best"), ("best", "high"), ("low", "high")):
        if lower in told and upper in told:
            wrong |= flags(pc.greater(told[lower], told[upper]))
    if wrong.any():
        texts = [pc.fill_null(column.cast(pa.string()), "?") for column in told.values()]
        field = next(field for field in (f"{kind}_best", f"{kind}_low", f"{kind}_high", kind) if field in cells)
        notebook.add("figures_order", wrong, cells.name(field), pc.binary_join_element_wise(*texts, " / "))


def check_codes(cells: Cells, ranges: dict[str, tuple[int, int]], notebook: Notebook) -> dict[str, pa.Array]:
    """Codes of one digit: read, and refused where the codebook has no such code."""
    columns = {}
    for field, (lowest, highest) in ranges.items():
        if field not in cells:
            continue
        column = cells.column(field)
        read = distinct(column, _code, None)
        numbers = read.spread(lambda code: -1 if code is None else code, np.int16)
        allowed = (numbers >= lowest) & (numbers <= highest)
        told = given(column)
        span = pa.repeat(pa.scalar(f"{lowest}-{highest}"), notebook.rows)
        notebook.add("code_range", told & ~allowed, cells.name(field), column, span)
        columns[field] = pa.array(np.where(allowed, numbers, 0).astype(np.int8), mask=~(told & allowed))
    return columns


def _code(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() and 0 <= number < 100 else None
