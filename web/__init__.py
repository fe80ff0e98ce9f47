"""The way out: from an HTTP request to a page of hits."""
