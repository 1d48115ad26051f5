"""Answers as lines for a terminal."""

from collections.abc import Iterator

from incidentmap.frames import IncidentRecord
from incidentmap.gazetteer import Located, Region
from incidentmap.model import Candidate, Position, Reading, Relation, Resolution, Situation
from incidentmap.walks.ingest import Ingested
from incidentmap.walks.listing import Listing
from incidentmap.walks.select import Counts
from incidentmap.words import say_reason

_LANGUAGE = "en"
_SIDE = {True: "inside", False: "OUTSIDE", None: "?"}


def ingested(done: Ingested, reading: Reading | None) -> Iterator[str]:
    """What one file gave, with what a person should look at."""
    if done.known:
        yield f"{done.name}: known already, nothing added"
        return
    incidents = reading.incidents if reading else ()
    doubtful = sum(bool(incident.review) for incident in incidents)
    yield f"{done.name}: {_plural(done.new_incidents, 'new incident')}, {doubtful} to review"
    for warning in done.warnings:
        yield f"  note: {say_reason(_LANGUAGE, warning)}"


def located(found: Located, region_id: str | None, *, explain: bool) -> Iterator[str]:
    """What a cell is about: place, point, line, precision, inside or outside, reasons, rivals."""
    name, where = found.main, found.situation
    if where is None or name.chosen is None:
        yield f"\"{found.asked.name}\": not found"
        yield from (f"  {say_reason(_LANGUAGE, why)}" for why in found.why)
        return
    yield f"\"{found.asked.name}\": {found.status.value}, {_meant(found)}"
    regions = name.regions if where.regions is None else where.regions
    side = f", {_SIDE[region_id in regions]} {region_id}" if region_id else ""
    yield f"  {_degrees(where.position)}, within {where.radius_km:g} km{side}"
    yield f"  {_precision(where)}"
    yield from (f"  because: {say_reason(_LANGUAGE, why)}" for why in found.why)
    for each in found.resolutions:
        yield from _rivals(each, explain=explain)


def _meant(found: Located) -> str:
    """The relation where there is one, and the places."""
    relation = found.phrase.relation if found.phrase else Relation.IN
    places = [f"{_named(each.chosen)} [{each.chosen.place.id}]" for each in found.resolutions if each.chosen]
    told = dict.fromkeys(places if relation in {Relation.BETWEEN, Relation.BORDER} else places[:1])
    return f"{'' if relation is Relation.IN else f'{relation.value} '}{' - '.join(told)}"


def _precision(where: Situation) -> str:
    shape = f"line of {len(where.line)} points" if where.line else f"area {where.area_id}" if where.area_id else "point"
    return f"{shape}, UCDP where_prec {where.where_prec}, ACLED geo_precision {where.geo_precision}"


def _rivals(name: Resolution, *, explain: bool) -> Iterator[str]:
    for rival in name.rivals if explain else name.rivals[:3]:
        yield f"  rival: {_named(rival)}, {_degrees(rival.place.position)}"
        if explain and name.chosen:
            yield f"    score {rival.score:.2f} against {name.chosen.score:.2f}"
            yield from (f"    {say_reason(_LANGUAGE, why)}" for why in rival.reasons)
    if len(name.rivals) > 3 and not explain:
        yield f"  and {_plural(len(name.rivals) - 3, 'more rival')} (--explain shows them)"


def incidents(found: Listing) -> Iterator[str]:
    """Two lines an incident, then the counts."""
    for record in found.records:
        kind = " / ".join(filter(None, (record["event_type"], record["sub_event_type"]))) or "type not told"
        yield f"{_when(record)}  {_where(record)}  {kind}"
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
    precision = "not told" if record["geo_precision"] is None else record["geo_precision"]
    return f"{record['place']} (precision {precision}{side})"


def _named(candidate: Candidate) -> str:
    place = candidate.place
    where = ", ".join(dict.fromkeys(part for part in (place.admin1, place.country) if part))
    return f"{place.name} ({place.kind.value}; {where})"


def _degrees(position: Position) -> str:
    return f"lat {position.lat:.4f} lon {position.lon:.4f}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
