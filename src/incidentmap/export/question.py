"""What was asked, in words."""

from collections.abc import Sequence

from incidentmap.gazetteer import regions
from incidentmap.maps import day_words, term
from incidentmap.model import IncidentQuery
from incidentmap.model.area import area_text
from incidentmap.registry import actor_name
from incidentmap.words import say


def question_words(query: IncidentQuery, language: str) -> str:
    """A question in one line: its days, then its other filters."""
    told = (window_words(query, language) or say(language, "export.all_dates"), "; ".join(filter_words(query, language)))
    return " · ".join(each for each in told if each)


def window_words(query: IncidentQuery, language: str) -> str:
    """The time window, empty without one."""
    start, end = query.start, query.end
    if start and end:
        key = "picture.window_day" if start == end else "picture.window_between"
        return say(language, key, start=day_words(start, language), end=day_words(end, language))
    if start:
        return say(language, "picture.window_from", start=day_words(start, language))
    return say(language, "picture.window_until", end=day_words(end, language)) if end else ""


def filter_words(query: IncidentQuery, language: str) -> list[str]:
    """Each filter but time; none where nothing else is asked."""
    statuses = query.statuses if query.statuses != IncidentQuery().statuses else ()
    said: tuple[tuple[str, str], ...] = (
        ("actors", _actors(query.actors, language)),
        ("without", _actors(query.not_actors, language)),
        ("types", ", ".join(term(language, "event", each) for each in query.event_types)),
        ("region", _region_name(query.region, language)),
        ("precision", str(query.worst_precision or "")),
        ("bbox", ", ".join(f"{edge:g}" for edge in query.bbox or ())),
        ("area", area_text(query.area)),
        ("status", ", ".join(term(language, "status", each) for each in statuses)),
        ("sources", ", ".join(query.sources)),
        ("text", query.text),
    )
    return [say(language, f"picture.filter_{name}", value=value) for name, value in said if value]


def _actors(ids: Sequence[str], language: str) -> str:
    return ", ".join(actor_name(actor, language, actor) for actor in ids)


def _region_name(region_id: str | None, language: str) -> str:
    found = regions().get(region_id or "")
    return found.name(language) if found else region_id or ""
