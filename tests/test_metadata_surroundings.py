"""The section an article stands in and who publishes it."""

from __future__ import annotations

import pytest

from index.metadata.describe import describe
from index.page import Block, CleanPage, Head
from search.model import Kind, Said
from tests.factories import raw


def described(**head):
    page = CleanPage(
        Kind.ARTICLE, None, (Block("It rained.", True, "text"),), Head(**head)
    )
    return describe(raw("", url="https://harbourpost.example/a/b-c-d-e"), page)


@pytest.mark.parametrize(
    "section", ["Harbour", ["Harbour", "News"], [{"name": "Harbour"}]]
)
def test_json_ld_names_the_section(section):
    told = described(jsonld=({"@type": "Article", "articleSection": section},))
    assert told.section == Said("Harbour", "jsonld")


def test_meta_elements_name_it_too():
    told = described(meta={"article:section": "Harbour"})
    assert told.section == Said("Harbour", "meta")


def test_a_number_is_no_section():
    assert described(meta={"article:section": "42"}).section is None


def test_the_owner_is_kept_apart_from_the_outlet():
    owner = {"@type": "Organization", "name": "Tidewater Media"}
    told = described(
        jsonld=({"@type": "Article", "publisher": owner},),
        meta={"og:site_name": "Harbour Post"},
    )
    assert told.source is not None
    assert (told.source.label, told.publisher) == (
        "Harbour Post",
        Said("Tidewater Media", "jsonld"),
    )


def test_an_address_names_no_publisher():
    page = "https://social.example/harbourpost"
    assert (
        described(jsonld=({"@type": "Article", "publisher": page},)).publisher is None
    )


def test_what_is_part_of_a_page_says_nothing_of_its_section():
    told = described(
        jsonld=(
            {"@type": "Article", "headline": "a"},
            {"@type": "VideoObject", "articleSection": "Clips"},
        )
    )
    assert told.section is None
