"""Who says what: voices of a sentence, and the words that keep a distance from what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.reports.actors import CIVILIANS, SOURCES, ActorMention
from incidentmap.reports.page import Page
from incidentmap.reports.sentences import Sentence
from incidentmap.reports.tokens import Found

_INVERSION_REACH = 3
_AGENT_REACH = 6
_BOAST_REACH = 3
_SOURCE_REACH = 6
_VOICE_REACH = 6
_CONDITIONAL_AFTER = 3
_CLOSING_REACH = 3
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks in a sentence, and over which tokens.

    `manner` is the class of the verb (`claims`, `confirms`, `denies`, `reports`) or `according`.
    """

    claimant: str
    name: str
    manner: str
    first: int
    last: int
    verb: int

    @property
    def whole(self) -> bool:
        """Whether it speaks over the whole sentence, as "selon" and an inverted verb do."""
        return self.verb < 0


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Whom a pronoun can stand for: the last voice heard and the subject of the sentence before."""

    voice: Voice | None
    subject: ActorMention | None


def find_voices(page: Page, sentence: Sentence, actors: Sequence[ActorMention], before: Voice | None,
                subject: ActorMention | None) -> tuple[Voice, ...]:
    """All voices of a sentence in order.

    Parameters
    ----------
    page, sentence
        Where to look.
    actors
        Settled actor mentions of the sentence.
    before
        The last voice before this sentence: "il ajoute" is it again.
    subject
        Subject of the sentence before, for the same use.
    """
    voices: list[Voice] = []
    for hit in page.lexicon.book("according").scan(page.tokens, sentence.first, sentence.last):
        source = next((actor for actor in actors if 0 <= actor.first - hit.first <= _SOURCE_REACH and _speaks(actor)), None)
        if source:
            voices.append(_voice(page, source, "according", sentence, hit, whole=True))
    voices += [Voice(actor.id, _words(page, actor), "claims", sentence.first, sentence.last, -1)
               for actor in actors if actor.refers == "us" and actor.id and _boasts(page, sentence, actor)]
    voices += [Voice(actor.id, _words(page, actor), "reports", sentence.first, sentence.last, -1)
               for actor in actors if is_source(actor.id) and _bracketed(page, actor)]
    for hit in page.lexicon.book("speech").scan(page.tokens, sentence.first, sentence.last):
        earlier = _Earlier(voices[-1] if voices else before, subject)
        voice = _spoken(page, sentence, actors, hit, earlier)
        voices.extend([voice] if voice else [])
    return tuple(voices)


def _boasts(page: Page, sentence: Sentence, actor: ActorMention) -> bool:
    """Whether "we" tells of deeds: "we killed six soldiers"; "we interviewed six witnesses" tells of none."""
    books = [page.lexicon.book(section) for section in ("before", "materiel_fate")]
    return any(book.at(page.tokens, index, sentence.last) for book in books
               for index in range(actor.last, min(actor.last + _BOAST_REACH, sentence.last)))


def _bracketed(page: Page, actor: ActorMention) -> bool:
    """Whether a source stands alone in brackets: "2 killed, 9 injured (hospital source)"."""
    after = page.text[page.tokens[actor.last - 1].end:][:1]
    return "(" in page.gap(actor.first, actor.first) and after == ")"


def _words(page: Page, actor: ActorMention) -> str:
    return page.text[page.tokens[actor.first].start:page.tokens[actor.last - 1].end]


def _speaks(actor: ActorMention) -> bool:
    return bool(actor.id) and actor.refers not in {"attackers", "him", "us"}


def _spoken(page: Page, sentence: Sentence, actors: Sequence[ActorMention], hit: Found, earlier: _Earlier) -> Voice | None:
    inverted = _inverted(page, sentence, actors, hit)
    if inverted:
        return _voice(page, inverted, hit.meaning, sentence, hit, whole=True)
    named = _named_after(page, actors, hit) if page.lexicon.verb_first else None
    if named:
        return _voice(page, named, hit.meaning, sentence, hit, whole=False)
    speaker = None if _passive(page, hit) else subject_before(page, sentence, actors, hit.first)
    if speaker is None:
        return None
    if speaker.refers == "him":
        named = next((actor for actor in actors if actor.last <= speaker.first and _speaks(actor)), earlier.subject)
        return _same_voice(page, sentence, named, hit, earlier.voice)
    whole = _closing(page, sentence, speaker, hit)
    return _voice(page, speaker, hit.meaning, sentence, hit, whole=whole) if _speaks(speaker) else None


def _passive(page: Page, hit: Found) -> bool:
    """Whether it is said of the subject, not by it: "one gendarme was reported missing"."""
    book, first = page.lexicon.book("passive"), hit.first
    return first > 0 and page.tokens[first].glued and book.word(page.tokens[first - 1]) is not None


def _closing(page: Page, sentence: Sentence, speaker: ActorMention, hit: Found) -> bool:
    """Whether speaker and verb close a sentence: "..., residents said on Sunday."."""
    parted = any(not page.tokens[index].glued for index in range(max(sentence.first + 1, speaker.first - 2), speaker.first + 1))
    return parted and sentence.last - hit.last <= _CLOSING_REACH and speaker.first > sentence.first + 2


def _same_voice(page: Page, sentence: Sentence, named: ActorMention | None, hit: Found, last: Voice | None) -> Voice | None:
    """Whose voice a pronoun's is: one heard earlier in the sentence, one named there or before it, else the last voice."""
    heard = last is not None and sentence.first <= last.first < sentence.last
    if named and not heard:
        return _voice(page, named, hit.meaning, sentence, hit, whole=False)
    return Voice(last.claimant, last.name, hit.meaning, hit.first, sentence.last, hit.last) if last else None


def _voice(page: Page, actor: ActorMention, manner: str, sentence: Sentence, hit: Found, *, whole: bool) -> Voice:
    claimant = "local_sources" if actor.id == CIVILIANS else actor.id
    name, first, verb = _words(page, actor), sentence.first if whole else hit.first, -1 if whole else hit.last
    return Voice(claimant, name, manner, first, sentence.last, verb)


def _inverted(page: Page, sentence: Sentence, actors: Sequence[ActorMention], hit: Found) -> ActorMention | None:
    """Speaker named right after a verb that closes what was said: « ... », affirme l'armée; "revendiquée par le Jnim"."""
    following = [actor for actor in actors if 0 <= actor.first - hit.last <= _AGENT_REACH and _speaks(actor)]
    if not following or hit.first == sentence.first:
        return None
    between = [token.text for token in page.tokens[hit.last:following[0].first]]
    closed = _parted(page, hit.first) or (_auxiliary(page, sentence, actors, hit.first - 1) and _parted(page, hit.first - 1))
    lexicon = page.lexicon
    if not lexicon.words("particles", "agent").isdisjoint(between):
        return following[0]
    if len(between) > _INVERSION_REACH:
        return None
    glued = all(token.glued for token in page.tokens[hit.last:following[0].first + 1])
    return following[0] if closed and glued and lexicon.words("particles", "content").isdisjoint(between) else None


def _auxiliary(page: Page, sentence: Sentence, actors: Sequence[ActorMention], index: int) -> bool:
    """Whether the word before a verb may be part of it: neither the first of the sentence nor an actor nor "and"."""
    return index > sentence.first and page.tokens[index].text not in page.lexicon.words("joints", "adds") \
        and not any(actor.first <= index < actor.last for actor in actors)


def _parted(page: Page, index: int) -> bool:
    """Whether a quotation, a comma or the like ends right before a token."""
    gap = page.gap(index, index)
    return not page.tokens[index].glued or "»" in gap or "”" in gap


def _named_after(page: Page, actors: Sequence[ActorMention], hit: Found) -> ActorMention | None:
    """Speaker right after the verb, in a language whose sentences begin with it."""
    following = next((actor for actor in actors if 0 <= actor.first - hit.last <= _INVERSION_REACH and _speaks(actor)), None)
    glued = following is not None and all(token.glued for token in page.tokens[hit.last:following.first + 1])
    return following if glued else None


def subject_before(page: Page, sentence: Sentence, actors: Sequence[ActorMention], index: int) -> ActorMention | None:
    """The actor nearest before a token that can be the subject of what is there: not "contre X", "par X", "lié à X"."""
    civil = [actor for actor in actors if actor.last <= index and not blocked(page, sentence, actor)]
    free = [actor for actor in civil if actor.refers != "civilian"]
    return next(reversed(free or civil), None)


def blocked(page: Page, sentence: Sentence, actor: ActorMention) -> bool:
    """Whether a preposition keeps an actor from being a subject."""
    return any(led_by(page, sentence, actor, section) for section in ("blockers", "targets", "agents", "affiliation"))


def led_by(page: Page, sentence: Sentence, actor: ActorMention, section: str) -> bool:
    """Whether a phrase of a section stands right before an actor, or before its article."""
    if page.preceded(section, actor.first, sentence) is not None:
        return True
    articles = page.lexicon.words("articles", "definite", "one", "partitive", "possessive")
    return (actor.first > sentence.first and page.tokens[actor.first - 1].text in articles
            and page.preceded(section, actor.first - 1, sentence) is not None)


def said_by(page: Page, sentence: Sentence, actor: ActorMention) -> bool:
    """Whether an actor is named as the one who said it: "..., a annoncé jeudi l'armée", "a toll announced by the army"."""
    near = max(sentence.first, actor.first - _AGENT_REACH - _VOICE_REACH)
    hits = page.lexicon.book("speech").scan(page.tokens, near, actor.first)
    return any(_inverted(page, sentence, (actor,), hit) is not None for hit in hits if not _blames(page, hit))


def _blames(page: Page, hit: Found) -> bool:
    """Whether a verb names those who did it rather than one who speaks: "accuse l'armée"."""
    return page.lexicon.book("agents").at(page.tokens, hit.first, hit.last) is not None


def voice_of(page: Page, sentence: Sentence, voices: Sequence[Voice], first: int, last: int) -> Voice | None:
    """Whose words those at some tokens are; None where the report itself speaks."""
    over = [voice for voice in voices if voice.whole]
    if _own_voice(page, sentence, first):
        return next(iter(over[-1:]), None)
    direct = [voice for voice in voices if not voice.whole and voice.first <= first and voice.verb <= last]
    return next(iter(direct[-1:] or over[-1:]), None)


def _own_voice(page: Page, sentence: Sentence, index: int) -> bool:
    """Whether a relative clause ("qui ont fait") puts what follows into the report's own mouth."""
    hits = page.lexicon.book("voices").scan(page.tokens, sentence.first, min(index + 1, sentence.last))
    return any(0 <= index - hit.first <= _VOICE_REACH for hit in hits)


def hedged(page: Page, sentence: Sentence, first: int, last: int, voice: Voice | None) -> bool:
    """Whether words at some tokens are kept at a distance: a conditional before them or right after, a doubt, "selon"."""
    if voice is not None and voice.manner == "according":
        return True
    for hit in page.lexicon.book("hedges").scan(page.tokens, sentence.first, sentence.last):
        if hit.first < last and (hit.meaning == "conditional" or _beside(page, hit, first)):
            return True
        if 0 <= hit.first - last < _CONDITIONAL_AFTER and all(token.glued for token in page.tokens[last:hit.first + 1]):
            return True
    return False


def _beside(page: Page, hit: Found, first: int) -> bool:
    return first - hit.last <= 8 and ";" not in page.gap(hit.last, max(hit.last, first))


def is_source(claimant: str) -> bool:
    """Whether a claimant takes no part in what it tells."""
    return claimant in SOURCES
