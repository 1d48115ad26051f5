"""The maps of a briefing: the one of all, larger ones where incidents crowd, and those of each actor or month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from incidentmap.briefing import captions
from incidentmap.briefing.crowds import MOST_SINGLE
from incidentmap.briefing.document import Plate
from incidentmap.briefing.entries import Entry, Party
from incidentmap.briefing.extent import Extent
from incidentmap.briefing.over_time import belongs
from incidentmap.briefing.plate import HEIGHT_PX, WIDTH_PX, extent_of, plate_image
from incidentmap.briefing.zooms import Zoom, zooms
from incidentmap.gazetteer import Region
from incidentmap.maps import Bin, number_words
from incidentmap.model import BadValue, Step, steps_between
from incidentmap.words import say

SERIES = ("actor", "month", "zoom")
_MOST_MONTHS = 12


@dataclass(frozen=True)
class Sheet:
    """What the maps are drawn from: entries, the actors that have a colour, and the cells of rows that are only counted."""

    entries: Sequence[Entry]
    among: Sequence[Party]
    region: Region | None
    language: str
    counted: int = 0
    bins: tuple[Bin, ...] = ()


def plates(sheet: Sheet, series: Sequence[str]) -> tuple[Plate, ...]:
    """The map of all, and those of each of `actor`, `month` and `zoom` that are asked for.

    Raises
    ------
    BadValue
        If there is no such series.
    """
    wrong = [each for each in series if each not in SERIES]
    if wrong:
        raise BadValue("series of maps", ", ".join(wrong), " or ".join(SERIES))
    entries, language = sheet.entries, sheet.language
    extent = extent_of(entries, sheet.region, sheet.bins)
    pieces = zooms(entries, extent, WIDTH_PX, WIDTH_PX / HEIGHT_PX) if "zoom" in series else ()
    caption = _caption_of_all(pieces, series, language, many=len(entries) > MOST_SINGLE)
    frames = tuple(each.extent for each in pieces)
    maps = [_Map(caption, list(entries), extent, sheet.counted, sheet.bins, frames)]
    maps += [
        _Map(_zoom_words(number, each, language), list(each.entries), each.extent) for number, each in enumerate(pieces, 1)
    ]
    maps += [_Map(*each, extent) for each in _by_actor(entries, sheet.among)] if "actor" in series else []
    maps += [_Map(*each, extent) for each in _by_month(entries, language)] if "month" in series else []
    return tuple(_plate(each, sheet) for each in maps)


@dataclass(frozen=True)
class _Map:
    """A map of the briefing; `frames` are pieces that other maps show larger."""

    caption: str
    entries: list[Entry]
    extent: Extent
    counted: int = 0
    bins: tuple[Bin, ...] = ()
    frames: tuple[Extent, ...] = ()


def _plate(told: _Map, sheet: Sheet) -> Plate:
    language = sheet.language
    image, kind = plate_image(
        told.entries, sheet.among, sheet.region, language=language, extent=told.extent, bins=told.bins, frames=told.frames,
    )
    alt = f"{told.caption}. {captions.sentence(told.entries, sheet.region, language, told.counted)}"
    return Plate(image, kind, f"{told.caption} ({number_words(len(told.entries) + told.counted, language)})", alt)


def _caption_of_all(pieces: Sequence[Zoom], series: Sequence[str], language: str, *, many: bool) -> str:
    told = [say(language, "briefing.map_all")]
    told += [say(language, "briefing.map_counted")] if many else []
    told += [say(language, "briefing.map_framed" if pieces else "briefing.map_apart")] if "zoom" in series else []
    return ". ".join(told)


def _zoom_words(number: int, piece: Zoom, language: str) -> str:
    place = piece.place or say(language, "screen.place.unknown")
    return say(language, "briefing.map_zoom", number=number, place=place)


def _by_actor(entries: Sequence[Entry], among: Sequence[Party]) -> list[tuple[str, list[Entry]]]:
    return [(party.name, [each for each in entries if belongs(each, party, among)]) for party in among]


def _by_month(entries: Sequence[Entry], language: str) -> list[tuple[str, list[Entry]]]:
    """The last twelve months that have an incident; one whose days touch several is in each of these."""
    months = sorted({month for each in entries for month in _months(each)})[-_MOST_MONTHS:]
    return [(_month_words(month, language), [each for each in entries if month in _months(each)]) for month in months]


def _months(entry: Entry) -> list[str]:
    if not entry.start:
        return []
    days = date.fromisoformat(entry.start), date.fromisoformat(entry.end)
    return [start.isoformat()[:7] for start in steps_between(*days, Step.MONTH)]


def _month_words(month: str, language: str) -> str:
    names = say(language, "screen.months").split(",")
    return f"{names[int(month[5:]) - 1]} {month[:4]}"
