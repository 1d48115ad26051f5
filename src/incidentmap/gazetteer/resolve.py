"""From names asked to resolutions: what each may mean, ranked with the help of the others, unless a person has decided."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from incidentmap.gazetteer.decided import Decided, chosen_candidate, told
from incidentmap.gazetteer.doubt import doubts, in_doubt
from incidentmap.gazetteer.fuzzy import Alike, nearest_spellings
from incidentmap.gazetteer.hints import Hint, hints
from incidentmap.gazetteer.joint import Named, informed
from incidentmap.gazetteer.kinds import Asked, Said, said_of, without_tail
from incidentmap.gazetteer.names import fold_name, squash, without_aside
from incidentmap.gazetteer.outline import Outline
from incidentmap.gazetteer.rank import Context, Hit, rank
from incidentmap.gazetteer.stops import stops
from incidentmap.gazetteer.terrain import Terrain
from incidentmap.model import (
    Candidate,
    Decision,
    NameAsked,
    PlaceKind,
    Reason,
    Resolution,
    ResolutionStatus,
    Verdict,
    reason,
)

_MOST_TOGETHER = 50
_UNMET = "admin_unmet"


class Resolver:
    """Answers names over one terrain and the decisions laid over it."""

    def __init__(self, terrain: Terrain, decided: Decided) -> None:
        self._terrain = terrain
        self._weights = terrain.weights
        self._decided = decided
        self._alone = lru_cache(maxsize=1 << 10)(self._ranked)
        self._plain = lru_cache(maxsize=1 << 8)(self._plain_context)
        self._understood = lru_cache(maxsize=1 << 12)(self._hint)

    def resolve_all(self, asked: Sequence[NameAsked], region: str | None) -> tuple[Resolution, ...]:
        """Resolutions of names of one text, in their order."""
        return tuple(
            self._resolution(each, ranked, region) for each, ranked in zip(asked, self.ranked(asked, region), strict=True)
        )

    def ranked(self, asked: Sequence[NameAsked], region: str | None) -> tuple[tuple[Candidate, ...], ...]:
        """Candidates of each name, best first, with the help of the others; empty for a name without an entry."""
        if region:
            self._terrain.region(region)
        alone = [self._alone(each, region) for each in asked]
        if len(asked) == 1:
            return (alone[0],)
        informing = frozenset(list(dict.fromkeys(map(_key, asked)))[: _MOST_TOGETHER + 1])
        named = [
            Named(_key(each), said_of(each.name).bare, self._fixed(each, ranked), _key(each) in informing)
            for each, ranked in zip(asked, alone, strict=True)
        ]
        helped = informed(named, self._terrain.area_outline, self._weights)
        return tuple(own if self._decided.on(each) else new for each, own, new in zip(asked, alone, helped, strict=True))

    def knows(self, name: str) -> bool:
        """Whether a name has an entry, by its spelling rather than by its sound."""
        said = said_of(name)
        return any(hit.match != "phonetic" for hit in self._hits(name, said))

    def _fixed(self, asked: NameAsked, ranked: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """What a name tells the others: a decided place alone, nothing where it was said to be no place."""
        decision = self._decided.on(asked)
        if decision is None:
            return ranked
        return (chosen_candidate(decision, ranked),) if decision.place else ()

    def _resolution(self, asked: NameAsked, ranked: tuple[Candidate, ...], region: str | None) -> Resolution:
        decision = self._decided.on(asked)
        if decision is not None:
            return self._by_person(asked, decision, ranked, region)
        if not ranked:
            return self._miss(asked, region)
        status = ResolutionStatus.AMBIGUOUS if in_doubt(ranked, self._weights) else ResolutionStatus.FOUND
        return self._chosen(asked.name, status, ranked, doubts(ranked, self._weights), region)

    def _chosen(
        self, name: str, status: ResolutionStatus, ranked: tuple[Candidate, ...], more: tuple[Reason, ...], region: str | None,
    ) -> Resolution:
        chosen = ranked[0]
        inside_of = self._terrain.regions_of(chosen.place)
        return Resolution(
            name, status, chosen, region in inside_of if region else None, inside_of, (*chosen.reasons, *more), ranked[1:],
        )

    def _by_person(
        self, asked: NameAsked, decision: Decision, ranked: tuple[Candidate, ...], region: str | None,
    ) -> Resolution:
        """What was decided, over the machine's own candidates."""
        if decision.verdict is Verdict.REJECT or decision.place is None:
            return Resolution(asked.name, ResolutionStatus.MISS, None, None, (), (told(decision),), ranked)
        chosen = chosen_candidate(decision, ranked)
        rivals = tuple(each for each in ranked if each.place.id != chosen.place.id)
        return self._chosen(asked.name, ResolutionStatus.FOUND, (chosen, *rivals), (), region)

    def _miss(self, asked: NameAsked, region: str | None) -> Resolution:
        why: tuple[Reason, ...] = (reason("miss_no_entry"),) if fold_name(asked.name) else (reason("miss_empty"),)
        bare = said_of(without_aside(asked.name)[0]).bare
        reach = self._terrain.reach(region, asked.country)
        near = nearest_spellings(bare, self._terrain.blocks(reach), self._weights) if reach else ()
        if near:
            why = (*why, reason("miss_nearest", names=", ".join(near)))
        return Resolution(asked.name, ResolutionStatus.MISS, None, None, (), why, nearest=near)

    def _ranked(self, asked: NameAsked, region: str | None) -> tuple[Candidate, ...]:
        """Candidates of a name by itself."""
        name, aside = asked.name, ""
        said = said_of(name)
        hits = self._hits(name, said)
        if not hits or hits[0].match == "phonetic":
            bare, aside = without_aside(name)
            if aside:
                name, said = bare, said_of(bare)
                hits = self._hits(name, said) or hits
        country = asked.country.upper()
        told = hints((asked.admin, aside), lambda part: self._understood(part, region)) if asked.admin or aside else ()
        if country:
            told = (*told, Hint(self._terrain.lookup.country_name(country), country))
            hits = self._in_country(hits, country)
        reach = self._terrain.reach(region, country or next((hint.country for hint in told if hint.country), ""))
        context = self._context(name, said, told, region)
        ranked = rank(hits, context, self._weights) if hits and hits[0].match != "phonetic" else ()
        if ranked and not (told and all(_UNMET in _codes(each) for each in ranked)):
            return ranked
        near = tuple(hit for hit in hits if hit.match != "phonetic" or not reach or hit.place.country in reach)
        return rank((*near, *self._likely(said.bare, near, reach)), context, self._weights)

    def _in_country(self, hits: tuple[Hit, ...], country: str) -> tuple[Hit, ...]:
        """Those in a told country or beside it: borders are vague, another continent is not meant."""
        near = self._terrain.neighbours(frozenset({country})) | {country}
        return tuple(hit for hit in hits if hit.place.country in near)

    def _hits(self, name: str, said: Said) -> tuple[Hit, ...]:
        """Places of the whole name, and of the name without its type word."""
        whole = (*self._terrain.hits(name), *self._own(name))
        if said.asked is None:
            return whole
        bare = (*self._terrain.hits(said.bare), *self._own(said.bare))
        # "le fleuve Niger" is not the country, not even where the river has no entry.
        possible = tuple(hit for hit in bare if said.asked is Asked.COUNTRY or hit.place.kind is not PlaceKind.COUNTRY)
        whole = tuple(hit for hit in whole if hit.match != "phonetic" or not possible)
        return (*whole, *possible)

    def _own(self, name: str) -> tuple[Hit, ...]:
        """Places that persons set themselves, by their name."""
        if not self._decided.own_places:
            return ()
        rows = self._decided.own_places.get(squash(fold_name(name)), ())
        return tuple(Hit(place, spelling, "exact" if spelling == name else "folded") for place, spelling in rows)

    def _likely(self, bare: str, hits: tuple[Hit, ...], reach: frozenset[str]) -> tuple[Hit, ...]:
        """Within reach: what has a word more or less, and where nothing sounds alike, what looks alike."""
        shorter = self._terrain.hits(without_tail(bare)) if without_tail(bare) else ()
        near = (hit for hit in shorter if hit.match != "phonetic" and hit.place.country in reach)
        parts = tuple(replace(hit, match="part") for hit in near)
        if not reach:
            return parts
        blocks, most = self._terrain.blocks(reach), int(self._weights.fuzzy_most)
        parts += self._as_hits(blocks.longer(bare, most), "part")
        if parts or any(hit.match == "phonetic" for hit in hits):
            return parts
        return self._as_hits(blocks.alike(bare, self._weights.fuzzy_cutoff, most), "fuzzy")

    def _as_hits(self, found: Sequence[Alike], match: str) -> tuple[Hit, ...]:
        places = ((self._terrain.lookup.place(each.place), each) for each in found)
        return tuple(Hit(place, each.written, match) for place, each in places if place)

    def _context(self, name: str, said: Said, told: tuple[Hint, ...], region: str | None) -> Context:
        plain = self._plain(said.asked, said.kinds, fold_name(name) in stops().words, region)
        chosen = self._decided.by_name.get(squash(fold_name(name)), frozenset()) if self._decided.by_name else frozenset()
        return replace(plain, hints=told, decided=chosen) if told or chosen else plain

    def _plain_context(self, asked: Asked | None, kinds: frozenset[PlaceKind], word: bool, region: str | None) -> Context:  # noqa: FBT001
        """What is known of all names of a sort in a region."""
        return Context(
            asked=asked,
            kinds=kinds,
            word=word,
            region=region or "",
            outline=self._terrain.region_outline(region) if region else None,
            countries=self._terrain.countries(region) if region else frozenset(),
        )

    def _hint(self, text: str, region: str | None) -> Hint | None:
        """What a unit or country named beside a name is; None if it is nothing known."""
        said = said_of(text)
        hits = [hit for hit in self._hits(text, said) if hit.match != "phonetic"]
        countries = sorted(hit.place.country for hit in hits if hit.place.kind is PlaceKind.COUNTRY)
        if countries and said.asked in {None, Asked.COUNTRY}:
            return Hint(text, country=countries[0])
        outlines = self._outlines(hits, said, region)
        if outlines:
            return Hint(text, folded=fold_name(said.bare), outlines=outlines)
        own = self._terrain.countries(region) if region else frozenset()
        seats = tuple(hit.place.position for hit in hits if not own or hit.place.country in own)
        return Hint(text, folded=fold_name(said.bare), seats=seats) if seats else None

    def _outlines(self, hits: Sequence[Hit], said: Said, region: str | None) -> tuple[Outline, ...]:
        """Outlines of the units of that name: in the region's countries if any are there, of the level that is told."""
        if said.asked is Asked.SETTLEMENT:
            return ()
        units = {hit.place.area_id: hit.place for hit in hits if hit.place.area_id and hit.place.kind is PlaceKind.AREA}
        own = self._terrain.countries(region) if region else frozenset()
        ids = [unit for unit, place in sorted(units.items()) if place.country in own] or sorted(units)
        ids = [unit for unit in ids if unit.count("/") == said.level] or ids
        return tuple(found for found in map(self._terrain.area_outline, ids) if found is not None)


def asked_alone(
    name: str, together: Sequence[str] = (), admin: str = "", country: str = "", report: str = "",
) -> tuple[NameAsked, ...]:
    """A name and those named together with it, the first fifty of them, as names asked."""
    return (NameAsked(name, admin, country, report), *(NameAsked(other, report=report) for other in together[:_MOST_TOGETHER]))


def _codes(candidate: Candidate) -> frozenset[str]:
    return frozenset(why.code for why in candidate.reasons)


def _key(asked: NameAsked) -> str:
    return squash(fold_name(said_of(asked.name).bare))

