"""What a problem document's ``type`` leads to: a page that says what it means."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound, default_exceptions

from web import asking, faults
from web.faults import Fault

blueprint = Blueprint("problems", __name__)

# What the title of a problem leaves open, for those who meet it in a program.
_MEANS = {
    "bad-parameter": "A parameter is unknown, or has a value that cannot be. The field "
    "`errors` names it, what it was given, and a reason that stays the same, as in "
    "`not-a-date`. The words of a search are never an error, but may be "
    "too long.",
    "no-list": "Values are listed of some facets only; the detail names them.",
    "unauthorized": "The site is closed to those without a key. Send a token as "
    "`Authorization: Bearer`, or a name and password.",
    "not-found": "Nothing is at this address. The API's description lists all there "
    "are.",
    "method-not-allowed": "Only `GET` and `HEAD` are answered, here and elsewhere.",
}


@blueprint.get("/problems/<slug>")
def problem(slug: str) -> ResponseReturnValue:
    """One kind of problem, told to people."""
    asking.given(())
    found = known().get(slug)
    if found is None:
        raise NotFound
    means = _MEANS.get(slug) or found.detail or ""
    return render_template("problem.html", problem=found, means=means)


def known() -> dict[str, Fault]:
    """Return every kind of problem there is by the last part of its ``type``."""
    by_protocol = [kind() for code, kind in default_exceptions.items() if code < 500]
    kinds = [*faults.OURS, *map(faults.of, by_protocol)]
    return {fault.slug: fault for fault in kinds}
