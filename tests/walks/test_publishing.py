"""What a profile keeps in the house gets out in no format: not in bytes, not in compressed parts, not in metadata or names."""

import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.export.conftest import rows_of

from incidentmap.export import FORMATS
from incidentmap.model import (
    ALL_SOURCES,
    BadValue,
    ImportRecord,
    Incident,
    IncidentQuery,
    Position,
    Reading,
    Report,
    ReportClaim,
    TotalRule,
)
from incidentmap.publish import PublishedCase, load_profile, published_case
from incidentmap.store.events import open_events, write_events
from incidentmap.walks.export import ExportAsked, Exported, export_incidents
from incidentmap.walks.export_records import opened_records
from incidentmap.walks.publishing import open_publisher, publication
from incidentmap.walks.workspace import CASE_FILE, Workspace, open_workspace

DAY = date(2026, 11, 23)
POINTS = ((-3.987654321, 15.932145678), (-3.961237891, 15.918273645), (0.041928374, 16.271928374))
ROWS: tuple[dict[str, Any], ...] = tuple(
    {"source_id": f"SECRET-ROW-{number}", "date_start": day, "date_end": day, "date_precision": "day", "country": "ML",
     "event_type": "Battles", "place": "Puits-Caché", "admin3": "Commune-Cachée", "pcode": "ML-SECRET",
     "place_id": "own:secret", "lon": lon, "lat": lat, "where_prec": 1, "geo_precision": 1,
     "actor1": "Dozo", "assoc1": "Gens de Puits-Caché",
     "notes": "Secret notes on Puits-Caché", "sources": "Radio-Secrète", "url": "https://secret.example/row",
     "extra": json.dumps({"where": f"{lat}, {lon}", "told": "secret extra"}), "warnings": ["point_far"], "killed_best": 3}
    for number, ((lon, lat), day) in enumerate(zip(POINTS * 2, [date(2024, 5, n) for n in range(1, 7)], strict=True))
)


def record(source: str, *, warn: bool = False) -> ImportRecord:
    return ImportRecord(source, "made.csv", "0" * 64, "{}", 1, "2026-11-22T19:00:00Z", "anna", licence="Made terms",
                        warn_export=warn)


def put_rows(workspace: Workspace, rows: tuple[dict[str, Any], ...], source: str = "made", *, warn: bool = False) -> None:
    write_events(open_events(workspace.folder / CASE_FILE), [rows_of(rows, source)], record(source, warn=warn))


def secret_incident(incident: Incident, number: int) -> Incident:
    assert incident.location
    lon, lat = POINTS[number % len(POINTS)]
    place = replace(incident.location, name="Puits-Caché", anchor=Position(lon, lat), position=Position(lon, lat), admin2="")
    return replace(incident, id=f"inc-secret-{number}", location=place)


@pytest.fixture(scope="module")
def secret(
    tmp_path_factory: pytest.TempPathFactory, first_report: Report, first_reading: Reading,
    first_incidents: tuple[Incident, ...],
) -> Workspace:
    """A workspace of which every place, word, source and id is to be kept."""
    workspace = open_workspace(tmp_path_factory.mktemp("secret") / "case", "tombouctou")
    incidents = tuple(secret_incident(each, number) for number, each in enumerate(first_incidents))
    (shared,) = first_reading.report_claims
    claims = (ReportClaim(shared.claim, (incidents[0].id, incidents[1].id)),)
    report = replace(first_report, source="Radio-Secrète", url="https://secret.example/report")
    workspace.store.add(report, replace(first_reading, incidents=incidents, report_claims=claims))
    put_rows(workspace, ROWS)
    return workspace


def secrets() -> Iterator[bytes]:
    """Everything that must not be found."""
    for number in (number for point in POINTS for number in point):
        yield from (f"{abs(number):.{digits}f}".encode() for digits in range(4, 10))
        yield from (struct.pack(order, number) for order in ("<d", ">d", "<f", ">f"))
        yield str(abs(number))[:6].replace(".", ",").encode()
    yield from (word.encode() for word in (
        "Puits-Cach", "Commune-Cach", "ML-SECRET", "own:secret", "SECRET-ROW", "inc-secret", "00112233445566aa", "Secrète",
        "secret.example", "ecret notes", "secret extra", "point_far", "plusieurs dizaines", "une cinquantaine",
        "véhicule piégé", "cherché en vain", "s'est rendu", "général Tiani", "garnisons", "L'armée malienne",
    ))


def visible(paths: tuple[Path, ...]) -> bytes:
    """All that a reader of the files can see: names, bytes, what is packed in them."""
    seen = b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths)
    if paths[0].suffix == ".xlsx":
        with ZipFile(paths[0]) as archive:
            seen += b"\0".join(archive.read(name) for name in archive.namelist())
    if paths[0].suffix == ".parquet":
        table = pq.read_table(paths[0])
        for column in table.columns:
            values = [b"" if value is None else value for value in column.to_pylist()]
            seen += b"\0".join(value if isinstance(value, bytes) else struct.pack("<d", value) if isinstance(value, float)
                               else str(value).encode() for value in values)
    return seen


def exported(workspace: Workspace, folder: Path, format_id: str, **asked: Any) -> Exported:
    query = asked.pop("query", IncidentQuery())
    wanted = ExportAsked(query, format_id, day=DAY, **asked)
    return export_incidents(workspace, wanted, folder / f"out{FORMATS[format_id].suffix}")


@pytest.mark.parametrize("format_id", FORMATS)
def test_no_format_lets_out_what_is_protected(format_id: str, secret: Workspace, tmp_path: Path) -> None:
    for query in (IncidentQuery(), IncidentQuery(text="puits-cache", bbox=(-3.98766, 15.9, 1.0, 16.3))):
        done = exported(secret, tmp_path, format_id, profile="public", query=query)
        assert (done.head.incidents, done.head.events, done.head.coarsened) == (4, 6, 10)
        seen = visible(done.paths)
        assert [each for each in secrets() if each in seen] == []
        assert b"-3.98766" not in seen
    inside = visible(exported(secret, tmp_path, format_id).paths)
    assert b"Puits-Cach" in inside  # that the search finds what is there
    assert struct.pack("<d", POINTS[0][0]) in inside or b"3.987654321" in inside


LEVELS = st.sampled_from(["settlement", "admin2", "admin1", "country", "nowhere"])
PLACES = LEVELS.map(lambda level: [{"level": level}])
PROFILES = st.fixed_dictionaries({"title": st.just({"en": "Any"}), "places": PLACES}, optional={
    "min_count": st.integers(0, 5), "pseudonyms": st.booleans(), "quotes": st.sampled_from(["keep", "redact", "drop"]),
    "names": st.sampled_from(["written", "registry"]), "embargo_days": st.integers(0, 1000),
    "drop": st.lists(st.sampled_from(["url", "status", "place", "actors", "claims", "killed_low"]), unique=True),
    "question": st.sampled_from(["full", "coarse"]),
})


@given(told=PROFILES, format_id=st.sampled_from([*FORMATS]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_else_a_profile_says_a_coarser_place_protects_all_of_a_record(
    secret: Workspace, tmp_path: Path, told: dict[str, Any], format_id: str,
) -> None:
    folder = secret.folder / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / "any.yaml").write_text(yaml.safe_dump(told), "utf-8")
    query = IncidentQuery(text="puits cache", bbox=(-3.98766, 15.9, 1.0, 16.3))
    done = exported(secret, tmp_path, format_id, profile="any", query=query)
    seen = visible(done.paths)
    assert [each for each in secrets() if each in seen] == []
    assert done.head.coarsened == done.head.incidents + done.head.events == 10 - sum(count for _, count in done.head.withheld)


def drawn(workspace: Workspace, profile: str, day: date = DAY) -> PublishedCase:
    reports = {each.id: replace(each, text="") for each in workspace.store.reports()}
    with opened_records(workspace) as records:
        publisher = open_publisher(records, load_profile(profile, workspace.folder), day)
        incidents = records.incidents(IncidentQuery())
        fates = dict(publication(records, IncidentQuery(), ALL_SOURCES, load_profile(profile, workspace.folder), day).fates())
        claims = workspace.store.report_claims(each.id for each in incidents)
        return published_case(publisher, incidents, reports, claims, fates)


def test_what_is_drawn_one_by_one_tells_no_more_than_an_export(secret: Workspace, tmp_path: Path) -> None:
    case = drawn(secret, "public")
    seen = repr(case).encode()
    assert [each for each in secrets() if each in seen] == []
    own = {each["id"]: each for each in features(exported(secret, tmp_path, "geojson", profile="public"))}
    assert (len(case.incidents), len(case.coarse)) == (4, 4)
    for each in case.incidents:
        assert each.location
        assert each.location.area_id == own[each.id]["area_id"]
        assert (each.location.where_prec, each.report) == (own[each.id]["where_prec"], own[each.id]["report"])
        assert [claim.low for claim in each.claims] == [claim["low"] for claim in own[each.id]["claims"]]
    assert {each.id for each in case.reports} == {each.report for each in case.incidents}
    assert drawn(secret, "public", date(2023, 12, 1)).stay == (("embargo", 4),)


def test_a_profile_that_coarsens_nothing_keeps_places_and_takes_names_out(secret: Workspace) -> None:
    case = drawn(secret, "partner")
    assert not case.coarse
    assert {each.location and each.location.position for each in case.incidents} <= {Position(*point) for point in POINTS}
    assert "général […]" in repr(case)
    assert "Tiani" not in repr(case)
    assert "Secrète" not in repr(case)
    assert len(case.report_claims) == 1
    assert set(case.report_claims[0].incidents) <= {each.id for each in case.incidents}


def features(done: Exported) -> list[dict[str, Any]]:
    loaded = json.loads(done.paths[0].read_text("utf-8"))["features"]
    return [each["properties"] | {"geometry": each["geometry"]} for each in loaded]


def test_a_record_is_told_the_same_whatever_else_is_asked(secret: Workspace, tmp_path: Path) -> None:
    everything = {each["id"]: each for each in features(exported(secret, tmp_path, "geojson", profile="public"))}
    for query in (IncidentQuery(start=date(2024, 5, 2), end=date(2024, 5, 3)), IncidentQuery(actors=("jnim",))):
        some = features(exported(secret, tmp_path, "geojson", profile="public", query=query))
        assert 0 < len(some) < len(everything)
        assert all(everything[each["id"]].items() >= each.items() for each in some)


def test_places_are_told_of_the_unit(secret: Workspace, tmp_path: Path) -> None:
    told = features(exported(secret, tmp_path, "geojson", profile="public"))
    units = {each["area_id"] for each in told}
    assert "ML/tombouctou/niafunke" in units
    for each in told:
        assert (each["lon"], each["lat"], each["admin3"], each["source_id"]) == (None, None, None, None)
        assert (each["where_prec"], each["geo_precision"]) == ({1: 4, 2: 3, 0: 6}[each["area_id"].count("/")], 3)
        assert each["geometry"]["type"] == "Polygon"


def test_nothing_leads_from_a_record_to_one_of_the_same_report(secret: Workspace, tmp_path: Path) -> None:
    done = exported(secret, tmp_path, "geojson", profile="public", query=IncidentQuery(end=date(2023, 12, 31)))
    reports = [each["report"] for each in features(done)]
    assert len(set(reports)) == len(reports) == 4
    assert not done.head.report_claims


def test_rows_of_a_day_do_not_stand_in_the_order_of_their_cells(secret: Workspace, tmp_path: Path) -> None:
    told = [each["date_start"] for each in features(exported(secret, tmp_path, "geojson", profile="public"))]
    assert told == sorted(told)


@pytest.mark.parametrize(("profile", "withheld"), [
    ({"embargo_days": 10}, {}),
    ({"embargo_days": 935}, {"embargo": 4}),
    ({"embargo_days": 2000}, {"embargo": 10}),
    ({"drop_sources": ["made"]}, {"source": 6}),
    ({"drop_sources": ["Radio-Secrète"]}, {"source": 4}),
    ({"places": [{"level": "admin2"}], "min_count": 20}, {"few_in_area": 10}),
])
def test_what_is_withheld_is_counted(
    secret: Workspace, tmp_path: Path, profile: dict[str, Any], withheld: dict[str, int],
) -> None:
    (secret.folder / "profiles").mkdir(exist_ok=True)
    (secret.folder / "profiles" / "some.yaml").write_text(yaml.safe_dump({"title": {"en": "Some"}, **profile}), "utf-8")
    done = exported(secret, tmp_path, "geojson", profile="some")
    assert dict(done.head.withheld) == withheld
    assert done.head.incidents + done.head.events == 10 - sum(withheld.values())
    assert len(features(done)) == done.head.incidents + done.head.events


def test_the_rule_does_not_betray_a_report(secret: Workspace, tmp_path: Path) -> None:
    done = exported(secret, tmp_path, "geojson", profile="public", rule=TotalRule.parse("source:00112233445566aa"))
    assert b"00112233445566aa" not in visible(done.paths)


def test_rows_whose_terms_forbid_it_leave_only_when_somebody_has_looked(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "case")
    put_rows(workspace, ROWS[:3], "acled", warn=True)
    with pytest.raises(BadValue, match=r"acled \(Made terms\).*--acknowledge-licences"):
        exported(workspace, tmp_path, "csv", profile="public")
    assert not [*tmp_path.glob("out*")]
    done = exported(workspace, tmp_path, "csv", profile="public", acknowledged=True)
    assert [each.warn for each in done.head.licences] == [True]
    assert exported(workspace, tmp_path, "csv").head.events == 3


def test_tables_and_reviewed_incidents_are_one_answer(secret: Workspace, tmp_path: Path) -> None:
    query = IncidentQuery(start=date(2023, 11, 20), end=date(2024, 5, 2))
    for format_id in FORMATS:
        done = exported(secret, tmp_path, format_id, query=query)
        assert (done.head.incidents, done.head.events) == (3, 2)
    whole = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    assert [each["properties"]["record"] for each in whole["features"]] == ["incident"] * 3 + ["event"] * 2
    assert whole["licences"] == [{"source": "made", "licence": "Made terms", "ask_before_sharing": False}]
