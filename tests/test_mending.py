"""Words that saving or converting damaged, and those it did not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.mending.apostrophes import restored
from index.mending.mend import as_found, mended
from search.engines.columnar.record import Record, pack
from tests.factories import article
from tests.trying import examples


@pytest.mark.parametrize(
    ("lost", "right"),
    [
        ("Norway s king and Finland s poet", "Norway’s king and Finland’s poet"),
        ("the port s , and the town s .", "the port’s , and the town’s ."),
        ("They don t and they won t.", "They don’t and they won’t."),
        ("I m late, we re lost, they ve gone.", "I’m late, we’re lost, they’ve gone."),
        ("Shi ite and Shi ites", "Shi’ite and Shi’ites"),
        ("It doesnt rain and isnt dry.", "It doesn’t rain and isn’t dry."),
        (
            "the countrys ports, the citys mayor",
            "the country’s ports, the city’s mayor",
        ),
    ],
)
def test_what_can_be_nothing_else_gets_its_apostrophe_back(lost, right):
    assert restored((lost,)) == (right,)


@pytest.mark.parametrize(
    "text",
    [
        "Sizes s m l and s, t, d are left.",
        "It cant and wont and its well, were ill.",
        "The Hales and the Kennedys met the Germanys of 1990.",
        "He plays, delays and says; standbys wait, boys and keys.",
        "Only Norway s king is odd.",
        "It's Norway s king and Finland s poet.",
        "The countries leaders and the allies aims",
        "Přišel s otcem",
        "See example.org/page?s=1 and search?t=2",
        "Option s x y, option t z w.",
    ],
)
def test_what_may_be_meant_stays(text):
    assert restored((text,)) == (text,)


@pytest.mark.parametrize("sign", ["\ufffd", "?"])
def test_a_sign_in_its_place_is_one(sign):
    lost = f"The mayor{sign}s car didn{sign}t start. Really?"
    assert restored((lost,)) == ("The mayor’s car didn’t start. Really?",)


def test_only_english_gets_apostrophes():
    czech = article(text="Otec s matkou a bratr s psem.", lang="cs")
    assert mended(czech) == czech


def test_what_was_read_in_the_wrong_encoding_is_read_anew():
    wrong = article(title="CafÃ© closes", text="The mayorâ€™s cafÃ© â€“ gone.\n\nYes.")
    right = mended(wrong)
    assert right.title == "Café closes"
    assert right.text == "The mayor’s café – gone.\n\nYes."


@pytest.mark.parametrize(
    "text",
    [
        "Ä Ö Ü – Ålesund, Łódź, São Paulo, Ðại học, İstanbul’da",
        "Ãfrica e Ângela; à Â; EÂ",
        "东京の選挙 выборы انتخابات",
        "10 °C – 12 €, § 5, ½ – “quoted”",
    ],
)
def test_right_text_is_left_alone(text):
    assert mended(article(text=text, lang="pt")).text == text


def test_how_it_stood_on_the_page_is_kept():
    found = article(title="Norwayâ€™s king", text="A.\n\nNorway s king didn t.\n\nB.")
    right = mended(found)
    assert right.text == "A.\n\nNorway’s king didn’t.\n\nB."
    assert as_found(right) == found


def test_an_index_keeps_it_too():
    right = mended(article(text="Norway s king didn t."))
    assert Record(pack(right)).article() == right


_DAMAGED = st.lists(
    st.sampled_from(
        ["Norway s", "king", "didn t", "Ã©t", "â€™s", "\n\n", "dont", "é", "I m", "s."]
    ),
    max_size=20,
).map(" ".join)


@examples(100)
@given(_DAMAGED)
def test_mending_is_undone_letter_for_letter(text):
    text = "\n\n".join(" ".join(p.split()) for p in text.split("\n\n") if p.split())
    found = article(title=text.replace("\n\n", " ") or None, text=text)
    right = mended(found)
    assert as_found(right) == found
    assert len(right.paragraphs) == len(found.paragraphs)


@examples(100)
@given(_DAMAGED)
def test_what_is_mended_stays_as_it_is(text):
    once = mended(article(title=None, text=text.strip()))
    assert mended(once) == once
