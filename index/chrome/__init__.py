"""What the pages of a source know of its chrome that no page knows alone."""
