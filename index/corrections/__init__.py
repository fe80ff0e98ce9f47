"""Values set by hand, and outlets known by two names: what stands over the pages."""
