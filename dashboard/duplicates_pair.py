"""Two incidents that may be one, side by side as safe HTML: what differs is marked, and what would lead once they are one."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

import opened
import page
from incidentmap.maps import date_line, figure_words, incident_title, place_line, reason_words, term, web_address
from incidentmap.model import Claim, Incident, Pair, Reason, Report, Scope
from incidentmap.registry import actor_name

Cells = tuple[str, str]


def side_by_side(pair: Sequence[Incident], reports: Sequence[Report | None], whole: Incident) -> str:
    """Both incidents, a row for each thing that they tell.

    `reports` are theirs, in the same order; `whole` is what would be shown once they are one.
    """
    language = page.language()
    rows = [
        _leading("screen.table.date", pair, whole, lambda each: each.date, lambda each: date_line(each, language)),
        _leading("screen.table.place", pair, whole, _spot, _place),
        _leading("review.field.event", pair, whole, lambda each: (each.event_type, each.sub_event_type), _event),
        _row("duplicates.actors", _both(_actors(each) for each in pair), differs=_roles(pair[0]) != _roles(pair[1])),
        _row("screen.reports.claims", _both(_claims(each.claims) for each in pair)),
        _row("duplicates.words", _both(f"<q>{_line(each.trigger.quote)}</q>" for each in pair)),
        _row("duplicates.source", _both(_source(each) for each in reports)),
    ]
    return f'<div class="im-pair" role="table" lang="{language}">{"".join(rows)}</div>'


def whole_words(whole: Incident) -> str:
    """What would be shown once both are one: the values that lead, and how many reports would tell of it."""
    language = page.language()
    count = len({part.report for part in whole.parts})
    parts = (incident_title(whole, language), date_line(whole, language), page.tell("duplicates.reports", count=count))
    return " · ".join(dict.fromkeys(parts))


def evidence_html(pair: Pair) -> str:
    """What speaks for and against, the weightiest first."""
    rows = sorted(pair.evidence, key=lambda each: -abs(each.weight))
    items = (f'<li><b>{each.weight:+.1f}</b> {escape(reason_words(page.language(), _worded(each.why)))}</li>' for each in rows)
    return f'<ul class="im-evidence">{"".join(items)}</ul>'


def _worded(why: Reason) -> Reason:
    """A reason with kinds of events and incidents as people call them."""
    return Reason(why.code, tuple((name, _named(why.code, name, value)) for name, value in why.values))


def _named(code: str, name: str, value: str) -> str:
    language = page.language()
    if code.startswith("duplicate_kinds_"):
        return term(language, "event", value)
    third = opened.workspace().store.whole(value) if name == "third" else None
    return incident_title(third, language) if third else value


def _leading(name: str, pair: Sequence[Incident], whole: Incident, value: Callable[[Incident], object],
             words: Callable[[Incident], str]) -> str:
    """A row of which one value leads where both differ."""
    differs = value(pair[0]) != value(pair[1])
    leads = page.tell("duplicates.leads")
    cells = (
        escape(words(each)) + (f' <span class="im-leads">{leads}</span>' if differs and value(each) == value(whole) else "")
        for each in pair
    )
    return _row(name, _both(cells), differs=differs)


def _row(name: str, cells: Cells, *, differs: bool = False) -> str:
    mark = f' <span class="im-differs">{page.tell("duplicates.differs")}</span>' if differs else ""
    told = "".join(f'<div role="cell">{each or "–"}</div>' for each in cells)
    kind = ' class="im-unlike"' if differs else ""
    return f'<div role="row"{kind}><div role="rowheader">{page.tell(name)}{mark}</div>{told}</div>'


def _both(cells: Iterable[str]) -> Cells:
    one, other = cells
    return one, other


def _spot(incident: Incident) -> object:
    where = incident.location
    return where and (where.place_id, where.position, where.radius_km)


def _place(incident: Incident) -> str:
    return place_line(incident.location, inside=None, language=page.language())


def _event(incident: Incident) -> str:
    language = page.language()
    return " · ".join(term(language, "event", each) for each in (incident.sub_event_type, incident.event_type) if each)


def _roles(incident: Incident) -> set[tuple[str, str]]:
    return {(each.id, each.role.value) for each in incident.actors}


def _actors(incident: Incident) -> str:
    language = page.language()
    told = (f"{actor_name(each.id, language, each.name)} ({term(language, 'role', each.role.value)})"
            for each in incident.actors)
    return "<br>".join(escape(each) for each in dict.fromkeys(told))


def _claims(claims: Iterable[Claim]) -> str:
    return "".join(f'<p>{escape(_claim(each))}<br><q>{_line(each.span.quote)}</q></p>' for each in claims)


def _claim(claim: Claim) -> str:
    language = page.language()
    figure = figure_words(claim.low, claim.best, claim.high, claim.value, language)
    who = actor_name(claim.claimant, language, claim.claimant_name)
    several = page.tell("review.scope.aggregate") if claim.scope is Scope.AGGREGATE else ""
    subject = term(language, "subject", claim.subject) if claim.subject else ""
    parts = (who, term(language, "field", claim.field.value), subject, figure, several)
    return " · ".join(each for each in parts if each)


def _source(report: Report | None) -> str:
    if report is None:
        return ""
    address = web_address(report.url)
    name = escape(report.title or report.source)
    link = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{name}</a>' if address else name
    beside = escape(report.source) if report.title and report.source else ""
    return "<br>".join(each for each in (link, beside) if each)


def _line(text: str) -> str:
    return escape(" ".join(text.split()))
