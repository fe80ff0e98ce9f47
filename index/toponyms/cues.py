"""Words around a name that tell places from people, organisations and the rest."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


LOCATIVE = _words(
    "in at near from to toward towards into outside inside around between across"
    " through via throughout beyond off within leaving reaching entering en route"
    " southern northern eastern western central downtown nearby neighboring"
    " neighbouring north south east west northeast northwest southeast southwest"
    " upstate rural greater metropolitan"
)
# What may follow a town and its state without the comma that closes them off.
AFTER_STATES = _words(
    "and or on in at to for from with near by after before who when where that which"
)
PLAIN_PREPOSITIONS = _words("of for over against on by with and")
SETTLEMENT = _words(
    "town city village capital province governorate region state county district port"
    " municipality suburb island border hamlet settlement area prefecture republic"
    " territory enclave stronghold"
)
# "The battle for X", "the fall of X": what is of a place and hardly of a person.
FOUGHT_OVER = _words(
    "battle siege fall capture recapture liberation loss control outskirts residents"
    " people streets centre center north south east west suburbs villages towns mayor"
    " bombardment shelling bombing fighting clashes fight assault attack offensive"
    " governor resident airport port university neighbourhoods neighborhoods"
    " countryside banks edge"
)
REGIONAL = _words(
    "province governorate region state oblast prefecture county district republic"
)
# What may be part of a division's own name: "Karak Province".
DIVISIONS = _words(
    "province county governorate prefecture oblast voivodeship district region"
    " municipality parish"
)
PLURALS = _words(
    "towns cities villages provinces governorates regions states counties districts"
    " ports municipalities suburbs islands townships parishes prefectures republics"
    " territories neighborhoods neighbourhoods communities areas"
)
# Whom and what a place has, in small letters after its name.
LOCAL = _words(
    "residents resident native natives man woman men women teen teenager boy girl"
    " couple family police officials official authorities government mayor governor"
    " officers officer firefighters voters students area airport suburb neighborhood"
    " neighbourhood home house apartment hospital court school restaurant coast border"
    " metropolitan metro office headquarters plant factory market streets street"
    " downtown lawmakers spokesman spokeswoman businessman lawyer attorney delegation"
    " embassy ambassador parliament troops army forces news newspaper"
)
# Of sides, brands and companies rather than of places.
CONTESTED = _words(
    "beat beats defeated won lost win victory against versus vs striker midfielder"
    " defender goalkeeper coach quarterback pitcher scored drew shares stock model"
    " driver owner maker executives products series"
)
TITLES = _words(
    "mr mrs ms miss dr sir lady lord prof professor president premier minister"
    " chancellor king queen prince princess pope cardinal archbishop bishop rev"
    " reverend father sister judge justice sheriff mayor governor gov sen senator rep"
    " congressman congresswoman representative gen general maj major col colonel capt"
    " captain lt lieutenant sgt sergeant cpl brig brigadier adm admiral cmdr commander"
    " officer detective deputy chief chairman chairwoman secretary ambassador"
    " spokesman spokeswoman spokesperson director coach actor actress singer author"
    " sheikh sheik imam ayatollah mullah abu bin ibn ben al-haj attorney analyst"
    " chairperson vice-president treasurer pastor principal superintendent inspector"
    " trooper pfc private corporal"
)
PERSON_VERBS = _words(
    "said says told added asked replied wrote testified recalled explained noted"
    " argued insisted joked who whose tweeted smiled laughed died married aged"
)
# What makes the capitals before it the name of an institution, a firm or a street.
ORGANISATIONS = _words(
    "university college school institute academy times post herald tribune journal"
    " gazette news press daily star globe sun chronicle observer mail mirror telegraph"
    " bank bancorp bancshares corp corporation co company inc ltd plc llc holdings"
    " airlines airways railway railways railroad petroleum steel motors insurance"
    " trust fund securities exchange stock party fc football club league cup open"
    " marathon festival hospital clinic center centre museum library church cathedral"
    " mosque temple chapel hotel inn resort theatre theater stadium arena hall tower"
    " towers bridge street avenue road boulevard lane drive st ave rd blvd dr hwy"
    " agency authority association federation union society foundation organization"
    " organisation observatory conference convention treaty accord agreement act prize"
    " award bears tigers lions eagles giants yankees mets dodgers angels raiders"
    " chargers broncos chiefs patriots jets dolphins bulls lakers knicks celtics"
    " rangers ravens steelers falcons packers vikings colts titans jaguars browns"
    " bengals elementary industries international partners lp resources technologies"
    " systems savings mutual sons gallery orchestra symphony opera ballet magazine"
    " review television radio tv network studios records zoo aquarium cemetery prison"
    " laboratory laboratories airport regiment war declaration protocol canal square"
    " plaza pact summit commerce times-picayune cross crescent instruments motor"
)
# What a club's name ends with: "Leeds United", but "United Nations".
CLUBS = _words("united rovers wanderers albion hotspur")
# What a place has: "Cork County Council" is not in Cork, but says Cork.
AUTHORITIES = _words(
    "police department council commission board court bureau office army government"
    " mayor governor sheriff coroner fire jail community high public county district"
    " ministry regional circuit superior health attorney senior city highway gov"
    " president minister secretary detention environmental transportation state town"
)
# What makes another place of it.
FEATURES = _words(
    "river valley park hills grove lake creek township bay beach springs falls island"
    " islands mountain mountains hill heights forest gardens field fields point ridge"
    " west east north south memorial trail estate village harbor harbour port"
    " peninsula"
)
# What is only called after a place: a Panama hat was never there.
THINGS = _words("hat hats sprout sprouts sandwich sandwiches")
# After "the Clearwater" these show that it is all of the name, and of no town.
NO_NOUNS = _words(
    "on in at of for to from by with but as into over under is are was were"
    " has had have will would can could that which who when while after before until"
)
# Small words of other languages that towns are called too.
SMALL_WORDS = _words(
    "der die das den dem des ein eine und oder nicht mit von zu zum zur im am auf fur"
    " aus bei nach ist sind wir ihr sie ich er es wer was wie le la les un une du de et"
    " ou mon ma mes ton ta tes son sa ses nos vos leur leurs nous vous ils elle elles"
    " qui que quoi dans sur avec pour par mais plus tout tous el los las una unos unas"
    " y por para con pero muy sin del al lo su sus mi mis il gli di che non per da"
    " nel della sono uma os as dos das no na em um com seu sua het een op te"
)
# Prepositions of place in other languages, as written.
ABROAD = _words(
    "à nach aus bei nahe zwischen près depuis vers chez desde hasta hacia cerca sur"
    " entre у в під біля з из под около"
)
OF_ABROAD = _words("de du del di da do von van z ze")
STREETS = _words("street avenue road boulevard lane square station bridge")
# What armies and storms do to towns.
TAKEN = _words(
    "entered entering shelled shelling bombed bombing captured capturing recaptured"
    " recapturing retook retaking retake seized seizing took taking stormed storming"
    " besieged besieging encircled liberated liberating reached reaching left leaving"
    " fled fleeing struck hit attacked attacking held holding controls controlled"
    " overran surrounded visited visiting flooded battered devastated"
)
# What may follow a place in capitals without making it part of a longer name.
CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march"
    " april may june july august september october november december jan feb mar apr"
    " jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun"
)
# Parts of names that hold a place name at their end: the University of Oxford.
OF_ORGANISATION = _words(
    "university bank church college bishop archbishop duke earl count museum"
    " institute school court society archdiocese diocese hospital daughters sons"
)
NOT_NAMES = _words(
    "the a an and or but if in on at of for to from by with as it its he she they we"
    " i you his her their our my this that these those there here when where while"
    " after before since until because although though not no yes who what which why"
    " how all any both each few more most other some such only own same so than too"
    " very can will just should now also even new mr mrs ms dr read watch photo video"
    " one two three four five six seven eight nine ten first second third last us is"
    " are was were be been has have had do does did may might must could would people"
    " police government president minister state states city county university today"
    " yesterday tomorrow tonight olympic olympics islamic christian catholic muslim"
    " jewish arab arabs arabic orthodox democrat democrats republican republicans"
    " christmas easter ramadan passover hanukkah thanksgiving"
) | frozenset(w for w in CALENDAR if w not in ("march", "may") and len(w) > 2)
# Compass words, which alone or together name nothing one could find again.
DIRECTIONS = _words(
    "north south east west northern southern eastern western central centre center"
    " northeast northwest southeast southwest upper lower middle inner outer downtown"
    " district region province state county area eastside westside northeastern"
    " northwestern southeastern southwestern"
)
# Groups, agencies and channels whose names are also places' or sound like them.
GROUPS = frozenset(
    (
        *("al qaida", "al qaeda", "al shabab", "al shabaab", "al nusra", "al jazeera"),
        *("al arabiya", "al ahram", "al aqsa", "al hayat", "hezbollah", "hizbollah"),
        *("hamas", "taliban", "fatah", "boko haram", "xinhua", "kyodo", "tass", "fars"),
        *("rio tinto", "red cross", "red crescent"),
    )
)
