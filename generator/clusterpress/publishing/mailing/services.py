"""The mailing services, by the published descriptions of their interfaces. No request sends to a list."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from email.headerregistry import Address
from typing import Any, ClassVar

from msgspec import Struct

from clusterpress.config.subscriptions import (
    BrevoSettings,
    ButtondownSettings,
    ListmonkSettings,
    MailchimpSettings,
)
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.mailing.campaign import Campaign, Found, MailingService
from clusterpress.publishing.mailing.secrets import variable_of
from clusterpress.publishing.requests import JsonClient

PAGE = 100
"""Campaigns that are listed by one request."""

_PLAIN_TEMPLATE = '{{ template "content" . }}'
"""A template of listmonk that adds nothing, in particular no `{{ TrackView }}`."""

OWN_TEXT = "{} writes the text part by itself"
OWN_TRACKING = (
    "whether {} counts readers is a setting of the account there: it must agree with subscribe.tracking"
)


class Listmonk(Struct):
    """A listmonk server: https://listmonk.app/docs/apis/campaigns/."""

    settings: ListmonkSettings
    client: JsonClient
    title: ClassVar[str] = "listmonk"
    draft: ClassVar[str] = "draft"

    def check_list(self) -> None:
        """Raise `PublishError` if the list does not exist."""
        self.client.send("GET", f"/api/lists/{self.settings.list}")

    def find(self, name: str) -> Iterator[Found]:
        """Yield the campaigns with a name, the newest first."""
        page, seen, total = 1, 0, 1
        while seen < total:
            data = self.client.send(
                "GET", "/api/campaigns", page=page, per_page=PAGE, order_by="created_at", order="DESC"
            )["data"]
            results = data["results"] or []
            page, seen, total = page + 1, seen + len(results), data["total"] if results else 0
            yield from (
                Found(id=str(one["id"]), status=one["status"]) for one in results if one["name"] == name
            )

    def create(self, campaign: Campaign) -> str:
        """Create a draft; listmonk creates no other status."""
        return str(self.client.send("POST", "/api/campaigns", self._body(campaign))["data"]["id"])

    def update(self, campaign_id: str, campaign: Campaign) -> tuple[str, ...]:
        """Write the campaign into a draft."""
        self.client.send("PUT", f"/api/campaigns/{campaign_id}", self._body(campaign))
        return ()

    def _body(self, campaign: Campaign) -> dict[str, Any]:
        return {
            "name": campaign.name,
            "subject": campaign.subject,
            "lists": [self.settings.list],
            "type": "regular",
            "content_type": "html",
            "body": campaign.html,
            "altbody": campaign.text,
            "messenger": "email",
            "template_id": self._template(),
            "tags": ["clusterpress"],
            "auto_track_links": False,
            **(
                {"from_email": str(Address(campaign.sender_name, addr_spec=campaign.sender))}
                if campaign.sender
                else {}
            ),
        }

    def _template(self) -> int:
        """Return the template that adds nothing to a mail; the default one counts readers.

        Without a template, listmonk takes the default one (``queries.sql``, create-campaign).
        """
        for one in self.client.send("GET", "/api/templates")["data"]:
            if one["type"] == "campaign" and one["body"].strip() == _PLAIN_TEMPLATE:
                return int(one["id"])
        body = {"name": "clusterpress", "type": "campaign", "body": _PLAIN_TEMPLATE}
        return int(self.client.send("POST", "/api/templates", body)["data"]["id"])


class Brevo(Struct):
    """An account at Brevo: https://developers.brevo.com/reference/createemailcampaign-1."""

    settings: BrevoSettings
    client: JsonClient
    title: ClassVar[str] = "Brevo"
    draft: ClassVar[str] = "draft"

    def check_list(self) -> None:
        """Raise `PublishError` if the list does not exist."""
        self.client.send("GET", f"/v3/contacts/lists/{self.settings.list}")

    def find(self, name: str) -> Iterator[Found]:
        """Yield the campaigns with a name, the newest first."""
        offset, count = 0, 1
        while offset < count:
            answer = self.client.send(
                "GET",
                "/v3/emailCampaigns",
                type="classic",
                limit=PAGE,
                offset=offset,
                sort="desc",
                excludeHtmlContent="true",
            )
            results = answer.get("campaigns") or []
            offset, count = offset + PAGE, answer.get("count", 0)
            yield from (
                Found(id=str(one["id"]), status=one["status"]) for one in results if one["name"] == name
            )

    def create(self, campaign: Campaign) -> str:
        """Create a campaign, which is a draft as it has no time."""
        return str(self.client.send("POST", "/v3/emailCampaigns", self._body(campaign))["id"])

    def update(self, campaign_id: str, campaign: Campaign) -> tuple[str, ...]:
        """Write the campaign into a draft."""
        self.client.send("PUT", f"/v3/emailCampaigns/{campaign_id}", self._body(campaign))
        return ()

    def _body(self, campaign: Campaign) -> dict[str, Any]:
        return {
            "name": campaign.name,
            "subject": campaign.subject,
            "previewText": campaign.preheader,
            "sender": {"name": campaign.sender_name, "email": campaign.sender},
            "replyTo": campaign.sender,
            "htmlContent": campaign.html,
            "recipients": {"listIds": [self.settings.list]},
            "inlineImageActivation": False,
            "mirrorActive": False,
        }


class Mailchimp(Struct):
    """An account at Mailchimp: https://mailchimp.com/developer/marketing/api/campaigns/."""

    settings: MailchimpSettings
    client: JsonClient
    title: ClassVar[str] = "Mailchimp"
    draft: ClassVar[str] = "save"
    creates_empty: ClassVar[bool] = True

    def check_list(self) -> None:
        """Raise `PublishError` if the audience does not exist."""
        self.client.send("GET", f"/3.0/lists/{self.settings.list}", fields="id,name")

    def find(self, name: str) -> Iterator[Found]:
        """Yield the campaigns with a name, the newest first."""
        offset, total = 0, 1
        while offset < total:
            answer = self.client.send(
                "GET",
                "/3.0/campaigns",
                type="regular",
                count=PAGE,
                offset=offset,
                sort_field="create_time",
                sort_dir="DESC",
                fields="campaigns.id,campaigns.status,campaigns.settings.title,total_items",
            )
            offset, total = offset + PAGE, answer["total_items"]
            for one in answer["campaigns"]:
                if one["settings"].get("title") == name:
                    yield Found(id=one["id"], status=one["status"])

    def create(self, campaign: Campaign) -> str:
        """Create a draft without content."""
        return str(
            self.client.send("POST", "/3.0/campaigns", {"type": "regular", **self._body(campaign)})["id"]
        )

    def update(self, campaign_id: str, campaign: Campaign) -> tuple[str, ...]:
        """Write settings and content into a draft."""
        kept = self.client.send("PATCH", f"/3.0/campaigns/{campaign_id}", self._body(campaign))
        content = {"html": campaign.html, "plain_text": campaign.text}
        self.client.send("PUT", f"/3.0/campaigns/{campaign_id}/content", content)
        tracking = (kept or {}).get("tracking", {})
        if not campaign.tracking and any(
            tracking.get(key) for key in ("opens", "html_clicks", "text_clicks")
        ):
            return ("Mailchimp keeps counting readers, as some plans do: change the plan, or state it",)
        return ()

    def _body(self, campaign: Campaign) -> dict[str, Any]:
        counted = campaign.tracking
        return {
            "recipients": {"list_id": self.settings.list},
            "settings": {
                "title": campaign.name,
                "subject_line": campaign.subject,
                "preview_text": campaign.preheader,
                "from_name": campaign.sender_name,
                "reply_to": campaign.sender,
                "auto_footer": False,
                "inline_css": False,
            },
            "tracking": {"opens": counted, "html_clicks": counted, "text_clicks": counted},
        }


class Buttondown(Struct):
    """A newsletter at Buttondown: https://docs.buttondown.com/api-emails-introduction."""

    settings: ButtondownSettings
    client: JsonClient
    title: ClassVar[str] = "Buttondown"
    draft: ClassVar[str] = "draft"

    def check_list(self) -> None:
        """Do nothing: a key belongs to one newsletter, which is its list."""

    def find(self, name: str) -> Iterator[Found]:
        """Yield the e-mails with a name, which is kept in their metadata."""
        page, more = 1, True
        while more:
            answer = self.client.send("GET", "/v1/emails", page=page)
            page, more = page + 1, bool(answer.get("next"))
            for one in answer["results"]:
                if (one.get("metadata") or {}).get("clusterpress") == name:
                    yield Found(id=one["id"], status=one["status"])

    def create(self, campaign: Campaign) -> str:
        """Create a draft; without "status", some versions of the interface would send it."""
        return str(self.client.send("POST", "/v1/emails", self._body(campaign))["id"])

    def update(self, campaign_id: str, campaign: Campaign) -> tuple[str, ...]:
        """Write the e-mail into a draft."""
        self.client.send("PATCH", f"/v1/emails/{campaign_id}", self._body(campaign))
        return ()

    def _body(self, campaign: Campaign) -> dict[str, Any]:
        # Markdown keeps HTML as it is up to the first empty line (CommonMark, 4.6).
        html = "\n".join(line for line in campaign.html.splitlines() if line.strip())
        return {
            "subject": campaign.subject,
            "body": f"<!-- buttondown-editor-mode: plaintext -->\n{html}",
            "description": campaign.preheader,
            "status": "draft",
            "metadata": {"clusterpress": campaign.name},
        }


REMARKS: Mapping[str, tuple[str, ...]] = {
    "brevo": (OWN_TEXT.format("Brevo"), OWN_TRACKING.format("Brevo")),
    "buttondown": (
        OWN_TEXT.format("Buttondown"),
        OWN_TRACKING.format("Buttondown"),
        'choose the template "Naked" for the e-mail there, so that nothing is put around it',
    ),
}
"""Service → what its interface cannot set."""

SIGNS: Mapping[str, tuple[str, ...]] = {
    "listmonk": ("{{",),
    "brevo": ("{{", "{%"),
    "buttondown": ("{{", "{%"),
    "mailchimp": ("*|",),
}
"""Service → how its template code begins."""


class _Account(Struct, frozen=True):
    """How an account is opened."""

    make: Any
    header: str
    value: str
    """With the key in place of ``{key}``."""


_ACCOUNTS: Mapping[str, _Account] = {
    "listmonk": _Account(Listmonk, "Authorization", "token {key}"),
    "brevo": _Account(Brevo, "api-key", "{key}"),
    "mailchimp": _Account(Mailchimp, "Authorization", "Basic {basic}"),
    "buttondown": _Account(Buttondown, "Authorization", "Token {key}"),
}
SERVICES = tuple(_ACCOUNTS)
"""Names of the services in the settings."""


def open_service(name: str, settings: Any, key: str, **options: Any) -> MailingService:
    """Return an account at a service.

    Args:
        name: one of `SERVICES`.
        settings: its block of the settings.
        key: its key.
        options: other values of `JsonClient`.

    Raises:
        PublishError: the key has not the form that the service gives it.
    """
    account = _ACCOUNTS[name]
    if not (key.isascii() and key.isprintable()) or " " in key:
        message = f"the key of {account.make.title} has characters that no key has"
        raise PublishError(message, f"copy it again into {variable_of(name)}")
    if name == "listmonk" and ":" not in key:
        raise PublishError("the key of listmonk has no user", f"write {variable_of(name)}=user:token")
    basic = b64encode(f"clusterpress:{key}".encode()).decode()
    client = JsonClient(
        title=account.make.title,
        base=settings.url or _mailchimp_address(key),
        headers={account.header: account.value.format(key=key, basic=basic)},
        variable=variable_of(name),
        secret=key,
        **options,
    )
    service: MailingService = account.make(settings, client)
    return service


def _mailchimp_address(key: str) -> str:
    """Return the address of the data centre that stands at the end of a key: ``…-us6``."""
    centre = key.rpartition("-")[2]
    if not (centre.isalnum() and "-" in key):
        message = "the key of Mailchimp does not end with its data centre, such as -us6"
        raise PublishError(message, f"copy the whole key into {variable_of('mailchimp')}")
    return f"https://{centre}.api.mailchimp.com"
