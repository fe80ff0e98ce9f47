"""How chrome is worded: the patterns behind the named rules of wording.

Every pattern is linear: anchored, bounded, or a plain alternation.
"""

from __future__ import annotations

import re

AGENCIES = (
    *("AP", "AFP", "EPA", "PA", "Reuters", "REUTERS", "Associated Press"),
    *("Getty Images", "Getty", "Shutterstock", "iStock", "NurPhoto", "Xinhua"),
    *("Anadolu", "TASS", "EPA-EFE", "USA TODAY", "Zuma", "Alamy", "Unsplash", "Flickr"),
    *("Bloomberg", "Imagn", "Imago", "dpa", "DPA", "PTI", "ANI", "Press Association"),
    *("CP", "Canadian Press", "EFE", "ANSA", "Lusa", "ANP", "Belga", "Keystone"),
    *("KEYSTONE", "ТАСС", "РИА Новости", "Укрінформ", "УНІАН", "Agence France-Presse"),
    *("Pixabay", "Pexels", "Facebook", "Instagram", "Twitter", "Wikimedia", "YouTube"),
)
_AGENCIES = "|".join(AGENCIES)


def _start(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}(?:{pattern})", flags)


_LINK_LABEL = (
    r"read|read more|read also|read next|also read|must read|read on|watch|watch "
    r"now|watch live|listen|see also|"
    r"see more|more|related|related (?:stories|story|articles?|content|coverage|"
    r"news|video|reading|links?|posts?)|"
    r"video|gallery|photos|in pictures|pictures|slideshow|recommended|up next|next|"
    r"previous|don.t miss|trending|"
    r"editor.s (?:picks?|choice)|most read|most popular|opinion|analysis|explainer|"
    r"explained|live updates"
)
READ_MORE = _start(rf"(?:{_LINK_LABEL})\s?(?:[:>|»→]|\s[-–—]\s)")
READ_MORE_LOUD = re.compile(
    r"[\W_]{0,4}(?:READ|WATCH|RELATED|SEE|LISTEN|CLICK|ALSO)\b[ A-Z]{0,20}\b(?=[A-Z])"
)
READ_MORE_BARE = _start(
    r"(?:read (?:more|also|next|the full|the rest|full)|also read|see also|more "
    r"(?:on|from|in|about) |related (?:stor|article|post|news|content|coverage|"
    r"topic|read)|"
    r"you (?:may|might) (?:also |be )?(?:like|interest)|recommended (?:for you|"
    r"stor|read|video)|trending (?:now|stor)|most (?:read|popular|viewed|shared)|"
    r"click here|continue reading|keep reading|scroll (?:down|to)|story continues|"
    r"article continues|advertisement|"
    r"more stories|more news|top stories|latest (?:news|stories|headlines|video)|"
    r"editor.s (?:pick|choice)|"
    r"don.t miss|what to read|upcoming events|view (?:more|all|gallery|photos|"
    r"comments)|show more|load more|see (?:more|all)|"
    r"hide caption|toggle caption|enlarge this image|image source|play video|watch "
    r"(?:now|live|more|the video|video)|listen to this|listen now|"
    r"back to top|skip to|jump to|table of contents|in this article|topics? "
    r"(?:mentioned|in this)|explore more|next article|previous article|next post|"
    r"previous post|"
    r"written by|filed under|posted in|tagged (?:with|as|under)|tags\b|"
    r"categories\b|about the authors?|follow (?:(?:us|me|him|her)\b|@)|"
    r"(?:like|love|enjoy(?:ed|ing)?) (?:this|the|our) "
    r"(?:story|article|post|piece|column)\?|"
    r"share (?:this|on|via|your|with|the (?:story|article|post|page|link|blog))\b|"
    r"print this|email this|copy link|report (?:a|an) (?:typo|error|problem)|"
    r"find us on|like us on|"
    r"join (?:us|the conversation|the discussion|our)|leave a (?:comment|reply)|"
    r"post a comment|be the first to|have your say|send us)"
)
BRACKETED = re.compile(
    r"\[\s?(?:[A-Z][A-Z0-9’'.&\- ]{2,60}:|(?i:read|watch|see|more|related|click|video|"
    r"photos?|gallery|listen|also)\b)[^\]]{0,300}\]?$"
)
# This and the other patterns of appeals are tried on small letters: thrice as fast.
NEWSLETTER = re.compile(
    r"\b(?:get (?:breaking|the latest|the best|our|daily|weekly|more|unlimited|"
    r"all the|top)\b.{0,60}\b(?:news|stories|headlines|newsletters?|alerts?|inbox|"
    r"updates)|"
    r"sign(?:ing)? up (?:for|to|here|now|below|today|with)|sign up$|subscribe "
    r"(?:to|now|today|here|for|via|and|with|&)|"
    r"(?:delivered|straight|sent|right|directly|direct) (?:.{0,20})?(?:to|in|into) "
    r"your (?:inbox|email|mailbox)|"
    r"(?:our|free|daily|weekly|email|the|morning|evening) (?:[\w’']{1,20} "
    r"){0,3}newsletters?|newsletters? (?:sign|here|now)|"
    r"download (?:the|our) .{0,30}\bapp\b|enter your e-?mail|your e-?mail address|"
    r"unsubscribe|push notifications|breaking news alerts|"
    r"follow .{0,60} on (?:twitter|facebook|instagram|x|linkedin|threads|youtube|"
    r"google news|telegram|whatsapp|flipboard)|"
    r"(?:like|find) us on|join our (?:whatsapp|telegram|newsletter|mailing|"
    r"community|email)|@\w+ on (?:twitter|x\b|instagram))"
)
PAYWALL = re.compile(
    r"(?:to continue reading|continue reading (?:this|your|with)|already a "
    r"(?:subscriber|member|registered)|already have an account|"
    r"already subscribed|cancel (?:or pause )?(?:at )?any ?time|unlimited (?:\w+ "
    r")?(?:digital |website |online )?access|log ?in to|sign in to|"
    r"create (?:a|an|your) (?:free )?account|support (?:our|independent|local|"
    r"quality) (?:\w+ )?journalism|become a (?:member|subscriber|supporter|patron)|"
    r"exclusive (?:newsletters|to subscribers|content for)|for subscribers|"
    r"subscriber[- ]only|register (?:for free|to read|now|to continue)|"
    r"free articles?|make a (?:donation|contribution)|donate (?:now|today|to)|"
    r"start your (?:free )?trial|"
    r"subscribe$|subscribe & save|this (?:article|content|story) is (?:for|only|"
    r"exclusive|reserved))"
)
STAMP = re.compile(
    r"(?i)(?:[\w&.’' ]{1,40} on \d{1,2}/\d{1,2}/\d{2,4}$|print headline:|(?:a "
    r"version of )?this (?:article|story) (?:\w+ ){0,3}(?:appear|was (?:first |"
    r"originally )?published|is republished|originally))"
)
CREDIT = re.compile(
    r"\W{0,3}(?:(?i:(?:image|photo|picture|photograph|video|media|illustration|"
    r"graphic|cover photo|featured image|file photo|stock photo)s?(?: (?:credit|"
    r"source|courtesy|via|by|of|from|caption|illustration))?s?\s?[:/|]|"
    r"(?:photo|image|picture|photograph|video|illustration|graphic)s? (?:credit|"
    r"courtesy|by|via)\b|credits?\s?:|courtesy (?:of|photo)|©)"
    rf"|(?:{_AGENCIES})(?: Photo)?\s?(?:/|via|$)|AP Photo|Getty Images)"
)
# One of these is in every text that ends in a credit, or it ends in an agency's name.
IN_CREDIT = ("(", "/", "|", "via", ":", "©", "Images", "oto", "icture")
CREDIT_END = re.compile(
    rf"(?:\(\s?(?:(?:AP|Reuters|AFP)\s)?(?:Photos?|Images?|Picture|Credit|Courtesy|"
    rf"File|Submitted|Screenshot|Handout|PHOTO|Pic|Foto)\b[^()]{{0,120}}\)|"
    rf"\([^()]{{0,80}}(?:/|\bvia |\|)\s?(?:the |The )?(?:{_AGENCIES})[^()]{{0,60}}\)|"
    rf"\((?:[A-Z][\w.’'-]+ ){{1,3}}[A-Z][\w.’'-]+\s?/\s?[A-Z][^()]{{2,50}}\)|"
    rf"\([^()]{{0,60}}(?:Getty|"
    rf"Shutterstock|iStock|Photo|photo:|photo by|Images|Courtesy|courtesy "
    rf"of)[^()]{{0,60}}\)|"
    rf"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,3}}|Pool|via)\s?(?:/|via|"
    rf"\|)\s?(?:The )?(?:{_AGENCIES})(?:\s?(?:/|via|file|File|,)[^.]{{0,40}})?|"
    rf"(?:Photo|Image|Picture|Credit|PHOTO|Pic|Photograph|Foto)s?\s?(?:credit|by|"
    rf"courtesy of|courtesy)?\s?[:/]\s?[^.:]{{1,80}}|©[^.]{{1,60}}|Getty Images|AP "
    rf"Photo[^.]{{0,40}}|"
    rf"(?:[Pp]hoto(?:graph)?|[Pp]icture|[Ff]oto)s? (?:by|von|de|par)"
    rf"(?: [A-Z][\w.’'-]+){{1,4}}|"
    rf"\b(?:[Ff]ile|[Cc]ourtesy|[Hh]andout|[Ss]taff|[Aa]rchive) [Pp]hoto|"
    rf"[.!?”] (?:{_AGENCIES}))\W{{0,3}}$"
)
CAPTION = _start(
    r"(?:this|a|an|in this|in a|from) (?:\w+[ ,]){0,3}?(?:frame grab|video grab|"
    r"file (?:photo|image|picture)|undated (?:photo|image)|handout|screen ?grab|"
    r"screenshot|image (?:from|taken|made|released|provided)|photo (?:taken|"
    r"provided|released|shows|illustration)|photograph (?:taken|shows))|"
    r"file (?:photo|image|picture|-)|pictured\s?[:,]|(?:above|left|right|below|top|"
    r"bottom|from left|clockwise|l-r|l to r)\s?[:,]|\(?(?:from )?left to right"
)
COPYRIGHT = re.compile(
    r"(?i)\W{0,3}(?:©|\(c\) ?(?:19|20)|copyright|all rights reserved|this material "
    r"may not be published)"
)
# What stands anywhere in such a line.
RESERVED = ("all rights reserved", "may not be published, broadcast")
COMMENTS = re.compile(
    r"(?i)\W{0,3}(?:\d{1,6} |show |view |see |read |hide |all |add (?:a )?|no |post |"
    r"write (?:a )?|join |reader |your |leave (?:a )?){0,3}(?:comments?|replies|"
    r"responses)(?: \(?\d{1,6}\)?| are "
    r"closed| off|"
    r" below)?\W{0,3}$"
)
BYLINE = re.compile(
    r"(?:[Bb]y|BY|Author:|Written by:?|Posted by:?|Reported by:?|Story by:?|"
    r"Words by:?|Text:)\s{1,3}(?:the )?[A-Z\u00c0-\u024f\u0400-\u042f@]"
    r"(?:[^.!?:;]|(?<=\b[A-Z])\.){1,90}$"
)
# What sets the parts of a line off from one another.
SET_OFF = re.compile(r"\s{0,3}[|•·●]\s{0,3}")
CRUMBS = _start(r"you are here\s?[:>»›]|home\s?[>»›]\s")
GUEST_BOOK = _start(
    r"(?:guest ?book|gästebuch|livre d.or|libro de visitas)"
    r"(?:(?:\s\S{1,30}){1,6}\s(?:wrote|writes|said|schrieb|"
    r"a écrit|escribió)\s?:|\W{0,3}$)"
)
VIDEO = re.compile(
    r"(?:[^.:]{0,140}[^\d.:,]\s|\W{0,3}(?:Duration|Video)?\W{0,3})\d{1,2}:[0-5]\d$"
)
# What a line ends in that tells a time of day, a score or a verse, not a duration.
CLOCK = re.compile(
    r"(?i)(?:\b(?:at|from|until|till|by|to|and|in|of|um|bis|à|alle|ore|kl|v|vs)|"
    r"[–—-])\s"
    r"\S{1,6}$|^(?:\S+\s){0,2}\S+$"
)
URL = re.compile(r"(?:https?://|www\.)\S{3,}$")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\W{0,3}$")
CODE = re.compile(
    r"\W{0,3}(?:\{\s?[\"']|window\.|var \w|function ?\w{0,20}\(|\(function|document\.|"
    r"\.\w[\w-]{0,40}\s?\{|@media|\[\{\s?\"|/\* |<!\[CDATA|googletag|const \w)"
)
COUNT = re.compile(
    r"(?i)\W{0,3}(?:\d[\d.,]{0,8}\s?[km]?\s?(?:shares?|comments?|views?|likes?|"
    r"retweets?|"
    r"followers|reactions|min(?:ute)?s?(?: read)?|claps)|(?:reading|read) "
    r"time\W.{0,20}|"
    r"\d{1,4} (?:of|/) \d{1,4})(?: ago)?\W{0,3}$"
)
SITE = re.compile(
    r"(?:we use cookies|this (?:site|website) uses cookies|by (?:clicking|"
    r"continuing|using|signing|submitting|subscribing|"
    r"providing)\b.{0,80}\b(?:agree|consent|accept)|"
    r"accept (?:all )?cookies|cookie (?:policy|settings|preferences)|your browser "
    r"does not support|(?:please )?enable javascript|javascript is (?:disabled|"
    r"required)|"
    r"privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)|this "
    r"site is protected by recaptcha|affiliate (?:commission|links?)|earn a "
    r"commission)"
)
COOKIES = re.compile(
    r"(?i)(?:(?:this|our) (?:website|site) uses cookies|we (?:and our partners "
    r")?(?:use|"
    r"store) (?:cookies|and/or)|any cookies that may not be|(?:necessary|functional|"
    r"performance|analytic(?:al|s)?|advertisement|essential|targeting|marketing|"
    r"preference|other uncategorized|statistical) cookies (?:are|help|allow|enable|may|"
    r"track)|cookies are small (?:text|files))"
)
# What makes a line of numbers a date: a named month or day, a clock, a full date.
DATED = re.compile(
    r"(?i)\b(?:\d{1,2}[:.h]\d\d|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|ago|hours?|published|"
    r"updated|posted|modified|today|yesterday)\b|[^\W\d_]{3}\W{1,3}\d|"
    r"\d\W{1,3}[^\W\d_]{3}"
)
# The note that says who reported; it is the article's own, wherever it stands.
CONTRIBUTED = re.compile(
    r"(?:.{0,120}\bcontribut(?:ed|ing) (?:to (?:this|the)|by)\b|(?:\(|Additional )?"
    r"(?:[Rr]eporting|[Ww]riting|[Ee]diting) by\b|"
    r"Information for this (?:article|story))"
)
# What says what the article itself had wrong.
CORRECTED = _start(r"(?:correction|clarification)s?\b[^:]{0,60}:\s\S")
# Tried on small letters too.
RAIL = re.compile(
    r"\b(?:most (?:read|popular|viewed|shared)|related (?:stories|articles|posts|"
    r"news|content|coverage|topics|reading)|you (?:may|might) also (?:like|enjoy)|"
    r"trending now|recommended (?:for you|stories|reading)|more (?:stories|news|"
    r"articles)|read next|latest (?:news|stories|articles)|top stories|"
    r"more from .{1,40}$)"
)
