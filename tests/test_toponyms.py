"""Places in articles: recognised, resolved, one id for every spelling."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.toponyms.company import Company
from index.toponyms.locate import locate, recognise
from index.toponyms.mentions import mentions_of
from index.toponyms.priors import Prior
from index.toponyms.transliteration import skeleton
from index.toponyms.words import Word, words_of
from search.gazetteer import gazetteer
from search.model import Place
from tests.factories import article

KUNDUZ, PARIS, TRIPOLI, BENGHAZI = "1135689", "2988507", "2210247", "88319"
AJDABIYA, ZINTAN, HODEIDA, MUKALLA = "89113", "2218963", "79415", "78754"


def places(text: str, title: str | None = None, *rows: str) -> dict[str, Place]:
    found = locate(article(text=text, title=title), rows).places
    return {place.id: place for place in found}


def labels(text: str, title: str | None = None) -> set[str]:
    return {place.label for place in places(text, title).values()}


# What is a place, and what only looks like one.


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Channel ABC Australia said so.", "Australia"),
        ("Sen. Kim Petrov, R-Dayton, agreed.", "Dayton"),
        ("Neighbouring Ghana closed its border.", "Ghana"),
        ("The flood reached Idlib Province.", "Idlib Province"),
        ("It began in Toledo, OH, on Monday.", "OH"),
        ("A quake shook the Middle East.", "Middle East"),
        ("The ferry to Sumatra sank.", "Sumatra"),
    ],
)
def test_a_name_among_capitals_is_found(text: str, written: str) -> None:
    assert written in {w for p in places(text).values() for w in p.as_written}


def test_the_weights_of_an_article_s_places_make_one() -> None:
    found = places("LIMA, May 3 - Trains left for Oslo. Oslo waits.", "Lima").values()
    assert sum(place.weight for place in found) == pytest.approx(1, abs=0.001)


def test_the_dateline_weighs_more_than_a_name_in_passing() -> None:
    lima, oslo = places("LIMA, May 3 - Trains left, a man from Oslo said.").values()
    assert lima.weight > oslo.weight


def test_a_span_points_at_what_is_written() -> None:
    text = "Ferries from Oslo reached Kiel."
    (oslo, kiel) = places(text).values()
    assert [text[slice(*place.spans[0])] for place in (oslo, kiel)] == ["Oslo", "Kiel"]


def test_places_come_in_order_of_appearance() -> None:
    found = locate(article(text="He went from Lagos to Accra.", title=None)).places
    assert [place.label for place in found] == ["Lagos", "Accra"]


def test_a_name_of_several_words_is_one_place() -> None:
    assert labels("She moved to Rio de Janeiro in May.") == {"Rio de Janeiro"}


def test_the_possessive_is_no_part_of_a_name() -> None:
    (place,) = places("Uruguay's harbours are full.").values()
    assert place.as_written == ("Uruguay",)


def test_a_place_of_the_title_has_no_span_in_the_text() -> None:
    (place,) = places("Prices rose again.", "Bread queues in Cairo").values()
    assert (place.as_written, place.spans) == (("Cairo",), ())


@pytest.mark.parametrize(
    "text",
    [
        "He wrote for The New York Times.",
        "She studied at Oregon State University.",
        "A London-based group said so.",
        "The Lisbon-backed plan failed.",
        "A loan from Texas Commerce Bank fell due.",
        "The Bank of England kept its rate.",
        "Fans saw Paris Hilton on Monday.",
        "Georgia Hale and Sydney Marsh won the race.",
        "Somalis fear al-Shabab and al-Qaida.",
        "Reading is fun and the weather was nice.",
        "The Hungarian minister and two Germans met.",
        "By O. Lindqvist, who was there.",
        "The Red Cross opened a shelter and Rio Tinto a mine.",
        "Shares of Texas Instruments rose and he wore a Panama hat.",
        "The fire came over the breaks of the Clearwater on Sunday.",
        "Mon frère est parti et son cousin aussi.",
        "The fee rose to US$10 million.",
        "They follow Amazon and Toyota, said the Obama administration.",
        "Dale Moore was late. Police asked Moore to leave.",
        "Tools of 300 BC lay there.",
        "The University of Manchester hired a dean.",
        "Leeds United lost and Blackburn Rovers won.",
        "A crowd cheered Prince Charles and Princess Anne.",
        "CAR BOMB KILLS FIVE",
    ],
)
def test_what_bears_the_name_of_a_place_is_none(text: str) -> None:
    assert labels(text) == set()


def test_a_surname_is_no_country() -> None:
    text = "Michael Jordan scored twice. Jordan left early, his coach said."
    assert labels(text) == set()


def test_a_common_word_is_a_place_beside_what_it_lies_in() -> None:
    assert "Reading" in labels("They live in Reading, Pennsylvania.")


# Which of several places is meant.


def test_a_bare_name_is_the_most_prominent_place() -> None:
    assert PARIS in places("The talks in Paris went on.")


def test_what_follows_the_comma_decides() -> None:
    (paris, texas) = places("A fire in Paris, Texas, was put out.").values()
    assert paris.path[:2] == texas.path


@pytest.mark.parametrize(
    "text", ["PERU, Ind. (AP) -- A barn burned.", "He lives in Mexico, Mo., again."]
)
def test_a_town_called_like_a_country_is_meant_before_its_state(text: str) -> None:
    town, state = places(text).values()
    assert town.path[:2] == state.path


@pytest.mark.parametrize(
    "text",
    [
        "The barn stood in Peru, Indiana, near the river.",
        "PERU, Indiana (AP) -- A barn burned.",
        "PERU, Indiana, U.S. -- A barn burned.",
        "He was born in Mexico, New York in 1931.",
        "Poland, Ohio's mayor spoke.",
        "Norway, Maine, is a twin of Oslo.",
    ],
)
def test_a_town_called_like_a_country_is_meant_before_its_state_s_full_name(
    text: str,
) -> None:
    town = next(iter(places(text).values()))
    assert (len(town.path), town.path[0]) == (3, "6252001")


def test_of_two_towns_with_their_states_each_is_meant() -> None:
    text = "Shops in Toledo, Ohio, and Peru, Indiana, and Cuba, Missouri, closed."
    towns = [p.label for p in places(text).values() if len(p.path) == 3]
    assert towns == ["Toledo", "Peru", "Cuba"]


def test_a_town_s_title_may_be_without_its_state() -> None:
    text = "PERU, Indiana (AP) -- A barn burned. Peru has three left."
    assert labels(text, "Fire in Peru") == {"Peru", "Indiana"}
    assert "3932488" not in places(text, "Fire in Peru")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In Peru, Indiana Jones looks for gold.", "3932488"),
        ("In Lima, Peru, Indiana teams won.", "3932488"),
        ("Chile, Peru, Indiana and Ohio sent teams.", "3932488"),
        ("Chile and Peru, Indiana, Ohio and Iowa sent teams.", "3932488"),
        ("Talks between Mexico, Missouri and Iowa went on.", "3996063"),
        ("Sales rose in Mexico, Missouri, Iowa and Kansas.", "3996063"),
        ("Flights to Mexico, New York and London rose.", "3996063"),
        ("Unlike Peru, Indiana has no high mountains.", "3932488"),
        ("Of talks with China, Texas officials said little.", "1814991"),
        ("Mexico's peso fell, and a man from Mexico, Missouri, won.", "3996063"),
        ("The way from Mexico, Iowa, was long.", "3996063"),  # none lies there
    ],
)
def test_a_country_beside_a_state_it_has_no_namesake_in_or_is_listed_with_stays(
    text: str, country: str
) -> None:
    assert country in places(text)


def test_a_name_is_the_same_place_throughout_an_article() -> None:
    text = "A fire in Paris, Texas, was put out.\n\nThe mayor of Paris was glad."
    paris = next(iter(places(text).values()))
    assert len(paris.spans) == 2


def test_other_places_decide_between_namesakes() -> None:
    text = (
        "Storms crossed Georgia on Monday. Power failed in Atlanta, Macon and Augusta,"
        " and in Savannah."
    )
    assert "4197000" in places(text)  # the state, not the country


def test_a_province_is_not_its_capital() -> None:
    (place,) = places("Floods in Herat province cut the road.").values()
    assert len(place.path) == 2


# One id for every spelling.


@pytest.mark.parametrize("name", ["Kunduz", "Kondoz", "Qunduz", "Konduz"])
def test_every_transliteration_is_one_place_where_its_country_is_named(
    name: str,
) -> None:
    assert KUNDUZ in places(f"Afghanistan said rebels fled from {name} on Friday.")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Libya said its army was near Ajdabia.", AJDABIYA),
        ("Libya said its army left al-Zintan.", ZINTAN),
        ("Yemen said a ship had reached Hodeida.", HODEIDA),
        ("Yemen said a ship had reached al-Makalla.", MUKALLA),
        ("Yemen said a ship had reached Makalla.", MUKALLA),
        ("Ukraine said shells fell on Kramatorskaya and near Mariupil.", "701822"),
        ("Russia said its troops were at Achkhoi-Martan.", "584298"),
        ("Syria said its army was near Jisr al-Shughour.", "169023"),
    ],
)
def test_an_unlisted_transliteration_is_recognised(text: str, id: str) -> None:
    assert id in places(text)


def test_a_transliteration_is_nothing_where_its_country_is_not_named() -> None:
    assert MUKALLA not in places("A ship had reached Makalla, the owners said.")


def test_a_person_is_no_transliteration() -> None:
    text = "Libya honoured Omar Zantani. The army of Zantani had won, he said."
    assert ZINTAN not in places(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yemen said Oddville (or Mukalla) was calm. Ships left Oddville.",
        "Yemen said Mukalla, also known as Oddville, was calm. Ships left Oddville.",
    ],
)
def test_two_names_the_text_calls_one_are_one_place(text: str) -> None:
    (place,) = (p for p in places(text).values() if p.id == MUKALLA)
    assert set(place.as_written) == {"Oddville", "Mukalla"}
    assert len(place.spans) == 3


def test_two_towns_joined_by_or_are_two() -> None:
    assert len(places("The ferry goes to Bergen or Stavanger.")) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Peru, or the United States, must decide.", 2),
        ("The ferry leaves Bergen (or Stavanger) at noon.", 2),
        ("It was shown in Oslo, formerly called Madrid, on Monday.", 2),
    ],
)
def test_two_places_everybody_knows_are_never_one(text: str, number: int) -> None:
    assert len(places(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "Help must come to Kenya, or Adanga will sue.",
        "They left Kenya, or Hamas, it seems, stayed.",
    ],
)
def test_what_follows_or_is_no_name_of_a_place_by_itself(text: str) -> None:
    (kenya,) = places(text).values()
    assert kenya.as_written == ("Kenya",)


def test_a_skeleton_forgives_articles_vowels_and_digraphs() -> None:
    assert skeleton("Ar Rutbah") == skeleton("er-Rutba") == skeleton("Routba")


def test_a_skeleton_keeps_consonants_apart() -> None:
    assert skeleton("Zliten") != skeleton("Zintan")


# What a long text costs.


class _Counted(list[Word]):
    """Words that count how many of them were asked for in slices."""

    asked = 0

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        self.asked += len(found) if isinstance(at, slice) else 0
        return found


def test_a_long_run_of_capitals_costs_no_more_than_its_length() -> None:
    words = _Counted(words_of("Qanto Zubel Ravik " * 300))
    (name,) = mentions_of(words, gazetteer())
    assert name.last == 899
    assert words.asked < 20 * len(words)


def test_a_place_named_often_is_weighed_once() -> None:
    compared = 0

    class Score(float):
        def __lt__(self, other: float) -> bool:
            nonlocal compared
            compared += 1
            return float(self) < other

        __gt__ = __lt__

    mentions = mentions_of(words_of("Oslo, " * 300), gazetteer())
    company = Company({mention: Score(0.5) for mention in mentions}, None)
    for mention in mentions:
        company.features_of(mention, 0.5)
    assert compared < 10 * len(mentions)


# The dateline.


@pytest.mark.parametrize(
    "text",
    [
        "TRIPOLI (Agency) - Ships sailed on Monday.",
        "TRIPOLI, Libya – Ships sailed on Monday.",
        "TRIPOLI -- Ships sailed on Monday.",
        "TRIPOLI, Feb 26 - Ships sailed.",
        "Tripoli (Agency) — Ships sailed.",
        "Harbour opens after a year\n\nTRIPOLI, Libya – Ships sailed on Monday.",
    ],
)
def test_the_place_a_text_opens_with_is_its_dateline(text: str) -> None:
    assert [p.id for p in places(text).values() if p.dateline] == [TRIPOLI]


def test_a_place_further_on_is_no_dateline() -> None:
    found = places("TRIPOLI, Libya – Ships sailed to Benghazi.")
    assert not found[BENGHAZI].dateline


def test_a_text_that_opens_with_a_sentence_has_no_dateline() -> None:
    found = places("Tripoli was calm - for a day.")
    assert not any(place.dateline for place in found.values())


# What a row brings.


@pytest.mark.parametrize("value", [PARIS, "Paris"])
def test_given_places_replace_recognition(value: str) -> None:
    assert set(places("Ships left Oslo.", None, value)) == {PARIS}


def test_a_given_country_code_is_that_country() -> None:
    (place,) = places("Ships left.", None, "NO").values()
    assert place.label == "Norway"


def test_a_given_code_that_is_no_countrys_is_no_town_of_that_name() -> None:
    (place,) = places("Ships left.", None, "EU").values()
    assert place.id == "x:eu"


def test_two_capitals_may_be_a_countrys_name() -> None:
    (place,) = places("Ships left.", None, "UK").values()
    assert place.label == "United Kingdom"


def test_a_given_name_nobody_knows_becomes_a_place_of_its_own() -> None:
    (place,) = places("Ships left.", None, "Zemlya  Nowhere").values()
    assert (place.id, place.path) == ("x:zemlya nowhere", ("x:zemlya nowhere",))


def test_a_place_given_by_its_id_is_written_nowhere() -> None:
    (place,) = places("Ships left Oslo.", None, PARIS).values()
    assert place.as_written == ()


def test_no_id_of_a_place_holds_a_quotation_mark() -> None:
    (place,) = places("Ships left.", None, 'The "Wren" Rock').values()
    assert place.id == "x:the wren rock"


def test_places_given_twice_are_one() -> None:
    assert len(places("Ships left.", None, "Paris", PARIS)) == 1


# For all inputs.

_PIECES = [
    *("Paris", "Texas", "al-", "the", "Al ", "(or ", ") ", ", ", "New", "York", "St. "),
    *("near ", "U.S.", "-based ", "LONDON", " - ", "\n\n", "'s", "Київ", "’", "of "),
    *("d'", "dell’", "L'", "Aquila"),
    *("W. Va.", "Bani ", "Oddville", "Yemen ", " also known as ", "- ", "ß", "İ"),
]
_WORDS = st.sampled_from(_PIECES)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=25).map("".join))


@given(text=_TEXTS, title=st.one_of(st.none(), _TEXTS))
def test_spans_hold_what_is_written_whatever_the_text(
    text: str, title: str | None
) -> None:
    for place in locate(article(text=text, title=title)).places:
        assert all(text[start:end] in place.as_written for start, end in place.spans)


@given(text=_TEXTS)
def test_spans_are_in_order_and_never_overlap(text: str) -> None:
    found = locate(article(text=text, title=None)).places
    spans = sorted(span for place in found for span in place.spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(values=st.lists(st.text(max_size=20), max_size=4))
def test_no_row_makes_it_raise(values: list[str]) -> None:
    found = locate(article(), tuple(values)).places
    assert len({place.id for place in found}) == len(found)


def test_a_state_named_is_no_reason_to_look_in_the_next() -> None:
    found = places("PORTLAND, Maine - Bangor waits for a call.", "A call from Geneva")
    assert "2660646" in found


def test_the_largest_port_is_meant_where_its_sea_is_named() -> None:
    assert "698740" in places("Ships of the Black Sea fleet called at Odessa.")


def test_a_country_is_found_under_its_name_in_the_article_s_language() -> None:
    text = "Die Fähre aus Polen legt in Schweden an."
    found = locate(article(text=text, title=None, lang="de")).places
    assert {place.label for place in found} == {"Poland", "Sweden"}


def test_what_lies_south_of_a_town_names_it_in_french_too() -> None:
    text = "Trois villages au sud de Marrakech sont isolés."
    found = locate(article(text=text, title=None, lang="fr")).places
    assert [place.label for place in found] == ["Marrakesh"]


# Names written together with an article or a preposition that lost its vowel.


@pytest.mark.parametrize("mark", ["'", "’"])
@pytest.mark.parametrize(
    ("lang", "text", "written"),
    [
        ("fr", "Les pêcheurs d'Essaouira sont rentrés.", "Essaouira"),
        ("fr", "Un vol vers l'Algérie a été annulé.", "Algérie"),
        ("fr", "D'Alger on voit la mer.", "Alger"),
        ("fr", "Il ira jusqu'Orléans.", "Orléans"),
        ("fr", "Le train d'Aix-en-Provence est parti.", "Aix-en-Provence"),
        ("it", "Due arresti nell'Isernia di ieri.", "Isernia"),
        ("it", "Il terremoto dell'Aquila fece molte vittime.", "Aquila"),
        ("it", "Il sindaco parla a L'Aquila.", "L'Aquila"),
        ("ca", "El tren d'Andorra no arriba.", "Andorra"),
    ],
)
def test_a_name_is_found_behind_an_elision(
    lang: str, text: str, written: str, mark: str
) -> None:
    text, written = text.replace("'", mark), written.replace("'", mark)
    found = locate(article(text=text, title=None, lang=lang)).places
    assert [place.as_written for place in found if place.spans] == [(written,)]


def test_both_ways_to_write_an_elided_name_are_one_place() -> None:
    text = "L'Aquila trema. Il terremoto dell'Aquila fece molte vittime."
    (place,) = locate(article(text=text, title=None, lang="it")).places
    assert place.as_written == ("L'Aquila", "Aquila")


@pytest.mark.parametrize(
    "text",
    [
        "Jeanne d'Arc est née là.",
        "Le président Giscard d'Estaing parle.",
        "Il lit un livre de Gabriele D'Annunzio.",
        "Un film de Vincent D'Angers est sorti.",
        "Charles d'Orléans écrivait des rondeaux.",
    ],
)
def test_an_elision_in_a_person_s_name_makes_no_place(text: str) -> None:
    assert not locate(article(text=text, title=None, lang="fr")).places


# Scripts without capitals, and other languages.


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("وصلت السفينة من القاهرة وبيروت صباح الاثنين.", {"القاهرة", "بيروت"}),
        ("عاد الوفد للقاهرة أمس.", {"للقاهرة"}),
        ("عاد الوفد الى القاهره أمس.", {"القاهره"}),  # as many type it
        ("המעבורת יצאה מחיפה ותחזור מחר.", {"חיפה"}),
    ],
)
def test_a_large_town_is_found_without_capitals_and_under_a_prefix(
    text: str, written: set[str]
) -> None:
    found = places(text).values()
    assert {name for place in found for name in place.as_written} == written


def test_a_word_that_is_also_a_hamlet_is_no_place_without_capitals() -> None:
    assert labels("قال إن البيت أقصر وإن المدينة بعيدة.") == set()


# What an outlet's other articles tell.


def test_an_article_tells_where_its_names_may_mean_another_place() -> None:
    dayton = recognise(article(text="The mayor of Dayton, Ohio, resigned.", title=None))
    mill = recognise(article(text="A mill in Springfield burned.", title=None))
    (ohio,) = dayton.testimony.regions
    assert ohio in mill.testimony.namesakes
    assert ohio not in dayton.testimony.namesakes


def test_a_place_says_that_only_its_outlet_leads_to_it() -> None:
    towns = ("Dayton", "Toledo", "Akron", "Cleveland", "Columbus")
    prior = Prior()
    for town in towns:
        text = f"The mayor of {town}, Ohio, resigned."
        prior.count(recognise(article(text=text, title=None)).testimony)
    mill = article(text="A mill in Springfield made doors for Denmark.", title=None)
    found = recognise(mill, prior).article.places
    assert [(p.label, p.method) for p in found] == [
        ("Springfield", "outlet"),
        ("Denmark", "text"),
    ]
