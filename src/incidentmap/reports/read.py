"""A report read: its incidents, claims and mentions, in the order of the walk."""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from incidentmap.model import (
    ActorRole,
    Claim,
    ClaimField,
    Incident,
    Location,
    Mention,
    MentionKind,
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
from incidentmap.reports.actors import (
    ActorMention,
    find_actors,
    inter_of,
    main_country,
    settle_actors,
)
from incidentmap.reports.calendar import Now
from incidentmap.reports.claims import Voice, find_voices, is_source, subject_before
from incidentmap.reports.dates import DateMention, find_dates
from incidentmap.reports.doubts import doubts, unread_numbers
from incidentmap.reports.drafts import Story, gather, join
from incidentmap.reports.events import Telling, event_dates, find_triggers, misfortune, stated_count
from incidentmap.reports.figures import Figure, find_figures
from incidentmap.reports.kinds import event_kind
from incidentmap.reports.locate import FoundPlaces, find_places, group_places, location_of
from incidentmap.reports.page import Page, prepare
from incidentmap.reports.publication import publication_day, report_year
from incidentmap.reports.quantities import Quantity
from incidentmap.reports.roles import FORCES, Parts, parts_of
from incidentmap.reports.statements import Placed, Scene, read_claims

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything found in a text, in order; `closed` are the tokens inside dates."""

    closed: frozenset[int]
    dates: tuple[DateMention, ...]
    actors: tuple[ActorMention, ...]
    figures: tuple[Figure, ...]
    places: FoundPlaces


def read_report(report: Report, finder: PlaceFinder, region: str | None) -> Reading:
    """Read a report.

    Parameters
    ----------
    report
        As it came; its text is never changed.
    finder
        Finds and resolves place names.
    region
        Region of interest, a hint for names that mean several places.

    Returns
    -------
    Reading
        Draft incidents in the order in which the report tells them, claims that cover several of them, all mentions, and
        warnings about the report as a whole. Every span points into `report.text`. No text raises.
    """
    page = prepare(report)
    published = published_day(report, page)
    now = Now(published, published.year if published else report_year(page.text))
    dates = find_dates(page.text, page.lexicon.language, now)
    closed = _closed(page, dates)
    named = find_actors(page)
    figures = find_figures(page, closed)
    places = find_places(page, finder, region, _taken(page, named, dates, figures), report.id)
    actors = settle_actors(page, named, _country(page, places), published)
    found = _Found(closed, dates, actors, figures, places)
    scene = _scene(page, report, _tellings(page, found), published)
    placed = read_claims(scene)
    unread = unread_numbers(page, figures, frozenset(closed | _placed_tokens(places)))
    incidents = tuple(_incident(scene, number, placed, unread) for number in range(len(scene.drafts)))
    together = tuple(ReportClaim(item.claim, tuple(incidents[number].id for number in item.drafts))
                     for item in placed if len(item.drafts) > 1)
    return Reading(incidents, together, _mentions(scene, found, placed), _warnings(published, incidents), places.doubts)


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
    when = when or publication_day(page.text, page.lexicon.language)
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


def _tellings(page: Page, found: _Found) -> tuple[Telling, ...]:
    groups = group_places(page, found.places.grounds)
    headings = page.headings()
    only_headings = all(headings)
    tellings = []
    for number, sentence in enumerate(page.sentences):
        triggers = find_triggers(page, sentence, found.closed)
        own = _between(found.dates, sentence.start, sentence.end, lambda mention: mention.start)
        cues = page.lexicon.book("aggregate").scan(page.tokens, sentence.first, sentence.last)
        tellings.append(Telling(
            number, sentence, headings[number] and not only_headings, triggers,
            _between(groups, sentence.first, sentence.last, lambda group: group.first),
            event_dates(page, sentence, own, triggers),
            _between(found.figures, sentence.first, sentence.last, lambda figure: figure.first)
            if triggers or not misfortune(page, sentence) else (),
            _between(found.actors, sentence.first, sentence.last, lambda actor: actor.first),
            any(hit.meaning == "plural" for hit in cues),
            max((stated_count(page, hit) for hit in cues if hit.meaning == "cue"), default=0),
        ))
    return tuple(tellings)


def _between(items: Sequence[T], first: int, last: int, key: Callable[[T], int]) -> tuple[T, ...]:
    """Items of a sorted sequence whose key lies from `first` to `last` (excluded)."""
    return tuple(items[bisect_left(items, first, key=key):bisect_left(items, last, key=key)])


def _scene(page: Page, report: Report, tellings: tuple[Telling, ...], published: date | None) -> Scene:
    voices = _voices(page, tellings)
    story = Story.of(tellings)
    drafts = join(gather(story, published))
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


def _incident(scene: Scene, number: int, placed: Sequence[Placed], unread: Sequence[Quantity]) -> Incident:
    draft, parts = scene.drafts[number], scene.parts[number]
    claims = tuple(item.claim for item in placed if item.drafts == (number,))
    event_type, sub_event_type = event_kind(draft, parts, claims, scene.tellings)
    location = location_of(scene.page, draft.ground) if draft.ground else None
    first = draft.leading.trigger
    trigger = scene.page.clean.span(scene.page.tokens[first.first].start, scene.page.tokens[first.last - 1].end)
    when = draft.date.date if draft.date else None
    return Incident(
        id=_incident_id(scene.report, trigger, location, draft.family), report=scene.report.id,
        event_type=event_type, sub_event_type=sub_event_type,
        date=when, date_span=scene.page.clean.span(draft.date.start, draft.date.end) if draft.date else None, trigger=trigger,
        location=location, actors=_roles(parts, claims), claims=claims, status=Status.DRAFT,
        review=doubts(scene, number, claims, placed, unread),
    )


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


def _warnings(published: date | None, incidents: Sequence[Incident]) -> tuple[Reason, ...]:
    checks = ((published is None, "no_publication_day"), (not incidents, "no_incident"))
    return tuple(reason(code) for holds, code in checks if holds)


def _mentions(scene: Scene, found: _Found, placed: Sequence[Placed]) -> tuple[Mention, ...]:
    page = scene.page
    marked = [Mention(page.clean.span(when.start, when.end), MentionKind.DATE, _iso(when.date)) for when in found.dates]
    marked += [_mention(page, actor.first, actor.last, MentionKind.ACTOR, actor.id) for actor in found.actors if actor.id]
    marked += [_mention(page, figure.first, figure.last, MentionKind.FIGURE, _range(figure)) for figure in found.figures]
    marked += [_mention(page, place.first, place.last, MentionKind.PLACE, place.place.id) for place in found.places.mentions]
    marked += [_mention(page, trigger.first, trigger.last, MentionKind.EVENT, trigger.kind.id)
               for telling in scene.tellings for trigger in telling.triggers]
    marked += [Mention(item.claim.span, MentionKind.CLAIM, f"{item.claim.claimant}:{item.claim.field}") for item in placed]
    return tuple(sorted(set(marked)))


def _mention(page: Page, first: int, last: int, kind: MentionKind, meaning: str) -> Mention:
    return Mention(page.clean.span(page.tokens[first].start, page.tokens[last - 1].end), kind, meaning)


def _iso(when: PartialDate | None) -> str:
    if when is None:
        return ""
    return when.start.isoformat() if when.start == when.end else f"{when.start.isoformat()}/{when.end.isoformat()}"


def _range(figure: Figure) -> str:
    bounds = (figure.quantity.low, figure.quantity.best, figure.quantity.high)
    return f"{figure.field} " + "/".join("" if bound is None else str(bound) for bound in bounds)

