"""A site of Eleventy: data files beside the texts, permalinks as templates, folders of languages."""

from tests.importing.trees.texts import FRENCH, PICTURE, Tree, Writer

CONFIG = """\
module.exports = function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/img");
  eleventyConfig.addPassthroughCopy({ "src/public/": "/" });
  return { dir: { input: "src", output: "_site" } };
};
"""


def make_tree():
    tree, writer = Tree({}, [], "[en, fr]"), Writer("eleventy")
    add = tree.add
    add(".eleventy.js", CONFIG)
    add("src/_data/site.json", '{"title": "Regional news", "url": "https://old.example", "lang": "en"}')
    add(
        "src/_data/people.json",
        '[{"name": "Ann Example", "bio": "Plants trees", "photo": "/img/hall.png"}, {"name": null}]',
        ["Plants", "trees"],
        kind="author",
    )
    add("src/_includes/base.njk", "<html></html>")
    add("src/index.njk", "---\nlayout: base\n---\n")
    add("src/img/hall.png", PICTURE)
    add(
        "src/posts/posts.json",
        '{"layout": "post", "tags": ["posts"], "permalink": "/journal/{{ page.fileSlug }}/"}',
    )
    add(
        "src/notes/notes.11tydata.js",
        "module.exports = {\n  layout: 'note',\n  tags: ['posts', 'notes'],\n};\n",
    )
    add("src/fr/fr.json", '{"lang": "fr"}')
    for n in range(1, 201):
        writer.fresh().say().common().see(f"Entry {n}")
        _oddity(writer, n)
        date = f"20{10 + n % 10}-{n % 12 + 1:02}-{n % 27 + 1:02}"
        in_name = n % 3 == 0
        head = [f"title: Entry {n}"] + ([] if in_name else [f"date: {date}"])
        head.append(f"tags: {'one' if n % 4 else '[one, two]'}")
        old = [f"/journal/entry-{n}/"]
        if n % 9 == 0:
            head.append(f"permalink: /own/{n}/index.html")
            old = [f"/own/{n}/"]
        elif n % 10 == 1:
            head.append("permalink: \"/{{ page.date | date: '%Y' }}/{{ title | slugify }}/\"")
            old = [f"/{date[:4]}/entry-{n}/"]
        is_public = n % 50 not in {5, 6}
        head += ["draft: true"] if n % 50 == 5 else ["permalink: false"] if n % 50 == 6 else []
        name = f"{date}-entry-{n}" if in_name else f"entry-{n}"
        add(
            f"src/posts/{name}.md",
            "---\n" + "\n".join(head) + f"\n---\n{writer.text}",
            writer.words,
            old if is_public else [],
            is_public=is_public,
        )
    for n in range(1, 41):
        writer.fresh().say().see(f"Remark {n}")
        add(
            f"src/notes/remark-{n}.md",
            f"---\ntitle: Remark {n}\ndate: 2016-02-{n % 27 + 1:02}\n---\n{writer.text}",
            writer.words,
            [f"/notes/remark-{n}/"],
        )
    for n in range(1, 31):
        writer.fresh().say(" ".join(FRENCH)).see(f"Billet {n}")
        add(f"src/fr/posts/entry-{n}.md", f"---\ntitle: Billet {n}\ndate: 2016-03-{n % 27 + 1:02}\n---\n{writer.text}", writer.words,
            [f"/fr/posts/entry-{n}/"], lang="fr")  # fmt: skip
    for n in range(1, 31):
        writer.fresh().say().see(f"Topic {n}")
        add(f"src/topics/topic-{n}.md", f"---\ntitle: Topic {n}\neleventyNavigation: {{key: T{n}}}\n---\n{writer.text}", writer.words,
            [f"/topics/topic-{n}/"], kind="page")  # fmt: skip
    writer.fresh().say().see("Modified")
    add(
        "src/posts/modified.md",
        f"---\ntitle: Modified\ndate: Last Modified\n---\n{writer.text}",
        writer.words,
        is_public=False,
    )
    writer.fresh().say().see("Json")
    add(
        "src/posts/json.md",
        f'---json\n{{"title": "Json", "date": "2016-01-01"}}\n---\n{writer.text}',
        writer.words,
        ["/journal/json/"],
    )
    return tree


def _oddity(writer, n):
    oddities = (
        lambda: writer.put('{% image "/img/hall.png", "A hall" %}'),
        lambda: writer.put("![Hall]({{ '/img/hall.png' | url }})"),
        lambda: writer.put('{% youtube "abcdefghijk" %}'),
        lambda: writer.put("The title is {{ title }}, of {{ collections.posts | length }}.", "The title is"),
        lambda: writer.put("{% callout %}\nInside a *callout*.\n{% endcallout %}", "Inside a callout"),
        lambda: writer.put('{% include "part.njk" %}After it.', "After it"),
        lambda: writer.put("{# a remark #}Before it.", "Before it"),
        lambda: writer.put("[Second](/journal/entry-2/) and [file](entry-4.md)", "Second and file"),
    )
    oddities[n % len(oddities)]()
