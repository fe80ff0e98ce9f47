"""What can go wrong, classed by who must act.

    DatelineError
    ├── BadQuery        the asker: a parameter is wrong or the text too long
    ├── BadSetting      the operator: a setting is unknown or malformed
    ├── NotFound        the asker: no article has this id
    ├── NoFacet         the asker: the values of no such facet are listed
    ├── NoOriginal      the asker: an article's saved page cannot be shown
    ├── BadArticle      the program: no index can hold this article
    ├── BadPage         nobody: one page cannot be read; counted, the run goes on
    ├── BadRoot         the operator: a root is missing or unreadable
    ├── TooManyVanished the operator: a run would delete over a tenth of a root
    ├── IndexLocked     the operator: another run is writing
    └── IndexUnusable   the operator: the index is missing, damaged or of another
    │                   version
        ├── NoIndex     there is none yet
        ├── OtherLedger    the runs' notes are of another version
        ├── ForeignIndex   a program of its own made it, and only that can mend it
        └── DeniedIndex    it may be sound, but this user may not read it

Each class carries the exit code of the command; ``web/faults.py`` maps the same
classes to HTTP statuses.
"""

from __future__ import annotations

from typing import ClassVar


class DatelineError(Exception):
    """Any fault of ours; its text is one line for a person and says what to do."""

    exit_code: ClassVar[int] = 1


class BadQuery(DatelineError):
    """A parameter other than ``q`` is wrong, or ``q`` is too long.

    The message says how. ``parameter`` names the offending request parameter, as in
    ``from``; ``value`` is what was given, ``reason`` a stable slug: ``not-a-date``.
    """

    exit_code = 2

    def __init__(
        self, message: str, *, parameter: str, value: str = "", reason: str = "invalid"
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.value = value
        self.reason = reason


class BadSetting(DatelineError):
    """A setting is unknown or malformed; the message names it and where it stands."""

    exit_code = 2


class NotFound(DatelineError):
    """No article in the index has this id."""


class NotAmong(NotFound):
    """Of several articles that are asked for, one is not there; says which."""


class NoPlace(DatelineError):
    """No article names a place with this id, and the gazetteer has none either."""


class NoFacet(DatelineError):
    """There is no facet of this name, or its values are not listed; says which are."""


class NoOriginal(DatelineError):
    """The saved page of an article cannot be shown.

    ``why`` is ``unknown`` where nothing says where it lies, ``piped`` where it came
    through standard input, ``gone``, ``changed``, ``linked``, ``unreadable``,
    ``too-large``, ``row`` where it is a row that cannot be shown by itself,
    ``other-version`` where another version of Dateline wrote down where it lies, or
    ``busy`` where a run is just writing that.
    """

    def __init__(self, why: str) -> None:
        super().__init__(f"the original cannot be shown: {why}")
        self.why = why


class BadArticle(DatelineError):
    """An article that no index can hold; the message says why."""


class BadPage(DatelineError):
    """A page of a supported type that cannot be read; the message is the reason."""


class BadRoot(DatelineError):
    """A root is missing or unreadable; nothing below it was deleted."""


class TooManyVanished(DatelineError):
    """Over a tenth of the pages below a root is gone; ``--prune`` deletes them."""


class IndexLocked(DatelineError):
    """Another writer holds the index; wait for it to end and run the command again."""

    exit_code = 4


class IndexUnusable(DatelineError):
    """The index is damaged or of another version; the message names what mends it."""

    exit_code = 5


class NoIndex(IndexUnusable):
    """There is no index at the locator yet; the message names the command to run."""


class OtherLedger(IndexUnusable):
    """Another version of Dateline made the runs' notes: what they tell is not known."""


class ForeignIndex(IndexUnusable):
    """A program made the index through the Whoosh API; no run can make it anew."""


class DeniedIndex(IndexUnusable):
    """The index, or a file of it, may not be used by this user; it may be sound."""
