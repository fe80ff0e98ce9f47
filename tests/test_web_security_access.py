"""A site that is for those with a key."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.errors import BadSetting
from search.settings import Settings
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, STRIKE
from web.access import Keys
from web.app import create_app

PASSWORD = "a long pass:word"  # noqa: S105 - invented
TOKEN = "wXyz0123456789-_.~+/="  # noqa: S105
FILE = f"# who may look\n\nreader:{PASSWORD}\nzoë:später und länger\n{TOKEN}\n"

# Everything there is, and what there is not.
PATHS = (
    *(
        "/",
        "/search?q=strike",
        "/search.json",
        f"/doc/{STRIKE.id}",
        "/help",
        "/sources",
    ),
    *("/api/search", f"/api/doc/{STRIKE.id}", "/readyz", "/metrics", "/robots.txt"),
    *("/favicon.ico", "/static/dateline.css", "/nothing", "/api/nothing", "//"),
    *("/healthz/", "/healthz/../search", "/healthz%2f", "/HEALTHZ", "/search/healthz"),
)


def basic(name: str, password: str) -> str:
    return "Basic " + b64encode(f"{name}:{password}".encode()).decode()


def bearer(token: str) -> str:
    return f"Bearer {token}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.write_text(FILE, "utf-8")
    path.chmod(0o640)
    return path


@pytest.fixture
def client(file: Path) -> FlaskClient:
    return create_app(Settings(access=file), MemorySearcher(ARTICLES)).test_client()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_without_a_key_nothing_is_answered(client, path, method):
    answer = client.open(path, method=method)
    assert answer.status_code == 401
    assert STRIKE.title not in answer.text
    assert "Allow" not in answer.headers


def test_health_is_told_to_everybody(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        basic("reader", PASSWORD),
        basic("zoë", "später und länger"),
        bearer(TOKEN),
        bearer(TOKEN).replace("Bearer", "bearer"),
        basic("reader", PASSWORD).replace("Basic", "BASIC"),
    ],
)
def test_each_key_opens_the_site(client, key):
    for path in ("/", "/search?q=strike", "/api/search", "/metrics", "/readyz"):
        assert client.get(path, headers={"Authorization": key}).status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        "",
        "Basic",
        "Bearer",
        "Bearer ",
        bearer(TOKEN[:-1]),
        bearer(TOKEN + "x"),
        bearer(f"reader:{PASSWORD}"),
        bearer("#"),
        bearer("# who may look"),
        basic("reader", ""),
        basic("reader", PASSWORD + " "),
        basic("Reader", PASSWORD),
        basic("", PASSWORD),
        basic("", TOKEN),
        "Basic " + TOKEN,
        "Basic " + b64encode(TOKEN.encode()).decode(),
        "Basic !!!",
        "Basic " + "A" * 4000,
        "Digest username=reader",
        "Bearer \u00e9\u00ff",
    ],
)
def test_no_other_key_does(client, key):
    assert client.get("/", headers={"Authorization": key}).status_code == 401


def test_a_person_is_asked_for_a_password_and_told_why(client):
    answer = client.get("/")
    assert answer.mimetype == "text/html"
    asked = answer.headers.getlist("WWW-Authenticate")
    assert asked[0].startswith('Basic realm="this collection"')
    assert asked[1].startswith('Bearer realm="this collection"')
    assert "for those with a name and a password" in answer.text


def test_a_refusal_needs_nothing_that_is_closed(client):
    page = client.get("/").text
    assert "stylesheet" not in page
    assert "<script" not in page
    assert "<form" not in page


def test_a_program_gets_a_problem_document(client):
    answer = client.get("/api/search?q=x")
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.text)["status"] == 401


def test_only_what_there_is_a_key_for_is_asked_for(tmp_path):
    path = tmp_path / "tokens"
    path.touch(0o600)
    path.write_text(TOKEN)
    app = create_app(Settings(access=path), MemorySearcher(()))
    asked = app.test_client().get("/").headers.getlist("WWW-Authenticate")
    assert [scheme.split()[0] for scheme in asked] == ["Bearer"]


def test_a_refusal_is_not_kept_by_caches(client):
    assert "private" in client.get("/").headers["Cache-Control"]


def test_a_key_put_in_its_place_counts_at_once(client, file):
    other = file.with_name("new")
    other.touch(0o600)
    other.write_text("another-long-token")
    other.replace(file)
    statuses = [
        client.get("/help", headers={"Authorization": bearer(token)}).status_code
        for token in (TOKEN, "another-long-token")
    ]
    assert statuses == [401, 200]


def test_a_file_that_is_lost_lets_nobody_in(client, file):
    file.unlink()
    answer = client.get("/help", headers={"Authorization": bearer(TOKEN)})
    assert answer.status_code == 503
    assert str(file) not in answer.text


def test_a_file_opened_to_all_lets_nobody_in(client, file):
    file.chmod(0o644)
    answer = client.get("/help", headers={"Authorization": bearer(TOKEN)})
    assert answer.status_code == 503


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (FILE, 0o644, "every user may open it; run `chmod o="),
        (FILE, 0o602, "every user may open it"),
        ("", 0o600, "holds no key"),
        ("# nothing\n", 0o600, "holds no key"),
        ("reader:short", 0o600, "line 1: a key has at least 12 characters"),
        ("\nshort", 0o600, "line 2: a key has at least 12 characters"),
        (":nameless password", 0o600, "line 1: there is no name"),
        ("two words or three", 0o600, "line 1: must be NAME:PASSWORD or a token"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_refused(tmp_path, content, mode, says):
    path = tmp_path / "keys"
    path.write_text(content)
    path.chmod(mode)
    with pytest.raises(BadSetting, match=says) as refused:
        Keys(path).schemes()
    secrets = [word for word in ("short", PASSWORD, "two words") if word in content]
    assert not any(secret in str(refused.value) for secret in secrets)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "keys"
    path.touch(0o600)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSetting, match="is not text"):
        Keys(path).schemes()


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="No such file"):
        Keys(tmp_path / "none").schemes()


def test_all_keys_are_compared_whichever_fits(client, file, monkeypatch):
    compared: list[bytes] = []

    def compare(given: bytes, key: bytes) -> bool:
        compared.append(key)
        return given == key

    monkeypatch.setattr("web.access.compare_digest", compare)
    for key in (basic("reader", PASSWORD), bearer(TOKEN), "nothing"):
        compared.clear()
        client.get("/help", headers={"Authorization": key})
        # A refusal asks no more of the keys than an admission.
        assert len(compared) == 3
