from dataclasses import replace

import pytest

from incidentmap.gazetteer.doubt import close_rival, doubts, in_doubt
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import Candidate, Place, PlaceKind, Position, reason


def candidate(
    name: str, score: float, lon: float = 0.0, *, kind: PlaceKind = PlaceKind.VILLAGE, source: str = "geonames", met: str = "",
    codes: tuple[str, ...] = (),
) -> Candidate:
    place = Place(f"{source}:{name}{lon}", name, kind, Position(lon, 15.0), 4, "ML", "", "", None, source)
    return Candidate(place, met or name, score, tuple(map(reason, codes)))


@pytest.mark.parametrize(("ranked", "codes"), [
    ((candidate("Kéra", 4.0),), []),
    ((candidate("Kéra", 4.0), candidate("Kéra", 3.9, 2.0)), ["ambiguous"]),
    ((candidate("Kéra", 4.0), candidate("Kéra", 3.9, 0.1)), []),
    ((candidate("Kéra", 4.0), candidate("Kéra", 3.0, 2.0)), []),
    ((candidate("Anéfif", 4.0, kind=PlaceKind.WELL),), ["minor_place"]),
    ((candidate("Anéfif", 4.0, kind=PlaceKind.WELL, source="curated"),), []),
    ((candidate("Goumakoro", 4.0, met="Gomakoro"),), ["other_name"]),
    ((candidate("Niafounké", 4.0, met="Niafunké"),), []),
    ((candidate("Kolongotomo", 8.0, source="curated", met="Kolongo"), candidate("Kolongo", 4.0, 2.0)), ["other_own_name"]),
    ((candidate("Kolongotomo", 8.0, source="curated", met="Kolongo"),), []),
])
def test_doubts(ranked: tuple[Candidate, ...], codes: list[str]) -> None:
    assert [why.code for why in doubts(ranked, ranking())] == codes
    assert in_doubt(ranked, ranking()) is bool(codes)


def test_a_reason_of_its_own_is_doubt_enough() -> None:
    assert in_doubt((candidate("Gao", 4.0, codes=("match_fuzzy",)),), ranking())
    assert close_rival((candidate("Gao", 4.0),), ranking()) is None


def test_a_point_that_sources_put_far_apart_is_left_to_a_person() -> None:
    rough = candidate("Abeïbara", 5.0)
    rough = replace(rough, place=replace(rough.place, radius_km=20.0))
    assert [why.code for why in doubts([rough], ranking())] == ["rough_position"]
    assert in_doubt([rough], ranking())
