"""The pages of places and the API: what they count, draw and lead to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.mentions import PlaceCounts
from search.model import Query
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARTICLES, HOSTILE, visitor
from tests.test_web_pages import heading, page, words
from tests.trying import examples
from web.places import frames
from web.places.atlas import atlas
from web.places.ground import ground
from web.places.marks import PLANS, Layer, Spot, layers
from web.places.projection import Azimuthal, EqualEarth, unrolled

CLIENT = visitor()
HAMBURG, GERMANY, EUROPE = "2911298", "2921044", "6255148"
BERLIN, BREMEN = "2950159", "2944388"
DEEP = place("x:cold deep", "Cold Deep", lat=60.5, lon=-2.5)


def told(path: str, client: Any = CLIENT) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_json()


def circles(markup: str, layer: str = "ample") -> list[str]:
    """Return what the links on a map say, in their order."""
    drawn = re.search(rf'<svg class="marks {layer}".*?</svg>', markup, re.DOTALL)
    assert drawn
    return re.findall(r"<title>(.*?)</title>", drawn[0])


# Many places


def test_countries_are_ranked_by_articles_with_what_is_in_them() -> None:
    shown = words(page("/places"))
    assert heading(page("/places")) == "5 places"
    assert "Germany Places in Germany: map Hamburg 26" in shown
    assert shown.index("by what is in it") < shown.index("Lebanon Places in Lebanon")


def test_the_page_and_the_api_count_alike() -> None:
    shown = page("/places?list=all&q=council")
    for one in told("/api/places?q=council")["places"]:
        assert re.search(rf"{one['label']}: </span>{one['count']}</a>", shown), one[
            "label"
        ]


def test_the_places_of_a_search_are_those_of_its_articles() -> None:
    found = told("/api/places?q=cranes")
    assert {one["label"]: one["count"] for one in found["places"]} == {
        "Germany": 1, "Hamburg": 1, "Lebanon": 1, "Beirut": 1
    }  # fmt: skip
    assert (found["articles"], found["unplaced"], found["total"]) == (1, 0, 4)


def test_the_api_says_all_that_it_was_asked_for() -> None:
    asked = told("/api/places?q=council&in=title&source=unknown&page=2")["filters"]
    assert asked == {"q": ["council"], "in": ["title"], "source": ["unknown"]}


def test_the_places_of_a_search_lead_back_to_it() -> None:
    assert 'href="/search?q=strike&lang=ar"' in page("/places?q=strike&lang=ar")


def test_a_place_of_a_search_leads_to_its_articles() -> None:
    shown = page("/places?q=strike&within=2921044")
    assert f'href="/search?q=strike&place={HAMBURG}"' in shown


def test_within_a_place_is_what_lies_in_it() -> None:
    labels = [one["label"] for one in told(f"/api/places?within={GERMANY}")["places"]]
    assert labels == ["Hamburg"]
    labels = [one["label"] for one in told(f"/api/places?within={EUROPE}")["places"]]
    assert labels == ["Germany", "Hamburg"]


def test_a_beginning_finds_a_place_by_any_spelling() -> None:
    assert heading(page("/places?prefix=beyr")) == "1 place with “beyr”"
    assert "Lebanon" in words(page("/places?prefix=beyr"))
    assert told("/api/places?prefix=beyr")["places"][0]["label"] == "Beirut"


def test_a_beginning_finds_what_lies_deep_in_a_place_that_only_articles_know() -> None:
    quay = place("x:quay", "Old Quay", GERMANY, "x:haven")
    client = visitor(MemorySearcher([article(id="x", places=(quay,))]))
    assert told(f"/api/places?prefix=old&within={GERMANY}", client)["total"] == 1
    assert told(f"/api/places?prefix=old&within={EUROPE}", client)["total"] == 1


def test_a_trail_leads_up_to_the_world() -> None:
    shown = page(f"/places?within={GERMANY}&q=strike")
    trail = re.search(r'<ol class="trail">(.*?)</ol>', shown, re.DOTALL)
    assert trail
    assert words(trail[1]) == "World Europe Germany"
    assert f'href="/places?q=strike&within={EUROPE}"' in trail[1]


def test_the_trail_of_a_place_that_nobody_names_leads_up_as_far() -> None:
    shown = page("/places?within=3143244")
    trail = re.search(r'<ol class="trail">(.*?)</ol>', shown, re.DOTALL)
    assert trail
    assert words(trail[1]) == "World Europe Norway Oslo Oslo"


def test_more_places_than_a_page_has_are_on_the_next() -> None:
    many = [place(f"x:cape {n:03}", f"Cape {n:03}") for n in range(130)]
    crowd = visitor(MemorySearcher([article(id="x", places=(*many,))]))
    assert "Cape 129" in page("/places?page=3", crowd)
    assert 'rel="next"' not in page("/places?page=3", crowd)
    assert "The list ends before this page" in page("/places?page=9", crowd)
    found = told("/api/places?per_page=50&page=2", crowd)
    assert (found["pages"], found["places"][0]["label"]) == (3, "Cape 050")
    assert found["links"]["next"] == "/api/places?per_page=50&page=3"


class Hurried(MemorySearcher):
    """Runs out of time on the first question."""

    asked = 0

    def places(self, query: Query) -> PlaceCounts:
        self.asked += 1
        return replace(super().places(query), complete=self.asked > 1)


def test_what_ran_out_of_time_is_said_to_be_a_part_and_asked_again() -> None:
    searcher = Hurried(ARTICLES)
    client = visitor(searcher)
    assert "only a part of the index was searched" in words(page("/places", client))
    assert "only a part of the index was" not in words(page("/places", client))
    assert told("/api/places", client)["complete"]
    assert searcher.asked == 2


@pytest.mark.parametrize(
    "asked", ["within=x:nowhere", "q=nothing+like+it", "prefix=zz"]
)
def test_where_nothing_is_found_the_page_says_so(asked: str) -> None:
    assert re.search(
        r"No (place|article)|name (nothing|no)", words(page(f"/places?{asked}"))
    )


def test_a_country_is_a_circle_of_all_its_articles_and_leads_into_it() -> None:
    shown = page("/places")
    assert circles(shown)[0] == "Germany: 26 articles"
    assert f'<a href="/places?within={GERMANY}"><title>Germany' in shown
    assert "Most articles name Germany: 26; then Lebanon 13." in shown


def test_inside_a_country_a_circle_is_the_very_place() -> None:
    shown = page(f"/places?within={GERMANY}")
    assert circles(shown) == ["Hamburg: 26 articles"]
    assert f'<a href="/place/{HAMBURG}"><title>Hamburg' in shown


def test_what_is_far_from_the_rest_of_a_country_is_told_and_not_drawn() -> None:
    named = (
        place("5856195", "Honolulu", "6252001"),
        place("5128581", "New York", "6252001"),
    )
    far = visitor(MemorySearcher([article(id="x", places=named)]))
    shown = page("/places?within=6252001", far)
    assert circles(shown) == ["New York: 1 article"]
    assert "Not on this map: Honolulu 1" in words(shown)


def test_a_map_and_its_table_have_the_same_places_in_two_widths() -> None:
    shown = page("/places")
    assert circles(shown, "compact") == circles(shown, "ample")


# One place


def test_a_place_says_who_writes_it_how() -> None:
    old = replace(place(HAMBURG, "Hamburg", GERMANY), as_written=("Hamborg",))
    new = place(HAMBURG, "Hamburg", GERMANY)
    client = visitor(
        MemorySearcher(
            [
                article(id="x", source="Bay Post", text="Hamborg", places=(old,)),
                article(id="y", source="Fjord News", text="Hamburg", places=(new,)),
                article(id="z", source="Fjord News", text="Hamburg", places=(new,)),
            ]
        )
    )
    shown = page(f"/place/{HAMBURG}", client)
    assert "Outlet Hamburg Hamborg Fjord News 2 – Bay Post – 1" in words(shown)
    (link,) = re.findall(r'href="(/search\?q=[^"]*source=bay-post[^"]*)"', shown)
    assert unquote(link) == f'/search?q="=Hamborg"&source=bay-post&place={HAMBURG}'
    assert heading(page(link, client)).startswith("1 article")


def test_a_place_leads_up_along_its_path() -> None:
    shown = page(f"/place/{HAMBURG}")
    assert f'<a href="/place/{GERMANY}"><bdi>Germany</bdi></a>' in shown
    assert 'aria-label="Map: Hamburg in Germany"' in shown


def test_company_leads_to_the_articles_that_name_both() -> None:
    shown = page(f"/place/{HAMBURG}")
    (link,) = re.findall(
        r'<a href="([^"]*)"><span class="vh">Articles that name both', shown
    )
    both = told(f"/api/places/{HAMBURG}")["companions"][0]
    assert heading(page(link)).startswith(f"{both['count']} articles")


def test_the_page_of_a_place_and_the_api_count_alike() -> None:
    found = told(f"/api/places/{HAMBURG}")
    assert f"{found['count']} articles name it" in words(page(f"/place/{HAMBURG}"))
    assert [way["spelling"] for way in found["spellings"]] == ["Hamburg"]
    assert sum(o["count"] for o in found["spellings"][0]["outlets"]) == found["own"]


def test_a_place_nobody_names_has_a_page_that_says_so() -> None:
    shown = words(page("/place/3143244"))
    assert "No article of this collection names it" in shown
    assert "Norway" in shown


@pytest.mark.parametrize("id", ["x:nowhere", "999999999", "0", "...", f"0{HAMBURG}"])
def test_what_is_no_place_leads_to_those_there_are(id: str) -> None:
    shown = page(f"/place/{id}", status=404)
    assert 'action="/places"' in shown
    assert heading(shown) == "There is no such place"


def test_a_place_only_the_collection_knows_has_a_page() -> None:
    client = visitor(MemorySearcher([article(id="x", places=(DEEP,))]))
    shown = page(f"/place/{quote(DEEP.id)}", client)
    assert "60.50° N, 2.50° W" in shown
    assert told(f"/api/places/{quote(DEEP.id)}", client)["id"] == DEEP.id
    assert f'href="/place/{quote(DEEP.id, safe=":")}"' in page("/places", client)


def test_no_name_of_a_place_breaks_its_page() -> None:
    address = f"/place/{quote('x:' + HOSTILE, safe=':')}"
    assert f'href="{address}"' in CLIENT.get("/places").text
    answer = CLIENT.get(address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_dateline_leads_to_what_is_from_there() -> None:
    opening = place(HAMBURG, "Hamburg", GERMANY, dateline=True)
    client = visitor(MemorySearcher([article(id="x", places=(opening,))]))
    shown = page(f"/place/{GERMANY}", client)
    (link,) = re.findall(r'<a href="([^"]*)">1</a>\s*is datelined there', shown)
    assert heading(page(link, client)).startswith("1 article")


# Ways there


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/", "/places"),
        ("/search?q=strike", "/places?q=strike"),
        ("/search?q=strike", f"/place/{HAMBURG}"),
        ("/search/facet/place?q=strike", "/places?q=strike"),
        ("/search/facet/place?q=strike", f"/place/{HAMBURG}"),
        (f"/doc/{ARTICLES[0].id}", f"/place/{HAMBURG}"),
    ],
)
def test_other_pages_lead_to_places(path: str, link: str) -> None:
    assert f'href="{link}"' in page(path)


# The map


@given(
    st.floats(-89, 89), st.floats(-180, 180), st.floats(-60, 60), st.floats(-179, 179)
)
@examples(50)
def test_equal_areas_are_equal_on_every_map(
    lat: float, lon: float, about: float, around: float
) -> None:
    step = 0.02
    square = np.array([lat, lat, lat + step]), np.array([lon, lon + step, lon])
    true = np.radians(step) ** 2 * np.cos(np.radians(lat + step / 2)) / 2
    for project in (EqualEarth(), Azimuthal(about, around)):
        east = unrolled(square[1]) if isinstance(project, EqualEarth) else square[1]
        x, y = project(square[0], east)
        area = abs((x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0])) / 2
        split = np.ptp(east) > 1 or np.isnan(area)
        assert split or area == pytest.approx(true, rel=0.02)


@pytest.mark.parametrize(
    ("lat", "lon"), [(64.73, 177.5), (65.5, -170.0), (-18.1, 178.4), (-13.8, -172.1)]
)
def test_what_lies_about_the_date_line_lies_at_the_right_edge(
    lat: float, lon: float
) -> None:
    point = frames.world().point(lat, lon)
    assert point is None or point[0] > 0.8


def test_the_poles_are_on_the_map_of_those_who_ask_for_them() -> None:
    assert frames.world().point(-77.8, 166.7) is None
    assert frames.world(whole=True).point(-77.8, 166.7) is not None


def test_every_country_with_outlines_has_a_map_with_itself_on_it() -> None:
    lacking = [
        country
        for country in dict.fromkeys(atlas().continent_of)
        if (frame := frames.country(country)) is None or frame.width > 2.5
    ]
    assert lacking == []
    germany = frames.country(GERMANY)
    assert germany is not None
    assert ground(germany).here.startswith("M")


def spots(number: int, seed: int) -> list[Spot]:
    some = np.random.default_rng(seed)
    made = [
        Spot(f"Place {n}", int(size), float(lat), float(lon), quote(f"{n}"))  # type: ignore[arg-type]
        for n, (size, lat, lon) in enumerate(
            zip(
                some.zipf(1.3, number).clip(1, 100_000),
                some.uniform(35, 60, number),
                some.uniform(-10, 40, number),
                strict=True,
            )
        )
    ]
    return sorted(made, key=lambda spot: -spot.size)


def pixels(layer: Layer, height: float) -> list[tuple[float, float, float]]:
    width = layer.plan.width
    return [(m.x / 100 * width, m.y / 100 * height, m.radius) for m in layer.marks]


@given(st.integers(0, 150), st.integers(0, 9))
@examples(25)
def test_circles_leave_each_other_and_fingers_room(number: int, seed: int) -> None:
    frame = frames.world()
    drawn, _ = layers(frame, spots(number, seed), [])
    for layer in drawn:
        placed = pixels(layer, layer.plan.width * frame.height / frame.width)
        for n, (x, y, r) in enumerate(placed):
            for a, b, s in placed[:n]:
                far = np.hypot(x - a, y - b)
                assert far >= 23.9
                assert far >= r + s


def test_the_area_of_a_circle_is_how_many_articles() -> None:
    some = [
        Spot("A", 4000, 0, 0, quote("a")), Spot("B", 1000, 40, 90, quote("b"))  # type: ignore[arg-type]
    ]  # fmt: skip
    (small, large), far = layers(frames.world(), some, [])
    for layer in (small, large):
        first, second = (mark.radius for mark in layer.marks)
        assert first / second == pytest.approx(2, rel=0.02)
    assert (far, [plan.name for plan in PLANS]) == ((), ["compact", "ample"])
