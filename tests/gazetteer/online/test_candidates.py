from tests.gazetteer.online.conftest import FEATURES, Open, Server, ok

from incidentmap.gazetteer.online import online_candidates, online_resolution
from incidentmap.model import PlaceKind, Position, Resolution, ResolutionStatus, reason
from incidentmap.words import say_reason

MISSED = Resolution("Diré", ResolutionStatus.MISS, None, None, (), (reason("miss_no_entry"),))


def test_answers_are_places_of_their_provider(opened: Open) -> None:
    first, second = online_candidates(opened(), "Diré")
    assert (first.place.id, first.place.source, first.place.kind) == ("nominatim:node/123", "nominatim", PlaceKind.TOWN)
    assert (first.place.position, first.place.country, first.place.admin2) == (Position(-3.39, 16.27), "ML", "Diré")
    assert (second.place.id, second.place.kind, first.score > second.score) == ("nominatim:way/9", PlaceKind.CITY, True)
    assert [each.place.id for each in online_candidates(opened(), "Diré", country="ET")] == ["nominatim:way/9"]


def test_a_miss_becomes_a_doubtful_answer(opened: Open, server: Server) -> None:
    server.replies = [ok(FEATURES)]
    found = online_resolution(opened("photon"), MISSED, region="tombouctou")
    assert (found.status, found.inside) == (ResolutionStatus.AMBIGUOUS, True)
    assert found.chosen is not None
    assert (found.chosen.place.id, [rival.place.id for rival in found.rivals]) == ("photon:node/123", ["photon:relation/7"])
    for language in ("fr", "en"):
        assert all(say_reason(language, why) for why in found.reasons)


def test_a_miss_stays_a_miss_with_one_reason_more(opened: Open, server: Server) -> None:
    server.replies = [ok([])]
    found = online_resolution(opened(), MISSED)
    assert (found.status, found.chosen) == (ResolutionStatus.MISS, None)
    assert found.reasons == (reason("miss_no_entry"), reason("online_nothing", provider="nominatim"))
