from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from incidentmap.briefing import Picture, captions, draw_picture, picture_bytes
from incidentmap.briefing.entries import parties, read_entries
from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import region
from incidentmap.model import (
    ActorRole,
    ClaimField,
    DatePrecision,
    Incident,
    IncidentQuery,
    Location,
    PartialDate,
    Position,
    Relation,
    Role,
    RuleKind,
    Span,
    Status,
    Total,
    TotalRule,
    UnwritablePlace,
)

AREA = Polygon([(1.0, 15.0), (4.0, 15.0), (4.0, 17.0), (1.0, 17.0)])
JNIM = (ActorRole("jnim", "Jnim", Role.ATTACKER), ActorRole("fama", "Fama", Role.TARGET))


def location(
    name: str, lon: float, lat: float, *, precision: int = 1, area: str = "", line: Sequence[Position] = (),
) -> Location:
    regions = ("tombouctou",) if 15 < lat < 25 and -6.5 < lon < -1 else ()
    return Location(
        span=Span(0, len(name), name), relation=Relation.BETWEEN if line else Relation.IN, place_id="x", name=name,
        anchor=Position(lon, lat), position=Position(lon, lat), line=tuple(line), area_id=area,
        radius_km=40.0 if precision == 2 else 2.0, where_prec=precision, geo_precision=precision, country="ML", admin1="",
        admin2="", regions=regions, ambiguous=False,
        score=1.0, reasons=(), rivals=(),
    )


def incident(
    key: str, where: Location | None, *, when: PartialDate | None = None, actors: tuple[ActorRole, ...] = JNIM,
) -> Incident:
    return Incident(
        id=key, report="r", event_type="Battles", sub_event_type="Armed clash", date=when, date_span=None,
        trigger=Span(0, 1, "x"), location=where, actors=actors, claims=(), status=Status.DRAFT, review=(),
    )


DAY = PartialDate.day(date(2023, 11, 24))
ABOUT = PartialDate(date(2023, 11, 14), date(2023, 11, 16), DatePrecision.ABOUT)
FIRST_CASE = (
    incident("a", location("Niafunké", -3.99, 15.93), when=DAY),
    incident("b", location("Goundam", -3.67, 16.41), when=DAY),
    incident("c", location("Bamako", -7.98, 12.61), when=DAY, actors=(ActorRole("cnsp", "CNSP", Role.PARTY),)),
    incident("d", location("Kidal", 1.41, 18.44), when=ABOUT, actors=(ActorRole("fama", "Fama", Role.ATTACKER),)),
)
EVERY_KIND = (
    *FIRST_CASE,
    incident("e", location("Ber", -2.5, 16.86, precision=2), when=DAY),
    incident("f", location("Ménaka", 2.4, 15.9, precision=3, area="area"), when=ABOUT),
    incident("g", location("axe", -2.9, 15.0, line=(Position(-2.9, 15.0), Position(-1.7, 15.3)))),
    incident("h", location("Niafunké", -3.99, 15.93), when=DAY, actors=()),
    incident("i", None),
    incident("j", location("Paris", 2.35, 48.85)),
)


def boundary(_area_id: str) -> BaseGeometry:
    return AREA


def picture(incidents: Sequence[Incident], query: IncidentQuery | None = None, title: str = "") -> Picture:
    frame = incidents_frame(incidents, region="tombouctou", boundary=boundary)
    return Picture(frame, region("tombouctou"), query or IncidentQuery(), "0123abcd", title)


def pixels(data: bytes) -> NDArray[np.float64]:
    return np.asarray(image.imread(BytesIO(data), format="png"))[:, :, :3] * 255


def share_of(shown: NDArray[np.float64], colour: str) -> int:
    wanted = np.array([int(colour[k:k + 2], 16) for k in (1, 3, 5)])
    return int((np.abs(shown - wanted).max(axis=2) < 3).sum())


def metadata(data: bytes) -> dict[str, str]:
    chunks, at = {}, 8
    while at < len(data):
        length, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        if kind == b"tEXt":
            key, value = data[at + 8:at + 8 + length].split(b"\0", 1)
            chunks[key.decode("latin-1")] = value.decode("latin-1")
        at += 12 + length
    return chunks


def test_the_first_case_is_drawn_with_the_colours_of_its_actors() -> None:
    shown = pixels(picture_bytes(picture(FIRST_CASE)))
    assert shown.shape == (1130, 1600, 3)
    assert share_of(shown, "#cc79a7") > 200  # Jnim twice, and in the legend
    assert share_of(shown, "#009e73") > 150
    assert share_of(shown, "#fffdf7") > 100_000  # the region
    assert share_of(shown, "#a9c8dc") > 1_000  # rivers
    assert share_of(pixels(picture_bytes(picture(()))), "#cc79a7") == 0


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_kind_of_incident_is_drawn_in_every_theme_and_language(language: str, theme: str) -> None:
    shown = pixels(picture_bytes(picture(EVERY_KIND), language=language, theme=theme))
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 500
    assert (shown[5, 5] < 128).all() == (theme == "dark")


def test_an_area_is_never_drawn_as_a_dot() -> None:
    area = incident("f", location("Ménaka", 2.4, 15.9, precision=3, area="area"), when=DAY)
    dot = incident("f", location("Ménaka", 2.4, 15.9), when=DAY)
    legend = 1290
    as_area, as_dot = (pixels(picture_bytes(picture([each])))[:, :legend] for each in (area, dot))
    assert share_of(as_dot, "#cc79a7") > 50
    strokes = np.abs(as_area - np.array([0xCC, 0x79, 0xA7])).max(axis=2) < 3
    solid = strokes[:-5, :-5] & strokes[5:, 5:] & strokes[:-5, 5:] & strokes[5:, :-5]
    assert solid.sum() < 20


def test_the_same_input_gives_the_same_bytes() -> None:
    assert picture_bytes(picture(EVERY_KIND)) == picture_bytes(picture(EVERY_KIND))


def test_the_picture_says_in_its_metadata_what_it_shows() -> None:
    said = metadata(picture_bytes(picture(FIRST_CASE)))
    assert said["Title"] == "Région de Tombouctou : incidents"
    assert "4 incidents : 2 dans la zone, 2 hors zone, 0 sans lieu" in said["Description"]
    assert "Tués" not in said["Description"]
    assert "GeoNames (CC BY 4.0)" in said["Copyright"]
    assert "0123abcd" in said["Source"]
    assert said["Software"].startswith("incidentmap")


def test_the_picture_tells_the_toll_and_its_rule() -> None:
    toll = Total(ClaimField.KILLED, TotalRule(RuleKind.LOWEST), 20, None, 55, True, 1, 3, 0, (), 0)
    told, plain = (picture_bytes(replace(picture(FIRST_CASE), totals=totals)) for totals in ((toll,), ()))
    said = metadata(told)["Description"]
    assert said.endswith("Tués 20 ? 55 ou plus (3 incidents sans bilan) · règle : chiffre le plus bas"), "PNG text is Latin-1"
    changed = np.abs(pixels(told) - pixels(plain)).max(axis=2) > 0
    rows = np.flatnonzero(changed.any(axis=1))
    assert 120 < rows.min() < rows.max() < 145, "one line, between the sentence and the map"


HOSTILE = ("$\\frac{1}{0}$", "$x_", "<script>alert(1)</script>", "北京 \u202e\x07", "a\nb" * 200, "{0}%s")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_and_titles_do_no_harm(hostile: str) -> None:
    bad = incident("a", location(hostile, -3.99, 15.93), when=DAY, actors=(ActorRole("no_such_actor", hostile, Role.ATTACKER),))
    data = picture_bytes(picture([bad], IncidentQuery(text=hostile), hostile))
    assert pixels(data).shape == (1130, 1600, 3)


def test_three_hundred_incidents_in_one_place_and_around_are_drawn() -> None:
    many = [incident(str(k), location("Gao", -0.04 + k % 20 / 10, 16.27 + k // 20 / 10), when=DAY) for k in range(300)]
    assert share_of(pixels(picture_bytes(picture(many))), "#cc79a7") > 3_000


def test_a_picture_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    draw_picture(picture(FIRST_CASE), path)
    assert path.read_bytes() == picture_bytes(picture(FIRST_CASE))
    assert [each.name for each in tmp_path.iterdir()] == ["map.png"]
    with pytest.raises(UnwritablePlace, match=r"map\.png"):
        draw_picture(picture(()), tmp_path / "none" / "map.png")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UnwritablePlace, match=r"folder\.png"):
        draw_picture(picture(()), tmp_path / "folder.png")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.png", "map.png"]


def test_a_picture_needs_no_region() -> None:
    bare = Picture(incidents_frame(FIRST_CASE, region=None, boundary=boundary), None, IncidentQuery(), "v")
    assert metadata(picture_bytes(bare))["Description"].endswith("4 incidents : 4 placés, 0 sans lieu · 1 date approchée · "
                                                                 "4 brouillons à relire")


def test_the_counted_sentence_and_the_window_tell_the_truth() -> None:
    entries = read_entries(picture(EVERY_KIND).frame, "en")
    assert captions.sentence(entries, region("tombouctou"), "en").startswith(
        "10 incidents: 4 inside the region, 5 outside, 1 without a place · 2 approximate dates",
    )
    assert captions.sentence((), region("tombouctou"), "en") == "No incident"
    assert captions.window(IncidentQuery(), entries, "fr") == "Toutes les dates : 14 – 24 novembre 2023"
    assert captions.window(IncidentQuery(), (), "en") == "All dates; no dated incident"


@pytest.mark.parametrize(("start", "end", "words"), [
    (date(2023, 11, 1), date(2023, 11, 30), "Du 1er novembre 2023 au 30 novembre 2023"),
    (date(2023, 11, 24), date(2023, 11, 24), "Le 24 novembre 2023"),
    (date(2023, 11, 24), None, "Depuis le 24 novembre 2023"),
    (None, date(2023, 11, 24), "Jusqu’au 24 novembre 2023"),
])
def test_a_window_is_put_into_words(start: date | None, end: date | None, words: str) -> None:
    assert captions.window(IncidentQuery(start=start, end=end), (), "fr") == words


def test_filters_are_told() -> None:
    query = IncidentQuery(actors=("jnim",), region="gao", worst_precision=2, statuses=(Status.CONFIRMED,), text="camp")
    words = captions.filters(query, "en")
    assert all(part in words for part in ("JNIM", "Gao", "2 or better", "confirmed", "camp"))
    assert captions.filters(IncidentQuery(start=date(2023, 1, 1)), "en") == ""


def test_the_legend_counts_each_incident_once_under_who_did_it() -> None:
    entries = read_entries(picture(EVERY_KIND).frame, "fr")
    among = parties(entries, "fr", "light")
    assert [(party.id, party.count) for party in among] == [("jnim", 7), ("fama", 1), ("cnsp", 1), ("", 1)]
    assert sum(party.count for party in among) == len(entries)
