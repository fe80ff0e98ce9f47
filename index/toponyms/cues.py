"""Words around a name that tell places from people, organisations and the rest."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


LOCATIVE = _words(
    "in at near from to toward towards into outside inside around between across"
    " through via throughout around beyond off within leaving reaching entering"
    " en route southern northern eastern western central downtown nearby neighboring"
    " neighbouring north south east west northeast northwest southeast southwest"
    " upstate rural greater metropolitan"
)
PLAIN_PREPOSITIONS = _words("of for over against on by with and")
SETTLEMENT = _words(
    "town city village capital province governorate region state county district"
    " port municipality suburb island border hamlet settlement area prefecture"
    " republic territory enclave stronghold"
)
# "The battle for X", "the fall of X": what is of a place and hardly of a person.
FOUGHT_OVER = _words(
    "battle siege fall capture recapture liberation loss control outskirts residents"
    " people streets centre center north south east west suburbs villages towns mayor"
    " siege bombardment shelling bombing fighting clashes fight assault attack offensive"
    " airport port university neighbourhoods neighborhoods countryside banks edge"
)
REGIONAL = _words(
    "province governorate region state oblast prefecture county district republic"
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
ORGANISATIONS = _words(
    "university college school institute academy times post herald tribune journal"
    " gazette news press daily star globe sun chronicle observer guardian mail mirror"
    " telegraph bank bancorp bancshares corp corporation co company inc ltd plc llc"
    " group holdings airlines airways air railway railways railroad petroleum oil gas"
    " steel motors insurance trust fund securities exchange stock party united fc"
    " football club team league cup games open marathon festival hospital clinic"
    " center centre museum library church cathedral mosque temple chapel hotel inn"
    " resort theatre theater stadium arena hall house building tower towers bridge"
    " street avenue road boulevard lane drive highway st ave rd blvd dr hwy route"
    " police department council commission committee court ministry agency authority"
    " office bureau board association federation union society foundation"
    " organization organisation observatory conference convention treaty accord"
    " agreement act law bill prize award bears tigers lions eagles giants cowboys"
    " yankees mets dodgers angels raiders chargers broncos chiefs patriots jets"
    " dolphins bulls lakers knicks celtics rangers kings sharks ravens steelers"
    " saints falcons packers vikings colts texans titans jaguars browns bengals"
    " medical technical community state high elementary middle industries"
    " international partners lp energy resources technologies systems mining gold"
    " savings financial capital life mutual brothers sons gallery orchestra symphony"
    " opera ballet magazine review television radio tv network studios records press"
    " zoo aquarium cemetery prison jail observatory laboratory laboratories airport"
    " army navy guard guards forces brigade battalion division regiment"
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
    " one two three four five six seven eight nine ten first second third last"
    " us is are was were be been has have had do does did may might must could would"
    " people police government president minister state states city county university"
    " today yesterday tomorrow tonight"
)
