"""What an operator sees of the site: counts, log lines, request ids."""
