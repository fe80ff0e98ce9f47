"""The commands of the way in, a module each; ``dateline.py`` loads them."""
