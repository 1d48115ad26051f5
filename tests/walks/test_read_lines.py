import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.model import BadValue, IncidentQuery, NameAsked, UnknownRegion
from incidentmap.paths import shipped
from incidentmap.reports.lines import LONGEST_LINE
from incidentmap.walks.decide import reject
from incidentmap.walks.export import geojson_text
from incidentmap.walks.ingest import ingest
from incidentmap.walks.read_lines import open_line_reader, read_lines
from incidentmap.walks.workspace import open_workspace

REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")
TEXT = REPORT.read_text("utf-8")


def lines(*objects: Any) -> BytesIO:
    return BytesIO(b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in objects))


def read(stream: BytesIO, **asked: Any) -> list[dict[str, Any]]:
    return [json.loads(each.output) for each in read_lines(open_line_reader(**asked), stream)]


def test_incidents_are_those_of_the_geojson_export(tmp_path: Path) -> None:
    (told,) = read(lines({"id": "one", "text": TEXT}), region="tombouctou")
    workspace = open_workspace(tmp_path, "tombouctou")
    ingest(workspace, [REPORT])
    exported = json.loads(geojson_text(workspace, IncidentQuery()))
    by_id = {each["id"]: each for each in exported["features"]}
    for each in by_id.values():
        del each["properties"]["source"], each["properties"]["url"]
    assert {each["id"]: each for each in told["incidents"]} == by_id
    assert [list(each["properties"]) for each in told["incidents"]] == [list(each["properties"]) for each in by_id.values()]
    assert told["report_claims"] == exported["report_claims"]
    assert list(told) == ["id", "incidents", "report_claims", "warnings"]


def test_a_line_out_for_every_line_in_and_in_order() -> None:
    stream = BytesIO(
        b'{"id": "a", "text": "Trois morts."}\n\nnonsense\n{"text": 5}\n\xff\xfe\n{"id": 9, "text": "Rien."}\r\n'
        b'{"text": "' + b"x" * (LONGEST_LINE + 9) + b'"}\n{"text": "Le mil baisse."}'
    )
    found = [*read_lines(open_line_reader(), stream)]
    assert [json.loads(each.output)["id"] for each in found] == ["a", 2, 3, 4, 5, 9, 7, 8]
    assert [each.refused for each in found] == [False, True, True, True, True, False, True, False]
    assert sum(each.size for each in found) == len(stream.getvalue())
    assert "longer than 40 MB" in json.loads(found[6].output)["error"]
    assert json.loads(found[7].output)["warnings"][1] == {
        "code": "no_incident", "words": "No incident was found in this text.",
    }


def test_given_day_and_language_win() -> None:
    text = "Publié le 1er janvier 2020.\n\nVendredi dernier, des hommes armés ont attaqué le camp militaire de Niafunké."
    given: tuple[dict[str, str], ...] = ({}, {"published": "2023-11-27"}, {"language": "en"})
    own, given_day, english = read(lines(*({"text": text, **more} for more in given)))
    assert [each["properties"]["date_start"] for each in own["incidents"]] == ["2019-12-27"]
    assert [each["properties"]["date_start"] for each in given_day["incidents"]] == ["2023-11-24"]
    assert english["incidents"] == []


def test_the_same_lines_give_the_same_bytes() -> None:
    asked = [{"id": number, "text": TEXT} for number in range(3)]
    first, second = ([each.output for each in read_lines(open_line_reader(), lines(*asked))] for _ in range(2))
    assert first == second


def test_mentions_are_written_on_demand() -> None:
    (told,) = read(lines({"text": TEXT}), mentions=True)
    assert {each["kind"] for each in told["mentions"]} == {"place", "date", "figure", "actor", "event", "claim"}
    assert all(TEXT[each["start"]:each["end"]] == each["quote"] for each in told["mentions"])


def test_a_country_is_a_hint_where_there_is_no_region() -> None:
    text = "Mardi 5 mars 2024, des hommes armés ont attaqué Say."

    def review(**asked: Any) -> list[tuple[str, bool]]:
        (told,) = read(lines({"text": text}), **asked)
        found = (each["properties"] for each in told["incidents"])
        return [(each["place"], any("several places" in why for why in each["review"])) for each in found]

    assert review() == [("Say", True)]
    assert review(country="NE") == review(country="Niger") == [("Say", False)]
    assert review(country="NE", region="mali") == review(region="mali")


def test_what_is_not_known_is_refused_before_a_line_is_read() -> None:
    with pytest.raises(BadValue, match="--country: 'Atlantis'"):
        open_line_reader(country="Atlantis")
    with pytest.raises(UnknownRegion):
        open_line_reader(region="atlantis")


def test_decisions_of_a_workspace_count(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path, "mali")
    reject(workspace, NameAsked("Niafunké"), "Awa")
    text = "Vendredi 24 novembre 2023, des hommes armés ont attaqué le camp militaire de Niafunké."
    (told,), (plain,) = read(lines({"text": text}), workspace=workspace), read(lines({"text": text}))
    assert [each["properties"]["place"] for each in plain["incidents"]] == ["Niafunké"]
    assert [each["properties"]["place"] for each in told["incidents"]] == [None]
    assert workspace.store.reports() == ()


def test_halves_of_letters_come_out_as_they_came() -> None:
    (out,) = read_lines(open_line_reader(), BytesIO(b'{"id": "\\ud800", "text": "Trois morts \\udfff hier."}\n'))
    assert out.output.startswith(b'{"id": "\\ud800", ')


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=60) | st.text().map(lambda text: json.dumps({"text": text}).encode()), max_size=6))
def test_no_lines_stop_the_run(data: list[bytes]) -> None:
    stream = b"".join(each.replace(b"\n", b" ") + b"\n" for each in data)
    found = [*read_lines(open_line_reader(), BytesIO(stream))]
    assert len(found) == stream.count(b"\n") == len(data)
    assert all(("error" in json.loads(each.output)) is each.refused for each in found)
