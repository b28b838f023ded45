"""An editor who makes random changes to a site of many posts, and to its output folder too."""

import random
import re
import shutil
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from clusterpress.pipeline.project import find_theme
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, NOW, Site

ISSUE = "content/newsletters/cord/03.md"
CONFIG = """\
name: Large site
url: https://example.eu/
languages: [en, fr, ar]
page_size: {page_size}
programme: next
tagline: {{en: Line {line}, fr: Ligne {line}, ar: سطر {line}}}
vocabulary: open
search: {search}
contact: us@example.eu
newsletters:
  cord: {{name: Cord letter, address: "Street 1, Brussels"}}
"""
POST = """\
---
title: {title}
date: 20{year}-{month:02}-{day:02}
programme: {programme}
cluster: {cluster}
tags: [{tag}]
author: Author {author}
{more}---

Lead of {title}.

<!-- more -->

Text of {title}, with a [link](../../clusters/qoot.md).
"""
EDITS = MappingProxyType(
    {
        "body": 6, "title": 3, "date": 2, "tags": 2, "programme": 2, "add": 3, "remove": 2, "rename": 2,
        "picture": 2, "settings": 1, "draft": 3, "embargo": 2, "term": 1, "event": 1, "theme": 1, "issue": 1,
        "alias": 1, "pin": 1, "link": 2, "translation": 2, "record": 2, "partner": 1, "related event": 1, "file": 1,
        "clock": 1, "change output": 2, "lose output": 2, "lose folder": 1, "stray output": 1,
    }
)  # fmt: skip
"""Kind of edit → how often it comes, beside the others."""


class Editor:
    """Makes changes; the same ones for the same seed."""

    def __init__(self, root: Path, posts: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.now = NOW
        self.foreign_files: set[str] = set()
        """Files that were laid into the output folder: they may stay until an output comes or goes."""
        self.site = Site(root, {**FILES, ISSUE: issue("  - {title: News, items: [one, two]}")})
        self.site.write("site_config.yml", CONFIG.format(page_size=5, line=0, search="true"))
        shutil.copytree(find_theme(root, "clusters-cord"), root / "themes/clusters-cord")
        for number in range(posts):
            self.site.write(f"content/news/{number % 7}/post-{number}.md", self._post(f"Post {number}"))

    def edit(self) -> str:
        """Make one change; return what was done."""
        kind = self.random.choices(list(EDITS), list(EDITS.values()))[0]
        place = getattr(self, "_" + kind.replace(" ", "_"))()
        return f"{kind} {place}"

    def _number(self) -> int:
        return self.random.randrange(10_000)

    def _post(self, title: str, more: str = "") -> str:
        pick = self.random.randint
        return POST.format(
            title=title,
            year=pick(10, 21),
            month=pick(1, 12),
            day=pick(1, 28),
            programme=self.random.choice(["Next", "Other programme"]),
            cluster=self.random.choice(["qoot", "mdc", "Third cluster"]),
            tag=f"tag {pick(0, 9)}",
            author=pick(0, 5),
            more=more,
        )

    def _choose(self) -> Path:
        return self.random.choice(sorted((self.site.root / "content/news").rglob("post-*.md")))

    def _change(self, pattern: str, new: str) -> Path:
        path = self._choose()
        path.write_text(re.sub(pattern, new, path.read_text("utf-8"), count=1), encoding="utf-8")
        return path

    def _body(self) -> Path:
        return self._change(r"\Z", f"\nA sentence more, {self._number()}.\n")

    def _title(self) -> Path:
        return self._change(r"(?m)^title: .*$", f"title: Another title {self._number()}")

    def _date(self) -> Path:
        new = f"date: 20{self.random.randint(10, 21)}-{self.random.randint(1, 12):02}-05"
        return self._change(r"(?m)^date: .*$", new)

    def _tags(self) -> Path:
        return self._change(r"(?m)^tags: .*$", f"tags: [tag {self.random.randint(0, 12)}, added]")

    def _programme(self) -> Path:
        new = self.random.choice(["Next", "Other programme", "A third one"])
        return self._change(r"(?m)^programme: .*$", f"programme: {new}")

    def _draft(self) -> Path:
        path = self._choose()
        text = path.read_text("utf-8")
        without = text.replace("draft: true\n", "")
        with_it = text.replace("---\n", "---\ndraft: true\n", 1)
        path.write_text(without if without != text else with_it, encoding="utf-8")
        return path

    def _embargo(self) -> Path:
        moment = self.now + timedelta(days=self.random.randint(-3, 3))
        key = self.random.choice(["publish", "expires"])
        return self._change(r"\A---\n", f"---\n{key}: {moment:%Y-%m-%d %H:%M}\n")

    def _clock(self) -> str:
        self.now += timedelta(days=self.random.randint(1, 2))
        return str(self.now)

    def _add(self) -> str:
        number = self._number()
        path = f"content/news/new/post-new-{number}.md"
        self.site.write(path, self._post(f"New {number}"))
        return path

    def _remove(self) -> Path:
        path = self._choose()
        path.unlink()
        return path

    def _rename(self) -> Path:
        path = self._choose()
        return path.rename(path.with_name(f"post-moved-{self._number()}.md"))

    def _picture(self) -> str:
        number = self._number()
        name = self.random.choice(["content/static/img/dot.png", "content/news/picture.png"])
        if number % 2:
            name = f"content/news/new/shown-{number}.png"
            more = f"image: {{src: shown-{number}.png, alt: A dot}}\n"
            self.site.write(f"content/news/new/post-shown-{number}.md", self._post(f"Shown {number}", more))
        self.site.write(name, _picture(self.random.randrange(1 << 24)))
        return name

    def _settings(self) -> str:
        pick = self.random.randint
        search = self.random.choice(["true", "true", "false"])
        self.site.write(
            "site_config.yml", CONFIG.format(page_size=pick(4, 6), line=pick(0, 2), search=search)
        )
        return "site_config.yml"

    def _term(self) -> str:
        self.site.write("content/clusters/mdc.md", f"---\ntitle: MDC {self._number()}\nnames: [mdc]\n---\n")
        return "content/clusters/mdc.md"

    def _event(self) -> str:
        number = self._number()
        path = f"content/events/event-{number % 5}.md"
        self.site.write(
            path, f"---\ntitle: Event {number}\nstart: 2022-01-0{1 + number % 5}\nplace: Linz\n---\n"
        )
        return path

    def _theme(self) -> Path:
        css = next((self.site.root / "themes").rglob("*.css"))
        css.write_text(f"{css.read_text('utf-8')}\n/* {self._number()} */\n", encoding="utf-8")
        return css

    def _alias(self) -> Path:
        return self._change(r"\A---\n(aliases: .*\n)?", f"---\naliases: [/old/{self._number()}/]\n")

    def _pin(self) -> Path:
        return self._change(r"\A---\n(pinned: .*\n)?", f"---\npinned: {self.random.choice(['yes', 'no'])}\n")

    def _link(self) -> Path:
        target = self._choose().relative_to(self.site.root / "content/news").as_posix()
        return self._change(r"\Z", f"\nSee [another](../{target}).\n")

    def _translation(self) -> Path:
        path = self._choose()
        if path.suffixes == [".md"]:
            path = path.with_suffix(self.random.choice([".fr.md", ".ar.md"]))
            path.write_text(self._post(f"Translated {self._number()}"), encoding="utf-8")
        return path

    def _record(self) -> str:
        path, extra = self.random.choice(
            [
                ("programmes/next.md", "names: [Next]\ncolour: blue"),
                ("programmes/other.md", "names: [Other programme]"),
                ("authors/author-1.md", "names: [Author 1]"),
                ("clusters/third.md", "names: [Third cluster]"),
            ]
        )
        text = f"---\ntitle: Record {self._number() % 50}\n{extra}\n---\nAbout {self._number()}.\n"
        self.site.write(f"content/{path}", text)
        return path

    def _partner(self) -> Path:
        return self._change(r"\A---\n(partners: .*\n)?", "---\npartners: PP8\n")

    def _related_event(self) -> Path:
        return self._change(r"\A---\n(event: .*\n)?", "---\nevent: forum\n")

    def _file(self) -> str:
        path = f"content/static/files/{self._number() % 4}.txt"
        self.site.write(path, f"Version {self._number()}.\n")
        return path

    def _issue(self) -> str:
        text = issue("  - {title: News, items: [one, two]}", body=f"A letter of {self._number()} words.")
        self.site.write(ISSUE, text)
        return ISSUE

    def _choose_output(self) -> Path:
        files = (path for path in (self.site.root / "site").rglob("*") if path.is_file())
        return self.random.choice(sorted(path for path in files if path.name != ".clusterpress"))

    def _change_output(self) -> Path:
        path = self._choose_output()
        path.write_bytes(path.read_bytes()[: self.random.choice([-1, 0])] + b"\n")
        return path

    def _lose_output(self) -> Path:
        path = self._choose_output()
        path.unlink()
        return path

    def _lose_folder(self) -> Path:
        path = self._choose_output().parent
        if path != self.site.root / "site":
            shutil.rmtree(path)
        return path

    def _stray_output(self) -> str:
        path = f"news/stray-{self._number()}.html"
        self.site.write(f"site/{path}", "Not ours.\n")
        self.foreign_files.add(path)
        return path


def _picture(colour: int) -> bytes:
    """Return a picture of one colour."""
    from io import BytesIO

    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", (400, 300), tuple(colour.to_bytes(3, "big"))).save(stream, "PNG")
    return stream.getvalue()
