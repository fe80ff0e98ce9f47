"""Plain words that are a name or a place also search its other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from whoosh.query import Term

from search.language import places
from search.language.analyzers import WORDS
from search.language.budget import MAX_CHARACTERS
from search.language.meaning import Meaning, either, in_field, quoted, together
from search.language.names import Names
from search.language.reading import Corpus
from search.language.senses import Doubt, Sense, sense_of
from search.language.terms import DEFAULT_FIELD, written
from search.model import Expansion, Offer

_SHOWN = 6  # other spellings of a place in the query as read
_OFFERS = 3  # of places, with one answer

# Where names are known by their other names; an author is who the byline says.
_FIELDS_WITH_NAMES = (DEFAULT_FIELD, "title", "body", "chrome")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of the query: ``text[start:end]`` of it says ``words``."""

    words: str
    start: int
    end: int


@dataclass(slots=True)
class Expander:
    """Reads plain words and phrases of one query.

    ``found`` is what was added, ``offers`` what might have been.
    """

    text: str
    corpus: Corpus
    names: Names
    found: list[Expansion] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    _offered: list[Span] = field(default_factory=list)

    def run(self, spans: Sequence[Span], searched: str) -> Iterator[Meaning]:
        """Yield the meanings of words side by side in the field ``searched``.

        The longest run of words that is a name or a place counts, and nothing in it.
        """
        spans = _with_lost_apostrophes(spans)
        longest = max(self.names.longest, places.LONGEST)
        at = 0
        while at < len(spans):
            for size in range(min(longest, len(spans) - at), 0, -1):
                window = spans[at : at + size]
                words = [_word(span.words, searched) for span in window]
                meaning = together(words)
                joined = _joined(window)
                wider = self._wider(joined, meaning, searched)
                if wider or size == 1 or self._is_whole(joined, searched):
                    break
            at += size
            yield from [wider] if wider else _each_in_field(words, searched)

    def phrase(self, span: Span, searched: str) -> Meaning | None:
        """Return the meaning of a quoted phrase in the field ``searched``."""
        tree = written(searched, span.words)
        meaning = tree and Meaning(tree, f'"{span.words}"')
        wider = self._wider(span, meaning, searched)
        return wider or in_field(meaning, searched)

    def _wider(
        self, span: Span, meaning: Meaning | None, searched: str
    ) -> Meaning | None:
        """Return ``meaning`` or another name of the same; None if there is no other."""
        if meaning is None:
            return None
        others = [*self._names_of(span, searched), *self._places_of(span, searched)]
        return in_field(either([meaning, *others]), searched) if others else None

    def _names_of(self, span: Span, searched: str) -> list[Meaning]:
        """Return what finds the other names of what ``span`` names."""
        others = self.names.others(WORDS.phrase(span.words))
        if not others or searched not in _FIELDS_WITH_NAMES:
            return []
        self._add(Expansion(span.words, "name", others, self._alone(span)))
        return [
            Meaning(tree, quoted(other))
            for other in others
            if (tree := written(searched, other)) is not None
        ]

    def _places_of(self, span: Span, searched: str) -> list[Meaning]:
        """Return what finds the place ``span`` means, however it is written."""
        if searched != DEFAULT_FIELD or len(span.words.split()) > places.LONGEST:
            return []
        sense = sense_of(span.words, self.corpus)
        if sense is None or sense.doubt:
            self._offer(span, sense)
            return []
        self._add(
            Expansion(
                term=span.words,
                kind="place",
                also=sense.also,
                alone=self._alone(span),
                place=sense.place,
                label=sense.label,
            )
        )
        return [Meaning(Term("named", sense.place), _spellings(sense))]

    def _is_whole(self, span: Span, searched: str) -> bool:
        """Return whether ``span`` means a place that has no other spelling here."""
        if searched != DEFAULT_FIELD:
            return False
        sense = sense_of(span.words, self.corpus)
        return sense is not None and sense.doubt is Doubt.ALONE

    def _offer(self, span: Span, sense: Sense | None) -> None:
        """Offer the places that ``span`` may mean, unless that was done."""
        if sense is None or not sense.offered:
            return
        if any(_covers(offered, span) for offered in self._offered):
            return
        self._offered.append(span)
        for place in sense.offered:
            instead = self._instead(span, place)
            if len(self.offers) < _OFFERS and len(instead) <= MAX_CHARACTERS:
                self.offers.append(
                    Offer(
                        term=span.words,
                        place=place,
                        label=places.label_of(place, self.corpus),
                        within=places.label_around(place, self.corpus),
                        doubt=str(sense.doubt),
                        instead=instead,
                    )
                )

    def _instead(self, span: Span, place: str) -> str:
        """Return the query text with a place in the words' stead, by name if it can."""
        label = places.label_of(place, self.corpus)
        alone = places.ids_of(label, self.corpus) == (place,) and '"' not in label
        asked = f"place:{quoted(label if alone else place)}"
        return self.text[: span.start] + asked + self.text[span.end :]

    def _add(self, expansion: Expansion) -> None:
        if expansion not in self.found:
            self.found.append(expansion)

    def _alone(self, span: Span) -> str | None:
        """Return the query text with these words searched exactly as written."""
        text = f'{self.text[: span.start]}"={span.words}"{self.text[span.end :]}'
        return text if len(text) <= MAX_CHARACTERS else None


def _covers(offered: Span, span: Span) -> bool:
    """Return whether ``span`` is within what was offered, or says the same."""
    is_within = offered.start <= span.start and span.end <= offered.end
    return is_within or offered.words.lower() == span.words.lower()


def _word(word: str, searched: str) -> Meaning | None:
    tree = written(searched, word)
    return tree and Meaning(tree, word)


def _each_in_field(words: Iterable[Meaning | None], searched: str) -> list[Meaning]:
    found = [in_field(word, searched) for word in words]
    return [word for word in found if word is not None]


def _joined(window: Sequence[Span]) -> Span:
    words = " ".join(span.words for span in window)
    return Span(words, window[0].start, window[-1].end)


def _spellings(sense: Sense) -> str:
    """Return how else a place is written, as alternatives."""
    shown = [quoted(spelling) for spelling in sense.also[:_SHOWN]]
    if more := len(sense.also) - len(shown):
        shown.append(f"{more} more spellings")
    return " OR ".join(shown)


def _with_lost_apostrophes(spans: Sequence[Span]) -> list[Span]:
    """Return ``spans``, a stray ``s`` or ``t`` joined to the word it was cut from."""
    found: list[Span] = []
    for span in spans:
        joined = _joined([found[-1], span]) if found else span
        is_stray = span.words.lower() in ("s", "t") and bool(found)
        if is_stray and len(WORDS.phrase(joined.words)) == 1:
            found[-1] = joined
        else:
            found.append(span)
    return found
