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
    """A place on another platform where readers may follow a publisher."""

    label: str
    """What the link says: ``LinkedIn``."""
    url: str
    """Where it leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One entry of the site's navigation."""

    label: str
    """The words shown."""
    url: str
    """A path of this site (``/news/``) or a full address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """How feeds are made."""

    limit: int = 20
    """How many items a feed holds, newest first."""
    full_text: bool = True
    """Whether entries carry the whole text; otherwise the summary alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSettings:
    """In which versions pictures are published, so that no phone loads more than its screen can show."""

    widths: tuple[int, ...] = (320, 640, 1024)
    """Widths in pixels, beside the picture's own (at most 1600); none: pictures in one size only."""
    formats: tuple[Literal["avif", "webp"], ...] = ("webp",)
    """Lighter formats beside the picture's own, best first; ``avif`` is lightest, and slow to make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterSettings:
    """A newsletter that the site publishes."""

    name: str
    """Its full name."""
    wordmark: str = ""
    """The words set large on the cover; the name when not given."""
    tagline: str = ""
    """The line over the wordmark."""
    url: str = ""
    """The publication's own address."""
    publisher: str = ""
    """Who publishes it."""
    address: str = ""
    """The publisher's postal address."""
    programme: str = ""
    """Slug of the programme that pays for it."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Colour tokens that differ from the theme's, by name."""
    unsubscribe: Literal["none", "listmonk", "mailchimp", "brevo"] = "none"
    """The mailing service whose unsubscribe tag mails carry; ``none``: readers write to ``contact``."""
    cover_picture: Literal["linked", "embedded"] = "linked"
    """Whether the e-mail file (.eml) loads the picture of its cover from the site, or carries it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabularies:
    """Whether a name without a record is an error (``closed``) or makes a term of its own (``open``)."""

    programme: Literal["closed", "open"] = "closed"
    """Programmes."""
    cluster: Literal["closed", "open"] = "closed"
    """Clusters."""
    partner: Literal["closed", "open"] = "closed"
    """Partners."""
    author: Literal["closed", "open"] = "open"
    """Authors: a free name is allowed unless this is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTarget:
    """What may be said of every place that the site is published to."""

    nojekyll: bool = False
    """Whether an empty ``.nojekyll`` goes along: GitHub Pages then serves the files as they are."""
    cname: str = ""
    """The site's own host name, written to ``CNAME`` for GitHub and Codeberg Pages."""
    headers: bool = False
    """Whether ``_headers`` goes along, for Netlify and Cloudflare Pages: caching, and what pages may load."""
    redirects: bool = False
    """Whether ``_redirects`` goes along: the old addresses, for Netlify, Cloudflare and GitLab Pages."""
    compress: tuple[Literal["gzip", "brotli"], ...] = ()
    """Compressed copies beside the files, for servers that send them instead; ``brotli`` needs the extra."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderTarget(PublishTarget):
    """A folder of this machine, or a drive that is mounted here."""

    type: Literal["folder"] = "folder"
    """``folder``."""
    path: str
    """The folder, from the project's folder on; ``~`` is your home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitTarget(PublishTarget):
    """A branch of a Git repository, such as GitHub Pages serves; Git itself finds the credentials."""

    type: Literal["git"] = "git"
    """``git``."""
    repository: str = "origin"
    """A remote of the project's repository, or the address of another one."""
    branch: str = "gh-pages"
    """The branch; each publishing adds one commit to it."""
    force: bool = False
    """Whether the branch keeps its last commit alone, and is overwritten: saves space."""
    nojekyll: bool = True
    """As for all targets, but true when not given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SftpTarget(PublishTarget):
    """A folder of a server that speaks SFTP.

    Keys come from the SSH agent or ``~/.ssh``; a password, or a key's passphrase, from the environment
    variable ``CLUSTERPRESS_<NAME>_PASSWORD``.
    """

    type: Literal["sftp"] = "sftp"
    """``sftp``."""
    host: str
    """The server's name."""
    path: str
    """The folder there, from the root (``/var/www/news``) or from the user's home on."""
    user: str = ""
    """Who logs in; your name on this machine when not given."""
    port: int = 22
    """The server's port."""
    key: str = ""
    """A file with the private key, from the project's folder on; never put it into the repository."""
    known_hosts: str = ""
    """A file with the server's public key, from the project's folder on, beside ``~/.ssh/known_hosts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Target(PublishTarget):
    """A bucket of Amazon S3 or of another store that speaks its language.

    Credentials come from where AWS tools look: ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``,
    ``~/.aws/credentials``, or the machine's role.
    """

    type: Literal["s3"] = "s3"
    """``s3``."""
    bucket: str
    """The bucket's name."""
    prefix: str = ""
    """The folder in the bucket; its top when not given."""
    endpoint: str = ""
    """The store's address if it is not Amazon's: ``https://s3.example.eu``."""
    region: str = ""
    """The region, if the store wants one."""
    profile: str = ""
    """A profile of ``~/.aws/credentials``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one site."""

    name: str
    """The site's name, shown in the masthead, in feeds and in titles."""
    url: str
    """The address the site will have, with its sub-path if any: ``https://example.eu/news/``."""
    tagline: str = ""
    """One line under the name."""
    description: str = ""
    """One or two sentences for search engines, feeds and the home page."""
    publisher: str = ""
    """The organisation responsible; the site's name when not given."""
    contact: str = ""
    """An e-mail address for readers."""
    logo: str = ""
    """A picture under content/ for the masthead and for structured data."""
    programme: str = ""
    """Slug of the programme that pays for the site itself: its funding record stands in the footer."""
    languages: tuple[str, ...] = ("en",)
    """Language codes; the first is the default and has no prefix in URLs."""
    time_zone: str = "Europe/Brussels"
    """The zone of times that do not name one, such as an embargo."""
    page_size: int = 10
    """How many items a full list page holds."""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """URL patterns by kind, with {year}, {month}, {day} and {slug}: ``news: /news/{year}/{slug}/``."""
    vocabulary: Vocabularies = field(default_factory=Vocabularies)
    """Which names must have a record; one word sets them all."""
    html: Literal["trusted", "safe"] = "trusted"
    """``safe`` cleans raw HTML in bodies; ``trusted`` leaves it as written."""
    byline: Literal["dateline", "by", "submitted"] = "dateline"
    """How date and author are printed unless a programme or an item says otherwise."""
    theme: str = "clusters-cord"
    """The folder under themes/ (or the built-in theme of that name)."""
    social_cards: bool = False
    """Whether news, events and newsletter issues get a picture of 1200 by 630 pixels with their title, which
    other platforms show with a link to them; their own picture stands there otherwise. Each is drawn once, in
    about 30 ms, and has 30 KB: a first build of 1,000 items takes half a minute longer."""
    feeds: FeedSettings = field(default_factory=FeedSettings)
    """Feeds."""
    pictures: PictureSettings = field(default_factory=PictureSettings)
    """Pictures."""
    search: bool = True
    """Whether readers can search the site; the index is made by the build."""
    newsletters: Mapping[str, NewsletterSettings] = field(default_factory=dict)
    """Newsletters by slug."""
    follow: tuple[FollowLink, ...] = ()
    """Where to follow the site."""
    menu: tuple[MenuEntry, ...] = ()
    """The navigation; the sections that have content when not given."""
    footer: tuple[MenuEntry, ...] = ()
    """Links at the foot of each page, such as legal pages."""
    front_matter: Mapping[str, str] = field(default_factory=dict)
    """Foreign front-matter keys and ours: ``categories: tags``."""
    defaults: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    """Front matter taken for every item under a folder of content/ that does not say it itself."""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """Folders of content/ with a foreign name, and the kind of their items: ``posts: news``."""
    publish: Mapping[str, FolderTarget | GitTarget | SftpTarget | S3Target] = field(default_factory=dict)
    """Where the site is published, by name: ``live: {type: folder, path: /var/www/news}``."""
    engine: Literal["mkdocs", "properdocs"] = "mkdocs"
    """The website engine: MkDocs, or ProperDocs, the fork that goes on with it and must be installed."""
    legal: LegalSettings | None = None
    """Who is responsible: the legal notice, privacy notice and accessibility statement are made from it."""
    mkdocs: str = ""
    """Settings of the website engine (features, extensions, hooks): a block that is passed on unread."""

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
