"""A project with an import in it, built whole, and its pages as readers see them."""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from tests.importing.project import LATER, Project

PRINTED_MARKUP = re.compile(
    r"!\[|\]\(|\{\.|\{#|<!--|wp:|\[/?(?:gallery|caption|vc_|embed|audio|button)|\[\^|&amp;|&lt;|klzz"
)


def flat(text):
    return " ".join(text.split())


def text_of(page):
    """Return what readers see on a page."""
    tree = LexborHTMLParser(page)
    for hidden in tree.css("script, style, head"):
        hidden.decompose()
    return flat(tree.body.text(separator=" "))


class Imported:
    """A project with an import in it, and its built site."""

    def __init__(self, root, export, media):
        self.project = Project(root / "site")
        self.first = self.project.bring(export, media)
        self.files = self.project.files()
        self.second = self.project.bring(export, media)
        assert self.project.files() == self.files
        self.result = self.project.build(now=LATER, previews=True)
        self.pages = {
            path: page.decode() for path, page in self.project.output().items() if path.endswith(".html")
        }

    def page_at(self, path):
        """Return the page that an old address leads to."""
        name = path.strip("/")
        page = self.pages.get(f"{name}/index.html") or self.pages.get(f"{name}.html") or self.pages.get(name)
        assert page is not None, path
        target = re.search(r'http-equiv="refresh" content="0; ?url=([^"]+)"', page)
        if not target:
            return page
        there = re.sub(r"^https?://[^/]+", "", unescape(target[1])).partition("#")[0]
        return self.page_at(there if there.startswith("/") else "/" + there)
