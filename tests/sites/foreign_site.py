"""A site of many posts in a tree of another system, whose keys the settings map."""

from pathlib import Path

from tests.sites.small_site import Site

CONFIG = """\
name: Corpus
url: https://example.org/
front_matter: {keywords: tags, clusters: cluster}
kinds: {posts: news}
vocabulary: open
"""


def foreign_site(root: Path, posts: int) -> Site:
    site = Site(root, {})
    site.write("site_config.yml", CONFIG)
    for number in range(posts):
        site.write(
            f"content/posts/20{10 + number % 10}/post-{number}.md",
            f'---\ntitle: "Post {number}"\ndate: 20{10 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}T17:33:00Z\n'
            f'author: "Author {number % 9}"\nclusters: ["Cluster {number % 7}"]\nkeywords: ["tag-{number % 11}"]\n---\n\n'
            f"Lead of {number}.\n\n<!-- more -->\n\nText of post {number}.\n",
        )
    return site
