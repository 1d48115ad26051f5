"""The profiles there are: the shipped ones (`data/profiles`) and those of a workspace (its folder `profiles`)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from incidentmap.model import BadValue
from incidentmap.paths import shipped
from incidentmap.publish.profile import Profile, profile_of

INTERNAL = "internal"
"""The profile where none is named: everything as it is."""
FOLDER = "profiles"


def profiles(workspace: Path | None = None) -> Mapping[str, Profile]:
    """All profiles by id; one of the workspace goes before a shipped one of its name.

    Raises
    ------
    BadValue
        If one cannot be read; the message names file, key and what is allowed.
    """
    folders = (shipped("data", FOLDER), *([workspace / FOLDER] if workspace else []))
    paths = (path for folder in folders for path in sorted(folder.glob("*.yaml")) if path.name != "SOURCE.yaml")
    found = (_read(path, _changed(path)) for path in paths)
    return {profile.id: profile for profile in found}


def load_profile(profile_id: str, workspace: Path | None = None) -> Profile:
    """A profile. Raises `BadValue` naming those there are, or what is wrong with its file."""
    known = profiles(workspace)
    if profile_id not in known:
        todo = f"Yours belong into {workspace / FOLDER}." if workspace else ""
        raise BadValue("profile", profile_id, f"one of {', '.join(sorted(known))}", todo)
    return known[profile_id]


def _changed(path: Path) -> int:
    """When a file was last written, 0 where that cannot be said."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _read(path: Path, _written: int) -> Profile:
    """Read once as long as the file is the same: screens ask at every turn."""
    try:
        return profile_of(path.name, yaml.safe_load(path.read_text("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadValue(str(path), str(error), "YAML in UTF-8", "Copy a profile of data/profiles and change it.") from error
    except OSError as error:
        raise BadValue(str(path), error.strerror, "a file that can be read") from error
