"""Which documents of a commit are copies: worked out of the last commit's groups."""
