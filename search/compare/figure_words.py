"""Words that figures are written with: numbers, scales, units, months, clocks.

All in small letters and without accents. Those of a number differ by language, for
*once* is eleven in Spanish; those of scales, units and months are of all languages.
"""

from __future__ import annotations

from decimal import Decimal

from search.compare.reading import listed
from search.folding import fold

_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TO_TWELVE = {
    "de": "zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "ru": "два три четыре пять шесть семь восемь девять десять",
}
# Numbers by language. That of a lone one is no figure: it is a pronoun or an article.
NUMBERS: dict[str, dict[str, int]] = {
    "en": {
        **{word: at for at, word in enumerate(_ENGLISH.split())},
        **{word: 10 * at for at, word in enumerate(_TENS.split(), 2)},
    },
    **{
        language: {word: at for at, word in enumerate(fold(written).split(), 2)}
        for language, written in _TO_TWELVE.items()
    },
}
NUMBERS["ru"] |= {"две": 2, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5}
MULTIPLES = {"hundred": 100, "dozen": 12}  # in English
# What a figure is counted in.
SCALES = {
    word: Decimal(10) ** power
    for power, written in {
        3: "thousand tausend mille тысяч тысячи тысяча тыс الف الاف",
        6: "million mn mln millon millones millionen mio milione milioni milhao"
        " milhoes миллион миллиона миллионов млн مليون ملايين",
        9: "billion bn milliarde milliarden mrd milliard milliards mld miliardo"
        " miliardi миллиард миллиарда миллиардов млрд مليار مليارات",
        12: "trillion tn billionen billones триллион триллиона триллионов трлн",
    }.items()
    for word in fold(written).split()
}
SCALES["millions"] = SCALES["million"]  # French: 5 millions
MONEY_SCALES = {"m": Decimal(10) ** 6, "k": Decimal(1000), "b": Decimal(10) ** 9}
CURRENCIES = {
    word: sign
    for sign, written in {
        "$": "$ dollar dollars dolares долларов доллара доллар usd دولار",
        "€": "€ euro euros eur евро يورو",
        "£": "£ gbp sterling",
        "¥": "¥ yen yuan renminbi",
        "₽": "₽ rouble roubles ruble rubles rubel рублей рубля рубль",
        "₹": "₹ rupee rupees",
    }.items()
    for word in fold(written).split()
}
UNITS = {
    word: unit
    for unit, written in {
        "%": "% ٪ percent pct prozent процент процента процентов",
        " km": "km kilometer kilometers kilometre kilometres kilometern kilometros"
        " км километр километра километров كيلومتر",
        " m": "meter meters metre metres metern metros метр метра метров",
        " mi": "mile miles mi",
        " ft": "foot feet ft",
        " kg": "kg kilo kilos kilogram kilograms kilogramm кг килограмм килограммов",
        " t": "ton tons tonne tonnes tonnen toneladas тонн тонны",
        " ha": "hectare hectares hektar ha hectareas га гектаров",
        " acres": "acre acres",
        " °": "° degree degrees grad degres grados градус градусов",
        " mph": "mph",
        " km/h": "kph kmh",
    }.items()
    for word in fold(written).split()
}
PER_CENT = {("per", "cent"), ("pour", "cent"), ("por", "ciento"), ("per", "cento")}
# Between two figures of which the second has the scale or unit of both.
TO = listed("to or till bis oder a ou до или o")
MORNING = frozenset({"am", "a.m."})
EVENING = frozenset({"pm", "p.m."})
CLOCKS = listed("gmt utc est edt et cet uhr ч hrs hours heures")
# Where a space may part thousands: 1 200.
SPACED = frozenset({"fr", "ru", "it", "pt"})
ORDINALS = listed("st nd rd th er eme")
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINAL_WORDS = {word: at for at, word in enumerate(_ORDINALS.split(), 3)}

_PARTS = "third quarter fifth sixth seventh eighth"
PARTS = {
    word: at
    for at, written in enumerate(
        ["third", "quarter", "fifth", "sixth", "seventh", "eighth"], 3
    )
    for word in (written, f"{written}s")
}

# Months by folded name; those that are another word too need a capital.
_MONTHS = """
january jan januar janvier janv enero gennaio janeiro januari января يناير stycznia
february feb februar fevrier fevr febrero febbraio fevereiro februari февраля فبراير \
  lutego
march mar marz mars marzo marco maart марта مارس marca
april apr avril avr abril aprile апреля ابريل kwietnia
may mai mayo maggio maio mei мая مايو maja
june jun juni juin junio giugno junho июня يونيو czerwca
july jul juli juillet juil julio luglio julho июля يوليو lipca
august aug aout agosto augustus августа اغسطس sierpnia
september sept sep septembre septiembre settembre setembro сентября سبتمبر wrzesnia
october oct oktober okt octobre octubre ottobre outubro октября اكتوبر pazdziernika
november nov novembre noviembre novembro ноября نوفمبر listopada
december dec dezember dez decembre diciembre dicembre dezembro декабря ديسمبر grudnia
"""
MONTHS = {
    name: month
    for month, names in enumerate(_MONTHS.strip().splitlines(), 1)
    for name in fold(names).split()
}
WITH_CAPITAL = listed("march mar may mars mai sep dec jan jun marca")
