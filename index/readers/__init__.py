"""From files as people save them to decoded pages, one module a format."""
