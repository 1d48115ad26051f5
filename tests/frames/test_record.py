from dataclasses import replace

from incidentmap.frames import claim_record, incident_record
from incidentmap.model import Incident, Position, reason
from incidentmap.words import say


def test_a_point_has_a_position_an_area_and_an_axis_only_an_anchor(niafunke: Incident) -> None:
    assert niafunke.location
    area = replace(niafunke, location=replace(niafunke.location, area_id="ML/tombouctou"))
    axis = replace(niafunke, location=replace(niafunke.location, line=(Position(-3.99, 15.93), Position(-3.67, 16.41))))
    anchor = {"name": "Niafunké", "lon": -3.99, "lat": 15.93}
    seen = [incident_record(each, region=None) for each in (niafunke, area, axis)]
    assert [record["anchor"] for record in seen] == [anchor] * 3
    assert [(record["lon"], record["lat"], record["area_id"]) for record in seen] == [
        (-3.99, 15.93, None), (None, None, "ML/tombouctou"), (None, None, None),
    ]


def test_a_claim_keeps_its_words_and_where_they_stand(niafunke: Incident) -> None:
    claim = niafunke.claims[1]
    assert claim_record(claim) == {
        "claimant": "local_sources", "claimant_name": "local_sources", "stance": "reports", "field": "killed",
        "subject": "soldiers", "value": "", "low": 45, "best": 50, "high": 55, "hedged": True, "scope": "incident",
        "quote": "une cinquantaine de soldats", "start": claim.span.start, "end": claim.span.end, "report": niafunke.report,
    }


def test_reasons_to_review_are_words_of_the_language(niafunke: Incident) -> None:
    doubtful = replace(niafunke, review=(reason("miss_no_entry"),))
    for language in ("fr", "en"):
        assert incident_record(doubtful, region=None, language=language)["review"] == [say(language, "reason.miss_no_entry")]
