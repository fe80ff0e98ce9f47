"""Text that repeats itself about as little as news does.

Words are invented and come as often as words do (a vocabulary of 20,000, the n-th with
a weight of 1 / (n + 3)); one sentence in three has a figure, and one in five opens or
ends with a phrase that all news uses.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

_SIZE = 20_000
_STARTS = ("", "b", "br", "c", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "pr", "st")
_MIDDLES = ("a", "e", "i", "o", "u", "ea", "ou", "ai")
_ENDS = ("", "n", "r", "l", "st", "nd", "ck", "m", "t", "sh", "ng")
_OPENINGS = (
    *("The ministry said in a statement on", "According to people familiar with the"),
    *("A spokesman for the company said that", "It was not immediately clear whether"),
    *("Officials speaking on condition of anonymity said", "In a separate development"),
    *("The announcement came a day after the", "Speaking to reporters on Monday the"),
    *("At the same time the government has", "For the first time in more than"),
)
_CLOSINGS = (
    *("did not respond to a request for comment", "he told reporters at the scene"),
    *("according to a statement released on Tuesday", "as of the end of last year"),
    *("at the time of the incident police said", "in the first half of the year"),
    *("the two sides agreed to meet again soon", "a spokeswoman for the group said"),
)


def sentence(random: Random) -> str:
    """Return a sentence of 8 to 26 words."""
    words = random.choices(
        _vocabulary(), cum_weights=_weights(), k=random.randint(8, 20)
    )
    if random.random() < 0.35:
        words[random.randrange(len(words))] = str(random.randint(2, 900))
    if random.random() < 0.08:
        words[random.randrange(len(words))] = random.choice(words).capitalize()
    text = " ".join(words)
    chance = random.random()
    if chance < 0.1:
        text = f"{random.choice(_OPENINGS)} {text}"
    elif chance < 0.2:
        text = f"{text} {random.choice(_CLOSINGS)}"
    return text[0].upper() + text[1:] + "."


def paragraph(random: Random, words: int) -> str:
    """Return sentences of together ``words`` words or a few more."""
    said: list[str] = []
    count = 0
    while count < words:
        said.append(sentence(random))
        count += said[-1].count(" ") + 1
    return " ".join(said)


def story(random: Random, words: int) -> list[str]:
    """Return paragraphs of 25 to 70 words, together ``words`` or a few more."""
    found: list[str] = []
    while words > 0:
        found.append(paragraph(random, min(words, random.randint(25, 60))))
        words -= found[-1].count(" ") + 1
    return found


def word(random: Random) -> str:
    """Return a word."""
    return random.choices(_vocabulary(), cum_weights=_weights())[0]


def name(random: Random) -> str:
    """Return a name of two words."""
    return f"{word(random).title()} {random.choice(_vocabulary()[500:]).title()}"


@cache
def _vocabulary() -> list[str]:
    random = Random(1)  # the same words in each run
    found: dict[str, None] = {}
    while len(found) < _SIZE:
        syllables = random.choice((1, 2, 2, 2, 3, 3))
        parts = (
            random.choice(_STARTS) + random.choice(_MIDDLES) + random.choice(_ENDS)
            for _ in range(syllables)
        )
        found["".join(parts)] = None
    return sorted(found, key=len)


@cache
def _weights() -> list[float]:
    return [*accumulate(1 / (rank + 3) for rank in range(_SIZE))]
