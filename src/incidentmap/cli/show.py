"""Answers as lines for a terminal."""

from collections.abc import Iterator

from incidentmap.frames import IncidentRecord
from incidentmap.gazetteer import Region
from incidentmap.model import Candidate, Reading, Resolution
from incidentmap.walks.ingest import Ingested
from incidentmap.walks.listing import Listing
from incidentmap.walks.select import Counts
from incidentmap.words import say_reason

_LANGUAGE = "en"
_SIDE = {True: "inside", False: "OUTSIDE", None: "?"}


def ingested(done: Ingested, reading: Reading | None) -> Iterator[str]:
    """What one file gave, with what a person should look at."""
    if done.known:
        yield f"{done.path}: known already, nothing added"
        return
    incidents = reading.incidents if reading else ()
    doubtful = sum(bool(incident.review) for incident in incidents)
    yield f"{done.path}: {_plural(done.new_incidents, 'new incident')}, {doubtful} to review"
    for warning in done.warnings:
        yield f"  note: {say_reason(_LANGUAGE, warning)}"


def resolution(found: Resolution, region_id: str | None, *, explain: bool) -> Iterator[str]:
    """What a name means: place, point, precision, inside or outside, reasons, rivals."""
    if found.chosen is None:
        yield f"\"{found.query}\": not found"
        yield from (f"  {say_reason(_LANGUAGE, why)}" for why in found.reasons)
        return
    place = found.chosen.place
    yield f"\"{found.query}\": {found.status.value}, {_named(found.chosen)} [{place.id}]"
    side = f", {_SIDE[found.inside]} {region_id}" if region_id else ""
    yield f"  {_degrees(found.chosen)}, within {place.radius_km:g} km{side}"
    yield from (f"  because: {say_reason(_LANGUAGE, why)}" for why in found.reasons)
    for rival in found.rivals if explain else found.rivals[:3]:
        yield f"  rival: {_named(rival)}, {_degrees(rival)}"
        if explain:
            yield f"    score {rival.score:.2f} against {found.chosen.score:.2f}"
            yield from (f"    {say_reason(_LANGUAGE, why)}" for why in rival.reasons)
    if len(found.rivals) > 3 and not explain:
        yield f"  and {_plural(len(found.rivals) - 3, 'more rival')} (--explain shows them)"


def incidents(found: Listing) -> Iterator[str]:
    """Two lines an incident, then the counts."""
    for record in found.records:
        yield f"{_when(record)}  {_where(record)}  {record['event_type']} / {record['sub_event_type']}"
        parts = [f"{actor['name']} ({actor['role']})" for actor in record["actors"]]
        parts += [_plural(len(record["claims"]), "claim"), record["status"], record["id"]]
        yield f"    {', '.join(parts)}"
        yield from (f"    review: {why}" for why in record["review"])
    yield counted(found.counts)


def counted(counts: Counts) -> str:
    """How many of how many, and how many of them are on no map or in no window."""
    return (
        f"{counts.shown} of {_plural(counts.total, 'incident')} ({counts.unmapped} without a place, {counts.undated} undated)"
    )


def region_line(region: Region) -> str:
    """Id, name and caveat of a region."""
    label = region.label(_LANGUAGE)
    return f"{region.id:<18} {region.name(_LANGUAGE)}{f' ({label})' if label else ''}"


def region_record(region: Region) -> dict[str, object]:
    """A region as a JSON object; `bbox` is west, south, east, north."""
    return {
        "id": region.id, "name": region.name(_LANGUAGE), "note": region.label(_LANGUAGE), "bbox": list(region.bounds),
        "valid_from": region.valid_from.isoformat() if region.valid_from else None,
        "valid_to": region.valid_to.isoformat() if region.valid_to else None,
        "method": region.method, "source": region.source,
    }


def _when(record: IncidentRecord) -> str:
    if record["date_start"] is None:
        return "undated"
    exact = record["date_start"] == record["date_end"]
    days = record["date_start"] if exact else f"{record['date_start']}..{record['date_end']}"
    return days if record["date_precision"] == "day" else f"{days} ({record['date_precision']})"


def _where(record: IncidentRecord) -> str:
    if record["place"] is None:
        return "no place"
    side = {True: ", inside", False: ", OUTSIDE", None: ""}[record["inside_region"]]
    return f"{record['place']} (precision {record['geo_precision']}{side})"


def _named(candidate: Candidate) -> str:
    place = candidate.place
    where = ", ".join(dict.fromkeys(part for part in (place.admin1, place.country) if part))
    return f"{place.name} ({place.kind.value}; {where})"


def _degrees(candidate: Candidate) -> str:
    position = candidate.place.position
    return f"lat {position.lat:.4f} lon {position.lon:.4f}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
