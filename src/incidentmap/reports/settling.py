"""Which registered actor each mention is: armies and governments by their state, namesakes by day and country, "the group"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from incidentmap.model import Actor
from incidentmap.registry import Registry, actors, registry
from incidentmap.reports.actors import UNIDENTIFIED, UNNAMED_ARMY, ActorMention, alias_book, is_armed_group, state_books
from incidentmap.reports.lexicon import State, states
from incidentmap.reports.page import Page
from incidentmap.reports.tokens import Token, tokenise


@lru_cache(maxsize=8)
def _namesakes(known: Registry) -> Mapping[str, tuple[Actor, ...]]:
    """Aliases that several actors share, each with these, in the order of the registry."""
    owners: dict[str, dict[str, Actor]] = {}
    for actor in known.actors.values():
        for _, alias in actor.aliases:
            owners.setdefault(_words_of(tokenise(alias)), {})[actor.id] = actor
    return {words: tuple(found.values()) for words, found in owners.items() if len(found) > 1}


def _words_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.plain for token in tokens)


_NAMING = frozenset({"name", "army", "government", "group"})
"""Kinds of words that name somebody whom "celle-ci", "the latter" can mean."""


def main_country(page: Page) -> str:
    """The state that the report names most often, by whatever word; empty if it names none."""
    counts: Counter[str] = Counter()
    for book in state_books(page):
        counts.update(hit.meaning for hit in book.scan(page.tokens))
    owners = {owner: code for code, state in states().items() for owner in (state.army, *state.governments)}
    counts.update(owners[hit.meaning] for hit in alias_book().scan(page.tokens) if hit.meaning in owners)
    return max(sorted(counts), key=lambda code: counts[code], default="")


def settle_actors(page: Page, found: Sequence[ActorMention], country: str, day: date | None) -> tuple[ActorMention, ...]:
    """Give each mention its actor id: armies by their state, "the group" by the last group named, "we" by the first who acts.

    A communiqué names its author before it speaks of "our men". What a pronoun stands for depends on who speaks; it stays open.
    """
    settled: list[ActorMention] = []
    group = latest = author = ""
    for mention in found:
        actor_id = _meant(page, mention, country, day) or _settled_id(mention, country, day, group)
        actor_id = {"latter": latest, "us": author}.get(mention.refers, actor_id)
        author = author or (actor_id if mention.refers in {"name", "army"} and not _led_by(page, mention) else "")
        latest = actor_id if mention.refers in _NAMING else latest
        if mention.refers in {"name", "unknown_group"} and is_armed_group(actor_id) and not _led_by(page, mention):
            group = group if mention.refers == "unknown_group" and group else actor_id
        settled.append(replace(mention, id=actor_id))
    return tuple(settled)


def _meant(page: Page, mention: ActorMention, country: str, day: date | None) -> str:
    """The id that a mention has. Of several actors of one name, the one that was there on the day, else that of the country.

    Of the forces of several states ("la gendarmerie nationale") none of which is the country's, it is the country's army.
    """
    sharing = _namesakes(registry()).get(_words_of(page.tokens[mention.first:mention.last]), ())
    if mention.refers != "name" or not sharing:
        return mention.id
    there = [actor for actor in sharing if day and (actor.valid_from or day) <= day <= (actor.valid_to or day)] or list(sharing)
    own = next((actor for actor in there if actor.country == country), None)
    state = states().get(country)
    if len(there) > 1 and own is None and state and all(actor.country for actor in there):
        return state.army
    return (own or there[0]).id


def _led_by(page: Page, mention: ActorMention) -> bool:
    """Whether a group is only named as another's relation or victim: "the group" later on is not it."""
    sentence = page.sentence_of(mention.first)
    return any(page.preceded(section, mention.first, sentence, reach=2) is not None for section in ("affiliation", "targets"))


def _settled_id(mention: ActorMention, country: str, day: date | None, group: str) -> str:
    state = states().get(mention.country or country)
    if mention.refers == "army":
        return state.services.get(mention.service, state.army) if state else UNNAMED_ARMY
    if mention.refers in {"government", "state"}:
        return government(state, day) if state else ""
    return (group or UNIDENTIFIED) if mention.refers in {"group", "attackers"} else ""


def government(state: State, day: date | None) -> str:
    """Who governs a state on a day: the first entry whose validity covers it, the first one for an unknown day."""
    known: Mapping[str, Actor] = actors()
    for actor_id in state.governments:
        actor = known[actor_id]
        if day is None or ((actor.valid_from or day) <= day <= (actor.valid_to or day)):
            return actor_id
    return state.governments[0]
