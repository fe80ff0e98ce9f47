"""What a site that others can reach says of it when it starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines import open_writer
from search.settings import TABLE, Settings
from tests.factories import article
from tests.serving import fetch, serving
from web.exposure import exposure

KEYS = Path("keys")
NAMES = ("news.example.org",)
EVERYWHERE = "0.0.0.0:8000"


@pytest.mark.parametrize("bind", [EVERYWHERE, "[::]:80", "192.0.2.7:80", "desk:80"])
def test_a_site_open_to_others_says_that_they_can_read_it(bind: str) -> None:
    said = exposure(Settings(bind=bind))
    assert said is not None
    assert f"everybody who can reach {bind} can read" in said
    assert "any host name" in said
    assert said.endswith("see docs/security.md")


def test_it_names_settings_that_there_are() -> None:
    said = exposure(Settings(bind=EVERYWHERE)) or ""
    named = {s.name for s in TABLE if f"`{s.name}` ({s.variable})" in said}
    assert named == {"access", "trusted_hosts"}


@pytest.mark.parametrize(
    ("settings", "said", "unsaid"),
    [
        (Settings(bind=EVERYWHERE, access=KEYS), "`trusted_hosts`", "`access`"),
        (Settings(bind=EVERYWHERE, trusted_hosts=NAMES), "`access`", "`trusted_hosts`"),
    ],
)
def test_it_says_only_what_is_open(settings: Settings, said: str, unsaid: str) -> None:
    line = exposure(settings) or ""
    assert said in line
    assert unsaid not in line


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(bind="localhost:80"),
        Settings(bind="[::1]:80"),
        Settings(bind=EVERYWHERE, access=KEYS, trusted_hosts=NAMES),
    ],
)
def test_a_site_that_is_closed_says_nothing(settings: Settings) -> None:
    assert exposure(settings) is None


@pytest.mark.slow
def test_serve_says_it_in_one_line_after_its_address(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(article())
    with serving(tmp_path / "index", "--bind", "0.0.0.0:0") as site:
        fetch(f"http://127.0.0.1:{site.address[1]}", "/healthz")
        site.end()
    said = exposure(Settings(bind="0.0.0.0:0"))
    assert [line for line in site.said if line[:1] != "{"][1:] == [
        f"dateline: {said}\n"
    ]
