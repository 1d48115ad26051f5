"""Places of real incident lines against their points, read where the evaluation data stand; figures are printed with `-s`."""

import csv
import os
from pathlib import Path

import pytest

from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer.distance import distance_km
from incidentmap.model import Position
from incidentmap.paths import ROOT

EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT.parent / "shared" / "eval"))
LINES = EVAL / "mali_incident_lines" / "dev.csv"


@pytest.mark.skipif(not LINES.is_file(), reason="evaluation data are not here (INCIDENTMAP_EVAL)")
def test_places_of_incident_lines(tmp_path: Path) -> None:
    gazetteer = open_gazetteer(cache=tmp_path)
    with LINES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["place"] and row["latitude"]]
    found = [(gazetteer.resolve(row["place"], region="mali").chosen, row) for row in rows]
    known = [(best.place.position, Position(float(row["longitude"]), float(row["latitude"]))) for best, row in found if best]
    far = [distance_km(ours, theirs) for ours, theirs in known]
    right = sum(km < 20 for km in far)
    print(f"{len(rows)} places: {len(far)} found, {right} of them within 20 km")
    assert len(far) >= 0.8 * len(rows)
    assert right >= 0.9 * len(far)
