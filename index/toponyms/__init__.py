"""From the names in an article to the places they stand for."""
