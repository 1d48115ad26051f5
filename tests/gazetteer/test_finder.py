import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer, region
from incidentmap.gazetteer.outline import Outline
from incidentmap.gazetteer.rank import Context, rank
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import NameAsked, PlaceFinder, PlaceKind, ResolutionStatus, UnknownRegion

FOUND, AMBIGUOUS, MISS = ResolutionStatus.FOUND, ResolutionStatus.AMBIGUOUS, ResolutionStatus.MISS


@pytest.mark.parametrize(("name", "place_id", "inside"), [
    ("Niafunké", "curated:niafunke", True),
    ("Niafunke", "curated:niafunke", True),
    ("NIAFUNKÉ", "curated:niafunke", True),
    (unicodedata.normalize("NFD", "Niafunké"), "curated:niafunke", True),
    ("Niafounké", "curated:niafunke", True),
    ("Goundam", "curated:goundam", True),
    ("Tinbuktu", "curated:tombouctou", True),
    ("Timbuktu", "curated:tombouctou", True),
    ("تمبكتو", "curated:tombouctou", True),
    ("Tombouctou", "curated:tombouctou", True),
    ("la ville de Tombouctou", "curated:tombouctou", True),
    ("région de Tombouctou", "admin:ML/tombouctou", True),
    ("la région de\u00a0Tombouctou", "admin:ML/tombouctou", True),
    ("Timbuktu region", "admin:ML/tombouctou", True),
    ("région de Kidal", "admin:ML/kidal", False),
    ("Aguel'hoc", "curated:aguelhoc", False),
    ("Aguel’hoc", "curated:aguelhoc", False),
    ("In Delimane", "curated:in-delimane", False),
    ("I-n-Délimane", "curated:in-delimane", False),
    ("Kidal", "curated:kidal", False),
    ("Bamako", "curated:bamako", False),
    ("Mali", "admin:ML", False),
    ("Niger", "admin:NE", False),
    ("fleuve Niger", "admin:niger-river", True),
    ("le fleuve Niger", "admin:niger-river", True),
    ("Niger River", "admin:niger-river", True),
    ("République du Niger", "admin:NE", False),
    ("Bamba", "curated:bamba", False),
])
def test_found(gazetteer: Gazetteer, name: str, place_id: str, inside: bool) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert (resolution.status, resolution.chosen and resolution.chosen.place.id) == (FOUND, place_id)
    assert resolution.inside is inside
    assert resolution.query == name
    assert resolution.reasons


@pytest.mark.parametrize(("name", "nearest"), [
    ("Niafunkaso", ("Niafunké",)),
    ("Xyzzyville", ()),
    ("Kidl", ()),
    ("", ()),
    (" \t\n", ()),
    ("\x00", ()),
    ("💥", ()),
    ("\ud83d", ()),
    ("%", ()),
    ("x" * 10_000, ()),
    ("Niafunké " * 1_000, ()),
    ("'; DROP TABLE place; --", ()),
])
def test_miss(gazetteer: Gazetteer, name: str, nearest: tuple[str, ...]) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert (resolution.status, resolution.chosen, resolution.inside, resolution.regions) == (MISS, None, None, ())
    assert resolution.nearest == nearest
    assert resolution.reasons[0].code in {"miss_no_entry", "miss_empty"}


@pytest.mark.parametrize(("name", "place_id", "code"), [
    ("Niafunqué", "curated:niafunke", "match_phonetic"),
    ("Niafounkke", "curated:niafunke", "match_phonetic"),
    ("Farabugou", "curated:farabougou-1", "match_phonetic"),
    ("Farabouga", "curated:farabougou-1", "match_fuzzy"),
    ("Goundam Peulh", "curated:goundam", "match_part"),
    ("Fama", "geonames:900004", "word_not_place"),
])
def test_what_only_sounds_or_looks_alike_is_left_to_a_person(gazetteer: Gazetteer, name: str, place_id: str, code: str) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert (resolution.status, resolution.chosen and resolution.chosen.place.id) == (AMBIGUOUS, place_id)
    assert code in {why.code for why in resolution.reasons}


def test_likeness_counts_in_the_regions_country_and_its_neighbours_or_the_told_country_only(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup.neighbours_of({"ML"}) == {"NE"}
    assert gazetteer.lookup.countries_of("tombouctou") == {"ML"}
    assert gazetteer.resolve("Farabouga", region=None).status is MISS
    assert gazetteer.resolve("Farabouga", region=None, country="ML").status is AMBIGUOUS
    assert gazetteer.resolve("Farabouga", region="tombouctou", country="NE").status is MISS


@pytest.mark.parametrize(("name", "admin", "country", "place_id", "code"), [
    ("Kidal, Mali", "", "", "curated:kidal", "country_in"),
    ("Tombouctou (Mali)", "", "", "curated:tombouctou", "country_in"),
    ("Goundam (région de Tombouctou)", "", "", "curated:goundam", "admin_in"),
    ("Goundam", "cercle de Goundam; région de Tombouctou", "", "curated:goundam", "admin_in"),
    ("Goundam", "Tombouctou", "", "curated:goundam", "admin_in"),
    ("Tawa", "", "ML", "geonames:900006", "country_in"),
    ("Tawa", "", "NE", "geonames:900002", "country_in"),
    ("Tawa, Niger", "", "", "geonames:900002", "country_in"),
    ("Bamba", "", "NE", "geonames:900001", "country_in"),
])
def test_words_beside_a_name_are_hints(  # noqa: PLR0917 - columns of the table
    gazetteer: Gazetteer, name: str, admin: str, country: str, place_id: str, code: str,
) -> None:
    resolution = gazetteer.resolve(name, region="mali", admin=admin, country=country)
    assert (resolution.status, resolution.chosen and resolution.chosen.place.id) == (FOUND, place_id)
    assert code in {why.code for why in resolution.reasons}


def test_a_place_outside_the_told_unit_is_left_to_a_person(gazetteer: Gazetteer) -> None:
    resolution = gazetteer.resolve("Goundam (région de Kidal)", region="mali")
    assert resolution.status is AMBIGUOUS
    assert "admin_unmet" in {why.code for why in resolution.reasons}


def test_an_axis_is_one_where_the_whole_is_unknown_and_both_ends_are_known(gazetteer: Gazetteer) -> None:
    assert gazetteer.axis("Goundam-Niafunké") == ("Goundam", "Niafunké")
    assert gazetteer.axis("Goundam-In-Delimane") == ("Goundam", "In-Delimane")
    assert gazetteer.axis("In-Delimane") is None
    assert gazetteer.axis("Goundam-Xyzzyville") is None


def test_same_name_far_apart_is_ambiguous_without_a_hint(gazetteer: Gazetteer) -> None:
    resolution = gazetteer.resolve("Farabougou", region=None)
    assert resolution.status is AMBIGUOUS
    assert resolution.chosen is not None
    assert resolution.inside is None
    assert [rival.place.id for rival in resolution.rivals] == ["curated:farabougou-2"]
    assert resolution.reasons[-1].code == "ambiguous"


def test_region_and_names_mentioned_together_decide_between_homonyms(gazetteer: Gazetteer) -> None:
    near_timbuktu = gazetteer.resolve("Farabougou", region="tombouctou", together=("Niafunké", "Farabougou"))
    near_bamako = gazetteer.resolve("Tawa", region="mali", together=("Bamako",))
    assert near_timbuktu.chosen is not None
    assert near_bamako.chosen is not None
    assert (near_timbuktu.status, near_timbuktu.chosen.place.id) == (FOUND, "curated:farabougou-1")
    assert near_bamako.chosen.place.id == "geonames:900006"
    assert "together" in {why.code for why in near_bamako.reasons}


def test_curated_row_outranks_a_bigger_place_near_the_region(gazetteer: Gazetteer) -> None:
    ranked = gazetteer.candidates("Bamba", region="mali", together=("Tawa",))
    assert [candidate.place.source for candidate in ranked] == ["curated", "geonames"]


def test_one_place_in_two_sources_is_no_rival_of_itself(gazetteer: Gazetteer) -> None:
    rivals = gazetteer.resolve("Timbuktu", region="tombouctou").rivals
    assert "geonames:2449067" not in {rival.place.id for rival in rivals}
    assert [rival.place.kind for rival in rivals] == [PlaceKind.AREA]


@pytest.mark.parametrize(("name", "kind", "code"), [
    ("fleuve Mali", PlaceKind.TOWN, "kind_unmet_natural"),  # a town in Guinea; the country is out of the question
    ("région de Goundam", PlaceKind.TOWN, "kind_unmet_area"),
    ("région de Farabougou", PlaceKind.VILLAGE, "kind_unmet_area"),
    ("Sila", PlaceKind.VILLAGE, "unlikely_far"),
])
def test_another_kind_of_place_than_asked_for_and_a_far_village_abroad_are_left_to_a_person(
    gazetteer: Gazetteer, name: str, kind: PlaceKind, code: str,
) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert resolution.status is AMBIGUOUS
    assert resolution.chosen is not None
    assert resolution.chosen.place.kind is kind
    assert code in {why.code for why in resolution.reasons}


def test_thousands_of_names_together_cost_no_more_than_fifty(gazetteer: Gazetteer) -> None:
    many = (*(f"Nowhere {number}" for number in range(60)), "Bamako")
    assert "together" not in {why.code for why in gazetteer.resolve("Tawa", region=None, together=many).reasons}
    assert "together" in {why.code for why in gazetteer.resolve("Tawa", region=None, together=many[-10:]).reasons}


def test_admin_names_come_from_polygons_not_codes(gazetteer: Gazetteer) -> None:
    place = next(c.place for c in gazetteer.candidates("Timbuktu") if c.place.source == "curated")
    assert place.admin1 == "Tombouctou"
    assert {c.place.admin1 for c in gazetteer.candidates("Tawa")} == {""}


def test_regions_of_a_country_are_those_that_hold_most_of_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Mali", region="mali").inside is True
    assert gazetteer.resolve("Mali", region="tombouctou").inside is False


def test_an_unknown_region_names_the_known_ones(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownRegion, match="'tombuktu' is unknown; known regions: kidal, mali, tombouctou"):
        gazetteer.resolve("Kidal", region="tombuktu")


def test_an_unknown_region_is_told_for_a_miss_too(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownRegion):
        gazetteer.resolve("Xyzzyville", region="nowhere")


def test_gazetteer_is_a_place_finder_for_many_threads(gazetteer: Gazetteer) -> None:
    finder: PlaceFinder = gazetteer
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: finder.resolve("Kidal", region="tombouctou"), range(200)))
    assert len(set(found)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_found_ambiguous_or_a_miss_with_a_reason(gazetteer: Gazetteer, name: str) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou", together=(name, "Kidal"))
    assert (resolution.chosen is None) == (resolution.status is MISS)
    assert resolution.reasons


NAMES = ("Tawa", "Bamako", "Goundam", "Farabougou", "Bamba", "Kidal", "région de Kidal", "Mali", "Niger", "Niafunqué")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.permutations(NAMES))
def test_the_order_of_the_names_of_a_text_makes_no_difference(gazetteer: Gazetteer, names: list[str]) -> None:
    resolved = dict(zip(names, gazetteer.resolve_all([NameAsked(name) for name in names], region="mali"), strict=True))
    usual = gazetteer.resolve_all([NameAsked(name) for name in NAMES], region="mali")
    assert [resolved[name] for name in NAMES] == list(usual)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.lists(st.builds(NameAsked, st.text(), st.text(), st.sampled_from(["", "ML", "ne", "??"]), st.text()), max_size=5))
def test_any_names_of_a_text_resolve(gazetteer: Gazetteer, asked: list[NameAsked]) -> None:
    resolutions = gazetteer.resolve_all(asked, region="mali")
    assert [each.query for each in resolutions] == [each.name for each in asked]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.data())
def test_the_order_of_sources_makes_no_difference(gazetteer: Gazetteer, data: st.DataObject) -> None:
    hits = [hit for name in ("Tawa", "Bamba", "Farabougou", "Timbuktu", "Mali") for hit in gazetteer.lookup.hits(name)]
    context = Context(region="mali", outline=Outline(region("mali").geometry), countries=frozenset({"ML"}))
    assert rank(data.draw(st.permutations(hits)), context, ranking()) == rank(hits, context, ranking())
