"""Forms to subscribe to a newsletter: as readers, browsers and mailing services see them."""

import re
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from clusterpress.config.legal import LegalSettings
from clusterpress.config.settings import NewsletterSettings
from clusterpress.config.subscriptions import SubscribeSettings
from clusterpress.library.subscriptions import check_subscriptions
from clusterpress.theme.content_security import read_policy
from clusterpress.theme.theme import FALLBACK

LABELS = Path(__file__).parents[2] / "themes/clusters-cord/website/labels"
LANGUAGES = sorted(path.stem for path in LABELS.glob("*.yml"))
FILES = {
    "programmes/cord.md": "---\ntitle: Cord\n---\n",
    "news/one.md": "---\ntitle: One\ndate: 2019-04-12\nprogramme: cord\n---\nText.\n",
    "news/two.md": "---\ntitle: Two\ndate: 2019-04-13\n---\nText.\n",
    "newsletters/01.md": "---\ntitle: First\nnewsletter: letter\nnumber: 1\ndate: 2019-05-01\neditions: [email]\n---\nDear readers.\n",
}
PLACES = (
    "index.html",
    "newsletters/index.html",
    "newsletters/letter/index.html",
    "newsletters/letter/1/index.html",
    "news/2019/two/index.html",
    "feeds/index.html",
)
UUID = "0b9f4d42-5a5f-4c41-9f5c-1d6a7a3f1c11"
SERVICES = {
    "listmonk": (
        {"url": "https://lists.x.eu/", "list": UUID},
        "https://lists.x.eu/subscription/form",
        {"email": "a@b.eu", "l": UUID, "nonce": ""},
    ),
    "brevo": (
        {"url": "https://a1.sibforms.com/serve/MUI=="},
        "https://a1.sibforms.com/serve/MUI==",
        {"EMAIL": "a@b.eu", "locale": "en", "email_address_check": ""},
    ),
    "mailchimp": (
        {"url": "https://x.us1.list-manage.com/subscribe/post?u=1a&id=2b&f_id=3c"},
        "https://x.us1.list-manage.com/subscribe/post?u=1a&id=2b&f_id=3c",
        {"EMAIL": "a@b.eu", "b_1a_2b": ""},
    ),
    "buttondown": (
        {"url": "https://buttondown.com/letter"},
        "https://buttondown.com/api/emails/embed-subscribe/letter",
        {"email": "a@b.eu", "embed": "1"},
    ),
}


def newsletters(service="listmonk", **more):
    values = SERVICES[service][0] if service in SERVICES else {}
    facts = {"double_opt_in": True, "tracking": False, "retention": "until you unsubscribe"}
    block = SubscribeSettings(service=service, **(values | facts | more))
    return {"letter": NewsletterSettings(name="The Letter", subscribe=block)}


def section(page):
    found = LexborHTMLParser(page).css("section.subscribe")
    assert len(found) == 1
    return found[0]


def posted(form):
    """Return what a browser posts when a reader has typed an address."""
    return {
        field.attributes["name"]: "a@b.eu"
        if field.attributes["type"] == "email"
        else field.attributes.get("value") or ""
        for field in form.css("input[name]")
    }


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("place", PLACES)
def test_each_service_gets_what_its_own_form_posts_and_the_page_may_post_there_alone(
    make_site, service, place
):
    _, action, fields = SERVICES[service]
    page = make_site(FILES, newsletters=newsletters(service)).page(place)
    form = section(page).css_first("form")
    assert (form.attributes["action"], form.attributes["method"]) == (action, "post")
    assert posted(form) == fields
    assert read_policy(page.encode())["form-action"] == ("'self'", re.match("https://[^/]+", action)[0])
    assert "<script" not in form.html


def test_the_field_is_labelled_required_and_filled_in_by_browsers(make_site):
    form = section(make_site(FILES, newsletters=newsletters()).page("index.html"))
    field = form.css_first("input[type=email]")
    assert form.css_first(f"label[for={field.attributes['id']}]").text() == "Your e-mail address"
    assert field.attributes["autocomplete"] == "email"
    assert "required" in field.attributes
    told = form.css_first(f"#{field.attributes['aria-describedby']}").text()
    assert "By subscribing, you agree to receive The Letter by e-mail." in told
    trap = form.css_first("input[name=nonce]")
    assert trap.attributes["tabindex"] == "-1"
    assert trap.parent.attributes["aria-hidden"] == "true"


def test_a_link_needs_no_form_and_widens_no_policy(make_site):
    site = make_site(FILES, newsletters=newsletters("link", url="mailto:us@x.eu?subject=Subscribe"))
    for place in PLACES:
        page = site.page(place)
        link = section(page).css_first("a.button")
        assert link.attributes["href"] == "mailto:us@x.eu?subject=Subscribe"
        assert not section(page).css("form")
        assert read_policy(page.encode())["form-action"] == ("'self'",)


@pytest.mark.parametrize("html", ["safe", "trusted"])
def test_text_that_looks_like_a_form_widens_no_policy(make_site, html):
    text = (
        'See <code> data-subscribe="https://evil.eu/"</code> and `<form data-subscribe="https://evil.eu/">`.'
    )
    files = FILES | {"news/two.md": FILES["news/two.md"].replace("Text.", text)}
    page = make_site(files, html=html, newsletters=newsletters("none")).page("news/2019/two/index.html")
    assert "evil.eu" in page
    assert read_policy(page.encode())["form-action"] == ("'self'",)


def test_every_footer_leads_to_the_form(make_site):
    site = make_site(FILES, newsletters=newsletters())
    links = LexborHTMLParser(site.page("news/2019/one/index.html")).css("footer a")
    (target,) = [link.attributes["href"] for link in links if "The Letter" in link.text()]
    assert target == "/feeds/#subscribe-letter"
    assert LexborHTMLParser(site.page("feeds/index.html")).css("section#subscribe-letter")


@pytest.mark.parametrize("place", [*PLACES, "news/2019/one/index.html"])
def test_without_the_block_nothing_is_shown(make_site, place):
    for settings in ({"letter": NewsletterSettings(name="The Letter")}, newsletters("none")):
        page = make_site(FILES, newsletters=settings).page(place)
        assert 'class="subscribe"' not in page
        assert "#subscribe-" not in page


def test_an_article_offers_the_newsletter_of_its_programme_else_the_first(make_site):
    both = newsletters() | {
        "cord": NewsletterSettings(
            name="Cord news", programme="cord", subscribe=newsletters()["letter"].subscribe
        )
    }
    site = make_site(FILES, newsletters=both)
    assert section(site.page("news/2019/one/index.html")).attributes["id"] == "subscribe-cord"
    assert section(site.page("news/2019/two/index.html")).attributes["id"] == "subscribe-letter"


def test_home_has_one_box_that_offers_each_newsletter_and_says_the_facts_once(make_site):
    """Each newsletter has a button of its own: consent to one is no consent to the other."""
    block = newsletters()["letter"].subscribe
    both = newsletters() | {"cord": NewsletterSettings(name="Cord news", subscribe=block)}
    box = section(make_site(FILES, newsletters=both).page("index.html"))
    choices = box.css(".subscribe__choice")
    assert [one.attributes["id"] for one in choices] == ["subscribe-letter", "subscribe-cord"]
    assert [posted(one.css_first("form")) for one in choices] == 2 * [SERVICES["listmonk"][2]]
    (told,) = box.css(".subscribe__facts")
    assert "to receive The Letter / Cord news by e-mail" in told.text()
    assert told.text().count("How long we keep your address") == 1
    ids = {one.attributes["aria-describedby"] for one in box.css("input[type=email]")}
    assert [told.css_first(f"#{one}") is not None for one in ids] == [True]


def test_newsletters_with_facts_of_their_own_state_them_beside_their_own_button(make_site):
    other = newsletters(tracking=True)["letter"].subscribe
    both = newsletters() | {"cord": NewsletterSettings(name="Cord news", subscribe=other)}
    box = section(make_site(FILES, newsletters=both).page("index.html"))
    first, second = (one.css_first(".subscribe__facts").text() for one in box.css(".subscribe__choice"))
    assert ("no picture and no link" in first, "which links you follow" in first) == (True, False)
    assert ("no picture and no link" in second, "which links you follow" in second) == (False, True)
    assert "Cord news" not in first


def test_an_article_of_a_programme_without_a_newsletter_offers_the_one_of_the_site(make_site):
    block = newsletters()["letter"].subscribe
    both = {"cord": NewsletterSettings(name="Cord news", programme="cord", subscribe=block)} | newsletters()
    files = FILES | {"programmes/other.md": "---\ntitle: Other\n---\n"}
    files["news/two.md"] = files["news/two.md"].replace("---\nText", "programme: other\n---\nText")
    site = make_site(files, newsletters=both)
    assert section(site.page("news/2019/two/index.html")).attributes["id"] == "subscribe-letter"
    assert section(site.page("news/2019/one/index.html")).attributes["id"] == "subscribe-cord"


def test_one_line_asks_for_consent_and_the_facts_unfold(make_site):
    facts = section(make_site(FILES, newsletters=newsletters()).page("index.html")).css_first(
        ".subscribe__facts"
    )
    assert facts.css_first("p").text().startswith("By subscribing, you agree to receive The Letter")
    assert "We keep your address" not in facts.css_first("p").text()
    assert "We keep your address" in facts.css_first("details").text()


@pytest.mark.parametrize(
    ("facts", "words", "not_said"),
    [
        ({"double_opt_in": True}, "link to confirm your address", "at once"),
        ({"double_opt_in": False}, "added at once", "link to confirm"),
        ({"tracking": False}, "no picture and no link that tells us", "which links you follow"),
        ({"tracking": True}, "which links you follow", "no picture and no link"),
        ({"processor": "Mailer Ltd", "country": "Malta", "privacy_url": "https://m.eu/p"}, "Mailer Ltd (Malta) keeps your address", "ourselves"),
        ({}, "We keep your address and send the e-mails ourselves.", "on our behalf"),
        ({"retention": "one year."}, "How long we keep your address: one year.", "unsubscribe."),
    ],
)  # fmt: skip
def test_the_form_says_the_facts_of_the_settings(make_site, facts, words, not_said):
    told = (
        section(make_site(FILES, newsletters=newsletters(**facts)).page("index.html"))
        .css_first(".subscribe__facts")
        .text()
    )
    assert words in told
    assert not_said not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_asks_for_consent_in_its_own_words(make_site, theme, lang):
    site = make_site(
        {"news/two.md": FILES["news/two.md"]},
        languages=(lang,),
        newsletters=newsletters(processor="Mailer Ltd", country="Malta", privacy_url="https://m.eu/p"),
    )
    assert list(check_subscriptions(site.library, theme)) == []
    told = section(site.page("index.html")).text()
    assert "The Letter" in told
    assert "Mailer Ltd (Malta)" in told
    english = yaml.safe_load((LABELS / f"{FALLBACK}.yml").read_text("utf-8"))
    for key in ("subscribe_address", "subscribe_confirmed", "subscribe_untracked"):
        assert (english[key] in told) is (lang == FALLBACK)


def test_a_language_without_words_is_an_error_that_names_them(make_site, theme):
    site = make_site({"news/two.md": FILES["news/two.md"]}, languages=("en", "is"), newsletters=newsletters())
    (problem,) = check_subscriptions(site.library, theme)
    assert "website/labels/is.yml" in problem.hint
    for key in ("subscribe_to", "subscribe_consent", "subscribe_untracked"):
        assert key in problem.message
    without = make_site({"news/two.md": FILES["news/two.md"]}, languages=("en", "is"))
    assert list(check_subscriptions(without.library, theme)) == []


NOTICE = "---\ntitle: Privacy\n{keys}---\n{text}\n"
KEEPER = {"processor": "Mailer Ltd", "country": "Malta", "privacy_url": "https://m.eu/p"}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("keeper", [{}, KEEPER])
def test_an_own_notice_that_does_not_name_who_keeps_addresses_is_an_error(make_site, theme, service, keeper):
    named = keeper.get("processor", "The Letter")
    blocks = newsletters(service, **keeper)

    def problems(text, keys=""):
        files = FILES | {"pages/privacy.md": NOTICE.format(keys=keys, text=text)}
        return list(check_subscriptions(make_site(files, newsletters=blocks).library, theme))

    (problem,) = problems("This site sets no cookies.")
    assert (problem.path, problem.severity) == ("content/pages/privacy.md", "error")
    assert named in problem.message
    assert "statement: privacy" in problem.hint
    assert problems(f"Your address is kept by {named.replace(' ', chr(10))}.") == []
    assert problems("This site sets no cookies.", "statement: privacy\n") == []


def test_an_own_notice_in_another_language_has_to_name_them_too(make_site, theme):
    files = FILES | {"pages/privacy.fr.md": NOTICE.format(keys="", text="Aucun cookie.")}
    site = make_site(files, languages=("en", "fr"), newsletters=newsletters(**KEEPER))
    (problem,) = check_subscriptions(site.library, theme)
    assert problem.path == "content/pages/privacy.fr.md"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("legal", [None, LegalSettings(address="Street 1")])
def test_the_facts_of_the_form_stand_below_an_own_notice(make_site, lang, legal):
    files = {"pages/privacy.md": NOTICE.format(keys="statement: privacy\n", text="First of all.")}
    site = make_site(files, languages=(lang,), newsletters=newsletters(**KEEPER), legal=legal)
    facts = LexborHTMLParser(site.page("privacy/index.html")).css_first("dl.subscriptions dd").text()
    form = section(site.page("index.html")).css_first(".subscribe__facts").text()
    assert "Mailer Ltd (Malta)" in facts
    assert " ".join(facts.split())[:80] in " ".join(form.split())
    assert "First of all." in site.page("privacy/index.html")


def test_without_a_newsletter_nothing_stands_below_an_own_notice(make_site):
    files = {"pages/privacy.md": NOTICE.format(keys="statement: privacy\n", text="First of all.")}
    page = LexborHTMLParser(make_site(files).page("privacy/index.html"))
    assert len(page.css("article > .text")) == 1
