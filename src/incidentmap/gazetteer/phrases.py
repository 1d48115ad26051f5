"""What a text says about places: relations, distances, axes and units around the names in it.

Names that a gazetteer knows come from the scanner. One that no gazetteer knows is kept where the words say that a name must
stand there: after a type word, in a distance, an axis or between two places, or after a bare "à". A phrase is looked for in
the short stretch of text before its first name, within the sentence and never back over an earlier phrase.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from incidentmap.gazetteer.asides import marked_asides, with_units
from incidentmap.gazetteer.kinds import asked_kind
from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.relations import Relations, bearing_of, number_of, relations, worth
from incidentmap.gazetteer.stops import stops
from incidentmap.gazetteer.written import BREAK, TIGHT_DASH, Name, span_of, written_names
from incidentmap.model import PlacePhrase, Relation, Span

_REACH = 120
_DASH = re.compile(r"[ \u00a0]?[-–—‐‑/][ \u00a0]?")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the search stands: the names, the one in question, and the text before it that a relation may stand in."""

    text: str
    names: tuple[Name, ...]
    index: int
    head: str

    @property
    def name(self) -> Name:
        return self.names[self.index]

    def gap(self, index: int) -> str:
        """The text between a name and the one before it."""
        return self.text[self.names[index - 1].span.end : self.names[index].span.start]

    def begun(self, match: re.Match[str] | None) -> int:
        """Where a match in the head begins in the text."""
        return self.name.span.start - len(self.head) + match.start() if match else self.name.span.start


@dataclass(frozen=True, slots=True)
class _Met:
    """A phrase and how many names it took."""

    phrase: PlacePhrase
    taken: int


def find_phrases(text: str, known: Sequence[Span], taken: Sequence[Span]) -> tuple[PlacePhrase, ...]:
    """All phrases of a text, in order, none overlapping.

    Parameters
    ----------
    text
        Any text; spans point into it.
    known
        Names that the gazetteer knows, in order (:meth:`incidentmap.gazetteer.Gazetteer.mentions`).
    taken
        Spans that something else has: actors, dates, figures. No name is sought there.
    """
    return tuple(with_units(text, marked_asides(text, list(_phrases(text, tuple(written_names(text, known, taken)))))))


def _phrases(text: str, names: tuple[Name, ...]) -> Iterator[PlacePhrase]:
    index, floor = 0, 0
    while index < len(names):
        met = _phrase_at(_Place(text, names, index, _head(text, floor, names[index].span.start)), relations())
        if met:
            yield met.phrase
            floor = max(met.phrase.span.end, met.phrase.names[-1].end)
        index += met.taken if met else 1


def _head(text: str, floor: int, end: int) -> str:
    """The text before a name, within its sentence and not back over an earlier phrase."""
    head = text[max(floor, end - _REACH) : end]
    breaks = [match.end() for match in BREAK.finditer(head)]
    return head[breaks[-1] :] if breaks else head


def _phrase_at(here: _Place, words: Relations) -> _Met | None:
    for rule in (_border, _between, _axis, _travel, _distance, _hours, _near, _direction):
        met = rule(here, words)
        if met:
            return met
    return _plain(here, words)


def _spanning(
    here: _Place, start: int, relation: Relation, names: Sequence[Span], *, distance_km: float | None = None,
    bearing_deg: float | None = None,
) -> PlacePhrase:
    return PlacePhrase(span_of(here.text, start, names[-1].end), tuple(names), relation, distance_km, bearing_deg)


def _border(here: _Place, words: Relations) -> _Met | None:
    """"frontière du Burkina", "frontière entre le Mali et le Niger", "Mali-Niger border"; only of names that are known."""
    led = words.border.search(here.head)
    if not here.name.known:
        return None
    chain = _chain(here, (_DASH, words.last_joint))[:2]
    if led:
        ends = chain if all(here.names[index].known for index in chain) else chain[:1]
        return _Met(_spanning(here, here.begun(led), Relation.BORDER, [here.names[index].span for index in ends]), len(ends))
    last = here.names[chain[-1]].span
    after = words.border_after.match(here.text, last.end)
    if after and all(here.names[index].known for index in chain):
        phrase = _spanning(here, here.name.span.start, Relation.BORDER, [here.names[index].span for index in chain])
        return _Met(replace(phrase, span=span_of(here.text, phrase.span.start, after.end())), len(chain))
    return None


def _between(here: _Place, words: Relations) -> _Met | None:
    """"entre Diabaly et Nampala". Two names of which no gazetteer knows one may be people: a road must be named then."""
    led = words.between.search(here.head)
    if not led:
        return None
    chain = _chain(here, (words.joint, words.last_joint))
    known = any(here.names[index].known for index in chain)
    closed = len(chain) > 1 and words.last_joint.fullmatch(here.gap(chain[-1])) is not None
    if not closed or not (known or words.axis.search(here.head)):
        return None
    road = words.axis.search(here.head)
    start = here.begun(road) if road and road.start() < led.start() else here.begun(led)
    return _Met(_spanning(here, start, Relation.BETWEEN, [here.names[index].span for index in chain]), len(chain))


def _axis(here: _Place, words: Relations) -> _Met | None:
    """"l'axe Gao-Anéfis", "route de Gao à Gossi", "the Gao-Ansongo road", and "Douentza-Hombori" alone."""
    led = words.axis.search(here.head)
    if led and (halves := _halves(here)):
        return _Met(_spanning(here, here.begun(led), Relation.BETWEEN, halves), 1)
    chain = _chain(here, (_DASH,))
    if led and len(chain) == 1:
        chain = _onward(here, words)
    after = words.axis_after.match(here.text, here.names[chain[-1]].span.end)
    whole = all(here.names[index].known for index in chain)
    alone = whole and len(chain) == 2 and bool(TIGHT_DASH.fullmatch(here.gap(chain[-1])))
    if len(chain) == 1 or not (led or (after and any(here.names[index].known for index in chain)) or alone):
        return None
    phrase = _spanning(here, here.begun(led), Relation.BETWEEN, [here.names[index].span for index in chain])
    if after and not led:
        phrase = replace(phrase, span=span_of(here.text, phrase.span.start, after.end()))
    return _Met(phrase, len(chain))


def _halves(here: _Place) -> list[Span]:
    """The two ends of an unknown name after a road, cut at its only dash ("axe Xaraxa-Zorozo"); else none."""
    span = here.name.span
    first, dash, last = span.quote.partition("-")
    two = bool(dash) and "-" not in last and min(len(first), len(last)) > _SHORTEST and last[0].isupper()
    if here.name.known or not two or len(_chain(here, (_DASH,))) > 1:
        return []
    cut = span.start + len(first)
    return [span_of(here.text, span.start, cut), span_of(here.text, cut + 1, span.end)]


def _onward(here: _Place, words: Relations) -> list[int]:
    """The name and the next one where the words lead from one to the other ("route de Gao à Gossi")."""
    following = here.index + 1
    if following >= len(here.names):
        return [here.index]
    gap = here.gap(following)
    led = re.fullmatch(r"\s+(?:à|to)\s+", gap) or words.onward.fullmatch(gap) or words.last_joint.fullmatch(gap)
    return [here.index, following] if led else [here.index]


def _travel(here: _Place, words: Relations) -> _Met | None:
    """Where somebody came from or was bound for: both make an axis; one alone is no scene, at best near one."""
    origin, bound = words.origin.search(here.head), words.bound.search(here.head)
    led = origin or bound
    if not led:
        return None
    following = here.index + 1
    gap = here.gap(following) if following < len(here.names) else None
    if gap is not None and (words.onward if origin else words.coming).fullmatch(gap):
        names = (here.name.span, here.names[following].span)
        ordered = names if origin else names[::-1]
        phrase = _spanning(here, here.begun(led), Relation.BETWEEN, names)
        return _Met(replace(phrase, names=ordered) if origin else phrase, 2)
    if not here.name.known:
        return None
    phrase = _spanning(here, here.begun(led), Relation.NEAR, [here.name.span], distance_km=words.direction_reach_km)
    return _Met(replace(phrase, aside=True), 1)


def _distance(here: _Place, words: Relations) -> _Met | None:
    led = words.distance.search(here.head)
    if not led:
        return None
    distance = number_of(led) * worth(words.units, led["unit"])
    bearing = bearing_of(led)
    ways = [] if bearing is not None else _way(here, words)
    names = [here.name.span, *(here.names[index].span for index in ways)]
    phrase = _spanning(here, here.begun(led), Relation.DISTANCE, names, distance_km=distance, bearing_deg=bearing)
    return _Met(phrase, len(names))


def _way(here: _Place, words: Relations) -> list[int]:
    """Names on the way that a distance is told along: "30 km from Sévaré on the road to Ténenkou"."""
    following = here.index + 1
    if following >= len(here.names) or not words.way.fullmatch(here.gap(following)):
        return []
    chain = _chain(replace(here, index=following), (_DASH,))
    own = fold_name(here.name.span.quote)
    ends = [fold_name(here.names[index].span.quote) for index in chain]
    return chain if len(chain) == 1 or own in ends else []


def _hours(here: _Place, words: Relations) -> _Met | None:
    led = words.hours.search(here.head)
    if not led:
        return None
    reach = number_of(led) * worth(words.hour_km, led["unit"])
    return _Met(_spanning(here, here.begun(led), Relation.NEAR, [here.name.span], distance_km=reach), 1)


def _near(here: _Place, words: Relations) -> _Met | None:
    led = words.near.search(here.head)
    if not led or not (here.name.known or len(here.name.span.quote) > _SHORTEST):
        return None
    reach = worth(words.reaches, led["near"]) or None
    names = [here.name.span]
    return _Met(_spanning(here, here.begun(led), Relation.NEAR, names, distance_km=reach, bearing_deg=bearing_of(led)), 1)


def _direction(here: _Place, words: Relations) -> _Met | None:
    """"au nord de Kidal", without a distance."""
    led = words.direction.search(here.head)
    if not led or not here.name.known:
        return None
    reach, names = words.direction_reach_km, [here.name.span]
    return _Met(_spanning(here, here.begun(led), Relation.NEAR, names, distance_km=reach, bearing_deg=bearing_of(led)), 1)


def _plain(here: _Place, words: Relations) -> _Met | None:
    """A known name by itself; an unknown one where a type word or a bare "à" says that it is a place."""
    area = words.area.search(here.head)
    typed = words.typed.search(here.head)
    asks = typed and not here.name.known and asked_kind(f"{typed.group()}{here.name.span.quote}")[1]
    start = here.begun(area or (typed if asks else None))
    called = _called(here, words)
    if not here.name.known and not (area or typed or called or words.described.match(here.text, here.name.span.end)):
        return None
    after = words.area_after.match(here.text, here.name.span.end)
    span = span_of(here.text, start, after.end() if after else here.name.span.end)
    return _Met(PlacePhrase(span, (span,), Relation.IN), 1)


def _called(here: _Place, words: Relations) -> bool:
    """Whether a bare "à" makes a place of an unknown name: not of a person, not after "lié à" and the like."""
    quote = here.name.span.quote
    person = any(fold_name(word) in stops().people for word in quote.split())
    led = words.at.search(here.head) and not words.not_at.search(here.head)
    return bool(led) and not person and len(quote) >= _SHORTEST


def _chain(here: _Place, joints: Sequence[re.Pattern[str]]) -> list[int]:
    """Indices of the name and of those that joints string to it."""
    chain = [here.index]
    for index in range(here.index + 1, len(here.names)):
        gap = here.gap(index)
        if len(gap) > _REACH or not any(joint.fullmatch(gap) for joint in joints):
            break
        chain.append(index)
    return chain
