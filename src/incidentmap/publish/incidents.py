"""Incidents and reports as a profile lets them out, for what draws or lists them one by one: maps, cards, briefings.

The same fates and the same pseudonyms as in exports (:mod:`.rewrite`); words that stay are empty spans at 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from incidentmap.model import (
    OWN,
    ActorRole,
    BadValue,
    Claim,
    Incident,
    Location,
    Part,
    Position,
    Relation,
    Report,
    ReportClaim,
    Span,
    Status,
)
from incidentmap.publish.fates import Fate
from incidentmap.publish.ground import Spot
from incidentmap.publish.level import ACLED, UCDP
from incidentmap.publish.persons import redacted
from incidentmap.publish.profile import Names, Profile, Quotes
from incidentmap.publish.pseudonyms import Pseudonyms
from incidentmap.publish.publisher import Publisher
from incidentmap.publish.rewrite import known_actor, registry_name

T = TypeVar("T")
UNTOLD = Span(0, 0, "")
"""Words that stay in the house."""
_SHOWN = frozenset({
    "status", "event_type", "sub_event_type", "country", "admin1", "admin2", "place", "area_id", "inside_region", "actor1",
    "actor2", "actor1_id", "actor2_id", "killed_low", "killed_best", "killed_high", "civilians_killed_low",
    "civilians_killed_best", "civilians_killed_high", "wounded_low", "wounded_best", "wounded_high",
})
"""Columns of a table that a map or a briefing is made of: they can be left out of a table alone."""


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """Incidents that leave, as they leave, with what belongs to them.

    Parameters
    ----------
    reports
        Whom the incidents name as their report; without text, and without source where the profile or a coarser place asks.
    stay
        How many incidents stay, by reason.
    coarse
        Ids, as told, of those that leave with a coarser place than is known.
    """

    incidents: tuple[Incident, ...]
    reports: tuple[Report, ...]
    report_claims: tuple[ReportClaim, ...]
    stay: tuple[tuple[str, int], ...]
    coarse: frozenset[str]


def published_case(
    publisher: Publisher, incidents: Sequence[Incident], reports: Mapping[str, Report], shared: Iterable[ReportClaim],
    fates: Mapping[str, Fate],
) -> PublishedCase:
    """Incidents, their reports by id and the claims over several of them, as they leave; `fates` are theirs, by id."""
    own, rows = (Teller(each, publisher.pseudonyms) for each in (publisher.profile, _for_rows(publisher.profile)))
    told: list[Incident] = []
    papers: dict[str, Report] = {}
    plain: set[str] = set()
    coarse: set[str] = set()
    for each in incidents:
        fate = fates[each.id]
        if fate.why is None:
            teller = rows if each.status is Status.IMPORTED else own
            told.append(new := teller.incident(each, fate.spot))
            papers[new.report] = teller.report(new.report, reports.get(each.report), hidden=fate.spot is not None)
            (coarse if fate.spot else plain).add(new.id if fate.spot else each.id)
    return PublishedCase(
        incidents=tuple(told), reports=tuple(papers.values()),
        report_claims=tuple(own.shared(each) for each in shared if plain.issuperset(each.incidents)),
        stay=tuple(sorted(Counter(fate.why.value for each in incidents if (fate := fates[each.id]).why).items())),
        coarse=frozenset(coarse),
    )


def check_tellable(profile: Profile) -> None:
    """Raise `BadValue` if a profile drops what cannot be left out of a map or a briefing."""
    dropped = sorted(_SHOWN.intersection(profile.drop))
    if dropped:
        todo = "Export a table, or write a profile for maps that tells places coarser and actors by the registry alone."
        raise BadValue(f"columns that profile {profile.id} drops", ", ".join(dropped), "none that a map shows", todo)


def _for_rows(profile: Profile) -> Profile:
    """Of a row of a table the words are its notes."""
    if "notes" in profile.drop:
        return replace(profile, quotes=Quotes.DROP)
    return replace(profile, quotes=Quotes.REDACT) if "notes" in profile.redact and profile.quotes is Quotes.KEEP else profile


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells incidents under one profile."""

    profile: Profile
    names: Pseudonyms

    def incident(self, incident: Incident, spot: Spot | None) -> Incident:
        """An incident as it leaves; `spot` is its place as told, None if that is the one known."""
        hidden = incident.id if spot is not None else None
        own = hidden is not None or self.profile.names is Names.REGISTRY
        place = _location(spot) if spot is not None else self._as_known(incident.location)
        return replace(
            incident, id=self._id(incident.id, hidden), report=self._report(incident.report, hidden), location=place,
            date_span=self._words(incident.date_span, hidden) if incident.date_span else None,
            trigger=self._words(incident.trigger, hidden),
            actors=self._kept("actors", _registered(incident.actors) if own else self._redacted(incident.actors)),
            claims=self._kept("claims", [self.claim(each, hidden) for each in incident.claims]),
            review=() if hidden is not None else self._kept("review", incident.review),
            parts=self._kept("parts", [self._part(each, hidden) for each in incident.parts]),
        )

    def claim(self, claim: Claim, hidden: str | None) -> Claim:
        """A claim as it leaves."""
        told = replace(claim, span=self._words(claim.span, hidden), report=self._report(claim.report, hidden))
        if hidden is None and self.profile.names is Names.WRITTEN:
            plain = self.profile.quotes is Quotes.KEEP
            return told if plain else replace(told, claimant_name=redacted(claim.claimant_name))
        subject = "" if claim.subject.startswith(OWN) else claim.subject
        name = registry_name(claim.claimant) or ""
        return replace(told, claimant=known_actor(claim.claimant) or "", claimant_name=name, subject=subject)

    def shared(self, claim: ReportClaim) -> ReportClaim:
        """A claim over several incidents, all of them told where they are."""
        return ReportClaim(self.claim(claim.claim, None), tuple(self._id(each, None) for each in claim.incidents))

    def report(self, told_id: str, report: Report | None, *, hidden: bool) -> Report:
        """A report as it leaves: never its text."""
        if report is None or hidden or self.profile.pseudonyms:
            return Report(told_id, "", "", report.language if report else "", None, "", "", "")
        url = "" if "url" in self.profile.drop else report.url
        source = "" if {"source", "sources"} & set(self.profile.drop) else report.source
        return replace(report, text="", url=url, source=source, title="", notes=())

    def _kept(self, column: str, values: Sequence[T]) -> tuple[T, ...]:
        return () if column in self.profile.drop else tuple(values)

    def _id(self, own: str, hidden: str | None) -> str:
        return self.names.of("incident", own) if hidden is not None or self.profile.pseudonyms else own

    def _report(self, report: str, hidden: str | None) -> str:
        if hidden is None and not self.profile.pseudonyms:
            return report
        return self.names.report(report, hidden)

    def _words(self, span: Span, hidden: str | None) -> Span:
        if hidden is not None or self.profile.quotes is Quotes.DROP:
            return UNTOLD
        return span if self.profile.quotes is Quotes.KEEP else Span(0, len(told := redacted(span.quote)), told)

    def _as_known(self, place: Location | None) -> Location | None:
        if place is None or self.profile.quotes is Quotes.KEEP:
            return place
        return replace(place, span=self._words(place.span, None), reasons=(), rivals=())

    def _redacted(self, actors: Sequence[ActorRole]) -> Sequence[ActorRole]:
        if not {"actor1", "actor2"} & set(self.profile.redact):
            return actors
        return [replace(each, name=redacted(each.name)) for each in actors]

    def _part(self, part: Part, hidden: str | None) -> Part:
        place = None if hidden is not None else self._as_known(part.location)
        return replace(part, id=self._id(part.id, hidden), report=self._report(part.report, hidden), location=place)


def _registered(actors: Sequence[ActorRole]) -> Sequence[ActorRole]:
    """Actors of the shipped registry, by its names."""
    return [replace(each, name=registry_name(each.id) or "") for each in actors if known_actor(each.id)]


def _location(spot: Spot) -> Location | None:
    """A place as told; None for no place at all."""
    if spot.anchor is None:
        return None
    at = Position(*spot.anchor)
    return Location(
        span=UNTOLD, relation=Relation.IN, place_id="", name=spot.name or "", anchor=at, position=at, line=(),
        radius_km=spot.radius_km or 0.0, area_id=spot.area_id or "", where_prec=UCDP[spot.level],
        geo_precision=ACLED[spot.level], country=spot.country or "", admin1=spot.admin1 or "", admin2=spot.admin2 or "",
        regions=(), ambiguous=False, score=0.0, reasons=(), rivals=(),
    )
