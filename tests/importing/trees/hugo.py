"""A site of Hugo in two languages: content folders, bundles, permalinks, shortcodes, cascades."""

from tests.importing.trees.texts import FRENCH, PICTURE, Tree, Writer

CONFIG = """\
baseURL = "https://old.example/"
title = "Regional news"
defaultContentLanguage = "en"
[languages.en]
contentDir = "content/en"
weight = 1
[languages.fr]
contentDir = "content/fr"
weight = 2
[permalinks]
posts = "/:year/:month/:slug/"
[taxonomies]
tag = "tags"
programme = "programmes"
"""


def make_tree():  # noqa: C901 - a list of oddities
    tree, writer = Tree({}, [], "[en, fr]"), Writer("hugo")
    add = tree.add
    add("hugo.toml", CONFIG)
    add("config/_default/params.toml", "[broken\n")
    add("archetypes/default.md", "---\ntitle: x\n---\n")
    add("static/img/hall.png", PICTURE)
    add("content/en/_index.md", "---\ntitle: Home\n---\n")
    add("content/en/posts/_index.md", "---\ntitle: Posts\n---\n")
    for n in range(1, 161):
        writer.fresh().say().common().see(f"Report {n}")
        _oddity(writer, n)
        date = f"20{11 + n % 9}-{n % 12 + 1:02}-{n % 27 + 1:02}"
        year, month, _ = date.split("-")
        head = [
            f"title: Report {n}",
            f"date: {date}T10:20:00+02:00",
            f"featureImage: /img/hall.png\nimage-alt: Hall {n}",
        ]
        addresses = [f"/{year}/{month}/report-{n}/"]
        if n % 6 == 0:
            head.append(f"slug: special-{n}")
            addresses = [f"/{year}/{month}/special-{n}/"]
        if n % 8 == 0:
            head.append(f"aliases: [/old-{n}/, sibling-{n}]")
            addresses += [f"/old-{n}/", f"/{year}/{month}/sibling-{n}"]
        if n % 15 == 0:
            head.append(f"url: /own/{n}.html")
            addresses = [f"/own/{n}.html"]
        if n % 10 == 0:
            head.append(f"translationKey: key-{n}\nprogrammes: [Next Society]")
        is_public = n % 50 not in {7, 9}
        if n % 50 == 7:
            head.append("build: {render: never, list: never}")
        if n % 50 == 9:
            head.append("headless: true")
        form = n % 3
        path = f"content/en/posts/file-{n}.md" if n % 12 else f"content/en/posts/bundle-{n}/index.md"
        if not n % 12:
            writer.put("![Here](here.png)\n\n[Paper](paper.pdf)", "Paper")
            add(f"content/en/posts/bundle-{n}/here.png", PICTURE)
            add(f"content/en/posts/bundle-{n}/paper.pdf", b"%PDF-1.4")
        text = "---\n" + "\n".join(head) + f"\n---\n{writer.text}"
        if form == 1 and len(head) == 3:
            text = f'+++\ntitle = "Report {n}"\ndate = {date}T10:20:00+02:00\n[params]\ncover = "/img/hall.png"\n+++\n{writer.text}'
        add(path, text, writer.words, addresses if is_public else [], is_public=is_public)
        if n % 4 == 0:
            _french(tree, writer, n, date)
    _others(tree, writer)
    return tree


def _french(tree, writer, n, date):
    year, month, _ = date.split("-")
    writer.fresh().say(" ".join(FRENCH)).see(f"Rapport {n}")
    head = [f"title: Rapport {n}", f"date: {date}"]
    name = f"file-{n}" if n % 12 else f"bundle-{n}/index"
    if n % 10 == 0:
        name = f"traduction-{n}"
        head.append(f"translationKey: key-{n}")
    tree.add(f"content/fr/posts/{name}.md", "---\n" + "\n".join(head) + f"\n---\n{writer.text}", writer.words,
             [f"/fr/{year}/{month}/rapport-{n}/"], lang="fr")  # fmt: skip


def _others(tree, writer):
    for n in range(1, 41):
        writer.fresh().say().see(f"Gathering {n}")
        head = f'title = "Gathering {n}"\nstart_date = 2027-03-{n % 27 + 1:02}\nend_date = 2027-03-{n % 27 + 1:02}\nvenue = "Porto"'
        tree.add(f"content/en/events/gathering-{n}.md", f"+++\n{head}\n+++\n{writer.text}", writer.words,
                 [f"/events/gathering-{n}/"], kind="event")  # fmt: skip
    for n in range(1, 21):
        writer.fresh().say().see(f"Writer {n}")
        tree.add(f"content/en/authors/writer-{n}/_index.md", f"---\nname: Writer {n}\nrole: Editor\n---\n{writer.text}",
                 writer.words, [f"/authors/writer-{n}/"], kind="author")  # fmt: skip
    for n in range(1, 31):
        writer.fresh().say().see(f"Guide {n}")
        tree.add(f"content/en/guides/part-{n % 3}/guide-{n}.md", f"---\ntitle: Guide {n}\n---\n{writer.text}", writer.words,
                 [f"/guides/part-{n % 3}/guide-{n}/"], kind="page")  # fmt: skip
    writer.fresh().say()
    tree.add("content/en/guides/_index.md", f"---\ntitle: Guides\ncascade: {{author: Guide team}}\n---\n{writer.text}",
             writer.words, ["/guides/"], kind="page")  # fmt: skip
    for n in range(1, 11):
        writer.fresh().say().see(f"Later {n}")
        head = f"title: Later {n}\ndate: 2030-01-{n:02}\npublishDate: 2030-01-{n:02}\nexpiryDate: 2031-01-01"
        tree.add(
            f"content/en/posts/later-{n}.md",
            f"---\n{head}\n---\n{writer.text}",
            writer.words,
            is_public=False,
        )
    for n in range(1, 11):
        writer.fresh().say()
        tree.add(
            f"content/en/posts/draft-{n}.md",
            f"---\ntitle: Draft {n}\ndraft: true\n---\n{writer.text}",
            writer.words,
            is_public=False,
        )
    writer.fresh().say().see("Welcome")
    tree.add(
        "content/en/posts/welcome.md",
        f"---\ntitle: Welcome\ndate: 2026-05-05\n---\n{writer.text}",
        writer.words,
        ["/2026/05/welcome/"],
    )
    writer.fresh().say().see("About")
    tree.add(
        "content/en/about.md",
        f"---\ntitle: About\n---\n{writer.text}",
        writer.words,
        ["/about/"],
        kind="page",
    )
    writer.fresh().say().see("Broken")
    tree.add("content/en/posts/json.md", f'{{"title": "Broken", "date": "2014-01-01", "tags": [1, null]}}\n\n{writer.text}',
             writer.words, ["/2014/01/broken/"])  # fmt: skip
    writer.fresh().say()
    tree.add(
        "content/en/posts/bad.md",
        f"+++\ntitle = Bad\ndate = 2014-01-02\n+++\n{writer.text}",
        writer.words,
        is_public=False,
    )


def _oddity(writer, n):
    oddities = (
        lambda: writer.put(
            '{{< figure src="/img/hall.png" alt="Hall" caption="The \\"hall\\" itself" >}}', "hall itself"
        ),
        lambda: writer.put("{{< youtube abcdefghijk >}}"),
        lambda: writer.put('{{< vimeo id="123456" title="A film" >}}', "A film"),
        lambda: writer.put(
            '[Another]({{< ref "file-1.md" >}}) and [relative]({{% relref "posts/file-2" %}})',
            "Another and relative",
        ),
        lambda: writer.put(
            '{{< highlight go "linenos=table" >}}\nfmt.Println(1)\n{{< /highlight >}}', "fmt Println 1"
        ),
        lambda: writer.put(
            '{{< details summary="Read more here" >}}\nInner *words*.\n{{< /details >}}',
            "Read more here Inner words",
        ),
        lambda: writer.put(
            "{{% notice tip %}}\nTake care.\n\n```go\nx := 1\n```\n{{% /notice %}}", "Take care x 1"
        ),
        lambda: writer.put("{{< counter id=3 >}}Visible words.", "Visible words"),
        lambda: writer.put("{{< frame >}}\nWithin a frame.\n{{< /frame >}}", "Within a frame"),
        lambda: writer.put("{{</* youtube id */>}} is how it is written.", "is how it is written"),
        lambda: writer.put("{{< gist someone 123abc >}}"),
        lambda: writer.put('{{< tweet user="someone" id="123456789" >}}'),
        lambda: writer.put('{{< button href="/about/" >}}Press here{{< /button >}}', "Press here"),
        lambda: writer.put("Formula {{x}} stays.", "Formula x stays"),
    )
    oddities[n % len(oddities)]()
