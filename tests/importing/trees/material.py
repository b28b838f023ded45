"""A site of MkDocs with Material's blog: admonitions, tabs, keys, marks, snippets, authors."""

from tests.importing.trees.texts import PICTURE, Tree, Writer

CONFIG = """\
site_name: Regional news
site_url: https://old.example/
docs_dir: docs
theme: {name: material, language: en}
plugins:
  - search
  - blog:
      blog_dir: journal
      post_url_format: "{date}/{slug}"
      post_url_date_format: yyyy/MM
  - redirects:
      redirect_maps:
        moved.md: guide/page-1.md
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


def make_tree():
    tree, writer = Tree({}, []), Writer("material")
    add = tree.add
    add("mkdocs.yml", CONFIG)
    add("docs/index.md", "# Home\n")
    add("docs/journal/index.md", "# Journal\n")
    add("docs/journal/.authors.yml", "authors:\n  ann:\n    name: Ann Example\n    description: Writer of letters\n    avatar: https://pictures.example/a.png\n",
        ["Writer", "letters"], kind="author")  # fmt: skip
    add("docs/img/hall.png", PICTURE)
    add("includes/shared.md", "Included words.\n")
    for n in range(1, 241):
        writer.fresh().say().common()
        _oddity(writer, n)
        year, month = 2010 + n % 10, n % 12 + 1
        title = f"Chapter {n}: the question?"
        writer.see(title)
        head = [
            f"date: {year}-{month:02}-{n % 27 + 1:02}"
            if n % 3
            else f"date:\n  created: {year}-{month:02}-{n % 27 + 1:02}\n  updated: 2021-07-01"
        ]
        head.append("authors: [ann]\ncategories: [Events, Culture]")
        slug = f"chapter-{n}-the-question"
        if n % 8 == 0:
            slug = f"own-{n}"
            head.append(f"slug: {slug}")
        if n % 10 == 0:
            head.append("links:\n  - About: guide/page-1.md\n  - https://elsewhere.example/")
        if n % 9 == 0:
            head.append("pin: true\nreadtime: 3")
        is_public = n % 40 != 6
        head += [] if is_public else ["draft: true"]
        folder = "2018/" if n % 6 == 0 else ""
        text = (
            "---\n" + "\n".join(head) + f"\n---\n# {title}\n\nThe lead {n}.\n\n<!-- more -->\n\n{writer.text}"
        )
        add(f"docs/journal/posts/{folder}chapter-{n}.md", text, writer.words | {"lead"},
            [f"/journal/{year}/{month:02}/{slug}/"] if is_public else [], is_public=is_public)  # fmt: skip
    for n in range(1, 61):
        writer.fresh().say().see(f"Page {n}")
        writer.put('!!! warning "Mind the gap"\n    It is wide.', "Mind the gap It is wide")
        old = [f"/guide/page-{n}/"] + (["/moved/"] if n == 1 else [])
        add(
            f"docs/guide/page-{n}.md",
            f"---\ntitle: Page {n}\nicon: material/cog\nhide: [toc]\n---\n{writer.text}",
            writer.words,
            old,
            kind="page",
        )
    return tree


def _oddity(writer, n):
    up = "../../../" if n % 6 == 0 else "../../"
    oddities = (
        lambda: writer.put(
            '=== "Python"\n\n    In a tab.\n\n    ```python\n    x = 1\n    ```\n\n=== "Ruby"\n\n    In another.',
            "Python In a tab x 1 Ruby another",
        ),
        lambda: writer.put(
            "Press ++ctrl+alt+del++ to ==mark this== and H~2~O, x^2^.",
            "Press Ctrl Alt Del to mark this and H 2 O x",
        ),
        lambda: writer.put('??? note "Folded"\n    Behind it.', "Folded Behind it"),
        lambda: writer.put(":material-cog: With an icon. :octicons-x-24:{ .lg }", "With an icon"),
        lambda: writer.put(f"![Hall]({up}img/hall.png){{ width=300 }}"),
        lambda: writer.put(f"[Button]({up}guide/page-2.md){{ .md-button }}", "Button"),
        lambda: writer.put('--8<-- "shared.md"', "Included words"),
        lambda: writer.put('--8<-- "nothing.md"'),
        lambda: writer.put(
            '<div class="grid cards" markdown>\n\n- First card\n- Second card\n\n</div>', "First card Second"
        ),
        lambda: writer.put("{++added++} and {--gone--} and {>>a remark<<}", "added and gone a remark"),
        lambda: writer.put("> [!NOTE]\n> In GitHub's form.", "In GitHub s form"),
        lambda: writer.put("- [ ] to do\n- [x] done", "to do done"),
    )
    oddities[n % len(oddities)]()
