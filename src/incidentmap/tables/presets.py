"""Mappings under a name, as YAML files: those of `data/tables/presets` and those that a workspace has saved."""

import json
import re
from collections.abc import Mapping as Pairs
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from incidentmap.fresh_file import fresh_file
from incidentmap.model import BadValue
from incidentmap.paths import shipped
from incidentmap.tables.country_codes import CountryCodes
from incidentmap.tables.dates_in import DayOrder
from incidentmap.tables.mapping import FIELDS, Mapping
from incidentmap.tables.schema import EVENT_SCHEMA

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_KEYS = frozenset({
    "id", "title", "source", "recognise", "columns", "constants", "crosswalk", "country_codes", "day_order", "aside",
    "mirrored", "headless", "no_incidents",
})
_TODO = "Mend the file, or save the mapping anew."


def presets(folder: Path | None = None) -> dict[str, Mapping]:
    """All presets by id: the shipped ones, then those of a workspace's folder `presets`, which may not take a shipped id.

    Raises
    ------
    BadValue
        If a file is no preset; the message names file and key.
    """
    found = {preset.preset: preset for preset in map(load_preset, _files(shipped("data", "tables", "presets")))}
    for path in _files(folder) if folder is not None and folder.is_dir() else ():
        preset = load_preset(path)
        if preset.preset in found:
            raise BadValue(f"{path.name}: id", preset.preset, "an id that no other preset has", _TODO)
        found[preset.preset] = preset
    return found


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.yaml")) if path.name != "SOURCE.yaml"]


def load_preset(path: Path) -> Mapping:
    """A mapping from its file.

    Raises
    ------
    BadValue
        If it cannot be read or a key is unknown, missing or not as it should be; the message names file and key.
    """
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        said = str(error).splitlines()[0]
        raise BadValue(f"preset {path.name}", said, "a YAML file in UTF-8 that can be read", _TODO) from error
    if not isinstance(loaded, dict):
        raise BadValue(f"preset {path.name}", type(loaded).__name__, "a YAML mapping of keys to values", _TODO)
    return _mapping(path.name, {str(key): value for key, value in loaded.items()})


def save_preset(mapping: Mapping, folder: Path) -> Path:
    """Write a mapping as FOLDER/ID.yaml, whole or not at all; a file of that name is replaced.

    Raises
    ------
    BadValue
        If the id cannot be a file's name.
    UnwritablePlace
        If the folder cannot be written.
    """
    _check_id("preset", mapping.preset)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mapping.preset}.yaml"
    with fresh_file(path) as fresh:
        fresh.write_text(yaml.safe_dump(_plain(mapping), allow_unicode=True, sort_keys=False, width=120), "utf-8")
    return path


def mapping_text(mapping: Mapping) -> str:
    """A mapping as JSON, as it is recorded with an import."""
    return json.dumps(_plain(mapping), ensure_ascii=False)


def mapping_of(text: str, what: str) -> Mapping:
    """The mapping that :func:`mapping_text` wrote; `what` names the record in messages.

    Raises
    ------
    BadValue
        As :func:`load_preset`.
    """
    loaded = json.loads(text)
    headless = {int(width): names for width, names in loaded.get("headless", {}).items()}  # JSON has no numbers as keys
    return _mapping(what, {**loaded, "headless": headless})


def _plain(mapping: Mapping) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": mapping.preset, "title": dict(mapping.title), "source": mapping.source, "recognise": list(mapping.recognise),
        "columns": {target: list(names) for target, names in mapping.columns.items()}, "constants": dict(mapping.constants),
        "crosswalk": mapping.crosswalk, "country_codes": mapping.country_codes.value,
        "day_order": mapping.day_order.value if mapping.day_order else None, "aside": list(mapping.aside),
        "mirrored": mapping.mirrored, "headless": {width: list(names) for width, names in mapping.headless.items()},
        "no_incidents": mapping.no_incidents,
    }
    return {key: value for key, value in plain.items() if value or key in {"id", "source", "columns"}}


def _mapping(file: str, loaded: Pairs[str, Any]) -> Mapping:
    for key in loaded.keys() - _KEYS:
        raise BadValue(f"preset {file}: key", key, ", ".join(sorted(_KEYS)), _TODO)
    for key in {"id", "source", "columns"} - loaded.keys():
        raise BadValue(f"preset {file}: keys", ", ".join(loaded) or "none", f"a key {key!r} among them", _TODO)
    _check_id(f"preset {file}: id", loaded["id"])
    _check_id(f"preset {file}: source", loaded["source"])
    columns = {target: _names(f"preset {file}: columns, {target}", names)
               for target, names in _pairs(f"preset {file}: columns", loaded["columns"]).items()}
    constants = _pairs(f"preset {file}: constants", loaded.get("constants") or {})
    for key, allowed in ((*((target, FIELDS) for target in columns), *((target, EVENT_SCHEMA.names) for target in constants))):
        if key not in allowed:
            raise BadValue(f"preset {file}: field", key, f"one of {', '.join(allowed)}", _TODO)
    headless = {
        _width(file, width): _names(f"preset {file}: headless", names)
        for width, names in _pairs(f"preset {file}: headless", loaded.get("headless") or {}).items()
    }
    title = _pairs(f"preset {file}: title", loaded.get("title") or {})
    order = loaded.get("day_order")
    return Mapping(
        preset=loaded["id"], source=loaded["source"], columns=MappingProxyType(columns),
        day_order=None if order is None else _word(f"preset {file}: day_order", order, DayOrder),
        country_codes=_word(f"preset {file}: country_codes", loaded.get("country_codes") or CountryCodes.ISO, CountryCodes),
        crosswalk=_crosswalk(f"preset {file}: crosswalk", loaded.get("crosswalk") or ""),
        constants=MappingProxyType({target: str(value) for target, value in constants.items()}),
        aside=_names(f"preset {file}: aside", loaded.get("aside") or ()), mirrored=bool(loaded.get("mirrored")),
        headless=MappingProxyType(headless),
        recognise=_names(f"preset {file}: recognise", loaded.get("recognise") or ()),
        no_incidents=str(loaded.get("no_incidents") or ""),
        title=MappingProxyType({key: str(text) for key, text in title.items()}),
    )


def _check_id(what: str, text: object) -> None:
    if not isinstance(text, str) or not _ID.fullmatch(text):
        raise BadValue(what, text, "small letters a to z, digits, - and _, at most 60, not beginning with a sign", _TODO)


def _pairs(what: str, value: object) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise BadValue(what, value, "a YAML mapping of keys to values", _TODO)
    return value


def _names(what: str, value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, (list, tuple)) or not all(isinstance(name, str) for name in listed):
        raise BadValue(what, value, "a name of a column or a list of names", _TODO)
    return tuple(listed)


def _word(what: str, value: str, words: type[StrEnum]) -> Any:
    if value not in list(words):
        raise BadValue(what, value, " or ".join(words), _TODO)
    return words(value)


def _crosswalk(what: str, name: object) -> str:
    known = sorted(path.stem for path in _files(shipped("data", "tables", "crosswalks")))
    if name and name not in known:
        raise BadValue(what, name, " or ".join(known), _TODO)
    return str(name)


def _width(file: str, width: object) -> int:
    if not isinstance(width, int) or isinstance(width, bool):
        raise BadValue(f"preset {file}: headless", width, "a number of columns", _TODO)
    return width
