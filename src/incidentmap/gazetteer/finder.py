"""The gazetteer: a name in, what it means out, with reasons and rivals."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from incidentmap.gazetteer.decided import NOTHING, Decided, decided
from incidentmap.gazetteer.index import open_index
from incidentmap.gazetteer.interest import regions_containing
from incidentmap.gazetteer.layers import layers_of
from incidentmap.gazetteer.locate import Located, locate
from incidentmap.gazetteer.lookup import Lookup
from incidentmap.gazetteer.names import cuts
from incidentmap.gazetteer.phrases import find_phrases
from incidentmap.gazetteer.resolve import Resolver, asked_alone
from incidentmap.gazetteer.scan import Scanner
from incidentmap.gazetteer.situate import Surroundings, situate
from incidentmap.gazetteer.terrain import Terrain
from incidentmap.model import Candidate, Decision, NameAsked, PlacePhrase, Position, Resolution, Situation, Span
from incidentmap.paths import cache_folder, shelf_folder, shipped


def open_gazetteer(
    ground: Path | None = None, cache: Path | None = None, shelves: Sequence[Path] | None = None,
) -> "Gazetteer":
    """The gazetteer, compiled on first use into the cache folder.

    Parameters
    ----------
    ground
        A copy of `geo/`; the shipped one by default.
    cache
        Folder for the compiled file; `XDG_CACHE_HOME` or `~/.cache` by default. Not writable: it is compiled in memory.
    shelves
        Folders of layers that users added; the user's own by default, none for an empty sequence.

    Raises
    ------
    MissingGround, BadValue
        If it must be compiled and a source file is missing or cannot be read; the message names file, row and value.
    """
    ground = ground or shipped("geo")
    layers = layers_of((shelf_folder(),) if shelves is None else shelves)
    return Gazetteer(Terrain(ground, Lookup(open_index(ground, cache or cache_folder(), layers))))


class Gazetteer:
    """Place names of the shipped ground and of the layers added to it. A :class:`incidentmap.model.PlaceFinder`.

    Safe to share between threads; nothing changes it, decisions make another one (:meth:`with_decisions`).
    """

    def __init__(self, terrain: Terrain, overlay: Decided = NOTHING) -> None:
        self._terrain = terrain
        self._overlay = overlay
        self._resolver = Resolver(terrain, overlay)
        self._scanner = lru_cache(maxsize=4)(self._find_scanner)

    @property
    def lookup(self) -> Lookup:
        """The compiled entries."""
        return self._terrain.lookup

    @property
    def version(self) -> str:
        """Short hash of all that the gazetteer was compiled from: the same version gives the same answers."""
        return self.lookup.version

    def mentions(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[Span, ...]:
        """Place names in a text (composed Unicode), in order, none overlapping a span already taken.

        A word that says what a name means here belongs to the span: "région de Tombouctou", "fleuve Niger", "Kidal region".
        Names of the region's countries and their neighbours count, of all regions' without one; of other countries only what
        a person judged and big cities.
        """
        return self._scanner(region).spans(text, taken)

    def phrases(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[PlacePhrase, ...]:
        """What a text (composed Unicode) says about places, in order: see :func:`incidentmap.gazetteer.phrases.find_phrases`.

        Every name of :meth:`mentions` stands in one of them, and names that no gazetteer knows where the words call for one.
        """
        return find_phrases(text, self.mentions(text, taken, region), taken)

    def resolve(
        self, name: str, *, region: str | None, together: Sequence[str] = (), admin: str = "", country: str = "",
        report: str = "",
    ) -> Resolution:
        """What a name means.

        Parameters
        ----------
        name
            As a text writes it, with or without a type word ("cercle de Niafunké") or an aside ("Boni (cercle de Douentza)").
        region
            Id of the region of interest: a hint for the ranking, and what `inside` refers to.
        together
            Names mentioned together with it, nearest first: of several places of one name the one near them is likelier.
            The first fifty count; a text that names more says little about where any of them lies.
        admin
            Units that it is said to lie in, as written ("cercle de Koro; région de Mopti").
        country
            Code of the country (ISO 3166-1 alpha-2) that it is said to lie in.
        report
            Id of the report that it stands in, for decisions that hold there alone.

        Returns
        -------
        Resolution
            A name without an entry, and without one in the region's countries or their neighbours that looks like it, is a miss
            with the nearest spellings. Ambiguous means that a person should look: a likeness alone, a close rival, another
            kind of place than the text asks for, a place outside the told unit, a small unjudged place abroad and far off.
            A person's decision comes before all that.

        Raises
        ------
        UnknownRegion
            If there is no region of that id.
        """
        return self.resolve_all(asked_alone(name, together, admin, country, report), region=region)[0]

    def resolve_all(self, asked: Sequence[NameAsked], *, region: str | None) -> tuple[Resolution, ...]:
        """What the names of one text mean, each with the help of the others; in their order, which makes no difference.

        Raises
        ------
        UnknownRegion
            If there is no region of that id.
        """
        return self._resolver.resolve_all(asked, region)

    def situate(
        self, phrase: PlacePhrase, resolutions: Sequence[Resolution], region: str | None = None, beside: Position | None = None,
    ) -> Situation | None:
        """Where a phrase puts something (:func:`incidentmap.gazetteer.situate.situate`); None where none of its names is known.

        Parameters
        ----------
        phrase
            As :meth:`phrases` finds it.
        resolutions
            What each of its names means, in their order.
        region
            Id of the region of interest: its stretch of a long border is meant.
        beside
            Where a place lies that is named together with a border.
        """
        known = self._terrain.region(region) if region else None
        home = tuple(sorted(self._terrain.countries(region))) if region else ()
        found = situate(phrase, resolutions, Surroundings(self._terrain.ground, known, home, beside))
        own = any(each.chosen and found and each.chosen.place.position == found.position for each in resolutions)
        if found is None or own:
            return found
        return replace(found, regions=regions_containing(found.position, self._terrain.regions))

    def locate(self, asked: NameAsked, *, region: str | None = None) -> Located:
        """The one place that a table cell is about, whether it holds a name, a phrase or a whole incident line."""
        return locate(self, asked, region)

    def candidates(
        self, name: str, *, region: str | None = None, together: Sequence[str] = (), admin: str = "", country: str = "",
        report: str = "",
    ) -> tuple[Candidate, ...]:
        """All places that a name may mean, best first; empty for a miss. Parameters as for :meth:`resolve`.

        Decisions about this very name are left out: this is what a person chooses from.
        """
        return self._resolver.ranked(asked_alone(name, together, admin, country, report), region)[0]

    def with_decisions(self, decisions: Sequence[Decision]) -> "Gazetteer":
        """Lay a log of decisions over this gazetteer, in place of any that were; entries and caches are shared.

        The last decision on a name (with the same admin and country, and of the same report or of none) that was not undone
        comes before what the gazetteer would say. A place that a person set is known by its name from then on.
        """
        return Gazetteer(self._terrain, decided(decisions))

    def axis(self, name: str) -> tuple[str, str] | None:
        """The two known names of an axis such as "Douentza-Hombori" whose whole no entry has; None for any other name."""
        if self._resolver.knows(name):
            return None
        known = (pair for pair in cuts(name) if all(map(self._resolver.knows, pair)))
        return next(known, None)

    def _find_scanner(self, region: str | None) -> Scanner:
        some = (region,) if region else tuple(self._terrain.regions)
        countries = sorted(frozenset().union(*(self._terrain.reach(each, "") for each in some)))
        return Scanner(chain(self.lookup.written_names(countries), ((name, True) for name in self._overlay.names())))
