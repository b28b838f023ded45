"""Web and e-mail editions of small newsrooms, and of the demo's own issues."""

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from clusterpress.config.reader import read_settings
from clusterpress.content.paths import kind_of
from clusterpress.content.reader import read_item
from clusterpress.library.pictures import Picture
from clusterpress.markup.render import body_key, render
from clusterpress.newsletters.mail.plan import mail_outputs
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.newsletters.web.plan import web_outputs
from clusterpress.values.digests import digest_bytes
from tests.library.assemble import ParsedItem, assemble_items
from tests.newsletters.make import NOW, SETTINGS, THEME, newsroom

ROOT = Path(__file__).parents[2]


def make(output, stored):
    return output.content(stored[key] for key in output.stored)


class Editions:
    """The outputs of all issues of a library, made on demand."""

    def __init__(self, library, stored):
        self.library, self.stored = library, stored
        self.issues, problems = resolve_issues(library)
        assert not problems, problems
        planned = (*web_outputs(self.issues, library, THEME), *mail_outputs(self.issues, library, THEME))
        self.outputs = {output.path: output for output in planned}

    def bytes(self, path):
        return make(self.outputs[path], self.stored)

    def text(self, path):
        return self.bytes(path).decode()


def editions(files, masthead=None, **settings):
    """Return the editions of a newsroom, with other values in its masthead and settings."""
    library, stored, problems = newsroom(files)
    assert not problems, problems
    cord = replace(SETTINGS.newsletters["cord"], **(masthead or {}))
    changed = replace(SETTINGS, newsletters={**SETTINGS.newsletters, "cord": cord}, **settings)
    return Editions(replace(library, settings=changed), stored)


@cache
def demo():
    """Return the editions of the project's own issues; its pictures are taken for PNG files."""
    settings, _ = read_settings((ROOT / "site_config.yml").read_text("utf-8"), "site_config.yml")
    sourced, stored, pictures, files = [], {}, {}, {}
    for path in sorted((ROOT / "content").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".md" and kind_of(name, settings):
            item, _ = read_item(path.read_bytes(), name, settings)
            key = body_key(item.source.body, settings)
            stored[key] = render(item.source.body, settings)
            sourced.append(ParsedItem(item=item, body=key, outline=stored[key].outline))
        elif path.suffix == ".png":
            key = digest_bytes(name.encode())
            url = f"media/{path.name}"
            pictures[name] = Picture(
                source=name, url=url, width=1600, height=900, type="image/png", length=9, key=key
            )
        elif path.is_file():
            files[name] = name.removeprefix("content/static/")
    library, _ = assemble_items(sourced, pictures=pictures, files=files, settings=settings, now=NOW)
    return Editions(library, stored)
