"""A gazetteer that is told of which country a text speaks."""

from collections.abc import Sequence
from dataclasses import replace

from incidentmap.gazetteer.finder import Gazetteer
from incidentmap.model import NameAsked, PlacePhrase, Resolution, ResolutionStatus, Situation, Span


class HintedGazetteer:
    """A :class:`incidentmap.model.PlaceFinder` for texts about one country.

    Where no region of interest is given, a name that has a place there means that place. A hint, no limit: other names mean
    what they would have meant, and so does a name that a person has decided.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    """

    def __init__(self, gazetteer: Gazetteer, country: str) -> None:
        self._gazetteer = gazetteer
        self._country = country.upper()

    def mentions(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[Span, ...]:
        """As the gazetteer finds them."""
        return self._gazetteer.mentions(text, taken, region)

    def phrases(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[PlacePhrase, ...]:
        """As the gazetteer finds them."""
        return self._gazetteer.phrases(text, taken, region)

    def situate(self, phrase: PlacePhrase, resolutions: Sequence[Resolution], region: str | None = None) -> Situation | None:
        """As the gazetteer does."""
        return self._gazetteer.situate(phrase, resolutions, region)

    def resolve(self, name: str, *, region: str | None, together: Sequence[str] = ()) -> Resolution:
        """What a name means; of names mentioned together, each helps the others."""
        return self.resolve_all([NameAsked(each) for each in (name, *together)], region=region)[0]

    def resolve_all(self, asked: Sequence[NameAsked], *, region: str | None) -> tuple[Resolution, ...]:
        """What the names of one text mean, those of the country first."""
        plain = self._gazetteer.resolve_all(asked, region=region)
        if region:
            return plain
        at_home = [replace(each, country=each.country or self._country) for each in asked]
        told = self._gazetteer.resolve_all(at_home, region=None)
        return tuple(own if self._prefers(own, other) else other for other, own in zip(plain, told, strict=True))

    def _prefers(self, told: Resolution, plain: Resolution) -> bool:
        here = told.chosen is not None and told.chosen.place.country == self._country
        sure = told.status is ResolutionStatus.FOUND or plain.status is not ResolutionStatus.FOUND
        decided = any(why.code in {"decided", "rejected"} for why in plain.reasons)
        return here and sure and not decided
