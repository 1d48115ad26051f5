"""Which of ACLED's types an incident is of, from all that is told of it."""

from collections.abc import Sequence

from incidentmap.model import Claim, ClaimField, Stance
from incidentmap.reports.actors import CIVILIANS, inter_of
from incidentmap.reports.drafts import Draft
from incidentmap.reports.events import Telling
from incidentmap.reports.lexicon import Kind, kinds
from incidentmap.reports.roles import FORCES, Parts

_STRONG = 40
"""Rank from which a kind names a manner of violence; "attack" and "repelled" only say that there was some."""
_CIVIL = frozenset({"civilians", "children", "women", "families", "hostages"})
_MILITARY = frozenset({"soldiers", "gendarmes", "police", "peacekeepers", "fighters", "attackers"})
_BY_TARGET = frozenset({"attack", "deaths", "ambush", "assault", "killing"})
_RAIDS = frozenset({"ambush", "assault"})
_CONTROL = frozenset({"control_taken", "control_retaken"})
_HURT = frozenset({ClaimField.KILLED, ClaimField.WOUNDED})
_TAKEN = frozenset({ClaimField.CAPTURED, ClaimField.MISSING})
_HARM = _HURT | _TAKEN


def event_kind(draft: Draft, parts: Parts, claims: Sequence[Claim], tellings: Sequence[Telling]) -> tuple[str, str]:
    """ACLED event type and sub-type of a draft.

    Of several kinds told the highest rank counts, those told of this incident alone before those told of several together.
    Control that another side denies is no overtaken territory but an armed clash; an attack is a battle or violence against
    civilians by who was attacked; a village burnt down is one too where people were hurt.
    """
    victims, fields = _harm(draft, claims, tellings)
    civil = any(actor == CIVILIANS for actor, _ in parts.targets) or bool(victims & _CIVIL)
    armed = any(actor != CIVILIANS for actor, _ in parts.targets) or bool(victims & _MILITARY)
    kind = _leading(draft, only_civil=civil and not armed)
    if kind.id in _CONTROL:
        return _control(kind, parts, claims)
    looted = any(item.trigger.kind.id == "looting" for item in draft.evidence)
    if looted and kind.id == "attack" and not (armed or civil or fields):
        kind = kinds()["looting"]
    worse = (kind.id == "looting" and fields & _HURT) or (kind.id == "abduction" and ClaimField.KILLED in fields)
    if worse or kind.id in _BY_TARGET:
        kind = _by_target(kind, fields, civil=civil, armed=armed)
    return kind.event_type, kind.sub_event_type


def _leading(draft: Draft, *, only_civil: bool) -> Kind:
    """The kind of the highest rank; an assault on civilians alone is no fight and ranks as a killing."""
    strong = [item.trigger.kind for item in draft.evidence if len(item.grounds) <= 1 and item.trigger.kind.rank >= _STRONG]
    told = strong or [item.trigger.kind for item in draft.evidence]
    return max(told, key=lambda kind: kinds()["killing"].rank if only_civil and kind.id in _RAIDS else kind.rank)


def _control(kind: Kind, parts: Parts, claims: Sequence[Claim]) -> tuple[str, str]:
    """Who took a place says which kind of taking it was; where nobody is named, the words do ("took", "retook")."""
    contested = any(claim.field is ClaimField.CONTROL and claim.stance is Stance.DENIES for claim in claims)
    takers = {inter_of(actor) in FORCES for actor, _ in parts.attackers}
    chosen = kind if len(takers) != 1 else kinds()["control_retaken" if takers == {True} else "control_taken"]
    chosen = kinds()["clash"] if contested else chosen
    return chosen.event_type, chosen.sub_event_type


def _by_target(kind: Kind, fields: frozenset[ClaimField], *, civil: bool, armed: bool) -> Kind:
    one_sided = kind.id == "killing" and (civil or not armed)
    if not one_sided and (armed or not civil):
        return kinds()["clash"]
    return kinds()["abduction" if kind.id == "deaths" and fields and fields <= _TAKEN else "killing"]


def _harm(draft: Draft, claims: Sequence[Claim], tellings: Sequence[Telling]) -> tuple[frozenset[str], frozenset[ClaimField]]:
    """Who came to harm, by class of victims, and what befell them."""
    told = {(claim.subject, claim.field) for claim in claims if claim.field in _HARM and claim.high != 0}
    told |= {(figure.subject, figure.field) for item in draft.evidence for figure in tellings[item.telling].figures
             if figure.field in _HARM and figure.quantity.high != 0}
    return frozenset(subject for subject, _ in told), frozenset(field for _, field in told)
