"""The gazetteer: a name in, what it means out, with reasons and rivals."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from incidentmap.gazetteer.index import open_index
from incidentmap.gazetteer.interest import pick_region, read_regions
from incidentmap.gazetteer.kinds import Asked, asked_kind
from incidentmap.gazetteer.lookup import Lookup
from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.gazetteer.nearest import nearest_spellings
from incidentmap.gazetteer.rank import Companion, Context, Hit, close_rival, in_doubt, rank
from incidentmap.gazetteer.scan import Scanner
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import Candidate, PlaceKind, Reason, Resolution, ResolutionStatus, Span, reason
from incidentmap.paths import cache_folder, shipped

_MOST_TOGETHER = 50


def open_gazetteer(ground: Path | None = None, cache: Path | None = None) -> "Gazetteer":
    """The gazetteer, compiled on first use into the cache folder.

    Parameters
    ----------
    ground
        A copy of `geo/`; the shipped one by default.
    cache
        Folder for the compiled file; `XDG_CACHE_HOME` or `~/.cache` by default. Not writable: it is compiled in memory.

    Raises
    ------
    MissingGround, BadValue
        If it must be compiled and a source file is missing or cannot be read; the message names file, row and value.
    """
    ground = ground or shipped("geo")
    return Gazetteer(ground, Lookup(open_index(ground, cache or cache_folder())))


class Gazetteer:
    """Place names of the shipped ground. A :class:`incidentmap.model.PlaceFinder`; safe to share between threads."""

    def __init__(self, ground: Path, lookup: Lookup) -> None:
        self.lookup = lookup
        self._regions = read_regions(ground / "regions")
        self._companion = lru_cache(maxsize=4096)(self._find_companion)
        self._wider = lru_cache(maxsize=64)(self._spellings_around)

    def mentions(self, text: str, taken: Sequence[Span]) -> tuple[Span, ...]:
        """Place names in a text (composed Unicode), in order, none overlapping a span already taken.

        A word that says what a name means here belongs to the span: "région de Tombouctou", "fleuve Niger", "Kidal region".
        """
        return self._scanner.spans(text, taken)

    def resolve(self, name: str, *, region: str | None, together: Sequence[str] = ()) -> Resolution:
        """What a name means.

        Parameters
        ----------
        name
            As a text writes it, with or without a type word ("cercle de Niafunké").
        region
            Id of the region of interest: a hint for the ranking, and what `inside` refers to.
        together
            Names mentioned together with it, nearest first: of several places of one name the one near them is likelier.
            The first fifty count; a text that names more says little about where any of them lies.

        Returns
        -------
        Resolution
            A name without an entry is a miss with the nearest spellings; a likeness alone never finds a place. Ambiguous
            means that a person should look: a rival is nearly as likely, the text asks for another kind of place, or it is a
            small unjudged place abroad and far off.

        Raises
        ------
        UnknownRegion
            If there is no region of that id.
        """
        ranked = self.candidates(name, region=region, together=together)
        if not ranked:
            return self._miss(name, region)
        chosen = ranked[0]
        inside_of = self.lookup.regions_of(chosen.place.id)
        return Resolution(
            query=name,
            status=ResolutionStatus.AMBIGUOUS if in_doubt(ranked, ranking()) else ResolutionStatus.FOUND,
            chosen=chosen,
            inside=region in inside_of if region else None,
            regions=inside_of,
            reasons=(*chosen.reasons, *_doubt(close_rival(ranked, ranking()))),
            rivals=ranked[1:],
        )

    def candidates(self, name: str, *, region: str | None = None, together: Sequence[str] = ()) -> tuple[Candidate, ...]:
        """All places that a name may mean, best first; empty for a name without an entry. Parameters as for :meth:`resolve`."""
        context = self._context(name, region, together)
        return rank(self._hits(name, context.asked), context, ranking())

    def _hits(self, name: str, asked: Asked | None) -> tuple[Hit, ...]:
        whole = self.lookup.hits(name)
        if asked is None:
            return whole
        bare = self.lookup.hits(asked_kind(name)[0])
        # "le fleuve Niger" is not the country, not even where the river has no entry.
        possible = (hit for hit in bare if asked is Asked.COUNTRY or hit.place.kind is not PlaceKind.COUNTRY)
        return (*whole, *possible)

    def _context(self, name: str, region: str | None, together: Sequence[str]) -> Context:
        own = squash(fold_name(asked_kind(name)[0]))
        others = (self._companion(other, region) for other in together[:_MOST_TOGETHER] if squash(fold_name(other)) != own)
        return Context(
            asked=asked_kind(name)[1],
            region=region or "",
            region_distance_km=pick_region(self._regions, region).distance_km if region else None,
            countries=self.lookup.countries_of(region) if region else frozenset(),
            together=tuple(companion for companion in others if companion),
        )

    def _find_companion(self, name: str, region: str | None) -> Companion | None:
        """Where a co-mentioned name lies, if that is beyond doubt and it is a spot rather than a country or area."""
        ranked = self.candidates(name, region=region)
        if not ranked or in_doubt(ranked, ranking()) or ranked[0].place.kind in {PlaceKind.COUNTRY, PlaceKind.AREA}:
            return None
        return Companion(name, ranked[0].place.position)

    def _miss(self, name: str, region: str | None) -> Resolution:
        near = nearest_spellings(asked_kind(name)[0], self._wider(region), ranking())
        why: tuple[Reason, ...] = (reason("miss_no_entry"),) if fold_name(name) else (reason("miss_empty"),)
        if near:
            why = (*why, reason("miss_nearest", names=", ".join(near)))
        return Resolution(name, ResolutionStatus.MISS, None, None, (), why, nearest=near)

    def _spellings_around(self, region: str | None) -> list[tuple[str, str, str]]:
        """Spellings of a region's countries and their neighbours, of all countries without a region."""
        own = self.lookup.countries_of(region) if region else frozenset()
        return self.lookup.spellings(sorted(own | self.lookup.neighbours_of(own)))

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self.lookup.keys())


def _doubt(rival: Candidate | None) -> tuple[Reason, ...]:
    if rival is None:
        return ()
    where = ", ".join(part for part in (rival.place.name, rival.place.admin1, rival.place.country) if part)
    return (reason("ambiguous", rival=where),)

