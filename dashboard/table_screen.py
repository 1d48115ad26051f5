"""The Table screen: the map's twin, with the same filters and window; the way for keyboards and screen readers."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import downloads
import links
import opened
import page
import panels
import sidebar
import time_panel
import views
from incidentmap.maps import (
    MapView,
    claimants,
    figure_words,
    incident_title,
    number_words,
    reason_words,
    taking_part,
    term,
    toll_words,
)
from incidentmap.model import Claim, ClaimField, Incident, incident_toll
from incidentmap.registry import actor_name
from incidentmap.store.events.queries import Order
from incidentmap.walks.listed import Wanted

_SIZES = (50, 100, 250, 500)
_ORDER, _SIZE, _PAGE = "table_order", "table_size", "table_page"


def draw() -> None:
    """Draw the screen."""
    page.follow_portion()
    offered, view = opened.offered(), views.filtered()
    sidebar.draw(view, offered)
    panels.notices()
    if not offered.incidents:
        views.first_visit()
        return
    panels.sentence(view, on_map=False)
    panels.empty_state(view)
    if view.counts.shown:
        _list(view)
    time_panel.draw(view, time_panel.extent(offered.days))
    downloads.draw()


def _list(view: MapView) -> None:
    """One page of what is shown; the browser never has more."""
    with st.container(key="table_choices", horizontal=True, vertical_alignment="bottom"):
        page.offer(_ORDER, Order.EARLIEST.value)
        page.offer(_SIZE, _SIZES[1])
        page.offer(_PAGE, 1)
        names = {order.value: page.tell(f"screen.table.order.{order.value}") for order in Order}
        st.selectbox(page.tell("screen.table.order"), list(names), **page.bound(_ORDER), format_func=names.__getitem__)
        st.selectbox(page.tell("screen.table.size"), _SIZES, **page.bound(_SIZE))
        _only(view)
        size = int(page.choice(_SIZE))
        pages = max(-(-_count(view) // size), 1)
        if page.choice(_PAGE) > pages:
            page.choose(_PAGE, pages)
        st.number_input(page.tell("screen.table.page"), 1, pages, **page.bound(_PAGE), step=1, disabled=pages == 1)
    wanted = Wanted((int(page.choice(_PAGE)) - 1) * size, size, Order(page.choice(_ORDER)), page.portion())
    found = opened.listed(views.looked_at(), wanted)
    first, last = found.first + bool(found.total), found.first + len(found.incidents)
    told = {key: number_words(number, view.language) for key, number in
            {"first": first, "last": last, "total": found.total}.items()}
    st.html(f'<p class="im-rows" role="status">{page.tell("screen.table.rows", **told)}</p>')
    rows = [_row(each, view) for each in found.incidents]
    at = next((place for place, each in enumerate(found.incidents) if each.id == page.incident()), None)
    own = hash(tuple(each.id for each in found.incidents))  # of other rows, a choice by number would mean another incident
    chosen = st.dataframe(
        rows, hide_index=True, height="content", column_config=_columns(), key=f"table_{own}", on_select="rerun",
        selection_mode="single-row", selection_default={"selection": {"rows": [] if at is None else [at]}},
    )
    _chosen(found.incidents, chosen["selection"]["rows"], view)


def _only(view: MapView) -> None:
    """A portion of what is shown alone, each with its number, as the sentence counts it."""
    names = {page.ANY: page.tell("screen.table.only.all")}
    names |= {portion.value: panels.portion_words(portion, number) for portion, number in panels.portions(view)}
    if page.choice(page.PORTION) not in names:
        page.choose(page.PORTION, page.ANY)
    st.selectbox(page.tell("screen.table.only"), list(names), **page.bound(page.PORTION), format_func=names.__getitem__)


def _count(view: MapView) -> int:
    narrowed = page.portion()
    return view.counts.shown if narrowed is None else dict(panels.portions(view))[narrowed]


def _chosen(incidents: Sequence[Incident], rows: Sequence[int], view: MapView) -> None:
    """The way from the chosen row to its card on the map."""
    if any(each.id == page.incident() for each in incidents):
        page.set_incident("")  # it was chosen here, and may be no more; one of another page stays
    if rows:
        page.set_incident(incidents[rows[0]].id)
        title = incident_title(incidents[rows[0]], view.language)
        links.link_to("map", page.tell("screen.table.open", title=panels.plain(title)))


def _row(incident: Incident, view: MapView) -> dict[str, Any]:
    where, language, unknown = incident.location, view.language, page.tell("screen.date.unknown")
    inside = view.region.id in where.regions if where and view.region else None
    side = {True: "screen.inside.long", False: "screen.outside.long", None: "screen.side.none"}[inside]
    return {
        "date": incident.date.start if incident.date else None,
        "until": incident.date.end if incident.date else None,
        "date_precision": term(language, "precision", incident.date.precision.value) if incident.date else unknown,
        "place": where.name if where else page.tell("screen.place.unknown"),
        "admin": where.admin1 if where else "",
        "side": page.tell(side),
        "event": incident_title(incident, language).split(",")[0],
        "actors": ", ".join(
            f"{actor_name(part.id, language, part.name)} ({term(language, 'role', part.role.value)})"
            for part in taking_part(incident)),
        "killed_range": _range(incident, view),
        "killed": _killed(incident, language),
        "claimants": len(claimants(incident)),
        "precision": where.precision if where else None,
        "status": term(language, "status", incident.status.value),
        "review": " · ".join(reason_words(language, why) for why in incident.review),
        "id": incident.id,
    }


def _range(incident: Incident, view: MapView) -> str:
    """The killed under the page's rule; empty where nobody whom it hears gives a figure."""
    toll = incident_toll(incident, ClaimField.KILLED, view.rule, view.published)
    return toll_words(toll.low, toll.high, view.language, open_high=toll.open_high) if toll else ""


def _killed(incident: Incident, language: str) -> str:
    claims = [claim for claim in incident.claims if claim.field == "killed"]
    return " · ".join(f"{_claimant(claim, language)} : {_figure(claim, language)}" for claim in claims)


def _claimant(claim: Claim, language: str) -> str:
    return actor_name(claim.claimant, language, claim.claimant_name)


def _figure(claim: Claim, language: str) -> str:
    return figure_words(claim.low, claim.best, claim.high, claim.value, language)


def _columns() -> dict[str, Any]:
    config = st.column_config
    dates = {key: config.DateColumn(page.tell(f"screen.table.{key}"), format="DD/MM/YYYY") for key in ("date", "until")}
    names = ("date_precision", "place", "admin", "side", "event", "actors", "killed_range", "killed", "status", "review", "id")
    texts = {key: config.TextColumn(page.tell(f"screen.table.{key}")) for key in names}
    numbers = {key: config.NumberColumn(page.tell(f"screen.table.{key}")) for key in ("claimants", "precision")}
    return dates | texts | numbers
