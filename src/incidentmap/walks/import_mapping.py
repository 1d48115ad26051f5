"""How a file that is to be imported is read: as the user says, as its own refused rows were, or as it looks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from incidentmap.fresh_file import fresh_file
from incidentmap.model import BadValue, Snapshot, UnreadableTable
from incidentmap.tables.guess import PLAIN, Guess, by_preset, guess
from incidentmap.tables.mapping import REFUSAL_COLUMNS, Mapping, fits
from incidentmap.tables.presets import load_preset, mapping_of, mapping_text, presets
from incidentmap.tables.source import Source

AUTO = "auto"
_SHORT = {"acled": "acled", "ucdp": "ucdp_ged", "gdelt": "gdelt_events"}
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
PRESETS = "presets"
"""The folder of a workspace's own presets."""
REFUSED = "refused"
"""The folder of a workspace where refused rows are."""


@dataclass(frozen=True, slots=True)
class MappingAsked:
    """How a user wants a table to be read.

    Parameters
    ----------
    kind
        ``auto``, ``csv`` (a plain table, guessed whatever it looks like), ``acled``, ``ucdp``, ``gdelt`` or a preset's id.
    mapping
        Goes before `kind`: a mapping that was shown and edited, or a YAML file with one.
    source
        Who publishes the table, in place of what the mapping says: rows with the same id and source are the same event.
    country
        Of rows that name none: a code or name.
    """

    kind: str = AUTO
    mapping: Mapping | Path | None = None
    source: str | None = None
    country: str | None = None


def is_refused_again(columns: Sequence[str]) -> bool:
    """Whether a table is a refused.csv: some rows of another file."""
    return tuple(columns[: len(REFUSAL_COLUMNS)]) == REFUSAL_COLUMNS


def mapped(source: Source, asked: MappingAsked, folder: Path, log: Sequence[Snapshot]) -> Guess:
    """The mapping of a file with its evidence.

    Parameters
    ----------
    source
        The open file.
    asked
        What the user says of it.
    folder
        Of the workspace, whose presets count.
    log
        Imports so far: a refused.csv is read as the file that it came from.

    Raises
    ------
    UnreadableTable
        If the table holds no incidents, is not of the kind that was named, or nothing says when something was.
    BadValue
        If there is no such preset, or source, country or mapping file cannot be.
    """
    found = _found(source, asked, folder, log)
    mapping = found.mapping
    if asked.source is not None:
        if not _SOURCE.fullmatch(asked.source):
            raise BadValue("--source", asked.source, "small letters a to z, digits, - and _, at most 60, no sign first")
        mapping = replace(mapping, source=asked.source)
    if asked.country:
        mapping = replace(mapping, constants=MappingProxyType({**mapping.constants, "country": asked.country}))
    return replace(found, mapping=mapping)


def _found(source: Source, asked: MappingAsked, folder: Path, log: Sequence[Snapshot]) -> Guess:
    known = presets(folder / PRESETS)
    if asked.mapping is not None:
        return by_preset(source, load_preset(asked.mapping) if isinstance(asked.mapping, Path) else asked.mapping)
    for each in known.values():  # that a table holds no incidents is true whatever it is called
        if each.no_incidents and fits(each, source.columns, headerless=source.headerless):
            return guess(source, {each.preset: each})
    if asked.kind == PLAIN:
        return guess(source, {})
    if asked.kind != AUTO:
        return by_preset(source, _checked(source, _preset(known, asked.kind)))
    before = _before(source, folder, log)
    return by_preset(source, before) if before else guess(source, known)


def _preset(known: dict[str, Mapping], kind: str) -> Mapping:
    preset = known.get(_SHORT.get(kind, kind))
    if preset is None:
        listed = ", ".join(dict.fromkeys((AUTO, PLAIN, *_SHORT, *known)))
        raise BadValue("--as", kind, f"one of {listed}", "Own presets are files in the workspace's folder presets.")
    return preset


def _checked(source: Source, preset: Mapping) -> Mapping:
    """The preset, if the table has the columns by which its kind is known; one without such columns fits any table."""
    if preset.recognise and not fits(preset, source.columns, headerless=source.headerless):
        wanted = ", ".join(preset.recognise)
        todo = "Leave out --as, or say --as csv for a plain table."
        told = f"is no table of the kind {preset.preset!r}, which has the columns {wanted}"
        raise UnreadableTable(f"{source.path}: {told}. {todo}")
    return preset


def _before(source: Source, folder: Path, log: Sequence[Snapshot]) -> Mapping | None:
    """How the file was read whose refused rows these are, None if they are nobody's."""
    if not is_refused_again(source.columns):
        return None
    runs = (each.run for each in reversed(log) if each.run and each.run.counts.refused_file)
    run = next((run for run in runs if Path(run.counts.refused_file or "").name == source.path.name), None)
    if run:
        return mapping_of(run.record.mapping, f"of the import of {run.record.file_name}")
    kept = _beside(folder / REFUSED / source.path.name)
    return mapping_of(kept.read_text("utf-8"), kept.name) if kept.is_file() else None


def keep_beside(refused: Path, mapping: Mapping) -> None:
    """Keep a mapping beside the refused rows of an import that is in no log, since it accepted none."""
    with fresh_file(_beside(refused)) as fresh:
        fresh.write_text(mapping_text(mapping), "utf-8")


def _beside(refused: Path) -> Path:
    return refused.with_suffix(".json")
