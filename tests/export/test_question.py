from datetime import date

import pytest

from incidentmap.export.question import question_words
from incidentmap.model import IncidentQuery, Status


@pytest.mark.parametrize(("query", "words"), [
    (IncidentQuery(), "All dates"),
    (IncidentQuery(start=date(2023, 11, 1)), "Since 1 November 2023"),
    (IncidentQuery(actors=("jnim",), not_actors=("fama",)), "All dates · actors JNIM; without FAMa"),
    (IncidentQuery(statuses=(Status.DRAFT,), text="camp"), "All dates · status draft; text “camp”"),
    (IncidentQuery(sources=("ucdp",), worst_precision=1), "All dates · place precision 1 or better; from ucdp"),
    (IncidentQuery(bbox=(-4, 15, 0, 17)), "All dates · inside a chosen box (-4, 15, 0, 17)"),
])
def test_a_question_is_one_line_of_words(query: IncidentQuery, words: str) -> None:
    assert question_words(query, "en") == words
