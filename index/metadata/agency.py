"""The news agency a text is from, where the text itself says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.page import CleanPage, RawPage
from search.folding import fold
from search.model import Agency

# Every spelling an agency signs with, folded, and the one value that stands for it.
_SPELLINGS = {
    "AP": ("ap", "associated press", "the associated press", "a.p.", "apnewsnow"),
    "AFP": ("afp", "agence france-presse", "agence france presse", "ا ف ب"),
    "Reuters": ("reuters", "thomson reuters", "reuter", "rtrs", "رويترز"),
    "dpa": ("dpa", "deutsche presse-agentur", "dpa international", "dpa-afx"),
    "EFE": ("efe", "agencia efe", "efe-epa"),
    "ANSA": ("ansa",),
    "TASS": ("tass", "itar-tass", "тасс"),
    "Interfax": ("interfax", "интерфакс"),
    "RIA Novosti": ("ria novosti", "риа новости", "ria"),
    "Xinhua": ("xinhua", "xinhua news agency", "新华社"),
    "Kyodo": ("kyodo", "kyodo news", "jiji-kyodo"),
    "Jiji": ("jiji", "jiji press"),
    "PA": ("pa", "press association", "pa media", "the press association"),
    "UPI": ("upi", "united press international"),
    "Bloomberg": ("bloomberg", "bloomberg news"),
    "CP": ("the canadian press", "canadian press", "cp"),
    "AAP": ("aap", "australian associated press"),
    "PTI": ("pti", "press trust of india"),
    "ANI": ("ani",),
    "IANS": ("ians",),
    "Yonhap": ("yonhap", "yonhap news agency"),
    "Anadolu": ("anadolu agency", "anadolu"),
    "APA": ("apa", "austria presse agentur"),
    "SDA": ("sda", "keystone-sda"),
    "ANP": ("anp",),
    "Belga": ("belga",),
    "Lusa": ("lusa", "agencia lusa"),
    "Europa Press": ("europa press",),
    "IRNA": ("irna",),
    "SANA": ("sana",),
    "MENA": ("mena",),
    "Bernama": ("bernama",),
    "Antara": ("antara",),
}
_VALUES = {spelling: value for value, all_ in _SPELLINGS.items() for spelling in all_}
# Agencies in the brackets of a dateline only: elsewhere they are words, names of people
# or something else's letters.
_BRACKETED_LIST = (
    "AA NTB TT Ritzau MTI CTK PAP Ukrinform WAM SPA PNA APP UNB BSS KCNA CNA Notimex"
    " Telam Petra BTA TASR HINA Agerpres BNS LETA NAN GNA QNA KUNA MAP TAP APS INA VNA"
    " Tanjug UNI"
)
_BRACKETED = _VALUES | {name.lower(): name for name in _BRACKETED_LIST.split()}
_BRACKETED |= {"aa": "Anadolu", "agencia brasil": "Agência Brasil"}
# In brackets any of them may stand; elsewhere an acronym could be a word or a name.
_ALL = "|".join(re.escape(n) for n in sorted(_BRACKETED, key=len, reverse=True))
_NAMES = "|".join(re.escape(name) for name in sorted(_VALUES, key=len, reverse=True))
# No word is as short as these, and like them.
_SURE_LIST = "ap afp dpa efe upi aap pti ansa tass ians"
_SURE = frozenset(_SURE_LIST.split())
_CLEAR_NAMES = "|".join(
    re.escape(name)
    for name in sorted(_VALUES, key=len, reverse=True)
    if len(name) > 4 or name in _SURE
)
_CLEAR = rf"(?:{_CLEAR_NAMES})(?! foundation)"
_DASH = r"\s{0,3}\.?\s{0,2}[-–—―:=]"
_DATELINE = re.compile(
    # A place, perhaps a day, the agency in brackets or slashes, and a dash.
    rf"[^()]{{0,90}}?[(/]({_ALL})(?:\s?/\s?[a-z .-]{{2,20}})?[)/](?:{_DASH}|\.\s)",
)
# Texts that lost their dashes still have the place in capitals before the bracket.
_DATELINE_BARE = re.compile(rf"[^()]{{2,60}}\(({_NAMES})\)(?:\s|$)")
_DASHES = re.compile(r"\s[-–—]")
# Without brackets: behind the place and a mark, or before a dash at the very start.
_DATELINE_PLAIN = re.compile(
    rf"(?:[^()]{{2,60}}?(?:,|\s[-–—]{{1,2}})\s)?({_CLEAR})(?:\s?[-–—]{{1,2}}|\.)\s"
)
_SMALL_LIST = "al am an and de del den der di du el la le les of the um und y"
_SMALL = frozenset(_SMALL_LIST.split())
_BYLINE = re.compile(
    rf"(?:by |from |par |por |von |di )?"
    rf"(?:[^,|/()]{{2,60}}(?:,| of| for|\||/|\(| -) ?)?"
    rf"(?:the )?({_CLEAR})\)?(?: staff| correspondents?| writers?| news ?wire)*",
)
_CREDIT = re.compile(
    rf"(?:contributed|provided|distributed|supplied) (?:to this \w+ )?by"
    rf" (?:(?!\b(?:said|says|told)\b)[^.]){{0,120}}?"
    rf"\b(?:the )?({_CLEAR})\b(?! (?:said|says|report))"
    rf"|\b(?:the )?({_CLEAR})\b[^.]{{0,200}}? contributed (?:to|reporting)"
    rf"|(?:with (?:files|material|inputs?|(?:additional )?reporting) (?:from|by)"
    rf"|source:|quelle:|fuente:|agency:) ?(?:the )?({_CLEAR})\b"
    rf"|^(?:[-–—] ?|\(?(?:with )?)?(?:the )?({_CLEAR})\)?\.?$"
    rf"|^[-–—(] ?({_NAMES})\)?\.?$"
    # Pictures have the sign and a name as well; the year and all rights are a text's.
    rf"|^(?:copyright|©|\(c\))[ ©-]{{0,9}}\d{{4}}[ ,]{{1,2}}(?:the )?({_CLEAR})"
    rf"(?:$|[.,]|\s?all rights)"
)
# What agencies provide to others' texts as well.
_WARES = re.compile(
    r"\b(?:data|quotes?|prices?|figures|rates|graphics?|photos|images|pictures|footage"
    r"|video)\b[^.]{0,20}$"
)
_SIGNED = re.compile(
    rf"[.!?][\"'”»]?\s{{0,2}}(?:\(({_NAMES})\)|[-–—]{{1,2}}\s?({_CLEAR}))\.?$"
)
# One of these is in whatever _CREDIT finds, but for a name alone; asked first, for the
# pattern is dear.
_CREDITING = (
    *("contributed", "provided", "distributed", "supplied", "files", "material"),
    *(
        "reporting",
        "input",
        "source:",
        "quelle:",
        "fuente:",
        "agency:",
        "copyright",
        "©",
        "(c)",
    ),
)
# Lower-case months, as languages other than English and German write them.
_MONTHS_LIST = (
    "ene feb mar abr apr mai may mag jui jul jun giu lug ago aou set sep oct okt ott"
    " out nov dec dic dez gen jan fev avr"
)
_MONTHS = frozenset(_MONTHS_LIST.split())
_PICTURE = re.compile(
    r"\b(?:photo|image|picture|file|via|credit|getty|handout|video|foto)\b"
)
_START = 3  # paragraphs of some length in which a dateline may stand
_LONG = 80  # characters; what is shorter is no paragraph a dateline opens
_END = 6  # paragraphs in which a text is signed


def agency_of(raw: RawPage, page: CleanPage, signed: Iterable[str]) -> Agency | None:
    """Return the agency ``page`` is from by dateline, byline or end credit, or None.

    What was said of the page from outside comes first. A mention in the prose or a
    picture's credit says nothing.
    """
    for given in raw.given:
        if given.agency:
            return Agency(value_of(given.agency) or given.agency, given.method)
    lines = [line for b in page.blocks if b.kept for line in b.text.split("\n")]
    return _dateline(lines[: _opening(lines)]) or _byline(page, signed) or _credit(page)


def value_of(name: str) -> str | None:
    """Return the value of the agency called ``name``, or None if it is none.

    >>> value_of("The Associated Press"), value_of("Harbour Post")
    ('AP', None)
    """
    folded = " ".join(fold(name).split())
    return _VALUES.get(folded) or _VALUES.get(folded.removeprefix("the "))


def _opening(lines: list[str]) -> int:
    """Return how many lines there are up to the text's first few paragraphs."""
    long = [n for n, line in enumerate(lines, 1) if len(line) > _LONG]
    return max(6, *long[:_START]) if long else 6


def _dateline(lines: list[str]) -> Agency | None:
    for line in lines:
        head = " ".join(line[:200].split())
        is_plain = len(line) > _LONG and bool(_DASHES.search(head))
        if "(" not in head and "/" not in head and not is_plain:
            continue
        folded = fold(head)
        found = _DATELINE.match(folded) or _DATELINE_BARE.match(folded)
        found = found or (_DATELINE_PLAIN.match(folded) if is_plain else None)
        if found is None or _PICTURE.search(folded[: found.start(1)]):
            continue
        place = head[: found.start(1)].strip(" (/,-–—")
        is_bare = found.re is _DATELINE_BARE
        if place.isupper() or (not is_bare and _is_place_and_day(place)):
            return Agency(_BRACKETED[found[1]], "dateline")
    return None


def _is_place_and_day(head: str) -> bool:
    words = re.split(r"[\s,.]+", head.strip(" ,."))
    return len(words) <= 8 and all(
        not word or word in _SMALL or not word[0].islower() or word[:3] in _MONTHS
        for word in words
    )


def _byline(page: CleanPage, signed: Iterable[str]) -> Agency | None:
    first = next((n for n, b in enumerate(page.blocks) if len(b.text) > 200), 0)
    lines = [b.text for b in page.blocks[:first] if b.text[:3].lower() == "by "]
    for line in (*signed, *page.head.bylines[:1], *lines):
        found = _BYLINE.fullmatch(" ".join(fold(line[:150]).split()))
        if found and not _PICTURE.search(found[0]):
            return Agency(_VALUES[found[1]], "byline")
    return None


def _credit(page: CleanPage) -> Agency | None:
    kept = [n for n, block in enumerate(page.blocks) if block.kept]
    if not kept:
        return None
    # What stands right below the text may have been taken for furniture.
    last = page.blocks[kept[-1]].text
    signed = _SIGNED.search(fold(last[-_LONG:])) if len(last) > _LONG else None
    if signed:
        return Agency(_VALUES[signed[1] or signed[2]], "credit")
    tail = page.blocks[kept[-_END:][0] : kept[-1] + 5]
    for block in reversed(tail):
        text = fold(block.text[-400:])
        if len(text) > _LONG and not any(word in text for word in _CREDITING):
            continue
        found = _CREDIT.search(text)
        if found and found[1] and _WARES.search(text[: found.start()]):
            continue
        if found and not _PICTURE.search(found[0]):
            return Agency(_VALUES[next(filter(None, found.groups()))], "credit")
    return None
