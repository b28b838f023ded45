"""A site of Pelican: header lines, categories as folders, URLs of its own, translations by slug."""

from tests.importing.trees.texts import FRENCH, PICTURE, Tree, Writer

CONFIG = """\
import os
SITENAME = 'Regional news'
SITEURL = 'https://old.example'
PATH = 'content'
DEFAULT_LANG = 'en'
ARTICLE_URL = 'articles/{date:%Y}/{slug}/'
ARTICLE_SAVE_AS = 'articles/{date:%Y}/{slug}/index.html'
ARTICLE_LANG_URL = 'articles/{date:%Y}/{slug}-{lang}/'
PAGE_URL = 'info/{slug}/'
STATIC_PATHS = ['images', 'files', 'extra']
THEME = os.path.join('a', 'b')
"""


def make_tree():
    tree, writer = Tree({}, [], "[en, fr]"), Writer("pelican")
    add = tree.add
    add("pelicanconf.py", CONFIG)
    add("publishconf.py", "from pelicanconf import *\nSITEURL = 'https://old.example'\n")
    add("content/images/hall.png", PICTURE)
    add("content/files/paper.pdf", b"%PDF-1.4")
    for n in range(1, 241):
        writer.fresh().say().common().see(f"Letter {n}")
        _oddity(writer, n)
        year = 2010 + n % 10
        head = [
            f"Title: Letter {n}",
            f"Date: {year}-{n % 12 + 1:02}-{n % 27 + 1:02} 10:20",
            "Authors: Ann Example; Bob Example",
            "Tags: one, two",
        ]
        slug = f"letter-{n}"
        if n % 6 == 0:
            slug = f"own-{n}"
            head.append(f"Slug: {slug}")
        if n % 7 == 0:
            head.append("Summary: A summary that\n    goes on.")
            writer.see("A summary that goes on")
        is_public = n % 30 not in {4, 5}
        head += ["Status: draft"] if n % 30 == 4 else ["Status: hidden"] if n % 30 == 5 else []
        folder = ("", "culture/", "sport/")[n % 3]
        text = "\n".join(head) + f"\n\n{writer.text}"
        if n % 4 == 0:
            text = "---\n" + "\n".join(line.replace("\n    ", " ") for line in head) + f"\n---\n{writer.text}"
        add(
            f"content/{folder}letter-{n}.md",
            text,
            writer.words,
            [f"/articles/{year}/{slug}/"] if is_public else [],
            is_public=is_public,
        )
        if n % 5 == 0 and is_public:
            writer.fresh().say(" ".join(FRENCH)).see(f"Lettre {n}")
            head = f"Title: Lettre {n}\nDate: {year}-{n % 12 + 1:02}-{n % 27 + 1:02}\nSlug: {slug}\nLang: fr\nTranslation: true"
            add(f"content/{folder}letter-{n}-fr.md", f"{head}\n\n{writer.text}", writer.words,
                [f"/articles/{year}/{slug}-fr/"] if is_public else [], lang="fr", is_public=is_public)  # fmt: skip
    for n in range(1, 31):
        writer.fresh().say().see(f"Info {n}")
        add(
            f"content/pages/info-{n}.md",
            f"Title: Info {n}\n\n{writer.text}",
            writer.words,
            [f"/info/info-{n}/"],
            kind="page",
        )
    writer.fresh().say()
    add("content/latin.md", f"Title: Café\nDate: 2019-01-01\n\nOlé. {writer.text}".encode("latin-1"),
        writer.words | {"Café", "Olé"}, ["/articles/2019/cafe/"])  # fmt: skip
    writer.fresh().say().see("Odd a title")
    add("content/odd.md", f"Title: Odd: a title\nDate: 2019-03-01\nMood: sunny\n\n# A heading\n\n{writer.text}",
        writer.words | {"heading"}, ["/articles/2019/odd-a-title/"])  # fmt: skip
    add("content/rest.rst", "Title\n=====\n")
    return tree


def _oddity(writer, n):
    oddities = (
        lambda: writer.put(
            "[Letter]({filename}/letter-3.md) and ![Hall]({static}/images/hall.png)", "Letter and"
        ),
        lambda: writer.put(
            "[Paper]({attach}/files/paper.pdf) and [info]({filename}/pages/info-1.md)", "Paper and info"
        ),
        lambda: writer.put("[Tag]({tag}one) and [category]({category}sport)", "Tag and category"),
        lambda: writer.put("![Hall](|filename|/images/hall.png)"),
        lambda: writer.put("{% youtube abcdefghijk %}"),
        lambda: writer.put("{% img /images/hall.png Hall %}"),
        lambda: writer.put("A [broken](https://lab.example.eu]) link.", "link"),
    )
    oddities[n % len(oddities)]()
