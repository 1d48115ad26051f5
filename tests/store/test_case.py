import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from incidentmap.model import BadValue, Incident, IncidentQuery, Reading, Report, Status
from incidentmap.store import Added, Store, open_store


@pytest.fixture
def store(tmp_path: Path, first_report: Report, first_reading: Reading) -> Store:
    opened = open_store(tmp_path / "case.sqlite")
    opened.add(first_report, first_reading)
    return opened


def names(incidents: tuple[Incident, ...]) -> list[str]:
    return [incident.id.removeprefix("inc-") for incident in incidents]


def test_a_second_ingest_adds_nothing(store: Store, first_report: Report, first_reading: Reading) -> None:
    before = store.version()
    assert store.add(first_report, first_reading) == Added(0, known=True)
    assert (store.count(), len(store.reports()), store.version()) == (4, 1, before)


def test_a_first_ingest_tells_what_is_new(tmp_path: Path, first_report: Report, first_reading: Reading) -> None:
    assert open_store(tmp_path / "new" / "folder" / "case.sqlite").add(first_report, first_reading) == Added(4, known=False)


def test_what_went_in_comes_out(store: Store, first_report: Report, first_reading: Reading, niafunke: Incident) -> None:
    assert store.report(first_report.id) == first_report
    assert store.reports() == (first_report,)
    assert store.reading(first_report.id) == first_reading
    assert store.incident("inc-niafunke") == niafunke


def test_what_is_not_there_is_none(store: Store) -> None:
    assert (store.report("x"), store.incident("x"), store.reading("x"), store.setting("x")) == (None, None, None, None)


ORDER = ["kidal", "bamako", "goundam", "niafunke"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (IncidentQuery(), ORDER),
        (IncidentQuery(start=date(2023, 11, 24)), ["bamako", "goundam", "niafunke"]),
        (IncidentQuery(end=date(2023, 11, 23)), ["kidal"]),
        (IncidentQuery(start=date(2023, 11, 16), end=date(2023, 11, 16)), ["kidal"]),
        (IncidentQuery(start=date(2023, 11, 17), end=date(2023, 11, 23)), []),
        (IncidentQuery(actors=("jnim",)), ["goundam", "niafunke"]),
        (IncidentQuery(actors=("cnsp", "jnim")), ["bamako", "goundam", "niafunke"]),
        (IncidentQuery(event_types=("Battles",)), ["kidal", "niafunke"]),
        (IncidentQuery(region="tombouctou"), ["goundam", "niafunke"]),
        (IncidentQuery(bbox=(-4.0, 15.0, -3.9, 17.0)), ["niafunke"]),
        (IncidentQuery(bbox=(-3.99, 15.93, -3.99, 15.93)), ["niafunke"]),
        (IncidentQuery(statuses=(Status.CONFIRMED,)), ["bamako"]),
        (IncidentQuery(statuses=(Status.REJECTED,)), []),
        (IncidentQuery(statuses=()), ORDER),
        (IncidentQuery(text="niafunke"), ["niafunke"]),
        (IncidentQuery(text="VÉHICULE pie\u0301gé"), ["niafunke"]),
        (IncidentQuery(text="soldats niafunke"), ["niafunke"]),
        (IncidentQuery(text="%"), []),
        (IncidentQuery(text="j_im"), []),
        (IncidentQuery(text="' OR 1=1 --"), []),
        (IncidentQuery(actors=("jnim') OR 1=1 --",)), []),
        (IncidentQuery(region="tombouctou", actors=("fama",), text="mortier"), ["goundam"]),
    ],
)
def test_a_query_selects(store: Store, query: IncidentQuery, expected: list[str]) -> None:
    assert names(store.incidents(query)) == expected


def test_an_undated_incident_is_in_no_window_and_comes_last(
    tmp_path: Path, first_report: Report, kidal: Incident, bamako: Incident,
) -> None:
    store = open_store(tmp_path / "case.sqlite")
    store.add(first_report, Reading((replace(kidal, date=None), bamako), (), (), ()))
    assert names(store.incidents(IncidentQuery())) == ["bamako", "kidal"]
    assert names(store.incidents(IncidentQuery(start=date.min, end=date.max))) == ["bamako"]


def test_precision_leaves_out_the_less_precise_and_the_placeless(
    tmp_path: Path, first_report: Report, niafunke: Incident, kidal: Incident, bamako: Incident,
) -> None:
    assert kidal.location
    rough = replace(kidal, location=replace(kidal.location, geo_precision=3))
    store = open_store(tmp_path / "case.sqlite")
    store.add(first_report, Reading((niafunke, rough, replace(bamako, location=None)), (), (), ()))
    found = {worst: names(store.incidents(IncidentQuery(worst_precision=worst))) for worst in (None, 1, 2, 3)}
    assert found == {None: ["kidal", "bamako", "niafunke"], 1: ["niafunke"], 2: ["niafunke"], 3: ["kidal", "niafunke"]}


def test_a_toll_over_several_incidents_comes_with_any_of_them(store: Store, first_reading: Reading) -> None:
    assert store.report_claims(["inc-goundam"]) == first_reading.report_claims
    assert store.report_claims(["inc-kidal", "inc-bamako"]) == ()
    assert store.report_claims([]) == ()


def test_settings_are_kept(store: Store) -> None:
    store.set_setting("region", "kidal")
    store.set_setting("region", "tombouctou")
    assert open_store(store.path).setting("region") == "tombouctou"


def test_the_version_changes_with_the_data_and_only_with_it(
    store: Store, tmp_path: Path, first_report: Report, first_reading: Reading, niafunke: Incident,
) -> None:
    same = open_store(tmp_path / "same.sqlite")
    assert same.version() != store.version()
    same.add(first_report, first_reading)
    assert same.version() == store.version()
    other = open_store(tmp_path / "other.sqlite")
    moved = replace(niafunke, status=Status.CONFIRMED)
    other.add(first_report, replace(first_reading, incidents=(moved, *first_reading.incidents[1:])))
    assert other.version() != store.version()
    before = store.version()
    store.set_setting("region", "tombouctou")
    assert store.version() != before


def test_a_reading_that_cannot_be_kept_leaves_no_trace(store: Store, first_report: Report, niafunke: Incident) -> None:
    fresh = replace(first_report, id="another")
    claim = replace(niafunke.claims[0], report="another", low=2**63)
    for spoilt in (
        replace(niafunke, report="another"),  # its claims are the other report's
        replace(niafunke, report="another", claims=()),  # its id is taken
        replace(niafunke, id="new", report="another", claims=(claim,)),  # a number beyond 64 bits
        replace(niafunke, id="new", report="another", claims=(), event_type="half a surrogate pair: \ud83d"),
    ):
        with pytest.raises(BadValue, match="is not allowed"):
            store.add(fresh, Reading((spoilt,), (), (), ()))
    assert (store.count(), store.report("another"), store.incident("new")) == (4, None, None)


def test_a_claim_over_unknown_incidents_is_refused(store: Store, first_report: Report, first_reading: Reading) -> None:
    with pytest.raises(BadValue, match="inc-goundam"):
        store.add(first_report, replace(first_reading, incidents=()))


def test_the_file_is_in_wal_mode(store: Store) -> None:
    connection = sqlite3.connect(store.path)
    try:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    finally:
        connection.close()


def test_bookkeeping_is_no_data(store: Store) -> None:
    before = store.version()
    store.set_setting("_seen", "3")
    assert (store.setting("_seen"), store.version()) == ("3", before)


def test_reports_without_a_known_day_of_publication_are_left_out(store: Store, first_report: Report) -> None:
    undated = replace(first_report, id="f" * 16, published=None)
    store.add(undated, Reading((), (), (), ()))
    assert undated.id not in store.report_days()
    assert store.report_days() == {first_report.id: date(2023, 11, 25)}
