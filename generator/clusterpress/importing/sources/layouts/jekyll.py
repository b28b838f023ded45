"""Jekyll: ``_config.yml`` → the layout of a site."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from clusterpress.importing.sources.layouts.files import Config, TreeFiles, block, words
from clusterpress.importing.sources.layouts.layout import (
    Collection,
    Defaults,
    Layout,
    base_and_host,
    replace_tokens,
)

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = re.compile(r":([a-z_]+)")
_SAME = (
    "year month day i_month i_day short_year y_day hour minute second categories collection short_month path"
)
_TOKENS = {
    **{name: f"{{{name}}}" for name in _SAME.split()},
    "title": "{slug_or_file}",
    "slug": "{slug_or_file}",
    "name": "{slug_or_file}",
    "basename": "{filename}",
    "slugified_categories": "{categories}",
    "output_ext": ".html",
}


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of a Jekyll site."""
    config = files.config("_config.yml", "_config.yaml", "_config.toml")
    source = words(config, "source").strip("./")
    root = f"{source}/" if source else ""
    written = words(config, "permalink", "date")
    posts = replace_tokens(_STYLES.get(written, written), _TOKEN, _TOKENS)
    posts = posts if posts.endswith(("/", ".html")) else f"{posts}.html" if posts else ""
    is_pretty = written == "pretty" or (written not in _STYLES and written.endswith("/"))
    base, hosts = base_and_host(words(config, "url"))
    languages = config.get("languages")
    codes = tuple(map(str, languages)) if isinstance(languages, list) else ()
    language = words(config, "default_lang") or words(config, "lang") or words(config, "locale")[:2]
    return Layout(
        language=language or (codes[0] if codes else ""),
        languages=codes or ((language,) if language else ()),
        roots=((root, ""),),
        static=(root,),
        collections=tuple(_collections(config, root, posts, is_pretty=is_pretty)),
        defaults=tuple(_defaults(config, root)),
        prefixes={code: "" if code == (language or codes[0]) else f"/{code}" for code in codes},
        permalink=posts,
        page_permalink="/{path}/" if is_pretty else "/{path}.html",
        translate=lambda pattern: replace_tokens(_STYLES.get(pattern, pattern), _TOKEN, _TOKENS),
        slug_form="jekyll",
        splits_words=True,
        drafts=(f"{root}_drafts/",),
        variables={f"site.{key}": str(one) for key, one in config.items() if isinstance(one, str | int)}
        | {"site.url": "", "site.baseurl": ""},
        base=words(config, "baseurl").rstrip("/") or base,
        hosts=hosts,
    )


def _collections(config: Config, root: str, posts: str, *, is_pretty: bool) -> Iterator[Collection]:
    named = config.get("collections")
    blocks: Mapping[str, Any]
    if isinstance(named, list):
        blocks = {str(name).lower(): {} for name in named}
    else:
        blocks = named if isinstance(named, dict) else {}
    above = words(config, "collections_dir").strip("./")
    above = f"{root}{above}/" if above else root
    yield Collection(folder=f"{above}_posts/", name="posts", kind="news", permalink=posts)
    yield Collection(folder="_posts/", name="posts", kind="news", permalink=posts, is_anywhere=True)
    yield Collection(folder=f"{root}_drafts/", name="drafts", kind="news", permalink=posts)
    for name in blocks.keys() - {"posts", "drafts"}:
        options = block(blocks, name)
        default = "/:collection/:path" + ("/" if is_pretty else ":output_ext")
        pattern = replace_tokens(words(options, "permalink", default), _TOKEN, _TOKENS)
        is_public = words(options, "output").lower() == "true"
        yield Collection(folder=f"{above}_{name}/", name=name, permalink=pattern, is_public=is_public)


def _defaults(config: Config, root: str) -> Iterator[Defaults]:
    rules = config.get("defaults")
    for rule in rules if isinstance(rules, list) else ():
        scope = block(rule, "scope") if isinstance(rule, dict) else {}
        values = block(rule, "values") if isinstance(rule, dict) else {}
        folder = words(scope, "path").partition("*")[0].strip("/")
        is_file = "." in folder.rsplit("/", 1)[-1]
        where = root + folder + ("" if is_file or not folder else "/")
        yield Defaults(folder=where, collection=words(scope, "type"), values=values)
