"""Which part each actor has in a draft: attacker, target, or one who agrees; claimants and deniers follow from the claims."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from incidentmap.registry import actor_name
from incidentmap.reports.actors import (
    CIVILIANS,
    UNIDENTIFIED,
    ActorMention,
    inter_of,
    is_armed_group,
)
from incidentmap.reports.claims import Voice, is_source, led_by, said_by, subject_before, voice_of
from incidentmap.reports.drafts import Draft, Evidence
from incidentmap.reports.events import Telling
from incidentmap.reports.lexicon import states
from incidentmap.reports.page import Page

FORCES = frozenset({1, 8})
"""ACLED's codes of state forces, and of foreign and other ones."""
_BYFORCES = frozenset({"control_retaken", "control_taken", "air_strike", "killing", "clash", "assault", "arrest", "disrupted"})
_CIVIL = frozenset({"civilians", "children", "women", "families", "persons"})
_UNDERGONE = frozenset({
    "attack", "assault", "ambush", "shelling", "mine", "vehicle_bomb", "suicide_bomb", "car_bomb", "explosion", "grenade",
    "repelled", "routed", "deaths", "control_attempt",
})


_HARMS = frozenset({"killing", "abduction", "sexual_violence", "looting", "air_strike", "arrest"})
_PASSIVE_REACH, _OBJECT_REACH, _SIDES_REACH = 2, 3, 6
"""Words between a trigger and what makes it passive, a trigger and its object, the two sides of a clash."""


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
    claimed: set[str] = set()
    for item in draft.evidence:
        telling = tellings[item.telling]
        claimed |= {voice.claimant for voice in voices[item.telling] if item.trigger.kind.id == "responsibility"}
        claimed |= {actor.id for actor in telling.actors if said_by(page, telling.sentence, actor)}
        for actor in _attacking(page, item, telling, voices[item.telling]):
            attackers.setdefault(actor.id, words(page, actor))
        for actor in _attacked(page, item, telling, voices[item.telling]):
            targets.setdefault(actor.id, words(page, actor))
    if draft.family == "political":
        return Parts((), (), _parties(page, draft, tellings))
    attackers = _unclaimed(attackers, claimed) or _winner(page, draft)
    hit = tuple((actor, name) for actor, name in targets.items() if actor not in attackers)
    return Parts(tuple(attackers.items()), hit, ())


def _unclaimed(attackers: dict[str, str], claimed: set[str]) -> dict[str, str]:
    """Where nobody knows the attackers, who claims the attack is its claimant, not one more attacker beside them."""
    if UNIDENTIFIED not in attackers:
        return attackers
    return {actor: name for actor, name in attackers.items() if actor not in claimed}


def words(page: Page, actor: ActorMention) -> str:
    """An actor as the report writes it."""
    start, end = page.tokens[actor.first].start, page.tokens[actor.last - 1].end
    return page.clean.span(start, end).quote


def _attacking(page: Page, item: Evidence, telling: Telling, voices: Sequence[Voice]) -> list[ActorMention]:
    sentence, kind = telling.sentence, item.trigger.kind
    found = [actor for actor in telling.actors if actor.first >= item.trigger.first and led_by(page, sentence, actor, "agents")
             and not _announces(page, telling, actor)]
    agents = [actor for actor in found if _can_attack(actor, kind.id, page, telling)]
    if agents:
        return agents
    if kind.id == "air_strike":
        found += [actor for actor in telling.actors if _flies(page, telling, actor)]
    subject = subject_before(page, sentence, telling.actors, item.trigger.first)
    voice = voice_of(page, sentence, voices, item.trigger.first, item.trigger.last)
    sides = _sides(page, item, telling)
    if sides:
        return [actor for actor in sides[:1] if _can_attack(actor, kind.id, page, telling)]
    speaks = voice and subject and voice.manner != "claims" and voice.claimant == subject.id
    if subject and not _suffers(page, item) and not speaks:
        found.append(subject)
    if voice and voice.manner == "claims" and kind.field in {"attack", "control"}:
        found.extend(actor for actor in telling.actors if actor.id == voice.claimant)
    found.extend(actor for actor in telling.actors if actor.refers == "attackers")
    objects = _objects(page, item, telling)
    return [actor for actor in found if actor not in objects and _can_attack(actor, kind.id, page, telling)
            and not _announces(page, telling, actor)]


def _flies(page: Page, telling: Telling, actor: ActorMention) -> bool:
    """Whether a force is named as the one whose aircraft struck: "raid aérien de l'armée", not "a strike on the army"."""
    struck = page.preceded("targets", actor.first, telling.sentence, reach=2) is not None
    return inter_of(actor.id) in FORCES and actor.refers in {"army", "name"} and not struck


def _suffers(page: Page, item: Evidence) -> bool:
    """Whether the subject of a trigger is hit by it: "a été attaqué", "was ambushed", "tombe dans une embuscade"."""
    first, last, book = item.trigger.first, item.trigger.last, page.lexicon.book("passive")
    before = page.tokens[max(0, first - _PASSIVE_REACH):first]
    hits = book.scan(page.tokens, page.sentence_of(first).first, last)
    undergone = any(hit.meaning == "undergoes" and hit.last >= first - _PASSIVE_REACH for hit in hits)
    return item.trigger.kind.id == "mine" or undergone or any(book.word(token) for token in before)


def _announces(page: Page, telling: Telling, actor: ActorMention) -> bool:
    """Whether a force is only named as the one who tells of it."""
    return inter_of(actor.id) in FORCES and said_by(page, telling.sentence, actor)


def _objects(page: Page, item: Evidence, telling: Telling) -> list[ActorMention]:
    """Actors named right after a verb in the active: "ont attaqué les chasseurs dozos", "ambushed an army patrol"."""
    if _suffers(page, item) or item.trigger.kind.id in {"clash", "air_strike"}:
        return []
    after = [actor for actor in telling.actors if 0 <= actor.first - item.trigger.last <= _OBJECT_REACH]
    return [actor for actor in after if all(token.glued for token in page.tokens[item.trigger.last:actor.first + 1])
            and not led_by(page, telling.sentence, actor, "agents")][:1]


def _sides(page: Page, item: Evidence, telling: Telling) -> list[ActorMention]:
    """The two sides of a clash: "entre le GATIA et la CMA", "GATIA and CMA clashed"; the first named counts as attacker."""
    armed = [actor for actor in telling.actors if actor.id and (is_armed_group(actor.id) or inter_of(actor.id) in FORCES)
             and not _governs(actor.id)]
    pairs = [(one, other) for one, other in pairwise(armed) if one.id != other.id and _joined(page, one, other)]
    return list(pairs[0]) if pairs and item.trigger.kind.id == "clash" else []


def _joined(page: Page, one: ActorMention, other: ActorMention) -> bool:
    between, joints = page.tokens[one.last:other.first], page.lexicon.words("joints", "adds", "beside")
    return len(between) <= _SIDES_REACH and any(token.text in joints for token in between)


def _can_attack(actor: ActorMention, kind: str, page: Page, telling: Telling) -> bool:
    if not actor.id or is_source(actor.id) or actor.id == CIVILIANS or led_by(page, telling.sentence, actor, "affiliation"):
        return False
    if inter_of(actor.id) in FORCES:
        return kind in _BYFORCES and actor.refers not in {"government", "state"} and not _governs(actor.id)
    if kind in {"repelled", "routed", "control_attempt"}:
        return actor.refers == "attackers"
    return is_armed_group(actor.id) and not led_by(page, telling.sentence, actor, "targets")


def _governs(actor_id: str) -> bool:
    return any(actor_id in state.governments for state in states().values())


def _attacked(page: Page, item: Evidence, telling: Telling, voices: Sequence[Voice]) -> list[ActorMention]:
    sentence, kind = telling.sentence, item.trigger.kind.id
    found = [actor for actor in telling.actors if led_by(page, sentence, actor, "targets")]
    found += _sides(page, item, telling)[1:]
    if item.trigger.kind.id in _UNDERGONE | _HARMS:
        subject = subject_before(page, sentence, telling.actors, item.trigger.first) if _suffers(page, item) else None
        found += [*_objects(page, item, telling), *([subject] if subject else [])]
    if kind in _UNDERGONE:
        found.extend(actor for actor in telling.actors
                     if inter_of(actor.id) in FORCES and actor.refers in {"army", "name"} and not _governs(actor.id)
                     and not led_by(page, sentence, actor, "agents") and not _cited(actor, voices))
        found.extend(actor for actor in telling.actors if actor.id == CIVILIANS and actor.last > item.trigger.first
                     and not any(figure.first <= actor.first < figure.last for figure in telling.figures))
    voice = voice_of(page, sentence, voices, item.trigger.first, item.trigger.last)
    if voice and voice.manner == "confirms" and item.trigger.kind.field == "attack":
        found.extend(actor for actor in telling.actors if actor.id == voice.claimant)
    if any(figure.subject in _CIVIL and figure.field.value in {"killed", "wounded", "captured"} for figure in telling.figures):
        found.extend(actor for actor in telling.actors if actor.id == CIVILIANS)
    found = [replace(actor, id=CIVILIANS) if actor.refers == "source" else actor for actor in found]
    return [actor for actor in found if actor.id and actor.refers not in {"government", "state", "attackers", "him", "us"}
            and not _governs(actor.id) and not is_source(actor.id)]


def _cited(actor: ActorMention, voices: Sequence[Voice]) -> bool:
    """Whether an actor is only one that a sentence is told after: "according to the United Nations"."""
    return any(voice.manner == "according" and voice.claimant == actor.id for voice in voices)


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

