"""The site for a WSGI server: ``gunicorn wsgi:app``. Settings are the environment's."""

from os import environ

from search.settings import load
from web.app import create_app

app = create_app(load(environ))
