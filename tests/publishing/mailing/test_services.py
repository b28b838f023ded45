"""Drafts at mailing services: created once, then updated, and never sent; every refusal in words."""

import socket

import pytest
from msgspec.structs import replace

from clusterpress.config.subscriptions import (
    BrevoSettings,
    ButtondownSettings,
    ListmonkSettings,
    MailchimpSettings,
)
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.mailing.campaign import Campaign, hand_over
from clusterpress.publishing.mailing.services import open_service
from tests.publishing.mailing.stand_ins import ALL, Brevo, Buttondown, Listmonk, Mailchimp, serving

CAMPAIGN = Campaign(
    name="x.eu: letter 3 (en)",
    subject="Third: “Ünïcode”",
    preheader="What is new",
    html='<!doctype html>\n<html>\n<body>\n\n<p><img src="https://x.eu/a.png"></p>\n\n</body></html>',
    text="Hello,\n\nthird.",
    sender_name="The Letter, monthly",
    sender="news@x.eu",
)
SETTINGS = {
    "listmonk": lambda url: ListmonkSettings(url=url, list=3),
    "brevo": lambda url: BrevoSettings(url=url, list=3),
    "mailchimp": lambda url: MailchimpSettings(url=url, list="ab12"),
    "buttondown": lambda url: ButtondownSettings(url=url),
}


class Desk:
    """A stand-in, and campaigns handed over to it."""

    def __init__(self, stand_in, address):
        self.there, self.address, self.paused, self.stages = stand_in, address, [], []

    def hand(self, campaign=CAMPAIGN, key=None, **settings):
        block = replace(SETTINGS[self.there.service](self.address), **settings)
        options = {"sleep": self.paused.append, "timeout": 2.0}
        account = open_service(self.there.service, block, key or self.there.key, **options)
        return hand_over(account, campaign, lambda *stage: self.stages.append(stage))

    def refusal(self, **more):
        with pytest.raises(PublishError) as fault:
            self.hand(**more)
        return str(fault.value)


@pytest.fixture(params=ALL, ids=lambda one: one.service)
def desk(request):
    stand_in = request.param()
    with serving(stand_in) as address:
        yield Desk(stand_in, address)
    assert stand_in.wrong == []


def shown(there):
    """Return (name, subject, preheader, HTML, text) of the only campaign, wherever a service keeps them."""
    (kept,) = there.campaigns.values()
    match there.service:
        case "listmonk":
            return kept["name"], kept["subject"], None, kept["body"], kept["altbody"]
        case "brevo":
            return kept["name"], kept["subject"], kept["previewText"], kept["htmlContent"], None
        case "mailchimp":
            settings = kept["settings"]
            return (
                settings["title"],
                settings["subject_line"],
                settings["preview_text"],
                kept["html"],
                kept["plain_text"],
            )
    return kept["metadata"]["clusterpress"], kept["subject"], kept["description"], kept["body"], None


def test_a_campaign_is_created_once_and_then_updated(desk):
    first = desk.hand()
    creates = len(desk.there.requests("POST"))
    second = desk.hand(replace(CAMPAIGN, subject="Third, corrected", html="<p>New</p>", text="New"))
    third = desk.hand(replace(CAMPAIGN, subject="Third, corrected", html="<p>New</p>", text="New"))
    assert [first.is_new, second.is_new, third.is_new] == [True, False, False]
    assert first.id == second.id == third.id
    assert len(desk.there.requests("POST")) == creates  # of the first run alone
    name, subject, _, html, text = shown(desk.there)
    assert (name, subject) == (CAMPAIGN.name, "Third, corrected")
    assert "<p>New</p>" in html
    assert text in ("New", None)


def test_all_parts_arrive_with_tracking_off(desk):
    desk.hand()
    name, subject, preheader, html, text = shown(desk.there)
    assert (name, subject) == (CAMPAIGN.name, CAMPAIGN.subject)
    assert preheader in (CAMPAIGN.preheader, None)
    assert text in (CAMPAIGN.text, None)
    assert '<img src="https://x.eu/a.png">' in html
    (kept,) = desk.there.campaigns.values()
    if desk.there.service == "mailchimp":
        assert kept["tracking"] == {"opens": False, "html_clicks": False, "text_clicks": False}
    if desk.there.service == "listmonk":
        (template,) = [one for one in desk.there.templates if one["id"] == kept["template_id"]]
        assert "Track" not in template["body"]
    if desk.there.service == "buttondown":
        assert "\n\n" not in html  # Markdown would end the HTML there


def test_only_a_draft_is_ever_touched(desk):
    desk.hand()
    (kept,) = desk.there.campaigns.values()
    before = len(desk.there.requests("POST"))
    kept["status"] = "sent"
    message = desk.refusal()
    assert 'is "sent", no longer a draft; nothing was changed there' in message
    assert len(desk.there.requests("POST")) == before
    assert shown(desk.there)[1] == CAMPAIGN.subject


def test_a_campaign_is_found_among_many(desk):
    desk.hand()
    (mine,) = desk.there.campaigns
    for number in range(1000, 1230):
        other = {
            **desk.there.campaigns[mine],
            "name": f"{number}",
            "metadata": {},
            "settings": {"title": f"{number}"},
        }
        desk.there.campaigns[str(number)] = other
    assert desk.hand().id == mine
    assert len(desk.there.campaigns) == 231


def test_the_progress_is_reported(desk):
    desk.hand()
    (stage,) = {stage for stage, _, _ in desk.stages}
    assert desk.there.service in stage.lower()
    assert [done for _, done, _ in desk.stages] == [0, 1, 2, 3]


@pytest.mark.parametrize("list_", ["wrong"])
def test_a_wrong_list_is_named_before_anything_is_created(desk, list_):
    if desk.there.service == "buttondown":  # a key belongs to one newsletter: no list can be wrong
        desk.hand()
        assert len(desk.there.campaigns) == 1
        return
    message = desk.refusal(list=list_ if desk.there.service == "mailchimp" else 8)
    assert "check the address and the list in the settings" in message
    assert "404" in message
    assert desk.there.campaigns == {}
    assert desk.there.requests("POST") == []


def test_a_wrong_key_is_named_and_never_shown(desk):
    key = desk.there.key.replace("0", "9").replace("sesame", "other")
    message = desk.refusal(key=key)
    assert "refuses the key (401)" in message
    assert f"CLUSTERPRESS_{desk.there.service.upper()}_KEY" in message
    assert key not in message
    assert desk.there.campaigns == {}


FIND = {
    "listmonk": "/api/campaigns",
    "brevo": "/v3/emailCampaigns",
    "mailchimp": "/3.0/campaigns",
    "buttondown": "/v1/emails",
}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "does not let this key do that (403): no rights; give the key the rights"),
        (404, "does not know what was asked for (404): no rights"),
        (400, "refuses the request (400): no rights; correct what it names"),
        (422, "refuses the request (422): no rights"),
        (500, "has a fault of its own (500); run the command again"),
        (503, "has a fault of its own (503); run the command again"),
        (301, "sends to another address (https://elsewhere.eu/)"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_refusal_is_told_and_the_next_run_repairs(desk, status, words, method):
    desk.there.fail(
        method,
        FIND[desk.there.service],
        status,
        {"message": "no rights"},
        times=3,
        Location="https://elsewhere.eu/",
    )
    message = desk.refusal()
    assert words in message
    assert desk.there.campaigns == {}
    desk.there.faults.clear()
    assert desk.hand().is_new
    assert len(desk.there.campaigns) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_pause_that_is_asked_for_is_kept(desk, method):
    desk.there.fail(method, FIND[desk.there.service], 429, {"message": "slow down"}, Retry_After="7")
    assert desk.hand().is_new
    assert desk.paused == [7.0]
    assert len(desk.there.campaigns) == 1


def test_a_long_pause_is_left_to_staff(desk):
    desk.there.fail("GET", FIND[desk.there.service], 429, {"message": "slow down"}, Retry_After="3600")
    assert "asks for a pause (429): slow down; run the command again in 3600 seconds" in desk.refusal()
    assert desk.paused == []


def test_a_fault_on_the_way_is_tried_again_only_where_nothing_can_be_made_twice(desk):
    desk.there.fail("GET", FIND[desk.there.service], 502, b"<html>bad gateway", times=2)
    assert desk.hand().is_new
    assert len(desk.paused) == 2
    desk.there.campaigns.clear()
    desk.there.fail("POST", FIND[desk.there.service], 502, b"<html>bad gateway")
    before = len([path for path in desk.there.requests("POST") if path == FIND[desk.there.service]])
    assert "has a fault of its own (502)" in desk.refusal()
    assert (
        len([path for path in desk.there.requests("POST") if path == FIND[desk.there.service]]) == before + 1
    )


def test_a_network_that_goes_away_leaves_nothing_half_done(desk):
    desk.there.fail("POST", FIND[desk.there.service], 0)
    assert "cannot be reached" in desk.refusal()
    assert desk.hand().is_new
    assert len(desk.there.campaigns) == 1


def test_no_server_at_all(desk):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    message = desk.refusal(url=address)
    assert f"at {address.removeprefix('http://')} cannot be reached" in message
    assert "check the connection and the address" in message


def test_a_server_that_never_answers(desk):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        account = open_service(
            desk.there.service,
            replace(SETTINGS[desk.there.service](address)),
            desk.there.key,
            sleep=desk.paused.append,
            timeout=0.1,
        )
        with pytest.raises(PublishError, match="does not answer; run the command again"):
            hand_over(account, CAMPAIGN, lambda *_: None)


def test_an_answer_that_is_no_json_is_told(desk):
    desk.there.fail("GET", FIND[desk.there.service], 200, b"<html>Welcome to nginx")
    assert "does not answer as its interface should; check the address" in desk.refusal()


@pytest.mark.parametrize(
    "answer", [[], {}, "words", {"data": None}, {"results": None}, {"campaigns": 3, "total_items": "x"}]
)
def test_an_answer_of_another_shape_is_told(desk, answer):
    desk.there.fail("GET", FIND[desk.there.service], 200, answer)
    if desk.there.service == "brevo" and answer in ({}, {"data": None}, {"results": None}):
        assert desk.hand().is_new  # Brevo leaves out empty lists
    else:
        assert "does not answer as its interface should" in desk.refusal()


@pytest.mark.parametrize("key", ["press:ses\name", "präss:-us6", "press: sesame-us6", ""])
def test_a_key_with_other_characters_is_told_and_not_shown(desk, key):
    message = desk.refusal(key=key or "\t")
    assert "has characters that no key has; copy it again" in message
    assert "sesame" not in message
    assert desk.there.asked == []


def test_an_interrupted_mailchimp_draft_is_completed_by_the_next_run():
    there = Mailchimp()
    with serving(there) as address:
        desk = Desk(there, address)
        there.fail(
            "PUT", "/3.0/campaigns/.*/content", 400, {"title": "Bad", "detail": "the HTML is too large"}
        )
        assert "refuses the request (400): the HTML is too large. Bad" in desk.refusal()
        (kept,) = there.campaigns.values()
        assert "html" not in kept
        assert not desk.hand().is_new
        assert kept["html"] == CAMPAIGN.html
        assert len(there.campaigns) == 1
    assert there.wrong == []


def test_counting_that_mailchimp_does_not_turn_off_is_told():
    there = Mailchimp()
    with serving(there) as address:
        there.forced_tracking = True
        (remark,) = Desk(there, address).hand().remarks
        assert "keeps counting readers" in remark
        there.forced_tracking = False
        assert Desk(there, address).hand().remarks == ()
        Desk(there, address).hand(replace(CAMPAIGN, tracking=True))
        (kept,) = there.campaigns.values()
        assert kept["tracking"]["opens"] is True


def test_listmonk_takes_the_senders_address_only_if_there_is_one():
    there = Listmonk()
    with serving(there) as address:
        Desk(there, address).hand()
        (kept,) = there.campaigns.values()
        assert kept["from_email"] == '"The Letter, monthly" <news@x.eu>'
        templates = len(there.templates)
        there.campaigns.clear()
        Desk(there, address).hand(replace(CAMPAIGN, sender=""))
        (kept,) = there.campaigns.values()
        assert "from_email" not in kept
        assert len(there.templates) == templates
    assert there.wrong == []


@pytest.mark.parametrize(
    ("service", "key", "words"),
    [("listmonk", "sesame", "has no user"), ("mailchimp", "sesame", "data centre")],
)
def test_a_key_of_another_form_is_told(service, key, words):
    settings = {
        "listmonk": ListmonkSettings(url="https://x.eu", list=3),
        "mailchimp": MailchimpSettings(list="a"),
    }
    with pytest.raises(PublishError, match=words) as fault:
        open_service(service, settings[service], key)
    assert "sesame" not in str(fault.value)


def test_the_addresses_of_the_services_are_their_own():
    assert (
        open_service("mailchimp", MailchimpSettings(list="a"), Mailchimp.key).client.base
        == "https://us6.api.mailchimp.com"
    )
    assert open_service("brevo", BrevoSettings(list=3), Brevo.key).client.base == "https://api.brevo.com"
    assert (
        open_service("buttondown", ButtondownSettings(), Buttondown.key).client.base
        == "https://api.buttondown.com"
    )
