"""The Reports screen: a report's text with its mentions underlined, beside the drafts read from it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

import opened
import page
import sidebar
import views
from incidentmap.maps import date_line, figure_words, incident_title, place_line, reason_words, span_words, term, web_address
from incidentmap.model import Claim, Incident, MentionKind, Reason, Report, ReportClaim, Status
from incidentmap.registry import actor_name
from marked_text import marked_html


def draw() -> None:
    """Draw the screen."""
    every = views.every()
    sidebar.draw(views.filtered(), every.incidents)
    reports = {report.id: report for report in opened.workspace().store.reports()}
    if not reports:
        views.first_visit()
        return
    names = {key: _name(report) for key, report in reports.items()}
    chosen = st.selectbox(page.tell("screen.reports.choose"), list(reports), key="report", format_func=names.__getitem__)
    report = reports[chosen]
    left, right = st.columns([3, 2], gap="large")
    with left:
        _text(report)
    with right:
        own = [each for each in every.incidents if each.report == chosen and each.status is not Status.REJECTED]
        _drafts(report, own, every.report_claims)


def _name(report: Report) -> str:
    when = report.published
    day = span_words(when.start, when.end, page.language()) if when else page.tell("screen.reports.undated")
    return f"{report.title or report.source} · {day}"


def _text(report: Report) -> None:
    reading = opened.workspace().store.reading(report.id)
    mentions, warnings = (reading.mentions, reading.warnings) if reading else ((), ())
    titles = {kind.value: page.tell(f"screen.reports.{kind.value}") for kind in MentionKind}
    key = " ".join(f'<mark class="im-{kind}">{escape(name)}</mark>' for kind, name in titles.items())
    st.html(f'<p class="im-kinds">{escape(report.source)}{_link(report)}<br>{key}</p>')
    st.html(marked_html(report.text, mentions, titles))
    if warnings:
        st.html(f'<h3 class="im-panel">{page.tell("screen.reports.warnings")}</h3>{_reasons(warnings)}')


def _link(report: Report) -> str:
    address, words = web_address(report.url), page.tell("screen.reports.source")
    return f' · <a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{words}</a>' if address else ""


def _reasons(reasons: Sequence[Reason]) -> str:
    items = "".join(f"<li>{escape(reason_words(page.language(), why))}</li>" for why in reasons)
    return f'<ul class="im-notes">{items}</ul>'


def _drafts(report: Report, incidents: list[Incident], shared: tuple[ReportClaim, ...]) -> None:
    if not incidents:
        st.html(f'<p class="im-empty">{page.tell("screen.reports.nodrafts")}</p>')
        return
    count = page.tell_count("screen.reports.drafts", len(incidents), count=len(incidents))
    st.html(f'<h2 class="im-panel">{count}</h2>')
    st.html("".join(_draft(incident) for incident in incidents))
    rows = "".join(_claim(each.claim) for each in shared if each.claim.report == report.id)
    if rows:
        st.html(f'<h2 class="im-panel">{page.tell("screen.reports.shared")}</h2>')
        st.html(f'<div class="im-draft" lang="{page.language()}">{rows}</div>')


def _draft(incident: Incident) -> str:
    language, where = page.language(), incident.location
    roles = [
        f"{term(language, 'role', part.role.value)} {actor_name(part.id, language, part.name)}" for part in incident.actors
    ]
    claims = "".join(_claim(claim) for claim in incident.claims) or f"<p>{page.tell('screen.reports.noclaims')}</p>"
    parts = [
        f'<p class="im-line">{escape(date_line(incident, language))} · {term(language, "status", incident.status.value)}</p>',
        f"<h3>{escape(incident_title(incident, language))}</h3>",
        f'<p class="im-line">{escape(place_line(where, inside=_inside(incident), language=language))}</p>',
        f'<p class="im-line">{escape(" · ".join(roles))}</p>',
        _fold("claims", claims, shown=True),
        _fold("review", _reasons(incident.review), shown=True) if incident.review else "",
        _fold("why", _reasons(where.reasons), shown=False) if where and where.reasons else "",
    ]
    return f'<article class="im-draft" lang="{language}">{"".join(parts)}</article>'


def _fold(name: str, content: str, *, shown: bool) -> str:
    return f"<details{' open' if shown else ''}><summary>{page.tell(f'screen.reports.{name}')}</summary>{content}</details>"


def _inside(incident: Incident) -> bool | None:
    own = opened.workspace().region_id
    return own in incident.location.regions if own and incident.location else None


def _claim(claim: Claim) -> str:
    language = page.language()
    subject = f" · {term(language, 'subject', claim.subject)}" if claim.subject else ""
    figure = figure_words(claim.low, claim.best, claim.high, claim.value, language)
    who, says = actor_name(claim.claimant, language, claim.claimant_name), term(language, "stance", claim.stance.value)
    return (
        f'<div class="im-row"><div><b>{escape(who)}</b> <span>{escape(says)}</span></div>'
        f'<div>{escape(term(language, "field", claim.field.value) + subject)} <b>{escape(figure)}</b></div>'
        f"<q>{escape(claim.span.quote)}</q></div>"
    )
