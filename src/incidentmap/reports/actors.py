"""Who is named in a report: registered names, armies and governments of states, unregistered groups, "the group", "they"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from incidentmap.model import Actor
from incidentmap.registry import UNREGISTERED, actors
from incidentmap.reports.lexicon import LANGUAGES, State, states
from incidentmap.reports.page import Page
from incidentmap.reports.tokens import Found, PhraseBook, Token

UNIDENTIFIED, UNNAMED_ARMY, CIVILIANS = "unidentified_armed_group", "unidentified_forces", "civilians"
SOURCES = frozenset({"local_sources", "media", "report"})
_ARMED = frozenset({2, 3, 4, 8})
_NAME_WORDS = 4
_COLOURS = frozenset({"rouge", "rouges", "noir", "noire", "noirs", "vert", "verte", "blanc", "blanche", "bleu", "bleue"})
"""French names of groups end in them in lower case: "Brigade du Vent rouge"."""


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
        What kind of word it is: `name`, `army`, `government`, `state`, `group`, `attackers`, `him`, `unknown_group`,
        `civilian`, `protesters`, `source`.
    country
        ISO code that the words name ("malien"), empty if none.
    """

    first: int
    last: int
    id: str
    refers: str
    country: str = ""


@cache
def _aliases() -> PhraseBook:
    return PhraseBook.of({actor.id: [alias for _, alias in actor.aliases] for actor in actors().values()}, folded=True)


@cache
def _countries() -> PhraseBook:
    names = {code: [name for spelt in state.names.values() for name in spelt] for code, state in states().items()}
    return PhraseBook.of(names, folded=True)


@cache
def _capitals() -> PhraseBook:
    return PhraseBook.of({code: state.capitals for code, state in states().items()}, folded=True)


@cache
def _adjectives() -> PhraseBook:
    return PhraseBook.of({code: [word for language in LANGUAGES for word in state.adjectives.get(language, ())]
                          for code, state in states().items()}, folded=True)


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
    hit = _aliases().at(page.tokens, index)
    return ActorMention(index, hit.last, hit.meaning, "name") if hit and page.tokens[index].plain != "l" else None


def _of_state(page: Page, index: int) -> ActorMention | None:
    """An army or government with the state it belongs to: "soldats maliens", "junte au pouvoir au Niger", "Malian troops"."""
    book = page.lexicon.book("refer")
    ahead = _adjectives().at(page.tokens, index)
    if ahead and ahead.last < len(page.tokens) and page.tokens[ahead.last].glued:
        hit = book.at(page.tokens, ahead.last)
        if hit and hit.meaning in {"army", "government"}:
            return ActorMention(index, hit.last, "", hit.meaning, ahead.meaning)
    hit = book.at(page.tokens, index)
    if not hit or hit.meaning not in {"army", "government"}:
        return None
    owner = _owner(page, hit)
    if owner:
        return ActorMention(index, owner.last, "", hit.meaning, owner.meaning)
    return ActorMention(index, hit.last, "", "army") if hit.meaning == "army" else None


def _owner(page: Page, hit: Found) -> Found | None:
    for index in range(hit.last, min(hit.last + 3, len(page.tokens))):
        if not page.tokens[index].glued:
            return None
        owner = _adjectives().at(page.tokens, index)
        if not owner and page.tokens[index - 1].text in {"du", "de", "d", "of", "au", "in"}:
            owner = _countries().at(page.tokens, index)
        if owner:
            return owner
    return None


def _unregistered(page: Page, index: int) -> ActorMention | None:
    """A group that no registry knows: "la Brigade du Vent rouge", "the Amber Dune Brigade"."""
    heads, tokens = page.lexicon.book("unregistered"), page.tokens
    if not tokens[index].upper or tokens[index].text.isdecimal():
        return None
    head = heads.at(tokens, index)
    last = _name_after(tokens, head.last) if head else _name_before(tokens, index, heads)
    if last is None:
        return None
    name = "-".join(token.plain for token in tokens[index:last])
    return ActorMention(index, last, UNREGISTERED + name, "name")


def _name_after(tokens: Sequence[Token], index: int) -> int | None:
    last = None
    for here in range(index, min(index + _NAME_WORDS, len(tokens))):
        if not tokens[here].glued:
            break
        if tokens[here].upper:
            last = here + 1
        elif last is not None or tokens[here].text not in {"du", "de", "d", "des", "la", "l", "of", "the"}:
            break
    coloured = last is not None and last < len(tokens) and tokens[last].glued and tokens[last].plain in _COLOURS
    return last + 1 if last is not None and coloured else last


def _name_before(tokens: Sequence[Token], index: int, heads: PhraseBook) -> int | None:
    if tokens[index].text in {"the", "a", "an", "la", "le", "les", "un", "une"}:
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
    hit = _countries().at(page.tokens, index) or _capitals().at(page.tokens, index)
    if not hit or not _acts(page, hit):
        return None
    return ActorMention(index, hit.last, "", "state", hit.meaning)


_BORDER_REACH = 6
"""Words: "la frontière entre le Mali et le Niger"."""


def _acts(page: Page, hit: Found) -> bool:
    before = page.tokens[hit.first - 1].text if hit.first and page.tokens[hit.first].glued else ""
    articles = {"le", "la", "l"}
    if page.preceded("borders", hit.first, page.sentence_of(hit.first), reach=_BORDER_REACH):
        return False
    if _countries().at(page.tokens, hit.first):
        earlier = page.tokens[hit.first - 2].text if hit.first > 1 else ""
        return before in articles and earlier not in {"de", "dans", "sur", "à"}
    if hit.last >= len(page.tokens) or not page.tokens[hit.last].glued:
        return False
    following, small = page.tokens[hit.last], not page.tokens[hit.last].upper
    locatives = page.lexicon.book("locatives")
    if locatives.word(following) or (before and locatives.word(page.tokens[hit.first - 1])):
        return False
    partner = following.text in {"et", "and"} and hit.last + 1 < len(page.tokens) and _capitals().at(page.tokens, hit.last + 1)
    return bool(partner) or before in {"et", "and"} or (small and page.lexicon.book("speech").word(following) is not None)


def _referring(page: Page, index: int) -> ActorMention | None:
    hit = page.lexicon.book("refer").at(page.tokens, index)
    if not hit or hit.meaning in {"army", "government"} or _begins_a_name(page, hit):
        return None
    fixed = {"unknown_group": UNIDENTIFIED, "civilian": CIVILIANS, "protesters": "protesters", "source": "local_sources"}
    return ActorMention(index, hit.last, fixed.get(hit.meaning, ""), hit.meaning)


def _begins_a_name(page: Page, hit: Found) -> bool:
    """Whether "le groupe" is only the start of a registered name such as "le Groupe de soutien à l'islam et aux musulmans"."""
    names = (_aliases().at(page.tokens, index) for index in range(hit.first + 1, hit.last))
    return any(name and name.last > hit.last for name in names)


def main_country(page: Page) -> str:
    """The state that the report names most often, by whatever word; empty if it names none."""
    counts: Counter[str] = Counter()
    for book in (_countries(), _capitals(), _adjectives()):
        counts.update(hit.meaning for hit in book.scan(page.tokens))
    owners = {owner: code for code, state in states().items() for owner in (state.army, *state.governments)}
    counts.update(owners[hit.meaning] for hit in _aliases().scan(page.tokens) if hit.meaning in owners)
    return max(sorted(counts), key=lambda code: counts[code], default="")


def settle_actors(page: Page, found: Sequence[ActorMention], country: str, day: date | None) -> tuple[ActorMention, ...]:
    """Give each mention its actor id: armies and governments by their state, "the group" by the last group named.

    What a pronoun stands for depends on who speaks; it stays open here.
    """
    settled: list[ActorMention] = []
    group = ""
    for mention in found:
        actor_id = mention.id or _settled_id(mention, country, day, group)
        if mention.refers in {"name", "unknown_group"} and is_armed_group(actor_id) and not _led_by(page, mention):
            group = group if mention.refers == "unknown_group" and group else actor_id
        settled.append(replace(mention, id=actor_id))
    return tuple(settled)


def _led_by(page: Page, mention: ActorMention) -> bool:
    """Whether a group is only named as another's relation or victim: "the group" later on is not it."""
    sentence = page.sentence_of(mention.first)
    return any(page.preceded(section, mention.first, sentence, reach=2) is not None for section in ("affiliation", "targets"))


def _settled_id(mention: ActorMention, country: str, day: date | None, group: str) -> str:
    state = states().get(mention.country or country)
    if mention.refers == "army":
        return state.army if state else UNNAMED_ARMY
    if mention.refers in {"government", "state"}:
        return government(state, day) if state else ""
    return (group or UNIDENTIFIED) if mention.refers in {"group", "attackers"} else ""


def government(state: State, day: date | None) -> str:
    """Who governs a state on a day: the first entry whose validity covers it, the first one for an unknown day."""
    registry: Mapping[str, Actor] = actors()
    for actor_id in state.governments:
        actor = registry[actor_id]
        if day is None or ((actor.valid_from or day) <= day <= (actor.valid_to or day)):
            return actor_id
    return state.governments[0]


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

