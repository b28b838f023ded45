"""The settings of a site: what ``site_config.yml`` may say, as frozen values.

Each class is one block of the file and each field one key; the text under a field is its documentation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from clusterpress.config.legal import LegalSettings
from clusterpress.values.digests import digest
from clusterpress.values.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    """A profile on another platform."""

    label: str
    """Text of the link: ``LinkedIn``."""
    url: str
    """Address of the profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """An entry of the navigation or the footer."""

    label: str
    """Text of the link."""
    url: str
    """A path of this site (``/news/``) or a full address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """Contents of the feeds."""

    limit: int = 20
    """Number of items in a feed; the newest come first."""
    full_text: bool = True
    """Whether entries contain the full text, or only the summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSettings:
    """Sizes and formats in which the site publishes images."""

    widths: tuple[int, ...] = (320, 640, 1024)
    """Additional widths in pixels, up to 1600. An empty list publishes each image in one size only."""
    formats: tuple[Literal["avif", "webp"], ...] = ("webp",)
    """Additional compressed formats, best first. ``avif`` gives the smallest files but is slow to create."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterSettings:
    """A newsletter that the site publishes."""

    name: str
    """Full name."""
    wordmark: str = ""
    """Large text on the cover. Default: the name."""
    tagline: str = ""
    """Line above the wordmark."""
    url: str = ""
    """Website of the newsletter."""
    publisher: str = ""
    """Publisher."""
    address: str = ""
    """Postal address of the publisher."""
    programme: str = ""
    """Slug of the programme that funds it."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Colours that replace those of the theme, by name."""
    unsubscribe: Literal["none", "listmonk", "mailchimp", "brevo"] = "none"
    """Mailing service whose unsubscribe tag the e-mails contain. With ``none``, readers write to
    ``contact``."""
    cover_picture: Literal["linked", "embedded"] = "linked"
    """Whether the e-mail file (.eml) links to the cover image or embeds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """Whether a name without a record is an error (``closed``) or gets a page of its own (``open``)."""

    programme: Literal["closed", "open"] = "closed"
    """Programmes."""
    cluster: Literal["closed", "open"] = "closed"
    """Clusters."""
    partner: Literal["closed", "open"] = "closed"
    """Partners."""
    author: Literal["closed", "open"] = "open"
    """Authors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTarget:
    """Settings of every publishing target."""

    nojekyll: bool = False
    """Whether to add an empty ``.nojekyll``, so that GitHub Pages serves the files unchanged."""
    cname: str = ""
    """Host name of the site, for the file ``CNAME`` of GitHub and Codeberg Pages."""
    headers: bool = False
    """Whether to add ``_headers`` for Netlify and Cloudflare Pages: cache times and the security policy."""
    redirects: bool = False
    """Whether to add ``_redirects`` for Netlify, Cloudflare and GitLab Pages: the old addresses."""
    compress: tuple[Literal["gzip", "brotli"], ...] = ()
    """Compressed copies to add, for servers that support them. ``brotli`` needs the extra ``brotli``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderTarget(PublishTarget):
    """A folder on this machine or on a mounted drive."""

    type: Literal["folder"] = "folder"
    """``folder``."""
    path: str
    """The folder, relative to the project folder. ``~`` is your home folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitTarget(PublishTarget):
    """A branch of a Git repository, such as for GitHub Pages. Git itself finds the credentials."""

    type: Literal["git"] = "git"
    """``git``."""
    repository: str = "origin"
    """A remote of the project's repository, or the address of another repository."""
    branch: str = "gh-pages"
    """The branch. Each publication adds one commit."""
    force: bool = False
    """Whether to overwrite the branch and keep only the last commit. This saves space."""
    nojekyll: bool = True
    """As for all targets, but true by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SftpTarget(PublishTarget):
    """A folder of a server that speaks SFTP.

    Keys come from the SSH agent or ``~/.ssh``; a password, or a key's passphrase, from the environment
    variable ``CLUSTERPRESS_<NAME>_PASSWORD``.
    """

    type: Literal["sftp"] = "sftp"
    """``sftp``."""
    host: str
    """Host name of the server."""
    path: str
    """The folder on the server: absolute (``/var/www/news``), or relative to the user's home folder."""
    user: str = ""
    """User name. Default: your user name on this machine."""
    port: int = 22
    """Port of the server."""
    key: str = ""
    """File with the private key, relative to the project folder. Never put it into the repository."""
    known_hosts: str = ""
    """File with the server's public key, relative to the project folder, in addition to
    ``~/.ssh/known_hosts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Target(PublishTarget):
    """A bucket of Amazon S3 or of another store that speaks its language.

    Credentials come from where AWS tools look: ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``,
    ``~/.aws/credentials``, or the machine's role.
    """

    type: Literal["s3"] = "s3"
    """``s3``."""
    bucket: str
    """Name of the bucket."""
    prefix: str = ""
    """Folder in the bucket. Default: its top level."""
    endpoint: str = ""
    """Address of the service, unless it is Amazon: ``https://s3.example.eu``."""
    region: str = ""
    """Region, if the service requires one."""
    profile: str = ""
    """Profile of ``~/.aws/credentials``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one site."""

    name: str
    """Name of the site, in the masthead, in feeds and in page titles."""
    url: str
    """Public address of the site, including its sub-path if any: ``https://example.eu/news/``."""
    tagline: str = ""
    """Line under the name."""
    description: str = ""
    """One or two sentences for search engines, feeds and the home page."""
    publisher: str = ""
    """Organisation responsible for the site. Default: the name of the site."""
    contact: str = ""
    """E-mail address for readers."""
    logo: str = ""
    """Image below content/, for the masthead and for structured data."""
    programme: str = ""
    """Slug of the programme that funds the site. The footer shows its funding."""
    languages: tuple[str, ...] = ("en",)
    """Language codes. The first language is the main one; its addresses have no prefix."""
    time_zone: str = "Europe/Brussels"
    """Time zone of embargoes and of times without a zone."""
    page_size: int = 10
    """Number of items on a list page."""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """Patterns of page addresses by kind, with {year}, {month}, {day} and {slug}: ``news:
    /news/{year}/{slug}/``."""
    vocabulary: Vocabularies = field(default_factory=Vocabularies)
    """Which names must have a record. A single word applies to all."""
    html: Literal["trusted", "safe"] = "trusted"
    """``safe`` sanitises raw HTML in texts; ``trusted`` keeps it as written."""
    byline: Literal["dateline", "by", "submitted"] = "dateline"
    """How pages show date and author. A programme or an item may override this."""
    theme: str = "clusters-cord"
    """Folder under themes/, or name of a built-in theme."""
    social_cards: bool = False
    """Whether to create an image of 1200 × 630 pixels with the title of each news item, event and issue.
    Other platforms show it with a link. Otherwise they show the item's own image. An image takes 30 ms
    and 30 kB: the first build of 1,000 items takes half a minute longer."""
    feeds: FeedSettings = field(default_factory=FeedSettings)
    """Feeds."""
    pictures: PictureSettings = field(default_factory=PictureSettings)
    """Pictures."""
    search: bool = True
    """Whether readers can search the site. Each build creates the index."""
    newsletters: Mapping[str, NewsletterSettings] = field(default_factory=dict)
    """Newsletters by slug."""
    follow: tuple[FollowLink, ...] = ()
    """Profiles of the site on other platforms."""
    menu: tuple[MenuEntry, ...] = ()
    """Navigation. Default: the sections with content."""
    footer: tuple[MenuEntry, ...] = ()
    """Links in the footer of each page, such as legal pages."""
    front_matter: Mapping[str, str] = field(default_factory=dict)
    """Front-matter keys of other tools and their equivalents here: ``categories: tags``."""
    defaults: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    """Default front matter for the items in a folder of content/."""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """Folders of content/ with other names, and the kind of their items: ``posts: news``."""
    publish: Mapping[str, FolderTarget | GitTarget | SftpTarget | S3Target] = field(default_factory=dict)
    """Publishing targets by name: ``live: {type: folder, path: /var/www/news}``."""
    engine: Literal["mkdocs", "properdocs"] = "mkdocs"
    """Website engine: MkDocs, or its fork ProperDocs, which you must install."""
    legal: LegalSettings | None = None
    """Facts for the legal notice, the privacy notice and the accessibility statement."""
    mkdocs: str = ""
    """Settings of the website engine (features, extensions, hooks), in its own format."""

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]

    @property
    def root(self) -> str:
        """The path of the site on its server, with slashes at both ends: ``/`` or ``/news/``."""
        return "/" + self.url.split("://", 1)[-1].partition("/")[2]

    def digest_of_markup(self) -> bytes:
        """Return the digest of what changes how a body is rendered."""
        return digest(self.html, self.mkdocs)
