"""Which of a place's spellings an English newspaper would print.

GeoNames' main name is the English one where there is one (Aleppo, Munich). Where it
is a scholar's transliteration instead (diacritics, an Arabic article, or merely the
plain letters of such a form), the spellings people entered decide: the one nearest to
all others that have the same consonants. Elsewhere diacritics are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from index.toponyms.transliteration import ARTICLES, skeleton
from search.folding import fold

_AYN = re.compile(r"(?<![A-Za-z])'|'(?![A-Za-z])")
_HYPHENS = re.compile(r"[\s\-]+")
_ARTICLED = re.compile(r"^(?:A[lnrstz]|Ash|Adh|Ad|Ath)[ \-](?=[A-Z])")
_CODE = re.compile(r"^[A-Z]{1,4}$")
_INNER_ARTICLE = re.compile(r" (a[lnrstz]|ash|adh|ad|ath|e[lrsz]) ")
_ASCII = "".join(map(chr, range(128)))
_SCHOLARS = str.maketrans(
    "", "", _ASCII + "āēīōūĀĒĪŌŪḩşţḑẓḥṣṭḍẔḨŞŢḐḤṢṬḌ‘’ʻʼ\u0327\u0331"
)
# Letters folding leaves, as newspapers without them print them.
_PLAIN = str.maketrans(
    {"ə": "a", "Ə": "A", "ß": "ss", "ʹ": "'", "ʻ": "'", "Đ": "D", "ẖ": "h"}
)


def ascii_form(name: str) -> str:
    """Return ``name`` in ASCII, case kept; empty where its script is another.

    >>> ascii_form("Al Qaţīf")
    'Al Qatif'
    """
    out = []
    for letter in name.translate(_PLAIN):
        plain = letter if letter.isascii() else fold(letter)
        out.append(plain.capitalize() if letter.isupper() else plain)
    text = "".join(out).replace("`", "'")
    return text if text.isascii() else ""


def is_name(alternate: str) -> bool:
    """Return whether an alternate is a name: no airport code, link, or machine's
    romanisation of another alternate (GeoNames has these in lower case).
    """
    first = alternate[:1]
    if _CODE.match(alternate) or not 1 < len(alternate) <= 40:
        return False
    if any(c.isdigit() or c in ";:/&+=|" for c in alternate):
        return False
    return not (first.isascii() and first.islower())


def newspaper_name(
    main: str,
    alternates: Iterable[str],
    *,
    english: Collection[str] = (),
    transliterated: bool = False,
    arabic: bool = False,
) -> str:
    """Return the name to print, in ASCII; empty where no spelling is in Latin letters.

    ``english`` are names every English reader knows; it is given for large places,
    whose plain main name is the English one. ``arabic`` says that a first word
    like *al* is the article of Arabic; ``transliterated`` that the country writes
    another script.
    """
    plain = ascii_form(main)
    if plain in english:
        return plain
    forms = Counter(
        form
        for a in sorted({main, *alternates})
        if _is_english(a) and (form := ascii_form(a))
    )
    known = {f for f in forms if f in english and f[:1] in _sounds(plain)}
    if len(known) == 1 and _may_be_replaced(main, plain, known, arabic=arabic):
        return known.pop()
    if english and main.isascii() and not (arabic and _ARTICLED.search(main)):
        return plain
    if not transliterated or not _scholarly(main, plain, alternates, arabic=arabic):
        return plain
    name = _nearest(forms, plain or min(forms, default=""), arabic=arabic)
    if arabic and name.startswith("Tall ") and (short := f"Tal{name[4:]}") in forms:
        name = short
    return _INNER_ARTICLE.sub(r" \1-", name) if arabic else name


def _is_english(name: str) -> bool:
    """Return whether an Englishman or a scholar writing English would spell it so."""
    return is_name(name) and not name.translate(_SCHOLARS)


def _may_be_replaced(
    main: str, plain: str, known: Collection[str], *, arabic: bool
) -> bool:
    """Return whether a well-known name may stand for GeoNames' own choice.

    Word lists are older than Kyiv and Mumbai: only a transliteration from Arabic, or
    a name with diacritics that English spells quite differently, gives way.
    """
    if arabic:
        return " " not in plain
    if plain.endswith("a") and known == {f"{plain[:-1]}e"}:  # Sevilla is Seville
        return True
    return not main.isascii() and skeleton(plain) not in map(skeleton, known)


def _sounds(name: str) -> str:
    """Return the initials an English form of ``name`` may have."""
    return "CK" if name[:1] in "CK" else name[:1]


def _scholarly(
    main: str, plain: str, alternates: Iterable[str], *, arabic: bool
) -> bool:
    if not main.isascii() or (arabic and _ARTICLED.search(main)):
        return True
    return any(
        not a.isascii() and _is_english(a) and ascii_form(a) == plain
        for a in alternates
    )


def _nearest(forms: Counter[str], main: str, *, arabic: bool) -> str:
    """Return the form most like all those with the consonants of ``main``."""
    articles = ARTICLES if arabic else frozenset()
    bare = skeleton(main)
    parts = [
        (_Form.of(form, articles), count)
        for form, count in forms.items()
        if skeleton(form) == bare
    ]
    if not parts:
        return main
    votes: Counter[str] = Counter()
    for form, count in parts:
        votes[form.ballot] += count
    first = _Form.of(main, articles).ballot
    if first in votes:
        votes[first] += 1
    winner = min(votes, key=lambda b: (-_support(b, votes), b != first, len(b), b))
    return _print_form([(form, n) for form, n in parts if form.ballot == winner])


def _support(ballot: str, votes: Counter[str]) -> float:
    """Return how much all votes speak for a spelling, those for itself twice."""
    near = sum(
        count * max(0.0, 1 - 2 * Levenshtein.distance(ballot, other) / len(ballot))
        for other, count in votes.items()
        if ballot
    )
    return float(near + votes[ballot])


def _print_form(forms: list[tuple[_Form, int]]) -> str:
    stems: Counter[str] = Counter()
    for form, count in forms:
        stems[form.stem] += count
    commonest = min(stems, key=lambda s: (-stems[s], s))
    # Newspapers leave out the mute h of the feminine ending where anybody does.
    if commonest.endswith("ah") and commonest[:-1] in stems:
        commonest = commonest[:-1]
    articles = Counter(form.article for form, _ in forms)
    bare = articles.pop("", 0)
    # A very short name keeps its article, unless most leave it out.
    if not articles or (bare and (len(commonest) > 4 or bare > articles.total())):
        return commonest
    article = min(articles, key=lambda a: (-articles[a], a))
    return f"{article}-{commonest}"


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling taken apart; ``ballot`` is shared by its typographic variants."""

    article: str
    stem: str
    ballot: str

    @classmethod
    def of(cls, form: str, articles: frozenset[str]) -> _Form:
        first, *rest = _HYPHENS.split(form, maxsplit=1)
        article = first.capitalize() if rest and first.lower() in articles else ""
        stem = _AYN.sub("", rest[0] if article else form)
        ballot = _HYPHENS.sub("", stem).replace("'", "").lower()
        return cls(article, stem, re.sub(r"(?<=a)h$", "", ballot))
