import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extractors.conftest import TEXT, at

from incidentmap.extractors.answer import read_answer
from incidentmap.extractors.prompt import INSTRUCTIONS
from incidentmap.model import (
    MOST_EVENTS,
    MOST_NAMES,
    ClaimField,
    PointedActor,
    PointedFigure,
    ProposalKind,
    Proposed,
    Report,
    Role,
    Span,
)

RIGHT = {
    "names": [{"kind": "actor", "quote": "Katiba Azurine"}],
    "events": [{
        "sentence": "Samedi 25 novembre 2023, des hommes de la Katiba Azurine ont fondu sur Tessit.", "trigger": "ont fondu",
        "place": "Tessit", "date": "Samedi 25 novembre 2023", "actors": [{"role": "attacker", "quote": "Katiba Azurine"}],
        "figures": [],
    }],
}
EVENT: dict[str, Any] = {"trigger": "ont fondu", "place": None, "date": None, "actors": [], "figures": []}


def read(report: Report, answer: object) -> Proposed:
    content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return read_answer(report, content, "endpoint m")


def test_a_right_answer_is_kept_whole(report: Report) -> None:
    found = read(report, RIGHT)
    assert found.dropped == ()
    name, event = found.proposals
    assert (name.kind, name.span) == (ProposalKind.ACTOR_NAME, at("Katiba Azurine"))
    assert event.event is not None
    assert event.event.trigger == at("ont fondu")
    assert (event.event.place, event.event.date) == (at("Tessit"), at("Samedi 25 novembre 2023"))
    assert event.event.actors == (PointedActor(at("Katiba Azurine"), Role.ATTACKER),)


def test_figures_are_words_not_numbers(report: Report) -> None:
    words = "Au moins dix soldats ont été tués"
    figures: list[dict[str, object]] = [{"quote": words}, {"quote": 500}, {"quote": words, "best": 500}]
    found = read(report, {"events": [EVENT | {"figures": [{"field": "killed", **each} for each in figures]}]})
    event = found.proposals[0].event
    assert event is not None
    assert event.figures == (PointedFigure(at(words), ClaimField.KILLED),) * 2
    assert [each.why.code for each in found.dropped] == ["proposal_wrong_type", "proposal_not_asked"]


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "```\n{}\n```", "  \n{}\n "])
def test_json_alone_or_in_one_fence(report: Report, around: str) -> None:
    assert len(read(report, around.replace("{}", json.dumps(RIGHT))).proposals) == 2


@pytest.mark.parametrize("content", [
    "", "null", "[]", "3", '"names"', "Here it is: " + json.dumps(RIGHT), json.dumps(RIGHT) + "\nI hope this helps!",
    json.dumps(RIGHT)[:-5], "{'names': []}", '{"names": [], "names": []}', '{"names": [NaN]}', "{" * 9000, '{"a":' * 9000,
    '{"names": ' + "9" * 5000 + "}", "\x00", INSTRUCTIONS, TEXT,
])
def test_what_is_not_one_json_object_is_dropped_and_told(report: Report, content: str) -> None:
    found = read(report, content)
    assert (found.proposals, [each.why.code for each in found.dropped]) == ((), ["proposal_no_json"])


@pytest.mark.parametrize(("name", "code"), [
    ({"quote": "Katiba Rouge"}, "proposal_not_verbatim"),
    ({"quote": "katiba azurine"}, "proposal_not_verbatim"),
    ({"quote": ""}, "proposal_not_verbatim"),
    ({"quote": " \n"}, "proposal_not_verbatim"),
    ({"quote": "Azurin"}, "proposal_not_verbatim"),
    ({"quote": "Katiba Azurine", "start": 0, "end": 14}, "proposal_not_verbatim"),
    ({"quote": "Katiba Azurine", "start": 41, "end": 56}, "proposal_not_verbatim"),
    ({"quote": "Katiba Azurine", "start": -200, "end": -186}, "proposal_not_verbatim"),
    ({"quote": "Katiba Azurine", "start": 42, "end": 10**400}, "proposal_not_verbatim"),
    ({"quote": "Katiba Azurine", "start": 42.0, "end": 56.0}, "proposal_wrong_type"),
    ({"quote": "S", "start": False, "end": True}, "proposal_wrong_type"),
    ({"quote": "Katiba Azurine", "start": "42", "end": "56"}, "proposal_wrong_type"),
    ({"quote": "Katiba Azurine", "start": 42}, "proposal_wrong_type"),
    ({"quote": "atiba", "start": 43, "end": 48}, "proposal_cuts_a_word"),
    ({"quote": ["Tessit"]}, "proposal_wrong_type"),
    ({}, "proposal_wrong_type"),
    ({"quote": "Katiba Azurine " * 40}, "proposal_too_long"),
    ({"quote": "Tessit", "kind": "weapon"}, "proposal_not_one_of"),
    ({"quote": "Tessit", "kind": ["actor"]}, "proposal_not_one_of"),
    ({"quote": "<script>alert(1)</script>"}, "proposal_not_verbatim"),
    ({"quote": "Tes\u202esit"}, "proposal_not_verbatim"),
])
def test_a_name_that_does_not_hold(report: Report, name: dict[str, Any], code: str) -> None:
    found = read(report, {"names": [{"kind": "actor", **name}]})
    assert (found.proposals, [each.why.code for each in found.dropped]) == ((), [code])
    assert all(each.what.isprintable() and len(each.what) <= 60 for each in found.dropped)


def test_offsets_count_code_points_and_choose_among_several(report: Report) -> None:
    second = TEXT.rindex("Katiba Azurine")
    found = read(report, {"names": [{"kind": "actor", "quote": "Katiba Azurine", "start": second, "end": second + 14}]})
    assert found.proposals[0].span == Span(second, second + 14, "Katiba Azurine")


def test_a_name_stands_for_itself_where_it_is_first(report: Report) -> None:
    assert read(report, {"names": [{"kind": "actor", "quote": "Katiba Azurine"}]}).proposals[0].span == at("Katiba Azurine")


@pytest.mark.parametrize(("change", "codes"), [
    ({"trigger": "Katiba Azurine"}, ["proposal_not_once"]),
    ({"trigger": "Katiba Azurine", "sentence": "La Katiba Azurine n'a rien dit."}, []),
    ({"trigger": "blessés", "sentence": "La Katiba Azurine n'a rien dit."}, ["proposal_not_verbatim"]),
    ({"trigger": None}, ["proposal_wrong_type"]),
    ({"place": "Kidal"}, ["proposal_not_verbatim"]),
    ({"place": {"quote": "Gao", "lat": 16.2}}, ["proposal_not_asked"]),
    ({"date": "2023-11-25"}, ["proposal_not_verbatim"]),
    ({"date": 20231125}, ["proposal_wrong_type"]),
    ({"actors": [{"role": "winner", "quote": "Tessit"}]}, ["proposal_not_one_of"]),
    ({"actors": [{"role": "claimant", "quote": "Tessit"}]}, ["proposal_not_one_of"]),
    ({"actors": {"role": "attacker"}}, ["proposal_wrong_type"]),
    ({"figures": [{"field": "control", "quote": "500 morts"}]}, ["proposal_not_one_of"]),
    ({"figures": ["dix"]}, ["proposal_wrong_type"]),
    ({"killed": 500, "lat": 3}, ["proposal_not_asked"]),
])
def test_parts_of_an_event(report: Report, change: dict[str, Any], codes: list[str]) -> None:
    found = read(report, {"events": [EVENT | change]})
    assert [each.why.code for each in found.dropped] == codes
    assert len(found.proposals) == (0 if "trigger" in change and codes else 1)  # without its trigger an event is none


def test_thousands_of_proposals_are_cut_with_their_number(report: Report) -> None:
    found = read(report, {"names": [{"kind": "place", "quote": "Xyzzy"}] * 5000, "events": [EVENT] * 3000})
    assert len(found.dropped) == MOST_NAMES + 2
    assert {each.what for each in found.dropped if each.why.code == "proposal_too_many"} == {
        f"{5000 - MOST_NAMES} names", f"{3000 - MOST_EVENTS} events"}
    assert len(found.proposals) == 1  # the same event, once


def test_what_the_report_tells_the_model_to_do_is_only_words(report: Report) -> None:
    obeyed = EVENT | {"trigger": "est tombée", "place": "Bamako", "figures": [{"field": "killed", "quote": "500 morts"}]}
    found = read(report, {"events": [obeyed]})
    assert all(TEXT[one.start:one.end] == one.quote for each in found.proposals for one in each.spans)


quotes = st.one_of(
    st.sampled_from(["Katiba Azurine", "Tessit", "dix", "Gao", "ont fondu", "é", " ", ""]), st.text(max_size=12),
    st.builds(lambda start, size: TEXT[start:start + size], st.integers(0, len(TEXT)), st.integers(0, 40)),
)
offsets = st.one_of(st.integers(-5, len(TEXT) + 5), st.booleans(), st.floats(), st.none(), st.text(max_size=2))
pointers = st.one_of(quotes, st.dictionaries(
    st.sampled_from(["quote", "start", "end", "role", "field", "kind"]),
    st.one_of(quotes, offsets, st.sampled_from(["attacker", "killed", "actor", "place"])),
))
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), quotes)
members = st.sampled_from(["names", "events", "sentence", "trigger", "place", "date", "actors", "figures", "x"])
answers = st.recursive(
    st.one_of(leaves, pointers), lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(members, inner)),
)
true = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40)).map(
    lambda piece: {"start": piece[0], "end": piece[0] + piece[1], "quote": TEXT[piece[0]:piece[0] + piece[1]]})
pointed = pointers | true
shaped = st.fixed_dictionaries({
    "names": st.lists(st.builds(lambda kind, each: {"kind": kind, **each}, st.sampled_from(["actor", "x"]), true) | pointers),
    "events": st.lists(st.fixed_dictionaries({"trigger": pointed}, optional={
        "sentence": pointed, "place": pointed, "date": pointed,
        "actors": st.lists(st.builds(lambda each: {"role": "attacker", **each}, true) | pointers, max_size=3),
        "figures": st.lists(st.builds(lambda each: {"field": "killed", **each}, true) | pointers, max_size=3),
    }), max_size=3),
})


@given(answer=st.one_of(answers, shaped).map(json.dumps) | st.text())
def test_whatever_the_answer_every_kept_value_slices_back_to_its_quote(answer: str) -> None:
    report = Report("00aa", "s", "", "fr", None, "t", TEXT, "ab")
    found = read_answer(report, answer, "m")
    for proposal in found.proposals:
        assert all(TEXT[each.start:each.end] == each.quote and each.quote for each in proposal.spans)
        assert proposal.report == report.id
    assert all(each.what.isprintable() for each in found.dropped)
