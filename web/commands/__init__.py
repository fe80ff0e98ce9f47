"""The commands of the way out, a module each; ``dateline.py`` loads them."""
