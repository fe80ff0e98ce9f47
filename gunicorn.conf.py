"""What ``gunicorn wsgi:app`` runs with here: the same as ``dateline serve``.

Settings are the environment's; gunicorn's own flags win over them.
"""

from os import environ

from search.settings import load
from web.hosting import choices

_settings = load(environ)
bind = _settings.bind
globals().update(choices(_settings))
