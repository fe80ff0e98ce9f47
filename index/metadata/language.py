"""The language of an article: what its page declares, checked against its text."""

from __future__ import annotations

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from index.page import CleanPage, RawPage
from search.model import Said

_ENOUGH = 200  # characters of text on which its statistics overrule a declaration
_SOME = 40  # characters below which they say nothing
_SURE = 0.9  # probability
_SAMPLE = 500  # characters; more changes nothing (bench.metadata)
_TAG = re.compile(r"[A-Za-z]{2,3}(?=[-_]|$)")
# Languages a short text is easily mistaken among: the page knows better.
_KIN = (
    {"no", "nb", "nn", "da", "sv"},
    {"hr", "bs", "sr", "sl", "mk", "bg"},
    {"cs", "sk"},
    {"id", "ms", "jv"},
    {"es", "gl", "pt", "ca", "an"},
    {"uk", "ru", "be"},
    {"hi", "mr", "ne"},
    {"af", "nl"},
    {"ar", "fa", "ur", "ps", "ug"},
)


def language_of(raw: RawPage, page: CleanPage) -> Said | None:
    """Return the ISO 639 code of the article's language, or None if unknown.

    What was said of the page from outside is believed. What the page declares is
    overruled by its own text where that plainly is in another language: templates
    are often copied with their language. The first call loads a model (0.7 s).
    """
    for given in raw.given:
        if code := _code(given.lang):
            return Said(code, given.method)
    declared = _declared(page)
    text = page.text[:_SAMPLE]
    if len(text) < _SOME:
        return declared
    said, probability = _identifier().classify(text)
    guess = _code(str(said))
    if guess is None:
        return declared
    told = Said(guess, "text")
    if declared is None:
        return told if probability >= 0.5 else None
    kin = any({declared.value, guess} <= family for family in _KIN)
    if kin or declared.value == guess or len(text) < _ENOUGH or probability < _SURE:
        return declared
    return told


def _declared(page: CleanPage) -> Said | None:
    meta = page.head.meta
    for tag, method in (
        (page.head.lang, "html-lang"),
        (meta.get("og:locale"), "meta"),
        (meta.get("content-language"), "meta"),
    ):
        if code := _code(tag):
            return Said(code, method)
    return None


def _code(tag: str | None) -> str | None:
    found = _TAG.match((tag or "").strip())
    code = found[0].lower() if found else None
    return None if code in {"und", "mul", "zxx", "xx"} else code


def load() -> None:
    """Load the model, for the processes forked from this one to share."""
    _identifier()


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
