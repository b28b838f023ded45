"""A campaign: the e-mail of an issue as a mailing service keeps it, and how it is handed over."""

from collections.abc import Callable, Iterable
from typing import Protocol

from msgspec import Struct

from clusterpress.publishing.errors import PublishError

Report = Callable[[str, int, int], None]
"""Called with the stage, the number of steps done, and their total."""


class Campaign(Struct, frozen=True, kw_only=True):
    """The e-mail of an issue."""

    name: str
    """By which a later run finds the campaign; readers do not see it."""
    subject: str
    preheader: str
    html: str
    """With the service's tag for unsubscribing; pictures by their addresses on the site."""
    text: str
    sender_name: str
    sender: str
    """Address of the sender, or of replies; may be empty where the service has its own."""
    tracking: bool = False
    """Whether the settings say that readers are counted."""


class Found(Struct, frozen=True, kw_only=True):
    """A campaign that is already at the service."""

    id: str
    status: str
    """In the service's own words."""


class HandedOver(Struct, frozen=True, kw_only=True):
    """The result of handing a campaign over."""

    id: str
    is_new: bool
    remarks: tuple[str, ...] = ()
    """What staff should look at there."""


class MailingService(Protocol):
    """An account at a mailing service."""

    title: str
    """Its name."""
    draft: str
    """Its word for the status of a draft."""

    def check_list(self) -> None:
        """Raise `PublishError` if the list of the settings does not exist."""

    def find(self, name: str) -> Iterable[Found]:
        """Yield the campaigns with a name."""

    def create(self, campaign: Campaign) -> str:
        """Create a draft, and return its id."""

    def update(self, campaign_id: str, campaign: Campaign) -> tuple[str, ...]:
        """Write the whole campaign into a draft, and return remarks."""


def hand_over(service: MailingService, campaign: Campaign, report: Report) -> HandedOver:
    """Create a draft at a service, or update the one of an earlier run.

    An interrupted run leaves a draft without its content at worst; the next run finds and completes it.

    Args:
        service: the account.
        campaign: the e-mail.
        report: called with the progress.

    Raises:
        PublishError: the service refuses, or the campaign is no longer a draft.
    """
    try:
        return _hand_over(service, campaign, report)
    except (KeyError, TypeError, AttributeError) as error:  # JSON of another shape
        message = f"{service.title} does not answer as its interface should"
        raise PublishError(message, "check the address in the settings") from error


def _hand_over(service: MailingService, campaign: Campaign, report: Report) -> HandedOver:
    stage, steps = f"handing over to {service.title}", 3
    report(stage, 0, steps)
    service.check_list()
    report(stage, 1, steps)
    found = list(service.find(campaign.name))
    drafts = [one for one in found if one.status == service.draft]
    if found and not drafts:
        message = (
            f'the campaign "{campaign.name}" at {service.title} is "{found[0].status}", no longer a draft'
        )
        raise PublishError(
            message, "nothing was changed there; to send it again, copy it there and edit the copy"
        )
    report(stage, 2, steps)
    campaign_id = drafts[0].id if drafts else service.create(campaign)
    remarks = service.update(campaign_id, campaign) if drafts or needs_completion(service) else ()
    if len(drafts) > 1:
        remarks = (
            *remarks,
            f"{len(drafts)} drafts have this name; the newest was updated, delete the others",
        )
    report(stage, steps, steps)
    return HandedOver(id=campaign_id, is_new=not drafts, remarks=remarks)


def needs_completion(service: MailingService) -> bool:
    """Return whether a service takes the content of a campaign by a second request."""
    return bool(getattr(service, "creates_empty", False))


def protect(text: str, tag: str, signs: Iterable[str], *, is_html: bool) -> str:
    """Return a text in which a service finds no template code but its tag for unsubscribing.

    Args:
        text: HTML or plain text, which may quote template code.
        tag: the tag; may be empty.
        signs: two characters with which code of the service begins.
        is_html: in HTML, a character becomes a reference; in plain text, a space parts the two.
    """
    parts = text.split(tag) if tag else [text]
    for sign in signs:
        first, second = sign[0], sign[1]
        other = f"&#{ord(first)};{second}" if is_html else f"{first} {second}"
        parts = [part.replace(sign, other) for part in parts]
    return tag.join(parts)
