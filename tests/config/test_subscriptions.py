"""The ``subscribe:`` and ``send:`` blocks: facts that readers are told, and keys that never stand in a file."""

import pytest

from clusterpress.config.reader import read_settings

BASE = "name: X\nurl: https://x.eu/\nlanguages: [en, fr]\nnewsletters:\n  letter:\n    name: Letter\n"
FACTS = (
    "double_opt_in: true, tracking: false, retention: {en: until you unsubscribe, fr: jusqu’au désabonnement}"
)
FORMS = {
    "listmonk": "url: https://lists.x.eu, list: 0b9f4d42-5a5f-4c41-9f5c-1d6a7a3f1c11",
    "brevo": "url: https://a1.sibforms.com/serve/MUI, processor: Sendinblue SAS, country: {en: France, fr: France}, privacy_url: https://brevo.example/p",
    "mailchimp": "url: 'https://x.us1.list-manage.com/subscribe/post?u=1a&id=2b', processor: Intuit, country: {en: USA, fr: États-Unis}, privacy_url: https://intuit.example/p",
    "buttondown": "url: https://buttondown.com/letter, processor: Buttondown, country: {en: USA, fr: États-Unis}, privacy_url: https://b.example/p",
    "link": "url: 'mailto:us@x.eu?subject=Subscribe'",
    "none": "",
}


def read(block):
    found, problems = read_settings(f"{BASE}    {block}\n")
    return found, [str(one).partition(": ")[2] for one in problems]


@pytest.mark.parametrize("service", FORMS)
def test_each_service_is_read_with_its_facts(service):
    found, problems = read(f"subscribe: {{service: {service}, {FACTS}, {FORMS[service]}}}")
    assert problems == []
    block = found.newsletters["letter"].subscribe
    assert (block.service, block.double_opt_in, block.tracking) == (service, True, False)


@pytest.mark.parametrize("fact", ["double_opt_in", "tracking", "retention"])
def test_a_fact_that_is_not_stated_is_an_error_that_says_what_to_add(fact):
    facts = {
        "double_opt_in": "double_opt_in: true",
        "tracking": "tracking: false",
        "retention": "retention: {en: a, fr: b}",
    }
    rest = ", ".join(text for name, text in facts.items() if name != fact)
    found, problems = read(f"subscribe: {{service: none, {rest}}}")
    assert found is None
    assert problems == [f'error: "subscribe" has no "{fact}"; add "{fact}: …" to it']


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (f"service: brevo, url: https://a.sibforms.com/serve/M, {FACTS}", "which company keeps"),
        (f"service: none, processor: Mailer Ltd, {FACTS}", '"Mailer Ltd" keeps the addresses, and "country" is missing'),
        (f"service: none, processor: Mailer Ltd, {FACTS}", '"privacy_url" is missing'),
        ("service: none, double_opt_in: true, tracking: false, retention: for ever", '"retention" has no text in fr'),
        (f"service: link, {FACTS}", "has no address for link"),
        (f"service: link, url: javascript:x, {FACTS}", "cannot begin with"),
        (f"service: listmonk, url: https://lists.x.eu, {FACTS}", "which list"),
        (f"service: listmonk, url: http://lists.x.eu, list: 0b9f4d42-5a5f-4c41-9f5c-1d6a7a3f1c11, {FACTS}", "without encryption"),
        (f"service: mailchimp, url: https://x.list-manage.com/subscribe, processor: I, country: {{en: a, fr: b}}, privacy_url: https://i.eu, {FACTS}", "not the address of a form of Mailchimp"),
        (f"service: brevo, url: https://brevo.com/, processor: I, country: {{en: a, fr: b}}, privacy_url: https://i.eu, {FACTS}", "not the address of a form of Brevo"),
        (f"service: substack, {FACTS}", 'cannot be "substack"'),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said(block, words):
    found, problems = read(f"subscribe: {{{block}}}")
    assert found is None
    assert any(words in problem and "; " in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("url", "right"), [("https://x.eu/out", True), ("http://x.eu/out", False), ("mailto:x@x.eu", False)]
)
def test_one_click_unsubscription_is_encrypted(url, right):
    found, problems = read(f"unsubscribe_url: '{url}'")
    assert bool(found) is right
    assert problems == [] if right else "RFC 8058" in problems[0]


def test_send_is_read_by_service():
    found, problems = read(
        "send: {listmonk: {url: https://lists.x.eu, list: 3}, brevo: {list: 4}, mailchimp: {list: ab12},"
        " buttondown: {url: https://api.buttondown.com}, smtp: {host: localhost, port: 2525, security: none}}"
    )
    assert problems == []
    send = found.newsletters["letter"].send
    assert (send.listmonk.list, send.brevo.url, send.mailchimp.list, send.smtp.port) == (
        3,
        "https://api.brevo.com",
        "ab12",
        2525,
    )


@pytest.mark.parametrize("key", ["key", "api_key", "apikey", "token", "password", "API-Key", "secret"])
@pytest.mark.parametrize(
    "block", ["send: {{brevo: {{list: 4, {}: x}}}}", "subscribe: {{service: none, {}: x}}", "{}: x"]
)
def test_a_key_in_the_file_is_refused_with_words(block, key):
    found, problems = read(block.format(key))
    assert found is None
    told = [problem for problem in problems if "a key must not stand in this file" in problem]
    assert len(told) == 1
    assert "make a new one at the service" in told[0]
    assert not any("unknown key" in problem for problem in problems)


@pytest.mark.parametrize(
    ("send", "words"),
    [
        ("{listmonk: {url: http://lists.x.eu, list: 3}}", "without encryption"),
        ("{listmonk: {url: 'https://me:secret@lists.x.eu', list: 3}}", "a key must not stand in this file"),
        ("{smtp: {host: mail.x.eu, security: none}}", "without encryption"),
        ("{brevo: {list: 4, sender: nobody}}", "not an e-mail address"),
        ("{brevo: {}}", '"brevo" has no "list"'),
    ],
)
def test_an_address_that_would_tell_a_key_is_refused(send, words):
    found, problems = read(f"send: {send}")
    assert found is None
    assert any(words in problem for problem in problems), problems


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_needs_no_encryption(host):
    found, problems = read(f"send: {{listmonk: {{url: 'http://{host}:9000', list: 3}}}}")
    assert found, problems
