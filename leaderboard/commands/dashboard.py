"""Serve the dashboard of a build on this machine."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

from leaderboard import table
from leaderboard.commands import _arguments
from leaderboard.errors import LeaderboardError

ADDRESS = "127.0.0.1"
"""Only this machine is served."""

SCRIPTS = ("asgi.py", "app.py")
"""The dashboard's entry points, the preferred one first."""

SETTINGS = {
    "server.address": ADDRESS,
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.maxCacheDataSize": "256mb",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "viewer",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.disableDataExport": "true",
}
"""Nothing leaves the machine, nothing is watched, and no error shows a path."""


MEMORY = {"MALLOC_ARENA_MAX": "2"}
"""Without it each thread of the C library keeps memory of its own, and a session is a thread."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    folder = Path(_arguments.OUT)
    parser.add_argument("folder", nargs="?", type=Path, default=folder, metavar="DIR", help=f"default: {folder}")
    parser.add_argument("--port", type=_arguments.port, default=8501, metavar="N", help="default: 8501")


def run(options: argparse.Namespace) -> int:
    """Become the dashboard's server; returns only by an error."""
    table.connect(options.folder).close()
    require_free(options.port)
    command = server(options.port)
    print(f"Serving {options.folder} on http://{ADDRESS}:{options.port} (stop with Ctrl-C)", flush=True)
    os.execve(command[0], command, {**MEMORY, **os.environ, "LEADERBOARD_DIR": str(options.folder.resolve())})  # noqa: S606
    return 0


def server(port: int) -> list[str]:
    """The command line of the server."""
    settings = {**SETTINGS, "server.port": str(port)}
    flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(script()), *flags]


def script() -> Path:
    """The dashboard's entry point, wherever the package is installed."""
    found = find_spec("dashboard")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for name in SCRIPTS:
            path = Path(folder) / name
            if path.is_file():
                return path
    raise LeaderboardError("the dashboard is not installed; install the package claims-leaderboard again")


def require_free(port: int) -> None:
    """Raise `LeaderboardError` if something else answers on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise LeaderboardError(f"port {port} cannot be used ({reason}); choose another with --port") from error
