from dataclasses import replace

import pytest

from incidentmap.model import Incident, Span, Status
from incidentmap.store.statuses import with_statuses

C, D = Status.CONFIRMED, Status.DRAFT
Told = tuple[str, int, Status]
"""Id, where the trigger stands, status."""


@pytest.mark.parametrize(
    ("before", "after", "expected", "lost"),
    [
        ([("a", 1, C), ("b", 2, D)], [("a", 1, D), ("b", 2, D)], [C, D], []),
        ([("a", 1, C)], [("moved", 1, D)], [C], []),
        ([("a", 1, C), ("b", 2, D)], [("moved", 1, D), ("b", 2, D)], [C, D], []),
        ([("a", 1, C), ("b", 1, D)], [("moved", 1, D), ("b", 1, D)], [D, D], ["a"]),
        ([("a", 1, C)], [("x", 1, D), ("y", 1, D)], [D, D], ["a"]),
        ([("a", 1, C), ("b", 1, D)], [("b", 1, D)], [D], ["a"]),
        ([("a", 1, C)], [], [], ["a"]),
        ([("a", 1, D)], [], [], []),
        ([], [("a", 1, D)], [D], []),
    ],
    ids=["same id", "place changed", "one of two changed", "two of one trigger", "one became two", "two became one", "gone",
         "a draft is gone", "new"],
)
def test_what_a_person_said_stays_with_the_incident(
    niafunke: Incident, before: list[Told], after: list[Told], expected: list[Status], lost: list[str],
) -> None:
    def made(told: list[Told]) -> list[Incident]:
        return [replace(niafunke, id=name, trigger=Span(at, at + 1, "x"), status=status) for name, at, status in told]

    incidents, gone = with_statuses(made(after), made(before))
    assert [each.status for each in incidents] == expected
    assert [each.id for each in incidents] == [name for name, _, _ in after]
    assert [each.incident for each in gone] == lost
    back, _ = with_statuses(made(before), incidents, gone)
    assert [each.status for each in back] == [status for _, _, status in before], "once they are read again"
