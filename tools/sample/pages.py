"""The pages of the bundled sample: where each story was published and is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import jinja2

from tools.sample import dates
from tools.sample.stories import Story, ascii_slug, read_stories

_HERE = Path(__file__).resolve().parent
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)
_ADDRESS = {
    "courier": "{home}/{section}/{year}/{month}/{day}/{slug}",
    "prairie": "{home}/{year}/{month}/{day}/{slug}.html",
    "shores": "{home}/{section}/{slug}-{number}",
    "fanal": "{home}/{section}/{slug}.html",
    "deichbote": "{home}/{section}/{slug}-{number}.html",
    "lyman": "{home}/{year}/{month}/{day}/{slug}/",
    "plain": "{home}/{slug}",
    "kestrel": "{home}/notes/{slug}",
}


@dataclass(frozen=True)
class Page:
    """A story with what its outlet's template needs to print it."""

    story: Story
    others: tuple[str, ...]

    @cached_property
    def number(self) -> int:
        """Return a number of the story's own, as content systems give one."""
        return 10_000 + sum(place * ord(c) for place, c in enumerate(self.story.id, 7))

    @cached_property
    def url(self) -> str:
        """Return the address the story was published at."""
        year, month, day = (*self.story.date.split("-"), "", "", "")[:3]
        outlet = self.story.outlet
        return _ADDRESS[outlet.key.partition("-")[0]].format(
            home=outlet.home,
            section=ascii_slug(self.story.section) or "n",
            year=year,
            month=month,
            day=day,
            slug=self.story.slug,
            number=self.number,
        )

    @cached_property
    def shown(self) -> str:
        """Return the date as the outlet prints it, or "" for an undated story."""
        story = self.story
        return story.shown or dates.shown(story.date, story.outlet.key, story.id)

    def render(self, template: str) -> str:
        """Return the story printed in ``template``; it has a day or no date."""
        story, folder = self.story, f"./{self.story.slug}_files/"
        at = dates.moment(story.date, story.id) if story.date else None
        return TEMPLATES.get_template(template).render(
            story=story,
            outlet=story.outlet,
            rail=list(story.outlet.rail),
            others=list(self.others),
            url=self.url,
            shown=self.shown,
            iso=at.isoformat() if at else "",
            person=story.author not in ("The Associated Press", "From wire reports"),
            framed=story.framed,
            assets=folder if story.framed else f"{story.outlet.home}/assets/",
        )


def pages() -> tuple[Page, ...]:
    """Return the stories with the headlines printed beside each, by date."""
    stories = read_stories(_HERE / "texts")
    return tuple(Page(story, _others(story, stories)) for story in stories)


def _others(story: Story, stories: tuple[Story, ...]) -> tuple[str, ...]:
    """Return three other headlines of the edition, the last ones first, in a ring."""
    same = [s for s in stories if s.outlet is story.outlet and not s.headless]
    at = next((i for i, s in enumerate(same) if s.id == story.id), 0)
    ring = [s.title for s in same[:at][::-1] + same[:at:-1]]
    return tuple(title for title in ring if title != story.title)[:3]


def where(page: Page) -> str:
    """Return the path of the file that holds the story, below the sample's pages."""
    story = page.story
    base = f"{story.outlet.folder}/{story.slug}"
    day = dates.shown(story.date, "shores", "") if len(story.date) == 10 else ""
    return {
        "gz": f"{base}.html.gz",
        "mhtml": f"{base}.mhtml",
        "mirror": f"mirror/{page.url.partition('//')[2]}",
        "singlefile": f"{base} ({day}).html",
        "wayback": f"{story.outlet.folder}/{stamp(story)}-{story.slug}.html",
        "txt": f"{story.slug}.txt",
        "front-matter": f"{base}.md",
        "row": f"{story.outlet.folder}/notes.jsonl",
    }.get(story.save, f"{base}.html")


def stamp(story: Story) -> str:
    """Return when the archive took the story's page, ``YYYYMMDDhhmmss``."""
    if not story.date or story.save != "wayback":
        return ""
    later = dates.moment(story.date, story.id) + timedelta(days=11, seconds=37)
    return f"{later:%Y%m%d%H%M%S}"
