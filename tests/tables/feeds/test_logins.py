"""Logins are kept privately, given by the environment, and sent to their own server alone."""

import os
import stat
from pathlib import Path

import pytest
from tests.tables.feeds.conftest import Reply, Service, ok

from incidentmap.model import BadValue, FeedRefused, FeedUnreadable
from incidentmap.tables.feeds import address, logins, tokens
from incidentmap.tables.feeds.logins import Login, forget_login, keep_login, kept_login, login_file
from incidentmap.tables.feeds.tokens import AcledTokens, acled_login, credentials, read_token
from incidentmap.tables.feeds.wire import Wire

ACLED, UCDP = address.Service.ACLED, address.Service.UCDP
GRANTED = {"token_type": "Bearer", "expires_in": 86400, "access_token": "t-new", "refresh_token": "r-new"}


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in (logins.ACLED_EMAIL, logins.ACLED_PASSWORD, logins.UCDP_TOKEN):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "config"


def test_a_login_is_kept_for_its_user_alone(config: Path) -> None:
    login = Login("https://acleddata.com", "t0ken", "r3fresh", 12.5)
    path = keep_login(ACLED, login)
    assert path == config / "incidentmap" / "login-acled.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_login(ACLED) == login
    assert kept_login(UCDP) is None
    assert "t0ken" not in repr(login)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert forget_login(ACLED)
    assert not forget_login(ACLED)


def test_a_login_that_others_could_read_is_refused() -> None:
    path = keep_login(UCDP, Login("https://x.example", "t"))
    path.chmod(0o644)
    with pytest.raises(BadValue, match="chmod 600"):
        kept_login(UCDP)


@pytest.mark.parametrize("text", ["", "[]", '{"server": 1}', "\x00"])
def test_a_damaged_login_is_told_without_its_text(text: str) -> None:
    path = keep_login(UCDP, Login("https://x.example", "t"))
    path.write_text(text, "utf-8")
    os.chmod(path, 0o600)  # noqa: PTH101
    with pytest.raises(BadValue, match="Log in again: incidentmap login ucdp"):
        kept_login(UCDP)


def test_name_and_password_bring_tokens(service: Service, wire: Wire) -> None:
    service.replies["/oauth/token"] = [ok(GRANTED)]
    login = acled_login(wire, service.address, "me@example.org", "pässword", 1_000.0)
    assert (login.token, login.refresh, login.until) == ("t-new", "r-new", 87_400.0)
    assert service.calls[0].form == {
        "grant_type": "password", "username": "me@example.org", "password": "pässword", "client_id": "acled",
    }


@pytest.mark.parametrize(("reply", "error"), [
    (Reply(b'{"error": "invalid_grant"}', status=400), FeedRefused), (Reply(status=401), FeedRefused), (ok([]), FeedUnreadable),
    (ok({}), FeedUnreadable), (Reply(b"{"), FeedUnreadable), (ok({**GRANTED, "access_token": "a\nb"}), FeedUnreadable),
    (ok({**GRANTED, "expires_in": "soon"}), FeedUnreadable), (ok({**GRANTED, "expires_in": -1}), FeedUnreadable),
])
def test_a_server_that_gives_no_token(service: Service, wire: Wire, reply: Reply, error: type[Exception]) -> None:
    service.replies["/oauth/token"] = [reply]
    with pytest.raises(error) as caught:
        acled_login(wire, service.address, "me", "s3cret", 0)
    assert "s3cret" not in str(caught.value)


def test_a_token_that_is_about_to_run_out_is_renewed_and_kept(service: Service, wire: Wire) -> None:
    service.replies["/oauth/token"] = [ok(GRANTED)]
    kept: list[Login] = []
    who = AcledTokens(Login(service.address, "t-old", "r-old", 1_000.0), kept.append, now=lambda: 600.0)
    assert who.headers(wire) == {"Authorization": "Bearer t-old"}
    assert not service.calls
    who.now = lambda: 701.0
    assert who.headers(wire) == {"Authorization": "Bearer t-new"}
    assert service.calls[0].form == {"grant_type": "refresh_token", "refresh_token": "r-old", "client_id": "acled"}
    assert [each.refresh for each in kept] == ["r-new"]
    assert "t-new" not in repr(who)


def test_a_login_goes_to_its_own_server_alone(service: Service, wire: Wire) -> None:
    feed = address.read_feed(f"{service.address}/api/acled/read")
    with pytest.raises(FeedRefused, match=f"no login for {service.address}. Log in: incidentmap login acled --server"):
        credentials(feed, wire)
    keep_login(ACLED, Login("https://acleddata.com", "t"))
    with pytest.raises(FeedRefused, match=r"only for https://acleddata\.com"):
        credentials(feed, wire)
    keep_login(ACLED, Login(service.address, "t"))
    assert credentials(feed, wire).headers(wire) == {"Authorization": "Bearer t"}
    assert not service.calls


def test_the_environment_goes_before_what_was_kept(service: Service, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    service.replies["/oauth/token"] = [ok(GRANTED)]
    monkeypatch.setenv(logins.ACLED_EMAIL, "me@example.org")
    monkeypatch.setenv(logins.ACLED_PASSWORD, "s3cret")
    monkeypatch.setenv(logins.UCDP_TOKEN, "u-token")
    acled, ucdp = (address.read_feed(service.address + path) for path in ("/api/acled/read", "/api/gedevents/25.1"))
    assert credentials(acled, wire).headers(wire) == {"Authorization": "Bearer t-new"}
    assert credentials(ucdp, wire).headers(wire) == {"x-ucdp-access-token": "u-token"}
    assert "u-token" not in repr(credentials(ucdp, wire))
    assert not login_file(ACLED).exists()
    gdelt = address.read_feed(f"{service.address}/gdeltv2/lastupdate.txt")
    assert credentials(gdelt, wire) == tokens.Nobody()


@pytest.mark.parametrize("text", ["", "a b", "a\nb", "é", "x" * 9_000])
def test_what_is_no_token(text: str) -> None:
    with pytest.raises(BadValue, match="not shown"):
        read_token(text)
