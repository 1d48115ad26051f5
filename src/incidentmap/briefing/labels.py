"""Names on the picture, so placed that none covers another or a symbol, and rivers are crossed as little as can be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

_OUT_OF_FRAME = 10_000.0
_COVERS = 400.0
_CROSSES = 2.0
_RANK = 0.5
"""Costs of a label's position: leaving the frame, covering a thing, each point of a line under it, its place in the list."""


@dataclass
class Room:
    """The free room of a frame, in pixels; it fills up as labels are placed."""

    frame: Bbox
    lines: NDArray[np.float64]
    """Points (n, 2) along lines that labels should not cross."""
    taken: list[Bbox] = field(default_factory=list)

    def take(self, box: Bbox) -> None:
        """Keep labels off a box."""
        self.taken.append(box)

    def best(self, boxes: Sequence[Bbox], *, must: bool) -> int | None:
        """Number of the best of some boxes, which is then taken; None if each covers something and none must be drawn."""
        costs = [self._cost(box) + _RANK * number for number, box in enumerate(boxes)]
        if not costs or (min(costs) >= _COVERS and not must):
            return None
        number = int(np.argmin(costs))
        self.take(boxes[number])
        return number

    def _cost(self, box: Bbox) -> float:
        inside = self.frame.x0 <= box.x0 and box.x1 <= self.frame.x1 and self.frame.y0 <= box.y0 and box.y1 <= self.frame.y1
        covered = sum(1 for other in self.taken if box.overlaps(other))
        x, y = self.lines[:, 0], self.lines[:, 1]
        crossed = int(((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)).sum())
        return (0.0 if inside else _OUT_OF_FRAME) + _COVERS * covered + _CROSSES * crossed


def around(x: float, y: float, width: float, height: float, gap: float) -> tuple[Bbox, ...]:
    """Boxes of a size beside a point: right, left, above, below, then the corners."""
    across, along = (gap, -gap - width), (gap, -gap - height)
    middle_x, middle_y = -width / 2, -height / 2
    near = gap * 0.6
    offsets = [
        (across[0], middle_y), (across[1], middle_y), (middle_x, along[0]), (middle_x, along[1]),
        (near, near), (near, -near - height), (-near - width, near), (-near - width, -near - height),
        (across[0], near), (across[0], -near - height), (across[1], near), (across[1], -near - height),
    ]
    return tuple(Bbox.from_bounds(x + dx, y + dy, width, height) for dx, dy in offsets)


def along_lines(lines: Iterable[Any], axes: Any, step_px: float = 4.0) -> NDArray[np.float64]:
    """Points in pixels, some `step_px` apart, along shapely lines in the coordinates of the axes."""
    found = [np.empty((0, 2))]
    for line in lines:
        for part in getattr(line, "geoms", [line]):
            corners = axes.transData.transform(np.asarray(part.coords)[:, :2])
            lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
            steps = np.arange(0.0, lengths[-1], step_px)
            found.append(np.column_stack([np.interp(steps, lengths, corners[:, k]) for k in (0, 1)]))
    return np.concatenate(found)
