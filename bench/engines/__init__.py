"""Dateline's engine beside others, on one corpus and with one set of queries."""
