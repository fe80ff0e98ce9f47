"""Words that names are told by: what stands in them, before them, and for none.

All in small letters and without accents or full stops, in English unless said.
"""

from __future__ import annotations

from search.compare.reading import listed

# Parts of a name that are in small letters: van der Berg, Rio de Janeiro.
PARTICLES = listed(
    """
    de del della delle dello di da das dos do du des van von der den ter ten zu zur af
    av al el la le las los bin bint ibn ben ul y
    """
)
# Those that are articles, too: where they are, no name goes on with one.
ARTICLES = listed("der den el la le las los y ter da do das")
# Head nouns that of or for and a name may follow as part of the same.
BODIES = listed(
    """
    academy administration agency army association authority bank bay board bureau cape
    center centre chamber church city college commission committee commonwealth council
    conference congress convention corporation court department district duchy
    embassy federation forum foundation front fund gulf house institute institution
    isle kingdom league ministry movement museum office order organisation organization
    party peace people's port press province republic school sea society state states
    straits strait union university universities
    observatory group fighters doctors reporters friends bishop duke prince princess
    archbishop cathedral lady isles tower voice
    """
)
JOINING = frozenset({"of", "for", "on"})
# What is no person after what may be a title: General Motors, State Department.
THINGS = BODIES | listed(
    """
    assembly motors electric mills dynamics hospital secretariat strike staff cup
    headquarters services service command counsel elections election building street
    road avenue square park stadium airport station bridge river island islands
    """
)
ON = frozenset({"commission", "committee", "conference", "council", "convention"})
FOR = BODIES & listed(
    """
    agency association bureau center centre commission committee council department
    forum foundation fund institute ministry movement observatory office organisation
    organization party society union
    """
)
# What may follow a possessive as part of a name: People's Republic, St. John's.
OWNED = listed(
    """
    people's women's men's children's workers' king's queen's lloyd's mcdonald's moody's
    christie's sotheby's macy's sainsbury's
    """
)
# Names of persons have these before them; alone they name nobody.
_TITLES = """
mr mrs ms miss mx dr prof gen lt col sgt capt cmdr maj adm brig cpl pvt gov sen rep reps
sens pres supt det insp rev hon messrs msgr sir dame lord lady
president premier chancellor minister secretary senator congressman congresswoman
representative governor mayor judge justice king queen prince princess pope cardinal
archbishop bishop imam ayatollah sheikh sheik general colonel captain major lieutenant
sergeant admiral commander officer detective sheriff chief professor doctor ambassador
spokesman spokeswoman spokesperson chairman chairwoman chairperson director attorney
commissioner administrator manager analyst editor owner founder lawyer
pm ceo emperor empress sultan rabbi father brother sister inspector constable speaker
leader coach secretary-general
herr frau prasident prasidentin kanzler kanzlerin bundeskanzler bundeskanzlerin
ministerin
burgermeister burgermeisterin sprecher sprecherin m mme mlle monsieur madame maitre me
senor senora don dona presidente presidenta ministro ministra alcalde alcaldesa
президент премьер министр губернатор мэр генерал полковник депутат господин госпожа
"""
TITLES = listed(_TITLES)
# Before a title, these are of it; before anything else, of a name: Justice Department.
OF_TITLES = listed(
    """
    prime vice deputy foreign defense defence interior finance first former acting
    assistant associate additional executive managing senior crown staff press home
    health trade energy economy education transport transportation labor labour oil
    agriculture environment treasury state regional national sub-assistant
    """
)
# Titles that are surnames or parts of other names, too, where another name is before.
SURNAMES = listed("king prince pope major bishop father brother sister lord lady judge")
OFFICES = frozenset({"secretary", "minister"})  # of which office, of and a word say
# Full stops that do not end a name. St. is part of it, and no title.
SHORT = listed(
    """
    mr mrs ms dr prof gen lt col sgt capt cmdr maj adm brig cpl pvt gov sen rep reps
    sens pres supt det insp rev hon messrs st ste mt ft jr sr m mme sra srta sto
    """
)
LAST = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "phd", "md"})
# Before a hyphen, and after it, these are no part of a name.
PREFIXES = frozenset(
    [
        "pro",
        "anti",
        "non",
        "ex",
        "post",
        "pre",
        "co",
        "re",
        "self",
        "semi",
        "multi",
        "inter",
        "mid",
        "neo",
        "then",
        "all",
    ]
)
TAILS = listed(
    """
    based backed led born controlled held run owned funded style era language speaking
    trained dominated allied made wide area bound sponsored occupied ruled appointed
    type like turned educated supported aligned affiliated linked listed friendly
    mediated driven savvy rated powered enabled generated ready free winning
    brokered imposed administered elected related only centric built designed
    flagged registered installed inspired level wing government occupied supplied
    majority headquartered
    """
)
# Days and months, capitals in English and German.
DAYS = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
    thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend
    sonntag
    """
)
MONTHS = listed(
    """
    january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec januar februar marz mai
    juni juli oktober dezember
    """
)
FORENAMES = frozenset({"may", "april", "june", "august", "jan"})  # and months
# Capitals that name nothing.
NOTHING = listed(
    """
    i i'm i've i'll i'd tv ok pm am gmt est edt cst cdt pst pdt utc bst cet cest no nos
    km the a an ph d p s q ad bc bce ce dna pdf faq
    """
)
# What a sentence may open with, and is no name before one.
_OPENERS = """
the a an this that these those it its he she they we you his her their our my your i
in on at by for from with without to of off up out as if so or and but nor yet not no
then when while after before since until till once during under over above below about
against among between behind beyond near through throughout across despite besides
because although though unless whether where who what which why how there here both
each every either neither some any many most more few several all another other others
such same also only even just still now today yesterday tomorrow meanwhile however
instead earlier later last next first second third two three four five six seven eight
nine ten hundreds thousands dozens millions former one according amid
amidst asked like unlike including via within inside outside around along toward
towards upon thus hence therefore perhaps maybe indeed per moreover furthermore
additionally nevertheless nonetheless otherwise
eventually finally recently currently previously originally initially reportedly
apparently photo picture file watch read see report reports exclusive breaking update
der die das ein eine den dem im am les une des ο η το οι τα
"""
LITTLE = listed(_OPENERS)
_NOUNS = """
police officials authorities residents people forces troops state state-run government
local foreign president's
"""
OPENERS = LITTLE | listed(_NOUNS)
# Before a name, these make another of it: South Sudan is no Sudan.
OTHER = listed(
    """
    north south east west northern southern eastern western northeast northwest
    southeast southwest new old central upper lower greater saint st san santa great
    little fort ft mount mt lake port cape los las el la bad
    royal anti pro non inner outer mid
    """
)
# Acronyms that hide behind no single name of a text, or in a text have none.
KNOWN = {
    "usa": "us",
    "united states of america": "us",
    "united states": "us",
    "united kingdom": "uk",
    "united nations": "un",
    "european union": "eu",
    "united arab emirates": "uae",
    "associated press": "ap",
}
KEPT = frozenset({"us", "un", "uk", "eu"})  # dotted, and no initials of a person
