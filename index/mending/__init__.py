"""What saving or converting did to the words of an article, put right."""
