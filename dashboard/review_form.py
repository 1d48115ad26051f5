"""Editing a draft: its fields as the visitor may change them. Only what they changed is sent, on top of what is there then."""

from collections.abc import Sequence

import streamlit as st

import deciding
import opened
import page
import review_desk
from incidentmap.maps import figure_words, kind_words, term
from incidentmap.model import Claim, DatePrecision, Incident, Place, Position, Role, Scope, Stance
from incidentmap.registry import actor_name, actors
from incidentmap.walks import review
from incidentmap.walks import review_values as values
from incidentmap.walks.review_queue import Queued
from incidentmap.walks.review_values import Wanted

EVENT, FROM, TO, HOW = "edit_event", "edit_from", "edit_to", "edit_how"
NAME, PLACE, AT, RADIUS = "edit_name", "edit_place", "edit_at", "edit_radius"
KEEP, NOWHERE, OWN, UNKNOWN, NOBODY = "keep", "nowhere", "own", "unknown", ""
_OPENED, _BASED = "edit_opened", "edit_based_on"
"""The draft as it was when its fields were filled, and the version that the visitor has been shown."""
_ROLES = [each.value for each in Role]


def fill(row: Queued) -> None:
    """Put a draft's values into the fields; what is changed is told from these."""
    incident, when = row.incident, row.incident.date
    st.session_state.update({
        _OPENED: incident, _BASED: row.version, EVENT: incident.sub_event_type, FROM: when.start.isoformat() if when else "",
        TO: when.end.isoformat() if when and when.end != when.start else "", HOW: when.precision.value if when else UNKNOWN,
        NAME: "", PLACE: KEEP, AT: "", RADIUS: 5.0,
    })
    for number, part in enumerate(incident.actors):
        st.session_state[f"edit_actor_{number}"], st.session_state[f"edit_role_{number}"] = part.id, part.role.value
    for number in range(len(incident.actors), len(incident.actors) + 2):
        st.session_state[f"edit_actor_{number}"], st.session_state[f"edit_role_{number}"] = NOBODY, Role.TARGET.value
    for number, claim in enumerate(incident.claims):
        _fill_claim(number, claim)


def draw(row: Queued) -> None:
    """Draw the fields; the draft itself stays beside them in the text."""
    incident: Incident = st.session_state[_OPENED]
    with st.container(key="review_form"):
        _event()
        _date()
        place_fields()
        _actors(incident)
        _claims(incident)
        with st.container(horizontal=True):
            st.button(page.tell("review.save"), key="edit_save", type="primary", shortcut="Ctrl+Enter", on_click=save,
                      args=(row,))
            st.button(page.tell("review.cancel"), key="edit_cancel", on_click=review_desk.leave)


def save(row: Queued) -> None:
    """Send what was changed, based on the version whose values stand in the fields, or on the one that a conflict has shown."""
    workspace, name = opened.workspace(), row.incident.id
    review_desk.make(lambda: review.edit(
        workspace, name, changed(st.session_state[_OPENED]), deciding.who(), st.session_state[_BASED],
        page.choice(review_desk.WHY),
    ))
    if review_desk.conflict():
        st.session_state[_BASED] = workspace.store.reviews.version(name)


def changed(incident: Incident) -> list[Wanted]:
    """What differs from the draft as it was when the fields were filled."""
    state, when, wanted = st.session_state, incident.date, list[Wanted]()
    if state[EVENT] != incident.sub_event_type:
        wanted += values.event(state[EVENT])
    last = when.end.isoformat() if when and when.end != when.start else ""
    was = (when.start.isoformat(), last, when.precision.value) if when else None
    now = None if state[HOW] == UNKNOWN else (state[FROM].strip(), state[TO].strip(), state[HOW])
    if now != was:
        wanted.append(values.when(*_sensible(*now)) if now else values.NO_DATE)
    wanted += place_wanted(incident)
    parts = tuple(values.part(actor, role) for actor, role in _parts(incident))
    if [(each.id, each.role) for each in parts] != [(each.id, each.role) for each in incident.actors]:
        names = {each.id: each.name for each in incident.actors}
        named = tuple(values.part(each.id, each.role.value, names.get(each.id, each.name)) for each in parts)
        wanted.append(values.parts(named))
    claims = tuple(_claim(number, each) for number, each in enumerate(incident.claims) if state[f"edit_keep_{number}"])
    return [*wanted, *([values.claims(claims)] if claims != incident.claims else [])]


def place_fields() -> None:
    """Another place: look a name up and choose, an own point, or nowhere."""
    found = _candidates(str(st.session_state.get(NAME, "")).strip())
    names = {KEEP: page.tell("review.place.keep"), **{each.id: _place_words(each) for each in found},
             OWN: page.tell("review.place.own"), NOWHERE: page.tell("screen.place.unknown")}
    if st.session_state.get(PLACE) not in names:
        st.session_state[PLACE] = KEEP
    left, right = st.columns(2)
    left.text_input(page.tell("review.place.name"), key=NAME, placeholder=page.tell("geocoding.search.placeholder"))
    right.selectbox(page.tell("screen.table.place"), list(names), key=PLACE, format_func=names.__getitem__)
    if st.session_state.get(PLACE) == OWN:
        left, right = st.columns(2)
        left.text_input(page.tell("geocoding.own.at"), key=AT, placeholder="15.93, -3.99")
        right.number_input(page.tell("geocoding.own.radius"), key=RADIUS, min_value=0.1, max_value=1000.0, step=1.0,
                           format="%g")


def place_wanted(incident: Incident) -> list[Wanted]:
    """The place that was chosen, nothing where it stays."""
    chosen = str(st.session_state.get(PLACE, KEEP))
    if chosen == KEEP:
        return []
    if chosen == NOWHERE:
        return [values.NO_PLACE]
    if chosen != OWN:
        return [values.place(opened.workspace(), incident, chosen)]
    return [values.point(opened.workspace(), incident, _position(str(st.session_state[AT])), float(st.session_state[RADIUS]),
                         str(st.session_state[NAME]))]


def forget_place() -> None:
    """Empty the fields of another place."""
    st.session_state.update({NAME: "", PLACE: KEEP, AT: "", RADIUS: 5.0})


def claim_words(claim: Claim) -> str:
    """A claim in a line."""
    language = page.language()
    figure = figure_words(claim.low, claim.best, claim.high, claim.value, language)
    field = term(language, "field", claim.field.value)
    return f"{actor_name(claim.claimant, language, claim.claimant_name)} · {field} · {figure}"


def _sensible(start: str, end: str, how: str) -> tuple[str, str, str]:
    """A day with an end is an interval, whatever the choice says."""
    return start, end, "" if how == DatePrecision.DAY.value and end and end != start else how


def _event() -> None:
    language = page.language()
    kinds = {sub: f"{term(language, 'event', sub)} · {term(language, 'event', kind)}"
             for kind, subs in values.event_types().items() for sub in subs}
    own = str(st.session_state[EVENT])
    names = kinds if own in kinds else {own: own or "–"} | kinds
    st.selectbox(page.tell("review.field.event"), list(names), key=EVENT, format_func=names.__getitem__)


def _date() -> None:
    names = {each.value: term(page.language(), "precision", each.value) for each in DatePrecision}
    names[UNKNOWN] = page.tell("screen.date.unknown")
    first, last, how = st.columns(3)
    first.text_input(page.tell("screen.table.date"), key=FROM, placeholder="2023-11-24")
    last.text_input(page.tell("screen.table.until"), key=TO, placeholder="2023-11-24")
    how.selectbox(page.tell("screen.table.precision"), list(names), key=HOW, format_func=names.__getitem__)


def _actors(incident: Incident) -> None:
    language, known = page.language(), list(actors())
    count = len(incident.actors) + 2
    given = [str(st.session_state.get(f"edit_actor_{number}") or NOBODY) for number in range(count)]
    options = [NOBODY, *dict.fromkeys((*known, *(each for each in given if each)))]
    roles = {role: term(language, "role", role) for role in _ROLES}
    for number in range(count):
        if number > len(incident.actors) and not given[number - 1]:
            break
        left, right = st.columns([3, 2])
        left.selectbox(page.tell("review.actor"), options, key=f"edit_actor_{number}", accept_new_options=True,
                       format_func=lambda actor: actor_name(actor, language, actor) if actor else "–",
                       label_visibility="visible" if number == 0 else "collapsed")
        right.selectbox(page.tell("review.role"), _ROLES, key=f"edit_role_{number}", format_func=roles.__getitem__,
                        label_visibility="visible" if number == 0 else "collapsed")


def _parts(incident: Incident) -> list[tuple[str, str]]:
    """Actors and roles as they stand in the fields."""
    state = st.session_state
    rows = [(state.get(f"edit_actor_{number}"), state.get(f"edit_role_{number}")) for number in range(len(incident.actors) + 2)]
    return [(str(actor), str(role)) for actor, role in rows if actor and role]


def _fill_claim(number: int, claim: Claim) -> None:
    bounds = {"low": claim.low, "best": claim.best, "high": claim.high}
    st.session_state.update({f"edit_{name}_{number}": "" if bound is None else str(bound) for name, bound in bounds.items()})
    st.session_state.update({
        f"edit_keep_{number}": True, f"edit_claimant_{number}": claim.claimant, f"edit_stance_{number}": claim.stance.value,
        f"edit_scope_{number}": claim.scope.value,
    })


def _claims(incident: Incident) -> None:
    if incident.claims:
        st.html(f'<h3 class="im-panel">{page.tell("screen.reports.claims")}</h3>')
    for number, claim in enumerate(incident.claims):
        st.checkbox(claim_words(claim), key=f"edit_keep_{number}", help=page.tell("review.claim.keep"))
        if st.session_state[f"edit_keep_{number}"]:
            _claim_fields(number)


def _claim_fields(number: int) -> None:
    language = page.language()
    own = str(st.session_state.get(f"edit_claimant_{number}") or "report")
    options = list(dict.fromkeys((own, "report", *actors())))
    who, stance, scope = st.columns(3, gap="small")
    who.selectbox(page.tell("review.claimant"), options, key=f"edit_claimant_{number}", accept_new_options=True,
                  format_func=lambda actor: actor_name(actor, language, actor))
    stance.selectbox(page.tell("review.stance"), [each.value for each in Stance], key=f"edit_stance_{number}",
                     format_func=lambda each: term(language, "stance", each))
    scopes = {each.value: page.tell(f"review.scope.{each.value}") for each in Scope}
    scope.selectbox(page.tell("review.scope"), list(scopes), key=f"edit_scope_{number}", format_func=scopes.__getitem__)
    for column, name in zip(st.columns(3, gap="small"), ("low", "best", "high"), strict=True):
        column.text_input(page.tell(f"review.{name}"), key=f"edit_{name}_{number}")


def _claim(number: int, claim: Claim) -> Claim:
    names = ("low", "best", "high", "claimant", "stance", "scope")
    return values.claim(claim, {name: str(st.session_state[f"edit_{name}_{number}"]) for name in names})


def _candidates(name: str) -> Sequence[Place]:
    if not name:
        return ()
    workspace = opened.workspace()
    found = workspace.base.resolve(name, region=workspace.region_id)
    return [each.place for each in (found.chosen, *found.rivals) if each][:9]


def _place_words(place: Place) -> str:
    where = ", ".join(dict.fromkeys(part for part in (place.admin2, place.admin1, place.country) if part))
    return f"{place.name} ({kind_words(page.language(), place.kind)}; {where})"


def _position(words: str) -> Position:
    try:
        lat, lon = (float(part) for part in words.replace(";", ",").split(","))
        return Position(lon, lat)
    except ValueError as error:  # BadValue is one
        raise deciding.Told(page.tell("geocoding.own.bad", value=words or "–")) from error
