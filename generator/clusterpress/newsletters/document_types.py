"""The document of an issue: JSON values, complete but for their look, the same for web, PDF and mail."""

from typing import NotRequired, TypedDict

from clusterpress.newsletters.nodes import Block, DescribedPicture, LinkTarget


class CreditedPicture(DescribedPicture):
    """A picture with the words that belong to it."""

    caption: str
    credit: str


class LocalText(TypedDict):
    """Words with their language."""

    text: str
    lang: str


class LabelledLink(LinkTarget):
    """A link to read on."""

    label: str


class ContactLine(TypedDict):
    """A labelled part of a contact card."""

    label: str
    lines: list[str]
    href: str
    """Empty when it is no link."""


class StoryDocument(TypedDict):
    """An item as its section shows it."""

    id: str
    """Anchor within the issue."""
    lang: str
    kind: str
    title: str
    titled: bool
    """Whether the title differs from the section's, and so is shown."""
    standfirst: str
    byline: str
    picture: CreditedPicture | None
    chips: list[str]
    """Sectors."""
    body: list[Block]
    words: int
    href: str
    """Full address on the site."""
    more: list[LabelledLink]
    country: str
    about: NotRequired[str]
    """When and where an event takes place, in one line; events only, like the next four."""
    place: NotRequired[str]
    when: NotRequired[str]
    fuzzy: NotRequired[bool]
    """Whether the date is not exact."""
    cancelled: NotRequired[bool]
    number: NotRequired[str]
    """Partner number; all kinds but events, like the next two."""
    role: NotRequired[str]
    contact: NotRequired[list[ContactLine]]


class GroupDocument(TypedDict):
    """Stories of one partner, cluster, programme or author, or those without one."""

    number: str
    """Partner number."""
    name: str
    """Empty if the section has no other group."""
    stories: list[StoryDocument]


class SectionDocument(TypedDict):
    """A section: its stories, or the same stories in groups."""

    id: str
    title: str
    layout: str
    colour: str
    start: str
    summary: str
    text: list[Block]
    """Before its stories."""
    stories: list[StoryDocument]
    groups: list[GroupDocument]
    close: list[Block]
    """After its stories."""


class FundingDocument(TypedDict):
    """What must be shown beside the emblem."""

    rules: str
    emblem: str
    """Its text alternative."""
    emblem_lang: str
    statement: str
    statement_lang: str
    first: list[LocalText]
    """Stands on the cover."""
    inside: list[LocalText]
    """Stands on the second page and at the end as well."""
    first_screen: bool
    logos: list[CreditedPicture]


class Masthead(TypedDict):
    """Who publishes the newsletter."""

    name: str
    wordmark: str
    tagline: str
    url: str
    page: str
    """Full address of the issue on the site."""
    publisher: str
    address: str
    colours: dict[str, str]


class CoverCanvas(TypedDict):
    """Measures of the cover's art."""

    ring: tuple[float, float, float]
    width: float
    height: float


class Colophon(TypedDict):
    """What follows the last section in print."""

    subscribe: str
    """Address of the page where readers subscribe."""
    next: str
    """When the next issue appears; may be empty."""
    logos: list[CreditedPicture]
    """Those of the partners in the issue."""


class IssueDocument(TypedDict):
    """An issue."""

    title: str
    description: str
    lang: str
    dir: str
    date: list[int]
    """Year, month, day."""
    number: int
    issue: str
    """The number in words: no. 3."""
    period: str
    masthead: Masthead
    cover: CreditedPicture | None
    editorial: list[Block]
    funding: FundingDocument | None
    labels: dict[str, str]
    sections: list[SectionDocument]
    art: NotRequired[CoverCanvas]
    """In print only, like the next one."""
    colophon: NotRequired[Colophon]
