"""The cleaner's parts: what the head says, the headline, wording, and hostile pages."""

from __future__ import annotations

import pytest

from index.cleaner import head, headlines, marks, wording, wrapping
from index.cleaner.clean import clean
from index.cleaner.tree import parse
from index.page import CleanPage, Form, Given, Head
from search.errors import BadPage
from search.model import Kind
from tests.factories import raw

FERRY = "Ferry stays in port"
STORY = "The harbour reopened on Monday after a storm, and the ferries ran again. "


def read(markup: str) -> Head:
    return head.read(parse(markup))


def test_meta_maps_each_name_to_its_first_content() -> None:
    said = read('<meta name="Author" content="A B"><meta name="author" content="C">')
    assert said.meta == {"author": "A B"}


@pytest.mark.parametrize(
    "link",
    [
        "<a href=/>Herald</a>",
        "<a href=/index.html>Herald</a>",
        "<a href=https://herald.example>Herald</a>",
        "<a rel=home href=/start>Herald</a>",
    ],
)
def test_the_link_to_the_front_names_the_site(link: str) -> None:
    assert read(f"<a href=/news/>News</a><a href=#top>Top</a>{link}").home == "Herald"


def test_json_ld_graphs_are_flattened() -> None:
    said = read(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
        '{"@type": "NewsArticle"}]}</script>'
    )
    assert [item["@type"] for item in said.jsonld] == ["WebSite", "NewsArticle"]


def test_json_ld_with_raw_line_breaks_and_trailing_commas_is_mended() -> None:
    said = read('<script type="application/ld+json">{"name": "a\nb",}</script>')
    assert said.jsonld[0]["name"] in ("a\nb", "a b")


def test_json_ld_escaped_like_an_attribute_is_read() -> None:
    said = read(
        '<script type="application/ld+json">{&quot;name&quot;: &quot;a&quot;}</script>'
    )
    assert said.jsonld[0]["name"] == "a"


def test_json_ld_may_stand_in_a_meta_element() -> None:
    said = read("""<meta name="script:ld+json" content='{"name": "a"}'>""")
    assert said.jsonld == ({"name": "a"},)


@pytest.mark.parametrize(
    "byline",
    [
        "<p class=article__author>Ida Holm</p>",
        "<p class=authorName>Ida Holm</p>",
        "<a rel=author href=/x>Ida Holm</a>",
        "<a href='https://skerry.example/people/ida-holm/'>Ida Holm</a>",
        "<span itemprop=author>Ida Holm</span>",
        "<span data-testid=byline>Ida Holm</span>",
    ],
)
@pytest.mark.parametrize(
    "other",
    [
        "<ul class=related><li><p class=author>Bo Lund</p></ul>",
        "<section class=comments><b class=author>Bo Lund</b></section>",
        "<div><b class=author>Bo Lund</b> says:</div>",
    ],
)
def test_the_article_s_own_byline_comes_first(byline: str, other: str) -> None:
    said = read(f"{other}<article><h1>Ferry</h1>{byline}</article>{other}")
    assert said.bylines[0] == "Ida Holm"


def test_broken_json_ld_is_left_out() -> None:
    assert read('<script type="application/ld+json">{"name": </script>').jsonld == ()


def test_a_picture_s_title_is_not_the_page_s() -> None:
    said = read("<body><svg><title>Logo</title></svg><p>x</p></body>")
    assert said.title is None


def test_canonical_language_times_and_byline_are_read() -> None:
    said = read(
        '<html lang="da"><link rel="canonical" href="https://a.example/b">'
        '<time datetime="2019-03-04">4 March</time><p class="byline">By Ida Holm</p>'
    )
    assert (said.canonical, said.lang, said.times, said.bylines) == (
        "https://a.example/b",
        "da",
        ("2019-03-04",),
        ("By Ida Holm",),
    )


@pytest.mark.parametrize(
    "before",
    [
        "<div class=today><time datetime=2026-01-01></time></div>",
        "<aside><time datetime=2026-01-01 class=published></time></aside>",
        "<ul class=most-read><li><time datetime=2026-01-01></time></ul>",
        "<h1>Ferry</h1><ul class=related><li><time datetime=2026-01-01></time></ul>",
    ],
)
@pytest.mark.parametrize(
    "own",
    [
        "<h1>Ferry</h1><p><time datetime=2019-03-04></time>",
        "<article><time datetime=2019-03-04></time><h1>Ferry</h1></article>",
        (
            "<p><time itemprop=dateModified datetime=2020-01-01></time>"
            "<time itemprop=datePublished datetime=2019-03-04></time>"
        ),
    ],
)
def test_the_article_s_own_time_comes_first(before: str, own: str) -> None:
    assert read(before + own).times[0] == "2019-03-04"


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        (Head(title=f"{FERRY} | Skerry Herald"), FERRY),
        (Head(title=f"{FERRY} - News - Skerry Herald", h1=FERRY), FERRY),
        (Head(h1="Skerry Herald", meta={"og:title": FERRY}), FERRY),
        (Head(jsonld=({"@type": ["NewsArticle"], "headline": FERRY},)), FERRY),
        (
            Head(h1="Skerry ferry stays for good", title="Why the ferry stays"),
            "Skerry ferry stays for good",
        ),
        (Head(h1=f"Islands | {FERRY}", meta={"og:title": FERRY}), FERRY),
        (Head(h1=f"{FERRY} | Opinion", title=f"{FERRY} | Opinion"), FERRY),
        (Head(h1=f"4 March 2019 {FERRY}", meta={"og:title": FERRY}), FERRY),
        (Head(h1=f"The {FERRY}", meta={"og:title": FERRY}), f"The {FERRY}"),
        (Head(h1=f"{FERRY} Posted by Ida", meta={"og:title": FERRY}), FERRY),
        (Head(h1=f"{FERRY} (skerry.example) 87", meta={"og:title": FERRY}), FERRY),
        (Head(h1=FERRY.upper(), meta={"og:title": f"Why {FERRY}"}), f"Why {FERRY}"),
        (Head(h1=FERRY, meta={"og:title": f"{FERRY} in 2019"}), f"{FERRY} in 2019"),
        (Head(h1=FERRY, meta={"og:title": f"7 {FERRY}"}), f"7 {FERRY}"),
        (Head(h1=FERRY, meta={"og:title": f"7 more {FERRY}"}), FERRY),
        (Head(h1="Ferry & Bus", meta={"og:title": FERRY}), FERRY),
        (Head(title=f"skerry.example {FERRY}", home="skerry.example"), FERRY),
        (Head(h1="Weather", meta={"og:title": FERRY}), FERRY),
        (Head(), None),
        (Head(title="Skerry Herald", meta={"og:site_name": "Skerry Herald"}), None),
        (Head(title="Skerry Herald", h1="Skerry Herald", home="Skerry Herald"), None),
        (Head(title="Skerry Herald", h1=FERRY, home="Skerry Herald"), FERRY),
    ],
)
def test_the_headline_is_what_the_page_s_parts_agree_on(
    said: Head, headline: str | None
) -> None:
    assert headlines.headline(said) == headline


def test_a_heading_above_the_story_that_the_title_repeats_is_the_headline() -> None:
    said = Head(title=f"{FERRY} | Herald", h1="Where the ferry of Skerry goes")
    assert headlines.headline(said, above=("Timetable", FERRY)) == FERRY


def test_a_name_cut_short_gives_way_to_the_heading_above_the_story() -> None:
    cut = {"@type": "NewsArticle", "headline": FERRY[:-3]}
    said = Head(title=f"{FERRY} | Herald", jsonld=(cut,))
    assert headlines.headline(said, above=(FERRY,)) == FERRY


def test_of_several_h1_the_one_that_the_head_tells_is_taken() -> None:
    markup = f"<title>{FERRY} | Herald</title><h1>All of Skerry</h1><h1>{FERRY}</h1>"
    assert read(markup).h1 == FERRY


def titled(name: str, body: str, *, head: str = "") -> CleanPage:
    """Return a cleaned page with a title element."""
    return clean(raw(f"<head><title>{name}</title>{head}</head><body>{body}</body>"))


@pytest.mark.parametrize("name", ["The Skerry Herald", "Skerry Herald - Home"])
@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{FERRY}</h1><p>{STORY * 3}</p></article>",
        f"<div><h1>{FERRY}</h1></div><div class=article-body><p>{STORY * 3}</p></div>",
    ],
)
def test_an_h1_is_the_headline_where_the_title_is_the_site_s_name(
    name: str, body: str
) -> None:
    assert titled(name, body).title == FERRY


@pytest.mark.parametrize(
    "head", ["", '<meta property="og:site_name" content="Herald">']
)
@pytest.mark.parametrize("masthead", ["", "<h1><a href=/>Herald</a></h1>"])
@pytest.mark.parametrize(
    "body",
    [
        f"<div><h2>{FERRY}</h2></div><div class=article-body><p>{STORY * 3}</p></div>",
        f"<div><h2>{FERRY}</h2></div><main><p>{STORY * 3}</p><h2>Ferries to come</h2>",
    ],
)
def test_a_second_heading_is_the_headline_where_all_others_name_the_site(
    head: str, masthead: str, body: str
) -> None:
    assert titled("Herald", masthead + body, head=head).title == FERRY


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 class=subtitle>Harbour reopened after a storm</h2>",
        "<nav><h2>Storm harbour ferries</h2></nav>",
        "<h2><a href=/x>Storm in the harbour again</a></h2>",
        "<h2>Sign up to our newsletter</h2>",
        "<h2>News</h2>",
    ],
)
def test_no_other_heading_takes_the_place_of_a_title(heading: str) -> None:
    name = "Boats sail once more"
    assert titled(name, f"{heading}<article><p>{STORY * 3}").title == name


def test_a_short_word_in_both_makes_no_headline_of_a_site_s_name() -> None:
    body = f"<header><h1>Ferries in the harbour</h1></header><p>{STORY * 3}</p>"
    assert titled("The Skerry Herald", body).title == "Ferries in the harbour"


def test_a_site_s_name_repeated_for_sharing_is_no_headline() -> None:
    name = "The Skerry Herald"
    head = f'<meta property="og:title" content="{name}">'
    body = f"<article><h1>{FERRY}</h1><p>{STORY * 3}</p></article>"
    assert titled(name, body, head=head).title == FERRY


@pytest.mark.parametrize(
    "masthead",
    [
        "<header><h1>The Skerry Herald</h1></header>",
        "<header><a href=/><h1>Old and new from Skerry</h1></a></header>",
        "<h1>News</h1>",
    ],
)
def test_a_title_that_tells_of_the_story_is_its_headline(masthead: str) -> None:
    name = "Ferries after a storm"
    assert titled(name, f"{masthead}<article><p>{STORY * 3}").title == name


def test_a_heading_the_headline_does_not_repeat_is_kept() -> None:
    story = f"<p>{STORY * 3}</p>"
    body = f"<article><h1>{FERRY}</h1>{story}<h1>What next</h1>{story}</article>"
    kept = titled(FERRY, body).text
    assert "What next" in kept
    assert FERRY not in kept


def test_an_h1_that_is_not_the_chosen_headline_stays_in_the_text() -> None:
    body = f"<article><h1>{FERRY}</h1><p>{STORY * 3}</p></article>"
    page = titled("Ferries after a storm", body)
    assert FERRY in (page.title or "", *page.text.split("\n\n"))


@pytest.mark.parametrize(
    "text",
    [
        "Residents can sign up for flood alerts at the town hall, the mayor said.",
        "The firm changed its privacy policy on Monday, its spokeswoman said.",
        "The motion was carried by the ruling coalition (greens and liberals).",
        "Kick-off is at 19:30",
        "John 3:16",
        "What do you think of the new bridge?",
        "These cookies are baked twice, said the owner of the shop on Pier Street.",
        "Information for this article was contributed by Ida Holm of the news agency.",
        "By land and sea",
        "Write to ada.roe@herald.example by Monday.",
        "By March 2019",
        "By Monday 10 May 2021",
        "The harbour office keeps a guest book, and Ada wrote: We have rope.",
        "The minister spoke to the AP",
        "Follow the rules on claims",
        "Follow these steps to the pier",
        "Share the road with cyclists",
        "Share one boat between two crews",
        "2019",
    ],
)
def test_ordinary_lines_are_not_taken_for_chrome(text: str) -> None:
    assert wording.rule_of(text) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("READ MORE: Fares rise again", "read-more"),
        ("Lesen Sie auch: Fähre bleibt im Hafen", "read-more"),
        ("(Image credit: Ida Holm/Getty Images)", "credit"),
        ("A boat leaves the pier. (Ida Holm via Associated Press)", "caption"),
        ("B Section on 03/05/2019", "section-stamp"),
        ("Published: 4 March 2019 10:32 GMT", "timestamp"),
        ("12 Comments", "comments"),
        ("https://cdn.example/a/b.jpg", "bare-url"),
        ("ada.roe@herald.example", "byline"),
        ("Like this story? Share it with a friend!", "read-more"),
        ("Enjoyed this piece? We need your help.", "read-more"),
        ("© 2019 Skerry Herald. All rights reserved.", "copyright"),
        ("Share on Facebook", "label"),
        ("Les plus lus", "label"),
        ("Lo más leído", "label"),
        ("5 min read", "counter"),
        ("By Ida Holm, Skerry Herald", "byline"),
        ("By O. Holm", "byline"),
        ("Ida Holm | Aug. 6, 2018", "byline"),
        ("From wire reports | Sept. 18, 2018", "byline"),
        ("Von Ida Holm 15. Oktober 2018, 17:13 Uhr", "byline"),
        ("You are here: Home > Harbour", "breadcrumb"),
        ("Accueil » Ports", "breadcrumb"),
        ("Guest book Ben in Troon wrote: We have rope.", "comments"),
        ("A boat leaves the pier. Herald photo by Ida Holm", "caption"),
        ("A boat leaves the pier. Herald file photo", "caption"),
        ("A boat leaves the pier. AP", "caption"),
    ],
)
def test_chrome_is_named_by_its_wording(text: str, rule: str) -> None:
    assert wording.rule_of(text) == rule


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("article__related-links", "related"),
        ("lire-aussi", "related"),
        ("noticias-relacionadas", "related"),
        ("mehrZumThema", "related"),
        ("infolettre", "newsletter"),
        ("fil-ariane", "navigation"),
        ("nota-volanta", "meta"),
        ("nota-firma", "byline"),
        ("fecha", "timestamp"),
        ("texte", None),
        ("cuerpo-nota", None),
    ],
)
def test_classes_are_read_in_several_languages(label: str, rule: str | None) -> None:
    assert marks.rule_of("div", "", label) == rule


@pytest.mark.parametrize("method", ["row", "sidecar", "manifest"])
def test_a_given_title_is_the_headline_and_the_page_s_stays_in_the_text(
    method: str,
) -> None:
    markup = f"<title>{FERRY}</title><article><h1>{FERRY}</h1><p>{STORY * 3}</p>"
    page = clean(raw(markup, given=(Given(method, title="A storm at sea"),)))
    assert (page.title, page.text.split("\n\n")[0]) == ("A storm at sea", FERRY)


def test_a_dump_s_given_title_is_its_headline_and_no_line_is_lost() -> None:
    given = (Given("row", title="Ferries stay in port"),)
    page = clean(raw(f"A storm at sea\n\n{STORY * 2}", Form.TEXT, given=given))
    assert (page.title, page.text.split("\n\n")[0]) == (
        "Ferries stay in port",
        "A storm at sea",
    )


def test_a_headline_in_markdown_is_shown_without_its_mark() -> None:
    page = clean(raw(f"# Ferries stay in port\n\n{STORY * 2}", Form.TEXT))
    assert page.title == "Ferries stay in port"


def test_a_first_line_without_its_dateline_is_joined_to_the_second() -> None:
    lines = [
        "The ferry was said by Captain",
        "Moe to have left before the storm, with all of its passengers",
        "and most of the mail that had been waiting there since Monday.",
        "    It came back in the evening with a broken rudder and half of",
        "the mail, which had got wet.",
    ]
    first, second = wrapping.paragraphs(lines)
    assert first.startswith("The ferry was said by Captain Moe to have left")
    assert second.startswith("It came back")


def test_unwrapped_lines_stay_paragraphs() -> None:
    lines = ["A first sentence that is quite long enough to be one of its own.", "B."]
    assert wrapping.paragraphs(lines) == lines


def test_no_text_at_all_is_a_bad_page() -> None:
    with pytest.raises(BadPage):
        clean(raw("<html><body><script>var a</script></body></html>"))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('{"title": "Ferry", "body": "The ferry.", "tags": ["port", "sea"]}', "code"),
        ("<p>" + "&" * 100_000, "symbol"),
        ("<p>" + "(" * 50_000 + "/" * 50_000, "symbol"),
        ("<noscript>Use another browser</noscript>", "noscript"),
    ],
    ids=("json", "amps", "brackets", "noscript"),
)
def test_a_page_of_which_nothing_is_kept_is_bad_and_says_why(
    content: str, rule: str
) -> None:
    with pytest.raises(BadPage, match=f"only: {rule}"):
        clean(raw(content))


@pytest.mark.parametrize("name", ["article", "main", "section"])
def test_a_page_may_leave_out_its_body_element(name: str) -> None:
    page = clean(raw(f"<title>{FERRY}</title><{name}><p>{STORY}</p></{name}>"))
    assert page.text == STORY.strip()


def test_a_dump_of_which_nothing_would_be_kept_is_kept() -> None:
    assert clean(raw("Related stories:", Form.TEXT)).text == "Related stories:"


def test_a_page_that_is_all_headline_is_an_article() -> None:
    page = clean(raw(f"<title>{FERRY}</title><h1>{FERRY}</h1>"))
    assert (page.kind, page.title, page.text) == (Kind.ARTICLE, FERRY, "")


@pytest.mark.parametrize(
    "around",
    [
        "<div class=related>{}</div>",
        "<nav>{}</nav>",
        "<div style='display:none'>{}</div>",
        "<aside><div class=menu>{}</div></aside>",
    ],
)
def test_a_story_is_read_where_the_page_has_no_other(around: str) -> None:
    story = "".join(f"<p>{number}. {STORY * 2}</p>" for number in range(10))
    page = clean(raw(f"<title>{FERRY}</title><body>{around.format(story)}"))
    assert page.text.count("The harbour reopened") == 20


def test_running_text_is_read_where_nothing_else_is_left() -> None:
    brief = f"<aside><div class=comments>{STORY}</div><p>{STORY}</p></aside>"
    assert clean(raw(f"<title>{FERRY}</title>{brief}")).text == STORY.strip()


def test_words_are_never_changed_by_repairs() -> None:
    page = clean(raw("caf\u00e9 co\u00adop\u00a0 &amp;amp; R&D", Form.CLEAN))
    assert page.text == "café coop &amp; R&D"


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 30_000 + STORY * 3,
        "<p>" + "<b>x" * 5_000,
        f"<p title='{'x' * 700_000}'>{STORY}</p>",
        "<!" * 50_000 + "<p>" + STORY,
        "<p>" + " " * 200_000 + STORY,
        "<ul>" + "<li><a href=x>y</a>" * 5_000,
    ],
    ids=("deep", "open", "attribute", "bangs", "blanks", "links"),
)
def test_floods_and_depth_do_not_crash(content: str) -> None:
    assert clean(raw(content)).blocks


HEADS = ("Ferry stays in port", "Gull takes a seat", "Mayor opens the same door")
TEASER = "The harbour office said on Monday that nobody could say what it would cost."


def kind(*parts: str, head: str = "") -> Kind:
    """Return the kind of a page of these parts under a menu."""
    menu = "<nav><a href=/a>News</a> <a href=/b>Fish</a></nav>"
    return clean(raw(f"<head>{head}</head><body>{menu}{''.join(parts)}")).kind


def linked(name: str) -> str:
    return f"<h2><a href=/{len(name)}>{name}</a></h2>"


def test_a_few_links_below_a_section_s_name_are_a_listing() -> None:
    items = (f"<li><a href=/{n}>{name}</a>" for n, name in enumerate(HEADS))
    assert kind("<h1>Harbour</h1><ul>", *items) is Kind.LISTING


def test_teasers_below_linked_headlines_are_a_listing() -> None:
    parts = (f"{linked(name)}<p>{TEASER}</p>" for name in HEADS)
    assert kind("<h1>Harbour</h1>", *parts) is Kind.LISTING


@pytest.mark.parametrize(
    "item",
    [
        "<li><a href=/{n}>{name}</a><span>{teaser}</span></li>",
        "<li><a href=/{n}><b>{name}</b></a> {teaser}</li>",
        "<p><a href=/{n}>{name}</a><br>{teaser}</p>",
    ],
)
def test_teasers_behind_linked_headlines_are_a_listing(item: str) -> None:
    parts = (item.format(n=n, name=h, teaser=TEASER) for n, h in enumerate(HEADS))
    assert kind("<h1>Harbour</h1><ul>", *parts) is Kind.LISTING


def test_sentences_that_begin_with_a_link_are_an_article() -> None:
    item = "<li><a href=/{n}>The {name} ferry firm</a> said on Monday that it sails."
    parts = (item.format(n=n, name=name) for n, name in enumerate(HEADS))
    assert kind(f"<h1>{FERRY}</h1><ul>", *parts) is Kind.ARTICLE


def test_a_brief_story_above_linked_headlines_is_an_article() -> None:
    story = f"<p>{TEASER}</p><p>{TEASER}</p>"
    assert kind(f"<h1>{FERRY}</h1>", story, *map(linked, HEADS)) is Kind.ARTICLE


def test_a_page_that_calls_itself_an_article_is_one() -> None:
    parts = (f"{linked(name)}<p>{TEASER}</p>" for name in HEADS)
    said = '<meta property="og:type" content="article">'
    assert kind(*parts, head=said) is Kind.ARTICLE


def test_a_picture_with_a_headline_is_an_article_whatever_it_links_to() -> None:
    assert kind(f"<h1>{FERRY} again</h1>", *map(linked, HEADS)) is Kind.ARTICLE


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<span>By Ada Roe</span><span>Monday</span>", "By Ada Roe Monday"),
        ("<span>By AFP</span><span><time>Tuesday</time></span>", "By AFP Tuesday"),
        ("<time>8 May 2018</time><span>3 min read</span>", "8 May 2018 3 min read"),
        ("<span>T</span><span>he quay</span>", "The quay"),
        ("<span>The</span>se are quays", "These are quays"),
        ("<span>har</span><span>bour</span>", "harbour"),
        ("<b>Mc</b><i>Adam</i> ran", "McAdam ran"),
    ],
)
def test_spans_set_apart_have_a_space_between(markup: str, text: str) -> None:
    (block,) = clean(raw(f"<div>{markup}</div>")).blocks
    assert block.text == text


@pytest.mark.parametrize(
    "headline", ["404 dead as ferry sinks", "Fahrenheit 451 returns to the stage"]
)
def test_a_number_in_a_headline_makes_no_error_of_a_short_report(headline: str) -> None:
    body = (
        "<p>The harbour office said so on Monday, after a night in which nobody in the"
        " old town slept, and the mayor repeated it at noon from the steps.</p>"
        "<p>Families were asked to come to the school on the hill, where lists of names"
        " were read out every hour until the evening, and again in the morning.</p>"
    )
    page = (
        f"<html><head><title>{headline}</title></head><body><article>"
        f"<h1>{headline}</h1>{body}</article></body></html>"
    )
    assert clean(raw(page)).kind is Kind.ARTICLE


def test_a_second_article_element_with_a_headline_of_its_own_is_appended() -> None:
    told = "The ferry ran aground off the point early on Monday, the coastguard said. "
    other = "The roof of the town hall will be mended this spring, the council decided."
    page = (
        f"<html><body><article><h1>Ferry runs aground</h1><p>{told * 2}</p>"
        f"<p>{told}</p></article><article><h1>Town hall roof mended</h1>"
        f"<p>{other}</p></article></body></html>"
    )
    assert other not in clean(raw(page)).text
