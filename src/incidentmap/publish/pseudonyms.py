"""Pseudonyms: the same for the same id in one workspace, unlike in any other, and not to be found by trying ids."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import BadValue, UnwritablePlace

_KEY_FILE, _KEY_BYTES = "pseudonyms.key", 32
_DIGITS = 16
_EXPECTED, _TODO = "64 hexadecimal digits", "Restore it from a copy: a new key gives new names."


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Names for ids, by a secret key (HMAC-SHA-256): without it nobody can tell whether a pseudonym is of some id."""

    key: bytes

    @property
    def order(self) -> str:
        """A secret by which records can be put in an order that tells nothing."""
        return self.of("order", "")

    def report(self, report: str, hidden: str | None) -> str:
        """The pseudonym of a report: of a record to be hidden one of its own, that nothing of the same report leads to it."""
        return self.of("report", report if hidden is None else f"{report}\0{hidden}")

    def of(self, kind: str, value: str) -> str:
        """The pseudonym of an id; the same text as another kind of id has another one."""
        told = hmac.new(self.key, f"{kind}\0{value}".encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"{kind}-{told.hexdigest()[:_DIGITS]}"


def workspace_key(folder: Path) -> bytes:
    """The key of a workspace's folder of profiles, made when it is first asked for; whoever has it can tell who is who.

    Raises
    ------
    BadValue
        If the file holds something else.
    UnwritablePlace
        If it cannot be made.
    """
    path = folder / _KEY_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make(path)
        text = path.read_text("ascii").strip()
        key = bytes.fromhex(text)
    except (ValueError, UnicodeDecodeError) as error:
        raise BadValue(str(path), "its content", _EXPECTED, _TODO) from error
    except OSError as error:
        raise UnwritablePlace(f"{path}: cannot be made ({error.strerror}). Check the rights of the workspace.") from error
    if len(key) != _KEY_BYTES:
        raise BadValue(str(path), f"{len(key)} bytes", _EXPECTED, _TODO)
    return key


def _make(path: Path) -> None:
    """Of several who make it at once the first one's stands."""
    if path.exists():
        return
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink(missing_ok=True)
