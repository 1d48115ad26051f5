"""A user's logins at services, kept outside every workspace: in a private file, or given by the environment.

Of ACLED only the tokens are kept that its server gives for name and password; the password itself is written nowhere.
"""

import json
import os
import stat
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from incidentmap.model import BadValue, UnwritablePlace
from incidentmap.paths import config_folder
from incidentmap.tables.feeds.address import Service

ACLED_EMAIL, ACLED_PASSWORD, UCDP_TOKEN = "INCIDENTMAP_ACLED_EMAIL", "INCIDENTMAP_ACLED_PASSWORD", "INCIDENTMAP_UCDP_TOKEN"
"""Environment variables that go before what was kept, for machines on which nobody types."""
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Login:
    """What a server accepts; never shown.

    Parameters
    ----------
    server
        The only one that it is sent to.
    refresh
        Brings a new token when this one has run out; empty where tokens last.
    until
        Seconds since 1970 at which the token runs out; 0 for never.
    """

    server: str
    token: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    until: float = 0.0


def login_file(service: Service) -> Path:
    """Where the login of a service is kept."""
    return config_folder() / f"login-{service}.json"


def kept_login(service: Service) -> Login | None:
    """The login that was kept, None if there is none.

    Raises
    ------
    BadValue
        If others may read the file, or it is damaged.
    """
    path = login_file(service)
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        raise BadValue("login", str(path), "a file that can be read", f"Log in again: incidentmap login {service}") from error
    if os.name != "nt" and mode & 0o077:
        todo = f"Others may have read it. Change the password, then: chmod 600 {path}"
        raise BadValue(f"rights of {path}", oct(mode), oct(_PRIVATE), todo)
    try:
        loaded = json.loads(text)
        return Login(str(loaded["server"]), str(loaded["token"]), str(loaded["refresh"]), float(loaded["until"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BadValue("login", str(path), "a login as it was kept", f"Log in again: incidentmap login {service}") from error


def keep_login(service: Service, login: Login) -> Path:
    """Write a login where only the user can read it, whole or not at all.

    Raises
    ------
    UnwritablePlace
        If it cannot be written.
    """
    path = login_file(service)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # private from its first moment
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(login), file)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UnwritablePlace(f"{path}: cannot be written ({error.strerror}). Check the rights of its folder.") from error
    return path


def forget_login(service: Service) -> bool:
    """Delete the login that was kept; whether there was one."""
    path = login_file(service)
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there
