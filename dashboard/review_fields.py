"""A draft's fields as safe HTML, each with the words of the report that it rests on, linked to where they stand in the text."""

from collections.abc import Iterable, Sequence
from html import escape

import opened
import page
from incidentmap.maps import date_line, figure_words, place_line, reason_words, term
from incidentmap.model import ActorRole, Claim, Incident, Mention, MentionKind, Reason, ReportClaim, Scope, Span
from incidentmap.registry import actor_name
from marked_text import anchor


def draft_html(incident: Incident, mentions: Sequence[Mention], shared: Iterable[ReportClaim]) -> str:
    """The fields of a draft."""
    language, where = page.language(), incident.location
    kind = term(language, "event", incident.event_type)
    sub = term(language, "event", incident.sub_event_type) if incident.sub_event_type else ""
    rows = [
        _row(page.tell("review.field.event"), " · ".join(part for part in (sub, kind) if part), incident.trigger),
        _row(page.tell("screen.table.date"), date_line(incident, language), incident.date_span),
        _row(page.tell("screen.table.place"), place_line(where, inside=_inside(incident), language=language),
             where.span if where else None),
        *(_row(term(language, "role", part.role.value).capitalize(), actor_name(part.id, language, part.name),
               actor_span(part, incident.trigger, mentions)) for part in incident.actors),
    ]
    nothing = f'<p class="im-line">{page.tell("screen.reports.noclaims")}</p>'
    claims = "".join(_claim(each) for each in incident.claims) or nothing
    together = "".join(_claim(each.claim) for each in shared if incident.id in each.incidents)
    parts = [
        f'<dl class="im-fields">{"".join(rows)}</dl>',
        f'<h3 class="im-panel">{page.tell("screen.reports.claims")}</h3>{claims}',
        f'<h3 class="im-panel">{page.tell("screen.reports.shared")}</h3>{together}' if together else "",
        _fold("why", where.reasons) if where and where.reasons else "",
    ]
    return f'<article class="im-draft im-{incident.status.value}" lang="{language}">{"".join(parts)}</article>'


def doubts_html(incident: Incident) -> str:
    """Why a person should look, empty without a reason."""
    return f'<div class="im-doubts">{reasons_html(incident.review)}</div>' if incident.review else ""


def reasons_html(reasons: Iterable[Reason]) -> str:
    """Reasons as a list."""
    items = "".join(f"<li>{escape(reason_words(page.language(), why))}</li>" for why in reasons)
    return f'<ul class="im-notes">{items}</ul>'


def spans_of(incident: Incident, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """The words of the report that a draft rests on."""
    actors = (actor_span(part, incident.trigger, mentions) for part in incident.actors)
    places = (incident.location.span if incident.location else None, incident.date_span)
    found = (incident.trigger, *places, *actors, *(claim.span for claim in incident.claims))
    return tuple(dict.fromkeys(span for span in found if span))


def actor_span(part: ActorRole, trigger: Span, mentions: Iterable[Mention]) -> Span | None:
    """Where the report names an actor: nearest to the words that tell of the event."""
    named = [each.span for each in mentions if each.kind is MentionKind.ACTOR and each.meaning == part.id]
    return min(named, key=lambda span: abs(span.start - trigger.start), default=None)


def _row(name: str, words: str, span: Span | None) -> str:
    return f"<dt>{escape(name)}</dt><dd>{escape(words)}{_quote(span)}</dd>"


def _quote(span: Span | None) -> str:
    return f'<a class="im-q" href="#{anchor(span)}"><q>{escape(" ".join(span.quote.split()))}</q></a>' if span else ""


def _fold(name: str, reasons: Iterable[Reason]) -> str:
    return f"<details><summary>{page.tell(f'screen.reports.{name}')}</summary>{reasons_html(reasons)}</details>"


def _inside(incident: Incident) -> bool | None:
    own = opened.workspace().region_id
    return own in incident.location.regions if own and incident.location else None


def _claim(claim: Claim) -> str:
    language = page.language()
    subject = f" · {term(language, 'subject', claim.subject)}" if claim.subject else ""
    figure = figure_words(claim.low, claim.best, claim.high, claim.value, language)
    who, says = actor_name(claim.claimant, language, claim.claimant_name), term(language, "stance", claim.stance.value)
    several = f" · {page.tell('review.scope.aggregate')}" if claim.scope is Scope.AGGREGATE else ""
    return (
        f'<div class="im-row"><div><b>{escape(who)}</b> <span>{escape(says + several)}</span></div>'
        f'<div>{escape(term(language, "field", claim.field.value) + subject)} <b>{escape(figure)}</b></div>'
        f"{_quote(claim.span)}</div>"
    )
