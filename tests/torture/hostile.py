"""Hostile texts in a site with ``html: safe``, read in Chromium without a content security policy: nothing runs."""

import random
import re
from pathlib import Path
from socketserver import BaseServer
from unittest.mock import patch

from tests.browser.reading import CHROMIUM, FLAGS
from tests.browser.serving import serving
from tests.newsletters.make import issue
from tests.sites.small_site import FILES, Site
from tests.torture.items import build_the_rest
from tests.torture.row import Row
from tests.torture.warm import warm_up, workplace

LIMIT = 120.0
_RUN = "window.executed=(window.executed||0)+1"
PAYLOADS = (
    f"<script>{_RUN}</script>", f"<ScRiPt >{_RUN}</ScRiPt >", f"<scr<script>ipt>{_RUN}</scr</script>ipt>", f"<script\n>{_RUN}</script\n>", f"<script/x>{_RUN}</script>", f"<svg><script>{_RUN}</script></svg>",
    f"<img src=x onerror={_RUN}>", f"<img src=x onerror\n=\n{_RUN}>", f'<img src="x" OnErRoR="{_RUN}">', f"<img/src/onerror={_RUN}>", f"<image src=x onerror={_RUN}>", f"<svg onload={_RUN}>", f"<svg/onload={_RUN}>",
    f"<body onload={_RUN}>", f"<input autofocus onfocus={_RUN}>", f"<select autofocus onfocus={_RUN}>", f"<textarea autofocus onfocus={_RUN}>", f"<video src=x onerror={_RUN}>", f"<video><source onerror={_RUN}>", f"<audio src=x onerror={_RUN}>",
    f"<details open ontoggle={_RUN}>", f"<marquee onstart={_RUN}>", f"<style>@keyframes x{{}}</style><b style='animation:x' onanimationstart={_RUN}>", f"<iframe src='javascript:parent.{_RUN}'></iframe>", f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<object data='javascript:{_RUN}'></object>", f"<embed src='javascript:{_RUN}'>", f"<a href='javascript:{_RUN}'>x</a>", f"<a href='java\nscript:{_RUN}'>x</a>", f"<a href='&#106;avascript:{_RUN}'>x</a>", f"<a href=' javascript:{_RUN}'>x</a>", f"<a href='\x01javascript:{_RUN}'>x</a>",
    f"[x](javascript:{_RUN})", f"[x](<java script:{_RUN}>)", f"[x](JaVaScRiPt:{_RUN})", f"[x](&#106;avascript:{_RUN})", f"[x](javascript&colon;{_RUN})", f"[x]\n\n[x]: javascript:{_RUN}", f"<javascript:{_RUN}>", f"[x](data:text/html,<script>{_RUN}</script>)", f"[x](vbscript:{_RUN})",
    f"![x](x){{onerror={_RUN}}}", f'![x](x){{onerror="{_RUN}"}}', f"text {{onclick={_RUN}}}", f"# Head {{onmouseover={_RUN}}}", f'![" onerror="{_RUN}](x)', f"[a](x \"' onmouseover='{_RUN}\")", f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>", f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<form action='javascript:{_RUN}'><button>x</button></form>", f"<button formaction='javascript:{_RUN}'>x</button>", f"<base href='javascript:{_RUN}//'><a href=/x>x</a>", f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>", f"<link rel=stylesheet href='data:text/css,*{{}}' onload={_RUN}>",
    f"<svg><a xlink:href='javascript:{_RUN}'><text>x</text></a></svg>", f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>", f"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>{_RUN}</script></svg>#x'/></svg>", f"<svg><foreignObject><script>{_RUN}</script></foreignObject></svg>",
    f"<template><script>{_RUN}</script></template>", f"<textarea></textarea><script>{_RUN}</script>", f"<title></title><script>{_RUN}</script>", f"</title><script>{_RUN}</script>", f"--><script>{_RUN}</script>", f"<!--><script>{_RUN}</script>-->", f"<![CDATA[><script>{_RUN}</script>]]>", f"<?x ><script>{_RUN}</script>?>",
    f'"><script>{_RUN}</script>', f"'><script>{_RUN}</script>", f"</script><script>{_RUN}</script>", f'"}}]}}</script><script>{_RUN}</script>', f"`<script>{_RUN}</script>`", f"```html\n<script>{_RUN}</script>\n```", f"``` {{onclick={_RUN}}}\nx\n```", f"```<script>{_RUN}</script>\nx\n```", f"[^1]\n\n[^1]: <script>{_RUN}</script>",
    f"*[HTML]: <script>{_RUN}</script>\n\nHTML", f"| a |\n|---|\n| <script>{_RUN}</script> |", f'!!! note "<script>{_RUN}</script>"\n    x', f"<div markdown><script>{_RUN}</script></div>", f"x\n: <script>{_RUN}</script>", f"{{{{ '<script>{_RUN}</script>' }}}}", f"\ufeff<script>{_RUN}</script>", f"<a href=x style='background:url(javascript:{_RUN})'>x</a>",
    f"<p style='behavior:url(x);width:expression({_RUN})'>x</p>", f"<dialog open onclose={_RUN}><form method=dialog><button>x</button></form></dialog>", f"<x contenteditable autofocus onfocus={_RUN}>x</x>", f"<a id=x tabindex=1 autofocus onfocus={_RUN}>x</a>", f'https://x/"onmouseover={_RUN}', f'<https://x/"onmouseover={_RUN}>', f'me"onmouseover={_RUN}@x.eu',
)  # fmt: skip
"""Texts that run a script where they are not cleaned."""
ACTIVE = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
  .filter(a => /^on/i.test(a.name) || /^(srcdoc)$/i.test(a.name)
    || (/^(href|src|action|formaction|data|xlink:href)$/i.test(a.name) && /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(a.value)))
  .map(a => e.tagName + ' ' + a.name + '=' + a.value.slice(0, 60)))"""
"""Attributes of a page that could run something."""
_SETTINGS = "\nhtml: safe\nsearch: false\ncontact: us@example.eu\nnewsletters:\n  cord: {name: Cord letter, address: 'Street 1, Brussels'}\n"
_POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy"?[^>]*>', re.IGNORECASE)


def main(seed: int, size: str) -> Row:
    """Run the part; see `Row`."""
    row = Row("hostile")
    if size == "tiny" or CHROMIUM is None:
        return row
    warm_up()
    payloads = list(PAYLOADS)
    random.Random(seed).shuffle(payloads)
    with workplace() as folder:
        site = _site(folder / "site", payloads if size == "full" else payloads[:30])
        outcome = build_the_rest(site, LIMIT)
        if outcome.code:
            row.count("lost_sites", f"the site could not be built: {outcome.gist}")
            return row
        pages = sorted(path for path in (site.root / "site").rglob("*") if path.suffix in (".html", ".svg"))
        for path in pages:
            path.write_text(_POLICY.sub("", path.read_text("utf-8")), encoding="utf-8")
        _visit(row, seed, site.root / "site", pages)
    return row


def _site(root: Path, payloads: list[str]) -> Site:
    files = {path: text for path, text in FILES.items() if path != "content/news/four.md"}  # it redirects
    site = Site(root, files)
    config = (root / "site_config.yml").read_text("utf-8").replace("page_size: 2", "page_size: 50")
    site.write("site_config.yml", config + _SETTINGS)
    for number, payload in enumerate(payloads):
        value = "'" + re.sub(r"[\x00-\x1f]", " ", payload).replace("'", "''") + "'"
        site.write(
            f"content/news/body-{number}.md",
            f"---\ntitle: Body {number}\ndate: 2021-01-01\n---\n{payload}\n\n> {payload}\n",
        )
        site.write(
            f"content/news/meta-{number}.md",
            f"---\ntitle: {value}\ndate: 2020-01-02\nsummary: {value}\nid: m-{number}\nslug: meta-{number}\n---\nWords.\n",
        )
    entry = "  - {title: News, where: {kind: news, from: 2020-01-01, until: 2021-12-31}}"
    site.write("content/newsletters/cord/03.md", issue(entry))
    return site


def _visit(row: Row, seed: int, folder: Path, pages: list[Path]) -> None:
    """Open every page, and look whether something ran or could run."""
    from playwright.sync_api import sync_playwright

    quiet = patch.object(BaseServer, "handle_error")  # Chromium cuts connections
    with quiet, serving(folder) as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page()
        page.route(
            "**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort()
        )
        page.on("dialog", lambda dialog: dialog.dismiss())
        for path in pages:
            row.trials += 1
            page.goto(base + path.relative_to(folder).as_posix(), wait_until="load")
            name = f"seed {seed}, {path.relative_to(folder)}"
            if page.evaluate("window.executed"):
                row.count("executed", f"{name}: a script ran")
            elif active := page.evaluate(ACTIVE):
                row.count("executed", f"{name}: {active[:3]}")
        chromium.close()
