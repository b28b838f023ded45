"""JSON-LD of each kind of page, as it was when last looked at; ``make goldens`` writes it anew."""

import json
import re

from clusterpress.config.settings import NewsletterSettings
from clusterpress.content.items import MODELS

FILES = {
    "programmes/cord.md": "---\ntitle: Clusters Cord\nsummary: About it.\nurl: https://cord.example.eu/\n---\nText.\n",
    "clusters/qoot.md": "---\ntitle: QOOT\ncountry: Lebanon\nurl: https://qoot.example/\n---\nText.\n",
    "partners/milano.md": "---\ntitle: Milano Metropoli\ncountry: Italy\n---\nText.\n",
    "authors/ann.md": "---\ntitle: Ann Example\nemail: ann@example.eu\n---\nWrites.\n",
    "news/2019/one.md": (
        "---\ntitle: One & “two”\ndate: 2019-06-15 14:30\nauthor: ann\nprogramme: cord\ncluster: qoot\n"
        "tags: [food]\naudience: SMEs\nsummary: Short.\nimage: {src: /dot.png, alt: Dot}\n---\nText.\n"
    ),
    "events/forum.md": (
        "---\ntitle: Forum\nstart: 2012-02-21 10:00\nend: 2012-02-22\nplace: Linz\ncountry: Austria\n"
        "url: https://forum.example/\n---\nText.\n"
    ),
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
    "newsletters/cord/3.md": "---\ntitle: Issue\nnewsletter: cord\nnumber: 3\ndate: 2012-01-16\neditions: [email]\n---\nDear readers.\n",
}
PAGES = {
    "news": "news/2019/one/",
    "event": "events/forum/",
    "programme": "programmes/cord/",
    "cluster": "clusters/qoot/",
    "partner": "partners/milano/",
    "author": "authors/ann/",
    "issue": "newsletters/cord/3/",
    "page": "about/",
    "home": "",
}


def test_the_structured_data_of_each_kind_is_as_it_was(make_site, golden):
    assert MODELS.keys() <= PAGES.keys()
    site = make_site(
        FILES, ("static/dot.png",), newsletters={"cord": NewsletterSettings(name="Cord")}, publisher="Office"
    )
    found = {}
    for kind, url in PAGES.items():
        (script,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', site.page(f"{url}index.html")
        )
        found[kind] = json.loads(script)
    golden("website/json-ld.json", json.dumps(found, indent=1, ensure_ascii=False).encode() + b"\n")
