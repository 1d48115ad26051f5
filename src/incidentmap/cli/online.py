"""`--online`: what leaves the machine, and what is said about it."""

import argparse
from collections.abc import Iterator, Sequence

from incidentmap.gazetteer import Located
from incidentmap.gazetteer.online import PROVIDERS
from incidentmap.model import BadValue
from incidentmap.walks.geocode import gazetteer_of
from incidentmap.walks.online import Sent, look_up_misses
from incidentmap.words import say

_LANGUAGE = "en"


def add_online(command: argparse.ArgumentParser) -> None:
    """The options of a command that may look misses up online."""
    command.add_argument(
        "--online", choices=tuple(PROVIDERS),
        help="look up online what the gazetteer misses: THESE NAMES LEAVE THIS MACHINE; answers are always for review. With "
        "--region its box is sent too. INCIDENTMAP_CONTACT (an e-mail or web address) tells the server's operators who asks",
    )
    command.add_argument("--server", metavar="URL", help="with --online: your own server instead of the public one")


def with_online(
    options: argparse.Namespace, found: Sequence[Located], region_id: str | None,
) -> tuple[tuple[Located, ...], tuple[str, ...]]:
    """The answers with misses looked up, where the user said so, and lines about what was sent.

    Raises
    ------
    BadValue
        For a server without `--online`.
    """
    if options.online is None:
        if options.server is not None:
            raise BadValue("--server", options.server, "--online nominatim or --online photon beside it")
        return tuple(found), ()
    done, sent = look_up_misses(found, gazetteer_of(options.workspace), options.online, options.server, region_id)
    return done, tuple(_told(sent))


def _told(sent: Sent) -> Iterator[str]:
    if not sent.names:
        yield say(_LANGUAGE, "online.none")
        return
    beside = "online.also_region" if sent.region_id else "online.also_nothing"
    yield say(
        _LANGUAGE, "online.sent", count=len(sent.names), host=sent.host, provider=sent.provider, names="; ".join(sent.names),
        also=say(_LANGUAGE, beside, region=sent.region_id), requests=sent.requests, attribution=sent.attribution,
        plain="" if sent.encrypted else say(_LANGUAGE, "online.plain"),
    )
    if not sent.contact:
        yield say(_LANGUAGE, "online.no_contact")
    if sent.failure:
        yield say(_LANGUAGE, "online.failed", provider=sent.provider, names="; ".join(sent.unanswered), why=sent.failure)
