"""The dashboard on a workspace: Streamlit as a process of its own, on this machine only."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from types import FrameType

from incidentmap.model import BadValue, IncidentmapError
from incidentmap.paths import shipped
from incidentmap.walks.ground_tiles import FILE, SERVER
from incidentmap.walks.workspace import Workspace

HOST = "127.0.0.1"
FLAGS = (
    "--server.address=127.0.0.1",  # without an address Streamlit asks an outside host for ours
    "--server.allowedHosts=127.0.0.1",
    "--server.allowedHosts=localhost",
    # Streamlit's message cache loses messages when reruns overtake each other ("Cached ForwardMsg MISS"), as they do under
    # quick key presses on the slider; the page then dies. On one machine it gains nothing, so nothing is big enough for it.
    "--global.minCachedMessageSize=1e12",
    # Streamlit else collects all garbage after every run of the page: a fifth of a second with a gazetteer in memory, which is
    # four fifths of the server's work. Python's own collector keeps memory as flat.
    "--runner.postScriptGC=false",
    "--server.headless=true",
    "--logger.level=warning",
    "--server.fileWatcherType=none",
    "--server.runOnSave=false",
    "--server.showEmailPrompt=false",
    "--server.maxUploadSize=25",
    "--server.enableStaticServing=false",
    "--browser.gatherUsageStats=false",
    "--browser.serverAddress=127.0.0.1",
    "--client.toolbarMode=minimal",
    "--client.showErrorDetails=none",
    "--client.showErrorLinks=false",
    "--client.showSidebarNavigation=false",
    "--theme.baseFontSize=14",
    "--theme.baseRadius=4px",
    "--theme.light.primaryColor=#0b6e99",
    "--theme.light.backgroundColor=#ffffff",
    "--theme.light.secondaryBackgroundColor=#f6f5f2",
    "--theme.light.textColor=#1d2125",
    "--theme.light.linkColor=#0b6e99",
    "--theme.light.borderColor=#e3e0da",
    "--theme.light.sidebar.backgroundColor=#f6f5f2",
    "--theme.dark.primaryColor=#5cb3d6",
    "--theme.dark.backgroundColor=#14171a",
    "--theme.dark.secondaryBackgroundColor=#1b1f22",
    "--theme.dark.textColor=#e8e6e1",
    "--theme.dark.linkColor=#5cb3d6",
    "--theme.dark.borderColor=#30363a",
    "--theme.dark.sidebar.backgroundColor=#1b1f22",
)
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl+C, `kill`, and a terminal that is closed."""
_PAUSE_S = 0.1
_NO_TILES: Mapping[str, str] = {}
_GRACE_S = 10.0


class PortTaken(IncidentmapError, OSError):
    """A port that another program listens on."""


def serve(workspace: Workspace, port: int, answers: Callable[[str], None], tiles: Mapping[str, str] = _NO_TILES) -> int:
    """Run the dashboard until it ends or this process is told to stop (SIGINT, SIGTERM, SIGHUP).

    Parameters
    ----------
    workspace
        What it shows.
    port
        To listen on, at 127.0.0.1 only.
    answers
        Called with the address once the dashboard answers there.
    tiles
        What to tell it of pictures of the ground, see :func:`incidentmap.walks.ground_tiles.told_to_dashboard`.

    Returns
    -------
    int
        0 after a stop that was asked for, else the exit code of Streamlit.

    Raises
    ------
    PortTaken
        If another program listens on the port.
    BadValue
        If the port is no port, or one that only the administrator may use.
    """
    check_port(port)
    # -P: a file of the user's folder that is named like a library must not take its place.
    streamlit = [sys.executable, "-P", "-m", "streamlit"]
    entry = "tiles_app.py" if FILE in tiles else "app.py"
    command = [*streamlit, "run", str(shipped("dashboard", entry)), f"--server.port={port}", *FLAGS]
    # Nothing that was not asked for here.
    inherited = {name: value for name, value in os.environ.items() if name not in {FILE, SERVER}}
    environment = {**inherited, **tiles, "INCIDENTMAP_WORKSPACE": str(workspace.folder.resolve())}
    # A group of its own: Ctrl+C in a terminal reaches us alone, and we pass it on once.
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, process_group=0)  # noqa: S603
    with _stopping(process) as stopped:
        _tell_when_up(process, port, answers)
        code = process.wait()
    return 0 if stopped else code


def check_port(port: int) -> None:
    """Raise :class:`PortTaken` or :class:`BadValue` if nothing can be served on a port of this machine."""
    if not 0 < port < 65536:
        raise BadValue("port", port, "a number from 1 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise BadValue("port", port, "one above 1023, which need no administrator") from error
        except OSError as error:
            free = _free_port()
            todo = f"Stop that program or choose another port: --port {free} is free (make run PORT={free})."
            raise PortTaken(f"Port {port} is taken: another program listens on it, perhaps a dashboard. {todo}") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def _stopping(process: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """End the process when we are told to end; the list holds the signals that came. Whatever else happens, it ends with us."""
    came: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        came.append(number)
        process.terminate()

    before = {number: signal.signal(number, stop) for number in _STOPS}
    try:
        yield came
    finally:
        _end(process)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tell_when_up(process: subprocess.Popen[bytes], port: int, answers: Callable[[str], None]) -> None:
    """Ask until the dashboard answers or its process has ended."""
    while process.poll() is None:
        if _healthy(port):
            answers(f"http://{HOST}:{port}")
            return
        try:
            process.wait(_PAUSE_S)
        except subprocess.TimeoutExpired:
            continue


def _healthy(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
