"""From a page's markup or lines to its article text, keeping what was removed."""
