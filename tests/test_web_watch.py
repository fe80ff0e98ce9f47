"""What an operator sees: request ids, log lines, times, counts."""

from __future__ import annotations

import json
import logging
import re
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.engine import Searcher
from search.engines import open_writer
from search.errors import IndexUnusable
from search.model import Article, Query, SearchResult
from search.settings import Settings
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, STRIKE
from web.app import create_app
from web.watch.logs import REQUESTS, Line

ID = re.compile(r"[0-9a-f]{16}")


class Reader(FlaskClient):
    """A client that reads every answer to its end, where it is counted."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return super().open(*args, **{"buffered": True, **kwargs})


def visitor(
    settings: Settings | None = None, searcher: Searcher | None = None
) -> FlaskClient:
    app = create_app(settings or Settings(), searcher or MemorySearcher(ARTICLES))
    app.test_client_class = Reader
    return app.test_client()


@pytest.fixture
def log(monkeypatch):
    """Return what is logged, as the site writes it."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line())
    ours = logging.getLogger("dateline")
    monkeypatch.setattr(ours, "handlers", [handler])
    monkeypatch.setattr(ours, "propagate", False)
    monkeypatch.setattr(REQUESTS, "level", logging.INFO)
    REQUESTS.manager._clear_cache()  # type: ignore[attr-defined]
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


# Request ids


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/search?x=1", "/healthz"])
def test_every_answer_has_an_id_of_its_own(path):
    client = visitor()
    first, second = (client.get(path).headers["X-Request-ID"] for _ in range(2))
    assert ID.fullmatch(first)
    assert first != second


def test_a_problem_document_names_its_request():
    answer = visitor().get("/api/search?sauce=1")
    assert answer.get_json()["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize("path", ["/nothing", "/search?sauce=1"])
def test_an_error_page_names_its_request(path):
    answer = visitor().get(path)
    assert answer.headers["X-Request-ID"] in answer.text


@pytest.mark.parametrize(
    ("proxies", "peer", "given", "taken"),
    [
        ((), "127.0.0.1", "0123456789abcdef-x", False),
        (("10.0.0.0/8",), "10.1.2.3", "0123456789abcdef-x", True),
        (("10.0.0.0/8",), "::ffff:10.1.2.3", "0123456789abcdef-x", True),
        (("10.0.0.0/8",), "192.0.2.1", "0123456789abcdef-x", False),
        (("10.0.0.0/8",), "", "0123456789abcdef-x", False),
        (("10.0.0.0/8",), "10.1.2.3", "short", False),
        (("10.0.0.0/8",), "10.1.2.3", "a" * 65, False),
        (("10.0.0.0/8",), "10.1.2.3", "<b>0123456789</b>", False),
        (("10.0.0.0/8",), "10.1.2.3", "0123456789 Set-Cookie", False),
    ],
)
def test_an_id_is_taken_over_from_a_trusted_proxy_only(proxies, peer, given, taken):
    client = visitor(Settings(trusted_proxies=proxies))
    answer = client.get(
        "/healthz",
        headers={"X-Request-ID": given},
        environ_overrides={"REMOTE_ADDR": peer},
    )
    assert (answer.headers["X-Request-ID"] == given) is taken


# Log lines


def test_a_request_is_one_line_that_says_what_was_answered(log):
    answer = visitor().get("/search?q=strike")
    (line,) = log()
    assert line.pop("time").endswith("Z")
    assert line.pop("ms") > 0
    assert line.pop("process") > 0
    assert line == {
        "level": "info",
        "request": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "/search",
        "status": 200,
        "q_length": 6,
        "hits": 3,
        "generation": "1",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=secretword",
        "/api/search?q=secretword",
        "/search?secretword=1",
        "/api/search?from=secretword",
        "/doc/secretword?q=secretword",
        "/secretword",
        f"/doc/{STRIKE.id}?q=secretword",
    ],
)
def test_no_line_tells_what_was_asked_for(log, path):
    visitor().get(path)
    assert log()
    assert "secretword" not in json.dumps(log())


def test_an_operator_may_ask_for_the_text(log):
    visitor(Settings(log_queries=True)).get("/search?q=harbour+talks")
    assert log()[0]["q"] == "harbour talks"


class Broken(MemorySearcher):
    """A searcher with faults of ours inside."""

    def search(self, query: Query) -> SearchResult:
        raise ValueError(f"cannot parse {query.text}")

    def get(self, id: str) -> Article:
        raise IndexUnusable("the segment /srv/index/s1.seg is damaged")


def test_a_fault_is_told_with_its_place_and_without_its_text(log):
    visitor(searcher=Broken(())).get("/search?q=secretword")
    fault, request = log()
    assert (fault["fault"], fault["level"]) == ("ValueError", "error")
    assert fault["at"][-1].endswith(" search")
    assert (fault["request"], request["level"]) == (request["request"], "error")
    assert "secretword" not in json.dumps(log())


def test_what_the_operator_has_to_mend_is_told_whole(log):
    visitor(searcher=Broken(())).get("/doc/x")
    assert log()[0]["message"] == "the segment /srv/index/s1.seg is damaged"


def test_a_line_cannot_be_broken_or_coloured_by_a_client(log):
    client = visitor(Settings(log_queries=True))
    client.get("/search", query_string={"q": 'a\n{"level":"x"}\x1b[31m\u2028'})
    assert len(log()) == 1


def test_a_made_up_method_is_not_repeated(log):
    visitor().open("/search", method="SECRETWORD")
    assert log()[0]["method"] == "other"


# Times


def test_a_search_says_where_its_time_went(tmp_path):
    index = str(tmp_path / "index")
    with open_writer(index) as writer:
        writer.add(article(text="the harbour storm"))
    client = create_app(Settings(index=index)).test_client()
    said = client.get("/search?q=harbour").headers["Server-Timing"]
    stages = [part.split(";dur=")[0] for part in said.split(", ")]
    assert stages == ["parse", "search", "facets", "snippets", "render", "total"]


# Counts


def metrics(client: FlaskClient) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_answers_are_counted_by_route_and_status():
    client = visitor()
    for path in ("/help", "/help", "/doc/1", "/doc/2", "/x", "/y?z=1"):
        client.get(path)
    found = metrics(client)
    assert found['dateline_requests_total{route="/help",status="200"}'] == 2
    assert found['dateline_requests_total{route="/doc/<id>",status="404"}'] == 2
    assert found['dateline_requests_total{route="none",status="404"}'] == 2


def test_searches_are_counted_by_what_they_found():
    client = visitor()
    for text in ("strike", "zeppelin", "strike"):
        client.get(f"/api/search?q={text}")
    found = metrics(client)
    assert found['dateline_searches_total{found="some"}'] == 2
    assert found['dateline_searches_total{found="none"}'] == 1
    assert found["dateline_hits_total"] == 6


def test_buckets_rise_to_the_count():
    client = visitor()
    for _ in range(5):
        client.get("/help")
    found = metrics(client)
    name = 'dateline_request_seconds_bucket{route="/help"'
    buckets = [value for key, value in found.items() if key.startswith(name)]
    assert buckets == sorted(buckets)
    assert buckets[-1] == found['dateline_request_seconds_count{route="/help"}'] == 5


def test_the_state_of_the_index_and_of_the_process_is_told():
    found = metrics(visitor())
    assert found["dateline_index_ready"] == 1
    assert found["dateline_index_documents"] == len(ARTICLES)
    assert found['dateline_worker_private_bytes{worker="0"}'] > 1_000_000
    assert found['dateline_worker_descriptors{worker="0"}'] > 2


def test_counts_are_told_without_an_index(tmp_path):
    client = create_app(Settings(index=str(tmp_path / "none"))).test_client()
    assert metrics(client)["dateline_index_ready"] == 0


def test_a_newer_state_of_the_index_is_counted(tmp_path):
    index = str(tmp_path / "index")
    client = create_app(Settings(index=index)).test_client()
    assert client.get("/readyz").status_code == 503
    with open_writer(index) as writer:
        writer.add(article())
    client.get("/readyz")
    found = metrics(client)
    assert found['dateline_index_opened_total{state="first"}'] == 1
    assert found["dateline_index_failures_total"] == 1


def test_the_text_is_as_prometheus_reads_it():
    client = visitor()
    client.get("/search?q=strike")
    answer = client.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    line = re.compile(
        r"# (HELP \w+ [^\n]+|TYPE \w+ (counter|gauge|histogram))"
        r'|\w+(\{\w+="[^"\n]*"(,\w+="[^"\n]*")*\})? [0-9.e+-]+'
    )
    assert [x for x in answer.text.splitlines() if not line.fullmatch(x)] == []
    families = re.findall(r"# TYPE (\w+)", answer.text)
    assert len(families) == len(set(families))


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("192.0.2.1", {}),
        ("", {}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}),
        ("127.0.0.1", {"Host": "news.example.org"}),
    ],
)
def test_counts_are_for_whoever_sits_at_the_machine(peer, headers):
    settings = Settings(trusted_hosts=("news.example.org", "localhost"))
    answer = visitor(settings).get(
        "/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": peer}
    )
    assert answer.status_code == 404
    assert "dateline_" not in answer.text
