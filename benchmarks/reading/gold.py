"""Reports annotated by hand (`data/gold`): what of them is read right, on those tuned on and on those held back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.reading.score import Tally, print_tallies, total
from incidentmap.gazetteer import open_gazetteer
from incidentmap.model import Claim, Incident, PlaceFinder, Reading
from incidentmap.paths import shipped
from incidentmap.reports import read_report, read_report_file
from incidentmap.walks.review_queue import doubt

COUNTED = frozenset({"killed", "wounded", "captured", "missing", "displaced"})
FLAGGED = 2.0
"""Doubt (`data/lexicons/review.yaml`) from which a draft counts as flagged: an approximate date or an area alone is none."""
_SHIPPED = tuple(shipped("data", *parts) for parts in (("gold",), ("gold", "dev"), ("gold", "held")))
_BOUNDS = ("low", "best", "high")
_ENOUGH = 3
"""Points from which an incident read can be the one annotated: see `_likeness`."""
Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated report and what was read from it."""

    name: str
    held: bool
    text: str
    gold: Gold
    reading: Reading


def read_cases(finder: PlaceFinder, folders: Sequence[Path] = (), *, held: bool | None = None) -> tuple[Case, ...]:
    """All annotated reports of folders of annotations; a text stands beside its annotation, the samples' in `data/reports`.

    Parameters
    ----------
    finder
        Finds and resolves place names.
    folders
        Those that ship with the project when empty.
    held
        Only those held back, only the others, or all (None).
    """
    paths = [path for folder in folders or _SHIPPED for path in sorted(folder.glob("*.yaml"))]
    golds = [(path, yaml.safe_load(path.read_text("utf-8"))) for path in paths if path.stem != "SOURCE"]
    chosen = [(path, gold) for path, gold in golds if held in {None, _held(gold)}]
    return tuple(_case(path, gold, finder) for path, gold in chosen)


def _held(gold: Gold) -> bool:
    return bool(gold.get("split", "dev") == "held")


def _case(path: Path, gold: Gold, finder: PlaceFinder) -> Case:
    beside = path.parent / gold["report"]
    report = read_report_file(beside if beside.is_file() else path.parent.parent / "reports" / gold["report"])
    return Case(path.stem, _held(gold), report.text, gold, read_report(report, finder, gold.get("region")))


def tallies(case: Case) -> dict[str, Tally]:
    """What of a report was read right."""
    paired, extra = pair(case)
    counted = total([_place_mentions(case), *(_incident(case, wanted, found) for wanted, found in paired)])
    surplus = total(_surplus(case, found) for found in extra)
    together = _claims({"claims": case.gold.get("report_claims")}, [one.claim for one in case.reading.report_claims])
    return total([dict.fromkeys(_NAMES, Tally()), counted, surplus, together])


_NAMES = ("place mentions", "incidents", "event type", "sub-type", "date", "date within", "place", "place + date",
          "actors with role", "claims", "figures with claimant")


def pair(case: Case) -> tuple[list[tuple[Gold, Incident | None]], list[Incident]]:
    """Each annotated incident with the one read that is most like it, the most alike first; and those read in excess.

    Incidents that the annotation tolerates are taken out of the excess.
    """
    left, found = list(case.reading.incidents), dict[int, Incident]()
    wanted = case.gold.get("incidents") or []
    scored = [(_likeness(case, one, incident), -number, -place) for number, one in enumerate(wanted)
              for place, incident in enumerate(left)]
    for points, number, place in sorted(scored, reverse=True):
        if points >= _ENOUGH and -number not in found and case.reading.incidents[-place] in left:
            found[-number] = case.reading.incidents[-place]
            left.remove(found[-number])
    tolerated = case.gold.get("incidents_tolerated") or []
    extra = [one for one in left if not any(_tolerates(case, other, one) for other in tolerated)]
    return [(one, found.get(number)) for number, one in enumerate(wanted)], extra


def _tolerates(case: Case, tolerated: Gold | str, found: Incident) -> bool:
    """Whether an incident is one that the text also supports: described like any other, or just by words of its telling."""
    if isinstance(tolerated, str):
        return _touches(case.text, found, tolerated)
    return _likeness(case, tolerated, found) >= _ENOUGH


def _likeness(case: Case, wanted: Gold, found: Incident) -> int:
    """Points: two for the place, two for words in common, one each for an overlapping date, the type and the sub-type."""
    checks = (
        (2, _place_fits(found, wanted.get("place"), None)), (2, _touches(case.text, found, wanted.get("trigger", ""))),
        (1, _overlaps(found, wanted)), (1, found.event_type == wanted.get("event_type")),
        (1, found.sub_event_type == wanted.get("sub_event_type")),
    )
    return sum(points for points, holds in checks if holds)


def _touches(text: str, found: Incident, words: str) -> bool:
    start = text.find(words) if words else -1
    return start >= 0 and found.trigger.start < start + len(words) and start < found.trigger.end


def _incident(case: Case, wanted: Gold, found: Incident | None) -> dict[str, Tally]:
    if found is None:
        return {name: Tally(wanted=1) for name in _NAMES[1:8]} | _actors(wanted, None) | _claims(wanted, ())
    place, day = _place_fits(found, wanted.get("place"), case.gold.get("region")), _exact(found, wanted)
    holds = {
        "incidents": True, "event type": found.event_type == wanted["event_type"],
        "sub-type": found.sub_event_type == wanted["sub_event_type"], "date": day, "date within": _overlaps(found, wanted),
        "place": place, "place + date": place and _overlaps(found, wanted),
    }
    return {name: Tally(right, 1, 1) for name, right in holds.items()} | _actors(wanted, found) | _claims(wanted, found.claims)


def _surplus(case: Case, found: Incident) -> dict[str, Tally]:
    annotated = case.gold.get("incidents") or []
    tolerated = [claim for one in annotated for key in ("claims", "tolerated") for claim in one.get(key) or []]
    loose = {"claims": [], "tolerated": tolerated}
    return {name: Tally(found=1) for name in _NAMES[1:8]} | _claims(loose, found.claims)


def _exact(found: Incident, wanted: Gold) -> bool:
    when, told = found.date, wanted.get("date")
    if when is None or not told:
        return when is None and not told
    return (str(when.start), str(when.end)) == (str(told["start"]), str(told["end"]))


def _overlaps(found: Incident, wanted: Gold) -> bool:
    when, told = found.date, wanted.get("date")
    if when is None or not told:
        return when is None and not told
    return str(when.start) <= str(told["end"]) and str(told["start"]) <= str(when.end)


def _place_fits(found: Incident, wanted: Gold | None, region: str | None) -> bool:
    """Whether a location is the annotated one: its point as close as annotated, or its unit, and inside the region or not."""
    location = found.location
    if wanted is None or location is None:
        return wanted is None and location is None
    if region and (region in location.regions) is not wanted.get("inside", region in location.regions):
        return False
    if "area_id" in wanted:
        return location.area_id.rsplit("/", 1)[-1] == str(wanted["area_id"]).rsplit("/", 1)[-1]
    reach = max(float(wanted["within_km"]), location.radius_km if location.relation != "in" else 0)
    lon, lat = location.position.lon - float(wanted["lon"]), location.position.lat - float(wanted["lat"])
    return bool((lon ** 2 * 0.93 + lat ** 2) ** 0.5 * 111.2 <= reach)


def _actors(wanted: Gold, found: Incident | None) -> dict[str, Tally]:
    """Parts of actors. The annotation lists those that must be there: what it tolerates, civilians as targets, and who claims
    or denies (that follows from the claims) count as found only where they were annotated.
    """
    there = _annotated(wanted, "actors")
    read = [(one.id, one.role.value, one.name) for one in found.actors] if found else []
    right = [one for one in there if any(_same_actor(one, other) for other in read)]
    taking = [one for one in read if one[1] not in {"claimant", "denier"}]
    known = [*there, *_annotated(wanted, "actors_tolerated"), ("civilians", "target", "")]
    surplus = [one for one in taking if not any(_same_actor(other, one) for other in known)]
    return {"actors with role": Tally(len(right), len(right) + len(surplus), len(there))}


def _annotated(wanted: Gold, key: str) -> list[tuple[str, str, str]]:
    return [(one["id"], one["role"], one.get("name", "")) for one in wanted.get(key) or []]


def _same_actor(wanted: tuple[str, str, str], found: tuple[str, str, str]) -> bool:
    named = wanted[2].lower() in found[2].lower() if wanted[0] == "unregistered" else wanted[0] == found[0]
    return named and wanted[1] == found[1]


def _claims(wanted: Gold, found: Sequence[Claim]) -> dict[str, Tally]:
    there, left = wanted.get("claims") or [], list(found)
    kept = []
    for one in there:
        match = next((claim for claim in left if claim_fits(claim, one)), None)
        if match:
            left.remove(match)
            kept.append(one)
    extra = [claim for claim in left if not any(claim_fits(claim, one) for one in wanted.get("tolerated") or [])]
    counts = (sum(one.get("field") in COUNTED for one in some) for some in (kept, there))
    right, wanted_figures = counts
    surplus = sum(claim.field.value in COUNTED for claim in extra)
    return {"claims": Tally(len(kept), len(kept) + len(extra), len(there)),
            "figures with claimant": Tally(right, right + surplus, wanted_figures)}


def claim_fits(claim: Claim, wanted: Gold) -> bool:
    """Whether a claim says the same by the same claimant: field, value, and the bounds of a figure."""
    claimant = wanted.get("claimant", claim.claimant)
    if not (claim.claimant.startswith("unregistered:") if claimant == "unregistered" else claim.claimant == claimant):
        return False
    if claim.field != wanted.get("field", claim.field) or claim.value != wanted.get("value", claim.value):
        return False
    return all(getattr(claim, bound) == wanted[bound] for bound in _BOUNDS if bound in wanted)


def _place_mentions(case: Case) -> dict[str, Tally]:
    """Named places of incidents that were marked as places; a trap marked as a place is one found in error."""
    marked = [one.span for one in case.reading.mentions if one.kind == "place"]
    names = {name for one in case.gold.get("incidents") or [] if one.get("place") for name in one["place"]["name"].split(" - ")}
    here = {name for name in names if name in case.text}
    right = sum(any(name in span.quote or span.quote in name for span in marked) for name in here)
    traps = [(start, start + len(words)) for words in case.gold.get("not_places") or []
             if (start := case.text.find(words)) >= 0]
    caught = sum(any(span.start < end and start < span.end for span in marked) for start, end in traps)
    return {"place mentions": Tally(right, right + caught, len(here))}


def flagged(cases: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """Drafts with a wrong figure or place, and right ones: how many of them are flagged for review, of how many."""
    counts = {"wrong flagged": (0, 0), "right flagged": (0, 0)}
    for case in cases:
        paired, extra = pair(case)
        for wanted, found in [*paired, *((None, one) for one in extra)]:
            if found is None:
                continue
            key = "right flagged" if wanted is not None and _sound(case, wanted, found) else "wrong flagged"
            counts[key] = (counts[key][0] + (doubt(found.review) >= FLAGGED), counts[key][1] + 1)
    return counts


def _sound(case: Case, wanted: Gold, found: Incident) -> bool:
    figures = _claims(wanted, found.claims)["figures with claimant"]
    return _place_fits(found, wanted.get("place"), case.gold.get("region")) and figures.right == figures.found == figures.wanted


def report(folders: Sequence[Path] = (), *, held: bool | None = None) -> dict[str, float]:
    """Print the tables and give their figures by name."""
    figures: dict[str, float] = {}
    cases = read_cases(open_gazetteer(), folders, held=held)
    for half, some in (("dev", [one for one in cases if not one.held]), ("held", [one for one in cases if one.held])):
        if some:
            sums = total(map(tallies, some))
            print_tallies(f"{half}, {len(some)} reports", sums)
            figures |= {f"gold {half}: {name} F1": tally.f1 for name, tally in sums.items()}
            figures |= _print_flagged(half, some)
    return figures


def _print_flagged(half: str, cases: Sequence[Case]) -> dict[str, float]:
    shares = {}
    for name, (some, of) in flagged(cases).items():
        print(f"  {name:<22} {some / max(1, of):>9.3f}   {some} of {of} drafts")
        shares[f"gold {half}: {name}"] = some / max(1, of)
    return shares
