"""The query language: query text in, Whoosh's query tree and its reading out."""
