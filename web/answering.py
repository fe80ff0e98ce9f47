"""Pages on their way out, in UTF-8 whatever the articles hold."""

from __future__ import annotations

from flask import Response

from search.folding import whole


class Answer(Response):
    """An answer; halves of characters, which an article may hold, become U+FFFD."""

    def set_data(self, value: bytes | str) -> None:
        """Set what is sent."""
        try:
            super().set_data(value)
        except UnicodeEncodeError:
            super().set_data(whole(str(value)))
