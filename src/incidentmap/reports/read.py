"""A report read: its incidents, claims and mentions, in the order of the walk."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from incidentmap.model import (
    ActorRole,
    Claim,
    ClaimField,
    Incident,
    Location,
    PartialDate,
    PlaceFinder,
    Reading,
    Reason,
    Report,
    ReportClaim,
    Role,
    Span,
    Stance,
    Status,
    reason,
)
from incidentmap.reports.actors import ActorMention, find_actors, inter_of
from incidentmap.reports.calendar import Now
from incidentmap.reports.claims import Voice, find_voices, is_source, subject_before
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.dates import find_dates
from incidentmap.reports.doubts import Unread, doubts, unread_numbers
from incidentmap.reports.drafts import Draft, Story, agree, gather, join
from incidentmap.reports.events import Telling
from incidentmap.reports.figures import Figure, find_figures
from incidentmap.reports.kinds import event_kind
from incidentmap.reports.lexicon import SHIPPED
from incidentmap.reports.locate import FoundPlaces, find_places, location_of
from incidentmap.reports.mentions import mark_mentions
from incidentmap.reports.page import Page, prepare
from incidentmap.reports.publication import mark_dateline, publication_day, report_year
from incidentmap.reports.roles import FORCES, Parts, parts_of
from incidentmap.reports.settling import main_country, settle_actors
from incidentmap.reports.statements import Placed, Scene, read_claims
from incidentmap.reports.tellings import Findings, read_tellings
from incidentmap.reports.unknown_names import find_unknown_names


def read_report(
    report: Report, finder: PlaceFinder, region: str | None, folders: Mapping[str, Path] = SHIPPED,
) -> Reading:
    """Read a report.

    Parameters
    ----------
    report
        As it came; its text is never changed.
    finder
        Finds and resolves place names.
    region
        Region of interest, a hint for names that mean several places.
    folders
        The languages that it can be in; see :func:`incidentmap.reports.lexicon.language_folders`.

    Returns
    -------
    Reading
        Draft incidents in the order in which the report tells them, claims that cover several of them, all mentions, and
        warnings about the report as a whole. Every span points into `report.text`. No text raises.
    """
    page = prepare(report, folders)
    published = published_day(report, page)
    now = Now(published, published.year if published else report_year(page.text))
    dates = mark_dateline(page.text, page.lexicon, find_dates(page.text, page.lexicon, now))
    closed = _closed(page, dates)
    named = find_actors(page)
    figures = find_figures(page, closed)
    places = find_places(page, finder, region, _taken(page, named, dates, figures), report.id)
    actors = settle_actors(page, named, _country(page, places), published)
    found = Findings(closed, dates, actors, figures, places)
    scene = _scene(page, report, read_tellings(page, found), published)
    placed = read_claims(scene)
    unread = Unread(unread_numbers(page, figures, frozenset(closed | _placed_tokens(places))), places.unknown)
    incidents = tuple(_incident(scene, number, placed, unread) for number in range(len(scene.drafts)))
    together = tuple(ReportClaim(item.claim, tuple(incidents[number].id for number in item.drafts))
                     for item in placed if len(item.drafts) > 1)
    warnings = (*report.notes, *_warnings(page, published, incidents))
    return Reading(incidents, together, mark_mentions(scene, found, placed), warnings, places.doubts,
                   find_unknown_names(page, report, actors, places, closed))


def _placed_tokens(places: FoundPlaces) -> frozenset[int]:
    return frozenset(index for mention in places.mentions for index in range(mention.first, mention.last))


def _country(page: Page, places: FoundPlaces) -> str:
    """The state whose army "the army" is: the one that most of the places lie in, else the one named most often."""
    within = [mention.place.country for mention in places.mentions if mention.level != "country"]
    counts = Counter(country for country in within if country)
    named = main_country(page)
    best = max(counts.values(), default=0)
    return named if counts[named] == best else counts.most_common(1)[0][0]


def dated(report: Report) -> Report:
    """The report with its day of publication, as its text tells it where its record has none; else unchanged."""
    if report.published:
        return report
    day = published_day(report, prepare(report))
    return replace(report, published=PartialDate.day(day)) if day else report


def published_day(report: Report, page: Page) -> date | None:
    """Day of publication: as the report record has it, else as its text tells."""
    when = report.published if report.published and report.published.exact else None
    when = when or publication_day(page.text, page.lexicon)
    return when.start if when else None


def _closed(page: Page, dates: Sequence[DateMention]) -> frozenset[int]:
    """Tokens inside dates."""
    closed, index = set(), 0
    for mention in dates:
        while index < len(page.tokens) and page.tokens[index].end <= mention.start:
            index += 1
        here = index
        while here < len(page.tokens) and page.tokens[here].start < mention.end:
            closed.add(here)
            here += 1
    return frozenset(closed)


def _clean_span(page: Page, first: int, last: int) -> Span:
    start, end = page.tokens[first].start, page.tokens[last - 1].end
    return Span(start, end, page.text[start:end])


def _taken(page: Page, actors: Sequence[ActorMention], dates: Sequence[DateMention],
           figures: Sequence[Figure]) -> tuple[Span, ...]:
    spans = [_clean_span(page, actor.first, actor.last) for actor in actors if actor.refers != "him"]
    spans += [Span(mention.start, mention.end, page.text[mention.start:mention.end]) for mention in dates]
    spans += [_clean_span(page, figure.quantity.first, figure.quantity.last) for figure in figures]
    return tuple(sorted(spans))


def _scene(page: Page, report: Report, tellings: tuple[Telling, ...], published: date | None) -> Scene:
    voices = _voices(page, tellings)
    story = Story.of(tellings)
    drafts = _without_aftermath(join(gather(story, published)))
    parts = tuple(parts_of(page, draft, tellings, voices) for draft in drafts)
    there: dict[str, tuple[int, ...]] = {}
    told: dict[int, frozenset[int]] = {}
    for number, draft in enumerate(drafts):
        key = draft.ground.key if draft.ground else ""
        if draft.family != "political":
            there[key] = (*there.get(key, ()), number)
        for item in draft.evidence:
            told[item.telling] = told.get(item.telling, frozenset()) | {number}
    return Scene(page, report, story, voices, drafts, parts, there, told)


def _without_aftermath(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts without reinforcements and the like sent to where violence was told of: those are what came of it, no incident."""
    violent = [draft for draft in drafts if draft.family == "violent" and draft.ground]
    return tuple(draft for draft in drafts if not (
        draft.ground and all(item.trigger.kind.id == "group_change" for item in draft.evidence)
        and any(other.ground and other.ground.key == draft.ground.key and agree(other.date, draft.date) for other in violent)
    ))


def _voices(page: Page, tellings: Sequence[Telling]) -> tuple[tuple[Voice, ...], ...]:
    found: list[tuple[Voice, ...]] = []
    last: Voice | None = None
    subject: ActorMention | None = None
    for telling in tellings:
        voices = find_voices(page, telling.sentence, telling.actors, last, subject)
        last = voices[-1] if voices else last
        first = next((actor for actor in telling.actors if actor.refers != "civilian"), None)
        if first is not None and first.refers != "him":
            subject = first if subject_before(page, telling.sentence, telling.actors, first.last) else None
        found.append(voices)
    return tuple(found)


def _incident(scene: Scene, number: int, placed: Sequence[Placed], unread: Unread) -> Incident:
    draft, parts = scene.drafts[number], scene.parts[number]
    claims = tuple(item.claim for item in placed if item.drafts == (number,))
    event_type, sub_event_type = event_kind(_apart(scene, number), parts, claims, scene.tellings)
    location = location_of(scene.page, draft.ground) if draft.ground else None
    first = draft.leading.trigger
    trigger = scene.page.clean.span(scene.page.tokens[first.first].start, scene.page.tokens[first.last - 1].end)
    return Incident(
        id=_incident_id(scene.report, trigger, location, draft.family), report=scene.report.id,
        event_type=event_type, sub_event_type=sub_event_type,
        date=draft.days, trigger=trigger,
        date_span=scene.page.clean.span(draft.date.start, draft.date.end) if draft.date else None,
        location=location, actors=_roles(parts, claims), claims=claims, status=Status.DRAFT,
        review=doubts(scene, number, claims, placed, unread),
    )


def _apart(scene: Scene, number: int) -> Draft:
    """A draft without what is told of another one at its place as well, where something is left."""
    draft = scene.drafts[number]
    here = {other for other in scene.there.get(draft.ground.key if draft.ground else "", ()) if other != number}
    shared = {item for other in here for item in scene.drafts[other].evidence}
    own = tuple(item for item in draft.evidence if item not in shared)
    return replace(draft, evidence=own) if own else draft


def _incident_id(report: Report, trigger: Span, location: Location | None, family: str) -> str:
    """Made of where the words stand, not of the place that they mean: that may change when a person decides."""
    words = f"{location.span.start}-{location.span.end}" if location else ""
    key = f"{report.id}|{trigger.start}|{words}|{family}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _roles(parts: Parts, claims: Sequence[Claim]) -> tuple[ActorRole, ...]:
    """All parts: who claims an attack of its own or speaks from outside is a claimant, who contradicts a denier."""
    roles = {ActorRole(actor, name, Role.ATTACKER) for actor, name in parts.attackers}
    roles |= {ActorRole(actor, name, Role.TARGET) for actor, name in parts.targets}
    if not parts.attackers and not parts.parties:
        roles |= {ActorRole(claim.claimant, claim.claimant_name, Role.ATTACKER) for claim in claims if _killed_fighters(claim)}
    roles |= {ActorRole(actor, name, Role.PARTY) for actor, name in parts.parties}
    attackers, targets = dict(parts.attackers), dict(parts.targets)
    for claim in claims:
        if is_source(claim.claimant) or inter_of(claim.claimant) is None:
            continue
        if claim.stance is Stance.DENIES:
            roles.add(ActorRole(claim.claimant, targets.get(claim.claimant, claim.claimant_name), Role.DENIER))
        elif claim.stance in {Stance.CLAIMS, Stance.CONFIRMS} and claim.claimant not in targets:
            roles.add(ActorRole(claim.claimant, attackers.get(claim.claimant) or claim.claimant_name, Role.CLAIMANT))
    unique = {(role.id, role.role): role for role in sorted(roles, reverse=True)}
    order = list(Role)
    return tuple(sorted(unique.values(), key=lambda role: (order.index(role.role), role.id)))


def _killed_fighters(claim: Claim) -> bool:
    """Whether a force claims to have killed fighters: where nobody else is named, the deed is its own."""
    mine = claim.stance is Stance.CLAIMS and inter_of(claim.claimant) in FORCES
    return mine and claim.field is ClaimField.KILLED and claim.subject in {"attackers", "fighters"}


def _warnings(page: Page, published: date | None, incidents: Sequence[Incident]) -> tuple[Reason, ...]:
    unsure = reason("language_unsure", read_as=page.lexicon.language)
    checks = ((published is None, reason("no_publication_day")), (not incidents, reason("no_incident")),
              (not page.guess.sure, unsure))
    return tuple(why for holds, why in checks if holds)
