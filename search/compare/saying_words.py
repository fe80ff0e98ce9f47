"""Words that tell who said something, by language.

All in small letters, and without accents as ``search.folding`` folds them.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.compare.reading import listed


@dataclass(frozen=True, slots=True)
class Saying:
    """How a language says who said something.

    ``plain`` verbs say it wherever they stand, ``weak`` ones where *that*, a mark or a
    day follows: the others *report a loss*. ``sources`` are what stands before who it
    is according to; ``that`` what opens what was said. In ``inverted`` languages the
    verb comes before its subject where something else comes first; ``first`` says that
    it always does.
    """

    plain: frozenset[str]
    weak: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    sources: tuple[tuple[str, ...], ...] = ()
    inverted: bool = True
    first: bool = False


SAYING = {
    "en": Saying(
        plain=listed(
            "said says told insisted argued wrote tweeted testified acknowledged"
        ),
        weak=listed(
            "added stated announced reported claimed confirmed denied warned noted"
            " declared asserted alleged explained admitted conceded recalled replied"
            " estimated predicted vowed commented"
        ),
        that=listed("that"),
        sources=(("according", "to"),),
        inverted=False,
    ),
    "de": Saying(
        plain=listed("sagte sagt sagten erklarte erklarten betonte behauptete"),
        weak=listed(
            "berichtete berichteten meldete meldeten schrieb teilte teilten warnte"
            " kundigte bestatigte"
        ),
        that=listed("dass mit am"),
        sources=(
            ("laut",),
            ("nach", "angaben", "von"),
            ("nach", "angaben", "der"),
            ("nach", "angaben", "des"),
        ),
    ),
    "fr": Saying(
        plain=frozenset(),
        weak=listed(
            "declare dit affirme indique annonce ajoute explique assure souligne estime"
            " precise rapporte confirme dement reconnu"
        ),
        that=listed("que qu"),
        sources=(("selon",), ("d'apres",)),
    ),
    "es": Saying(
        plain=listed("dijo dijeron aseguro sostuvo afirmo afirmaron"),
        weak=listed(
            "declaro senalo explico anuncio informo agrego anadio indico manifesto"
            " reconocio advirtio confirmo nego"
        ),
        that=listed("que"),
        sources=(("segun",), ("de", "acuerdo", "con")),
    ),
    "ru": Saying(
        plain=listed(
            "сказал сказала сказали заявил заявила заявили говорит утверждает"
        ),
        weak=listed(
            "сообщил сообщила сообщили сообщает сообщают отметил отметила добавил"
            " добавила рассказал рассказала подчеркнул подчеркнула пояснил пояснила"
            " уточнил уточнила пишет объявил объявила"
        ),
        that=listed("что о об"),
        sources=(
            ("по", "словам"),
            ("по", "данным"),
            ("по", "информации"),
            ("согласно",),
        ),
    ),
    "ar": Saying(
        plain=listed("قال قالت وقال وقالت صرح صرحت وصرح اضاف واضاف اضافت واضافت"),
        that=listed("ان بان انه انها"),
        sources=(("بحسب",), ("وفق",), ("حسب",)),
        first=True,
    ),
}

# Between a subject and its verb; a subject may stand before them.
BETWEEN = listed(
    """
    also later then earlier previously recently repeatedly has have had himself herself
    themselves still again once both meanwhile only further subsequently publicly have
    always often even reportedly quickly initially immediately separately
    a ont avait avaient hat haben ha han habia habian
    """
)
PASSIVE = listed(
    "never is was were are be been being am not to was wurde wird a-t est ete to"
)
PRONOUNS = listed(
    """
    he she it they we i you who that this those these one some others many both all none
    everyone anyone somebody nobody there what which her him them
    er sie es man wir il elle ils elles on nous je ce el ella ellos se yo lo он она они
    я мы это который которая
    """
)
ARTICLES = listed(
    """
    the a an this that these those his her their its our one another
    der die das ein eine einer des dem den le la les un une el los las una unos
    """
)
PREPOSITIONS = listed(
    """
    in on at by for from with to after before during under over about against among
    between near throughout across despite besides of into outside inside amid since
    am im bei mit nach von vor zu aus en dans sur pour par avec sans con por para sin
    в на по с из для
    """
)
# Before these a subject begins, after them it ends.
STOPS = listed(
    """
    that which who whom whose when while as because where if since although though than
    so but or nor yet until unless whether what why how and is was are were be been has
    have had will would could should can may might did does do not also then
    said says told adding saying citing quoting
    dass der-die wenn weil und oder aber ist war sind que qui quand mais et ou est sont
    pero y es son что который как и но а где когда
    """
)
# Of those, what comes between two commas may begin with these.
RELATIVE = listed("who whose which where qui que который которая")
# After a verb, who said it ends before these.
ENDS = STOPS | listed(
    """
    in on at after during by through via from with to before when late early following
    today yesterday earlier later reporters nothing released issued published obtained
    seen provided posted signed familiar speaking about there here again
    am im bei nach vor gegenuber dans lors sur devant en durante ante tras este а в на
    """
)
# Nobody, but so many of them.
SHARE = listed("% ٪ percent pct percentage prozent cent ciento процентов")
# Subjects that have neither an article nor a plural.
SEVERAL = listed("police state people staff media military government management")
# What something may be according to, and no one says.
NO_SOURCE = listed(
    "plan plans schedule law laws rules custom need tradition size type merit plano"
)
# Before an agency's name, or after it, these are no part of it.
GENERIC = listed("news agency newspaper daily channel television tv magazine website")
