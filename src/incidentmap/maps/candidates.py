"""The places that a name may mean on the map: numbered discs, rings as wide as each is known, the outline of areas."""

from collections.abc import Callable, Sequence

import folium
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer import Region
from incidentmap.maps.basemap import Assets, ground_map
from incidentmap.maps.board_layer import board_group
from incidentmap.maps.card import JsonRecord
from incidentmap.maps.theme import palette
from incidentmap.model import BBox, Candidate, Position
from incidentmap.words import keys, say

MOST_CANDIDATES = 9
"""As many as there are number keys."""
OWN = "own"
"""Id of the mark of a person's own position; no place of a gazetteer is called so."""
_ANYWHERE: BBox = (-13.0, 9.0, 5.0, 26.0)
"""Mali: for a name without candidates in a case without region."""
_LEAST_DEG = 0.6
"""Half the width of the smallest view: one place alone is shown with its surroundings."""
_KM_PER_DEG = 111.32
"""Of latitude; near enough for a view."""
_COARSE_DEG = 0.01
"""An area's outline is sent no finer than this."""

Outline = Callable[[str], BaseGeometry | None]


def candidate_map(*, assets: Assets, region: Region | None, theme: str, language: str, credit: str) -> folium.Map:
    """The map that candidates are drawn on. It is the same for every name, so that its frame is never mounted again."""
    return ground_map(
        assets=assets, region=region, theme=theme, language=language, credit=credit, view=None, board="CandidateBoard",
        bounds=region.bounds if region else _ANYWHERE, label=say(language, "geocoding.map"),
    )


def candidate_layers(
    question: str, candidates: Sequence[Candidate], *, region: Region | None, theme: str, language: str, outline: Outline,
    own: tuple[Position, float] | None = None,
) -> folium.FeatureGroup:
    """The candidates of a question in one group that streamlit-folium can swap without remounting the map.

    Parameters
    ----------
    question
        Its id. A new one moves the view to its candidates; the same one leaves the view where it is.
    candidates
        Best first; the first nine are drawn, numbered from 1.
    region
        Region of interest, shown where there is no candidate.
    theme, language
        Of the page.
    outline
        Gives an area's polygon (WGS 84) by its id.
    own
        A person's own position and its radius in km.
    """
    shown = candidates[:MOST_CANDIDATES]
    data = candidate_columns(shown, language, outline, own) | {
        "id": question, "question": question, "colour": palette(theme).accent, "window": [None, None],
        "bounds": leaflet_bounds(bounds_of([(each.place.position, each.place.radius_km) for each in shown], region)),
    }
    return board_group("CandidateLayer", data)


def candidate_columns(
    candidates: Sequence[Candidate], language: str, outline: Outline, own: tuple[Position, float] | None,
) -> JsonRecord:
    """Columns of equal length, as the map's board reads those of incidents; a person's own position comes last."""
    places = [each.place for each in candidates]
    extra = [own] if own else []
    label, count = say(language, "geocoding.own.mark"), len(places) + len(extra)
    positions = [*(place.position for place in places), *(position for position, _ in extra)]
    areas = {str(k): _area(outline(place.area_id)) for k, place in enumerate(places) if place.area_id}
    return {
        "ids": [*(place.id for place in places), *(OWN for _ in extra)],
        "numbers": [*(str(k) for k, _ in enumerate(places, 1)), *("" for _ in extra)],
        "lon": [at.lon for at in positions],
        "lat": [at.lat for at in positions],
        "radius": [*(place.radius_km for place in places), *(radius for _, radius in extra)],
        "place": [*(place.name for place in places), *(label for _ in extra)],
        "note": [*(_where(each) for each in candidates), *("" for _ in extra)],
        "cards": [*(_hint(each, language) for each in candidates), *({"title": label, "hint": []} for _ in extra)],
        "areas": {key: area for key, area in areas.items() if area},
        "shapes": {}, "start": [None] * count, "end": [None] * count, "aboutDate": [0] * count,
        "outside": [0] * count, "aboutPlace": [1] * count, "claimants": [0] * count, "contested": [0] * count,
        "draft": [0] * count, "rejected": [0] * count,
    }


def bounds_of(reaches: Sequence[tuple[Position, float]], region: Region | None) -> BBox:
    """What the view of positions with their radii (km) shows, with room around them; without any, the region of interest."""
    if not reaches:
        return region.bounds if region else _ANYWHERE
    degrees = [radius_km / _KM_PER_DEG for _, radius_km in reaches]
    west, east = _padded([at.lon for at, _ in reaches], degrees)
    south, north = _padded([at.lat for at, _ in reaches], degrees)
    return max(-180.0, west), max(-85.0, south), min(180.0, east), min(85.0, north)


def _padded(axis: Sequence[float], reach: Sequence[float]) -> tuple[float, float]:
    low = min(at - far for at, far in zip(axis, reach, strict=True))
    high = max(at + far for at, far in zip(axis, reach, strict=True))
    room = max(_LEAST_DEG, 0.1 * (high - low))
    return low - room, high + room


def kind_words(language: str, kind: str) -> str:
    """A kind of place in words; one that the catalogue lacks stands for itself."""
    key = f"geocoding.kind.{kind}"
    return say(language, key) if key in keys(language) else kind


def leaflet_bounds(bounds: BBox) -> list[list[float]]:
    """A box as Leaflet has it: two corners, latitude first."""
    west, south, east, north = bounds
    return [[south, west], [north, east]]


def _where(candidate: Candidate) -> str:
    place = candidate.place
    return ", ".join(dict.fromkeys(part for part in (place.admin1, place.country) if part))


def _hint(candidate: Candidate, language: str) -> JsonRecord:
    return {"title": candidate.place.name, "hint": [kind_words(language, candidate.place.kind), _where(candidate)]}


def _area(geometry: BaseGeometry | None) -> JsonRecord | None:
    return dict(mapping(geometry.simplify(_COARSE_DEG))) if geometry is not None else None
