"""`incidentmap login SERVICE`: a login for watched tables, kept outside every workspace and never on a command line."""

import argparse
import getpass
import sys
import time

from incidentmap.model import BadValue
from incidentmap.tables.feeds.address import Service, home, read_server
from incidentmap.tables.feeds.logins import (
    ACLED_EMAIL,
    ACLED_PASSWORD,
    UCDP_TOKEN,
    Login,
    forget_login,
    keep_login,
)
from incidentmap.tables.feeds.tokens import acled_login, read_token
from incidentmap.tables.feeds.wire import Wire

DONE = 0
_SERVICES = (Service.ACLED, Service.UCDP)
_EPILOG = f"""\
acled  asks for your myACLED e-mail and password, and sends them to ACLED's server now. What it gives for them is kept: a token
       of a day, and one of two weeks that brings the next. The password is written nowhere.
ucdp   asks for the token that UCDP has given you (see https://ucdp.uu.se/apidocs/) and keeps it.

They are kept in your configuration folder (XDG_CONFIG_HOME, else ~/.config), readable by you alone, never in a workspace. Not
from a terminal, each is read as a line from standard input. On machines where nobody types, set {ACLED_EMAIL}
and {ACLED_PASSWORD}, or {UCDP_TOKEN}, instead.
"""


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    command.set_defaults(run=run)
    command.add_argument("service", choices=[each.value for each in _SERVICES], help="whose tables")
    command.add_argument("--server", metavar="URL", help="another server than the service's own; the login goes there alone")
    command.add_argument("--forget", action="store_true", help="delete the login that was kept")


def run(options: argparse.Namespace) -> int:
    """Log in, or forget a login."""
    service = Service(options.service)
    if options.forget:
        print(f"{service}: {'the login is deleted' if forget_login(service) else 'there was no login'}")
        return DONE
    server = read_server(options.server) if options.server else home(service)
    login = Login(server, read_token(_asked("token: ", hidden=True))) if service is Service.UCDP else _acled(server)
    print(f"{service}: logged in at {server}; kept in {keep_login(service, login)}")
    return DONE


def _acled(server: str) -> Login:
    email = _asked("e-mail: ", hidden=False).strip()
    password = _asked("password: ", hidden=True)
    if not email or not password:
        raise BadValue("login", email, "an e-mail and a password")
    return acled_login(Wire(), server, email, password, time.time())


def _asked(prompt: str, *, hidden: bool) -> str:
    """What a person types, or the next line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    if hidden:
        return getpass.getpass(prompt, stream=sys.stderr)
    print(prompt, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\r\n")
