"""What persons decided lies over the gazetteer's answers and changes nothing in them."""

from dataclasses import replace

import pytest

from incidentmap.gazetteer import Gazetteer
from incidentmap.model import Decision, NameAsked, Place, PlaceKind, Position, ResolutionStatus, Verdict

FOUND, AMBIGUOUS, MISS = ResolutionStatus.FOUND, ResolutionStatus.AMBIGUOUS, ResolutionStatus.MISS
HAMLET = Place("decided:1", "Tin Aouker", PlaceKind.VILLAGE, Position(0.2, 17.1), 2, "ML", "Gao", "Gao", None, "decided")


def decision(number: int, verdict: Verdict, name: str, place: Place | None = None, **more: str) -> Decision:
    """The `number`-th decision of a log."""
    return Decision(
        number, f"2026-11-0{number}T09:00:00Z", "Awa", verdict, NameAsked(name, **more), place, (), None, "", "v", "", "",
    )


def undo(number: int, undoes: int) -> Decision:
    return replace(decision(number, Verdict.UNDO, ""), undoes=undoes)


@pytest.fixture
def farabougou(gazetteer: Gazetteer) -> Place:
    """The second of the two, which the machine would not choose."""
    return next(each.place for each in gazetteer.candidates("Farabougou") if each.place.id == "curated:farabougou-2")


def test_a_pick_is_found_with_who_and_when_and_the_machines_candidates_stay(gazetteer: Gazetteer, farabougou: Place) -> None:
    ours = gazetteer.with_decisions([decision(1, Verdict.PICK, "FARABOUGOU", farabougou)])
    resolution = ours.resolve("Farabougou", region="tombouctou")
    assert resolution.status is FOUND
    assert resolution.chosen is not None
    assert resolution.chosen.place == farabougou
    assert (resolution.reasons[0].code, dict(resolution.reasons[0].values)) == ("decided", {"who": "Awa", "day": "2026-11-01"})
    assert [rival.place.id for rival in resolution.rivals] == ["curated:farabougou-1"]
    before = gazetteer.resolve("Farabougou", region="tombouctou").chosen
    assert before is not None
    assert before.place.id == "curated:farabougou-1"


def test_a_decided_place_is_used_even_where_the_gazetteer_no_longer_has_it(gazetteer: Gazetteer) -> None:
    ours = gazetteer.with_decisions([decision(1, Verdict.OVERRIDE, "Xyzzyville", HAMLET)])
    resolution = ours.resolve("Xyzzyville", region="mali")
    assert (resolution.status, resolution.chosen and resolution.chosen.place, resolution.inside) == (FOUND, HAMLET, True)


def test_a_place_that_a_person_set_is_known_by_its_name_elsewhere(gazetteer: Gazetteer) -> None:
    ours = gazetteer.with_decisions([decision(1, Verdict.OVERRIDE, "Xyzzyville", HAMLET, report="r1")])
    elsewhere = ours.resolve("Tin-Aouker", region="mali")
    assert (elsewhere.status, elsewhere.chosen and elsewhere.chosen.place) == (FOUND, HAMLET)
    assert "source_decided" in {why.code for why in elsewhere.reasons}
    assert [span.quote for span in ours.mentions("Une attaque à Tin Aouker.", ())] == ["Tin Aouker"]
    assert gazetteer.resolve("Tin Aouker", region="mali").status is MISS


def test_it_stands_below_curated_rows(gazetteer: Gazetteer) -> None:
    ours = gazetteer.with_decisions([decision(1, Verdict.OVERRIDE, "Xyzzyville", replace(HAMLET, name="Goundam"))])
    chosen = ours.resolve("Goundam", region="mali").chosen
    assert chosen is not None
    assert chosen.place.source == "curated"


def test_a_rejected_name_is_a_miss_with_who_said_so(gazetteer: Gazetteer) -> None:
    resolution = gazetteer.with_decisions([decision(1, Verdict.REJECT, "Fama")]).resolve("Fama", region="mali")
    assert (resolution.status, resolution.chosen, resolution.reasons[0].code) == (MISS, None, "rejected")


def test_the_last_decision_that_was_not_undone_wins(gazetteer: Gazetteer, farabougou: Place) -> None:
    log = [decision(1, Verdict.PICK, "Farabougou", farabougou), decision(2, Verdict.REJECT, "Farabougou"), undo(3, 2)]

    def status(decisions: list[Decision]) -> ResolutionStatus:
        return gazetteer.with_decisions(decisions).resolve("Farabougou", region=None).status

    assert status(log[:1]) is FOUND
    assert status(log[:2]) is MISS
    assert status(log) is FOUND
    assert status(log[::-1]) is FOUND
    assert status([*log, undo(4, 3)]) is MISS
    assert status([*log, undo(4, 1)]) is AMBIGUOUS


def test_a_decision_holds_for_its_admin_country_and_report(gazetteer: Gazetteer, farabougou: Place) -> None:
    ours = gazetteer.with_decisions([decision(1, Verdict.PICK, "Farabougou", farabougou, admin="Kayes", report="r1")])

    def decided(**more: str) -> bool:
        return ours.resolve("Farabougou", region="mali", **more).reasons[0].code == "decided"

    assert decided(admin="KAYES", report="r1")
    assert not decided(admin="Kayes", report="r2")
    assert not decided(report="r1")
    assert "decided_elsewhere" in {why.code for each in ours.candidates("Farabougou") for why in each.reasons}


def test_one_of_the_report_itself_comes_before_one_for_all(gazetteer: Gazetteer, farabougou: Place) -> None:
    log = [decision(1, Verdict.REJECT, "Farabougou", report="r1"), decision(2, Verdict.PICK, "Farabougou", farabougou)]
    ours = gazetteer.with_decisions(log)
    assert ours.resolve("Farabougou", region="mali", report="r1").status is MISS
    assert ours.resolve("Farabougou", region="mali", report="r2").status is FOUND


def test_a_decided_name_informs_the_others(gazetteer: Gazetteer) -> None:
    niamey = Place("decided:2", "Xyzzyville", PlaceKind.CITY, Position(5.3, 14.9), 5, "NE", "", "", None, "decided")
    asked = (NameAsked("Tawa"), NameAsked("Xyzzyville"))
    ours = gazetteer.with_decisions([decision(1, Verdict.OVERRIDE, "Xyzzyville", niamey)])
    best = ours.resolve_all(asked, region=None)[0].chosen
    assert best is not None
    assert best.place.id == "geonames:900002"
