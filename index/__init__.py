"""The way in: from a saved page to a committed article."""
