"""Figures, names and speakers: what a text states, and what texts state alike."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.compare import facts
from search.compare.reading import read
from tests.patterns import Automaton, Found

COMPARE = Path(facts.__file__).parent

# A sentence, and the keys of the figures it states.
NUMBERS = [
    ("Of 1,200 ships 7 left by 2016.", "1200 7 2016"),
    ("Some 1.2 million came, or 1,200,000.", "1200000 1200000"),
    ("It cost $5bn, $5 billion or 5 billion dollars.", "$5000000000 " * 3),
    ("It cost US$5m, €3.5 million and £20-million.", "$5000000 €3500000 £20000000"),
    ("A million U.S. dollars were lost.", "$1000000"),
    ("They hold 12 percent, 12 per cent, 12% and 12pct.", "12% 12% 12% 12%"),
    ("Twelve boats and ninety-nine nets were lost.", "12 99"),
    ("Twenty two of three hundred and five came.", "22 305"),
    ("Two dozen boats and a dozen nets.", "24 12"),
    ("Half a million and three hundred thousand.", "500000 300000"),
    ("Two and a half million, or 2½ million.", "2500000 2500000"),
    ("No one knew, and one of them wept.", ""),
    ("One percent of one hundred.", "1% 100"),
    ("Dozens left, then hundreds, then thousands.", ""),
    ("He spoke on Oct. 21, 2016.", "2016-10-21"),
    ("He spoke on 21 October 2016, or 2016-10-21.", "2016-10-21 2016-10-21"),
    ("He spoke on the 21st of October.", "--10-21"),
    ("He spoke on October 21-23.", "--10-21 --10-23"),
    ("He spoke in October 2016, and on 21/10/2016.", "2016-10 2016-10-21"),
    ("He may march 5 miles.", "5 mi"),
    ("Nobody knows which month 3/4/2021 is in.", "3/4/2021"),
    ("It began at 10:30, or 10.30 am, or 1030 GMT.", "10:30 10:30 10:30"),
    ("It began at 10 a.m. and ended at 10.30 p.m.", "10:00 22:30"),
    ("A 34-year-old and a two-year-old.", "34 2"),
    ("Some 5-7 boats, 5–7 million nets.", "5 7 5000000 7000000"),
    ("A $5-$7 net, or $5 to $7 million.", "$5 $7 $5000000 $7000000"),
    ("From 5 to 7 percent of 900,000 to 1.2 million.", "5% 7% 900000 1200000"),
    ("They won 2-1, lost 0-3, and won 1-2 there.", "2-1 0-3 1-2"),
    ("It lasted from 2010-12.", "2010 2012"),
    ("An F-16 and MH17 left the G20 by 5G in 3D.", ""),
    ("In the 1990s, or the '90s.", "1990s 1990s"),
    ("The 5th boat sank third.", "5th"),
    ("It is 10 kilometers, or 10km, or 6 miles off.", "10 km 10 km 6 mi"),
    ("He is 6’6 and has 1’200 francs, or P1,200.", "6’6 1200"),
    ("It is number 22, November 30, 2002.", "22 2002-11-30"),
    ("A $5 million-a-year gap, and 3 dozen nets.", "$5000000 36"),
    ("Two-thirds of the Four Seasons burnt.", "2/3"),
    ("Am 21. Oktober 2016 waren es 1.200,5 Kilometer.", "2016-10-21 1200.5 km"),
    ("Das sind 3,5 Prozent von fünf Millionen Euro.", "3.5% €5000000"),
    ("Das Boot ist für 1.200 Euro um 10.30 Uhr da.", "€1200 10:30"),
    ("Le 21 octobre 2016, 12 pour cent des 1 200 ponts.", "2016-10-21 12% 1200"),
    ("Les deux ponts sont à 5 millions d’euros.", "2 €5000000"),
    ("El 21 de octubre de 2016 los dos eran el 5 por ciento.", "2016-10-21 2 5%"),
    ("Once boats left; son of two.", "2"),
    ("В 2016 году, 21 октября, это было пять процентов.", "2016 --10-21 5%"),
    ("Это 5 млн рублей и 1 200 лодок на реке.", "₽5000000 1200"),
    ("٥ ملايين من ١٢٠٠ في 21 أكتوبر 2016", "5000000 1200 2016-10-21"),
]

# A text, and the names in it, parted by bars; ~ stands before one that is not sure.
NAMES = [
    ("Ferries wait. Then Ann Ott of Bay City spoke.", "Ann Ott|Bay City"),
    ("He met Mr. O’Hara and Lt. Col. Ann B. Ott.", "Mr. O’Hara|Lt. Col. Ann B. Ott"),
    ("He met J.K. Ott and J. R. Wye.", "J.K. Ott|J. R. Wye"),
    ("It left St. John’s for Ft. Wye.", "St. John’s|Ft. Wye"),
    ("It is U.S. Central Command, she said.", "U.S. Central Command"),
    (
        "It fell to Omar al-Wazir and Jan van der Berg.",
        "Omar al-Wazir|Jan van der Berg",
    ),
    ("It fell to Ana de la Cruz in Rio de Janeiro.", "Ana de la Cruz|Rio de Janeiro"),
    ("They met Eva Ott-Wye and Kim Jae-in.", "Eva Ott-Wye|Kim Jae-in"),
    ("They left Łódź and Świdnica for Żary.", "Łódź|Świdnica|Żary"),
    ("Лодка шла в Казань. Её вёл Иван Отт.", "Казань|Иван Отт"),
    ("Ο Νίκος Ράλλης μίλησε στην Αθήνα.", "Νίκος Ράλλης|Αθήνα"),
    ("Boats came from Peru’s north and the Incas' coast.", "Peru’s|Incas"),
    ("A Peruvian, a Dane and two Finnish boats.", "Peruvian|Dane|Finnish"),
    ("A Danish-led, pro-Danish and Aarhus-based fleet.", "Danish|Danish|Aarhus"),
    ("On Monday in June, and by May, it rained on Ann.", "Ann"),
    ("It rained on June Ott and Theresa May.", "June Ott|Theresa May"),
    ("Rain fell, and I’m sure it’s the TV.", ""),
    ("THE BAY CITY QUAY REOPENS AT LAST\n\nIt rained on Ann.", "Ann"),
    ("Bay City Quay Opened After Storm\n\nIt rained on Ann.", "Ann"),
    ("BAY CITY (AP) — The quay opened.", "BAY CITY|AP"),
    ("NATO left. Aarhus stays.", "NATO|~Aarhus"),
    (
        "It hit the Ministry of Trade and a Bank of Peru.",
        "Ministry of Trade|Bank of Peru",
    ),
    ("It is the Wye Observatory for Bird Rights.", "Wye Observatory for Bird Rights"),
    ("The Prime Minister met the Mayor and the General.", ""),
    ("The US Secretary of State Ann Ott left.", "US|Secretary of State Ann Ott"),
    ("The Bay City Mayor Ann Ott left.", "Bay City|Mayor Ann Ott"),
    (
        "The Justice Department sued General Motors.",
        "Justice Department|General Motors",
    ),
    ("New York waits for Los Angeles.", "New York|Los Angeles"),
    ("It waits. Holding Aarhus, they slept.", "Aarhus"),
    ("It sued Wye & Ott and the People’s Bank.", "Wye & Ott|People’s Bank"),
    (
        "Am Montag kam die Bürgermeisterin Ann Ott mit der NATO.",
        "Bürgermeisterin Ann Ott|NATO",
    ),
    ("Am Montag kam Ann Ott der Polizei und dem Amt mit.", "Ann Ott"),
    ("Le maire est dans l’Élysée avec l’ONU.", "Élysée|ONU"),
    ("قال رئيس البلدية إن المطر في المدينة.", ""),
    ("市长安说下雨了。", ""),
]

# A text, and who said something in it.
SAYINGS = [
    ("Ann Ott said so, according to the mayor.", "Ann Ott|the mayor"),
    ("“It rained,” said Ann Ott.", "Ann Ott"),
    ("“It rained,” says Ann Ott, who saw it.", "Ann Ott"),
    ("“It rained,” Ann Ott, the mayor, said.", "Ann Ott"),
    ("The mayor, Ann Ott, told reporters it rained.", "Ann Ott"),
    ("A spokesman for the port, Lt. Col. Bob Wye, said no.", "Lt. Col. Bob Wye"),
    ("According to WYRE, it rained.", "WYRE"),
    ("It rained, WYRE reported on Monday.", "WYRE"),
    ("It rained, Peru’s WYRE news agency reported.", "Peru’s WYRE news agency"),
    ("In Bay City the mayor said no.", "the mayor"),
    ("The plan is dead, said Ann Ott of Bay City on Monday.", "Ann Ott of Bay City"),
    ("U.S. Gen. J.K. Ott said it rained.", "U.S. Gen. J.K. Ott"),
    ("But Ann Ott has also said that it rained.", "Ann Ott"),
    ("It rained, police said Monday.", "police"),
    ("Residents reached by phone said it rained.", "Residents reached by phone"),
    ("Ann Ott and Bob Wye said so.", "Ann Ott|Bob Wye"),
    ("He said it rained. She, too, said so.", ""),
    ("It is said to rain. Ann was told to go.", ""),
    ("It rained, but it is dry, said co-author Ann Ott.", "co-author Ann Ott"),
    ("Bob Wye Jr., the mayor, said the rain shows it.", "Bob Wye Jr"),
    ("He has always said so. We’re told it rains. The mayor never said so.", ""),
    ("The firm reported a loss. The storm claimed 12 lives.", ""),
    ("Ann Ott added two boats, and added that they leak.", ""),
    ("The mayor announced that it rained.", "The mayor"),
    ("It went according to plan.", ""),
    ("Some 5% of parents said it rained, or 5 percent of them said.", ""),
    ("“Es regnet”, sagte Bürgermeisterin Ann Ott.", "Bürgermeisterin Ann Ott"),
    ("Laut der Polizei ist es nicht das Boot.", "der Polizei"),
    ("Am Montag sagte der Minister, es regne auf dem Land.", "der Minister"),
    ("« Il pleut », a déclaré Ann Ott dans la ville.", "Ann Ott"),
    ("Selon le maire, les ponts sont dans la ville.", "le maire"),
    ("Le ministre a annoncé que les ponts sont là.", "Le ministre"),
    ("“Llueve”, dijo Ann Ott en la ciudad.", "Ann Ott"),
    ("Según la policía, los puentes y las calles.", "la policía"),
    ("El alcalde afirmó que los puentes son de la ciudad.", "El alcalde"),
    ("«Идёт дождь», сказал мэр Иван Отт на мосту.", "мэр Иван Отт"),
    ("По словам министра, это не так.", "министра"),
    ("Анна Отт заявила, что на мосту дождь.", "Анна Отт"),
    ("قال رئيس البلدية إن المطر في المدينة.", "رئيس البلدية"),
    ("بحسب الشرطة، كان المطر في المدينة.", "الشرطة"),
]


@pytest.mark.parametrize(("text", "keys"), NUMBERS)
def test_a_figure_is_its_value_with_its_unit(text: str, keys: str) -> None:
    found = " ".join(fact.key for fact in facts.numbers(text))
    assert found == keys.strip()


@pytest.mark.parametrize(("text", "said"), NAMES)
def test_a_name_is_what_has_capitals_inside_a_sentence(text: str, said: str) -> None:
    found = [fact.text for fact in facts.names(text)]
    assert found == [one for one in said.split("|") if one and one[0] != "~"]


@pytest.mark.parametrize(("text", "said"), SAYINGS)
def test_who_said_it_stands_by_a_verb_of_saying(text: str, said: str) -> None:
    found = [fact.text for fact in facts.attributions(text)]
    assert found == [one for one in said.split("|") if one]


# Two texts, and what only one of them states.
ALIKE = [
    ("Of 12 boats two left.", "Of twelve boats 2 left."),
    ("A third boat left.", "The 3rd boat left."),
    ("They are one of them.", "They are 1 of them."),
    ("It cost $5 million on Oct. 21.", "It cost 5m dollars on 21 October 2016."),
    ("It cost $5 million in 2016.", "Some 5,000,000 in 2016."),
    ("It rained on Ann Ott.", "It rained on Ott."),
    ("It rained on Mayor Ann Ott.", "It rained on Ms. Ott, Ann B. Ott."),
    ("It rained on Ott.", "Ott slept."),
    ("It hit the U.S. and the U.N.", "It hit the United States and United Nations."),
    ("It hit the Wye Arab News Agency.", "It hit WANA."),
    ("It hit the Wye Army.", "It hit the Wye army."),
    ("It hit Aarhus.", "Aarhus was hit."),
    ("The Wye Observatory for Birds is here.", "Here is the Observatory."),
    ("It hit Omar al-Wazir.", "It hit Omar Al Wazir and al-Wazir."),
    ("Лодка шла в Казань из Перми.", "Лодка шла из Казани в Пермь."),
    ("Mayor Ann Ott said so.", "Ann Ott, the mayor, said so."),
    ("“It rains,” said Ann Ott.", "Ms. Ott, in a hat, said so."),
    ("According to 2 people, it rains.", "According to two people, it rains."),
]
UNLIKE = [
    ("Of 12 boats.", "Of 13 boats.", "12/- -/13"),
    ("It took 12%.", "It took 12 boats.", "12%/-"),
    ("It began on Oct. 21.", "It began on Oct. 22.", "Oct. 21/- -/Oct. 22"),
    ("It hit South Sudan.", "It hit Sudan.", "South Sudan/-"),
    ("It rained on Ann Ott.", "It rained on Bob Ott.", "Ann Ott/- -/Bob Ott"),
    ("It is Peru’s fleet.", "It is Lima's fleet.", "Peru’s/- -/Lima's"),
    ("It hit the US.", "It hit us.", "US/-"),
    ("A Dane and a Finn.", "A Dane and a Pole.", "Finn/- -/Pole"),
    ("The mayor said so.", "The coroner said so.", "The mayor/- -/The coroner"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_is_only_written_otherwise_is_no_difference(one: str, other: str) -> None:
    assert not any(facts.differing([one, other]).values())
    assert not any(facts.differing([other, one]).values())


@pytest.mark.parametrize(("one", "other", "expected"), UNLIKE)
def test_what_one_does_not_state_is_a_difference(
    one: str, other: str, expected: str
) -> None:
    found = [
        "/".join(fact.text if fact else "-" for fact in row)
        for rows in facts.differing([one, other]).values()
        for row in rows
    ]
    assert " ".join(found) == expected


def test_a_surname_is_that_of_its_own_text() -> None:
    texts = ["It hit Ann Ott. Then Ott fell.", "It hit Bob Ott. Then Ott fell."]
    (first, second) = facts.differing(texts)["names"]
    assert [first[0] and first[0].text, second[1] and second[1].text] == [
        "Ann Ott",
        "Bob Ott",
    ]


def test_of_three_texts_each_is_shown_as_it_writes_it() -> None:
    texts = ["It hit Ann Ott.", "Ott was hit.", "It rained."]
    ((one, other, none),) = facts.differing(texts)["names"]
    assert (one and one.text, other and other.text, none) == ("Ann Ott", "Ott", None)


def test_what_stands_around_a_fact_is_of_its_own_paragraph() -> None:
    (fact,) = facts.numbers("It rained.\n\nOf 12 boats.\n\nIt rained.")
    assert fact.context == "Of 12 boats."


# Whatever the texts are

_WORDS = (
    "Ann Ott Ott’s said says the The of and 12 twelve 5-7 % $ million to Oct. 21 2016 “"
    " ” , . : al-Wye U.S. Gen. according a half St. I é Ł ½ 10:30 p.m. Иван сказал |"
)
_SAID = st.lists(st.sampled_from(_WORDS.split(" ")), max_size=40)
texts = _SAID.map(lambda said: " ".join(said).replace("|", "\n\n")) | st.text(
    max_size=60
)


@given(texts)
def test_a_text_beside_itself_states_the_same(text: str) -> None:
    assert not any(facts.differing([text, text]).values())


@given(texts)
def test_facts_are_pieces_of_their_text(text: str) -> None:
    for found in (facts.numbers(text), facts.names(text), facts.attributions(text)):
        assert all(fact.text and fact.text in text for fact in found)


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "A", "1", "A ", "1 ", "A.", "1,", "1-", "A-", "a’", "$1", "the ", "of "),
        *(
            "A of ",
            "and A ",
            "one hundred ",
            "A said ",
            "said A, ",
            ", A",
            "“A” ",
            "half ",
        ),
        *("U.S.", "A\n", "May 1 ", "1 to ", "12:30 ", "Mr. ", "according to ", "A-b"),
    ],
)
def test_texts_made_to_take_long_do_not(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    assert set(facts.differing([text, text[3:]])) == {
        "numbers",
        "names",
        "attributions",
    }


def test_no_pattern_of_the_comparison_is_worse_than_linear() -> None:
    names = [path.stem for path in COMPARE.glob("*.py") if path.stem != "__init__"]
    bad = [
        (name, each)
        for name in names
        for each, value in vars(import_module(f"search.compare.{name}")).items()
        if isinstance(value, re.Pattern)
        for found in [Found(each, value.pattern, value.flags & ~re.UNICODE, True)]
        if Automaton(found, loose=True).is_exponential()
        or Automaton(found, loose=False).is_quadratic()
    ]
    assert bad == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The boat of the mayor is with the port and that was it.", "en"),
        ("Das Boot ist nicht auf dem See und der Hafen ist eine Insel.", "de"),
        ("Les bateaux sont dans le port et les ponts sur la mer.", "fr"),
        ("El barco y los puentes son del puerto por la noche.", "es"),
        ("И на реке не было лодок, что как это из порта.", "ru"),
    ],
)
def test_little_words_tell_the_language(text: str, language: str) -> None:
    assert read(text).language == language
