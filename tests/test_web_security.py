"""What every answer forbids, and what no answer tells."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.engines import open_writer
from search.errors import IndexUnusable
from search.model import Article, Query, SearchResult
from search.settings import Settings
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, HOSTILE, NASTY, STRIKE, visitor
from web.app import create_app

PAGES = (
    "/",
    "/search",
    "/search?q=strike",
    "/search?q=zeppelin",
    "/search?q=script&place=" + NASTY.places[0].id.replace("&", "%26"),
    f"/doc/{STRIKE.id}?q=strike",
    f"/doc/{NASTY.id}?q=script&removed=show",
    "/help",
    "/sources",
    "/nothing",
    "/search?sauce=<script>alert(9)</script>",
    "/search?q=<script>alert(9)</script>",
)
DATA = (
    "/api/search?q=strike",
    "/search.json",
    f"/api/doc/{NASTY.id}",
    f"/api/doc/{NASTY.id}/removed",
    "/healthz",
    "/readyz",
    "/api/search?sauce=1",
    "/robots.txt",
    "/favicon.ico",
)


class Broken(MemorySearcher):
    """A searcher with a fault of ours inside."""

    def search(self, query: Query) -> SearchResult:
        raise RuntimeError("secret in /srv/private/index.py")

    def get(self, id: str) -> Article:
        raise IndexUnusable("segment 3 of /srv/private/index is damaged")


class Elements(HTMLParser):
    """Collects every element with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return visitor()


@pytest.fixture(scope="module")
def broken() -> FlaskClient:
    return visitor(Broken(()))


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_no_answer_may_be_framed_or_guessed_at(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_no_answer_allows_anything_inline(client: FlaskClient, path: str) -> None:
    policy = client.get(path, buffered=True).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert not re.search(r"script-src (?!'self')|[*]|data:|https?:", policy)


def test_no_address_of_ours_goes_to_another_site(client: FlaskClient) -> None:
    assert client.get("/").headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_no_handler_style_or_script_of_its_own_is_on_a_page(
    client: FlaskClient, path: str
) -> None:
    text = client.get(path).text
    assert len(re.findall("</script", text)) == len(re.findall("></script>", text))
    for tag, attributes in Elements(text).found:
        assert tag not in ("iframe", "object", "embed", "style", "base")
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/dateline.js?v=")
        assert not [name for name in attributes if name.startswith("on")]
        assert "style" not in attributes


@pytest.mark.parametrize("path", PAGES)
def test_every_link_is_to_this_site_or_the_web(client: FlaskClient, path: str) -> None:
    for _, attributes in Elements(client.get(path).text).found:
        for name in ("href", "src", "action"):
            target = attributes.get(name)
            assert target is None or re.match(r"/(?!/)|#|https?://", target), target


def test_an_original_opens_without_a_way_back(client: FlaskClient) -> None:
    html = client.get(f"/doc/{STRIKE.id}").text
    targets = [a for _, a in Elements(html).found if a.get("href")]
    links = [a for a in targets if str(a["href"]).startswith(str(STRIKE.url))]
    assert len(links) > len(STRIKE.paragraphs)
    assert {link["rel"] for link in links} == {"noopener noreferrer nofollow"}


def test_an_address_that_is_a_script_is_text(client: FlaskClient) -> None:
    html = client.get(f"/doc/{NASTY.id}").text
    assert 'href="javascript:' not in html


def test_the_api_gives_no_address_that_is_a_script(client: FlaskClient) -> None:
    said = client.get(f"/api/doc/{NASTY.id}").get_json()
    assert said["original"] is None


def test_hostile_text_is_shown_as_text(client: FlaskClient) -> None:
    html = client.get(f"/doc/{NASTY.id}").text
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "a b", ""])
def test_other_host_names_are_refused(client: FlaskClient, host: str) -> None:
    assert client.get("/help", headers={"Host": host}).status_code == 400


LOOPBACK = ["localhost:1", "127.0.0.1:1", "127.0.0.2:1", "[::1]:1", "127.1:1"]


@pytest.mark.parametrize("bind", LOOPBACK)
def test_on_each_loopback_address_other_names_are_refused(bind: str) -> None:
    client = create_app(Settings(bind=bind), MemorySearcher(())).test_client()
    assert client.get("/help", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/help", headers={"Host": bind}).status_code == 200


def test_an_address_in_brackets_can_be_trusted() -> None:
    settings = Settings(trusted_hosts=("[2001:db8::1]",))
    client = create_app(settings, MemorySearcher(())).test_client()
    statuses = [
        client.get("/help", headers={"Host": host}).status_code
        for host in ("[2001:db8::1]:8000", "[2001:db8::2]:8000")
    ]
    assert statuses == [200, 400]


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]", "[::1]:8000"]
)
def test_the_loopback_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/help", headers={"Host": host}).status_code == 200


def test_only_trusted_host_names_are_answered() -> None:
    settings = Settings(trusted_hosts=("news.example",))
    client = create_app(settings, MemorySearcher(())).test_client()
    statuses = [
        client.get("/help", headers={"Host": host}).status_code
        for host in ("news.example", "localhost", "other.example")
    ]
    assert statuses == [200, 200, 400]


def test_a_site_bound_to_every_address_answers_to_every_name() -> None:
    client = create_app(Settings(bind="0.0.0.0:80"), MemorySearcher(())).test_client()
    assert client.get("/help", headers={"Host": "any.example"}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *DATA, "", "/search?sort="])
def test_the_host_name_is_in_no_answer(path: str) -> None:
    client = create_app(
        Settings(trusted_hosts=("news.example",)), MemorySearcher(ARTICLES)
    ).test_client()
    answer = client.get(path, headers={"Host": "news.example"}, buffered=True)
    assert "news.example" not in answer.text + str(answer.headers)


def test_two_slashes_lead_to_no_other_host(client: FlaskClient) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": "//evil.example"})
    assert "Location" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "MOVE"])
@pytest.mark.parametrize("path", ["/", "/search", "/api/search", "/doc/x", "/healthz"])
def test_other_methods_are_not_allowed(
    client: FlaskClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


GUESSES = (
    *(
        "/admin",
        "/admin/",
        "/login",
        "/console",
        "/debug",
        "/server-status",
        "/actuator",
    ),
    *("/api/reindex", "/api/delete", "/api/admin", "/api/doc", "/api/index", "/_debug"),
    *("/.env", "/.git/config", "/wp-login.php", "/phpinfo.php", "/backup.zip"),
    *("/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd"),
    *("/doc/../x", "/doc/..%2f..%2fetc%2fpasswd", "/doc//etc/passwd", "/doc/"),
    *("/doc/harbour-gazette/2024/strike.html", "/index/current", "/wsgi.py"),
)


@pytest.mark.parametrize("path", GUESSES)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_guesses_find_nothing(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code in (404, 405)
    assert STRIKE.text[:20] not in answer.text


INSIDE = re.compile(
    r"/srv|secret|Runtime|Traceback|\.py\b|Flask|Werkzeug|gunicorn|Python|whoosh"
    r"|[^.\d]\d+\.\d+\.\d+[^.\d]",
    re.IGNORECASE,
)
ERRORS = {
    "/search?sauce=1": 400,
    "/api/search?sauce=1": 400,
    "/search?from=yesterday": 400,
    "/api/search?per_page=0": 400,
    "/api/export?format=exe": 400,
    "/search?q=" + "x" * 600: 400,
    "/doc/ffffffffffffffff": 404,
    "/api/doc/ffffffffffffffff": 404,
    "/nothing": 404,
    "/api/nothing": 404,
    "/api/facets/nothing": 400,
    "/metrics": 404,
}


@pytest.mark.parametrize("path", ERRORS)
def test_no_error_tells_of_our_inside(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"X-Forwarded-For": "192.0.2.1"})
    assert answer.status_code == ERRORS[path]
    assert not INSIDE.search(answer.text)
    assert not INSIDE.search(str(answer.headers))


def test_an_error_of_a_program_is_a_problem_document(client: FlaskClient) -> None:
    kinds = {
        path: client.get(path).mimetype
        for path in (
            "/api/x",
            "/search.json?x=1",
            "/search.csv?x=1",
            "/search.atom?x=1",
        )
    }
    assert set(kinds.values()) == {"application/problem+json"}, kinds


POLICIES = {
    "/search?q=strike": ("script-src 'self'", "style-src 'self'"),
    "/nothing": ("script-src 'self'",),
    "/robots.txt": ("sandbox",),
    "/favicon.ico": ("sandbox",),
    "/search.csv?q=strike": ("sandbox",),
    "/search.atom?q=strike": ("sandbox",),
    "/api/search?q=strike": (),
    "/api/search?sauce=1": (),
}


@pytest.mark.parametrize("path", POLICIES)
def test_each_kind_of_answer_may_do_what_it_needs_and_no_more(
    client: FlaskClient, path: str
) -> None:
    policy = client.get(path, buffered=True).headers["Content-Security-Policy"]
    rules = {rule.strip() for rule in policy.split(";")}
    allowed = {"style-src 'self'", "font-src 'self'", "img-src 'self'"}
    allowed |= {"script-src 'self'", "sandbox"}
    assert rules & allowed >= set(POLICIES[path])
    # Nothing but pages may load anything.
    assert rules & allowed == set(POLICIES[path]) or "script-src 'self'" in rules


FORMULAS = ("=1+1", "+1", "-1", "@sum(a1)", "\t=1+1", "\r=1+1", '="a"&"b"', "-strike")


@pytest.mark.parametrize("path", ["/search.csv", "/api/export?format=csv"])
def test_no_cell_of_a_table_is_a_formula(path: str) -> None:
    articles = [
        article(id=f"{n:016x}", title=text, source=text, authors=(text,), agency=text)
        for n, text in enumerate(FORMULAS)
    ]
    lines = visitor(MemorySearcher(articles)).get(path, buffered=True).text
    rows = list(csv.reader(StringIO(lines)))
    cells = [cell for row in rows for cell in row]
    assert sum("1+1" in cell for cell in cells) > 2
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []


@pytest.mark.parametrize("name", ["q", "source", "exclude_source", "sort", "place"])
def test_no_parameter_becomes_a_header(client: FlaskClient, name: str) -> None:
    value = "a\r\nSet-Cookie: b=c\r\n\r\n<script>"
    for path in ("/search", "/search.csv", "/search.atom", "/api/search", "/doc/x"):
        answer = client.get(path, query_string={name: value, "from": ""}, buffered=True)
        assert "Set-Cookie" not in answer.headers
        assert not any(set("\r\n") & set(value) for _, value in answer.headers)


def test_no_answer_sets_a_cookie(client: FlaskClient) -> None:
    for path in (*PAGES, *DATA):
        assert "Set-Cookie" not in client.get(path, buffered=True).headers


@pytest.mark.parametrize("path", ["/", "/search?q=strike", "/api/search", "/nothing"])
def test_no_other_site_may_read_a_page_and_any_may_read_the_api(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path, headers={"Origin": "https://evil.example"}).headers
    shared = headers.get("Access-Control-Allow-Origin")
    assert shared == ("*" if path.startswith("/api/") else None)
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize(
    "path", ["/search?q=x", "/api/search?q=x", "/", "/search.atom"]
)
def test_a_fault_of_ours_tells_nothing_of_our_inside(
    broken: FlaskClient, path: str
) -> None:
    answer = broken.get(path)
    assert answer.status_code == 500
    assert not re.search(
        r"/srv|secret|Runtime|Traceback|\.py|Flask|Werkzeug", answer.text
    )


@pytest.mark.parametrize("path", ["/doc/x", "/api/doc/x"])
def test_damage_is_answered_with_the_command_that_mends_it(
    broken: FlaskClient, path: str
) -> None:
    answer = broken.get(path)
    assert answer.status_code == 503
    assert "dateline reindex --full" in answer.text
    assert "/srv" not in answer.text


def test_the_web_process_loads_nothing_that_reads_pages(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(STRIKE)
    code = (
        "import sys; from search.settings import Settings; "
        "from web.app import create_app; "
        f"app = create_app(Settings(index={str(tmp_path / 'index')!r})); "
        "client = app.test_client(); "
        f"paths = ('/', '/search?q=strike', '/api/search?q=a', '/doc/{STRIKE.id}'); "
        "assert {client.get(path).status_code for path in paths} == {200}; "
        "found = {name.split('.')[0] for name in sys.modules}; "
        "print(sorted(found & {'bs4', 'lxml', 'index', 'py3langid'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
