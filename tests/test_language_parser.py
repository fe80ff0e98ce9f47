"""What query text finds."""

from __future__ import annotations

import pytest

from search.errors import BadQuery
from search.language.budget import MAX_CHARACTERS
from search.model import Removed, Scope
from tests.factories import article, place
from tests.small_corpus import SmallCorpus

# The ids of towns are the gazetteer's.
CHISINAU = place("618426", "Chisinau", "617790")


@pytest.fixture(scope="module")
def press() -> SmallCorpus:
    """Return four articles that differ in every field."""
    return SmallCorpus(
        article(
            id="ferry",
            title="Ferries sail again",
            text="Norway s army helped. The Shi ite mayor praised the women."
            "\n\nU.S. aid came.",
            source="The Teal Press",
            agency="TP",
            published="2016-03-10",
            authors=("Ada Moss",),
        ),
        article(
            id="mayor",
            title="Mayor resigns",
            text="The Shiite mayor left Norway’s army to us."
            "\n\nFerries wait; a woman waits.",
            source="harbour.example",
            published="2016-05",
            authors=("Bo Reed",),
            removed=(Removed("Subscribe for panorama offers", "rail"),),
        ),
        article(
            id="strike",
            title="Strike at the port",
            text="Dockers strike. The harbour front, or HFP, joins the dockers"
            " of the port.",
            source="harbour.example",
            published="2017",
            lang="de",
        ),
        article(id="plain", title=None, text="Señor Núñez sails. 東京都の港 reopened."),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mayor ferries", "ferry mayor"),
        ("mayor AND resigns", "mayor"),
        ("sail OR strike", "ferry plain strike"),
        ("mayor resigns OR strike", "mayor strike"),
        ("mayor (resigns OR sail)", "ferry mayor"),
        ("ferries -mayor", ""),
        ("ferries -resigns", "ferry"),
        ("ferries NOT resigns", "ferry"),
        ('-"mayor resigns"', "ferry strike plain"),
        ("-(mayor norway)", "strike plain"),
        ("-mayor -strike", "plain"),
        ("strike OR -mayor", "strike plain"),
        ("NOT NOT strike", "strike"),
        ('"sail again"', "ferry"),
        ('"again sail"', ""),
        ("'sail again'", "ferry"),
        ('"dockers port"~5', "strike"),
        ('"dockers port"', ""),
        ('"mayor praised"~2', "ferry"),
        ("hfp", "strike"),
        ("the", "ferry mayor strike"),
        ("", "ferry mayor strike plain"),
        ("  ", "ferry mayor strike plain"),
        ("*", "ferry mayor strike plain"),
        ("---", ""),
    ],
)
def test_words_operators_and_phrases(press, text, found):
    assert press.find(text) == set(found.split())


@pytest.mark.parametrize(
    "text", ["norway's army", "norway s army", '"norway\'s army"', '"NORWAY’S army"']
)
def test_a_possessive_is_found_with_and_without_its_apostrophe(press, text):
    assert press.find(text) == {"ferry", "mayor"}


@pytest.mark.parametrize(
    "text",
    ["shi'ite", "shi’ite", '"shi\'ite"', '"shi\'ite mayor"', "title:x OR shi'ite"],
)
def test_an_inner_apostrophe_is_found_kept_lost_and_left_out(press, text):
    assert press.find(text) == {"ferry", "mayor"}


def test_words_with_and_without_inner_apostrophe_find_each_other(press):
    assert press.find("shiite") == {"mayor"}


def test_the_country_and_the_pronoun_are_apart(press):
    assert (press.find("US"), press.find("us")) == ({"ferry"}, {"mayor"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ferr*", "ferry mayor"),
        ("sailing*", ""),
        ("nunez*", "plain"),
        ("wom?n", "ferry mayor"),
        ("w?men", ""),
        ("wom*n", "ferry mayor"),
        ("title:ferries*", "ferry"),
        ("feries~", "ferry mayor"),
        ("ferrries~2", "ferry mayor"),
        ("what strike?", ""),
        ("strike?", "strike"),
    ],
)
def test_patterns(press, text, found):
    assert press.find(text) == set(found.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"=ferries"', "ferry mayor"),
        ('"=ferry"', ""),
        ("=núñez", "plain"),
        ("=nunez", ""),
        ("nunez", "plain"),
        ('"=Ferries sail"', "ferry"),
        ('="ferries sail"', "ferry"),
        ('"=shi\'ite"', ""),
        ('title:"=ferries"', "ferry"),
        ('body:"=ferries"', "mayor"),
    ],
)
def test_exact_words_have_no_other_form(press, text, found):
    assert press.find(text) == set(found.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title:mayor", "mayor"),
        ("body:strike", "strike"),
        ("title:(mayor OR strike)", "mayor strike"),
        ("byline:moss", "ferry"),
        ("byline:tp", "ferry"),
        ("TITLE:mayor", "mayor"),
        ('title:"mayor resigns"', "mayor"),
        ("-title:mayor mayor", "ferry"),
        ("source:harbour.example", "mayor strike"),
        ('source:"The Teal Press"', "ferry"),
        ("source:(the teal press)", "ferry"),
        ("source:(harbour.example OR the-teal-press)", "ferry mayor strike"),
        ("source:(harbour.example the-teal-press)", ""),
        ("author:moss author:reed", ""),
        ("date:2016 date:2016-05", "mayor"),
        ("after:2016-04 after:2016-05", "mayor strike"),
        ("lang:en lang:de", ""),
        ("source:harb*", "mayor strike"),
        ("source:unknown", "plain"),
        ("source:*", "ferry mayor strike"),
        ("-source:*", "plain"),
        ("agency:*", "ferry"),
        ("author:*", "ferry mayor"),
        ("place:*", ""),
        ("lang:* kind:*", "ferry mayor strike plain"),
        ("date:*", "ferry mayor strike"),
        ("agency:tp", "ferry"),
        ('agency:"teal press"', "ferry"),
        ("agency:none", "mayor strike plain"),
        ("lang:de", "strike"),
        ("kind:article", "ferry mayor strike plain"),
        ("author:moss", "ferry"),
        ('author:"Ada Moss"', "ferry"),
        ("author:unknown", "strike plain"),
        ("place:unknown", "ferry mayor strike plain"),
        ("date:2016", "ferry mayor"),
        ("date:2016-05", "mayor"),
        ("date:2016-05-31", "mayor"),
        ("date:2016-04", ""),
        ("date:2017-08", "strike"),
        ("date:2016-03-10..2016-05-01", "ferry mayor"),
        ("date:2016-05-01..2016-03-10", "ferry mayor"),
        ("date:2016-05..", "mayor strike"),
        ("date:..2016-03", "ferry"),
        ("date:undated", "plain"),
        ("-date:undated", "ferry mayor strike"),
        ("after:2016-05-20", "mayor strike"),
        ("after:2017", "strike"),
        ("before:2017", "ferry mayor"),
        ("before:2016-03-10", ""),
        ("before:2016-03-11", "ferry"),
    ],
)
def test_fields(press, text, found):
    assert press.find(text) == set(found.split())


@pytest.mark.parametrize(
    ("text", "scope", "found"),
    [
        ("panorama", Scope.ALL, ""),
        ("in:chrome panorama", Scope.ALL, "mayor"),
        ("panorama in:chrome", Scope.ALL, "mayor"),
        ("panorama", Scope.CHROME, "mayor"),
        ("(in:title) mayor", Scope.ALL, "mayor"),
        ("mayor", Scope.TITLE, "mayor"),
        ("in:all mayor", Scope.TITLE, "ferry mayor"),
        ("in:body strike", Scope.ALL, "strike"),
        ("reed", Scope.BYLINE, "mayor"),
        ("body:mayor", Scope.TITLE, "ferry mayor"),
    ],
)
def test_the_scope_is_where_plain_words_are_looked_for(press, text, scope, found):
    assert press.find(text, scope) == set(found.split())


@pytest.mark.parametrize("text", ["東京", "東京都", "都", "港", '"東京都の港"'])
def test_words_without_spaces_between_them_are_found(press, text):
    assert press.find(text) == {"plain"}


def test_characters_out_of_order_are_not_found(press):
    assert not press.find("京東")


def test_a_name_also_finds_its_other_names(press):
    assert press.find('"front du port"') == press.find("front du port") == {"strike"}


def test_a_name_in_the_title_finds_its_other_names_there(press):
    assert press.find("title:hfp") == set()


def test_an_excluded_name_is_excluded_under_all_its_names(press):
    assert press.find('dockers -"front du port"') == set()


def test_a_query_may_not_have_more_than_512_characters(press):
    assert press.read("x" * 512)
    with pytest.raises(BadQuery) as caught:
        press.read("x" * 513)
    assert (caught.value.parameter, caught.value.reason) == ("q", "too-long")


@pytest.fixture(scope="module")
def towns() -> SmallCorpus:
    """Return a corpus that writes one town in two ways, and others in one."""
    novgorod = place("520555", "Nizhniy Novgorod", "2017370")
    nice = place("2990440", "Nice", "3017382")
    springfields = [place(town, "Springfield", "1") for town in ("101", "102")]
    return SmallCorpus(
        article(id="c1", text="In Chisinau.", places=(CHISINAU,)),
        article(
            id="c2",
            text="In Kishinev.",
            places=(place("618426", "", "617790", as_written=("Kishinev",)),),
        ),
        article(id="moldova", places=(place("617790", "Moldova"),)),
        article(
            id="n1",
            text="In Nizhny Novgorod.",
            places=(
                place(novgorod.id, "", "2017370", as_written=("Nizhny Novgorod",)),
            ),
        ),
        article(
            id="n2",
            text="In Gorky.",
            places=(place(novgorod.id, "", "2017370", as_written=("Gorky",)),),
        ),
        article(id="nice", text="In Nice.", places=(nice,)),
        article(
            id="nissa",
            text="In Nissa.",
            places=(place(nice.id, "", "3017382", as_written=("Nissa",)),),
        ),
        *(
            article(id=f"s{town.id}", text="In Springfield.", places=(town,))
            for town in springfields
        ),
        article(
            id="s3",
            text="In Springfeld.",
            places=(place("101", "", "1", as_written=("Springfeld",)),),
        ),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kishinev", "c1 c2"),
        ('"Kishinev"', "c1 c2"),
        ("kishinev's", "c1 c2"),
        ("chişinău", "c1 c2"),
        ('"=kishinev"', "c2"),
        ("title:kishinev", ""),
        ("body:kishinev", "c2"),
        ("nizhny novgorod", "n1 n2"),
        ('"nizhny novgorod"', "n1 n2"),
        ("gorky OR kishinev", "n1 n2 c1 c2"),
        ("in nizhny novgorod", "n1 n2"),
        ("nizhni novgorod", "n1 n2"),
        ("nijni novgorod", "n1 n2"),
        ("nice", "nice"),
        ("nissa", "nice nissa"),
        ("springfield", "s101 s102"),
        ("place:kishinev", "c1 c2"),
        ("place:617790", "c1 c2 moldova"),
        ('place:"Nizhny Novgorod"', "n1 n2"),
        ("place:springfield", "s101 s102 s3"),
        ("place:nice", "nice nissa"),
        ("place:atlantropa", ""),
        ("moldova", ""),
    ],
)
def test_a_spelling_of_a_place_finds_the_place_where_it_dominates(towns, text, found):
    assert towns.find(text) == set(found.split())


def test_a_place_searched_beside_its_words_is_told(towns):
    (expansion,) = towns.read("mayor kishinev  -x").expansions
    assert expansion.term == "kishinev"
    assert (expansion.kind, expansion.place) == ("place", "618426")
    assert (expansion.label, expansion.also) == ("Chisinau", ("Chisinau",))


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("a kishinev b", 'a "=kishinev" b'),
        ('"Kishinev" b', '"=Kishinev" b'),
        ("(nizhny  novgorod) OR x", '("=nizhny novgorod") OR x'),
        ("x -hfp", 'x -"=hfp"'),
        ("title:hfp", 'title:"=hfp"'),
    ],
)
def test_alone_is_the_query_with_these_words_as_written(towns, text, alone):
    (expansion,) = towns.read(text).expansions
    assert expansion.alone == alone


def test_alone_is_never_longer_than_a_query_may_be(towns):
    (expansion,) = towns.read("kishinev".ljust(MAX_CHARACTERS - 3)).expansions
    assert len(expansion.alone) == MAX_CHARACTERS
    (expansion,) = towns.read("kishinev".ljust(MAX_CHARACTERS - 2)).expansions
    assert expansion.alone is None


@pytest.mark.parametrize("text", ["a kishinev b", '"Kishinev"', "nizhny novgorod hfp"])
def test_a_query_of_words_alone_expands_nothing(towns, text):
    while expansions := towns.read(text).expansions:
        text = expansions[0].alone
    assert "=" in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("voleur", True),
        ("volaient", True),
        ("voler", False),
        ("volai*", True),
        ('"=voleur"', False),
        ("haus", False),
        ("hauser", True),
        ("корабль", False),
        ("корабл*", True),
        ("京都", True),
        ("都", True),
        ("東港", False),
        ("ab" * 32, True),
        ("ab" * 40 + "y", True),
        (f'"={"ab" * 40}y"', True),
    ],
)
def test_words_of_all_languages_are_read_by_the_same_rules(
    text: str, *, found: bool
) -> None:
    corpus = SmallCorpus(
        article(
            lang="fr",
            text=f"Les voleurs volaient. Die Häuser. Корабли. 東京都の港. {'ab' * 40}",
        )
    )
    assert bool(corpus.find(text)) is found
