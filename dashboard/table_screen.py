"""The Table screen: the map's twin, with the same filters and window; the way for keyboards and screen readers."""

from datetime import date
from typing import Any

import streamlit as st

import downloads
import page
import panels
import sidebar
import time_panel
import views
from incidentmap.maps import (
    MapView,
    Mark,
    claimants,
    figure_words,
    incident_title,
    reason_words,
    taking_part,
    term,
    toll_words,
)
from incidentmap.model import Claim, ClaimField, incident_toll
from incidentmap.registry import actor_name


def draw() -> None:
    """Draw the screen."""
    every = views.every()
    view = views.filtered()
    sidebar.draw(view, every.incidents)
    panels.notices()
    if not every.incidents:
        views.first_visit()
        return
    panels.sentence(view)
    panels.empty_state(view)
    rows = [_row(mark, view) for mark in view.seen()]
    rows.sort(key=lambda row: (row["date"] or date.max, row["place"]))
    if rows:
        st.dataframe(rows, hide_index=True, height="content", column_config=_columns(), key="table")
    time_panel.draw(view, time_panel.extent(every.incidents))
    downloads.draw()


def _row(mark: Mark, view: MapView) -> dict[str, Any]:
    incident, where, language = mark.incident, mark.incident.location, view.language
    unknown = page.tell("screen.date.unknown")
    side = {True: "screen.inside.long", False: "screen.outside.long", None: "screen.side.none"}[mark.inside]
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
        "killed_range": _range(mark, view),
        "killed": _killed(mark, language),
        "claimants": len(claimants(incident)),
        "precision": where.geo_precision if where else None,
        "status": term(language, "status", incident.status.value),
        "review": " · ".join(reason_words(language, why) for why in incident.review),
        "id": incident.id,
    }


def _range(mark: Mark, view: MapView) -> str:
    """The killed under the page's rule; empty where nobody whom it hears gives a figure."""
    toll = incident_toll(mark.incident, ClaimField.KILLED, view.rule, view.published)
    return toll_words(toll.low, toll.high, view.language, open_high=toll.open_high) if toll else ""


def _killed(mark: Mark, language: str) -> str:
    claims = [claim for claim in mark.incident.claims if claim.field == "killed"]
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
