"""Renders a page with the engine named on the command line, and checks what we rely on."""

import sys

from clusterpress.config.settings import Settings
from clusterpress.markup.body import Heading, Outline
from clusterpress.theme.theme import Theme
from clusterpress.website.bodies import PageBody
from clusterpress.website.engine import open_engine, render_page
from clusterpress.website.views import Frame, Site, with_digest


def main() -> None:
    theme = Theme(name="t", folder=sys.argv[2], digest=b"t")
    settings = Settings(name="Clusters", url="https://x.eu/sub/", languages=("fr",), engine=sys.argv[1])
    site = with_digest(Site(settings=settings, lang="fr", feeds="feeds/"))
    engine = open_engine(site, theme)
    import mkdocs

    assert mkdocs.__name__ == sys.argv[1]
    assert engine.config.theme.name == "material"
    assert engine.config.theme["language"] == "fr"
    assert engine.config.site_url == settings.url
    assert engine.nav.homepage is not None
    assert len(engine.config.plugins) == 0
    assert engine.env.get_template("partials/javascripts/base.html")
    frame = Frame(url="about/", title="À propos")
    page = render_page(
        site,
        theme,
        frame,
        "main.html",
        body=PageBody("<p>Bonjour</p>", Outline(headings=(Heading(level=2, id="a", text="A"),))),
    ).decode()
    assert '<html lang="fr" dir="ltr"' in page
    assert f'<link rel="stylesheet" href="/sub/assets/v/{theme.version}/css/site.css">' in page
    print(mkdocs.__name__, "ok")  # noqa: T201 -- what the test reads


main()
