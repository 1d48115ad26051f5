from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from incidentmap.model import Decision, NameAsked, Place, PlaceKind, Position, Verdict

Draft = Callable[..., Decision]


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by a minute each time it is asked."""
    times = [datetime(2026, 11, 22, 19, 0, tzinfo=UTC)]

    def tell() -> datetime:
        times[0] += timedelta(minutes=1)
        return times[0]

    return tell


@pytest.fixture
def draft() -> Draft:
    """Make a decision that nobody has sealed yet."""
    place = Place("curated:bamba", "Bamba", PlaceKind.TOWN, Position(-1, 17.03), 5, "ML", "Gao", "Bourem", None, "curated")

    def make(verdict: Verdict = Verdict.PICK, name: str = "Bamba", undoes: int | None = None, who: str = "anna",
             why: str = "") -> Decision:
        chosen = place if verdict in {Verdict.PICK, Verdict.OVERRIDE} else None
        return Decision(0, "", who, verdict, NameAsked(name), chosen, ("curated:bamba",), undoes, why, "0a1b", "", "")

    return make
