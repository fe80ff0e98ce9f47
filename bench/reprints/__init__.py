"""Invented news that is printed many times, cut, edited, or only resembles other news."""
