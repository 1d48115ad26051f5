"""`SOURCE.yaml` of each folder of `geo/`: where every file comes from, under which licence, and its checksum."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from incidentmap.gazetteer.build.packages import Packages

RECORD = "SOURCE.yaml"
FOLDERS = ("gazetteer", "boundaries", "basemap", "regions")
COMMAND = "python -m incidentmap.gazetteer.build"
_HEAD = f"# Written by `{COMMAND}` from geo/sources.yaml. `--check` holds every sha256 against its file.\n"


def write_records(geo: Path, packages: Packages) -> None:
    """Write `SOURCE.yaml` into each folder, from what `sources.yaml` tells and the files that are there."""
    told: dict[str, list[dict[str, Any]]] = yaml.safe_load((geo / "sources.yaml").read_text("utf-8"))
    for name in FOLDERS:
        folder = geo / name
        entries = [_entry(path, entry, packages) for entry in told[name] for path in _files(folder, entry["file"])]
        text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)
        (folder / RECORD).write_text(_HEAD + text, "utf-8")


def check_records(geo: Path) -> tuple[str, ...]:
    """What is wrong with `geo/` as against its records, one sentence each; empty when all is well. Needs no network."""
    return tuple(problem for folder in FOLDERS for problem in _problems(geo / folder))


def _problems(folder: Path) -> Iterator[str]:
    entries: list[dict[str, Any]] = yaml.safe_load((folder / RECORD).read_text("utf-8"))
    listed = {entry["file"]: entry for entry in entries}
    there = {path.name for path in folder.iterdir() if path.is_file()} - {RECORD}
    yield from (f"{folder.name}/{name} is not in SOURCE.yaml." for name in sorted(there - listed.keys()))
    yield from (f"{folder.name}/{name} is in SOURCE.yaml but not there." for name in sorted(listed.keys() - there))
    for name in sorted(there & listed.keys()):
        if listed[name]["sha256"] not in (None, _sha256(folder / name)):
            yield f"{folder.name}/{name} differs from its sha256. Edit the hand-made files only, then run `{COMMAND}`."


def _files(folder: Path, pattern: str) -> list[Path]:
    return [path for path in sorted(folder.glob(pattern)) if path.name != RECORD]


def _entry(path: Path, entry: Mapping[str, Any], packages: Packages) -> dict[str, Any]:
    by_hand = entry["origin"] == "by hand"
    return {
        "file": path.name,
        "origin": entry["origin"],
        "packages": [packages.version(name) for name in entry.get("packages", [])],
        "licence": entry["licence"],
        "attribution": entry["attribution"],
        "date": entry["date"],
        "sha256": None if entry.get("edited_freely") else _sha256(path),
        "columns": entry["columns"],
        "command": "none: written by hand" if by_hand else COMMAND,
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
