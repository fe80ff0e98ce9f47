"""What a short text says it is: the named rules of wording, for markup and lines alike.

Every pattern is linear: it is anchored, bounded, or a plain alternation, and none is
tried on more than the first 400 characters.
"""

from __future__ import annotations

import re

_LONGEST = 400  # characters; no label, credit or appeal is longer
_AGENCIES = (
    r"AP|AFP|EPA|PA|Reuters|REUTERS|Associated Press|Getty Images|Getty|Shutterstock|"
    r"iStock|NurPhoto|Xinhua|Anadolu|TASS|EPA-EFE|USA TODAY|Zuma|Alamy|Unsplash|Flickr|"
    r"Bloomberg|Imagn|Imago|dpa|DPA|PTI|ANI|Press Association|CP|Canadian Press|Agence "
    r"France-Presse|Pixabay|Pexels|Facebook|Instagram|Twitter|Wikimedia|YouTube"
)


def _start(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}(?:{pattern})", flags)


_LINK_LABEL = (
    r"read|read more|read also|read next|also read|must read|read on|watch|watch now|watch live|listen|see also|"
    r"see more|more|related|related (?:stories|story|articles?|content|coverage|news|video|reading|links?|posts?)|"
    r"video|gallery|photos|in pictures|pictures|slideshow|recommended|up next|next|previous|don.t miss|trending|"
    r"editor.s (?:picks?|choice)|most read|most popular|opinion|analysis|explainer|explained|live updates|"
    r"lire aussi|à lire aussi|voir aussi|lesen sie auch|mehr zum thema|auch interessant|leer más|lee también|"
    r"lea también|leggi anche|lees ook|læs også|les også|läs också|leia também|leia mais|veja também|"
    r"czytaj też|czytaj także|читайте также|читайте ещё|اقرأ أيضا|اقرأ أيضًا|بخوانید"
)
_READ_MORE = _start(rf"(?:{_LINK_LABEL})\s?(?:[:>|»→]|\s[-–—]\s)")
_READ_MORE_LOUD = re.compile(r"[\W_]{0,4}(?:READ|WATCH|RELATED|SEE|LISTEN|CLICK|ALSO)\b[ A-Z]{0,20}\b(?=[A-Z])")  # fmt: skip
_READ_MORE_BARE = _start(
    r"(?:read (?:more|also|next|the full|the rest|full)|also read|see also|more (?:on|from|in|about) |related (?:stor|article|post|news|content|coverage|topic|read)|"
    r"you (?:may|might) (?:also |be )?(?:like|interest)|recommended (?:for you|stor|read|video)|trending (?:now|stor)|most (?:read|popular|viewed|shared)|"
    r"click here|continue reading|keep reading|scroll (?:down|to)|story continues|article continues|advertisement|"
    r"more stories|more news|top stories|latest (?:news|stories|headlines|video)|editor.s (?:pick|choice)|"
    r"don.t miss|what to read|upcoming events|view (?:more|all|gallery|photos|comments)|show more|load more|see (?:more|all)|"
    r"hide caption|toggle caption|enlarge this image|image source|play video|watch (?:now|live|more|the video|video)|listen to this|listen now|"
    r"back to top|skip to|jump to|table of contents|in this article|topics? (?:mentioned|in this)|explore more|next article|previous article|next post|previous post|"
    r"written by|filed under|posted in|tagged (?:with|as|under)|tags\b|categories\b|about the authors?|follow (?:us|me|him|her|the|@)|"
    r"share (?:this|on|via|your|with|the)|print this|email this|copy link|report (?:a|an) (?:typo|error|problem)|find us on|like us on|"
    r"join (?:us|the conversation|the discussion|our)|leave a (?:comment|reply)|post a comment|be the first to|what do you think|have your say|send us)"
)
_BRACKETED = re.compile(r"\[\s?(?:[A-Z][A-Z0-9’'.&\- ]{2,60}:|(?i:read|watch|see|more|related|click|video|photos?|gallery|listen|also)\b)[^\]]{0,300}\]?$")  # fmt: skip

_NEWSLETTER = re.compile(
    r"(?i)\b(?:get (?:breaking|the latest|the best|our|daily|weekly|more|unlimited|all the|top)\b.{0,60}\b(?:news|stories|headlines|newsletters?|alerts?|inbox|updates)|"
    r"sign(?:ing)? up (?:for|to|here|now|below|today|with)|sign up$|subscribe (?:to|now|today|here|for|via|and|with|&)|"
    r"(?:delivered|straight|sent|right|directly|direct) (?:.{0,20})?(?:to|in|into) your (?:inbox|email|mailbox)|"
    r"(?:our|free|daily|weekly|email|the|morning|evening) (?:[\w’']{1,20} ){0,3}newsletters?|newsletters? (?:sign|here|now)|"
    r"download (?:the|our) .{0,30}\bapp\b|enter your e-?mail|your e-?mail address|unsubscribe|push notifications|breaking news alerts|"
    r"follow .{0,60} on (?:twitter|facebook|instagram|x|linkedin|threads|youtube|google news|telegram|whatsapp|flipboard)|"
    r"(?:like|find) us on|join our (?:whatsapp|telegram|newsletter|mailing|community|email)|@\w+ on (?:twitter|x\b|instagram)|newsletter abonnieren|recevez|suscríbe|inscreva-se|iscriviti)"
)
_PAYWALL = re.compile(
    r"(?i)(?:to continue reading|continue reading (?:this|your|with)|already a (?:subscriber|member|registered)|already have an account|"
    r"already subscribed|cancel (?:or pause )?(?:at )?any ?time|unlimited (?:\w+ )?(?:digital |website |online )?access|log ?in to|sign in to|"
    r"create (?:a|an|your) (?:free )?account|support (?:our|independent|local|quality) (?:\w+ )?journalism|which email you used|become a (?:member|subscriber|supporter|patron)|"
    r"exclusive (?:newsletters|to subscribers|content for)|for subscribers|subscriber[- ]only|register (?:for free|to read|now|to continue)|"
    r"free articles?|make a (?:donation|contribution)|donate (?:now|today|to)|escape your echo chamber|start your (?:free )?trial|free trial|"
    r"subscribe$|subscribe & save|this (?:article|content|story) is (?:for|only|exclusive|reserved))"
)
_STAMP = re.compile(
    r"(?i)(?:[\w&.’' ]{1,40} on \d{1,2}/\d{1,2}/\d{2,4}$|print headline:|(?:a version of )?this (?:article|story) (?:\w+ ){0,3}(?:appear|was (?:first |originally )?published|is republished|originally))"
)
_CREDIT = re.compile(
    r"\W{0,3}(?:(?i:(?:image|photo|picture|photograph|video|media|illustration|graphic|cover photo|featured image|file photo|stock photo)s?(?: (?:credit|source|courtesy|via|by|of|from|caption|illustration))?s?\s?[:/|]|"
    r"(?:photo|image|picture|photograph|video|illustration|graphic)s? (?:credit|courtesy|by|via)\b|credits?\s?:|courtesy (?:of|photo)|foto\s?[:/]|bild\s?[:/]|fotos?\s?:|crédit|quelle\s?:|©)"
    rf"|(?:{_AGENCIES})(?: Photo)?\s?(?:/|via|$)|AP Photo|Getty Images)"
)
_CREDIT_END = re.compile(
    rf"(?:\(\s?(?:(?:AP|Reuters|AFP)\s)?(?:Photos?|Images?|Picture|Credit|Courtesy|File|Submitted|Screenshot|Handout|PHOTO|Pic|Foto)\b[^()]{{0,120}}\)|"
    rf"\([^()]{{0,80}}(?:/|\bvia\b|\|)[^()]{{0,60}}\)|\([^()]{{0,60}}(?:Getty|Shutterstock|iStock|Photo|photo|Images|Courtesy|courtesy)[^()]{{0,60}}\)|"
    rf"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,3}}|Pool|via)\s?(?:/|via|\|)\s?(?:The )?(?:{_AGENCIES})(?:\s?(?:/|via|file|File|,)[^.]{{0,40}})?|"
    rf"(?:Photo|Image|Picture|Credit|PHOTO|Pic|Photograph|Foto)s?\s?(?:credit|by|courtesy of|courtesy)?\s?[:/]\s?[^.:]{{1,80}}|©[^.]{{1,60}}|Getty Images|AP Photo[^.]{{0,40}})\W{{0,3}}$"
)
_CAPTION = _start(
    r"(?:this|a|an|in this|in a|from) (?:\w+[ ,]){0,3}?(?:frame grab|video grab|file (?:photo|image|picture)|undated (?:photo|image)|handout|screen ?grab|screenshot|image (?:from|taken|made|released|provided)|photo (?:taken|provided|released|shows|illustration)|photograph (?:taken|shows))|"
    r"file (?:photo|image|picture|-)|pictured\s?[:,]|(?:above|left|right|below|top|bottom|from left|clockwise|l-r|l to r)\s?[:,]|\(?(?:from )?left to right"
)
_COPYRIGHT = re.compile(
    r"(?i)\W{0,3}(?:©|\(c\) ?(?:19|20)|copyright|all rights reserved|this material may not be published)|.{0,200}(?:all rights reserved|may not be published, broadcast|droits réservés|alle rechte vorbehalten|todos los derechos)"
)
_COMMENTS = re.compile(r"(?i)\W{0,3}(?:\d{1,6} |show |view |see |read |hide |all |add (?:a )?|no |post |write (?:a )?|join |reader |your |leave (?:a )?){0,3}(?:comments?|replies|responses|commentaires|kommentare|comentarios|комментарии)(?: \(?\d{1,6}\)?| are closed| off| below)?\W{0,3}$")  # fmt: skip
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|Von|Par|Por|Di|Door|Av|Af|От|Автор:|Author:|Written by:?|Posted by:?|Reported by:?|Story by:?|Words by:?|Text:)\s{1,3}(?:the )?[A-Z\u00c0-\u024f\u0400-\u042f@][^.!?:;]{1,90}$"
)
_VIDEO = re.compile(
    r"(?:[^.:]{0,140}[^\d.:,]\s|\W{0,3}(?:Duration|Video)?\W{0,3})\d{1,2}:[0-5]\d$"
)
_URL = re.compile(r"(?:https?://|www\.)\S{3,}$")
_CODE = re.compile(r"\W{0,3}(?:\{\s?[\"']|window\.|var \w|function ?\w{0,20}\(|\(function|document\.|\.\w[\w-]*\s?\{|@media|\[\{\s?\"|/\* |<!\[CDATA|googletag|const \w)")  # fmt: skip
_COUNT = re.compile(r"(?i)\W{0,3}(?:\d[\d.,]{0,8}\s?[km]?\s?(?:shares?|comments?|views?|likes?|retweets?|followers|reactions|min(?:ute)?s?(?: read)?|claps)|(?:reading|read) time\W.{0,20}|\d+ (?:of|/) \d+)(?: ago)?\W{0,3}$")  # fmt: skip
_CORRECTION_OF_SITE = re.compile(
    r"(?i)(?:we use cookies|this (?:site|website) uses cookies|by (?:clicking|continuing|using|signing|submitting|subscribing|providing)\b.{0,80}\b(?:agree|consent|accept)|"
    r"accept (?:all )?cookies|cookie (?:policy|settings|preferences)|your browser does not support|(?:please )?enable javascript|javascript is (?:disabled|required)|"
    r"privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)|this site is protected by recaptcha|affiliate (?:commission|links?)|earn a commission)"
)

LABELS = frozenset(
    line.strip()
    for line in """share;tweet;email;e-mail;print;facebook;twitter;whatsapp;linkedin;pinterest;reddit;telegram;x;flipboard;messenger;pocket;copy link;link copied;
    comments;comment;reply;like;save;bookmark;close;menu;search;home;next;previous;prev;more;back;login;log in;sign in;register;subscribe;sign up;follow;following;
    advertisement;advertising;ad;ads;sponsored;sponsored content;promoted;paid content;partner content;related;related articles;related stories;related news;related content;related topics;
    related posts;recommended;trending;most popular;most read;popular;latest;latest news;top stories;news;newsletter;newsletters;contact us;contact;about us;about;about the author;
    privacy policy;terms of use;terms of service;cookie policy;cookies;advertise;careers;help;faq;faqs;rss;sitemap;site map;read more;see more;show more;load more;view more;
    learn more;watch;watch now;listen;play;pause;mute;unmute;fullscreen;gallery;photos;video;videos;tags;tags:;topics;topics:;categories;filed under;share this;share this article;
    share this story;share on facebook;share on twitter;email address;submit;go;cancel;continue;accept;ok;got it;no thanks;yes;no;author;authors;byline;source;sources;via;image;photo;
    caption;credit;published;updated;posted;last updated;last modified;by;and;in;on;upcoming events;events;weather;sport;sports;business;politics;opinion;world;entertainment;
    lifestyle;technology;health;science;culture;travel;podcasts;live;breaking news;editor's picks;editors' picks;editor’s picks;don't miss;you may also like;you might also like;
    up next;more from;more stories;more news;more on this story;more on this;in this story;in this article;view comments;show comments;leave a comment;join the conversation;
    teilen;drucken;kommentare;mehr;anzeige;werbung;partager;imprimer;commentaires;publicité;compartir;publicidad;comentarios;compartilhar;publicidade;condividi;pubblicità;
    поделиться;реклама;комментарии;delen;dela;del;annons;reklame;reklama;mainos""".replace("\n", "").split(";")
)  # fmt: skip

_WHEN = frozenset(
    """jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december
    mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday am pm a.m p.m et est edt pt pst pdt ct cst cdt gmt utc bst ist cet cest aest aedt
    published updated posted modified last first on at of the date time original hours hour minutes mins min ago day days week weeks yesterday today th st nd rd z local
    januar februar märz mai juni juli oktober dezember uhr um am stand janvier février mars avril juin juillet août septembre octobre novembre décembre à le publié mis jour
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre de del el gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro às h is was and""".split()
)
_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])?|\d+")


def rule_of(text: str) -> str | None:
    """Return the rule that says ``text`` is chrome whatever stands around it.

    >>> rule_of("READ MORE: Ferry strike enters second week")
    'read-more'
    >>> rule_of("The harbour reopened on Monday.") is None
    True
    """
    if _URL.match(text):
        return "bare-url"
    if (
        _CODE.match(text)
        and sum(map(text[:400].count, "{}[]=;\"':")) > len(text[:400]) / 25
    ):
        return "code"
    if len(text) > _LONGEST:
        return "caption" if _ends_in_credit(text) and _CAPTION.match(text) else None
    return _of_label(text) or _of_appeal(text) or _of_picture(text)


def is_when(text: str) -> bool:
    """Tell whether ``text`` is a date or a time and nothing else."""
    if len(text) > 120 or not any(map(str.isdigit, text)):
        return False
    words = _TOKEN.findall(text.lower())
    return all(word.isdigit() or word in _WHEN for word in words)


def is_credit(text: str) -> bool:
    """Tell whether ``text`` names who made a picture, and no more."""
    return len(text) < 160 and _CREDIT.match(text) is not None


def is_sentence(text: str) -> bool:
    """Tell whether ``text`` ends like a sentence."""
    return text.rstrip("\"'”’»)]* ")[-1:] in set(".!?…。！？؟।:;")


def _of_label(text: str) -> str | None:
    low = text.lower().strip(" :|•·>»-–—")
    if low in LABELS:
        return "label"
    if is_when(text):
        return "timestamp"
    if _COMMENTS.match(text):
        return "comments"
    if _COUNT.match(text):
        return "counter"
    if _VIDEO.match(text) and not is_sentence(text):
        return "video-label"
    if len(text) < 120 and _BYLINE.match(text) and len(text.split()) < 14:
        return "byline"
    return None


def _of_appeal(text: str) -> str | None:
    if _READ_MORE.match(text) and (text.count(". ") < 2):
        return "read-more"
    if _BRACKETED.match(text):
        return "bracketed-promo"
    if len(text) < 160 and (_READ_MORE_LOUD.match(text) or (_READ_MORE_BARE.match(text) and not _is_long_sentence(text))):  # fmt: skip
        return "read-more"
    if _STAMP.match(text):
        return "section-stamp"
    if _COPYRIGHT.match(text):
        return "copyright"
    if _NEWSLETTER.search(text) and len(text) < 260:
        return "newsletter"
    if _PAYWALL.search(text) and len(text) < 240:
        return "paywall"
    if _CORRECTION_OF_SITE.search(text) and len(text) < 300:
        return "site-notice"
    return None


def _of_picture(text: str) -> str | None:
    if is_credit(text):
        return "credit"
    if _ends_in_credit(text):
        return "caption"
    if _CAPTION.match(text) and len(text) < 300:
        return "caption"
    return None


def _ends_in_credit(text: str) -> bool:
    return _CREDIT_END.search(text[-160:]) is not None


def _is_long_sentence(text: str) -> bool:
    return len(text) > 90 and text.endswith((".", "”", '."'))
