"""Pages that say plainly what becomes of them, and an index that is a dict."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from index.page import CleanPage, Form, RawPage, Unread
from index.pipeline import Outcome, Task, reindex
from index.stages import Stages
from index.walk import walk
from search.errors import BadPage
from search.model import Article, Kind

Saying = Mapping[str, object]


def paper(path: Path, age: float = 100.0, **saying: object) -> Path:
    """Write a page that says ``saying``, ``age`` seconds old, and return its path.

    ``id`` is its id, ``saved`` its time; ``bad`` the reason why it cannot be read,
    ``unread`` why its reader cannot, which ``ends`` its file;
    ``die`` kills its worker and ``sleep`` keeps it busy.
    """
    return put(path, json.dumps(saying), age)


def rows(path: Path, *sayings: Saying, age: float = 100.0) -> Path:
    """Write a row file and return its path; a row with ``n`` is named ``#n``."""
    return put(path, "".join(json.dumps(s) + "\n" for s in sayings), age)


def put(path: Path, text: str, age: float = 100.0) -> Path:
    """Write ``text`` to a file ``age`` seconds old and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def read(found, root):
    """Yield the page of a file, or the rows of a row file."""
    content = found.path.read_bytes()
    if ".jsonl" in found.path.suffixes:
        for number, line in enumerate(content.decode().splitlines(), 1):
            name = f"{found.name}#{json.loads(line).get('n', number)}"
            yield raw_page(root, name, found.path, line)
    else:
        yield raw_page(root, found.name, found.path, content.decode())


def raw_page(root, name, path, text):
    try:
        saying = json.loads(text)
    except ValueError:
        return Unread(name, "says nothing")
    if "unread" in saying:
        return Unread(name, saying["unread"], ends=bool(saying.get("ends")))
    saved = saying.get("saved")
    return RawPage(
        root=root,
        name=name,
        path=path,
        form=Form.CLEAN,
        content=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        saved=None if saved is None else datetime.fromtimestamp(saved, UTC),
    )


def clean(raw):
    saying = json.loads(raw.content)
    if "bad" in saying:
        raise BadPage(saying["bad"])
    if "die" in saying:
        os._exit(1)
    if "wrong" in saying:
        raise KeyError(saying["wrong"])
    time.sleep(saying.get("sleep", 0))
    return CleanPage(Kind.ARTICLE, None, ())


def describe(raw, page):
    saying = json.loads(raw.content)
    id_ = saying.get("id") or f"{raw.root}/{raw.name}"
    text = saying.get("text", "")
    title = saying.get("title")
    return Article(id=id_, title=title, text=text, path=raw.name, digest=raw.digest)


def locate(article, given):
    return article


STAGES = Stages(walk=walk, read=read, clean=clean, describe=describe, locate=locate)


class Shelf:
    """An index in memory: a Build whose commits can be made to fail."""

    def __init__(self, state: Path) -> None:
        self.state = state
        state.mkdir(exist_ok=True)
        self.articles: dict[str, Article] = {}
        self.commits = 0
        self.fails: BaseException | None = None

    def writer(self) -> Shelf:
        self._changed = dict(self.articles)
        self._inside = True
        return self

    def article(self, id: str) -> Article | None:
        return self.articles.get(id)

    def add(self, article: Article) -> None:
        self._changed[article.id] = article

    def delete(self, id: str) -> None:
        self._changed.pop(id, None)

    _inside = False

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if not self._inside:
            return
        self._inside = False
        if kind is None:
            if self.fails is not None:
                raise self.fails
            self.articles = self._changed
            self.commits += 1

    def ids(self) -> dict[str, str | None]:
        """Return the path of the article behind each id."""
        return {id_: a.path for id_, a in sorted(self.articles.items())}


class Ear:
    """A watcher that remembers what it heard."""

    def __init__(self) -> None:
        self.failures: dict[str, str] = {}
        self.commits: list[int] = []

    def failed(self, path: str, reason: str) -> None:
        self.failures[path] = reason

    def committed(self, articles: int) -> None:
        self.commits.append(articles)

    def step(self) -> None:
        pass


def go(shelf: Shelf, *paths: Path, ear: Ear | None = None, **task) -> Outcome:
    """Run over ``paths`` and return the outcome."""
    made = Task(paths=paths, **task)
    return reindex(shelf, made, STAGES, ear or Ear())


def counts(outcome: Outcome) -> dict[str, int]:
    """Return what the tally counts, without its zeros."""
    tally = outcome.tally
    named = ((name, getattr(tally, name)) for name in tally.__match_args__)
    return {name: count for name, count in named if count}
