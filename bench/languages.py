"""Measure the cleaner in other languages than English: ``python -m bench.languages``.

The papers of ``bench/tongues`` are made up: a few stories each, and what such a paper
prints around them. Every story is printed in five ways: with elements that say what
they hold, with boxes whose classes say nothing, with appeals as paragraphs amid the
story, and as a text dump with and without a menu. One JSON line for each language: the
share of the pieces of chrome that are left, the share of the words of stories that are
lost, and of titles that are found, in percent. ``--list`` says which; ``--check`` fails
where a floor is not held. Left out: real pages; the papers are written by the hand
that wrote the cleaner's tables of these languages.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bench import floors
from index.cleaner.clean import clean
from index.page import Form, RawPage

FOLDER = Path(__file__).with_name("tongues")
_RIGHT_TO_LEFT = frozenset(("ar",))


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was written."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a paper prints around its stories, all of it chrome."""

    language: str
    site: str
    nav: Sequence[str]
    byline: str
    date: str
    caption: str
    pointers: Sequence[str]
    share: Sequence[str]
    newsletter: Sequence[str]
    cookie: str
    paywall: str
    related: str
    teasers: Sequence[str]
    comments: str
    legal: Sequence[str]
    copyright: str
    tags: str
    bio: str

    @property
    def chrome(self) -> list[str]:
        """Return each piece of chrome that stands in all prints."""
        one = (self.byline, self.date, self.caption, self.cookie, self.paywall)
        more = (self.related, self.comments, self.copyright, self.tags, self.bio)
        lists = (self.nav, self.pointers, self.share, self.newsletter, self.teasers)
        return [*one, *more, *(text for some in lists for text in some), *self.legal]


def semantic(paper: Paper, story: Story) -> str:
    """Return a page whose elements and classes say what they hold."""
    first, *rest = map(_paragraph, story.paragraphs)
    return (
        f"{_head(paper, story)}<header><a href=/>{paper.site}</a><nav>"
        f"{_list(paper.nav)}</nav></header><div class=cookies>{paper.cookie}</div>"
        f"<main><article><h1>{story.title}</h1><p class=byline>{paper.byline}</p>"
        f"<time>{paper.date}</time><div class=share>{_list(paper.share)}</div>"
        f"<figure><img src=a.jpg><figcaption>{paper.caption}</figcaption></figure>"
        f"{first}<p><a href=/x>{paper.pointers[0]}</a></p>{''.join(rest)}"
        f"<p><a href=/y>{paper.pointers[1]}</a></p><p>{paper.tags}</p></article>"
        f"<section class=newsletter><p>{'</p><p>'.join(paper.newsletter)}</p></section>"
        f"<div class=paywall>{paper.paywall}</div><p class=author-bio>{paper.bio}</p>"
        f"<aside><h3>{paper.related}</h3>{_list(paper.teasers)}</aside>"
        f"<section id=comments><h3>{paper.comments}</h3></section></main>"
        f"<footer>{_list(paper.legal)}<p>{paper.copyright}</p></footer>"
    )


def boxes(paper: Paper, story: Story) -> str:
    """Return a page of boxes in boxes whose classes say nothing."""
    links = "".join(f"<div><a href=/{n}>{t}</a></div>" for n, t in _all(paper.teasers))
    told = [f"<div class=k3>{escape(text)}</div>" for text in story.paragraphs]
    return (
        f"{_head(paper, story)}<div class=a1>{paper.site}</div><div class=a2>"
        f"{_links(paper.nav)}</div><div class=a3>{paper.cookie}</div><div class=b1>"
        f"<div class=b2><h1>{story.title}</h1><div class=b3>{paper.byline}</div>"
        f"<div class=b3>{paper.date}</div><div class=b4>{_links(paper.share)}</div>"
        f"<div class=b5><img src=a.jpg><span>{paper.caption}</span></div>"
        f"<div class=k2>{''.join(told[:2])}</div>"
        f"<div class=c1>{'</div><div class=c1>'.join(paper.newsletter)}</div>"
        f"<div class=k2>{''.join(told[2:])}</div>"
        f"<div class=c2>{'</div><div class=c2>'.join(paper.pointers)}</div>"
        f"<div class=c3>{paper.paywall}</div><div class=c4>{paper.tags}</div>"
        f"<div class=c5>{paper.bio}</div></div><div class=d1><div>{paper.related}</div>"
        f"{links}</div><div class=d2>{paper.comments}</div></div><div class=e1>"
        f"{paper.copyright} {_links(paper.legal)}</div>"
    )


def amid(paper: Paper, story: Story) -> str:
    """Return a post where all is a paragraph, chrome as well."""
    first, second, *rest = story.paragraphs
    before = (paper.byline, paper.date, first, paper.caption, paper.pointers[0])
    after = (paper.pointers[1], *paper.newsletter, paper.paywall, paper.bio)
    told = [*before, second, *rest[:-1], *after[:2], *rest[-1:], *after[2:], paper.tags]
    return (
        f"{_head(paper, story)}<div>{paper.cookie}</div><ul>"
        f"{_list(paper.nav)}</ul><div class=post><h1>{story.title}</h1>"
        f"{''.join(map(_paragraph, told))}<p>{' · '.join(paper.share)}</p></div>"
        f"<h3>{paper.related}</h3>{_list(paper.teasers)}<h3>{paper.comments}</h3>"
        f"<p>{' | '.join(paper.legal)}</p><p>{paper.copyright}</p>"
    )


def dump(paper: Paper, story: Story) -> str:
    """Return the lines of a page, the menu first."""
    first, second, *rest = story.paragraphs
    lines = [paper.site, *paper.nav, paper.cookie, story.title, paper.byline]
    lines += [paper.date, *paper.share, paper.caption, first, second]
    lines += [paper.pointers[0], *rest, paper.pointers[1], *paper.newsletter]
    lines += [paper.paywall, paper.bio, paper.tags, paper.comments, paper.related]
    return "\n".join([*lines, *paper.teasers, *paper.legal, paper.copyright])


def cutting(paper: Paper, story: Story) -> str:
    """Return what was copied out of a page by hand, parted by blank lines."""
    first, *rest = story.paragraphs
    above = [story.title, paper.byline, paper.date, first, paper.caption]
    below = [*paper.pointers, *rest, *paper.newsletter, paper.paywall, paper.copyright]
    return "\n\n".join([*above, *below])


PRINTS: dict[Callable[[Paper, Story], str], Form] = {
    semantic: Form.HTML,
    boxes: Form.HTML,
    amid: Form.HTML,
    dump: Form.TEXT,
    cutting: Form.TEXT,
}


def main() -> int:
    """Print the figures as JSON lines; return the command's exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--list", action="store_true", help="say what is left and lost")
    options = parser.parse_args()
    total: Counter[str] = Counter()
    for path in sorted(FOLDER.glob("*.toml")):
        counts = _measured(*read(path), say=options.list)
        print(json.dumps({"language": path.stem, **_figures(counts)}))
        total += counts
    figures = _figures(total)
    print(json.dumps({"language": "all", **figures}))
    kept = {
        "languages_chrome_gone_pct": round(100 - figures["chrome_left_pct"], 2),
        "languages_words_kept_pct": round(100 - figures["words_lost_pct"], 2),
        "languages_titles_pct": figures["titles_pct"],
    }
    missed = floors.missed(kept) if options.check else []
    sys.stderr.writelines(f"{line}\n" for line in missed)
    return 1 if missed else 0


def read(path: Path) -> tuple[Paper, list[Story]]:
    """Return the paper that a file of the folder makes up, and its stories."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    stories = [Story(s["title"], tuple(s["paragraphs"])) for s in said.pop("stories")]
    return Paper(language=path.stem, **said), stories


def _measured(paper: Paper, stories: Sequence[Story], *, say: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for story in stories:
        for print_, form in PRINTS.items():
            content = print_(paper, story)
            page = clean(_raw(content, form))
            kept = " ".join(page.text.split())
            counts["pages"] += 1
            counts["titles"] += page.title == story.title
            for text in story.paragraphs:
                counts["words"] += len(text.split())
                if text not in kept:
                    counts["lost"] += len(text.split())
                    _say("lost", paper, print_, text, aloud=say)
            for text in paper.chrome:
                printed = text in content
                counts["chrome"] += printed
                if printed and text in kept and not _is_told(text, story):
                    counts["left"] += 1
                    _say("left", paper, print_, text, aloud=say)
    return counts


def _is_told(text: str, story: Story) -> bool:
    return any(text in told for told in story.paragraphs)


def _say(
    what: str, paper: Paper, print_: Callable[..., str], text: str, *, aloud: bool
) -> None:
    if aloud:
        said = {what: text, "language": paper.language, "print": print_.__name__}
        print(json.dumps(said, ensure_ascii=False))


def _figures(counts: Counter[str]) -> dict[str, float]:
    return {
        "pages": counts["pages"],
        "chrome_left_pct": _share(counts["left"], counts["chrome"]),
        "words_lost_pct": _share(counts["lost"], counts["words"]),
        "titles_pct": _share(counts["titles"], counts["pages"]),
    }


def _share(some: int, all_: int) -> float:
    return round(100 * some / max(1, all_), 2)


def _raw(content: str, form: Form) -> RawPage:
    return RawPage(
        root="pages",
        name="page",
        path=Path("page"),
        form=form,
        content=content,
        digest="0" * 64,
    )


def _head(paper: Paper, story: Story) -> str:
    way = ' dir="rtl"' if paper.language in _RIGHT_TO_LEFT else ""
    return (
        f'<!doctype html><html lang="{paper.language}"{way}><head>'
        f"<title>{escape(story.title)} | {escape(paper.site)}</title></head><body>"
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(texts: Sequence[str]) -> str:
    items = (f"<li><a href=/{n}>{escape(text)}</a></li>" for n, text in _all(texts))
    return f"<ul>{''.join(items)}</ul>"


def _links(texts: Sequence[str]) -> str:
    return " ".join(f"<a href=/{n}>{escape(text)}</a>" for n, text in _all(texts))


def _all(texts: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(texts))


if __name__ == "__main__":
    sys.exit(main())
