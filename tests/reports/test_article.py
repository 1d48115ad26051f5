"""Pages as news sites save them: what is kept is the article, and where nobody can tell, everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.reports.article import LONGEST, MOST_TAGS
from incidentmap.reports.markup import read_page

FIRST = "Des hommes armés venus à moto ont attaqué vendredi 24 novembre 2023 le camp militaire de Niafunké, dans le nord."
SECOND = "Selon une source locale, une dizaine de soldats ont été tués ; l'armée n'a pas donné de bilan dans l'immédiat."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p>"
TOLD = f"{FIRST}\n\n{SECOND}"
RELATED = "<ul><li><a href='/1'>Burkina : quarante morts</a></li><li><a href='/2'>Niger : trois soldats tués</a></li></ul>"
COOKIES = '<div class="cookie-banner"><p>Nous utilisons des cookies pour l’audience. Kidal. Gao.</p><b>Accepter</b></div>'
SHARE = '<div class="social-share"><span>Partager sur un réseau</span></div>'
COMMENTS = '<section id="comments"><h3>2 commentaires</h3><p>Moi je dis qu’il y a eu 300 morts à Goundam.</p></section>'


@pytest.mark.parametrize(("body", "text"), [
    (f"{COOKIES}<article>{STORY}</article>{COMMENTS}", TOLD),
    (f"<h1>Mali : attaque</h1><div>menu</div><article>{STORY}{SHARE}</article>{RELATED}", f"Mali : attaque\n\n{TOLD}"),
    (f"<div>Rubriques</div><main>{STORY}</main><div>À la une : Djibo, quarante morts</div>", TOLD),
    (f"<div role='main'>{STORY}</div><p>Tout savoir sur Djibo</p>", f"{TOLD}\n\nTout savoir sur Djibo"),
    (f"<main>Chapeau<div itemprop='articleBody'>{STORY}</div>Tags : Djibo</main>", TOLD),
    (f"<article>{STORY}<p>À lire aussi : <a href='/x'>Burkina Faso, quarante morts à Djibo</a></p></article>", TOLD),
    (f"<article>{STORY}<div class='related-posts'><p>Djibo : quarante morts hier.</p></div></article>", TOLD),
    (f"<article>{STORY}<p aria-hidden='true'>Djibo</p><p style='display: none'>Djibo</p><p hidden>Djibo</p></article>", TOLD),
    (f"<article>{STORY}</article><article><p>Burkina : quarante morts.</p></article>", f"{TOLD}\n\nBurkina : quarante morts."),
    (f"<article>{STORY}<p class='share'>Partager<p>Fin du texte.</article>", f"{TOLD}\n\nFin du texte."),
    (f"<body class='has-sidebar tag-menu'><div class='post category-social'>{STORY}</div></body>", TOLD),
    (f"{STORY}{COOKIES}{SHARE}{RELATED}{COMMENTS}", TOLD),
], ids=["article", "h1-outside", "main", "role", "itemprop", "read-also", "related", "hidden", "teaser", "unclosed-p",
        "about-the-page", "no-container"])
def test_the_article_is_read_and_what_cannot_be_told_from_it(body: str, text: str) -> None:
    page = read_page(f"<html>{body}</html>")
    assert (page.text, page.whole) == (text, False)


@pytest.mark.parametrize(("body", "text"), [
    ("<table><tr><td><a href=1>Accueil</a></td></tr><tr><td>{0}<br><br>{1}</td><td>Annonces</td></tr></table>", "{0}\n\n{1}"),
    ("<article><div>{0}</div><div>{1}</div></article>", "{0}\n{1}"),
    ("<article><p>{0}<h2>Bilan</h2><ul><li>{1}</li><li>Aucun bilan à Dabi, selon la mairie.</li></ul></article>",
     "{0}\n\nBilan\n\n{1}\nAucun bilan à Dabi, selon la mairie."),
    ("<article><p>{0}</p><table><tr><td>Gao</td><td>17</td></tr><tr><td>Kidal</td><td>8</td></tr></table><p>{1}</p></article>",
     "{0}\n\nGao 17\nKidal 8\n\n{1}"),
], ids=["old-tables", "divs", "list", "rows"])
def test_lines_break_where_the_page_breaks_them(body: str, text: str) -> None:
    read = read_page(body.format(FIRST, SECOND)).text
    assert read.startswith(text.format(FIRST, SECOND))


@pytest.mark.parametrize(("body", "whole"), [
    (f"<article>{STORY}</article>", False),
    (f"<article>{STORY}</article>{COMMENTS}", False),
    ("<p>Trois morts à Gao.</p>", False),
    ("".join(f"<p><a href='/{number}'>{FIRST}</a></p>" for number in range(5)), True),
    ("<div>" * 400 + STORY, True),
    (f"<article>{STORY}</article>" + "<b></b>" * MOST_TAGS, True),
    (f"<article>{STORY}</article><pre>{'x' * LONGEST}</pre>", True),
], ids=["article", "comments", "short", "only-links", "deep", "many-tags", "long"])
def test_a_page_kept_whole_says_so_and_loses_nothing(body: str, whole: bool) -> None:
    page = read_page(f"<html><body>{body}</body></html>")
    assert page.whole is whole
    assert not whole or FIRST in page.text


@pytest.mark.parametrize(("body", "text"), [
    ("<div class='cookie'>Nous utilisons des cookies.</div>", "Nous utilisons des cookies."),
    (f"<div class='comment'>{STORY}", TOLD),
    ("<article><p>Trois morts.</p></article><p>À Gao.</p>", "Trois morts.\n\nÀ Gao."),
    ("<p><a href='/1'>Trois morts à Gao</a></p><p><a href='/2'>À Kidal</a></p>", "Trois morts à Gao\n\nÀ Kidal"),
    ("<p>Trois morts <a href='/gao'>à Gao</a>.</p>", "Trois morts à Gao."),
    ("<h1><a href='/'>Trois morts à Gao</a></h1><p>Hier.</p>", "Trois morts à Gao\n\nHier."),
], ids=["only-noise", "unclosed-noise", "short-article", "only-links", "link-in-prose", "headline-link"])
def test_where_nobody_can_tell_everything_is_read(body: str, text: str) -> None:
    assert read_page(body).text == text


def test_two_articles_of_one_size_are_both_read() -> None:
    assert read_page(f"<article>{STORY}</article><div>menu</div><article>{STORY}</article>").text == f"{TOLD}\n\n{TOLD}"


@pytest.mark.parametrize("head", [
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2023-11-25T08:00:00+01:00"}</script>',
    '<meta property="article:published_time" content="2023-11-25T10:00:00Z">',
    '<meta itemprop="datePublished" content="2023-11-25">',
    '<time itemprop="datePublished" datetime="2023-11-25T10:00">samedi</time>',
])
def test_a_page_tells_its_day_in_several_ways(head: str) -> None:
    assert read_page(f"{head}{STORY}").published.startswith("2023-11-25")


@pytest.mark.parametrize("piece", ["<article>", "<div class='share'>", "<a href='x'>", "<li>", "</div>", "<p hidden>", "<h1>"])
def test_deep_or_unclosed_structure_is_read_once(piece: str) -> None:
    assert "fin du texte" in read_page(piece * 50_000 + "<p>fin du texte</p>").text


MARKS = ("<p>", "</p>", "<a href=x>", "</a>", "<article>", "</article>", "<div class=share>", "</div>", "<!", "<![", "<li",
         "&#", "<main>", "Texte ", "<h1>", "<nav>", "</nav>")


@given(st.lists(st.sampled_from(MARKS) | st.text(max_size=5), max_size=30))
def test_no_markup_raises_and_words_do_not_appear_from_nowhere(pieces: list[str]) -> None:
    markup = "".join(pieces)
    assert read_page(markup).text.count("Texte") <= markup.count("Texte")
