"""Seven ways to print a story, as unlike as saved pages are.

A template takes an outlet, one of its stories and a source of chance, and returns the
page and the suffix of its file. What an outlet prints inside its stories stands
between paragraphs, not always the same lines and not always in the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from random import Random

from bench.outlets.newsroom import Outlet, Story

Template = Callable[[Outlet, Story, Random], tuple[str, str]]
_SECTIONS = ("Home", "Harbour", "Council", "Courts", "Sport", "Weather", "Opinion")


def soup(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return nested div elements with hashed classes, headings among them."""
    parts = [_div("css-9f2k1", " ".join(map(_link, _SECTIONS)))]
    parts.append(
        _div("css-1x0b7", f'<div class="css-4hh2">{escape(story.title)}</div>')
    )
    parts.append(_div("css-77aa0", f"{escape(story.author)} · {story.day}"))
    inner = []
    for kind, text in _mixed(outlet, story, random, lines=3):
        style = {"p": "css-0kq3", "h": "css-8lmn", "line": "css-0kq3"}[kind]
        inner.append(_div(style, f"<span>{escape(text)}</span>"))
    inner.append(
        _div("css-0kq3", f"<span>{escape(dict(outlet.bios)[story.author])}</span>")
    )
    parts.append(_div("css-m2m2", "".join(inner)))
    teasers = random.sample(outlet.teasers, 5)
    parts += [_div("css-tt90", _link(teaser)) for teaser in teasers]
    parts.append(_div("css-zz1", f"{escape(outlet.name)} 2031. All rights reserved."))
    return _page(outlet, story, _div("css-root", "".join(parts)))


def table(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return a layout of nested tables, as the first news sites had it."""
    menu = "".join(f"<tr><td>{_link(name)}</td></tr>" for name in _SECTIONS)
    body = [f"<font size=5><b>{escape(story.title)}</b></font><br>"]
    body.append(f"<font size=2>By {escape(story.author)}, {story.day}</font><br><br>")
    for kind, text in _mixed(outlet, story, random, lines=2):
        marked = f"<b>{escape(text)}</b>" if kind == "h" else escape(text)
        body.append(f"<font face=serif>{marked}</font><br><br>")
    body.append(f"<i>{escape(dict(outlet.bios)[story.author])}</i><br><br>")
    body += [f"{_link(teaser)}<br>" for teaser in random.sample(outlet.teasers, 4)]
    content = (
        f"<table width=780><tr><td width=140><table>{menu}</table></td><td>"
        f"{''.join(body)}</td></tr><tr><td colspan=2>{escape(outlet.name)},"
        " 12 Quay Street</td></tr></table>"
    )
    return _page(outlet, story, content)


def semantic(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return elements that say what they are, and lines inside that do not."""
    body = []
    for kind, text in _mixed(outlet, story, random, lines=2):
        name = "h2" if kind == "h" else "p"
        body.append(f"<{name}>{escape(text)}</{name}>")
    caption = f"{escape(random.choice(outlet.teasers))}. Photo: {escape(story.author)}"
    content = (
        f"<header><nav>{' '.join(map(_link, _SECTIONS))}</nav></header><main><article>"
        f"<h1>{escape(story.title)}</h1><p class=byline>By {escape(story.author)}</p>"
        f"<time datetime={story.day}>{story.day}</time><figure><img src=a.jpg>"
        f"<figcaption>{caption}</figcaption></figure>{''.join(body)}"
        f"<p>{escape(dict(outlet.bios)[story.author])}</p></article><aside>"
        f"<h2>Most read</h2><ul>{_items(outlet, random)}</ul></aside></main>"
        f"<footer><p>Contact {escape(outlet.name)}</p></footer>"
    )
    return _page(outlet, story, content)


def dump(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return lines of text, menu and all."""
    lines = [*_SECTIONS[:4], outlet.name, story.title, f"By {story.author}", story.day]
    lines += [text for _, text in _mixed(outlet, story, random, lines=3)]
    lines += [dict(outlet.bios)[story.author], "More from the harbour"]
    lines += random.sample(outlet.teasers, 4)
    return "\n".join((*lines, f"© 2031 {outlet.name}")) + "\n", ".txt"


def cards(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return a modern page: teasers, promos and appeals as cards inside the body."""
    body = []
    for number, (kind, text) in enumerate(_mixed(outlet, story, random, lines=4)):
        if kind == "line":
            body.append(
                f'<section class="unit"><div class="unit__in"><p>{escape(text)}</p>'
                "</div></section>"
            )
        else:
            name = "h3" if kind == "h" else "p"
            body.append(f"<{name} class=body-{number % 3}>{escape(text)}</{name}>")
        if number % 4 == 3:
            teaser = random.choice(outlet.teasers)
            body.append(f'<div class="unit"><p>{escape(teaser)}</p></div>')
    content = (
        f'<div id="app"><div class="bar">{" ".join(map(_link, _SECTIONS))}</div>'
        f'<div class="grid"><div class="col-8"><h1>{escape(story.title)}</h1>'
        f"<div>{escape(story.author)} | {story.day}</div>{''.join(body)}"
        f'<div class="who"><p>{escape(dict(outlet.bios)[story.author])}</p></div></div>'
        f'<div class="col-4"><ul>{_items(outlet, random)}</ul></div></div></div>'
    )
    return _page(outlet, story, content)


def breaks(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return a page of one division, its paragraphs set off by line breaks."""
    mixed = _mixed(outlet, story, random, lines=2)
    body = "<br><br>\n".join(escape(text) for _, text in mixed)
    content = (
        f'<div id="top">{" | ".join(map(_link, _SECTIONS))}</div><h2>'
        f'{escape(story.title)}</h2><div id="story">{story.day} - {body}<br><br>'
        f"{escape(dict(outlet.bios)[story.author])}</div>"
        f'<div id="end">{" ".join(map(_link, outlet.teasers[:3]))}</div>'
    )
    return _page(outlet, story, content)


def blog(outlet: Outlet, story: Story, random: Random) -> tuple[str, str]:
    """Return a blog system's post, with all that plug-ins add to its content."""
    body = []
    for kind, text in _mixed(outlet, story, random, lines=3):
        name = "h3" if kind == "h" else "p"
        body.append(f"<{name}>{escape(text)}</{name}>")
    also = random.choice(outlet.teasers)
    body.insert(len(body) // 2, f"<p>{escape(also)}</p>")
    content = (
        f'<div class="menu-main">{" ".join(map(_link, _SECTIONS))}</div>'
        f'<div class="post hentry"><h1 class="entry-title">{escape(story.title)}</h1>'
        f'<div class="entry-content">{"".join(body)}<p>{escape(outlet.name)}</p>'
        f"<p>{escape(dict(outlet.bios)[story.author])}</p></div></div>"
        f'<div class="widget"><ul>{_items(outlet, random)}</ul></div>'
    )
    return _page(outlet, story, content)


TEMPLATES: dict[str, Template] = {
    "soup": soup,
    "table": table,
    "semantic": semantic,
    "dump": dump,
    "cards": cards,
    "breaks": breaks,
    "blog": blog,
}


def _mixed(
    outlet: Outlet, story: Story, random: Random, *, lines: int
) -> Iterator[tuple[str, str]]:
    """Yield a story's paragraphs and headings, and the outlet's lines among them."""
    printed = random.sample(outlet.inside, lines)
    places = sorted(random.sample(range(1, len(story.body) + 1), lines))
    for number, text in enumerate(story.body):
        while places and places[0] <= number:
            places.pop(0)
            yield "line", printed.pop()
        yield ("h" if text.startswith("# ") else "p"), text.removeprefix("# ")
    for line in printed:
        yield "line", line


def _items(outlet: Outlet, random: Random) -> str:
    found = random.sample(outlet.teasers, 6)
    return "".join(f"<li>{_link(teaser)}</li>" for teaser in found)


def _link(text: str) -> str:
    slug = text.lower().replace(" ", "-")[:40]
    return f'<a href="/{escape(slug)}">{escape(text)}</a>'


def _div(style: str, content: str) -> str:
    return f'<div class="{style}">{content}</div>'


def _page(outlet: Outlet, story: Story, content: str) -> tuple[str, str]:
    slug = "-".join(story.title.lower().split())
    head = (
        f"<title>{escape(story.title)} - {escape(outlet.name)}</title><link"
        f' rel="canonical" href="https://{outlet.host}/{story.day}/{escape(slug)}">'
        f'<meta property="og:site_name" content="{escape(outlet.name)}">'
    )
    return (
        f"<!doctype html><html><head>{head}</head><body>{content}</body></html>",
        ".html",
    )
