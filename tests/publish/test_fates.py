import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.publish.fates import moved_units
from incidentmap.publish.level import Level, known_level

UNITS = st.sampled_from([f"{country}{first}{second}" for country in ("ML", "NE") for first in ("", "/a", "/b")
                         for second in ("", "/x", "/y") if first or not second])


@given(st.dictionaries(UNITS, st.integers(1, 9)), st.integers(1, 6))
def test_no_unit_is_told_of_too_few(counts: dict[str, int], least: int) -> None:
    moved = moved_units(counts, least)
    told: dict[str, int] = {}
    for unit, count in counts.items():
        shown = moved.get(unit, unit)
        if shown is not None:
            assert unit == shown or unit.startswith(f"{shown}/")
            told[shown] = told.get(shown, 0) + count
    assert all(count >= least for count in told.values())


@pytest.mark.parametrize(("counts", "shown"), [
    ({"ML/a/x": 3, "ML/a/y": 3}, {}),
    ({"ML/a/x": 3, "ML/a/y": 2, "ML/b": 9}, {"ML/a/y": None, "ML/a": None, "ML": None}),
    ({"ML/a/x": 2, "ML/a/y": 2}, {"ML/a/x": "ML/a", "ML/a/y": "ML/a"}),
    ({"ML/a/x": 1, "ML/b": 2}, {"ML/a/x": "ML", "ML/a": "ML", "ML/b": "ML"}),
])
def test_few_go_up_until_they_are_enough(counts: dict[str, int], shown: dict[str, str | None]) -> None:
    assert moved_units(counts, 3) == shown


@pytest.mark.parametrize(("known", "level"), [
    ((1, 1, None), Level.EXACT), ((None, None, None), Level.EXACT), ((3, 1, None), Level.ADMIN2),
    ((4, None, None), Level.ADMIN1),
    ((None, 3, None), Level.ADMIN1), ((6, 3, None), Level.COUNTRY), ((1, 1, "ML/mopti"), Level.ADMIN1),
    ((1, 1, "ML/mopti/djenne"), Level.ADMIN2), ((1, 1, "ML"), Level.COUNTRY), ((7, None, None), Level.NOWHERE),
])
def test_nothing_is_told_finer_than_it_is_known(known: tuple[int | None, int | None, str | None], level: Level) -> None:
    assert known_level(*known) is level
