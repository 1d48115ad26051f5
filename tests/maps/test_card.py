from dataclasses import replace

import pytest
from tests.maps.conftest import MakeView

from incidentmap.maps import MapView, Mark
from incidentmap.maps.card import card, claimants, is_media, web_address
from incidentmap.model import Claim, Incident, Span, TotalRule
from incidentmap.registry import actors
from incidentmap.store.whole import whole_incident


def mark_of(view: MapView, incident: str) -> Mark:
    return next(mark for layer in view.layers for mark in layer.marks if mark.incident.id == incident)


def test_claims_stand_side_by_side_under_their_question(make_view: MakeView) -> None:
    view = make_view()
    told = card(mark_of(view, "inc-niafunke"), view, actors())
    assert told["title"] == "Affrontement armé, Niafunké"
    assert told["date"] == "24 novembre 2023 · date exacte"
    assert told["place"] == "Niafunké, Tombouctou · lieu exact, ± 2.5 km · dans la zone"
    killed, control, shared = told["sections"]
    assert killed["heading"] == "Tués · militaires"
    assert [(row["claimant"], row["says"], row["low"], row["best"], row["high"]) for row in killed["rows"]] == [
        ("jnim", "20 ou plus", 20, None, None),
        ("local_sources", "45 – 55 · au conditionnel", 45, 50, 55),
        ("", "20 – 55 ou plus", 20, None, None),
    ]
    assert killed["rows"][-1]["who"] == "Fourchette · toutes les sources"
    assert killed["scale"] >= 55
    assert [tick["text"] for tick in killed["ticks"]] == ["0", "55"]
    assert [row["stance"] for row in killed["rows"]] == ["affirme", "rapporte", ""]
    assert [(row["claimant"], row["says"], row["stance"]) for row in control["rows"]] == [("fama", "tenté en vain", "dément")]
    assert shared["heading"] == "Bilan couvrant plusieurs incidents"
    assert [row["quote"] for row in shared["rows"]] == ["plusieurs dizaines de morts"]


def test_the_toll_of_several_incidents_stands_with_those_it_covers_only(make_view: MakeView) -> None:
    view = make_view()
    cards = {each: card(mark_of(view, each), view, actors()) for each in ("inc-goundam", "inc-kidal", "inc-bamako")}
    assert {each: [part["heading"] for part in told["sections"]] for each, told in cards.items()} == {
        "inc-goundam": ["Conséquences", "Bilan couvrant plusieurs incidents"], "inc-kidal": [], "inc-bamako": [],
    }


def test_unknown_is_said_to_be_unknown_and_not_zero(make_view: MakeView) -> None:
    view = make_view()
    (consequences, _) = card(mark_of(view, "inc-goundam"), view, actors())["sections"]
    assert consequences["rows"][0]["says"] == "inconnu, pas zéro"
    assert consequences["scale"] == 0


def test_the_card_speaks_english_too(make_view: MakeView) -> None:
    view = make_view(language="en")
    told = card(mark_of(view, "inc-kidal"), view, actors())
    assert told["title"] == "Government regains territory, Kidal"
    assert told["date"] == "about 14 – 16 November 2023 · approximate date"
    assert told["place"].endswith("outside the region")


def test_the_source_is_named_once_at_the_foot(make_view: MakeView) -> None:
    view = make_view()
    told = card(mark_of(view, "inc-niafunke"), view, actors())
    assert (told["source"], told["address"]) == ("RFI, 25 novembre 2023", "https://example.org/mali")
    assert all(row["source"] == "" for part in told["sections"] for row in part["rows"])


def test_claimants_leave_out_the_report_itself(niafunke: Incident, goundam: Incident) -> None:
    assert claimants(niafunke) == ("jnim", "local_sources", "fama")
    assert claimants(goundam) == ()


def test_different_victims_are_named_in_their_rows(make_view: MakeView, niafunke: Incident) -> None:
    first: Claim = niafunke.claims[0]
    civilians = replace(first, subject="civilians", low=3, best=3, high=3, span=Span(0, 1, "L"))
    view = make_view((replace(niafunke, claims=(first, civilians)),))
    killed = card(mark_of(view, "inc-niafunke"), view, actors())["sections"][0]
    assert killed["heading"] == "Tués"
    assert [row["says"] for row in killed["rows"]] == ["militaires · 20 ou plus", "civils · 3", "au moins 23"]


@pytest.mark.parametrize(("rule", "expected"), [
    ("lowest", ("Fourchette · chiffre le plus bas", "au moins 20", 20, None)),
    ("highest", ("Fourchette · chiffre le plus haut", "45 – 55", 45, 55)),
    ("source:jnim", ("Fourchette · Jnim seulement", "au moins 20", 20, None)),
])
def test_the_range_under_rival_figures_follows_the_rule(
    make_view: MakeView, rule: str, expected: tuple[str, str, int, int | None],
) -> None:
    view = make_view(rule=TotalRule.parse(rule))
    row = card(mark_of(view, "inc-niafunke"), view, actors())["sections"][0]["rows"][-1]
    assert (row["who"], row["says"], row["low"], row["high"]) == expected


def test_a_source_that_is_silent_makes_no_range(make_view: MakeView) -> None:
    view = make_view(rule=TotalRule.parse("source:fama"))
    rows = card(mark_of(view, "inc-niafunke"), view, actors())["sections"][0]["rows"]
    assert [row["claimant"] for row in rows] == ["jnim", "local_sources"]


def test_a_sum_never_runs_out_of_its_scale(make_view: MakeView, niafunke: Incident) -> None:
    soldiers, local = niafunke.claims[:2]
    view = make_view((replace(niafunke, claims=(soldiers, replace(local, subject="civilians"))),))
    question = card(mark_of(view, "inc-niafunke"), view, actors())["sections"][0]
    assert question["rows"][-1]["says"] == "65 – 75 ou plus"
    assert question["scale"] > 75
    assert [tick["at"] for tick in question["ticks"]] == [0, 75]


@pytest.mark.parametrize(("url", "expected"), [
    ("https://a.example/x", "https://a.example/x"),
    ("http://a.example", "http://a.example"),
    ("javascript:alert(1)", ""),
    ("JaVaScRiPt:alert(1)", ""),
    ("data:text/html,<script>", ""),
    ("vbscript:x", ""),
    ("//a.example", ""),
    ("", ""),
])
def test_only_web_addresses_become_links(url: str, expected: str) -> None:
    assert web_address(url) == expected


def test_a_merged_incident_says_of_how_many_reports(make_view: MakeView, niafunke: Incident) -> None:
    claims = tuple(replace(each, report="other") for each in niafunke.claims)
    other = replace(niafunke, id="other", report="other", claims=claims)
    view = make_view(incidents=(whole_incident([niafunke, other]),))
    told = card(mark_of(view, "inc-niafunke"), view, actors())
    assert "réuni de 2 rapports" in [tag["text"] for tag in told["tags"]]
    assert [row["claimant"] for row in told["sections"][0]["rows"]] == ["jnim", "jnim", "local_sources", "local_sources", ""]


@pytest.mark.parametrize(("url", "expected"), [
    ("https://a.example/film.MP4?x=1", True),
    ("https://a.example/corps.jpeg#un", True),
    ("https://www.youtube.com/watch?v=1", True),
    ("https://youtu.be/1", True),
    ("https://a.example/article.html?photo=x.jpg", False),
    ("https://notyoutube.com/watch", False),
    ("", False),
    ("http://[", False),
])
def test_pictures_and_films_are_told_by_their_address(url: str, expected: bool) -> None:
    assert is_media(url) is expected
