"""Three hundred reports in one text: slow, so only in `make test-slow`."""

import pytest

from incidentmap.gazetteer import open_gazetteer
from incidentmap.model import Report
from incidentmap.paths import shipped
from incidentmap.reports import dated, read_report

BODY = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt").read_text("utf-8")
COPIES = 300


@pytest.mark.slow
def test_a_text_of_near_a_megabyte_is_read_and_every_span_holds() -> None:
    report = dated(Report("0" * 16, "", "", "fr", None, "", "\n\n".join([BODY] * COPIES), ""))
    reading = read_report(report, open_gazetteer(), "tombouctou")
    places = {incident.location.name for incident in reading.incidents if incident.location}
    assert places == {"Niafunké", "Goundam", "Bamako", "Kidal"}
    spans = [mention.span for mention in reading.mentions]
    spans += [claim.span for incident in reading.incidents for claim in incident.claims]
    assert len(spans) > COPIES
    assert [span for span in spans if report.text[span.start:span.end] != span.quote] == []
