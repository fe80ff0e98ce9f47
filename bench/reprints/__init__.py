"""Invented news, printed many times, cut, edited, or only like other news."""
