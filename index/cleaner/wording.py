"""What a short text says it is: the named rules of wording, for markup and lines alike.

Every pattern is linear: it is anchored, bounded, or a plain alternation, and none is
tried on more than the first 400 characters.
"""

from __future__ import annotations

import re

from index.cleaner import phrases, translated, vocabulary

_LONGEST = 400  # characters; no label, credit or appeal is longer
_LABELS = vocabulary.words("labels")
_ASKING = vocabulary.words("asking")
_ADDRESS = frozenset(("you", "your", "our", "us", "we"))
_REPORTING = frozenset(("said", "says", "told", "said.", "says.", "said,", "says,"))
_WHEN = vocabulary.words("when")
_ENDS_IN_YEAR = re.compile(r"\b(?:19|20)\d\d\W{0,3}$")
_BEHIND_NAME = " .,:;!?\"'“”‘’»«)]…"
_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])?|\d+")


def rule_of(text: str) -> str | None:
    """Return the rule that says ``text`` is chrome whatever stands around it.

    >>> rule_of("READ MORE: Ferry strike enters second week")
    'read-more'
    >>> rule_of("The harbour reopened on Monday.") is None
    True
    """
    if phrases.URL.match(text):
        return "bare-url"
    if phrases.EMAIL.match(text):
        return "byline"
    if (
        phrases.CODE.match(text)
        and sum(map(text[:400].count, "{}[]=;\"':")) > len(text[:400]) / 25
    ):
        return "code"
    if phrases.CONTRIBUTED.match(text):
        return None
    if phrases.GUEST_BOOK.match(text):
        return "comments"
    if is_notice(text):
        return "site-notice"
    if len(text) > _LONGEST:
        return (
            "caption" if _ends_in_credit(text) and phrases.CAPTION.match(text) else None
        )
    return (
        _of_label(text)
        or _of_appeal(text)
        or translated.rule_of(text)
        or _of_picture(text)
    )


def is_notice(text: str) -> bool:
    """Tell whether ``text`` opens like what sites say of cookies, at any length."""
    return phrases.COOKIES.match(text) is not None or translated.is_notice(text)


def is_rail(text: str) -> bool:
    """Tell whether ``text`` heads a list of other articles."""
    return phrases.RAIL.search(text.lower()) is not None or translated.is_rail(text)


def is_when(text: str) -> bool:
    """Tell whether ``text`` is a date or a time and nothing else."""
    if len(text) > 120 or not any(map(str.isdigit, text)):
        return False
    told = _tells_time(text) and phrases.DATED.search(text) is not None
    return told or translated.is_when(text)


def is_credit(text: str) -> bool:
    """Tell whether ``text`` names who made a picture, and no more."""
    report = len(text) > 60 and text.endswith(".") and text.count(" ") > 8
    return len(text) < 160 and not report and phrases.CREDIT.match(text) is not None


def is_sentence(text: str) -> bool:
    """Tell whether ``text`` ends like a sentence."""
    return text.rstrip("\"'”’»)]* ")[-1:] in set(".!?…。！？؟।:;")


def is_reported(text: str) -> bool:
    """Tell whether ``text`` says that somebody said so."""
    return not _REPORTING.isdisjoint(text.lower().split())


def addresses(text: str) -> bool:
    """Tell whether ``text`` speaks to its reader, and is nobody's reported speech."""
    return not is_reported(text) and not _ADDRESS.isdisjoint(text.lower().split())


def _of_label(text: str) -> str | None:
    low = text.lower().strip(" :|•·>»-–—")
    if low in _LABELS:
        return "label"
    if is_when(text):
        return "timestamp"
    if phrases.COMMENTS.match(text):
        return "comments"
    if phrases.COUNT.match(text):
        return "counter"
    if phrases.VIDEO.match(text) and not phrases.CLOCK.search(text):
        return "video-label"
    if len(text) < 160 and phrases.CRUMBS.match(text):
        return "breadcrumb"
    if len(text) < 120 and len(text.split()) < 14 and _is_signature(text):
        return "byline"
    return None


def _is_signature(text: str) -> bool:
    """Tell whether ``text`` names who wrote it, and perhaps when."""
    who, *rest = phrases.SET_OFF.split(text)
    if rest and _ENDS_IN_YEAR.search(text) and is_when(" ".join(rest)):
        return not is_sentence(who) and len(who.split()) < 7
    words = text.split()
    while words and _tells_time(words[-1]):
        words.pop()
    return phrases.BYLINE.match(" ".join(words)) is not None


def _tells_time(text: str) -> bool:
    """Tell whether dates and times are written with nothing but such words."""
    words = _TOKEN.findall(text.lower())
    return all(word.isdigit() or word in _WHEN for word in words)


def _of_appeal(text: str) -> str | None:
    if len(text) < 250 and phrases.READ_MORE.match(text) and text.count(". ") < 2:
        return "read-more"
    if phrases.BRACKETED.match(text):
        return "bracketed-promo"
    if len(text) < 160 and _is_pointer(text):
        return "read-more"
    if phrases.STAMP.match(text):
        return "section-stamp"
    if phrases.COPYRIGHT.match(text) or _is_reserved(text):
        return "copyright"
    return _of_asking(text.lower()) if len(text) < 300 and _asks(text) else None


def _of_asking(text: str) -> str | None:
    """Return what ``text``, in small letters, asks its reader to do."""
    if phrases.NEWSLETTER.search(text):
        return "newsletter"
    if phrases.PAYWALL.search(text):
        return "paywall"
    return "site-notice" if phrases.SITE.search(text) else None


def _is_reserved(text: str) -> bool:
    opening = text[:240].lower()
    return any(phrase in opening for phrase in phrases.RESERVED)


def _asks(text: str) -> bool:
    """Tell whether ``text`` may speak to the reader; a report does not."""
    words = text.split()
    if len(words) < 8 or not is_sentence(text):
        return True
    return addresses(text) or (words[0].lower() in _ASKING and not is_reported(text))


def _is_pointer(text: str) -> bool:
    if phrases.READ_MORE_LOUD.match(text):
        return True
    return phrases.READ_MORE_BARE.match(text) is not None and not _is_long_sentence(
        text
    )


def _of_picture(text: str) -> str | None:
    if is_credit(text):
        return "credit"
    if _ends_in_credit(text):
        return "caption"
    if phrases.CAPTION.match(text) and len(text) < 300:
        return "caption"
    return None


def _ends_in_credit(text: str) -> bool:
    tail = text[-160:]
    may = any(mark in tail for mark in phrases.IN_CREDIT)
    if not may and not tail.rstrip(_BEHIND_NAME).endswith(phrases.AGENCIES):
        return False
    return phrases.CREDIT_END.search(tail) is not None


def _is_long_sentence(text: str) -> bool:
    return len(text) > 60 and text.endswith((".", "”", '."'))
