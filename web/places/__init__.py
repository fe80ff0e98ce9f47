"""Where articles are about: all places on a map and in a table, and each by itself."""
