"""Who is named in a report: registered names, armies and governments of states, unregistered groups, "the group", "they"."""

from dataclasses import dataclass
from functools import cache, lru_cache

from incidentmap.model import name_key
from incidentmap.registry import UNREGISTERED, Registry, actors, registry
from incidentmap.reports.lexicon import states
from incidentmap.reports.page import Page
from incidentmap.reports.tokens import Found, PhraseBook

UNIDENTIFIED, UNNAMED_ARMY, CIVILIANS = "unidentified_armed_group", "unidentified_forces", "civilians"
SOURCES = frozenset({"local_sources", "media", "report"})
_ARMED = frozenset({2, 3, 4, 8})
_NAME_WORDS = 4
SERVICES = frozenset({"gendarmes", "police", "guard", "customs"})
"""Forces of a state besides its army, as the section `refer` and `services` of `states.yaml` call them."""
_FORCES = SERVICES | {"army"}


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in the text.

    Parameters
    ----------
    first, last
        Tokens, the last one excluded.
    id
        Actor id once settled; empty while a word such as "the group" waits for what it refers to.
    refers
        What kind of word it is: `name`, `army`, `government`, `state`, `group`, `attackers`, `him`, `latter`, `us`,
        `unknown_group`, `civilian`, `protesters`, `source`.
    country
        ISO code that the words name ("malien"), empty if none.
    service
        For an `army` that is one of a state's other forces: `gendarmes`, `police`, `guard` or `customs`.
    """

    first: int
    last: int
    id: str
    refers: str
    country: str = ""
    service: str = ""


@lru_cache(maxsize=8)
def _alias_book(known: Registry) -> PhraseBook:
    return PhraseBook.of({each.id: [alias for _, alias in each.aliases] for each in known.actors.values()}, folded=True)


@cache
def _countries() -> PhraseBook:
    names = {code: [name for spelt in state.names.values() for name in spelt] for code, state in states().items()}
    return PhraseBook.of(names, folded=True)


@cache
def _capitals() -> PhraseBook:
    return PhraseBook.of({code: state.capitals for code, state in states().items()}, folded=True)


@cache
def _adjectives() -> PhraseBook:
    adjectives = {code: [word for spelt in state.adjectives.values() for word in spelt] for code, state in states().items()}
    return PhraseBook.of(adjectives, folded=True)


def _name_at(page: Page, index: int) -> Found | None:
    return alias_book().at(page.tokens, index) or page.lexicon.book("actor_names").at(page.tokens, index)


def _country_at(page: Page, index: int) -> Found | None:
    return _countries().at(page.tokens, index) or page.lexicon.book("state_names").at(page.tokens, index)


def _adjective_at(page: Page, index: int) -> Found | None:
    return _adjectives().at(page.tokens, index) or page.lexicon.book("state_adjectives").at(page.tokens, index)


def find_actors(page: Page) -> tuple[ActorMention, ...]:
    """All words that stand for actors, in order, not yet settled: leftmost first, then longest, then surest."""
    found: list[ActorMention] = []
    for sentence in page.sentences:
        index = sentence.first
        while index < sentence.last:
            best = _best_at(page, index)
            found.extend([best] if best else [])
            index = best.last if best else index + 1
    return tuple(found)


def _best_at(page: Page, index: int) -> ActorMention | None:
    kinds = (_registered, _of_state, _unregistered, _state_itself, _referring)
    read = [mention for kind in kinds if (mention := kind(page, index))]
    return max(read, key=lambda mention: mention.last, default=None)


def _registered(page: Page, index: int) -> ActorMention | None:
    hit = _name_at(page, index)
    bare = page.tokens[index].plain in page.lexicon.words("articles", "elided")
    return ActorMention(index, hit.last, hit.meaning, "name") if hit and not bare else None


def _of_state(page: Page, index: int) -> ActorMention | None:
    """An army or government with the state it belongs to: "soldats maliens", "junte au pouvoir au Niger", "Malian troops"."""
    book = page.lexicon.book("refer")
    ahead = _adjective_at(page, index)
    if ahead and ahead.last < len(page.tokens) and page.tokens[ahead.last].glued:
        hit = book.at(page.tokens, ahead.last)
        if hit and (hit.meaning in _FORCES or hit.meaning == "government"):
            return _force(index, hit, hit.last, ahead.meaning)
    hit = book.at(page.tokens, index)
    if not hit or (hit.meaning not in _FORCES and hit.meaning != "government"):
        return None
    owner = _owner(page, hit)
    if owner:
        return _force(index, hit, owner.last, owner.meaning)
    # "The government" is that of the country spoken of; "a delegation" is anybody's.
    known = index > 0 and page.tokens[index - 1].text in page.lexicon.words("articles", "definite")
    return _force(index, hit, hit.last, "") if hit.meaning in _FORCES or known else None


def _force(first: int, hit: Found, last: int, country: str) -> ActorMention:
    service = hit.meaning if hit.meaning in SERVICES else ""
    return ActorMention(first, last, "", "army" if service else hit.meaning, country, service)


def _owner(page: Page, hit: Found) -> Found | None:
    for index in range(hit.last, min(hit.last + 3, len(page.tokens))):
        if not page.tokens[index].glued:
            return None
        owner = _adjective_at(page, index)
        if not owner and page.tokens[index - 1].text in page.lexicon.words("countries", "owner"):
            owner = _country_at(page, index)
        if owner:
            return owner
    return None


def _unregistered(page: Page, index: int) -> ActorMention | None:
    """A group that no registry knows: "la Brigade du Vent rouge", "the Amber Dune Brigade"."""
    heads, tokens = page.lexicon.book("unregistered"), page.tokens
    if not tokens[index].upper or tokens[index].text.isdecimal():
        return None
    head = heads.at(tokens, index)
    last = _name_after(page, head.last) if head else _name_before(page, index, heads)
    if last is None:
        return None
    if name_key(page.text[tokens[index].start:tokens[last - 1].end]) in registry().never:
        return None
    name = "-".join(token.plain for token in tokens[index:last])
    return ActorMention(index, last, UNREGISTERED + name, "name")


def _name_after(page: Page, index: int) -> int | None:
    last, tokens, names = None, page.tokens, page.lexicon
    for here in range(index, min(index + _NAME_WORDS, len(tokens))):
        if not tokens[here].glued:
            break
        if tokens[here].upper:
            last = here + 1
        elif last is not None or tokens[here].text not in names.words("names", "link"):
            break
    if last is None or last >= len(tokens) or not tokens[last].glued:
        return last
    return last + 1 if tokens[last].plain in names.words("names", "tail") else last


def _name_before(page: Page, index: int, heads: PhraseBook) -> int | None:
    tokens = page.tokens
    if tokens[index].text in page.lexicon.words("articles", "definite", "one"):
        return None
    for here in range(index + 1, min(index + _NAME_WORDS, len(tokens))):
        if not (tokens[here].glued and tokens[here].upper):
            return None
        if heads.word(tokens[here]):
            return here + 1
    return None


def _state_itself(page: Page, index: int) -> ActorMention | None:
    """A state as one who acts: "félicité le Mali", "Bamako et Niamey promettent"; "au Mali", "à Bamako" are places."""
    if not page.tokens[index].upper:
        return None
    hit = _country_at(page, index) or _capitals().at(page.tokens, index)
    if not hit or not _acts(page, hit):
        return None
    return ActorMention(index, hit.last, "", "state", hit.meaning)


_BORDER_REACH = 6
"""Words: "la frontière entre le Mali et le Niger"."""


def _acts(page: Page, hit: Found) -> bool:
    before = page.tokens[hit.first - 1].text if hit.first and page.tokens[hit.first].glued else ""
    words = page.lexicon.words
    if page.preceded("borders", hit.first, page.sentence_of(hit.first), reach=_BORDER_REACH):
        return False
    if _country_at(page, hit.first):
        earlier = page.tokens[hit.first - 2].text if hit.first > 1 else ""
        return before in words("countries", "article") and earlier not in words("countries", "led")
    if hit.last >= len(page.tokens) or not page.tokens[hit.last].glued:
        return False
    following, small = page.tokens[hit.last], not page.tokens[hit.last].upper
    locatives = page.lexicon.book("locatives")
    if locatives.word(following) or (before and locatives.word(page.tokens[hit.first - 1])):
        return False
    joints = words("joints", "adds")
    partner = following.text in joints and hit.last + 1 < len(page.tokens) and _capitals().at(page.tokens, hit.last + 1)
    return bool(partner) or before in joints or (small and page.lexicon.book("speech").word(following) is not None)


def _referring(page: Page, index: int) -> ActorMention | None:
    hit = page.lexicon.book("refer").at(page.tokens, index)
    if not hit or hit.meaning in _FORCES or hit.meaning == "government" or _begins_a_name(page, hit):
        return None
    fixed = {"unknown_group": UNIDENTIFIED, "civilian": CIVILIANS, "protesters": "protesters", "source": "local_sources"}
    return ActorMention(index, hit.last, fixed.get(hit.meaning, ""), hit.meaning)


def _begins_a_name(page: Page, hit: Found) -> bool:
    """Whether "le groupe" is only the start of a registered name such as "le Groupe de soutien à l'islam et aux musulmans"."""
    names = (_name_at(page, index) for index in range(hit.first + 1, hit.last))
    return any(name and name.last > hit.last for name in names)


def state_books(page: Page) -> tuple[PhraseBook, ...]:
    """Books of all words that name a state: its names, capitals and adjectives, shared ones and those of the language."""
    return (_countries(), _capitals(), _adjectives(), page.lexicon.book("state_names"), page.lexicon.book("state_adjectives"))


def alias_book() -> PhraseBook:
    """The names of all registered actors."""
    return _alias_book(registry())


def is_armed_group(actor_id: str) -> bool:
    """Whether an actor is an armed group or foreign force rather than a state, civilians or a source."""
    actor = actors().get(actor_id)
    return actor_id.startswith(UNREGISTERED) or (actor is not None and actor.inter in _ARMED)


def inter_of(actor_id: str) -> int | None:
    """ACLED's interaction code of an actor; 3 for an unregistered group, None for sources."""
    actor = actors().get(actor_id)
    if actor_id.startswith(UNREGISTERED):
        return 3
    return actor.inter if actor else None

