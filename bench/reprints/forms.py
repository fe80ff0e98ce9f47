"""Reports that are filled into a form: alike from day to day, and no copies."""

from __future__ import annotations

from functools import cache
from random import Random

from bench.reprints import prose

_FORMS = (
    """\
Shares on the {name} exchange closed {way} on {day}, with the main index {way} {n}
points, or {f} percent, at {n} at the end of a session in which traders said they saw
little fresh news and waited for figures on prices and jobs that are due later in the
week.

Advancing issues outnumbered declining ones by {n} to {n} on a volume of {n} million
shares, compared with {n} million in the session before, according to preliminary data
that the exchange publishes shortly after the close of trading each day.

Among the most active stocks, {name} was {way} {f} at {f} after the company reported
results for the quarter, while {name} finished {way} {f} at {f} in line with others in
its sector, and dealers pointed to thin trading ahead of the holidays as the reason
for large moves on small orders.

The yield on the government bond that matures in ten years stood at {f} percent
against {f} percent, and the currency was quoted at {f} to the dollar in late
dealings, little moved by comments of the central bank on the state of the economy.
""",
    """\
Skies over {name} will be partly cloudy with a chance of showers, and the high will be
near {n} degrees with winds from the {way} at {n} to {n} kilometres an hour, the
weather service said in the outlook that it issues every morning for the county and
the waters off the coast.

The overnight low will fall to about {n} degrees, with fog in the valleys that should
lift by {n} o'clock, and motorists were told to allow more time for their journeys on
the roads over the hills, where visibility may drop to {n} metres in places.

Rainfall for the month so far stands at {n} millimetres, against a normal of {n}
millimetres, and the reservoirs are at {n} percent of what they hold, the water board
said in its weekly note to customers on the state of supplies.
""",
    """\
{name} beat {name} {n} to {n} on {day} in front of a crowd of {n} to move to number
{n} in the table, after {name} scored in minute {n} and again shortly before the
break, and the home side never looked like coming back into a match that was played in
steady rain.

The visitors had {n} shots at goal against {n} and {n} corners to {n}, but it was the
defence that decided it, their coach told reporters afterwards, as it had done in so
many matches this season, and he said that there were no excuses for the way they had
begun the second half.

They play next at home to {name} on {day}, while {name} travel to {name}, who have won
{n} of their last {n} games and stand {n} points clear of the side below them with a
game in hand.
""",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WAYS = ("higher", "lower", "up", "down", "north", "south", "east", "west", "mixed")


def report(random: Random, form: int) -> str:
    """Return the form of this number filled in; all but three are invented words."""
    lines = _lines(_FORMS[form]) if form < len(_FORMS) else _invented(form)
    return "\n\n".join(_filled(random, line) for line in lines)


def _lines(form: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in form.split("\n\n"))


@cache
def _invented(form: int) -> tuple[str, ...]:
    """Return a form of 120 to 300 words with a slot every 10 to 20."""
    random = Random(form)  # the same form each time
    lines = []
    for paragraph in prose.story(random, random.randint(120, 280)):
        words = paragraph.split()
        at = random.randint(3, 12)
        while at < len(words):
            words[at] = random.choice(("{n}", "{n}", "{f}", "{name}", "{way}"))
            at += random.randint(10, 20)
        lines.append(" ".join(words))
    return tuple(lines)


def _filled(random: Random, line: str) -> str:
    made = []
    for piece in line.split("{"):
        slot, brace, rest = piece.partition("}")
        made.append(_slot(random, slot) + rest if brace else piece)
    return "".join(made)


def _slot(random: Random, slot: str) -> str:
    match slot:
        case "n":
            return str(random.randint(2, 2_000))
        case "f":
            return f"{random.uniform(0.1, 99):.2f}"
        case "name":
            return prose.name(random)
        case "day":
            return random.choice(_DAYS)
    return random.choice(_WAYS)
