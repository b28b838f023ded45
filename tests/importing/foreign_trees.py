"""Five foreign sites of our own making, thirty files and more each, with the oddities of their tools."""

from tests.importing.project import picture

PICTURE = picture()


def plain(count, form):
    """Return numbered posts in a form with {n}, {month} and {title}."""
    return [form.format(n=n, month=f"{n % 12 + 1:02}", title=f"Item {n}") for n in range(1, count + 1)]


def hugo():
    files = {
        "hugo.toml": 'baseURL = "https://old.example/"\ntitle = "Old"\n',
        "archetypes/default.md": "---\ntitle: x\n---\n",
        "content/_index.md": "---\ntitle: Home\n---\nWelcome.\n",
        "content/posts/_index.md": "---\ntitle: Posts\n---\n",
        "content/about.md": "---\ntitle: About\n---\nAbout us. [First](posts/first.md)\n",
        "content/posts/first.md": (
            "---\ntitle: First\ndate: 2019-06-15T10:20:00+02:00\nlastmod: 2019-07-01\ndraft: false\nweight: 5\n"
            "categories: [The Next Society]\ntags: [QOOT, food]\nauthor: Serena Mingolla\naliases: [/old/first/, second-old]\n"
            "description: Short.\nmood: sunny\ncover: {image: /img/hall.png, alt: Hall}\n---\n"
            'See [second]({{< ref "second.md" >}}) and [it](../second/) and [heading](second.md#the-heading).\n\n'
            '{{< figure src="/img/hall.png" alt="Hall" caption="The \\"hall\\"" >}}\n\n{{< youtube abc123 >}}\n\n'
            "{{< notice tip >}}Take care{{< /notice >}}\n\n{{< counter id=3 >}}\n\n```go\n{{< figure src=x >}}\n```\n"
        ),
        "content/posts/second.md": (
            '+++\ntitle = "Second"\ndate = 2019-05-01\ntags = ["a"]\n[params]\nmood = "dull"\n+++\n'
            "The beginning.\n\n<!--more-->\n\n## The heading\n\nRest. ![Lost](lost.png) [dead](nowhere.md)\n"
        ),
        "content/posts/third.md": '{\n "title": "Third: a JSON head",\n "date": "2019-04-01",\n "tags": ["x"],\n "draft": true\n}\n\nBody { with } braces.\n',
        "content/posts/bundle/index.md": "---\ntitle: Bundle\ndate: 2019-03-01\n---\n![Here](pic.png)\n\n[Paper](paper.pdf)\n",
        "content/posts/bundle/index.fr.md": "---\ntitle: Paquet\ndate: 2019-03-01\n---\n![Ici](pic.png)\n",
        "content/posts/bundle/pic.png": PICTURE,
        "content/posts/bundle/paper.pdf": b"%PDF-1.4",
        "content/posts/2018-02-03-dated-name.md": "---\ntitle: Dated name\n---\n# Dated name\n\nText.\n",
        "content/posts/no-title.md": "---\ndate: 2019-01-01\n---\nAn item without a title. It goes on.\n",
        "content/posts/no-date.md": "---\ntitle: No date\n---\nWhen?\n",
        "content/posts/future.md": "---\ntitle: Future\ndate: 2030-01-01\npublishDate: 2030-01-01\nexpiryDate: 2031-01-01\n---\nLater.\n",
        "content/posts/same.md": "---\ntitle: Same\ndate: 2019-01-01\nslug: one-name\n---\nOne.\n",
        "content/posts/same-too.md": "---\ntitle: Same\ndate: 2019-02-01\nslug: one-name\n---\nTwo.\n",
        "content/posts/first.fr.md": "---\ntitle: Premier\ndate: 2019-06-15\n---\nBonjour.\n",
        "content/posts/org.org": "#+TITLE: Org\n",
        "static/img/hall.png": PICTURE,
        "static/img/unused.png": PICTURE,
        "static/css/site.css": b"a{}",
    }
    form = "---\ntitle: {title}\ndate: 2017-{month}-02\n---\nText {n}.\n"
    files |= {f"content/posts/n{n}.md": text for n, text in enumerate(plain(18, form), 1)}
    return files, 14 + 18


def jekyll():
    files = {
        "_config.yml": "title: Old\nurl: https://old.example\n",
        "_layouts/post.html": "<html>{{ content }}</html>",
        "index.html": "---\nlayout: home\n---\n",
        "about.md": "---\nlayout: page\ntitle: About\npermalink: /about-us/\n---\n# About\n\n[Post]({% post_url 2019-06-15-first %})\n",
        "_posts/2019-06-15-first.md": (
            '---\nlayout: post\ntitle: "First: the post"\ncategories: food\ntags: [a, b]\nauthor: Ann Example\nexcerpt: Short.\n'
            "redirect_from:\n  - /old-first/\nimage: /assets/hall.png\ncomments: true\n---\n"
            "{% highlight python %}\nprint('{{ x }}')\n{% endhighlight %}\n\n"
            '{% include figure.html src="/assets/hall.png" alt="Hall" caption="The hall" %}\n\n'
            "[Second]({% post_url 2019-05-01-second %}) [About]({{ site.baseurl }}/about-us/)\n\n"
            "{% for post in site.posts %}{{ post.title }}{% endfor %}\n\n![Hall]({{ '/assets/hall.png' | relative_url }}){: .right}\n"
        ),
        "_posts/2019-05-01-second.markdown": "---\ntitle: Second\npublished: false\n---\n#Hashtag first.\n\n* a\n  * b\n",
        "_posts/2019-04-01-third.html": '---\ntitle: Third\n---\n<p>An <b>HTML</b> post &amp; more. <a href="/2019/06/15/first.html">First</a></p>\n',
        "_posts/2019-03-01-no-head.md": "No front matter at all. Only text.\n",
        "_posts/2019-02-01-quatre.fr.md": "---\ntitle: Quatre\n---\nTexte.\n",
        "_drafts/idea.md": "---\ntitle: An idea\n---\nSoon.\n",
        "_posts/food/2018-01-01-in-folder.md": "---\ntitle: In a folder\ndate: 2018-01-01 12:00:00 +0100\n---\nText.\n",
        "assets/hall.png": PICTURE,
        "_data/authors.yml": "ann:\n  name: Ann Example\n  bio: Writes\n",
        "README.md": "# Readme\n",
    }
    form = "---\ntitle: {title}\n---\nText {n}.\n"
    files |= {f"_posts/2017-{n % 12 + 1:02}-03-n{n}.md": text for n, text in enumerate(plain(20, form), 1)}
    return files, 8 + 20 + 1


def pelican():
    files = {
        "pelicanconf.py": "SITEURL = 'https://old.example'\n",
        "content/first.md": (
            "Title: First\nDate: 2019-06-15 10:20\nModified: 2019-07-01\nCategory: THE NEXT SOCIETY\nTags: a, b\n"
            "Authors: Ann Example; Bob Example\nSummary: Short\n    and continued.\nSlug: first\n\n"
            "[Second]({filename}second.md) ![Hall]({static}/images/hall.png) [Doc]({attach}files/a.pdf)\n"
            "[Tag]({tag}a) [Page]({filename}/pages/about.md)\n"
        ),
        "content/second.md": "Title: Second\nDate: 2019-05-01\nStatus: draft\n\nText.\n",
        "content/hidden.md": "Title: Hidden\nDate: 2019-05-02\nStatus: hidden\n\nText.\n",
        "content/first-fr.md": "Title: Premier\nDate: 2019-06-15\nSlug: first\nLang: fr\n\nBonjour.\n",
        "content/yaml.md": "---\ntitle: YAML head\ndate: 2019-04-01\n---\nText.\n",
        "content/odd.md": "Title: Odd: a title with a colon\nDate: 2019-03-01\nMood: sunny\n\n# A heading\n\nText.\n",
        "content/ambiguous.md": "Title: Ambiguous\nDate: 05/06/2019\n\nText.\n",
        "content/pages/about.md": "Title: About\n\nAbout us.\n",
        "content/food/in-category.md": "Title: In a category\nDate: 2019-02-01\n\nText.\n",
        "content/rest.rst": "Title\n=====\n",
        "content/images/hall.png": PICTURE,
        "content/files/a.pdf": b"%PDF-1.4",
        "content/latin1.md": "Title: Caf\xe9\nDate: 2019-01-01\n\nText \xe9.\n".encode("latin-1"),
    }
    form = "Title: {title}\nDate: 2017-{month}-02\n\nText {n}.\n"
    files |= {f"content/n{n}.md": text for n, text in enumerate(plain(22, form), 1)}
    return files, 10 + 22


def material():
    files = {
        "mkdocs.yml": "site_name: Old\nsite_url: https://old.example/\nplugins: [blog]\n",
        "docs/index.md": "# Home\n",
        "docs/about.md": "# About\n\nAbout. [Post](blog/posts/first.md)\n",
        "docs/guide/setup.md": "---\ntitle: Setup\nicon: material/cog\nhide: [toc]\n---\n!!! note\n    Mind. :material-cog:\n",
        "docs/blog/index.md": "# Blog\n",
        "docs/blog/.authors.yml": "authors:\n  ann:\n    name: Ann Example\n    description: Writer\n    avatar: a.png\n",
        "docs/blog/posts/first.md": (
            "---\ndate:\n  created: 2019-06-15\n  updated: 2019-07-01\nauthors: [ann]\ncategories: [QOOT]\npin: true\nreadtime: 3\n"
            "links:\n  - About: about.md\n  - https://elsewhere.example/\n---\n# First\n\nThe lead.\n\n<!-- more -->\n\n"
            '![Hall](../../img/hall.png){ width=300 }\n\n=== "Tab"\n\n    In a tab.\n\n[Setup](../../guide/setup.md)\n'
        ),
        "docs/blog/posts/second.md": "---\ndate: 2019-05-01\ndraft: true\nslug: second-slug\n---\n# Second\n\nText[^1].\n\n[^1]: Note.\n",
        "docs/blog/posts/2018/deep.md": '---\ndate: 2018-05-01\n---\n# Deep\n\n--8<-- "snippet.md"\n',
        "docs/blog/posts/third.md": "---\ndate: 2019-04-01\nauthors:\n  - ann\n  - Bob Example\ntags:\n  - x\ncategories:\n  - Events\n---\nNo heading here. Only text.\n",
        "docs/img/hall.png": PICTURE,
    }
    form = "---\ndate: 2017-{month}-02\n---\n# {title}\n\nText {n}.\n"
    files |= {f"docs/blog/posts/n{n}.md": text for n, text in enumerate(plain(22, form), 1)}
    return files, 2 + 4 + 22 + 1


def zola():
    files = {
        "config.toml": 'base_url = "https://old.example"\n',
        "templates/index.html": "x",
        "content/_index.md": '+++\ntitle = "Home"\n+++\n',
        "content/blog/_index.md": '+++\ntitle = "Blog"\nsort_by = "date"\n+++\n',
        "content/blog/first.md": (
            '+++\ntitle = "First"\ndate = 2019-06-15\nupdated = 2019-07-01\ndraft = false\nweight = 1\ntemplate = "post.html"\n'
            'authors = ["Ann Example"]\ndescription = "Short."\naliases = ["old/first", "/older/"]\n[taxonomies]\ntags = ["a", "QOOT"]\n'
            'categories = ["Next"]\n[extra]\nmood = "sunny"\n+++\n'
            '[Second](@/blog/second.md#part) {{ youtube(id="abc") }}\n\n{{ figure(src="/img/hall.png", alt="Hall", caption="A hall") }}\n\n'
            '{% quote(author="Ann") %}\nGo.\n{% end %}\n'
        ),
        "content/blog/second.md": '+++\ntitle = "Second"\ndate = 2019-05-01T10:00:00Z\n+++\n## Part\n\nText.\n',
        "content/blog/2019-04-01-dated.md": '+++\ntitle = "Dated"\n+++\nText.\n',
        "content/blog/bundle/index.md": '+++\ntitle = "Bundle"\ndate = 2019-03-01\n+++\n![Pic](pic.png)\n',
        "content/blog/bundle/pic.png": PICTURE,
        "content/blog/first.fr.md": '+++\ntitle = "Premier"\ndate = 2019-06-15\n+++\nBonjour.\n',
        "content/blog/broken.md": "+++\ntitle = Broken\ndate = 2019-02-01\n+++\nThe head is no TOML.\n",
        "content/pages/about.md": '+++\ntitle = "About"\npath = "about-us"\n+++\nAbout us.\n',
        "static/img/hall.png": PICTURE,
    }
    form = '+++\ntitle = "{title}"\ndate = 2017-{month}-02\n+++\nText {n}.\n'
    files |= {f"content/blog/n{n}.md": text for n, text in enumerate(plain(22, form), 1)}
    return files, 7 + 22


TREES = {"hugo": hugo, "jekyll": jekyll, "pelican": pelican, "material": material, "zola": zola}
"""Name of the tool → a function that gives (path → content) and the number of items in it."""
