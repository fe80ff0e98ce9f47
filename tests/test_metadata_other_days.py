"""Days on a page that are not the day of its publication, in six languages.

Events, other stories, readers' comments, rights and relative days stand on every page;
only a stamp of the article's own is its day, and without one it has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaner.clean import clean
from index.metadata.describe import describe
from index.page import Form, RawPage
from search.model import Published
from tests.trying import examples


@dataclass(frozen=True)
class Tongue:
    """How a language writes days and sentences; ``{d}`` is a day in them."""

    months: str
    day: str
    title: str
    byline: str
    body: str
    events: tuple[str, ...]
    relative: tuple[str, ...]
    around: tuple[str, ...]


TONGUES = {
    "en": Tongue(
        months="January February March April May June July August September October"
        " November December",
        day="{0} {1} {2}",
        title="Quay reopens in Riga",
        byline="By Ada Roe",
        body="The harbour master said that crews had worked through the night to clear"
        " the quay, and that ferries would sail again as soon as the wind had fallen"
        " enough for them to leave. People who live by the water said they had seen"
        " nothing like it for a generation.",
        events=(
            "On {d} the court ruled that the ferry line owed its crews two years' pay.",
            "The strike of Monday, {d}, ended without a deal, the union said.",
            "{d} — a day few will forget — began with snow.",
            "Born on {d}, he went to sea at fifteen.",
            "The law takes effect on {d}.",
            "Ada Roe, {d} – {d}",
            "Deadline: {d}",
            "The quay will be closed until {d}.",
        ),
        relative=(
            "Yesterday the harbour master told the council that ferries would sail.",
            "Two hours ago the last ship left.",
            "Last March the council had promised a new quay.",
            "3 hours ago",
        ),
        around=(
            "{d} Council votes on a new quay",
            "Jane Roe wrote on {d}: I was there and nobody helped.",
            "© {d} Tideway Media. All rights reserved.",
        ),
    ),
    "de": Tongue(
        months="Januar Februar März April Mai Juni Juli August September Oktober"
        " November Dezember",
        day="{0}. {1} {2}",
        title="Kai in Riga öffnet wieder",
        byline="Von Ada Roth",
        body="Der Hafenmeister sagte, die Leute hätten die Nacht durch gearbeitet, um"
        " den Kai zu räumen, und die Fähren würden fahren, sobald der Wind genug"
        " nachgelassen habe. Wer am Wasser wohnt, sagte, so etwas habe man seit einer"
        " Generation nicht gesehen.",
        events=(
            "Am {d} entschied das Gericht, dass die Reederei Lohn schuldet.",
            "Der Streik vom Montag, {d}, endete ohne Ergebnis, sagte die Gewerkschaft.",
            "Das Gesetz tritt am {d} in Kraft.",
        ),
        relative=(
            "Gestern sagte der Hafenmeister, die Fähren fahren.",
            "vor 2 Stunden",
        ),
        around=("{d} Rat stimmt über neuen Kai ab", "Jana Roth schrieb am {d}: Ja."),
    ),
    "fr": Tongue(
        months="janvier février mars avril mai juin juillet août septembre octobre"
        " novembre décembre",
        day="{0} {1} {2}",
        title="Le quai rouvre à Riga",
        byline="Par Ada Roux",
        body="Le capitaine du port a dit que ses équipes ont travaillé toute la nuit"
        " pour dégager le quai, et que les ferries repartiraient dès que le vent serait"
        " tombé. Ceux qui vivent au bord de l'eau ont dit qu'ils n'avaient rien vu de"
        " tel depuis une génération.",
        events=(
            "Le {d}, le tribunal a jugé que la compagnie devait deux ans de salaires.",
            "La grève du lundi {d} s'est achevée sans accord, a dit le syndicat.",
        ),
        relative=("Hier, le capitaine du port a parlé au conseil.", "il y a 2 heures"),
        around=("{d} Le conseil vote un quai", "Jeanne Roux a écrit le {d} : oui."),
    ),
    "es": Tongue(
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre"
        " noviembre diciembre",
        day="{0} de {1} de {2}",
        title="Reabre el muelle en Riga",
        byline="Por Ada Ruiz",
        body="El capitán del puerto dijo que los equipos habían trabajado toda la noche"
        " para despejar el muelle, y que los barcos saldrán en cuanto el viento haya"
        " amainado. Quienes viven junto al agua dijeron que no habían visto nada igual"
        " en una generación.",
        events=(
            "El {d} el tribunal falló que la naviera debía dos años de sueldos.",
            "La huelga del lunes, {d}, terminó sin acuerdo, dijo el sindicato.",
        ),
        relative=("Ayer el capitán del puerto habló al consejo.", "hace 2 horas"),
        around=("{d} El consejo vota un muelle", "Juana Ruiz escribió el {d}: sí."),
    ),
    "ru": Tongue(
        months="января февраля марта апреля мая июня июля августа сентября октября"
        " ноября декабря",
        day="{0} {1} {2}",
        title="Причал в Риге снова открыт",
        byline="Анна Иванова",
        body="Начальник порта сказал, что бригады работали всю ночь, чтобы расчистить"
        " причал, и что паромы пойдут, как только ветер достаточно стихнет. Жители"
        " набережной сказали, что не видели ничего подобного целое поколение, и что"
        " совет предупреждали заранее.",
        events=(
            "{d} суд постановил, что компания должна экипажам зарплату.",
            "Забастовка {d} закончилась без соглашения, сообщил профсоюз.",
        ),
        relative=("Вчера начальник порта выступил в совете.", "2 часа назад"),
        around=("{d} Совет голосует за причал", "Иван Петров написал {d}: да."),
    ),
    "ar": Tongue(
        months="يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر"
        " ديسمبر",
        day="{0} {1} {2}",
        title="إعادة فتح الرصيف في ريغا",
        byline="آدا منصور",
        body="قال مدير الميناء إن الفرق عملت طوال الليل لإخلاء الرصيف، وإن العبارات"
        " ستبحر ما إن تهدأ الريح بما يكفي لخروجها من الميناء. وقال سكان الواجهة البحرية"
        " إنهم لم يروا مثل ذلك منذ جيل كامل، وإن المجلس كان قد حُذر من ذلك مرات عديدة"
        " قبل وقوعه في تلك الليلة.",
        events=(
            "في {d} قضت المحكمة بأن الشركة مدينة للبحارة بأجور عامين.",
            "انتهى الإضراب يوم الاثنين {d} دون اتفاق، قالت النقابة.",
        ),
        relative=("أمس تحدث مدير الميناء أمام المجلس.", "قبل ساعتين"),
        around=("{d} المجلس يصوت على رصيف جديد", "كتب أحمد في {d}: نعم."),
    ),
}
DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2024, 12, 31))


def written(tongue: Tongue, day: date) -> str:
    month = tongue.months.split()[day.month - 1]
    return tongue.day.format(day.day, month, day.year)


@st.composite
def pages(draw: st.DrawFn) -> tuple[Form, str, str | None]:
    """Return a page full of other days, and its own where it has a stamp."""
    lang = draw(st.sampled_from(sorted(TONGUES)))
    tongue = TONGUES[lang]

    def some(sentences: tuple[str, ...]) -> str:
        text = draw(st.sampled_from(sentences))
        while "{d}" in text:
            text = text.replace("{d}", written(tongue, draw(DAYS)), 1)
        return text

    own = draw(st.none() | DAYS)
    top = [some(tongue.events)] if draw(st.booleans()) else []
    top += [tongue.byline] if draw(st.booleans()) else []
    top += [written(tongue, own)] if own else []
    story = [some((*tongue.events, *tongue.relative)), tongue.body]
    story += [some((*tongue.events, *tongue.relative)), tongue.body]
    story += [some(tongue.events)] if draw(st.booleans()) else []
    below = [some(tongue.around) for _ in range(3)]
    day = own.isoformat() if own else None
    if draw(st.booleans()):
        return Form.TEXT, "\n".join([tongue.title, *top, *story, *below]), day
    lines = "".join(f"<p>{line}</p>" for line in (*top, *story))
    rail = "".join(
        f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(below)
    )
    return (
        Form.HTML,
        (
            f"<!doctype html><html lang='{lang}'><title>{tongue.title}</title>"
            f"<body><article><h1>{tongue.title}</h1>{lines}</article>"
            f"<aside class='related'><ul>{rail}</ul></aside></body></html>"
        ),
        day,
    )


def published(
    form: Form, content: str, saved: datetime | None = None
) -> Published | None:
    raw = RawPage("r", "a", Path("a"), form, content, "0", saved=saved)
    return describe(raw, clean(raw)).published


@examples(20)
@given(pages())
def test_only_the_page_s_own_stamp_is_its_day(page):
    form, content, own = page
    found = published(form, content)
    assert (found.value if found else None) == own


@pytest.mark.parametrize(
    "line",
    [
        "Monday, 5 May 2014, was cold.",
        "5 May 2014 – The strike begins.",
        "Ada Roe, 5 May 1930 – 3 June 2014",
        "Until 5 May 2014",
        "Register by 5 May 2014",
        "Born: 5 May 2014",
        "FILE PHOTO: Crews clear the quay in Riga, 5 May 2014. Photo: Ada Roe",
        "3 hours ago",
        "Yesterday",
        "The novel, published 5 May 2014 by Quay Press, sold well.",
        "His plan, updated 5 May 2014, was sent to the council.",
        "Tartu 1 - 3 Riga United, 5 May 2014",
        "Riga United 3:1 Tartu | 5 May 2014",
        "Accessed 5 May 2014",
    ],
)
@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_line_that_tells_of_a_day_is_no_stamp(line, at):
    tongue = TONGUES["en"]
    lines = [tongue.byline, tongue.body, tongue.body.replace("crews", "people"), "End"]
    lines.insert(at, line)
    saved = datetime(2021, 3, 5, tzinfo=UTC)
    assert published(Form.TEXT, "\n".join((tongue.title, *lines)), saved) is None


@pytest.mark.parametrize("line", ["Riga, 5 May 2014", "5 May 2014"])
def test_a_day_below_a_picture_is_that_of_the_picture(line):
    tongue = TONGUES["en"]
    page = (
        f"<title>{tongue.title}</title><article><h1>{tongue.title}</h1><figure>"
        f"<img src='a.jpg'><figcaption>{line}</figcaption></figure>"
        f"<p>{tongue.body}</p><p>{tongue.body}</p></article>"
    )
    assert published(Form.HTML, page) is None


@pytest.mark.parametrize(
    "line",
    [
        "This article was published on 5 May 2014.",
        "Ada Roe, published 5 May 2014",
        "First published on 5 May 2014 in the Quay Post.",
        "Riga 24:10 | Published 5 May 2014 at 10:00 a.m.",
    ],
)
def test_a_label_of_the_article_s_own_tells_its_day(line):
    tongue = TONGUES["en"]
    found = published(Form.TEXT, "\n".join((tongue.title, line, tongue.body)))
    assert found is not None
    assert found.value == "2014-05-05"
