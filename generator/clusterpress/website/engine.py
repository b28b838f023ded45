"""The website engine: MkDocs' configuration, objects and events, and Material's templates under ours.

Only this module, `mkdocs_block` and `lazy_page` import MkDocs. The module is imported when the first page is
rendered, not when pages are planned; it reads no source folder and writes no site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import pass_context
from markupsafe import Markup
from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.library.entries import TeaserCard
from clusterpress.library.pictures import ShownPicture
from clusterpress.theme.addresses import absolute, asset_path, root_relative
from clusterpress.theme.content_security import add_policy, find_policy
from clusterpress.theme.linked_data import write_script
from clusterpress.theme.teaser_art import draw_teaser_art, find_turns
from clusterpress.theme.theme import Theme
from clusterpress.theme.typesetting import social_image_url
from clusterpress.values.plain import is_plain
from clusterpress.values.problems import Problem
from clusterpress.website.bodies import NO_BODY, PageBody, draw_emblem, limit_upright, write_picture
from clusterpress.website.engine_modules import activate
from clusterpress.website.mkdocs_block import EngineError, load_configuration, wants_palette, wants_script
from clusterpress.website.template_caches import Fragments, InMemoryBytecodeCache, make_fragment_filters
from clusterpress.website.views import EDITED_TEMPLATES, Frame, ProgrammeBox, Site, with_digest

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from clusterpress.theme.wording import Wording

_SHARED_TEMPLATES = ("partials/masthead.html", "partials/foot.html")
"""Templates of what surrounds a page."""

_TEMPLATE_REFERENCE = re.compile(r'{%-?\s*(?:extends|include|import|from)\s+"([^"]+)"')
"""The name of a template that another one uses."""


_BYTECODE = InMemoryBytecodeCache()
"""The compiled templates of all sites of this process that have no plugins, which may change the code."""


class Engine(Struct, frozen=True):
    """MkDocs, started for one language of one site."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    wording: Wording
    bytecode: InMemoryBytecodeCache
    """Its compiled templates."""
    shared_context: Mapping[str, Any]
    """Variables of every page's template."""
    chrome: dict[str, Mapping[str, Markup]] = field(default_factory=dict)
    """Address of a section → masthead and footer of its pages, rendered when first shown."""


def check_block(settings: Settings, theme: Theme) -> list[Problem]:
    """Return the problems of the ``mkdocs:`` block of the settings: MkDocs or a page refuses it."""
    if not settings.mkdocs.strip():
        return []
    if words := _try_page(settings, theme):
        hint = "correct the mkdocs: block"
        return [Problem(path="site_config.yml", field="mkdocs", message=f"mkdocs: {words}", hint=hint)]
    return []


def check_theme(settings: Settings, theme: Theme, place: str) -> Iterator[Problem]:
    """Yield an error for each page template that Jinja cannot read, or else if no page can be made with them.

    Args:
        settings: the site's settings.
        theme: the theme.
        place: path of its folder, for problems.
    """
    from jinja2 import TemplateSyntaxError

    hint = "correct it, or take the file of the built-in theme"
    env = open_engine(with_digest(Site(settings=settings, lang=settings.language)), theme).env
    folder, is_readable = Path(theme.folder) / "website", True
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        try:
            env.compile(file.read_text("utf-8"), name, raw=True)
        except (TemplateSyntaxError, UnicodeDecodeError) as fault:
            is_readable, line = False, getattr(fault, "lineno", 1)
            message = f"the template cannot be read: {fault}"
            yield Problem(path=f"{place}/website/{name}", line=line, message=message, hint=hint)
    if is_readable and (words := _try_page(settings, theme)):
        yield Problem(path=f"{place}/website/main.html", message=f"no page can be made: {words}", hint=hint)


def _try_page(settings: Settings, theme: Theme) -> str:
    """Make a page that every site has; return why it cannot be made, or nothing."""
    site = with_digest(Site(settings=settings, lang=settings.language))
    try:
        render_page(site, theme, Frame(url="404.html", title="404", indexed=False), "missing.html")
    except EngineError as fault:
        return str(fault)
    except Exception as fault:  # noqa: BLE001 -- plugins, hooks, extensions and templates may raise anything
        return f"{type(fault).__name__}: {fault}"
    return ""


def open_engine(site: Site, theme: Theme) -> Engine:
    """Start the engine of the settings for one language, once per process.

    Raises:
        EngineError: it refuses the configuration.
    """
    if activate(site.settings.engine):
        _open_engine.cache_clear()
    return _open_engine(site, theme)


@lru_cache(maxsize=32)
def _open_engine(site: Site, theme: Theme) -> Engine:
    from mkdocs.structure.files import Files

    from clusterpress.theme.languages import direction_of, name_of_language, territory_of
    from clusterpress.theme.wording import open_wording

    config = load_configuration(site, theme)
    plugins = config.plugins
    plugins.on_startup(command="build", dirty=False)
    config = plugins.on_config(config)
    files = plugins.on_files(Files([]), config=config)
    nav = plugins.on_nav(_make_navigation(site, config), config=config, files=files)
    env = config.theme.get_env()
    wording = open_wording(theme, site.lang)

    def local(path: object) -> str:
        return root_relative(asset_path(str(path), theme.version), site.settings.root)

    # Jinja applies a filter of a constant when it compiles a template, unless the filter takes the context.
    # With these, the code of a template is the same for all languages and sites.
    env.filters["url"] = pass_context(lambda _context, path: local(path))
    env.filters["t"] = pass_context(lambda _context, key: wording.say(key))
    env.filters["full"] = pass_context(lambda _context, path: absolute(str(path), site.settings.url))
    env.globals |= {
        "t": wording.say,
        "count": wording.count,
        "wording": wording,
        "words": lambda lang, key: open_wording(theme, lang).say(key),
        "emblem": lambda name: draw_emblem(name.text, "" if name.lang == site.lang else name.lang),
        "site": site,
        "settings": site.settings,
        "config": config,
        "jsonld": write_script,
        "card_url": social_image_url,
        "teaser_art": lambda seed, form, turn=0: Markup(draw_teaser_art(seed, form, turn)),  # noqa: S704 -- numbers only
        "turns": _find_turns_of,
        "direction": direction_of,
        "territory": territory_of,
        "language_name": name_of_language,
        "local": local,
        "write_picture": partial(_write_shown_picture, site.settings),
    }
    env.filters |= make_fragment_filters()
    env.add_extension(Fragments)
    env.autoescape = True
    env = plugins.on_env(env, config=config, files=files)
    # Every page copies the globals; a plain dict is copied much faster than the chained mappings of Jinja.
    env.make_globals = lambda more: {**env.globals, **(more or {})}
    env.bytecode_cache = bytecode = InMemoryBytecodeCache() if site.settings.mkdocs.strip() else _BYTECODE
    return Engine(config, files, nav, env, wording, bytecode, _make_shared_context(site, config, nav))


def _find_turns_of(cards: Iterable[TeaserCard]) -> list[int]:
    """Return the turn of each card's drawing; those with a picture have none."""
    return find_turns(None if card.picture else (card.url, card.format or card.kind) for card in cards)


def compile_edited_templates(site: Site, theme: Theme) -> Mapping[str, bytes]:
    """Compile the templates of pages that most edits touch, and those that these use.

    Returns the key of Jinja → code, for all sites; empty if plugins may change the code.
    """
    engine = open_engine(site, theme)
    keys = _compile(engine.env, (*EDITED_TEMPLATES, *_SHARED_TEMPLATES))
    return {key: _BYTECODE.code[key] for key in keys} if engine.bytecode is _BYTECODE else {}


def warm_up(site: Site, theme: Theme, code: Mapping[str, bytes], template: str) -> None:
    """Prepare for pages of a template, with code that was compiled before.

    Args:
        site: what all pages of the language share.
        theme: the theme.
        code: what `compile_edited_templates` returned for this theme.
        template: file name below the theme's website folder.
    """
    engine = open_engine(site, theme)
    engine.bytecode.code.update(code)
    _compile(engine.env, [template])
    _chrome(engine, site, f"{_language_prefix(site)}news/")
    engine.wording.dates.day(date.min)  # the first date of a language loads its data


def _compile(env: Environment, names: Iterable[str]) -> list[str]:
    """Compile templates, and all that they extend, include or import by name; return their keys."""
    names, keys = list(names), []
    for one in names:
        source, file, _ = env.loader.get_source(env, one)  # type: ignore[union-attr]  # MkDocs sets one
        env.get_template(one)
        keys.append(_BYTECODE.get_cache_key(one, file))
        names += [other for other in dict.fromkeys(_TEMPLATE_REFERENCE.findall(source)) if other not in names]
    return keys


def _make_shared_context(site: Site, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    from mkdocs.commands.build import get_context  # only now: until then, MkDocs may be replaced

    root, settings = site.settings.root, site.settings
    script, palette = wants_script(settings), wants_palette(settings)
    return {
        **get_context(nav, [], config),
        "base_url": root.rstrip("/") or "/",
        "extra_css": [root_relative(path, root) for path in config.extra_css],
        "extra_javascript": [root_relative(str(path), root) for path in config.extra_javascript],
        "site": site,
        "settings": settings,
        "material_script": script,
        "material_palette": palette,
        "material_styles": script or palette,
    }


def render_page(
    site: Site,
    theme: Theme,
    frame: Frame,
    template: str,
    *,
    body: PageBody = NO_BODY,
    graph: tuple[dict[str, Any], ...] = (),
    **context: object,
) -> bytes:
    """Return one page of the website.

    Args:
        site: what all pages of the language share.
        theme: the theme.
        frame: data of the head of the page.
        template: file name below the theme's website folder.
        body: its body.
        graph: structured data, as JSON-LD objects.
        context: what the template shows.
    """
    engine = open_engine(site, theme)
    config, plugins = engine.config, engine.config.plugins
    from clusterpress.website.lazy_page import LazyPage  # only now: until then, MkDocs may be replaced

    page: Page = LazyPage(config, frame, body.html, body.outline.headings)
    page = plugins.on_pre_page(page, config=config, files=engine.files)
    page.content = plugins.on_page_content(body.html, page=page, config=config, files=engine.files)
    values = {
        **engine.shared_context,
        "page": page,
        "frame": frame,
        "graph": graph,
        "chrome": _chrome(engine, site, frame.section),
        # A plugin may have put anything into the body that it changed.
        "material_styles": engine.shared_context["material_styles"]
        or body.is_material_styled
        or page.content != body.html,
        **_find_credits(site, context),
        "embeds": bool(body.outline.players),
        "tables": ".table" in body.outline.styled,
        "galleries": ".gallery" in body.outline.styled,
        **context,
    }
    shown = plugins.on_page_context(cast("TemplateContext", values), page=page, config=config, nav=engine.nav)
    text = engine.env.get_template(template).render(shown)
    text = plugins.on_post_page(text, page=page, config=config)
    scripts, styles = map(str, config.extra_javascript), config.extra_css
    page_sent = text.encode("utf-8", "xmlcharrefreplace")
    return add_policy(page_sent, find_policy(page_sent, wasm=frame.wasm, scripts=scripts, styles=styles))


def _find_credits(site: Site, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the credits of a page, of its programmes and of the site, and those for the first screen."""
    boxes = (*context.get("programmes", ()), context.get("programme"))
    shown = [box for box in boxes if isinstance(box, ProgrammeBox)]
    described = {box.funding for box in context.get("programmes", ()) if box in shown and box.boilerplate}
    credits_ = tuple(dict.fromkeys(one for one in (*(box.funding for box in shown), site.funding) if one))
    return {
        # A box that tells what the programme is about saves its credit from doing so.
        "page_credits": tuple((one, one in described) for one in credits_),
        "funding_credits": tuple(one for one in credits_ if one.words.first_screen),
    }


def _chrome(engine: Engine, site: Site, section: str) -> Mapping[str, Markup]:
    """Return masthead and footer, which are the same on all pages of one section in one language."""
    if section not in engine.chrome or is_plain():
        values = {**engine.shared_context, "section": section, "start": _language_prefix(site)}
        engine.chrome[section] = {
            name: Markup(engine.env.get_template(f"partials/{name}.html").render(values))  # noqa: S704
            for name in ("masthead", "foot")
        }
    return engine.chrome[section]


def _language_prefix(site: Site) -> str:
    return site.feeds.removesuffix("feeds/")


def _write_shown_picture(
    settings: Settings,
    shown: ShownPicture,
    sizes: str,
    style: str = "",
    *,
    eager: bool = False,
    whole: bool = False,
) -> Markup:
    attributes: tuple[tuple[str, str], ...] = (("class", style),) if style else ()
    if whole:
        attributes = limit_upright(shown.picture, attributes)
    html = write_picture(
        shown.picture, settings, alt=shown.alt, sizes=sizes, eager=eager, attributes=attributes
    )
    return Markup(html)  # noqa: S704 -- escaped there


def _make_navigation(site: Site, config: MkDocsConfig) -> Navigation:
    """Return the navigation: the home page and the entries of the menu; items are never part of it."""
    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Link, Navigation
    from mkdocs.structure.pages import Page

    home = Page(site.settings.name, File.generated(config, "index.md", content=""), config)
    links = [Link(entry.name, root_relative(entry.url, site.settings.root)) for entry in site.menu]
    return Navigation([home, *links], [home])
