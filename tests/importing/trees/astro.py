"""A site of Astro: content collections, routes, MDX with components, two languages."""

from tests.importing.trees.texts import FRENCH, PICTURE, Tree, Writer

CONFIG = """\
import { defineConfig } from 'astro/config';
export default defineConfig({
  site: 'https://old.example',
  i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },
  redirects: { '/ancient/': '/stories/story-1/' },
});
"""
ROUTE = "---\nimport { getCollection } from 'astro:content';\nconst posts = await getCollection('blog');\n---\n<h1/>\n"


def make_tree():
    tree, writer = Tree({}, [], "[en, fr]"), Writer("astro")
    add = tree.add
    add("astro.config.mjs", CONFIG)
    add(
        "src/content.config.ts",
        "const blog = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/content/blog' }) });\n",
    )
    add("src/pages/stories/[...slug].astro", ROUTE)
    add("src/pages/index.astro", "<html></html>")
    add("src/assets/hall.png", PICTURE)
    add("public/img/hall.png", PICTURE)
    add("package.json", "{}")
    for n in range(1, 221):
        writer.fresh().say().common().see(f"Story {n}")
        is_mdx = n % 3 == 0
        (_component if is_mdx else _oddity)(writer, n)
        date = ("Jul 08 2012", "2013-04-05", "2014-05-06T10:00:00.000Z", "April 3, 2015")[n % 4]
        head = [
            f"title: 'Story {n}'",
            f"description: Description {n}",
            f"pubDate: {date}",
            "heroImage: ../../assets/hall.png" if n % 2 else "heroImage: /img/hall.png",
        ]
        head += ["heroImageAlt: A hall"] if n % 4 == 0 else []
        head += ["updatedDate: 2020-01-01"] if n % 5 == 0 else []
        writer.see(f"Description {n}")
        is_public = n % 44 != 8
        head += [] if is_public else ["draft: true"]
        head += ["tags: [one, two]", "author: ann-example"]
        imports = (
            "import Note from '../../components/Note.astro';\nimport hero from '../../assets/hall.png';\n\n"
            if is_mdx
            else ""
        )
        old = [f"/stories/story-{n}/"] + (["/ancient/"] if n == 1 else [])
        add(f"src/content/blog/story-{n}.{'mdx' if is_mdx else 'md'}", "---\n" + "\n".join(head) + f"\n---\n{imports}{writer.text}",
            writer.words, old if is_public else [], is_public=is_public)  # fmt: skip
    for n in range(4, 221, 8):
        writer.fresh().say(" ".join(FRENCH)).see(f"Histoire {n}")
        is_public = n % 44 != 8
        add(f"src/content/blog/fr/story-{n}.md", f"---\ntitle: Histoire {n}\npubDate: 2015-04-03\ndraft: {'false' if is_public else 'true'}\n---\n{writer.text}",
            writer.words, [f"/stories/fr/story-{n}/"] if is_public else [], lang="fr", is_public=is_public)  # fmt: skip
    for n in range(1, 31):
        writer.fresh().say().see(f"Workshop {n}")
        head = f"title: Workshop {n}\nstartDate: 2027-02-{n % 27 + 1:02}T09:00\nendDate: 2027-02-{n % 27 + 1:02}T12:00\nlocation: Tartu"
        add(
            f"src/content/events/workshop-{n}.md",
            f"---\n{head}\n---\n{writer.text}",
            writer.words,
            [f"/events/workshop-{n}/"],
            kind="event",
        )
    add("src/content/authors/ann-example.json", '{"name": "Ann Example", "bio": "Builds bridges", "social": {"GitHub": "https://git.example/ann"}}',
        ["Builds", "bridges"], kind="author")  # fmt: skip
    for n in range(1, 21):
        writer.fresh().say().see(f"Leaf {n}")
        add(f"src/pages/info/leaf-{n}.md", f"---\nlayout: ../../layouts/Base.astro\ntitle: Leaf {n}\n---\n{writer.text}", writer.words,
            [f"/info/leaf-{n}/"], kind="page")  # fmt: skip
    return tree


def _component(writer, n):
    parts = (
        lambda: writer.put(
            '<Note type="tip" title="Good to know">\n\nInside a *note*.\n\n</Note>',
            "Good to know Inside a note",
        ),
        lambda: writer.put('<Image src={hero} alt="Hall" />'),
        lambda: writer.put("{/* hidden remark */}\n\nTitle: {frontmatter.title}", "Title"),
        lambda: writer.put('<YouTube id="abcdefghijk" />\n\n<Counter client:load count={3} />'),
        lambda: writer.put('<LinkCard title="Our card" href="/info/leaf-1/" />', "Our card"),
        lambda: writer.put("export const answer = 42;\n\nThe answer is {answer}.", "The answer is"),
        lambda: writer.put(
            '<Tabs>\n<TabItem label="Left">\n\nLeft words.\n\n</TabItem>\n</Tabs>', "Left words"
        ),
    )
    parts[n // 3 % len(parts)]()


def _oddity(writer, n):
    parts = (
        lambda: writer.put("![Hall](../../assets/hall.png)"),
        lambda: writer.put("![Hall](@/assets/hall.png) and [leaf](/info/leaf-2/)", "and leaf"),
        lambda: writer.put("[Next](./story-2.md) and [old](/stories/story-4/)", "Next and old"),
        lambda: writer.put(":::note[Mind]\nIn a directive.\n:::", "Mind In a directive"),
    )
    parts[n % len(parts)]()
