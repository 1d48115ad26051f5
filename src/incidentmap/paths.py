"""Where the shipped ground (`geo/`), events (`data/`) and `dashboard/` are.

In a checkout they stand at the top level; in an installed wheel they are inside the package, as `_shipped/`. No other
module knows the difference.
"""

import os
from pathlib import Path

from incidentmap.model import MissingGround

_PACKAGE = Path(__file__).parent
_SHIPPED = _PACKAGE / "_shipped"
ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parents[1]


def shipped(*parts: str) -> Path:
    """Path of a shipped file or folder, e.g. ``shipped("geo", "regions")``.

    Raises
    ------
    MissingGround
        If it is not there: the installation is incomplete.
    """
    path = ROOT.joinpath(*parts)
    if not path.exists():
        raise MissingGround(f"{path} is missing: the installation is incomplete. Install incidentmap again.")
    return path


def cache_folder() -> Path:
    """Folder for what can be built again at any time (`XDG_CACHE_HOME`, else `~/.cache`); not created here."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "incidentmap"


def shelf_folder() -> Path:
    """Folder for the gazetteer layers that a user has added for all workspaces (`XDG_DATA_HOME`, else `~/.local/share`).

    Those of one workspace stand in its folder `gazetteer`. Not created here.
    """
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "incidentmap" / "gazetteer"


def config_folder() -> Path:
    """Folder for a user's own settings and logins (`XDG_CONFIG_HOME`, else `~/.config`); not created here."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "incidentmap"
