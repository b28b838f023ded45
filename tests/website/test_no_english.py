"""Sites in one language: no word of the interface is English, wherever it is written."""

import re
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.legal import AccessibilitySettings, BarrierSettings, LegalSettings, PrivacySettings
from clusterpress.config.settings import NewsletterSettings
from clusterpress.config.subscriptions import SubscribeSettings
from clusterpress.feeds.plan import outputs as feed_outputs
from clusterpress.library.topics import feed_topics
from clusterpress.newsletters.mail.plan import mail_outputs
from clusterpress.newsletters.resolve import resolve_issues
from clusterpress.newsletters.web.plan import web_outputs
from clusterpress.theme.theme import read_labels, section_words
from tests.marked_theme import MARK, mark_english
from tests.planned import expand_bundles
from tests.website.conftest import assemble_site
from tests.website.test_languages import LANGUAGES as ALL_LANGUAGES

LANGUAGES = ("bg", "et", "ga", "lt", "lv", "mt", "sr", "uk")

SAME = {"et": {"Partner"}, "mt": {"Mar"}}
"""Words of a language that are spelt as in English."""

NAMES = (
    "Zzorg", "Zzus", "Zzus & Co", "Zzitem", "Zztwo", "Zzthree", "Zztext", "Zzann", "Zzforum", "Zzfair", "Zzlater",
    "Zzcord", "Zzqoot", "Zzmilano", "Zztag", "Zzletter", "Zzissue", "Zzplace", "Zzfood", "Zzitaly", "Zzrole", "Zzlink",
    "Zzlaw", "Zzbody", "Zzhost", "Zzlogs", "Zzauthority", "Zzbarrier", "Zzinstead", "Zzperson", "Zzregister", "Zzvat",
    "Zzstreet", "Zzeurope", "PP8",
)  # fmt: skip
"""Everything that an editor writes: no word of any language."""

FORMATS = (
    "RSS",
    "Atom",
    "JSON Feed",
    "JSON",
    "OPML",
    "PDF",
    "LinkedIn",
    "Mastodon",
    "Bluesky",
    "WhatsApp",
    "Facebook",
    "EUR",
)
"""Names that are the same everywhere."""

CONTACT = "contact: {web: 'https://p.eu/', email: a@p.eu, phone: '1', fax: '2', street: Zzstreet 1, city: Zzplace}\n"
FILES = {
    "programmes/zzcord.md": (
        "---\ntitle: Zzcord\nperiod: 2017-2020\nlauncher: Zzorg\nbudget: EUR 7\neu_share: 90 %\npartner: Zzmilano\n"
        "boilerplate: Zztext.\nfunding: {rules: cpr-2021}\n---\nZztext.\n"
    ),
    "clusters/zzqoot.md": f"---\ntitle: Zzqoot\ncountry: Zzitaly\nsectors: [Zzfood]\nfounded: 2001\nhost: Zzorg\n{CONTACT}---\n",
    "partners/zzmilano.md": f"---\ntitle: Zzmilano\nnumber: PP8\nrole: Zzrole\nprogramme: zzcord\n{CONTACT}---\nZztext.\n",
    "clusters/zztwo.md": "---\ntitle: Zztwo\ncountry: Zzeurope\n---\nZztext.\n",
    "authors/zzann.md": "---\ntitle: Zzann\n---\nZztext.\n",
    "events/zzforum.md": "---\ntitle: Zzforum\nstart: 2019-02-21\nend: 2019-02-22\nplace: Zzplace\nprogramme: zzcord\n---\nZztext.\n",
    "events/zzfair.md": "---\ntitle: Zzfair\nstart: 2031-03-01\ncancelled: true\nonline: true\norganiser: Zzorg\n---\nZztext.\n",
    "events/zzlater.md": "---\ntitle: Zzlater\nstart: 2032-03-01\nplace: Zzplace\n---\nZztext.\n",
    "news/zzitem.md": (
        "---\ntitle: Zzitem\ndate: 15 June 2019\nprogramme: zzcord\nauthor: [zzann, Zzperson]\ntags: [Zztag]\npartners: PP8\n"
        "cluster: zzqoot\nevent: zzforum\ncountries: [Zzitaly]\nmore: [{label: Zzlink, url: 'https://y.eu/'}]\n"
        "updated: 16 June 2019\n---\nZztext[^1].\n\nhttps://vimeo.com/123\n\n[^1]: Zztext.\n"
    ),
    "news/zztwo.md": "---\ntitle: Zztwo\ndate: 2019-06-14\ncluster: [zzqoot, zztwo]\ntags: [Zztag]\n---\nZztext.\n",
    "news/zzthree.md": "---\ntitle: Zzthree\ndate: 2018-06-14\nprogramme: zzcord\naliases: [/old/]\n---\nZztext.\n",
    "newsletters/01.md": (
        "---\ntitle: Zzissue\nnewsletter: letter\nnumber: 1\ndate: 2019-07-01\neditions: [web, email]\n"
        "sections:\n  - {title: Zztext, items: [zzitem]}\n---\nZztext.\n"
    ),
}  # fmt: skip
LEGAL = LegalSettings(
    controller="Zzorg", address="Zzstreet 1", email="a@x.eu", phone="1", representative="Zzperson",
    register="Zzregister", vat="Zzvat",
    accessibility=AccessibilitySettings(
        barriers=tuple(BarrierSettings(what="Zzbarrier", why=why, instead="Zzinstead") for why in ("non-compliance", "burden", "scope")),
        prepared="2019-03-01", reviewed="2019-05-02", law="Zzlaw", feedback="https://x.eu/f", enforcement="Zzbody",
    ),
    privacy=PrivacySettings(
        host="Zzhost", logs="Zzlogs", officer="b@x.eu", authority="Zzauthority", authority_url="https://y.eu/",
        updated="2019-03-01",
    ),
)  # fmt: skip
PAGES = (
    "index.html", "news/index.html", "news/2019/zzitem/index.html", "events/index.html",
    "events/zzforum/index.html", "programmes/zzcord/index.html", "search/index.html", "404.html", "feeds/index.html",
    "legal/index.html", "privacy/index.html", "accessibility/index.html", "newsletters/letter/1/index.html",
)  # fmt: skip


SUBSCRIBE = SubscribeSettings(
    service="brevo", url="https://a1.sibforms.com/serve/M", double_opt_in=True, tracking=False, retention="Zzlogs",
    processor="Zzhost", country="Zzitaly", privacy_url="https://z.eu/",
)  # fmt: skip


def written(theme, lang):
    """Return path → text of every page, feed, web page of an issue and e-mail of a small site."""
    letter = NewsletterSettings(name="Zzletter", address="Zzplace", subscribe=SUBSCRIBE)
    site = assemble_site(
        theme, FILES, name="Zzus", description="Zztext", publisher="Zzus & Co", contact="a@x.eu", languages=(lang,),
        page_size=1, shards={lang: (f"search/{lang}/",)}, programme="zzcord", legal=LEGAL, newsletters={"letter": letter},
    )  # fmt: skip
    issues, _ = resolve_issues(site.library)
    topics = tuple(feed_topics(site.library, section_words(theme)))
    others = (
        *web_outputs(issues, site.library, theme),
        *mail_outputs(issues, site.library, theme),
        *expand_bundles(feed_outputs(topics, site.library.settings)),
    )
    made = replace(site, outputs=site.outputs | {one.path: one for one in others})
    ends = (".html", ".txt", ".xml", ".json", ".opml", ".js")
    return {path: made.page(path) for path in made.outputs if path.endswith(ends)}


@pytest.fixture(scope="module")
def marked_theme(theme, tmp_path_factory):
    return mark_english(theme, tmp_path_factory.mktemp("theme") / "clusters-cord")


@pytest.fixture(scope="module")
def site_in(marked_theme):
    return cache(lambda lang: written(marked_theme, lang))


def pages(site):
    return {path: text for path, text in site.items() if path.endswith(".html")}


def texts(page):
    """Return every run of words that a page shows or speaks, without what editors wrote."""
    tree = LexborHTMLParser(page)
    for hidden in tree.css("script, style"):
        hidden.decompose()
    runs = [node.text(deep=False) for node in tree.css("*")]
    for node in tree.css("*"):
        runs += [node.attributes.get(name) or "" for name in ("aria-label", "title", "alt", "placeholder")]
    runs += [
        node.attributes.get("content") or ""
        for node in tree.css("meta[name=description], meta[property='og:title']")
    ]
    names = re.compile(
        "|".join(map(re.escape, sorted((*NAMES, *FORMATS), key=len, reverse=True)))
        + r"|https?://\S+|\S+\.eu\b\S*"
    )
    cleaned = (" ".join(run.replace(MARK, "").split()) for run in runs)
    return {run for run in cleaned if re.search(r"[^\W\d_]{2}", names.sub("", run))}


def test_the_small_site_has_a_page_of_every_kind_and_each_bears_words(site_in):
    english = site_in("en")
    assert {path for path in PAGES if MARK not in english[path]} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_comes_from_the_english_labels_or_statements(site_in, lang):
    found = {
        path: page[max(0, at - 40) : at + 60]
        for path, page in site_in(lang).items()
        if (at := page.find(MARK)) >= 0
    }
    assert found == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_are_those_of_the_english_site(site_in, lang):
    english = set().union(*map(texts, pages(site_in("en")).values()))
    allowed = SAME.get(lang, set())
    shared = {
        path: found
        for path, page in pages(site_in(lang)).items()
        if (found := texts(page) & english - allowed)
    }
    assert shared == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_marked_as_english(site_in, lang):
    for path, page in pages(site_in(lang)).items():
        assert [one.html for one in LexborHTMLParser(page).css('[lang^="en"]')] == [], path


@pytest.fixture(scope="module")
def whole_site(marked_theme):
    """Return a function language → a small site with all its pages, made when they are asked for."""
    letter = NewsletterSettings(name="Zzletter", address="Zzplace", subscribe=SUBSCRIBE)
    return cache(
        lambda lang: assemble_site(
            marked_theme, FILES, name="Zzus", contact="a@x.eu", languages=(lang,), programme="zzcord", legal=LEGAL,
            newsletters={"letter": letter}, page_size=1,
        )
    )  # fmt: skip


@pytest.mark.parametrize("lang", [lang for lang in ALL_LANGUAGES if lang != "en"])
def test_no_legal_page_is_english_in_another_language(whole_site, lang):
    for path in ("legal/index.html", "privacy/index.html", "accessibility/index.html"):
        page = whole_site(lang).page(path)
        assert MARK not in page, path
        assert LexborHTMLParser(page).css('[lang^="en"]') == [], path
        assert ".." not in LexborHTMLParser(page).css_first("main").text(), path


@pytest.mark.parametrize("lang", ALL_LANGUAGES)
@pytest.mark.parametrize("name", ["legal", "privacy", "accessibility", "funding"])
def test_each_statement_states_the_same_facts_in_each_language(theme, name, lang):
    def facts(lang):
        text = (Path(theme.folder) / f"website/statements/{name}.{lang}.html").read_text("utf-8")
        tags = re.findall(r"{[{%]-?\s*(.*?)\s*[%}]}", text)
        return {tag.replace(f".{lang}.", ".") for tag in tags if not tag.startswith("for why, heading")}

    assert facts(lang) == facts("en")


TEMPLATES = (
    "index.html", "news/index.html", "news/2019/zzitem/index.html", "events/zzforum/index.html",
    "programmes/zzcord/index.html", "privacy/index.html",
)  # fmt: skip


def words_of(theme, lang):
    """Return the words of a language that a page may show as they are."""
    labels = read_labels(theme, lang).values()
    return {word for one in labels for word in ([one] if isinstance(one, str) else one.values())}


@pytest.mark.parametrize("lang", [lang for lang in ALL_LANGUAGES if lang != "en"])
def test_no_word_of_another_language_stands_on_a_page(theme, whole_site, lang):
    others = {word: one for one in ALL_LANGUAGES if one != lang for word in words_of(theme, one)}
    own = words_of(theme, lang) | SAME.get(lang, set())
    for path in TEMPLATES:
        page = whole_site(lang).page(path)
        assert MARK not in page, path
        assert {run: others[run] for run in texts(page) & others.keys() - own} == {}, path
