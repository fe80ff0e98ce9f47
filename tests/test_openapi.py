"""The description, the code and the examples say the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from search.wire import shapes
from tests.browsing import serving
from tests.newsroom import STRIKE, site, visitor
from web.api import openapi
from web.api.operations import JSON, OPERATIONS
from web.params import NAMES

DOCS = Path(__file__).parents[1] / "docs" / "api.md"
EXAMPLES = re.findall(r"^```sh\n(.*?)^```", DOCS.read_text("utf-8"), re.DOTALL | re.M)
CLIENT = visitor()
DOCUMENT = openapi.document()
# What OpenAPI adds to JSON Schema is in none of our schemas.
RESOLVED: dict[str, Any] = {"components": DOCUMENT["components"]}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(site()) as served:
        yield served.removeprefix("http://")


def schema(path: str, status: int, media: str = JSON) -> Any:
    """Return a validator of what ``path`` answers with ``status``."""
    answers = DOCUMENT["paths"][path]["get"]["responses"][str(status)]
    return jsonschema_rs.validator_for(answers["content"][media]["schema"] | RESOLVED)


def test_every_address_of_the_api_is_described() -> None:
    rules = {
        re.sub(r"<(?:path:)?(\w+)>", r"{\1}", rule.rule)
        for rule in site().url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert rules - {"/api/", "/api/docs", openapi.PATH} == {*DOCUMENT["paths"]}


def test_every_parameter_of_a_search_is_described() -> None:
    described = DOCUMENT["paths"]["/api/search"]["get"]["parameters"]
    assert tuple(parameter["name"] for parameter in described) == NAMES


def test_the_view_that_the_conventions_show_is_one_of_ours() -> None:
    root = DOCS.parents[1]
    text = (root / "CONVENTIONS.md").read_text("utf-8")
    (view,) = re.findall(r"```python\n(@blueprint.*?)```", text, re.DOTALL)
    assert view in (root / "web" / "api" / "views.py").read_text("utf-8")


def test_the_description_is_served_as_it_is() -> None:
    assert CLIENT.get(openapi.PATH).get_json() == DOCUMENT


def test_every_reference_in_it_leads_somewhere() -> None:
    names = re.findall(rb'#/components/schemas/(\w+)"', openapi.encoded())
    assert {name.decode() for name in names} <= {*DOCUMENT["components"]["schemas"]}


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/api/search", "/api/search"),
        ("/api/search", "/api/search?facet=source,date,place,agency,kind&group=copy"),
        ("/api/search", "/api/search?q=beyrouth&per_page=100"),
        ("/api/search", "/api/search?q=zeppelin"),
        ("/api/search", "/search.json?q=strike&kind=all&interval=week&facet=date"),
        ("/api/facets/{name}", "/api/facets/place?prefix=bei"),
        ("/api/facets/{name}", "/api/facets/date?interval=month"),
        ("/api/doc/{id}", f"/api/doc/{STRIKE.id}"),
        ("/api/doc/{id}/removed", f"/api/doc/{STRIKE.id}/removed"),
        ("/api/places", "/api/places"),
        ("/api/places", "/api/places?q=strike&within=2921044&prefix=h&per_page=1"),
        ("/api/places/{id}", "/api/places/2911298"),
        ("/api/places/{id}", "/api/places/3143244"),
        ("/api/status", "/api/status"),
    ],
)
def test_an_answer_has_the_shape_that_is_described(path: str, asked: str) -> None:
    answer = CLIENT.get(asked)
    assert answer.status_code == 200
    schema(path, 200).validate(answer.get_json())


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        ("/api/search", "/api/search?page=0", 400),
        ("/api/facets/{name}", "/api/facets/colour", 400),
        ("/api/doc/{id}", "/api/doc/none", 404),
        ("/api/places", "/api/places?sort=newest", 400),
        ("/api/places/{id}", "/api/places/x:nowhere", 404),
        ("/api/export", "/api/export?format=xml", 400),
        ("/api/suggest", "/api/suggest?prefix=x", 400),
        ("/api/status", "/api/status?q=x", 400),
    ],
)
def test_a_problem_has_the_shape_that_is_described(
    path: str, asked: str, status: int
) -> None:
    answer = CLIENT.get(asked)
    assert answer.status_code == status
    media = "application/problem+json"
    assert answer.mimetype == media
    schema(path, status, media).validate(answer.get_json(force=True))


def test_every_line_of_an_export_has_the_shape_of_a_hit() -> None:
    *hits, last = CLIENT.get("/api/export?q=council").text.splitlines()
    for line in hits:
        msgspec.json.decode(line, type=shapes.Hit)
    assert msgspec.json.decode(last, type=shapes.Completeness).count == len(hits)


def test_a_shape_holds_nothing_that_is_not_described() -> None:
    said = CLIENT.get("/api/search?q=strike&facet=place").data
    read = msgspec.json.decode(said, type=shapes.Answer)
    assert msgspec.json.decode(msgspec.json.encode(read)) == msgspec.json.decode(said)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_example_on_the_apis_page_can_be_tried(operation: Any) -> None:
    for path in operation.examples:
        asked = path.replace("0123456789abcdef", STRIKE.id)
        assert CLIENT.get(asked).status_code == 200


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_docs_works(
    example: str, address: str, tmp_path: Path
) -> None:
    script = "set -eu\n" + example.replace("127.0.0.1:8000", address)
    ran = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    written = [file.read_text() for file in tmp_path.iterdir()]
    assert "".join([ran.stdout, *written])
    assert '"status": 5' not in ran.stdout
    assert ('"errors"' in ran.stdout) == ("form=2017" in example)
