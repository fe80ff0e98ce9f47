"""What docs/deploy.md hands out fits the site."""

from __future__ import annotations

import re
from pathlib import Path

from web.api.operations import OPERATIONS
from web.feeds import atom, opensearch

DEPLOY = Path(__file__).parent.parent / "deploy"


def test_nginx_compresses_whatever_the_api_and_the_feeds_answer() -> None:
    (named,) = re.findall(r"gzip_types([^;]+);", (DEPLOY / "nginx.conf").read_text())
    answered = {kind for each in OPERATIONS.values() for kind in each.answers}
    assert {*answered, atom.MIMETYPE, opensearch.MIMETYPE} <= {*named.split()}
