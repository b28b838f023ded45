"""Write the documentation as a project of clusterpress: ``python -m docs FOLDER``.

Every page is a file of this repository: the handbook, the design, its decisions, and the help of each
command. The releases of CHANGELOG.md are the news. Links between files become links between pages.
"""

import json
import posixpath
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click

from clusterpress.cli.commands import main as program
from clusterpress.handbook.pages import GROUPS, PAGES
from clusterpress.values.slugs import slugify

ROOT = Path(__file__).parents[1]
HANDBOOK = "generator/clusterpress/handbook/pages"
_ELSEWHERE = {"staff": "content/README.md", "themes": "themes/README.md"}
"""Pages of the handbook in other folders."""
_OTHERS = {
    "generator/README.md": "how-it-works",
    "CONTRIBUTING.md": "contributing",
    "SECURITY.md": "security",
    "CODE_OF_CONDUCT.md": "conduct",
    "NOTICES.md": "notices",
    "generator/requirements/README.md": "lock-files",
    "tests/README.md": "tests",
    "bench/README.md": "speed",
}
"""File of the repository → address of its page."""
_WIDTH = 60
"""Letters of a line of code on a page."""
_RELEASE = re.compile(r"^## \[?(\d[\w.]*)\]? [-–] (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_PICTURE = "image: {src: /pictures/site.webp, alt: Home page of the demo site}\n"
"""Of each release, for the front page."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINK = re.compile(
    r"(?P<code>(?P<marks>`+)[^`].*?(?P=marks))|(?P<image>!?)\[(?P<words>[^\]]*)\]\((?P<to>[^)\s]+)\)"
)


class Source(NamedTuple):
    """A file of the repository that becomes a page."""

    file: str
    """Path below the repository's root."""
    path: str
    """Address of its page, without slashes around it."""
    summary: str = ""


def sources() -> Iterator[Source]:
    """Yield every file that becomes a page."""
    for page in PAGES:
        file = _ELSEWHERE.get(page.name, f"{HANDBOOK}/{page.name}.md")
        yield Source(file, f"handbook/{page.name}", page.about[0].upper() + page.about[1:] + ".")
    for file, path in _OTHERS.items():
        yield Source(file, path)
    for decision in sorted((ROOT / "generator/decisions").glob("*.md")):
        yield Source(decision.relative_to(ROOT).as_posix(), f"decisions/{decision.stem}")


def addresses() -> dict[str, str]:
    """Return the address of the page of each file; links to a page of the handbook may name it there."""
    aliases = {f"{HANDBOOK}/{name}.md": f"/handbook/{name}/" for name in _ELSEWHERE}
    return aliases | {one.file: f"/{one.path}/" for one in sources()}


def write_project(folder: Path) -> None:
    """Write settings and content of the site into a folder; pages that are gone are deleted."""
    shutil.rmtree(folder / "content", ignore_errors=True)
    (folder / "content/static/pictures").mkdir(parents=True)
    shutil.copy(ROOT / "docs/site_config.yml", folder)
    shutil.copy(ROOT / "docs/pictures/site.webp", folder / "content/static/pictures")
    theme = folder / "themes/docs"
    shutil.rmtree(theme, ignore_errors=True)
    shutil.copytree(ROOT / "themes/clusters-cord", theme)
    shutil.copy(ROOT / "docs/home.html", theme / "website")
    pages = addresses()
    for one in sources():
        title, text = _split((ROOT / one.file).read_text(encoding="utf-8"))
        text = _with_links(text, one.file, pages, folder)
        _write_page(folder, one.path, title, text, one.summary)
    _write_page(folder, "handbook", "Handbook", _contents(), "What you can do, and how.")
    _write_page(folder, "commands", "Commands", "\n".join(_commands()), "The help of every command.")
    _write_page(folder, "decisions", "Decisions", _decisions(), "Why things are as they are.")
    _write_releases(folder, pages)


def _split(text: str) -> tuple[str, str]:
    """Return the first heading of a file, and the rest."""
    first, _, rest = text.partition("\n")
    return first.removeprefix("# ").strip(), rest.lstrip("\n")


def _write_page(folder: Path, path: str, title: str, text: str, summary: str = "") -> None:
    header = {"title": title, "path": f"/{path}/"} | ({"summary": summary} if summary else {})
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in header.items())
    file = folder / "content/pages" / f"{path}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{lines}---\n\n{text}\n", encoding="utf-8")


def _with_links(text: str, file: str, pages: dict[str, str], folder: Path) -> str:
    """Return a text with the links of its file turned into links of the site; code stays as it is."""

    def replace(found: re.Match[str]) -> str:
        if found["code"] or ":" in found["to"] or found["to"].startswith("/"):
            return found[0]
        path, hash_, anchor = found["to"].partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        if target in pages:
            page = pages[target] if path else ""
            return f"[{found['words']}]({page}{hash_}{_anchors(target).get(anchor, anchor)})"
        if target == "generator/decisions":
            return f"[{found['words']}](/decisions/)"
        if found["image"] and (ROOT / target).is_file():
            shutil.copy(ROOT / target, folder / "content/static/pictures")
            return f"![{found['words']}](/pictures/{posixpath.basename(target)})"
        return found["words"]  # a file that has no page

    lines, fence = [], ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        lines.append(line if fence or mark else _LINK.sub(replace, line))
    return "\n".join(lines)


@cache
def _anchors(file: str) -> dict[str, str]:
    """Return the anchor that Git hosts give a heading of a file → the one that clusterpress gives it."""
    name = posixpath.basename(file).removesuffix(".md")
    path = _ELSEWHERE.get(name, file) if posixpath.dirname(file) == HANDBOOK else file
    headings = re.findall(r"^#{2,6} (.+?) *#*$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-"): slugify(words) for words in headings}


def _contents() -> str:
    parts = []
    for group, words in GROUPS:
        parts.append(f"## {words}\n")
        parts += [
            f"- [{one.title}](/handbook/{one.name}/): {one.about}" for one in PAGES if one.group == group
        ]
        parts.append("")
    return "\n".join(parts)


def _commands() -> Iterator[str]:
    """Yield a heading and the help of each command."""
    settings = {"terminal_width": _WIDTH, "help_option_names": ["-h", "--help"]}
    waiting = [(program, click.Context(program, info_name="clusterpress", **settings))]
    while waiting:
        command, context = waiting.pop(0)
        yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
        names = command.list_commands(context) if isinstance(command, click.Group) else []
        inner = [(name, command.get_command(context, name)) for name in names]
        found = [
            (one, click.Context(one, info_name=name, parent=context, terminal_width=_WIDTH))
            for name, one in inner
        ]
        waiting[:0] = found


def _decisions() -> str:
    lines = []
    for one in sources():
        if one.path.startswith("decisions/"):
            title = _split((ROOT / one.file).read_text(encoding="utf-8"))[0]
            lines.append(f"- [{title}](/{one.path}/)")
    return "\n".join(lines)


def _write_releases(folder: Path, pages: dict[str, str]) -> None:
    """Write a news item for each dated release of the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = [*_RELEASE.finditer(text)]
    ends = [*(one.start() for one in found), len(text)][1:]
    for release, end in zip(found, ends, strict=True):
        body = _with_links(text[release.end() : end].strip(), "CHANGELOG.md", pages, folder)
        body = re.sub(r"^#(##+ )", r"\1", body, flags=re.MULTILINE)
        file = folder / f"content/news/{release[2][:4]}/{release[1]}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        slug = f"clusterpress-{release[1].replace('.', '-')}"
        parts = re.findall(r"^## (.+)$", body, re.MULTILINE)
        about = f"summary: {', '.join(parts).capitalize()}\n" if parts else ""
        header = f'title: "clusterpress {release[1]}"\ndate: {release[2]}\nslug: {slug}\n{about}{_PICTURE}'
        file.write_text(f"---\n{header}---\n\n{body}\n", encoding="utf-8")


if __name__ == "__main__":
    write_project(Path(sys.argv[1]))
