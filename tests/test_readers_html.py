"""The conventions of saved HTML pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import html, mirror, wayback

STORY = "https://harbourpost.example.com/2021/03/storm"
BODY = "<html><head></head><body><p>The quay reopened.</body></html>"
TAKEN = datetime(2021, 3, 5, 6, 7, 8, tzinfo=UTC)


@given(st.text())
def test_any_text_is_a_page(content):
    assert isinstance(html.read(content), html.SavedPage)


def test_a_page_without_marks_has_no_address():
    assert html.read(BODY) == html.SavedPage(BODY)


def test_a_browser_says_where_it_saved_from():
    page = html.read(f"<!-- saved from url=({len(STORY):04})\n{STORY} -->\n{BODY}")
    assert page.url is None  # the address stands right behind the number
    page = html.read(f"<!-- saved from url=({len(STORY):04}){STORY} -->\n{BODY}")
    assert (page.url, page.method) == (STORY, "saved-from")


@pytest.mark.parametrize("url", ["about:internet", "file:///C:/news/a.html"])
def test_a_page_saved_from_nowhere_has_no_address(url):
    assert html.read(f"<!-- saved from url=(0014){url} -->{BODY}").url is None


def test_singlefile_says_where_and_when():
    page = html.read(
        f"<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: {STORY} \n"
        " saved date: Fri Mar 05 2021 07:07:08 GMT+0100 (Central European Time)"
        f"\n-->{BODY}"
    )
    assert (page.url, page.method, page.saved) == (STORY, "singlefile", TAKEN)


def test_httrack_says_where_and_when():
    page = html.read(
        f"<!-- Mirrored from {STORY[8:]} by HTTrack Website Copier/3.x [XR&CO'2014],"
        f" Fri, 05 Mar 2021 06:07:08 GMT -->{BODY}"
    )
    assert page.url == "http://" + STORY[8:]
    assert (page.method, page.saved) == ("mirror-comment", TAKEN)


CAPTURE = f"https://web.archive.org/web/20210305060708/{STORY}"
ARCHIVED = f"""<!DOCTYPE html><html><head>
<script src="//archive.org/includes/athena.js"></script>
<script src="/_static/js/bundle-playback.js"></script>
<script>__wm.wombat("{STORY}","20210305060708","https://web.archive.org/");</script>
<!-- End Wayback Rewrite JS Include -->
<title>Quay</title></head><body>
<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp">12 captures</div>
<!-- END WAYBACK TOOLBAR INSERT -->
<p>See <a href="/web/20210305060708/http://other.example.com/">the other</a>
<img src="https://web.archive.org/web/20210305060708im_/{STORY}.jpg">
</body></html><!-- FILE ARCHIVED ON 06:07:08 Mar 05, 2021 AND RETRIEVED FROM THE
INTERNET ARCHIVE ON 10:00:00 Jan 02, 2022. -->"""


def test_an_archived_page_has_its_own_address_and_time():
    page = html.read(ARCHIVED)
    assert (page.url, page.method, page.saved) == (STORY, "wayback", TAKEN)


def test_a_capture_saved_by_a_browser_has_the_address_of_the_page_captured():
    page = html.read(f"<!-- saved from url=(0071){CAPTURE} -->{BODY}")
    assert (page.url, page.method, page.saved) == (STORY, "wayback", TAKEN)


def test_the_archives_furniture_goes():
    content = html.read(ARCHIVED).content
    assert "captures" not in content
    assert "<script" not in content
    assert "<title>Quay</title>" in content


def test_rewritten_links_lead_where_they_led():
    content = html.read(ARCHIVED).content
    assert 'href="http://other.example.com/"' in content
    assert f'src="{STORY}.jpg"' in content


def test_a_page_that_only_links_to_the_archive_is_left_alone():
    page = BODY.replace("quay", f'<a href="{CAPTURE}">quay</a>')
    assert html.read(page) == html.SavedPage(page)


def test_an_impossible_time_of_capture_is_none():
    assert wayback.unwrap(f"/web/20211399/{STORY}") == wayback.Capture(STORY, None)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("www.example.com/a/story.html", "https://www.example.com/a/story.html"),
        ("example.co.uk/a/index.html", "https://example.co.uk/a/"),
        ("example.com/a/index.html.gz", "https://example.com/a/"),
        ("site/example.com/a", "https://example.com/a"),
        ("example.com/a?id=3", "https://example.com/a?id=3"),
        ("example.com/index.html@p=1.html", "https://example.com/?p=1"),
        ("example.com/ein Hafen.html", "https://example.com/ein%20Hafen.html"),
        (
            "web.archive.org/web/20210305060708/http:/example.com/a",
            "http://example.com/a",
        ),
    ],
)
def test_a_mirrors_folders_tell_the_address(name, url):
    address = mirror.address("pages", name)
    assert address is not None
    assert address.url == url


def test_the_root_may_be_the_host():
    address = mirror.address("mirror/example.com", "a/story.html")
    assert address is not None
    assert address.url == "https://example.com/a/story.html"


@pytest.mark.parametrize(
    "name",
    ["story.html", "a/story.html", "v1.2/story.html", "example.com", "old.zip/a"],
)
def test_other_folders_tell_no_address(name):
    assert mirror.address("pages", name) is None


@given(st.text(), st.text())
def test_any_name_is_survived(root, name):
    mirror.address(root, name)
