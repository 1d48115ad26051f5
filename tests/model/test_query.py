from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import MOST_CORNERS, BadValue, IncidentQuery, Status

NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True) | st.text("a,;%2C é(-)", min_size=1).map(str.strip).filter(bool)
WORDS = st.lists(NAMES, max_size=3).map(tuple)
QUARTERS = st.integers(-4 * 80, 4 * 80).map(lambda number: number / 4)
CORNERS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
AREAS = st.lists(CORNERS, min_size=3, max_size=MOST_CORNERS).map(lambda corners: tuple(dict.fromkeys(
    (round(lon, 5), round(lat, 5)) for lon, lat in corners))).filter(lambda area: len(area) > 2)


@st.composite
def queries(draw: st.DrawFn) -> IncidentQuery:
    start, end = draw(st.one_of(st.just((None, None)), st.tuples(st.dates(), st.dates()).map(sorted).map(tuple)))
    west, east = sorted((draw(QUARTERS), draw(QUARTERS)))
    south, north = sorted((draw(QUARTERS), draw(QUARTERS)))
    return IncidentQuery(
        start=start, end=end, actors=draw(WORDS), not_actors=draw(WORDS), sources=draw(WORDS),
        event_types=draw(WORDS), region=draw(st.sampled_from([None, "kidal"])),
        bbox=draw(st.sampled_from([None, (west, south, east, north)])),
        area=draw(st.just(()) | AREAS), worst_precision=draw(st.sampled_from([None, 1, 2, 3])),
        statuses=draw(st.lists(st.sampled_from(Status), min_size=1).map(tuple)), text=draw(st.text(max_size=20)),
    )


@given(queries())
def test_a_query_survives_the_url(query: IncidentQuery) -> None:
    assert IncidentQuery.from_params(query.to_params()) == query


def test_equal_questions_are_equal() -> None:
    assert IncidentQuery(actors=("jnim", "fama", "jnim")) == IncidentQuery(actors=("fama", "jnim"))
    assert hash(IncidentQuery(actors=("b", "a"))) == hash(IncidentQuery(actors=("a", "b")))


def test_the_plain_question_needs_no_parameters() -> None:
    assert IncidentQuery().to_params() == {}


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"from": "24/11/2023"}, "2023-11-24"),
        ({"from": "2023-11-25", "to": "2023-11-24"}, "on or after"),
        ({"bbox": "1,2,3"}, "west,south,east,north"),
        ({"bbox": "5,0,1,2"}, "west <= east"),
        ({"bbox": "nan,0,1,2"}, "west <= east"),
        ({"area": "0,0;1,1"}, "3 to 60 of them"),
        ({"area": ";".join(f"{k},0" for k in range(61))}, "Draw a simpler area"),
        ({"area": "0,0;1,1;2,91"}, "north from -90 to 90"),
        ({"area": "0,0;nan,1;2,1"}, "east from -180 to 180"),
        ({"area": "0,0;1;2,1"}, "lon,lat;lon,lat"),
        ({"precision": "4"}, "1, 2 or 3"),
        ({"status": "maybe"}, "draft"),
    ],
)
def test_a_broken_link_says_what_was_expected(params: dict[str, str], named: str) -> None:
    with pytest.raises(BadValue, match=named):
        IncidentQuery.from_params(params)


def test_unknown_parameters_are_ignored() -> None:
    assert IncidentQuery.from_params({"lang": "fr", "from": "2023-11-24"}) == IncidentQuery(start=date(2023, 11, 24))
