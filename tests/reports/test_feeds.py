import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import PartialDate, Report, UnreadableReport, reason
from incidentmap.reports.feeds import Entry, NoFeed, read_feed
from incidentmap.reports.files import read_report_file, read_reports_file

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Radio du Fleuve</title><link>https://example.org</link>
<item><title>Mali : un camp attaqué</title><link>https://example.org/1</link><media:title>Photo</media:title>
<pubDate>Sat, 25 Nov 2023 23:30:00 +0000</pubDate><description>Résumé.</description>
<content:encoded><![CDATA[
<p>Des hommes armés ont attaqué <b>Niafunké</b> vendredi, et brûlé une partie du camp.</p>
<p>Selon une source locale, une dizaine de soldats ont été tués, sans autre bilan pour le moment.
Des renforts sont partis de Tombouctou.</p><div class="share">Partager</div>
<script>x()</script>]]></content:encoded></item>
<item><title>Gao &amp;amp; Kidal</title><guid>https://example.org/2</guid><pubDate>hier</pubDate>
<description>&lt;p&gt;Trois morts&lt;/p&gt;</description><source url="https://example.com">Agence</source></item>
</channel></rss>"""
STORY = (
    "Des hommes armés ont attaqué Niafunké vendredi, et brûlé une partie du camp.\n\nSelon une source locale, une dizaine de "
    "soldats ont été tués, sans autre bilan pour le moment. Des renforts sont partis de Tombouctou."
)
LINKS = "".join(f'<p><a href="/{number}">Niger : trois soldats tués dans une embuscade au nord</a></p>' for number in range(5))
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Écho</title>
<entry><title type="html">Mali &lt;i&gt;ce soir&lt;/i&gt;</title><link rel="edit" href="https://example.org/e"/>
<link href="https://example.org/a"/><id>urn:1</id>
<updated>2023-11-26T00:00:00Z</updated><published>2023-11-25T23:00:00-05:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Un <b>camp</b> &lt;attaqué&gt;.</p><p>Fin.</p></div></content></entry>
<entry><title>Deux</title><summary type="text">3 &lt; 5 morts</summary><link href="javascript:alert(1)"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Vieux</title></channel>
<item><title>Un</title><link>https://example.org/1</link><dc:date>2003-11-25</dc:date><description>Texte.</description></item></rdf:RDF>"""


@pytest.mark.parametrize(("feed", "entries"), [
    (RSS, (
        Entry("Mali : un camp attaqué", f"Mali : un camp attaqué\n\n{STORY}", "https://example.org/1", "Radio du Fleuve",
              "2023-11-25"),
        Entry("Gao & Kidal", "Gao & Kidal\n\nTrois morts", "https://example.org/2", "Agence", ""),
    )),
    (ATOM, (
        Entry("Mali ce soir", "Mali ce soir\n\nUn camp <attaqué>.\n\nFin.", "https://example.org/a", "Écho", "2023-11-25"),
        Entry("Deux", "Deux\n\n3 < 5 morts", "", "Écho", ""),
    )),
    (RDF, (Entry("Un", "Un\n\nTexte.", "https://example.org/1", "Vieux", "2003-11-25"),)),
], ids=["rss", "atom", "rdf"])
def test_an_entry_is_what_a_feed_says_of_a_report(feed: str, entries: tuple[Entry, ...]) -> None:
    assert read_feed(feed.encode()) == entries
    assert read_feed(("\n" + feed).encode("utf-8-sig")) == entries
    assert read_feed(feed.encode("utf-16")) == entries


def test_a_feed_may_be_written_in_what_it_declares_or_not() -> None:
    old = RSS.replace("UTF-8", "ISO-8859-1")
    assert read_feed(old.encode("latin-1")) == read_feed(RSS.encode()) == read_feed(old.encode("utf-8"))


ITEM = "<rss><channel><item><title>&a;</title></item></channel></rss>"
BOMB = f'<!DOCTYPE r [<!ENTITY b "bbbbbbbbbb"><!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>{ITEM}'
FILE = f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>{ITEM}'


@pytest.mark.parametrize(("feed", "message"), [
    (BOMB, "document type"),
    (FILE, "document type"),
    ('<!DOCTYPE rss SYSTEM "http://example.org/rss.dtd"><rss/>', "document type"),
    ("<rss><channel><item><title>&nbsp;</title></item></channel></rss>", "no well-formed XML"),
    ("<rss><channel><item>", "no well-formed XML"),
    ("Bonjour", "no well-formed XML"),
    ("<html><body/></html>", r"no RSS or Atom feed \(it begins with <html>\)"),
    ("<rss><channel><title>Vide</title></channel></rss>", "holds no entry"),
    ("<rss>" * 2000, "nested deeper than 100"),
])
def test_what_is_no_feed_or_hides_harm_is_refused(feed: str, message: str) -> None:
    with pytest.raises(NoFeed, match=message):
        read_feed(feed.encode())


@given(st.binary(max_size=300) | st.text(alphabet='<>/rsitemchanl&;" ="!?-', max_size=200).map(str.encode))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        read_feed(data)
    except NoFeed as error:
        assert str(error)  # noqa: PT017 (what else is raised is the failure)


def test_a_feed_file_is_several_reports(tmp_path: Path) -> None:
    path = tmp_path / "feed.XML"
    path.write_text(RSS.replace("</channel>", "<item><link>https://example.org/3</link></item></channel>"), "utf-8")
    first, second, third = read_reports_file(path)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.source, first.url, first.language) == (
        "Mali : un camp attaqué", "Radio du Fleuve", "https://example.org/1", "fr",
    )
    assert first.published == PartialDate.day(date(2023, 11, 25))
    assert first.id != second.id
    assert first.sha256 == second.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert isinstance(third, UnreadableReport)
    assert "feed.XML, entry 3: there is no text in it" in str(third)
    assert read_report_file(path) == first


def test_an_entry_of_which_no_article_can_be_told_says_so(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(f"<rss><item><title>Liens</title><description><![CDATA[{LINKS}]]></description></item></rss>", "utf-8")
    report = read_report_file(path)
    assert report.text.count("trois soldats tués") == 5
    assert report.notes == (reason("page_kept_whole"),)


def test_a_broken_feed_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_text("<rss>", "utf-8")
    with pytest.raises(UnreadableReport, match=r"feed\.rss: this is no well-formed XML"):
        read_reports_file(path)
