"""Which pages are errors and walls, and which reports only sound like one."""

from __future__ import annotations

import pytest

from index.cleaner.clean import clean
from index.page import Form
from search.model import Kind
from tests.factories import raw

REPORTS = {
    "Access denied to port workers": (
        "The gates of the container port stayed shut on Monday, and some forty crane"
        " drivers were sent home for the second day, their union said."
    ),
    "404 homes flooded": (
        "Water rose to the window sills of the lower town before dawn, and by noon the"
        " fire brigade had counted 404 houses that cannot be lived in."
    ),
    "Page not found: museum's lost Quran leaf": (
        "A leaf cut from a ninth-century manuscript is still missing, the museum said,"
        " and the dealer who had offered it was not found at his address."
    ),
    "Are you a robot? Factory asks": (
        "Workers on the night shift of a bicycle factory have been asked to prove each"
        " morning that they have slept, the works council said on Tuesday."
    ),
    "Subscribe or leave, club tells fans": (
        "The football club wants every member to pay for the season in advance, a"
        " letter seen on Friday says, or to give up the seat on the old stand."
    ),
    "Forbidden fruit returns to the market": (
        "Growers may sell the durian inside the covered market again, fourteen years"
        " after the smell drove the fishmongers to court."
    ),
    "Sorry, no page two: paper prints a blank": (
        "Readers of the island's only daily opened it on Thursday to find nothing"
        " behind the front, as the printers went on strike at midnight."
    ),
    "Oops! Minister reads the wrong speech": (
        "The minister of fisheries spoke for six minutes about railways on Wednesday"
        " before an aide took the sheets away and handed him his own."
    ),
    "Unusual activity on volcano closes two airports": (
        "Ash rose four kilometres above the crater on Sunday night, and both airports"
        " of the island will stay closed until the wind turns."
    ),
    "Just a moment of silence for drowned crew": (
        "The whole town stood still at noon on Saturday for the nine sailors of the"
        " trawler that was not found until the ice had gone."
    ),
    "Service unavailable, say mothers at rural clinic": (
        "The maternity ward of the valley has had no midwife since March, and women in"
        " labour are driven ninety minutes to the coast."
    ),
    "Before you continue to the summit: wardens post new rules": (
        "Climbers need a permit and a helmet above the last hut from June on, the park"
        " said after three men fell on the north ridge."
    ),
    "Attention required at level crossing, coroner finds": (
        "The bell had been out of order for eleven weeks when the school bus was"
        " struck, a coroner told the families on Monday."
    ),
    "The page you remember: last typesetter retires": (
        "She set the paper's front in lead for thirty years and on a screen for ten"
        " more, and on Friday she switched off the lamp."
    ),
    "Captcha inventor buys lighthouse": (
        "A programmer who made his name with puzzles of crooked letters has bought the"
        " lighthouse and wants to live in it, the harbour office said."
    ),
    "The page was cut from a Quran": (
        "A restorer found the traces of a razor, and a court in the capital will hear"
        " the two dealers who sold the leaf on Thursday."
    ),
    "Forbidden": (
        "A quiet film about two lighthouse keepers opens the festival tonight, and its"
        " makers said that not one of its scenes was shot on dry land."
    ),
    "Not found guilty, but not freed": (
        "The two brothers walked out of the court and into the prison van again on"
        " Tuesday, as a second charge had been read that morning."
    ),
}

ERRORS = {
    "Page not found": (
        "You might have followed an old link or typed the address wrongly, or the"
        " story may have been taken down by its author some time ago."
    ),
    "404": (
        "Nothing lives at this address. The stories that were most read this week are"
        " listed further down, and the archive goes back to the first issue."
    ),
    "Access Denied": (
        "You don't have permission to access the requested address on this server."
        " The reference number of this request is 18.5d02c317.1593."
    ),
    "Sorry, we can’t find that page": (
        "The page you are looking for has been moved, renamed or deleted. Please try"
        " the search above, or go to our front page and start from there."
    ),
    "503 Service Temporarily Unavailable": (
        "The server is busy or being looked after, and cannot answer at present."
        " Please try again in a few minutes, or write to the address below."
    ),
    "Seite nicht gefunden": (
        "Die angeforderte Adresse gibt es nicht mehr. Bitte nutzen Sie die Suche oder"
        " kehren Sie auf die Startseite zurück und versuchen Sie es von dort."
    ),
}

WALLS = {
    "Just a moment...": (
        "The site needs to look at the security of the connection before it goes on,"
        " which takes a few seconds and happens by itself."
    ),
    "Are you a robot?": (
        "The network at this address has sent more requests than readers do. Tick the"
        " box below to go on to the story that was asked for."
    ),
    "Attention Required!": (
        "Why do I have to do this? Solving the captcha proves you are human and gives"
        " you access to the site for a while, from this browser only."
    ),
    "Subscribe to continue reading": (
        "You have read all your free stories for this month. Take a subscription from"
        " two crowns a week, and stop whenever you like."
    ),
    "We value your privacy": (
        "We and our 812 partners store and read information on your device, such as"
        " cookies, and use it for adverts made to your measure."
    ),
    "Log in to continue": (
        "This story is for members. Enter the address that you joined with and the"
        " password that was sent to you, or join today."
    ),
}


def saved(headline: str, text: str) -> str:
    """Return a small page of a site with a menu, a headline and one paragraph."""
    return (
        f"<html><head><title>{headline} | Skerry Herald</title></head><body>"
        "<nav><a href=/news>News</a> <a href=/fish>Fish</a></nav>"
        f"<main><h1>{headline}</h1><p>{text}</p></main></body></html>"
    )


@pytest.mark.parametrize("headline", REPORTS)
def test_a_short_report_is_an_article_whatever_its_headline(headline: str) -> None:
    assert clean(raw(saved(headline, REPORTS[headline]))).kind is Kind.ARTICLE


@pytest.mark.parametrize("headline", REPORTS)
def test_so_is_a_short_report_in_plain_text(headline: str) -> None:
    text = f"{headline}\n\n{REPORTS[headline]}"
    assert clean(raw(text, Form.TEXT)).kind is Kind.ARTICLE


@pytest.mark.parametrize("title", ERRORS)
def test_an_error_is_no_article_whatever_it_tells(title: str) -> None:
    assert clean(raw(saved(title, ERRORS[title]))).kind is Kind.ERROR


@pytest.mark.parametrize("title", WALLS)
def test_a_wall_is_no_article_whatever_it_tells(title: str) -> None:
    assert clean(raw(saved(title, WALLS[title]))).kind is Kind.WALL


@pytest.mark.parametrize(
    "title", ["Access denied to members only", "Oops, a hole in the net"]
)
def test_a_title_like_an_error_s_decides_where_nothing_is_told(title: str) -> None:
    assert clean(raw(saved(title, "Back to the front."))).kind is Kind.ERROR


@pytest.mark.parametrize("form", [Form.HTML, Form.TEXT])
def test_a_report_in_short_paragraphs_is_an_article_below_a_cookie_notice(
    form: Form,
) -> None:
    notice = "We use cookies to give you the best experience. You can refuse."
    told = (
        "The swing bridge at Osterhagen has been closed to lorries since Sunday.",
        "An inspection found cracks in two girders.",
        "Cars may still use it, but in one lane and at walking pace.",
    )
    if form is Form.TEXT:
        page = "\n\n".join((notice, "Swing bridge closed to lorries", *told))
    else:
        page = saved("Swing bridge closed to lorries", "</p><p>".join(told))
        page = page.replace("<nav>", f"<div class=notice>{notice}</div><nav>")
    assert clean(raw(page, form)).kind is Kind.ARTICLE


def test_a_front_may_have_short_teasers() -> None:
    cards = "".join(
        f"<h2><a href=/{n}>Number {n} of the ferries is late</a></h2>"
        f"<p>The boats to pier {n} wait in the fog until noon.</p>"
        for n in range(16)
    )
    page = saved("Harbour", cards).replace("<p><h2>", "<h2>")
    assert clean(raw(page)).kind is Kind.LISTING
