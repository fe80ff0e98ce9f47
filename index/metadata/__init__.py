"""What is known of an article beside its text, each value with how it is known."""
