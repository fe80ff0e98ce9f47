"""What readers and browsers subscribe to: a feed a query, and the search box."""
