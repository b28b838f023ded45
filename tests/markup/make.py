"""Bodies for tests, and their HTML with references made visible."""

from html import escape

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Body, LinkRef, PictureRef, render_html
from clusterpress.markup.render import render

TRUSTED = Settings(name="Demo", url="https://example.eu/")
SAFE = Settings(name="Demo", url="https://example.eu/", html="safe")


def with_extensions(block: str) -> Settings:
    return Settings(name="Demo", url="https://example.eu/", mkdocs=f"markdown_extensions:\n{block}")


def address(link: LinkRef) -> str:
    return link.target


def picture(ref: PictureRef) -> str:
    others = "".join(f' {name}="{escape(value)}"' for name, value in ref.attributes)
    return f'<img src="{escape(ref.src)}" alt="{escape(ref.alt)}"{others}>'


def html_of(text: str, settings: Settings = TRUSTED) -> str:
    return joined(render(text, settings))


def joined(body: Body, *, without_lead: bool = False) -> str:
    return render_html(body, address, picture, without_lead=without_lead)


def faults_of(text: str, settings: Settings = TRUSTED) -> list[tuple[int, str]]:
    return [(line, message) for line, message, _ in render(text, settings).outline.problems]
