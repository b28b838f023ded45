"""MkDocs with the blog plugin of Material: ``mkdocs.yml`` → the layout of a site."""

import re
from collections.abc import Mapping
from typing import Any

from clusterpress.importing.sources.layouts.files import Config, TreeFiles, words
from clusterpress.importing.sources.layouts.layout import Collection, Layout, base_and_host, replace_tokens

_TOKEN = re.compile(r"\{(\w+)\}")
_FORMATS = (("yyyy", "{year}"), ("MM", "{month}"), ("dd", "{day}"), ("yy", "{short_year}"))


def read_layout(files: TreeFiles) -> Layout:
    """Return the layout of a site of MkDocs."""
    config = files.config("mkdocs.yml", "mkdocs.yaml")
    folder = words(config, "docs_dir", "docs").strip("./")
    root = f"{folder}/" if folder else ""
    plugins = _plugins(config)
    base, hosts = base_and_host(words(config, "site_url"))
    directories = words(config, "use_directory_urls", "true").lower() != "false"
    end = "/" if directories else ".html"
    blog, posts = _blog(root, plugins.get("blog", {}), end)
    locales = plugins.get("i18n", {}).get("languages")
    codes = [one for one in locales if isinstance(one, dict)] if isinstance(locales, list) else []
    languages = tuple(words(one, "locale") for one in codes)
    default = next((words(one, "locale") for one in codes if words(one, "default").lower() == "true"), "")
    theme = config.get("theme")
    language = default or (words(theme, "language") if isinstance(theme, dict) else "")
    maps = plugins.get("redirects", {}).get("redirect_maps")
    return Layout(
        language=language,
        languages=languages or ((language,) if language else ()),
        roots=((root, ""),),
        static=(root,),
        collections=(
            Collection(folder=root, name="docs", kind="page", permalink=f"/{{path}}{end}"),
            Collection(folder=blog, name="posts", kind="news", permalink=posts),
        ),
        prefixes={code: "" if code == language else f"/{code}" for code in languages},
        permalink=posts,
        page_permalink=f"/{{path}}{end}",
        translate=lambda _: "",
        slug_form="github",
        slug_of="title",
        drafts=(blog.replace("/posts/", "/drafts/"),),
        variables={"config.site_name": words(config, "site_name")},
        redirects=_redirects(maps, end) if isinstance(maps, dict) else {},
        base=base,
        hosts=hosts,
    )


def _plugins(config: Config) -> dict[str, dict[str, Any]]:
    """Return plugin → options, from either of the two forms that MkDocs reads."""
    named = config.get("plugins")
    found: dict[str, dict[str, Any]] = {}
    for one in named if isinstance(named, list) else [named]:
        pairs = one if isinstance(one, dict) else {str(one): {}}
        for name, options in pairs.items():
            found[name.rpartition("/")[2]] = options if isinstance(options, dict) else {}
    return found


def _blog(root: str, options: Config, end: str) -> tuple[str, str]:
    """Return the folder of posts, and the address of one."""
    blog = words(options, "blog_dir", "blog").strip("./")
    posts = words(options, "post_dir", "{blog}/posts").replace("{blog}", blog).strip("/")
    date = words(options, "post_url_date_format", "yyyy/MM/dd")
    for theirs, ours in _FORMATS:
        date = date.replace(theirs, ours)
    tokens = {"date": date, "slug": "{slug}", "file": "{filename}", "categories": "{categories}"}
    pattern = replace_tokens(words(options, "post_url_format", "{date}/{slug}"), _TOKEN, tokens)
    return f"{root}{posts}/", f"/{blog}/{pattern}{end}" if pattern else ""


def _redirects(maps: Mapping[str, Any], end: str) -> dict[str, str]:
    """Return old address → file, relative to the folder of texts, or address."""
    return {
        "/" + re.sub(r"(?:^|/)(?:index|README)\.md$", "/", old).removesuffix(".md").rstrip("/") + end: str(
            new
        )
        for old, new in maps.items()
    }
