"""Which part each actor has in a draft: attacker, target, or one who agrees; claimants and deniers follow from the claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.registry import actor_name
from incidentmap.reports.actors import (
    CIVILIANS,
    ActorMention,
    inter_of,
    is_armed_group,
)
from incidentmap.reports.claims import Voice, is_source, led_by, subject_before, voice_of
from incidentmap.reports.drafts import Draft, Evidence
from incidentmap.reports.events import Telling
from incidentmap.reports.lexicon import states
from incidentmap.reports.page import Page

_FORCES = frozenset({1, 8})
_BY_FORCES = frozenset({"control_retaken", "air_strike", "killing", "clash", "assault", "arrest", "disrupted"})
_CIVIL = frozenset({"civilians", "children", "women", "families", "persons"})
_UNDERGONE = frozenset({
    "attack", "assault", "ambush", "shelling", "mine", "vehicle_bomb", "suicide_bomb", "car_bomb", "explosion", "grenade",
    "repelled", "routed", "deaths", "control_attempt",
})


@dataclass(frozen=True, slots=True)
class Parts:
    """Actor ids with the words that name them, by part."""

    attackers: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, str], ...]


def parts_of(page: Page, draft: Draft, tellings: Sequence[Telling], voices: Sequence[Sequence[Voice]]) -> Parts:
    """The parts of all actors of a draft, as its sentences tell them."""
    attackers: dict[str, str] = {}
    targets: dict[str, str] = {}
    for item in draft.evidence:
        telling = tellings[item.telling]
        for actor in _attacking(page, item, telling, voices[item.telling]):
            attackers.setdefault(actor.id, words(page, actor))
        for actor in _attacked(page, item, telling, voices[item.telling]):
            targets.setdefault(actor.id, words(page, actor))
    if draft.family == "political":
        return Parts((), (), _parties(page, draft, tellings))
    attackers = attackers or _winner(page, draft)
    hit = tuple((actor, name) for actor, name in targets.items() if actor not in attackers)
    return Parts(tuple(attackers.items()), hit, ())


def words(page: Page, actor: ActorMention) -> str:
    """An actor as the report writes it."""
    start, end = page.tokens[actor.first].start, page.tokens[actor.last - 1].end
    return page.clean.span(start, end).quote


def _attacking(page: Page, item: Evidence, telling: Telling, voices: Sequence[Voice]) -> list[ActorMention]:
    sentence, kind = telling.sentence, item.trigger.kind
    found = [actor for actor in telling.actors if actor.first >= item.trigger.first and led_by(page, sentence, actor, "agents")]
    subject = subject_before(page, sentence, telling.actors, item.trigger.first)
    voice = voice_of(page, sentence, voices, item.trigger.first, item.trigger.last)
    if subject:
        found.append(subject)
    if voice and voice.manner == "claims" and kind.field in {"attack", "control"}:
        found.extend(actor for actor in telling.actors if actor.id == voice.claimant)
    found.extend(actor for actor in telling.actors if actor.refers == "attackers")
    return [actor for actor in found if _can_attack(actor, kind.id, page, telling)]


def _can_attack(actor: ActorMention, kind: str, page: Page, telling: Telling) -> bool:
    if not actor.id or is_source(actor.id) or actor.id == CIVILIANS or led_by(page, telling.sentence, actor, "affiliation"):
        return False
    if inter_of(actor.id) in _FORCES:
        return kind in _BY_FORCES and actor.refers not in {"government", "state"} and not _governs(actor.id)
    if kind in {"repelled", "routed", "control_attempt"}:
        return actor.refers == "attackers"
    return is_armed_group(actor.id) and not led_by(page, telling.sentence, actor, "targets")


def _governs(actor_id: str) -> bool:
    return any(actor_id in state.governments for state in states().values())


def _attacked(page: Page, item: Evidence, telling: Telling, voices: Sequence[Voice]) -> list[ActorMention]:
    sentence, kind = telling.sentence, item.trigger.kind.id
    found = [actor for actor in telling.actors if led_by(page, sentence, actor, "targets") and not is_source(actor.id)]
    if kind in _UNDERGONE:
        found.extend(actor for actor in telling.actors
                     if inter_of(actor.id) in _FORCES and actor.refers in {"army", "name"} and not _governs(actor.id)
                     and not led_by(page, sentence, actor, "agents"))
        found.extend(actor for actor in telling.actors if actor.id == CIVILIANS and actor.last > item.trigger.first
                     and not any(figure.first <= actor.first < figure.last for figure in telling.figures))
    voice = voice_of(page, sentence, voices, item.trigger.first, item.trigger.last)
    if voice and voice.manner == "confirms" and item.trigger.kind.field == "attack":
        found.extend(actor for actor in telling.actors if actor.id == voice.claimant)
    if any(figure.subject in _CIVIL and figure.field.value in {"killed", "wounded", "captured"} for figure in telling.figures):
        found.extend(actor for actor in telling.actors if actor.id == CIVILIANS)
    return [actor for actor in found if actor.id and actor.refers not in {"government", "state"} and actor.refers != "attackers"
            and not _governs(actor.id)]


def _winner(page: Page, draft: Draft) -> dict[str, str]:
    """Where a government regains a place and no force is named, the army of the country that the place lies in."""
    if not draft.ground or not any(item.trigger.kind.id == "control_retaken" for item in draft.evidence):
        return {}
    state = states().get(draft.ground.places[0].place.country)
    return {state.army: actor_name(state.army, page.lexicon.language)} if state else {}


def _parties(page: Page, draft: Draft, tellings: Sequence[Telling]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for item in draft.evidence:
        for actor in tellings[item.telling].actors:
            if actor.id and inter_of(actor.id) in {1, 2, 3, 4} and actor.refers not in {"army", "unknown_group", "attackers"}:
                found.setdefault(actor.id, words(page, actor))
    return tuple(found.items())

