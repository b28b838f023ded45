"""The document of an issue: built from its metadata, its sections, and the bodies of their stories."""

from collections.abc import Mapping, Sequence

from clusterpress.config.settings import Settings
from clusterpress.library.entries import Entry, TeaserCard
from clusterpress.library.obligations import Credit
from clusterpress.library.pictures import Picture, ShownPicture
from clusterpress.library.publication import prefix
from clusterpress.markup.body import Body
from clusterpress.newsletters.document_types import (
    FundingDocument,
    GroupDocument,
    IssueDocument,
    Masthead,
    SectionDocument,
)
from clusterpress.newsletters.issues import (
    Group,
    IssueHead,
    ResolvedIssue,
    ResolvedSection,
    anchor_of,
    in_order,
    preheader_of,
    stories_of,
    subject_of,
)
from clusterpress.newsletters.stories import MailForm, RenderContext, build_story, is_same_title
from clusterpress.theme.addresses import absolute
from clusterpress.theme.wording import Wording


class IssueMetadata(IssueHead, frozen=True, kw_only=True):
    """Everything that an issue shows, except its sections."""

    site: str
    """Address of the site, with a slash at its end."""
    publisher: str
    subject: str
    """Subject line of its e-mail."""
    preheader: str
    """The line after it."""
    subscribe: str
    """Address of the page where readers subscribe: the newsletter's own page on the site."""
    markup: Settings
    """The settings with which the texts around its sections are rendered; others are left out."""

    @property
    def cover(self) -> ShownPicture | None:
        """The picture on the cover; None if the cover shows generated art."""
        return None if self.item.cover.get("art") == "auto" else self.entry.picture


def metadata_of(issue: ResolvedIssue, settings: Settings) -> IssueMetadata:
    """Return the metadata of an issue, without its neighbours, so that a new issue changes no old one."""
    settings = settings.in_language(issue.lang)
    return IssueMetadata(
        entry=issue.entry,
        masthead=issue.masthead,
        funder=issue.funder,
        site=settings.url,
        publisher=issue.masthead.publisher or settings.publisher or settings.name,
        subject=subject_of(issue),
        preheader=preheader_of(issue),
        subscribe=absolute(f"{prefix(issue.lang, settings)}newsletters/{issue.newsletter}/", settings.url),
        markup=Settings(
            name=settings.name,
            url=settings.url,
            html=settings.html,
            mkdocs=settings.mkdocs,
            typography=settings.typography,
        ),
    )


def entries_of(metadata: IssueMetadata, sections: Sequence[ResolvedSection]) -> tuple[Entry, ...]:
    """Return the entries whose bodies an issue shows, the editorial first, each once."""
    entries = (metadata.entry, *stories_of(sections))
    return tuple({entry.item.source.path: entry for entry in entries}.values())


def pictures_of(metadata: IssueMetadata, sections: Sequence[ResolvedSection]) -> tuple[Picture, ...]:
    """Return the pictures that an issue shows, each once; the logos beside the emblem come first."""
    shown: dict[bytes, Picture] = {}
    for logo in metadata.funder.logos if metadata.funder else ():
        shown.setdefault(logo.picture.key, logo.picture)
    for entry in entries_of(metadata, sections):
        heads = (entry.picture.picture,) if entry.picture else ()
        for picture in (*heads, *(picture for _, picture in entry.resolved.figures)):
            if not picture.is_remote:  # a PDF cannot hold it
                shown.setdefault(picture.key, picture)
    return tuple(shown.values())


def make_document(
    metadata: IssueMetadata,
    sections: Sequence[ResolvedSection],
    wording: Wording,
    *,
    bodies: Sequence[Body],
    pictures: Mapping[bytes, str],
    mail: MailForm | None = None,
) -> IssueDocument:
    """Return an issue as a document.

    Args:
        metadata: masthead, number, editorial.
        sections: its sections.
        wording: the words of its language.
        bodies: one for each of `entries_of`, in order.
        pictures: key → file name, of each picture that the edition can show.
        mail: how a mail takes bodies; None for other editions.
    """
    entries = entries_of(metadata, sections)
    context = RenderContext(
        site=metadata.site,
        markup=metadata.markup,
        wording=wording,
        bodies={entry.item.source.path: body for entry, body in zip(entries, bodies, strict=True)},
        anchors={entry.url: anchor_of(entry) for entry in entries if entry is not metadata.entry},
        pictures=pictures,
        mail=mail,
    )
    return {
        "title": metadata.item.title,
        "description": metadata.preheader,
        "lang": wording.lang,
        "dir": wording.direction,
        "date": [metadata.date.year, metadata.date.month, metadata.date.day],
        "number": metadata.number,
        "issue": wording.label("issue_number", number=metadata.number),
        "period": metadata.item.period
        or wording.dates.when(TeaserCard(kind="", title="", url="", lang="", day=metadata.date)),
        "masthead": _masthead(metadata),
        "cover": context.shown(metadata.cover),
        "editorial": context.body_nodes(metadata.entry),
        "funding": _funding(metadata.funder, context),
        "labels": dict(wording.labels),
        "sections": [_section(section, metadata.entry, context) for section in sections],
    }


def _masthead(metadata: IssueMetadata) -> Masthead:
    masthead = metadata.masthead
    return {
        "name": masthead.name,
        "wordmark": masthead.wordmark or masthead.name,
        "tagline": masthead.tagline,
        "url": masthead.url or metadata.site,
        "page": metadata.site + metadata.entry.url,
        "publisher": metadata.publisher,
        "address": masthead.address,
        "colours": dict(masthead.colours),
    }


def _section(section: ResolvedSection, issue: Entry, context: RenderContext) -> SectionDocument:
    return {
        "id": section.id,
        "title": section.title,
        "layout": section.layout,
        "colour": section.colour,
        "start": section.start,
        "summary": summarise(section),
        "text": context.text_nodes(section.text, issue),
        "close": context.text_nodes(section.close, issue),
        "stories": [build_story(story, section, context) for story in section.stories if not section.groups],
        "groups": [_group(group, section, context) for group in section.groups],
    }


def _group(group: Group, section: ResolvedSection, context: RenderContext) -> GroupDocument:
    others = context.wording.labels["others"] if len(section.groups) > 1 else ""
    return {
        "number": group.record.card.number if group.record else "",
        "name": group.label.name or others,
        "stories": [build_story(story, section, context) for story in group.stories],
    }


def summarise(section: ResolvedSection) -> str:
    """Return the line under a section's title in the contents."""
    stories = in_order(section)
    if section.groups:
        return " · ".join(
            (group.record.card.number if group.record else "") or group.label.name
            for group in section.groups
            if group.label.name
        )
    if section.layout == "events" and (places := _distinct_places(stories)):
        return " · ".join(places)
    if len(stories) == 1 and section.layout in ("feature", "text"):
        title = stories[0].item.title
        return stories[0].card.summary if is_same_title(title, section.title) else title
    return " · ".join(story.item.title for story in stories)


def _distinct_places(stories: Sequence[Entry]) -> tuple[str, ...]:
    """Return the places of a series, "Forum: food" and "Forum: health"; empty if titles say more."""
    places = tuple(dict.fromkeys(story.card.place for story in stories))
    series = {story.title.partition(":")[0].strip().casefold() for story in stories}
    return places if len(series) == 1 < len(places) == len(stories) and all(places) else ()


def _funding(funder: Credit | None, context: RenderContext) -> FundingDocument | None:
    if funder is None:
        return None
    words = funder.words
    first = (*words.lines(), words.description, words.disclaimer)
    return {
        "rules": words.rules,
        "emblem": words.emblem.text,
        "emblem_lang": words.emblem.lang,
        "statement": words.statement.text,
        "statement_lang": words.statement.lang,
        "first": [{"text": one.text, "lang": one.lang} for one in first if one],
        "inside": [{"text": words.legal.text, "lang": words.legal.lang}] if words.legal else [],
        "first_screen": words.first_screen,
        "logos": [shown for logo in funder.logos if (shown := context.shown(logo))],
    }
