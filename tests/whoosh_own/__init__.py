"""Whoosh's own tests against the columnar index: ``python -m tests.whoosh_own``."""
