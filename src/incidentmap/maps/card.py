"""The card of an incident: what happened, where, and who claims what, question by question and side by side."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from incidentmap.maps.theme import actor_colour, palette
from incidentmap.maps.tolls import rule_words, toll_words
from incidentmap.maps.view import MapView, Mark
from incidentmap.maps.wording import date_words, figure_words, number_words, relation_words, span_words, term
from incidentmap.model import (
    COUNTED,
    Actor,
    ActorRole,
    BadValue,
    Claim,
    ClaimField,
    Incident,
    Location,
    Reason,
    Relation,
    Report,
    Role,
    Toll,
    incident_toll,
)
from incidentmap.words import say, say_reason

_COUNTED = frozenset(COUNTED)
_MEDIA_FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".mp4", ".m4v", ".mov", ".webm", ".avi", ".mkv")
_MEDIA_HOSTS = frozenset({
    "youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "dai.ly", "tiktok.com", "instagram.com", "rumble.com",
})
_ORDER = (
    *COUNTED, ClaimField.CONTROL, ClaimField.REPELLED, ClaimField.MATERIEL, ClaimField.CONSEQUENCES, ClaimField.AGREEMENT,
    ClaimField.ATTACK,
)
"""Questions in the order of the card: the toll first."""
JsonRecord = dict[str, Any]
"""An object on its way into JSON for the map's scripts, which set every text with `textContent`."""


def card(mark: Mark, view: MapView, actors: Mapping[str, Actor]) -> JsonRecord:
    """An incident's card in the language of the view."""
    incident, language = mark.incident, view.language
    report = view.reports.get(incident.report)
    return card_head(mark, view, actors) | {
        "tags": _tags(incident, view, actors),
        "sections": _questions(incident, view, actors) + _shared(incident, view, actors),
        "reviewHeading": say(language, "screen.card.review"),
        "sourceHeading": say(language, "screen.card.source"),
        "mediaWords": say(language, "screen.card.media"),
        **_cited(report, language),
        "review": [reason_words(language, why) for why in incident.review],
    }


def card_head(mark: Mark, view: MapView, actors: Mapping[str, Actor]) -> JsonRecord:
    """What a card begins with, and the hint: all that is there before an incident is chosen, where they are very many."""
    incident, language = mark.incident, view.language
    return {
        "title": incident_title(incident, language), "date": date_line(incident, language),
        "place": place_line(incident.location, inside=mark.inside, language=language), "hint": _hint(mark, view, actors),
    }


def incident_title(incident: Incident, language: str) -> str:
    """What happened and where, in a line: "Affrontement armé, Niafunké"."""
    what = term(language, "event", incident.sub_event_type or incident.event_type)
    return f"{what}, {incident.location.name}" if incident.location else what


def reason_words(language: str, why: Reason) -> str:
    """A reason in words. One that an older version stored, whose words or values changed, is shown by its code."""
    try:
        return say_reason(language, why)
    except (BadValue, KeyError):
        return why.code.replace("_", " ")


def claimants(incident: Incident) -> tuple[str, ...]:
    """Ids of those who claim something about an incident, without the report's own voice, in the order of the text."""
    return tuple(dict.fromkeys(claim.claimant for claim in incident.claims if claim.claimant != "report"))


def taking_part(incident: Incident) -> tuple[ActorRole, ...]:
    """Those who act or are acted upon; those who only speak, where nobody else is named."""
    acting = tuple(part for part in incident.actors if part.role not in {Role.CLAIMANT, Role.DENIER})
    return acting or incident.actors


def web_address(url: str) -> str:
    """The address if it is a web address, else nothing: no other scheme becomes a link."""
    try:
        return url if urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:  # tables hold what only looks like one
        return ""


def is_media(url: str) -> bool:
    """Whether an address by its looks leads to a picture or a film: what war shows is not opened by accident."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return parts.path.lower().endswith(_MEDIA_FILES) or host in _MEDIA_HOSTS


def date_line(incident: Incident, language: str) -> str:
    """An incident's date and how it is known, in words."""
    when = incident.date
    if when is None:
        return say(language, "screen.date.unknown")
    words = date_words(when.start.isoformat(), when.end.isoformat(), when.precision.value, language)
    return f"{words} · {term(language, 'precision', when.precision.value)}"


def place_line(location: Location | None, *, inside: bool | None, language: str) -> str:
    """Where an incident is, how exactly, and on which side of the region's border, in words."""
    if location is None:
        return say(language, "screen.place.unknown")
    parts = [location.name, *(name for name in (location.admin2, location.admin1) if name and name != location.name)]
    told = [relation_words(location, language)] if location.relation is not Relation.IN else []
    where = say(language, f"screen.where.{location.precision or 0}", radius=f"{location.radius_km:g}")
    side = {True: "screen.inside.long", False: "screen.outside.long", None: ""}[inside]
    return " · ".join([", ".join(dict.fromkeys(parts)), *told, where, *([say(language, side)] if side else [])])


def _hint(mark: Mark, view: MapView, actors: Mapping[str, Actor]) -> list[str]:
    names = dict.fromkeys(_name(part.id, part.name, view.language, actors) for part in mark.incident.actors)
    told = [claim for claim in mark.incident.claims if claim.field is ClaimField.KILLED and claim.low is not None]
    figures = dict.fromkeys(_figure(claim, view.language, subject=False) for claim in told)
    killed = [f"{say(view.language, 'screen.field.killed')} : {', '.join(figures)}"] if figures else []
    return [date_line(mark.incident, view.language), ", ".join(names), *killed]


def _tags(incident: Incident, view: MapView, actors: Mapping[str, Actor]) -> list[JsonRecord]:
    roles = [
        {"text": f"{term(view.language, 'role', part.role.value)} {_name(part.id, part.name, view.language, actors)}",
         "colour": _colour(part.id, view, actors)}
        for part in taking_part(incident)
    ]
    plain = [term(view.language, "event", incident.event_type), term(view.language, "status", incident.status.value)]
    if incident.parts:
        plain.append(say(view.language, "screen.card.merged", count=len(incident.parts)))
    return [*roles, *({"text": text, "colour": ""} for text in plain)]


def _questions(incident: Incident, view: MapView, actors: Mapping[str, Actor]) -> list[JsonRecord]:
    asked: dict[ClaimField, list[Claim]] = {}
    for claim in incident.claims:
        asked.setdefault(claim.field, []).append(claim)
    questions = []
    for field in sorted(asked, key=_ORDER.index):
        question = _question(_heading(field, asked[field], view.language), asked[field], view, actors, incident.report)
        told = sum(claim.low is not None or claim.high is not None for claim in asked[field])
        toll = incident_toll(incident, field, view.rule, view.published) if field in _COUNTED and told > 1 else None
        questions.append(_with_range(question, toll, view) if toll else question)
    return questions


def _with_range(question: JsonRecord, toll: Toll, view: MapView) -> JsonRecord:
    """Under several figures, the range that the rule makes of them; on the same scale, which a sum may widen."""
    row = {
        "claimant": "", "who": say(view.language, "totals.toll", rule=rule_words(view.rule, view.language)),
        "low": toll.low, "best": toll.best, "high": None if toll.open_high else toll.high, "colour": palette(view.theme).ink,
        "stance": "", "quote": "", **_cited(None, view.language),
        "says": toll_words(toll.low, toll.high, view.language, open_high=toll.open_high),
    }
    scale = max(question["scale"], 1.15 * toll.high) if question["scale"] else 0
    ticks = _ticks([toll.high, *(tick["at"] for tick in question["ticks"])], view.language)
    return question | {"scale": scale, "ticks": ticks, "rows": [*question["rows"], row]}


def _shared(incident: Incident, view: MapView, actors: Mapping[str, Actor]) -> list[JsonRecord]:
    claims = [each.claim for each in view.shared if incident.id in each.incidents]
    return [_question(say(view.language, "screen.card.shared"), claims, view, actors, incident.report)] if claims else []


def _question(heading: str, claims: Sequence[Claim], view: MapView, actors: Mapping[str, Actor], own: str) -> JsonRecord:
    """A question and its answers; `own` is the report that the card names at its foot, so that rows name only others."""
    bounds = [number for claim in claims for number in (claim.low, claim.best, claim.high) if number is not None]
    open_ended = any(claim.low is not None and claim.high is None for claim in claims)
    scale = max(bounds, default=0) * (1.6 if open_ended else 1.15)
    ranged = any(claim.low != claim.high for claim in claims)
    several = len(_subjects(claims)) > 1 or claims[0].field not in _COUNTED
    rows = [
        _row(claim, view, actors, own) | {"says": _figure(claim, view.language, subject=several)}
        for claim in _by_claimant(claims)
    ]
    return {"heading": heading, "scale": scale if ranged else 0, "ticks": _ticks(bounds, view.language), "rows": rows}


def _ticks(bounds: Sequence[int], language: str) -> list[JsonRecord]:
    """What the common scale of bars says under them: nothing, and the most that is told."""
    return [{"at": number, "text": number_words(number, language)} for number in dict.fromkeys((0, max(bounds, default=0)))]


def _by_claimant(claims: Sequence[Claim]) -> list[Claim]:
    """What each one says together, in the order in which they first speak."""
    order = list(dict.fromkeys(claim.claimant for claim in claims))
    return sorted(claims, key=lambda claim: order.index(claim.claimant))


def _row(claim: Claim, view: MapView, actors: Mapping[str, Actor], own: str) -> JsonRecord:
    report = view.reports.get(claim.report) if claim.report != own else None
    return {
        "claimant": claim.claimant,
        "who": _name(claim.claimant, claim.claimant_name, view.language, actors),
        "low": claim.low, "best": claim.best, "high": claim.high,
        "colour": _colour(claim.claimant, view, actors) or palette(view.theme).muted,
        "stance": term(view.language, "stance", claim.stance.value),
        "quote": claim.span.quote,
        **_cited(report, view.language),
    }


def _cited(report: Report | None, language: str) -> JsonRecord:
    address = web_address(report.url) if report else ""
    return {"source": source_line(report, language), "address": address, "media": is_media(address)}


def _subjects(claims: Sequence[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.subject for claim in claims if claim.subject))


def _figure(claim: Claim, language: str, *, subject: bool) -> str:
    about = claim.subject if claim.field in _COUNTED or claim.field is ClaimField.MATERIEL else ""
    parts = [term(language, "subject", about)] if subject and about else []
    if claim.value or claim.low is not None or claim.high is not None or claim.field in _COUNTED:
        parts.append(figure_words(claim.low, claim.best, claim.high, claim.value, language))
    return " · ".join([*parts, *([say(language, "screen.hedged")] if claim.hedged else [])])


def _heading(field: ClaimField, claims: Sequence[Claim], language: str) -> str:
    name, subjects = term(language, "field", field.value), _subjects(claims)
    return f"{name} · {term(language, 'subject', subjects[0])}" if len(subjects) == 1 and field in _COUNTED else name


def _name(actor: str, written: str, language: str, actors: Mapping[str, Actor]) -> str:
    return actors[actor].name(language) if actor in actors else written or actor


def _colour(actor: str, view: MapView, actors: Mapping[str, Actor]) -> str:
    known = actors.get(actor)
    return actor_colour(known.colour, view.theme) if known and known.inter is not None else ""


def source_line(report: Report | None, language: str) -> str:
    """Publisher and day of a report; empty without a report."""
    if report is None:
        return ""
    day = f", {span_words(report.published.start, report.published.end, language)}" if report.published else ""
    return f"{report.source}{day}"
