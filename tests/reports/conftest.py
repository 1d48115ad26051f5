"""A small gazetteer of real places, so that reading is tested without the one that ships."""

import re
from collections.abc import Sequence

import pytest

from incidentmap.gazetteer.kinds import asked_kind
from incidentmap.gazetteer.phrases import find_phrases
from incidentmap.gazetteer.situate import Surroundings, situate
from incidentmap.model import (
    Candidate,
    NameAsked,
    Place,
    PlaceKind,
    PlacePhrase,
    Position,
    Resolution,
    ResolutionStatus,
    Situation,
    Span,
)
from incidentmap.paths import shipped

TOWN, AREA, COUNTRY = PlaceKind.TOWN, PlaceKind.AREA, PlaceKind.COUNTRY
_ROWS: tuple[tuple[str, PlaceKind, float, float, str, str, str, tuple[str, ...]], ...] = (
    ("Niafunké", TOWN, -3.99, 15.93, "ML", "Tombouctou", "", ("mali", "tombouctou")),
    ("Goundam", TOWN, -3.67, 16.41, "ML", "Tombouctou", "", ("mali", "tombouctou")),
    ("Tombouctou", TOWN, -3.0, 16.77, "ML", "Tombouctou", "", ("mali", "tombouctou")),
    ("Timbuktu", TOWN, -3.0, 16.77, "ML", "Tombouctou", "", ("mali", "tombouctou")),
    ("région de Tombouctou", AREA, -3.0, 18.0, "ML", "Tombouctou", "ML/tombouctou", ("mali", "tombouctou")),
    ("Kidal", TOWN, 1.41, 18.44, "ML", "Kidal", "", ("kidal", "mali")),
    ("Bamako", TOWN, -8.0, 12.65, "ML", "Bamako", "", ("mali",)),
    ("Gao", TOWN, -0.05, 16.27, "ML", "Gao", "", ("gao", "mali")),
    ("Ansongo", TOWN, 0.5, 15.66, "ML", "Gao", "", ("gao", "mali")),
    ("Bourem", TOWN, -0.35, 16.95, "ML", "Gao", "", ("gao", "mali")),
    ("cercle of Bourem", AREA, -0.35, 17.3, "ML", "Gao", "ML/gao/bourem", ("gao", "mali")),
    ("Ménaka", TOWN, 2.4, 15.92, "ML", "Gao", "", ("gao", "mali", "menaka")),
    ("cercle de Ménaka", AREA, 2.98, 16.48, "ML", "Gao", "ML/gao/menaka", ("gao", "mali", "menaka")),
    ("Douentza", TOWN, -2.95, 15.0, "ML", "Mopti", "", ("mali", "mopti")),
    ("Hombori", TOWN, -1.7, 15.28, "ML", "Mopti", "", ("mali", "mopti")),
    ("Bandiagara", TOWN, -3.61, 14.35, "ML", "Mopti", "", ("mali", "mopti")),
    ("Mopti", TOWN, -4.19, 14.49, "ML", "Mopti", "", ("mali", "mopti")),
    ("Sévaré", TOWN, -4.1, 14.53, "ML", "Mopti", "", ("mali", "mopti")),
    ("Niamey", TOWN, 2.11, 13.51, "NE", "Niamey", "", ()),
    ("Mali", COUNTRY, -2.0, 17.0, "ML", "", "ML", ("mali",)),
    ("Niger", COUNTRY, 9.0, 17.0, "NE", "", "NE", ()),
    ("Burkina", COUNTRY, -1.5, 12.3, "BF", "", "BF", ()),
)


class FewPlaces:
    """A place finder over a dozen real places, by exact name."""

    def __init__(self) -> None:
        self._places = {
            name: (Place(f"test:{name}", name, kind, Position(lon, lat), 3.0, country, admin1, "", None, "test", area), regions)
            for name, kind, lon, lat, country, admin1, area, regions in _ROWS
        }
        towns = sorted((name for name in self._places if " " not in name), key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(towns)})\b")

    def mentions(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[Span, ...]:  # noqa: ARG002
        found = [Span(match.start(), match.end(), match.group()) for match in self._pattern.finditer(text)]
        return tuple(span for span in found if not any(one.start < span.end and span.start < one.end for one in taken))

    def resolve(self, name: str, *, region: str | None, together: Sequence[str] = ()) -> Resolution:  # noqa: ARG002
        bare, asked = asked_kind(name)
        areas = (self._places.get(f"{unit} {bare}") for unit in ("région de", "cercle de", "cercle of"))
        known = self._places.get(name) or (next(filter(None, areas), None) if asked else None)
        if known is None and not name.startswith(("cercle", "province", "commune")):
            known = self._places.get(bare)
        if known is None:
            return Resolution(name, ResolutionStatus.MISS, None, None, (), ())
        place, regions = known
        return Resolution(name, ResolutionStatus.FOUND, Candidate(place, name, 3.0, ()), region in regions, regions, ())

    def phrases(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[PlacePhrase, ...]:
        return find_phrases(text, self.mentions(text, taken, region), taken)

    def resolve_all(self, asked: Sequence[NameAsked], *, region: str | None) -> tuple[Resolution, ...]:
        return tuple(self.resolve(one.name, region=region) for one in asked)

    def situate(
        self, phrase: PlacePhrase, resolutions: Sequence[Resolution], region: str | None = None,  # noqa: ARG002
    ) -> Situation | None:
        return situate(phrase, resolutions, Surroundings(shipped("geo")))


@pytest.fixture(scope="session")
def few_places() -> FewPlaces:
    return FewPlaces()
