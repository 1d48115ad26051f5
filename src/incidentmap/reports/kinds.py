"""Which of ACLED's types an incident is of, from all that is told of it."""

from collections.abc import Sequence

from incidentmap.model import Claim, ClaimField, Stance
from incidentmap.reports.actors import CIVILIANS, inter_of
from incidentmap.reports.drafts import Draft
from incidentmap.reports.events import Telling
from incidentmap.reports.lexicon import Kind, kinds
from incidentmap.reports.roles import Parts

_STRONG = 40
"""Rank from which a kind names a manner of violence; "attack" and "repelled" only say that there was some."""
_CIVIL = frozenset({"civilians", "children", "women", "families", "hostages"})
_MILITARY = frozenset({"soldiers", "gendarmes", "police", "peacekeepers", "fighters"})
_BY_TARGET = frozenset({"attack", "deaths", "ambush", "assault", "killing"})


def event_kind(draft: Draft, parts: Parts, claims: Sequence[Claim], tellings: Sequence[Telling]) -> tuple[str, str]:
    """ACLED event type and sub-type of a draft.

    Of several kinds told the highest rank counts, those told of this incident alone before those told of several together.
    Control that another side denies is no overtaken territory but an armed clash; an attack is a battle or violence against
    civilians by who was attacked.
    """
    kind = _leading(draft)
    if kind.id == "control_taken":
        return _control(parts, claims)
    if kind.id in _BY_TARGET:
        return _by_target(kind, parts, claims, draft, tellings)
    return kind.event_type, kind.sub_event_type


def _leading(draft: Draft) -> Kind:
    alone = [item.trigger.kind for item in draft.evidence if len(item.grounds) <= 1 and item.trigger.kind.rank >= _STRONG]
    return max(alone or [item.trigger.kind for item in draft.evidence], key=lambda kind: kind.rank)


def _control(parts: Parts, claims: Sequence[Claim]) -> tuple[str, str]:
    contested = any(claim.field is ClaimField.CONTROL and claim.stance is Stance.DENIES for claim in claims)
    by_state = any(inter_of(actor) == 1 for actor, _ in parts.attackers)
    kind = kinds()["clash" if contested else "control_retaken" if by_state else "control_taken"]
    return kind.event_type, kind.sub_event_type


def _by_target(kind: Kind, parts: Parts, claims: Sequence[Claim], draft: Draft, tellings: Sequence[Telling]) -> tuple[str, str]:
    victims = {claim.subject for claim in claims if claim.field in {ClaimField.KILLED, ClaimField.WOUNDED, ClaimField.CAPTURED}}
    victims |= {figure.subject for item in draft.evidence for figure in tellings[item.telling].figures}
    civil = any(actor == CIVILIANS for actor, _ in parts.targets) or bool(victims & _CIVIL)
    armed = any(actor != CIVILIANS for actor, _ in parts.targets) or bool(victims & _MILITARY)
    chosen = kinds()["killing"] if civil and not armed else kinds()["clash"] if armed or kind.id != "killing" else kind
    return chosen.event_type, chosen.sub_event_type
