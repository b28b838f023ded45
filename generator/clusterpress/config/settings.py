"""The settings of a site: the keys of ``site_config.yml`` as frozen values.

Each class is one block of the file and each field one key; the text under a field is its documentation.
A ``Text`` or ``Name`` is that of the first language; `Settings.in_language` has those of another one.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from clusterpress.config.announcing import AnnounceSettings, IndexNowSettings
from clusterpress.config.editor import EditorSettings
from clusterpress.config.legal import LegalSettings
from clusterpress.config.subscriptions import SectionRule, SendSettings, SubscribeSettings
from clusterpress.config.texts import put_texts
from clusterpress.values.digests import digest
from clusterpress.values.engines import EngineName
from clusterpress.values.kinds import TAXONOMIES, Kind, TaxonomyFields
from clusterpress.values.texts import Name, Text

RESERVED = frozenset({"versions"})
"""Fields of the settings that are no keys of the file."""


class FollowLink(Struct, frozen=True, kw_only=True):
    """A profile on another platform where readers can follow a publisher."""

    label: Name
    """Text of the link: ``LinkedIn``."""
    url: str
    """Address of the profile."""


class MenuEntry(Struct, frozen=True, kw_only=True):
    """One entry of the site's navigation."""

    label: Name
    """Text of the entry."""
    url: str
    """A path of this site (``/news/``) or a full address."""


class FeedSettings(Struct, frozen=True, kw_only=True):
    """Contents of feeds."""

    limit: int = 20
    """Number of items in a feed, newest first."""
    full_text: bool = True
    """Whether entries contain the whole text, or only the summary."""
    hub: str = ""
    """Address of a WebSub hub, such as ``https://pubsubhubbub.appspot.com/``. Feeds name it, and
    ``clusterpress publish`` tells it which feeds changed, so that feed readers get them at once."""


class PictureSettings(Struct, frozen=True, kw_only=True):
    """Versions in which pictures are published, so that a phone loads no more than its screen can show."""

    widths: tuple[int, ...] = (320, 640, 1024)
    """Widths in pixels besides the picture's own (at most 1600). If empty: only its own width."""
    formats: tuple[Literal["avif", "webp"], ...] = ("webp",)
    """Smaller formats besides the picture's own, best first; ``avif`` is smallest, and slow to encode."""


class NewsletterSettings(Struct, frozen=True, kw_only=True):
    """A newsletter that the site publishes."""

    name: Name
    """Its full name."""
    wordmark: Name = ""
    """Large words on the cover. Default: the name."""
    tagline: Text = ""
    """The line over the wordmark."""
    url: str = ""
    """Address of the publication's own website."""
    publisher: Name = ""
    """Who publishes it."""
    address: Name = ""
    """The publisher's postal address."""
    programme: str = ""
    """Slug of the programme that funds it."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Colour tokens that differ from the theme's, by name."""
    unsubscribe: Literal["none", "listmonk", "mailchimp", "brevo", "buttondown"] = "none"
    """Mailing service whose unsubscribe tag is put into mails; ``none``: readers write to ``contact``."""
    unsubscribe_url: str = ""
    """Address that removes a reader on a POST request (RFC 8058), for the e-mail file (.eml); the program
    that sends it puts the reader into it. Mailing services set their own."""
    cover_picture: Literal["linked", "embedded"] = "linked"
    """Whether the e-mail file (.eml) links to its cover picture on the site, or contains it."""
    subscribe: SubscribeSettings | None = None
    """How readers subscribe, and what happens to their addresses."""
    propose: tuple[SectionRule, ...] = ()
    """Sections of the issues that ``clusterpress newsletter propose`` writes. Default: those of the previous
    issue."""
    review: tuple[SectionRule, ...] = ()
    """Sections of a yearly review. Default: a section for each programme, and the events."""
    send: SendSettings | None = None
    """Services to which issues are handed over."""


class Vocabularies(Struct, frozen=True, kw_only=True):
    """Whether a name without a record is an error (``closed``) or a term of its own (``open``)."""

    programme: Literal["closed", "open"] = "closed"
    """Programmes."""
    cluster: Literal["closed", "open"] = "closed"
    """Clusters."""
    partner: Literal["closed", "open"] = "closed"
    """Partners."""
    author: Literal["closed", "open"] = "open"
    """Authors; open by default, so that an author needs no record."""


class PublishTarget(Struct, frozen=True, kw_only=True):
    """Settings of every publish target."""

    nojekyll: bool = False
    """Whether to publish an empty ``.nojekyll``, so that GitHub Pages serves the files unchanged."""
    cname: str = ""
    """The site's own host name, for the file ``CNAME`` of GitHub and Codeberg Pages."""
    headers: bool = False
    """Whether to publish ``_headers`` (caching, content security policy) for Netlify and Cloudflare Pages."""
    redirects: bool = False
    """Whether to publish ``_redirects`` (old addresses) for Netlify, Cloudflare and GitLab Pages."""
    compress: tuple[Literal["gzip", "brotli"], ...] = ()
    """Formats of compressed copies, for servers that send these instead; ``brotli`` needs the extra."""


class FolderTarget(PublishTarget, frozen=True, kw_only=True):
    """A folder on this machine, or on a mounted drive."""

    type: Literal["folder"] = "folder"
    """``folder``."""
    path: str
    """The folder, relative to the project's folder; ``~`` is your home folder."""
    headers: bool = True
    """As for all targets, but true by default: folders are what Netlify and Cloudflare Pages take."""


class GitTarget(PublishTarget, frozen=True, kw_only=True):
    """A branch of a Git repository, for GitHub Pages and the like; Git itself finds the credentials."""

    type: Literal["git"] = "git"
    """``git``."""
    repository: str = "origin"
    """A remote of the project's repository, or the address of another one."""
    branch: str = "gh-pages"
    """The branch; each publication adds one commit to it."""
    force: bool = False
    """Whether to overwrite the branch with a single commit, so that nothing that was withdrawn stays in its
    history. Without it, Git keeps every version that was ever published."""
    nojekyll: bool = True
    """As for all targets, but true by default."""
    headers: bool = True
    """As for all targets, but true by default; other hosts ignore the file."""


class SftpTarget(PublishTarget, frozen=True, kw_only=True):
    """A folder on an SFTP server.

    Keys come from the SSH agent or ``~/.ssh``. The environment variable ``CLUSTERPRESS_<NAME>_PASSWORD``
    holds a password, or the passphrase of a key.
    """

    type: Literal["sftp"] = "sftp"
    """``sftp``."""
    host: str
    """Host name of the server."""
    path: str
    """The folder on the server: a full path (``/var/www/news``), or a path below the user's home folder."""
    user: str = ""
    """User name on the server. Default: your user name on this machine."""
    port: int = 22
    """Port of the server."""
    key: str = ""
    """File with the private key, relative to the project's folder; never commit it to the repository."""
    known_hosts: str = ""
    """File with the server's public key, relative to the project's folder, besides
    ``~/.ssh/known_hosts``."""


class S3Target(PublishTarget, frozen=True, kw_only=True):
    """A bucket of Amazon S3 or of a compatible store.

    Credentials are found as by AWS tools: ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``,
    ``~/.aws/credentials``, or the machine's role.
    """

    type: Literal["s3"] = "s3"
    """``s3``."""
    bucket: str
    """Name of the bucket."""
    prefix: str = ""
    """The folder in the bucket. Default: its top level."""
    endpoint: str = ""
    """Address of a store other than Amazon's: ``https://s3.example.eu``."""
    region: str = ""
    """The region, if the store requires one."""
    profile: str = ""
    """A profile of ``~/.aws/credentials``."""


class TaxonomySettings(Struct, frozen=True, kw_only=True):
    """A taxonomy of the site's own, such as topics or regions; each term has a page and feeds."""

    label: Text
    """Its name, as pages show it: ``{en: Topics, fr: Thèmes}``."""
    key: str = ""
    """The front-matter key under which items name their terms. Default: the taxonomy's own name."""
    terms: tuple[str, ...] = ()
    """The only terms that items may name. Default: any."""


class Settings(Struct, frozen=True, kw_only=True):
    """All settings of one site."""

    name: Name
    """Name of the site, shown in the masthead, in feeds and in titles."""
    url: str
    """Address of the published site, with its sub-path if any: ``https://example.eu/news/``."""
    tagline: Text = ""
    """One line under the name."""
    description: Text = ""
    """One or two sentences for search engines, feeds and the home page."""
    publisher: Name = ""
    """The organisation responsible. Default: the site's name."""
    contact: str = ""
    """An e-mail address for readers."""
    logo: str = ""
    """A picture under content/ for the masthead, structured data, and icons of browsers and phones, unless
    content/static/ has a ``favicon.ico`` or other icons."""
    colour: str = ""
    """Main colour of the site, ``"#006d77"``: of mastheads, headings and links of its pages, newsletters and
    mails. Where it is too pale or too dark for text, its nearest readable shade is shown. Default: the
    theme's."""
    programme: str = ""
    """Slug of the programme that funds the site itself: the footer shows its funding record."""
    languages: tuple[str, ...] = ("en",)
    """Language codes; the first is the default and has no prefix in URLs."""
    time_zone: str = "Europe/Brussels"
    """Time zone of times without one, such as the end of an embargo."""
    page_size: int = 10
    """Number of items on a full list page."""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """URL patterns by kind, with {year}, {month}, {day} and {slug}: ``news: /news/{year}/{slug}/``."""
    vocabulary: Vocabularies = field(default_factory=Vocabularies)
    """Which names must have a record; a single word applies to all kinds."""
    taxonomies: Mapping[str, TaxonomySettings] = field(default_factory=dict)
    """Taxonomies of your own, by the last part of their address: ``topics: {label: Topics}``."""
    strictness: Mapping[str, Literal["error", "warning", "off"]] = field(default_factory=dict)
    """Severity of single rules, by the name that messages show in square brackets: ``dead-link: warning``.
    See "Rules of strictness" below."""
    html: Literal["trusted", "safe"] = "trusted"
    """``safe`` sanitises raw HTML in bodies, and refuses files that browsers or servers run; ``trusted``
    keeps HTML as written, and publishes files unchanged."""
    embed_hosts: tuple[str, ...] = ()
    """Hosts of PeerTube whose videos pages may show: ``[tube.example.eu]``. YouTube, Vimeo and OpenStreetMap
    need no entry."""
    byline: Literal["standard", "dateline", "by", "submitted"] = "standard"
    """How date and author are shown, unless a programme or an item sets another form."""
    theme: str = "clusters-cord"
    """The theme: the name of a folder in themes/, or of a built-in theme."""
    typography: bool = True
    """Whether straight quotes, hyphens and three dots in texts and titles become the marks of each language:
    “…”, „…“ or « … ». Code, addresses and names stay as written; items can differ."""
    markdown: bool = False
    """Whether news, events and pages are published as Markdown, too, beside their page (``index.md``), for
    programs that read it better: without other front matter, comments and links to what is not published."""
    document_links: bool = True
    """Whether links to files of the site say their type and size: "Report (PDF, 1.2 MB)"."""
    social_cards: bool = False
    """Whether to draw a picture of 1200 by 630 pixels with the title of each news item, event and issue.
    Other platforms show it with a link; otherwise they show the item's own picture. A picture takes about
    30 ms and 30 KB, so the first build of 1,000 items takes half a minute longer."""
    feeds: FeedSettings = field(default_factory=FeedSettings)
    """Feeds."""
    pictures: PictureSettings = field(default_factory=PictureSettings)
    """Pictures."""
    ai_crawlers: Literal["allow", "deny"] = "allow"
    """Whether robots.txt lets programs read the site that collect texts to train language models."""
    search: bool = True
    """Whether readers can search the site; each build updates the index."""
    newsletters: Mapping[str, NewsletterSettings] = field(default_factory=dict)
    """Newsletters by slug."""
    follow: tuple[FollowLink, ...] = ()
    """Profiles where readers can follow the site."""
    menu: tuple[MenuEntry, ...] = ()
    """The navigation. Default: the sections that have content."""
    footer: tuple[MenuEntry, ...] = ()
    """Links in the footer of each page, such as legal pages."""
    front_matter: Mapping[str, str] = field(default_factory=dict)
    """Front-matter keys of another system, and what they are called here: ``categories: tags``."""
    defaults: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    """Default front matter of the items in a folder of content/."""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """Folders of content/ with names of your own, and the kind of their items: ``posts: news``. A folder
    whose name begins with ``_`` counts if it stands here; ``.`` is content/ itself."""
    linked_folders: tuple[str, ...] = ()
    """Folders outside the project to which symbolic links in content/ may lead, and content/ itself: full
    paths, or paths relative to the project's folder. Other links that leave the project are errors."""
    tag_separator: Literal["comma", "space"] = "comma"
    """How several tags on one line are separated: ``tags: food, events``, or ``tags: food events`` as in
    Jekyll. A comma always separates."""
    header_lines: bool = False
    """Whether files may begin with keys without fences, up to the first empty line, as in Pelican:
    ``Title: …``."""
    publish: Mapping[str, FolderTarget | GitTarget | SftpTarget | S3Target] = field(default_factory=dict)
    """Publish targets by name: ``live: {type: folder, path: /var/www/news}``."""
    index_now: IndexNowSettings | None = None
    """Search engines that are told which pages changed, after each publication. Default: none."""
    announce: AnnounceSettings = field(default_factory=AnnounceSettings)
    """Announcements of new items on other platforms."""
    editor: EditorSettings | None = None
    """The editor on the site itself, at ``/admin/``. Default: none."""
    engine: EngineName = "mkdocs"
    """The website engine: MkDocs, or its fork ProperDocs, which must be installed."""
    legal: LegalSettings | None = None
    """Data for the legal notice, the privacy notice and the accessibility statement."""
    mkdocs: str = ""
    """Settings of the website engine (features, extensions, hooks), passed to it unchanged."""
    versions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Dotted name → language → text, of the texts with versions. No key of the file."""

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]

    def in_language(self, lang: str) -> "Settings":
        """Return the settings with the texts that readers of a language see."""
        own = {name: one[lang] for name, one in self.versions.items() if one.get(lang)}
        changed: Settings = put_texts(self, own) if own and lang != self.language else self
        return changed

    def language_of(self, name: str, lang: str) -> str:
        """Return the language of a text, by its dotted name, on the pages of a language."""
        return lang if self.versions.get(name, {}).get(lang) else self.language

    @property
    def all_taxonomies(self) -> tuple[TaxonomyFields, ...]:
        """All taxonomies, those of the site's own last."""
        own = (
            TaxonomyFields(name, one.key or name, None, one.terms) for name, one in self.taxonomies.items()
        )
        return (*TAXONOMIES, *own)

    @property
    def root(self) -> str:
        """The path of the site on its server, with slashes at both ends: ``/`` or ``/news/``."""
        return "/" + self.url.split("://", 1)[-1].partition("/")[2]

    @property
    def levels(self) -> Mapping[str, Literal["error", "warning", "off"]]:
        """Rule → severity, for rules that do not have their default one."""
        # The generated privacy notice says that pages load nothing from other sites.
        promised = {"remote-picture": "error"} if self.legal and self.legal.privacy else {}
        return {**promised, **self.strictness}  # type: ignore[dict-item]  # a literal

    def digest_of_markup(self) -> bytes:
        """Return the digest of the settings that affect how a body is rendered."""
        return digest(self.html, self.mkdocs, self.embed_hosts)
