"""A site of Jekyll: posts in folders of categories, collections, drafts, Liquid and kramdown."""

from tests.importing.trees.texts import PICTURE, Tree, Writer

CONFIG = """\
title: Regional news
url: https://old.example
baseurl: /region
permalink: /:categories/:year/:month/:title/
collections:
  events: {output: true, permalink: /agenda/:path/}
  people: {output: true}
  notes: {output: false}
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, author: ann}
  - scope: {path: "archive"}
    values: {tags: [archive]}
"""


def make_tree():  # noqa: C901 - a list of oddities
    tree, writer = Tree({}, []), Writer("jekyll")
    add = tree.add
    add("_config.yml", CONFIG)
    add("_layouts/post.html", "<html>{{ content }}</html>")
    add("_includes/figure.html", "<figure>{{ include.src }}</figure>")
    add(
        "_data/authors.yml",
        "ann:\n  name: Ann Example\n  bio: Writes about harbours\n  twitter: ann\nnobody:\n",
        ["Writes", "harbours"],
        kind="author",
    )
    add("index.html", "---\nlayout: home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}")
    add("assets/hall.png", PICTURE)
    for n in range(1, 241):
        writer.fresh().say().common()
        _oddity(writer, n)
        day = f"20{10 + n % 10}-{n % 12 + 1:02}-{n % 27 + 1:02}"
        year, month, _ = day.split("-")
        name, head, category = f"story-{n}", [f"title: Story {n}"], ""
        writer.see(f"Story {n}")
        if n % 5 == 0:
            head.append("categories: news europe")
            category = "/news/europe"
        if n % 7 == 0:
            head.append(f"redirect_from: [/old-{n}/, /older/{n}.html]")
        if n % 11 == 0:
            head.append(f"date: {day} 1{n % 10}:20:00 +0100")
        folder = "_posts"
        if n % 9 == 0 and not category:
            folder, category = "culture/_posts", "/culture"
        ending = ".markdown" if n % 13 == 0 else ".md"
        is_public = n % 40 != 3
        if not is_public:
            head.append("published: false")
        addresses = [f"{category}/{year}/{month}/{name}/"]
        addresses += [f"/old-{n}/", f"/older/{n}.html"] if n % 7 == 0 else []
        if n % 17 == 0:
            head.append(f"permalink: /special/{n}/")
            addresses[0] = f"/special/{n}/"
        text = "---\n" + "\n".join(head) + f"\n---\n{writer.text}"
        add(
            f"{folder}/{day}-{name}{ending}",
            text,
            writer.words,
            addresses if is_public else [],
            is_public=is_public,
        )
    for n in range(1, 21):
        writer.fresh().say()
        add(
            f"_drafts/idea-{n}.md", f"---\ntitle: Idea {n}\n---\n{writer.text}", writer.words, is_public=False
        )
    for n in range(1, 26):
        writer.fresh().say().see(f"Meeting {n}")
        head = f"title: Meeting {n}\nstarts: 2027-0{n % 9 + 1}-12 14:00\nends: 2027-0{n % 9 + 1}-12 17:00\nlocation: Linz"
        add(f"_events/2026-01-{n:02}-meeting-{n}.md", f"---\n{head}\n---\n{writer.text}", writer.words,
            [f"/agenda/2026-01-{n:02}-meeting-{n}/"], kind="event")  # fmt: skip
    for n in range(1, 13):
        writer.fresh().say().see(f"Person {n} Adviser")
        add(f"_people/person-{n}.md", f"---\nname: Person {n}\nposition: Adviser\nphoto: /assets/hall.png\n---\n{writer.text}",
            writer.words, [f"/people/person-{n}/"], kind="author")  # fmt: skip
    for n in range(1, 6):
        writer.fresh().say()
        add(
            f"_notes/note-{n}.md",
            f"---\ntitle: Note {n}\n---\n{writer.text}",
            writer.words,
            kind="page",
            is_public=False,
        )
    for n in range(1, 11):
        writer.fresh().say().put(f"[Story {n}]({{% post_url 2010-01-01-nothing %}})", f"Story {n}")
        writer.see(f"Service {n}")
        add(f"services/service-{n}.md", f"---\ntitle: Service {n}\nlayout: page\n---\n# Service {n}\n\n{writer.text}",
            writer.words, [f"/services/service-{n}/"], kind="page")  # fmt: skip
    _damaged(tree, writer)
    return tree


def _oddity(writer, n):
    oddities = (
        lambda: writer.put(
            '{% include figure.html src="/assets/hall.png" alt="Hall" caption="The great hall" %}',
            "The great hall",
        ),
        lambda: writer.put("{% highlight ruby %}\nputs 'hello'\n{% endhighlight %}", "puts hello"),
        lambda: writer.put("![Hall]({{ site.baseurl }}/assets/hall.png){: .right}"),
        lambda: writer.put("{: .note}\nA paragraph below its class.", "A paragraph below its class"),
        lambda: writer.put("* TOC\n{:toc}"),
        lambda: writer.put(
            '## Contact us\n{: #contact .no_toc}\n\n[Back](#contact){:target="_blank"}', "Contact us Back"
        ),
        lambda: writer.put("{% raw %}Write {{ page.title }} there.{% endraw %}", "Write page title there"),
        lambda: writer.put("{% if page.tags %}Shown anyway.{% endif %}{% assign x = 1 %}", "Shown anyway"),
        lambda: writer.put("Its title is {{ page.title }}.", "Its title is"),
        lambda: writer.put(
            '{% include note.html content="Please bring boots and gloves." %}',
            "Please bring boots and gloves",
        ),
        lambda: writer.put("{% youtube abcdefghijk %}"),
        lambda: writer.put("We need:\n\n1. bread\n2. water", "We need bread water"),
        lambda: writer.put("{% unknown_tag with=words %}A sentence after it.", "A sentence after it"),
        lambda: writer.put(
            "[First]({% link _posts/2011-02-02-story-1.md %}) and [dead](/nowhere/)", "First and dead"
        ),
        lambda: writer.put(
            "{::comment}Hidden{:/comment}\n\n{% for x in site.posts %}{{ x.url }}{% endfor %}"
        ),
        lambda: writer.put("[Broken](https://lab.example.eu]) link.", "link"),
    )
    oddities[n % len(oddities)]()


def _damaged(tree, writer):
    writer.fresh().say().see("Control")
    tree.add(
        "_posts/2015-01-01-control.md",
        f"---\ntitle: Control\n---\nFin\x01. {writer.text}",
        writer.words | {"Fin"},
        ["/2015/01/control/"],
    )
    writer.fresh().say()
    tree.add("_posts/2015-01-02-latin.md", "---\ntitle: Café\n---\n".encode("latin-1") + f"Olé. {writer.text}".encode("latin-1"),
             writer.words | {"Café", "Olé"}, ["/2015/01/latin/"])  # fmt: skip
    writer.fresh().say()
    tree.add("_posts/2015-01-03-open.md", f"---\ntitle: Open\ntags: [a, b\n---\n{writer.text}", writer.words)
    writer.fresh().say().see("Odd types")
    head = "title: Odd types\ntags: {a: 1, b: null}\nimage: [null, 3]\nauthor: {name: null}\nupdated: soon\npinned: perhaps\nlinks: [{name: Code, url: https://code.example/}]"
    tree.add(
        "_posts/2015-01-04-types.md",
        f"---\n{head}\n---\n{writer.text}",
        writer.words | {"Code"},
        ["/2015/01/types/"],
    )
    writer.fresh().say()
    tree.add("_posts/2015-01-05-no-head.md", writer.text, writer.words, ["/2015/01/no-head/"])
    tree.add("_posts/2015-01-06-binary.md", b"\x00\x01\x02" * 400)
    tree.add("_posts/2015-01-07-empty.md", b"")
    writer.fresh().say().see("Long")
    tree.add(f"_posts/2015-01-08-{'very-long-name-' * 12}end.md", f"---\ntitle: Long\n---\n{writer.text}", writer.words,
             [f"/2015/01/{'very-long-name-' * 12}end/"])  # fmt: skip
    writer.fresh().say().see("Long")
    tree.add(f"_posts/2015-01-08-{'very-long-name-' * 12}other.md", f"---\ntitle: Long\n---\n{writer.text}", writer.words,
             [f"/2015/01/{'very-long-name-' * 12}other/"])  # fmt: skip
