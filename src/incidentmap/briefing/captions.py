"""What a picture says in words: title, time window, a sentence that always tells the truth, and the filter."""

from collections.abc import Sequence
from datetime import date

from incidentmap.briefing.entries import Entry
from incidentmap.gazetteer import Region, regions
from incidentmap.maps import day_words, span_words, term
from incidentmap.model import IncidentQuery
from incidentmap.registry import actor_name
from incidentmap.words import say


def title(region: Region | None, language: str) -> str:
    """The title of a picture that was given none."""
    if region is None:
        return say(language, "picture.title_anywhere")
    return say(language, "picture.title", region=region.name(language))


def window(query: IncidentQuery, entries: Sequence[Entry], language: str) -> str:
    """The time window in words; without one, the days that the incidents span."""
    start, end = query.start, query.end
    if start and end:
        key = "picture.window_day" if start == end else "picture.window_between"
        return say(language, key, start=day_words(start, language), end=day_words(end, language))
    if start:
        return say(language, "picture.window_from", start=day_words(start, language))
    if end:
        return say(language, "picture.window_until", end=day_words(end, language))
    days = [date.fromisoformat(text) for entry in entries for text in (entry.start, entry.end) if text]
    if not days:
        return say(language, "picture.window_undated")
    return say(language, "picture.window_all", span=span_words(min(days), max(days), language))


def sentence(entries: Sequence[Entry], region: Region | None, language: str) -> str:
    """How many incidents, where they lie, how many have no place, an approximate date or nobody's confirmation yet."""
    incidents = _counted(language, "picture.count", len(entries))
    if not entries:
        return incidents
    without = sum(entry.geometry is None for entry in entries)
    if region is None:
        told = say(language, "picture.sentence_anywhere", incidents=incidents, placed=len(entries) - without, without=without)
    else:
        inside = sum(entry.geometry is not None and entry.inside is True for entry in entries)
        outside = len(entries) - without - inside
        told = say(language, "picture.sentence", incidents=incidents, inside=inside, outside=outside, without=without)
    about = sum(entry.about_date for entry in entries)
    drafts = sum(entry.draft for entry in entries)
    more = (("picture.about_dates", about), ("picture.drafts", drafts))
    return " · ".join([told, *(_counted(language, key, count) for key, count in more if count)])


def _counted(language: str, key: str, count: int) -> str:
    ending = {0: "none", 1: "one"}.get(count, "many")
    return say(language, f"{key}_{ending}", count=count)


def filters(query: IncidentQuery, language: str) -> str:
    """The rest of the query in words, empty when it filters by nothing but time."""
    statuses = query.statuses if query.statuses != IncidentQuery().statuses else ()
    said: tuple[tuple[str, str], ...] = (
        ("actors", ", ".join(actor_name(actor, language) for actor in query.actors)),
        ("types", ", ".join(term(language, "event", each) for each in query.event_types)),
        ("region", _region_name(query.region, language)),
        ("precision", str(query.worst_precision or "")),
        ("bbox", ", ".join(f"{edge:g}" for edge in query.bbox or ())),
        ("status", ", ".join(term(language, "status", each) for each in statuses)),
        ("text", query.text),
    )
    words = [say(language, f"picture.filter_{name}", value=value) for name, value in said if value]
    return say(language, "picture.filter", filters="; ".join(words)) if words else ""


def _region_name(region_id: str | None, language: str) -> str:
    found = regions().get(region_id or "")
    return found.name(language) if found else region_id or ""
