"""What of a workspace leaves the house under a profile, and what the file says of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from incidentmap.export import Asked, Head, Licence, claim_list
from incidentmap.gazetteer import region
from incidentmap.model import OWN, BadValue, Incident, IncidentQuery, ReportClaim, RuleKind, Total, TotalRule, all_totals
from incidentmap.paths import shipped
from incidentmap.publish import Profile, Pseudonyms, Publisher, Withheld, open_ground, workspace_key
from incidentmap.publish.fates import NEEDED, Fate
from incidentmap.publish.profile import Question, Quotes, Terms
from incidentmap.publish.profiles import FOLDER
from incidentmap.registry import actors
from incidentmap.tables.schema import EVENT_SCHEMA
from incidentmap.walks.export_records import Records
from incidentmap.walks.gazetteer import added_attributions
from incidentmap.walks.import_units import units_in
from incidentmap.walks.licences import shown_imports
from incidentmap.walks.versions import data_version

_LANGUAGE = "en"
_JUDGED = ("event_id", *(name for name in NEEDED if name in EVENT_SCHEMA.names))


@dataclass(frozen=True, slots=True)
class Publication:
    """What a query selects, as a profile lets it out; `publisher` is None where all leaves as it is."""

    records: Records
    query: IncidentQuery
    rule: TotalRule
    profile: Profile
    day: date
    publisher: Publisher | None
    secret: str = ""

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The flat records that leave."""
        batches = self.records.batches(self.query, self.rule, shuffle=self.secret)
        return self.publisher.published(batches) if self.publisher else batches

    def head(self) -> Head:
        """What the file says of itself."""
        workspace = self.records.workspace
        version, gazetteer = data_version(workspace), workspace.gazetteer.version
        found = self.records.incidents(self.query)
        account = self._account(found)
        leaving = dict(account.incidents)
        incidents = [each for each in found if each.id in leaving]
        claims = workspace.store.report_claims(leaving)
        imports = shown_imports(workspace.folder)
        return Head(
            asked=Asked.of(self.told_query, more=self.told_query != self.query), day=self.day,
            profile=(self.profile.id, self.profile.title(_LANGUAGE)), data_version=version,
            gazetteer_version=gazetteer, region=region(workspace.region_id) if workspace.region_id else None,
            incidents=len(incidents), events=sum(count for _, count in account.events),
            statuses=Counter(each.status.value for each in incidents), totals=self.totals(incidents, claims),
            report_claims=self.publisher.report_claims(claim_list(claims), account) if self.publisher else claim_list(claims),
            licences=[Licence(name, imports[name].licence, imports[name].warn_export) for name, _ in account.events],
            attributions=added_attributions(workspace.folder),
            withheld=tuple((why.value, count) for why, count in account.stay), coarsened=account.coarsened,
        )

    def _account(self, incidents: tuple[Incident, ...]) -> Withheld:
        if self.publisher:
            return self.publisher.account(self.records.batches(self.query, self.rule, _JUDGED))
        return Withheld((), tuple(self.records.sources(self.query).items()), tuple((each.id, False) for each in incidents), 0)

    def fates(self) -> Iterator[tuple[str, Fate]]:
        """What becomes of each record, by its id, under a profile that holds something back."""
        for batch in self.records.batches(self.query, self.rule, _JUDGED):
            if self.publisher:
                yield from zip(batch["id"].to_pylist(), self.publisher.fates(batch), strict=True)

    @property
    def told_query(self) -> IncidentQuery:
        """The question as far as it may be told: a narrow filter tells where something is."""
        coarse = self.query
        if self.profile.question is Question.COARSE or (self.publisher and self.publisher.coarsens):
            actors_told, others_told = _known(coarse.actors), _known(coarse.not_actors)
            coarse = replace(coarse, bbox=None, area=(), text="", actors=actors_told, not_actors=others_told)
        return coarse

    def totals(self, incidents: Sequence[Incident], claims: Iterable[ReportClaim]) -> tuple[Total, ...]:
        """The totals of what leaves. Their aggregates are words of reports; a report's id may stand in the rule."""
        if self.profile.pseudonyms and self.rule.kind is RuleKind.SOURCE and self.rule.source not in actors():
            return ()
        leaving = {each.id for each in incidents}
        shared = [each for each in claims if not self.publisher or leaving.issuperset(each.incidents)]
        totals = all_totals(incidents, self.rule, shared, self.records.workspace.store.report_days())
        quoted = not self.publisher or (self.profile.quotes is Quotes.KEEP and not self.publisher.coarsens)
        return totals if quoted else tuple(replace(each, aggregates=()) for each in totals)


def publication(records: Records, query: IncidentQuery, rule: TotalRule, profile: Profile, day: date) -> Publication:
    """What a query selects, ready to be let out.

    Raises
    ------
    UnknownRegion
        If the query filters by a region that is not known.
    """
    if query.region:
        region(query.region)
    if profile.lets_all_out:
        return Publication(records, query, rule, profile, day, None)
    publisher = open_publisher(records, profile, day)
    return Publication(records, query, rule, profile, day, publisher, publisher.pseudonyms.order)


def open_publisher(records: Records, profile: Profile, day: date) -> Publisher:
    """A profile at work on the records of a workspace; for :func:`incidentmap.publish.published_case` too."""
    workspace = records.workspace
    names = Pseudonyms(workspace_key(workspace.folder / FOLDER))
    publisher = Publisher(profile, open_ground(units_in(shipped("geo"))), names, day)
    if profile.min_count:
        publisher.count_units(records.batches(IncidentQuery(), columns=_JUDGED))
    return publisher


def _known(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Actors of the shipped registry: a case's own names may be those of persons."""
    return tuple(each for each in ids if each in actors() and not each.startswith(OWN))


def check_licences(head: Head, profile: Profile, *, acknowledged: bool) -> None:
    """Refuse to let out rows whose licence asks to think twice, if the profile says so.

    Raises
    ------
    BadValue
        Naming the sources, unless the person says to have looked at their terms.
    """
    warned = [each for each in head.licences if each.warn]
    if warned and profile.licences is Terms.REFUSE and not acknowledged:
        told = ", ".join(f"{each.source} ({each.licence})" for each in warned)
        todo = "Leave them out with drop_sources in a profile of your own, or say that you may: --acknowledge-licences"
        raise BadValue(f"sources under profile {profile.id}", told, "sources whose terms let you pass their rows on", todo)
