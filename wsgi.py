"""The site for a WSGI server: ``gunicorn wsgi:app``. Settings are the environment's.

Under another server than gunicorn each process keeps counts of its own.
"""

from os import environ

from search.settings import load
from web import hosting
from web.app import create_app
from web.watch import logs

settings = load(environ)
logs.speak(settings)
app = create_app(settings, board=hosting.board(settings.workers))
