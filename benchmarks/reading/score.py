"""Counting: precision, recall and F1, shares, and what was gained or lost against a saved result."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Figures = Mapping[str, float]
"""Figures by name, all between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were found right, found at all, and there to be found."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of those found that are right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of those there that were found; 1 where there was nothing."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def total(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Sums by name, in the order in which names first come."""
    sums: dict[str, Tally] = {}
    for one in tallies:
        for name, tally in one.items():
            sums[name] = sums.get(name, Tally()) + tally
    return sums


def weighted_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """F1 of each label, weighted by how often it is wanted.

    Parameters
    ----------
    pairs
        Wanted and found label of each case.
    """
    labels = {wanted for wanted, _ in pairs}
    return sum(_of(label, pairs).f1 * sum(wanted == label for wanted, _ in pairs) for label in labels) / max(1, len(pairs))


def _of(label: str, pairs: Sequence[tuple[str, str]]) -> Tally:
    return total({"": Tally(label == wanted == found, label == found, label == wanted)} for wanted, found in pairs)[""]


def held_back(text: str) -> bool:
    """Whether a text belongs to the half that nothing is tuned on: by its hash, so that it stays there for good."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def print_tallies(title: str, tallies: Mapping[str, Tally]) -> None:
    """A table of tallies."""
    print(f"{title:<24} {'precision':>9} {'recall':>7} {'F1':>6}   right / found / there")
    for name, tally in tallies.items():
        print(f"  {name:<22} {tally.precision:>9.3f} {tally.recall:>7.3f} {tally.f1:>6.3f}   "
              f"{tally.right} / {tally.found} / {tally.wanted}")


def print_changes(new: Figures, old: Figures) -> None:
    """Every figure that differs from a saved one, gains first; what is not in both is named."""
    changes = sorted(((new[name] - old[name], name) for name in new.keys() & old.keys()), reverse=True)
    moved = [(change, name) for change, name in changes if abs(change) >= 0.0005]
    for change, name in moved:
        print(f"  {'gain' if change > 0 else 'loss'} {change:+.3f}  {name}: {old[name]:.3f} -> {new[name]:.3f}")
    print(f"  {len(changes) - len(moved)} figures as before")
    for name in sorted(new.keys() ^ old.keys()):
        print(f"  only {'now' if name in new else 'in the saved result'}: {name}")


def load(path: Path) -> Figures:
    """A saved result."""
    figures: dict[str, float] = json.loads(path.read_text("utf-8"))
    return figures


def save(path: Path, figures: Figures) -> None:
    """Save a result for the next release to be held against."""
    rounded = {name: round(value, 4) for name, value in figures.items()}
    path.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", "utf-8")
