"""What programs ask: the same answers as the pages, in shapes that are described."""
