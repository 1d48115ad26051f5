"""Addresses that can be watched, and those that cannot."""

import pytest

from incidentmap.model import BadValue
from incidentmap.tables.feeds.address import EXAMPLES, Service, home, is_address, read_feed, read_server


@pytest.mark.parametrize("service", list(Service))
def test_the_examples_can_be_watched(service: Service) -> None:
    feed = read_feed(EXAMPLES[service])
    assert (feed.service, feed.address, feed.server) == (service, EXAMPLES[service], home(service))


@pytest.mark.parametrize(("text", "said"), [
    ("http://acleddata.com/api/acled/read", "begins with https"),
    ("http://data.gdeltproject.org/gdeltv2/lastupdate.txt", "storage.googleapis.com"),
    ("ftp://acleddata.com/api/acled/read", "begins with https"),
    ("file:///etc/passwd", "one of https"),
    ("https://me:s3cret@acleddata.com/api/acled/read", "without a login"),
    ("https://acleddata.com/api/acled/read?key=s3cret&email=me@example.org", "without a login"),
    ("https://acleddata.com/api/acled/read?Access_Token=s3cret", "without a login"),
    ("https://acleddata.com/api/acled/read?page=2", "without page"),
    ("https://acleddata.com/api/acled/read?timestamp=1&fields=notes", "without fields, timestamp"),
    ("https://acleddata.com/api/cast/read", "an address such as"),
    ("https://example.org/events.csv", "an address such as"),
    ("https://acleddata.com:port/api/acled/read", "one of https"),
    ("https://acleddata.com/api/acled/read#s3cret", "one of https"),
    ("https://acleddata.com/api/acled/read?country", "one of https"),
    ("https:///api/acled/read", "one of https"),
    ("https://acled data.com/api/acled/read", "one of https"),
])
def test_what_cannot_be_watched_is_told_without_its_secrets(text: str, said: str) -> None:
    assert is_address(text)
    with pytest.raises(BadValue, match=said) as caught:
        read_feed(text)
    assert "s3cret" not in str(caught.value)


def test_other_filters_are_another_feed() -> None:
    one, two = (read_feed(f"https://acleddata.com/api/acled/read?country={name}") for name in ("Mali", "Niger"))
    assert one.id != two.id
    assert one.query == (("country", "Mali"),)


@pytest.mark.parametrize("text", ["http://acleddata.com", "https://acleddata.com/x", "https://a:b@c", "acleddata.com", "https://"])
def test_a_server_is_scheme_and_host(text: str) -> None:
    with pytest.raises(BadValue, match="scheme and host alone"):
        read_server(text)


def test_a_folder_is_no_address() -> None:
    assert not is_address("C:/tables")
    assert not is_address("acled/read")
