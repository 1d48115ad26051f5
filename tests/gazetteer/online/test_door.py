from pathlib import Path
from typing import Any

import pytest
from tests.gazetteer.online.conftest import Open, Server

from incidentmap import __version__
from incidentmap.gazetteer import Gazetteer
from incidentmap.gazetteer.online import PROVIDERS, open_geocoder
from incidentmap.gazetteer.online.provider import interval_of, read_server
from incidentmap.model import BadValue, UnknownRegion, UnwritablePlace


def test_nothing_is_sent_before_something_is_asked(opened: Open, server: Server, gazetteer: Gazetteer) -> None:
    opened("nominatim")
    opened("photon")
    local = open_geocoder("local", gazetteer=gazetteer)
    assert local.geocode("Diré") is None
    assert server.calls == []


@pytest.mark.parametrize(("given", "agent"), [
    ({}, f"incidentmap/{__version__}"), ({"contact": "me@example.org"}, f"incidentmap/{__version__} (+me@example.org)"),
    ({"contact": "https://example.org/us"}, f"incidentmap/{__version__} (+https://example.org/us)"),
    ({"user_agent": "our-desk/3"}, "our-desk/3"),
])
def test_the_user_agent_says_who_asks(opened: Open, server: Server, given: dict[str, str], agent: str) -> None:
    opened(**given).geocode("Diré")
    assert server.agents == [agent]


def test_the_contact_may_come_from_the_environment(opened: Open, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_CONTACT", "desk@example.org")
    opened().geocode("Diré")
    assert server.agents[0].endswith("(+desk@example.org)")


@pytest.mark.parametrize(("given", "told"), [
    ({"provider": "google"}, "local, nominatim, photon"), ({"contact": "me"}, "e-mail or web address"),
    ({"contact": "me@example.org\r\nX-Evil: 1"}, "printable ASCII"), ({"user_agent": ""}, "printable ASCII"),
    ({"interval_s": -1}, "seconds from 0"), ({"server": "ftp://127.0.0.1"}, "https://nominatim.example.org"),
    ({"server": "https://user:secret@host"}, "without user name"), ({"server": "https://host/?q=1"}, "user name or query"),
    ({"server": "https://"}, "an address"), ({"server": "https://host:port"}, "an address"),
    ({"server": "https://[::1"}, "an address"), ({"server": "nominatim.example.org"}, "an address"),
])
def test_wrong_arguments_are_told(opened: Open, given: dict[str, Any], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        opened(**given)


def test_a_region_must_be_known(opened: Open) -> None:
    with pytest.raises(UnknownRegion):
        opened(region="nowhere")


@pytest.mark.parametrize(("asked_s", "public_s", "own_s"), [(None, 1, 1), (0, 1, 0), (0.2, 1, 0.2), (5, 5, 5)])
@pytest.mark.parametrize("provider", PROVIDERS.values())
def test_a_public_server_is_asked_once_a_second_at_most(provider: Any, asked_s: float, public_s: float, own_s: float) -> None:
    assert interval_of(provider, read_server(provider.public), asked_s) == public_s
    assert interval_of(provider, read_server(provider.public.upper().replace("HTTPS", "https") + ":443/"), asked_s) == public_s
    assert interval_of(provider, read_server("http://127.0.0.1:8080/nominatim/"), asked_s) == own_s


def test_a_server_may_stand_under_a_path(opened: Open, server: Server) -> None:
    opened(server=f"{server.address}/maps/").geocode("Diré")
    assert server.calls[0][0] == "/maps/search"


def test_a_damaged_file_of_answers_is_begun_anew(opened: Open, server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "online.sqlite").write_bytes(b"no database" * 1000)
    assert opened().geocode("Diré") is not None
    assert opened().geocode("Diré") is not None
    assert len(server.calls) == 1


def test_answers_are_for_their_owner_alone(opened: Open, tmp_path: Path) -> None:
    opened().geocode("Diré")
    assert (tmp_path / "cache" / "online.sqlite").stat().st_mode & 0o077 == 0


def test_without_a_place_for_answers_nothing_is_asked(opened: Open, server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritablePlace, match="XDG_CACHE_HOME"):
        opened(cache=tmp_path / "file")
    assert server.calls == []
