"""Names that the gazetteer misses, looked up online. Only where the user said so; what was sent where is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from incidentmap.gazetteer import Gazetteer, Located, fold_name
from incidentmap.gazetteer.online import PROVIDERS, OnlineGeocoder, online_resolution, open_geocoder
from incidentmap.model import BadValue, OnlineError, PlacePhrase, Relation, Resolution, ResolutionStatus, Span


@dataclass(frozen=True, slots=True)
class Sent:
    """What left this machine.

    Parameters
    ----------
    names
        Those asked for; some of them may have been answered by what was kept of earlier answers.
    requests
        How many requests were sent.
    region_id
        The region whose box was told beside the names, empty for none.
    encrypted, contact
        Whether they went over https; whether a contact was told.
    unanswered, failure
        Names that got no answer, and why; after the first failure no more is asked.
    """

    provider: str
    host: str
    names: tuple[str, ...]
    requests: int
    region_id: str
    encrypted: bool
    contact: bool
    attribution: str
    unanswered: tuple[str, ...] = ()
    failure: str = ""


def look_up_misses(
    found: Sequence[Located], gazetteer: Gazetteer, provider: str, server: str | None, region_id: str | None,
) -> tuple[tuple[Located, ...], Sent]:
    """Look up the misses among some answers; the rest stays as it is, and so does a miss that got no answer.

    Parameters
    ----------
    found
        From the local gazetteer.
    gazetteer
        The one that missed them; it works out the points of phrases ("à 37 km au nord de X").
    provider
        ``nominatim`` or ``photon``.
    server
        Address of one's own server; the provider's public one by default.
    region_id
        Region of interest: its box is sent too, and answers in it come first.

    Raises
    ------
    BadValue, UnknownRegion, UnwritablePlace
        For arguments that are not allowed, or where answers cannot be kept; nothing was sent then.
    """
    if provider not in PROVIDERS:
        raise BadValue("online geocoder", provider, ", ".join(PROVIDERS))
    geocoder = open_geocoder(provider, server=server, region=region_id)
    assert isinstance(geocoder, OnlineGeocoder)  # noqa: S101 - the local one is no online provider
    asking = _Asking(geocoder, gazetteer, region_id)
    done = tuple(asking.located(each) if each.status is ResolutionStatus.MISS else each for each in found)
    return done, _sent(geocoder, tuple(asking.names), region_id, tuple(asking.unanswered), asking.failure)


class _Asking:
    """Asks for one name after the other, until one gets no answer."""

    def __init__(self, geocoder: OnlineGeocoder, gazetteer: Gazetteer, region_id: str | None) -> None:
        self._geocoder = geocoder
        self._gazetteer = gazetteer
        self._region_id = region_id
        self.names: list[str] = []
        self.unanswered: list[str] = []
        self.failure = ""

    def located(self, missed: Located) -> Located:
        """A miss with its names looked up: for review where that gives it a place."""
        resolutions = tuple(self._resolution(each, missed.asked.country) for each in missed.resolutions)
        if not any(each.chosen for each in resolutions):
            return replace(missed, resolutions=resolutions)
        whole = Span(0, len(missed.asked.name), missed.asked.name)
        phrase = missed.phrase or PlacePhrase(whole, (whole,), Relation.IN)
        situation = self._gazetteer.situate(phrase, resolutions, self._region_id)
        if situation is None:
            return missed
        return Located(missed.asked, phrase, resolutions, situation, ResolutionStatus.AMBIGUOUS, missed.reasons)

    def _resolution(self, missed: Resolution, country: str) -> Resolution:
        if missed.status is not ResolutionStatus.MISS or not fold_name(missed.query):
            return missed
        if self.failure:
            self.unanswered.append(missed.query)
            return missed
        self.names.append(missed.query)
        try:
            return online_resolution(self._geocoder, missed, country=country, region=self._region_id)
        except OnlineError as error:
            self.failure = str(error)
            self.unanswered.append(missed.query)
            return missed


def _sent(
    geocoder: OnlineGeocoder, asked: tuple[str, ...], region_id: str | None, unanswered: tuple[str, ...], failure: str,
) -> Sent:
    address = urlsplit(geocoder.api)
    return Sent(
        provider=geocoder.provider, host=address.netloc, names=asked, requests=geocoder.carrier.sent, region_id=region_id or "",
        encrypted=address.scheme == "https", contact="(+" in geocoder.headers["User-Agent"],
        attribution=PROVIDERS[geocoder.provider].attribution, unanswered=unanswered, failure=failure,
    )
