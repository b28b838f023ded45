"""Small newsrooms for tests: sources as editors write them, read, rendered and assembled."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from clusterpress.config.settings import NewsletterSettings, Settings
from clusterpress.content.reader import read_item
from clusterpress.library.pictures import Picture
from clusterpress.markup.render import body_key, render
from clusterpress.newsletters.pdf.plan import pdf_outputs
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.theme.theme import Theme
from clusterpress.values.digests import digest_bytes
from tests.library.assemble import ParsedItem, assemble_items

THEMES = Path(__file__).parents[2] / "themes"
THEME = Theme(name="clusters-cord", folder=str(THEMES / "clusters-cord"), digest=b"theme")
NOW = datetime(2022, 1, 1, tzinfo=UTC)
SETTINGS = Settings(
    name="Cluster News",
    url="https://news.example.eu/",
    publisher="Cluster Office",
    languages=("en", "fr", "ar", "sk", "pl"),
    newsletters={
        "cord": NewsletterSettings(
            name="Clusters-Cord",
            wordmark="Clusters Cord",
            tagline="connecting small to feel big",
            programme="cord",
        ),
        "other": NewsletterSettings(name="Other"),
    },
)


def png(width=160, height=90, colour="teal"):
    stream = BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def newsroom(files, pictures=("content/static/dots.png",), settings=SETTINGS):
    """Return (library, stored values by key, problems) of source path below content/ → text."""
    stored, sourced, problems = {}, [], []
    for path, text in files.items():
        item, faults = read_item(text.encode(), f"content/{path}", settings)
        problems += faults
        assert item is not None, faults
        body = render(item.source.body, settings)
        key = body_key(item.source.body, settings)
        stored[key] = body
        sourced.append(ParsedItem(item=item, body=key, outline=body.outline))
    published = {}
    for path in pictures:
        content = png()
        key = digest_bytes(content)
        stored[key] = content
        published[path] = Picture(
            source=path, url="dots.png", width=160, height=90, type="image/png", length=len(content), key=key
        )
    library, between = assemble_items(sourced, pictures=published, files={}, settings=settings, now=NOW)
    return library, stored, [*problems, *between]


def news(title="Title", date="1 December 2011", body="Some text.", **more):
    fields = {"title": title, "date": date, "summary": f"About {title}.", **more}
    return _front_matter(fields) + body + "\n"


def record(title, **more):
    return _front_matter({"title": title, "summary": f"About {title}.", **more}) + "A record.\n"


def issue(sections="", body="Dear readers.", **more):
    fields = {"title": "Issue", "newsletter": "cord", "number": "3", "date": "16 January 2012", **more}
    return _front_matter(fields, f"sections:\n{sections}\n" if sections else "") + body + "\n"


def _front_matter(fields, more=""):
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + more + "---\n"


def resolve(files):
    """Return (issues, problems) of a newsroom."""
    library, _, _ = newsroom(files)
    return resolve_issues(library)


def first(files):
    """Return the first issue, which must be without problems."""
    issues, problems = resolve(files)
    assert not problems, problems
    return issues[0]


def titles(section):
    return [story.item.title for story in section.stories]


def make_pdfs(files):
    """Return path → PDF of every issue of a newsroom."""
    library, stored, problems = newsroom(files)
    assert not problems, problems
    issues, faults = resolve_issues(library)
    assert not faults, faults
    return {
        output.path: output.content(stored[key] for key in output.stored)
        for output in pdf_outputs(issues, SETTINGS, THEME)
    }


PROGRAMME = """---
title: Clusters Cord
slug: cord
summary: About the programme.
funding:
  rules: erdf-2007
  fund: European Regional Development Fund
  statement: Co-financed by the ERDF.
  statement_lang: en
  slogan: Investing in your future
---
A programme.
"""
