"""What resolving a name needs of the ground, read once and kept: entries, regions, outlines, spellings that look alike."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from incidentmap.gazetteer.fuzzy import Blocks
from incidentmap.gazetteer.interest import Region, pick_region, read_regions, regions_containing
from incidentmap.gazetteer.lookup import Lookup
from incidentmap.gazetteer.outline import Outline
from incidentmap.gazetteer.polygons import polygon_in
from incidentmap.gazetteer.rank import Hit
from incidentmap.gazetteer.settings import Ranking, ranking
from incidentmap.model import Place

_MOST_MET = 1 << 12


class Terrain:
    """Shared by all gazetteers over one index, whatever was decided on top of it; safe to share between threads."""

    def __init__(self, ground: Path, lookup: Lookup) -> None:
        self.ground = ground
        self.lookup = lookup
        self.weights: Ranking = ranking()
        self.regions: Mapping[str, Region] = read_regions(ground / "regions")
        self.hits = lru_cache(maxsize=1 << 10)(self._hits)
        self._regions_met: dict[str, str] = {}
        self.region_outline: Callable[[str], Outline] = lru_cache(maxsize=64)(self._region_outline)
        self.area_outline: Callable[[str], Outline | None] = lru_cache(maxsize=1024)(self._area_outline)
        self.countries: Callable[[str], frozenset[str]] = lru_cache(maxsize=64)(lookup.countries_of)
        self.neighbours: Callable[[frozenset[str]], frozenset[str]] = lru_cache(maxsize=64)(lookup.neighbours_of)
        self.blocks: Callable[[frozenset[str]], Blocks] = lru_cache(maxsize=4)(self._blocks)

    def region(self, region_id: str) -> Region:
        """The region of an id, or UnknownRegion."""
        return pick_region(self.regions, region_id)

    def reach(self, region: str | None, country: str) -> frozenset[str]:
        """Countries in which a likeness is worth anything: the country told, else those of the region and their neighbours."""
        if country:
            return frozenset({country})
        own = self.countries(region) if region else frozenset()
        return own | self.neighbours(own)

    def regions_of(self, place: Place) -> tuple[str, ...]:
        """Ids of the regions of interest that contain a place, also one that the index does not hold."""
        met = self._regions_met.get(place.id)
        if met is not None:
            return tuple(met.split())
        known = self.lookup.place(place.id)
        return self.lookup.regions_of(place.id) if known else regions_containing(place.position, self.regions)

    def _hits(self, name: str) -> tuple[Hit, ...]:
        found = self.lookup.hits(name)
        if len(self._regions_met) > _MOST_MET:
            self._regions_met = {}
        self._regions_met.update((hit.place.id, hit.regions) for hit in found)
        return found

    def _region_outline(self, region_id: str) -> Outline:
        return Outline(self.region(region_id).geometry)

    def _area_outline(self, area_id: str) -> Outline | None:
        geometry = polygon_in(self.ground, area_id)
        return Outline(geometry) if geometry is not None else None

    def _blocks(self, countries: frozenset[str]) -> Blocks:
        return Blocks(self.lookup.spellings(sorted(countries)), self.weights)
