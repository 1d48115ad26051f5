"""Names of actors that nobody knows: where an actor stands, and nothing that is known."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.conftest import FewPlaces

from incidentmap.model import RULES, NameKind, Naming, NamingVerdict, Report, UnknownName
from incidentmap.registry import in_force, shipped_registry, with_namings
from incidentmap.reports import read_report


def found(few_places: FewPlaces, text: str, language: str = "fr") -> tuple[UnknownName, ...]:
    return read_report(Report("r1", "", "", language, None, "", text, ""), few_places, None).unknown


@pytest.mark.parametrize(("text", "names"), [
    ("Le FPDA a attaqué un poste à Gao.", ["FPDA"]),
    ("L'attaque de Gao a été revendiquée par le MRSA.", ["MRSA"]),
    ("Des combattants du FPDA ont tué deux civils à Gao.", ["FPDA"]),
    ("Des éléments de la MRSA sont arrivés à Gao.", ["MRSA"]),
    ("La milice FPDA occupe Gao.", ["FPDA"]),
    ("La katiba Dagara a tué deux civils à Gao.", ["katiba Dagara"]),
    ("La Brigade du Vent rouge a attaqué Gao.", ["Brigade du Vent rouge"]),
    ("Le FPDA a attaqué Gao. Le FPDA a attaqué Ansongo.", ["FPDA", "FPDA"]),
    # known, or no actor
    ("Le Jnim a attaqué Gao, des combattants du JNIM ont tué deux civils.", []),
    ("Le PAM a distribué des vivres à Gao.", []),
    ("L'attaque de Gao a été condamnée par l'OCHA et le HCR.", []),
    ("Un EEI a tué trois soldats à Gao, selon l'ONG Alpha.", []),
    ("Des combattants de Gao ont attaqué Ansongo.", []),
    ("Des membres du groupe de Gao ont été arrêtés.", []),
    ("ATTAQUE DU FPDA A GAO", []),
    ("Le colonel Sadio a parlé à Gao. Ibrahim Keïta a attaqué le projet.", []),
    ("Les combattants sont partis. Gao est calme.", []),
])
def test_french(few_places: FewPlaces, text: str, names: list[str]) -> None:
    assert [each.span.quote for each in found(few_places, text)] == names


@pytest.mark.parametrize(("text", "names"), [
    ("The attack on Gao was claimed by the MRSA.", ["MRSA"]),
    ("FPDA fighters killed two civilians in Gao.", ["FPDA"]),
    ("Fighters of the FPDA attacked Gao.", ["FPDA"]),
    ("The FPDA attacked a post in Gao.", ["FPDA"]),
    ("The Amber Dune Brigade attacked Gao.", ["Amber Dune Brigade"]),
    ("The WFP and the UNHCR left Gao. OCHA said so.", []),
    ("JNIM fighters attacked Gao.", []),
    ("An IED killed three soldiers in Gao.", []),
])
def test_english(few_places: FewPlaces, text: str, names: list[str]) -> None:
    assert [each.span.quote for each in found(few_places, text, "en")] == names


def test_a_name_says_where_it_stands_and_why(few_places: FewPlaces) -> None:
    text = "À Gao, le calme.\u00a0Des   combattants du FPDA sont là."
    (name,) = found(few_places, text)
    assert text[name.span.start:name.span.end] == name.span.quote == "FPDA"
    assert (name.report, name.kind, name.by, name.why.code) == ("r1", NameKind.ACTOR, RULES, "unknown_actor.led")


PIECES = ("Le", "FPDA", "MRSA", "Gao", "la katiba", "Dagara", "combattants du", "a attaqué", "revendiqué par", "le colonel",
          ".", "\n\n", "«", "Brigade du Vent rouge", "\u00a0", "fighters of the", "e\u0301", "\u200b", "100")


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), st.sampled_from(("fr", "en")))
def test_every_name_stands_where_it_says_and_none_overlaps_another(few_places: FewPlaces, text: str, language: str) -> None:
    names = found(few_places, text, language)
    assert all(text[each.span.start:each.span.end] == each.span.quote for each in names)
    assert all(one.span.end <= other.span.start for one, other in pairwise(names))


def test_what_a_person_said_is_no_actor_is_not_proposed(few_places: FewPlaces) -> None:
    said = Naming(1, "", "Awa", NamingVerdict.NOT_AN_ACTOR, "fpda", "", None, None, "", "", "")
    with in_force(with_namings(shipped_registry(), [said])):
        assert found(few_places, "Le FPDA a attaqué Gao.") == ()
    assert found(few_places, "Le FPDA a attaqué Gao.") != ()


@pytest.mark.parametrize(("text", "code"), [
    ("Mardi 11 juin 2024, des hommes armés ont tué deux civils à Zzaarouk.", "unknown_place"),
    ("Mardi 11 juin 2024, des hommes armés ont tué deux civils.", "no_place"),
    ("Mardi 11 juin 2024, des hommes armés ont tué deux civils à Gao.", ""),
])
def test_a_place_that_nobody_knows_is_named_in_the_doubt(few_places: FewPlaces, text: str, code: str) -> None:
    read = read_report(Report("r1", "", "", "fr", None, "", text, ""), few_places, None)
    (incident,) = read.incidents
    told = {why.code: dict(why.values) for why in incident.review if why.code in {"no_place", "unknown_place"}}
    assert told == ({code: {"name": "Zzaarouk"} if code == "unknown_place" else {}} if code else {})
    assert [doubt.asked.name for doubt in read.doubts] == (["Zzaarouk"] if code == "unknown_place" else [])
