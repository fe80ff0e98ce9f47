"""Invented news: sentences of people and towns that do not exist."""

from __future__ import annotations

from random import Random

_TOWNS = (
    *("Fenwick", "Marlow Bay", "Osterhagen", "Port Ellery", "Saltcombe", "Vardø Sound"),
    *("Brackenmoor", "Castelune", "Dunharrow", "Eastrey", "Grimsholt", "Haverleigh"),
)
_PEOPLE = (
    *("Ilse Brandt", "Tomas Lindqvist", "Mira Okonkwo", "Aled Pryce", "Nadia Fells"),
    *("Jorun Hale", "Pieter Vos", "Amara Quist", "Declan Moor", "Sunniva Tarn"),
    *("Ruben Castell", "Hedda Lowry", "Omar Brightwell", "Greta Sallow", "Ines Farrow"),
)
_ROLES = (
    *("harbour master", "council leader", "chief engineer", "head teacher", "union"),
    *("deputy mayor", "hospital director", "coroner", "fire chief", "shop owner"),
)
_BODIES = (
    *(
        "the county council",
        "the ferry company",
        "the water board",
        "the hospital trust",
    ),
    *("the transport ministry", "the fishing fleet", "the school board", "the police"),
    *("the rail operator", "the planning committee", "the energy regulator"),
)
_THINGS = (
    *("the new quay", "the coastal railway", "the flood barrier", "the brickworks"),
    *(
        "the market hall",
        "the northern bypass",
        "the lifeboat station",
        "the reservoir",
    ),
    *(
        "the lighthouse road",
        "the children's ward",
        "the wind farm",
        "the swing bridge",
    ),
)
_TIMES = (
    *("on Monday", "late on Tuesday", "on Wednesday morning", "last week", "in March"),
    *("before dawn on Friday", "at the weekend", "this spring", "a year ago"),
)
_CAUSES = (
    *(
        "after two nights of heavy rain",
        "because costs had doubled",
        "despite protests",
    ),
    *("after a report found cracks in its walls", "as the ice began to melt"),
    *("while talks over pay went on", "after a court threw out the appeal"),
    *("when a contractor left the site", "amid doubts over who would pay"),
)
_ACTS = (
    *("closed {thing}", "agreed to rebuild {thing}", "delayed work on {thing}"),
    *("sold its share of {thing}", "withdrew its plan for {thing}"),
    *("found money for {thing}", "ordered an inspection of {thing}"),
)
_FRAMES = (
    "{Body} {act} {time}, {cause}.",
    "{person}, the {role} of {town}, said {body} had {act} {cause}.",
    "About {number} people in {town} were told {time} that {body} had {act}.",
    "“Nobody here expected this {time},” said {person}, a {role} from {town}.",
    "A spokesman for {body} said the cost had reached {number} million crowns {cause}.",
    "It was the {ordinal} time since {year} that {body} {act}.",
    "In {town}, where {number} jobs depend on {thing}, {person} called it a mistake.",
    "“They {act} and told us afterwards,” {person} said. “That is how it goes here.”",
    "The decision, taken {time}, leaves {town} without {thing} until {year}.",
    "According to figures from {body}, {number} households were affected {cause}.",
    "{person} has led {body} since {year} and rejects the criticism.",
    "Residents of {town} gathered near {thing} {time}, {cause}.",
    "By noon {number} signatures had been handed to {person}, the {role}.",
    "Engineers measured a shift of {number} millimetres in {thing} {time}.",
)
_HEADLINES = (
    "{Body} {act} {cause}",
    "{town} waits for answers over {thing}",
    "{person} defends plan for {thing}",
    "How {town} lost {thing}",
    "{number} homes in {town} without power {cause}",
)


class Prose:
    """Makes sentences; the same ``random`` gives the same ones."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def sentence(self) -> str:
        """Return a sentence of a report."""
        return self._filled(self._random.choice(_FRAMES))

    def paragraph(self) -> str:
        """Return one to three sentences."""
        return " ".join(self.sentence() for _ in range(self._random.randint(1, 3)))

    def headline(self) -> str:
        """Return a headline."""
        return self._filled(self._random.choice(_HEADLINES))

    def person(self) -> str:
        """Return somebody's name."""
        return self._random.choice(_PEOPLE)

    def town(self) -> str:
        """Return a town's name."""
        return self._random.choice(_TOWNS)

    def _filled(self, frame: str) -> str:
        pick = self._random.choice
        thing = pick(_THINGS)
        body = pick(_BODIES)
        values = {
            "body": body,
            "Body": body[0].upper() + body[1:],
            "thing": thing,
            "person": pick(_PEOPLE),
            "role": pick(_ROLES),
            "town": pick(_TOWNS),
            "time": pick(_TIMES),
            "cause": pick(_CAUSES),
            "act": pick(_ACTS).format(thing=thing),
            "number": str(self._random.randint(12, 980)),
            "ordinal": pick(("second", "third", "fourth", "fifth")),
            "year": str(self._random.randint(1961, 2031)),
        }
        return frame.format(**values)
