"""A mini-region: two square countries side by side, three square regions, a river; real places, made-up outlines."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from incidentmap.gazetteer import Gazetteer, open_gazetteer

LOCALITIES = """\
id,name,variants_fr,variants_en,variants_local,lon,lat,radius_km,kind,country,admin1,admin2,note
tombouctou,Tombouctou,,Timbuktu|Tinbuktu,تمبكتو,-3.007,16.773,3,city,ML,Tombouctou,Tombouctou,The city
niafunke,Niafunké,Niafounké,,,-3.99,15.93,3,town,ML,Tombouctou,Niafunké,
goundam,Goundam,,,,-3.67,16.41,3,town,ML,Tombouctou,Goundam,
kidal,Kidal,,,,1.41,18.44,3,city,ML,Kidal,Kidal,
bamako,Bamako,,,,-8.0,12.65,10,city,ML,Bamako,Bamako,
aguelhoc,Aguelhoc,Aguel'hoc,,,0.86,19.46,5,town,ML,Kidal,Tessalit,
in-delimane,I-n-Délimane,,,,1.50,15.87,8,village,ML,Gao,Ansongo,
farabougou-1,Farabougou,,,,-6.05,14.86,5,village,ML,Ségou,Niono,
farabougou-2,Farabougou,,,,-9.40,14.30,5,village,ML,Kayes,Nioro,
bamba,Bamba,,,,-1.40,17.03,5,village,ML,Gao,Bourem,
"""
AREAS = """\
id,name,variants,lon,lat,radius_km,kind,country,admin1,area_id
ML,Mali,République du Mali,-3.5,17.0,800,country,ML,,ML
NE,Niger,République du Niger,9.0,17.0,800,country,NE,,NE
ML/tombouctou,Tombouctou,Timbuktu,-3.0,19.0,300,area,ML,Tombouctou,ML/tombouctou
ML/kidal,Kidal,,1.0,19.5,200,area,ML,Kidal,ML/kidal
niger-river,Niger,fleuve Niger,-3.5,16.5,300,natural,ML,,
"""
CITIES = """\
geonameid,name,alternates,lon,lat,feature_class,country,admin1,population
2449067,Timbuktu,Tombouctou|Timbuktu,-3.00742,16.77348,P,ML,08,32460
900001,Bamba,,8.5,13.2,P,NE,01,90000
900002,Tawa,Taoua|Tawa,5.27,14.89,P,NE,05,120000
900003,Sila,,6.2,14.0,P,NE,05,2000
900004,Fama,Fama,-6.0,13.5,P,ML,05,700
900005,Mali,,-12.3,12.1,P,ML,00,5000
900006,Tawa,,-9.9,12.9,P,ML,01,120000
"""


def _square(west: float, south: float, east: float, north: float) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def _feature(properties: dict[str, object], *corners: float) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": _square(*corners)}


def _write(path: Path, features: Iterable[dict[str, object]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")


def _region(folder: Path, own: str, label: str, *corners: float) -> None:
    properties: dict[str, object] = {
        "id": own, "name_fr": own.title(), "name_en": own.title(), "valid_from": None, "valid_to": "2016-01-19",
        "label_fr": label, "label_en": label, "method": "a square", "source": "made up",
    }
    (folder / f"{own}.geojson").write_text(json.dumps(_feature(properties, *corners)), "utf-8")


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    """A copy of `geo/` in small."""
    geo = tmp_path / "geo"
    for part in ("gazetteer", "boundaries", "regions"):
        (geo / part).mkdir(parents=True)
    (geo / "gazetteer" / "localities.csv").write_text(LOCALITIES, "utf-8")
    (geo / "gazetteer" / "areas.csv").write_text(AREAS, "utf-8")
    (geo / "gazetteer" / "cities500.csv").write_text(CITIES, "utf-8")
    _write(geo / "boundaries" / "admin0.geojson", [
        _feature({"id": "ML", "name": "Mali"}, -12.5, 10, 4, 25), _feature({"id": "NE", "name": "Niger"}, 4, 11, 16, 24),
        _feature({"id": "TD", "name": "Tchad"}, 16, 8, 24, 24),
    ])
    _write(geo / "boundaries" / "admin1.geojson", [
        _feature({"id": "ML/tombouctou", "name": "Tombouctou"}, -6, 15.5, -1.5, 25),
        _feature({"id": "ML/kidal", "name": "Kidal"}, -0.5, 17.8, 4, 21),
    ])
    _write(geo / "boundaries" / "admin2.geojson", [
        _feature({"id": "ML/tombouctou/goundam", "name": "Goundam"}, -4, 16, -3.5, 17),
    ])
    _region(geo / "regions", "tombouctou", "before 2016", -6, 15.5, -1.5, 25)
    _region(geo / "regions", "kidal", "", -0.5, 17.8, 4, 21)
    _region(geo / "regions", "mali", "", -12.5, 10, 4, 25)
    return geo


@pytest.fixture
def gazetteer(ground: Path, tmp_path: Path) -> Gazetteer:
    """The mini-region's gazetteer, compiled into a fresh cache."""
    return open_gazetteer(ground, tmp_path / "cache")
