"""What two articles have in common word for word, and where they differ."""
