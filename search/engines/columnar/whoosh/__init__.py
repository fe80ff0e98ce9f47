"""Whoosh's own interfaces over the columnar segments."""
