"""What a picture says in words: title, time window, a sentence that always tells the truth, and the filter."""

from collections.abc import Sequence
from datetime import date

from incidentmap.briefing.entries import Entry
from incidentmap.export.question import filter_words, window_words
from incidentmap.gazetteer import Region
from incidentmap.maps import number_words, span_words
from incidentmap.model import IncidentQuery
from incidentmap.words import say


def title(region: Region | None, language: str) -> str:
    """The title of a picture that was given none."""
    if region is None:
        return say(language, "picture.title_anywhere")
    return say(language, "picture.title", region=region.name(language))


def window(query: IncidentQuery, entries: Sequence[Entry], language: str, counted: Sequence[date] = ()) -> str:
    """The time window in words; without one, the days that the incidents span, and those events that are only `counted`."""
    told = window_words(query, language)
    if told:
        return told
    days = [*(date.fromisoformat(text) for entry in entries for text in (entry.start, entry.end) if text), *counted]
    if not days:
        return say(language, "picture.window_undated")
    return say(language, "picture.window_all", span=span_words(min(days), max(days), language))


def sentence(entries: Sequence[Entry], region: Region | None, language: str, counted: int = 0) -> str:
    """How many incidents, where they lie, how many have no place, an approximate date or nobody's confirmation yet.

    `counted` is how many events of tables stand beside them, drawn as cells.
    """
    beside = [say(language, "picture.counted", count=number_words(counted, language))] if counted else []
    return " · ".join([*([_sentence(entries, region, language)] if entries or not counted else []), *beside])


def _sentence(entries: Sequence[Entry], region: Region | None, language: str) -> str:
    incidents = _counted(language, "picture.count", len(entries))
    if not entries:
        return incidents
    without = sum(entry.geometry is None for entry in entries)
    sided = [entry for entry in entries if entry.geometry is not None and entry.inside is not None]
    if region is None or not sided:
        told = say(language, "picture.sentence_anywhere", incidents=incidents, placed=len(entries) - without, without=without)
    else:
        inside = sum(entry.inside is True for entry in sided)
        outside = len(sided) - inside
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
    words = filter_words(query, language)
    return say(language, "picture.filter", filters="; ".join(words)) if words else ""
