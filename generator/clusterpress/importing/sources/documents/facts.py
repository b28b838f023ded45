"""Title, date, author, programme and language of a document, guessed from its first lines and properties."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bs4 import BeautifulSoup, Tag
from msgspec import Struct, field

from clusterpress.config.settings import Settings
from clusterpress.content.dates import read_moment
from clusterpress.content.front_matter import propose_title
from clusterpress.importing.records import Remark
from clusterpress.importing.sources.documents.document_html import role_of
from clusterpress.library.names import Register
from clusterpress.parsing.values import ValueFault
from clusterpress.values.characters import one_line

_HEAD = 8
"""Blocks at the start of a document in which date and author are looked for."""
_TAIL = 2
"""Blocks at its end."""
_MAX_LINE = 120
_MAX_LEAD = 400
"""Characters of a subtitle that is a summary, at most."""
_MAX_PLACE = 6
"""Words of a place, at most."""
_DATE_LABEL = re.compile(
    r"(?:date|published(?: on)?|posted(?: on)?|publication date|date of publication|datum|"
    r"veröffentlicht(?: am)?|date de publication|publié le|fecha|publicado el|data|"
    r"pubblicato il|opublikowano|dátum)\s*:?\s+(.+)",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:written|text|story|report)\s+by|by|author|text|von|autor(?:in)?|par|auteur|autrice|di|autore|por|door|"
    r"przez)\s*[: ]\s*(?P<name>[^\d:;.!?]*(?:\.[^\d:;.!?]+)*?)"
    r"(?:\s*(?:,|\||–|—|-| on | am | le )\s*(?P<date>[^|]*\d{4}))?",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(
    r"(?:submitted|posted|published|written) by (?P<name>.{1,200}?) on (?P<date>.{1,80})", re.IGNORECASE
)
_AMBIGUOUS = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}")
_PLACE = re.compile(
    r"(?P<place>[^\W\d][^\d,;:!?]{1,50}?)\s*,\s*(?:(?:le|den|am|the|on|il|el)\s+)?(?P<date>[^,].{5,60})",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"(?P<place>[^\W\d][^\d,;:!?.]{1,40}),\s{0,3}(?P<date>[^–—:]{6,40}?)\s{0,3}(?:[–—:]|\s-\s)"
)
_LABELLED = re.compile(
    r"(?P<key>programmes?|programs?|projects?|clusters?|partners?|keywords|tags)\s*:\s*(?P<names>.+)",
    re.IGNORECASE,
)
_TAXONOMIES = {
    "programme": "programme",
    "program": "programme",
    "project": "programme",
    "cluster": "cluster",
    "partner": "partners",
}
_NAME = re.compile(r"[^\W\d_][^\d@]*")
_SMALL = frozenset(
    "de da di du del della van von der den la le el al bin ibn ben dos zu y e of the and und et".split()  # noqa: SIM905 (words read best)
)
"""Words of names that begin with a small letter."""
_NOBODY = re.compile(
    r"user|admin|administrator|owner|author|unknown|python-docx|microsoft|windows|office|libreoffice|openoffice|apache|"
    r"google|utente|benutzer|utilisateur|\bpc\b|laptop|template",
    re.IGNORECASE,
)
_UNTITLED = re.compile(
    r"microsoft word\b.*|(?:word )?document\s*\d*|dokument\s*\d*|untitled.*|title|titel|titre|template.*|"
    r".*\.(?:docx?|dotx?|rtf|odt|pdf)",
    re.IGNORECASE,
)
"""Titles among the properties of a file that no author gave it."""


class Facts(Struct):
    """What is known about a document."""

    title: str = ""
    title_is_sure: bool = False
    """Whether its author marked the title as one."""
    proposal: str = ""
    """A title made of its first words, for a document without one."""
    summary: str = ""
    date: str = ""
    """As written, or in ISO form."""
    saved: dt.date | None = None
    """The day on which the file was last saved: a proposal for the date."""
    authors: list[str] = field(default_factory=list)
    byline: str = ""
    """The form in which the text named its author: ``by`` or ``submitted``; see `News.byline`."""
    terms: list[tuple[str, str]] = field(default_factory=list)
    """(taxonomy, name) of programmes, clusters, partners and tags."""
    lang: str = ""
    remarks: list[Remark] = field(default_factory=list)


def find_facts(
    soup: BeautifulSoup,
    properties: Mapping[str, str],
    languages: Counter[str],
    settings: Settings,
    registers: Mapping[str, Register],
) -> Facts:
    """Return what a document says about itself; lines that say nothing else leave the text.

    Args:
        soup: the document; its titles, authors and dates have their roles as classes.
        properties: of the file.
        languages: language → number of characters that are marked with it.
        settings: of the receiving site.
        registers: kind → names of the records of the site.
    """
    facts = Facts(lang=_language(languages, properties, settings))
    reader = _DateReader((facts.lang or settings.language, *settings.languages, "en"), settings.time_zone)
    _take_title(soup, facts, reader)
    _take_roles(soup, facts, reader)
    for block in [*_first_blocks(soup), *_last_blocks(soup)]:
        if block.parent is not None:
            _take_line(block, facts, reader, registers)
    _take_dateline(soup, facts, reader)
    _add_properties(facts, properties, registers)
    _guess_programme(soup, facts, registers)
    facts.proposal = propose_title(_words(next(iter(_first_blocks(soup)), soup))).rstrip(" …")
    for element in soup.find_all(class_=True):
        if role_of(element):
            del element["class"]
    return facts


class _DateReader:
    """Reads dates in the languages of the site."""

    def __init__(self, languages: tuple[str, ...], zone: str) -> None:
        self.languages = tuple(dict.fromkeys(languages))
        self.zone = zone

    def read(self, words: str) -> str:
        """Return a date as written if it can be read, or may be one with two readings; "" otherwise."""
        words = words.strip(" .()[]|")
        try:
            read_moment(words, self.zone, self.languages)
        except ValueFault:
            return words if _AMBIGUOUS.fullmatch(words) else ""
        return words


def _language(languages: Counter[str], properties: Mapping[str, str], settings: Settings) -> str:
    """Return the language that most of the text is marked with; "" if nothing says it."""
    codes: Counter[str] = Counter()
    for language, count in languages.items():
        codes[language.partition("-")[0].lower()] += count
    marked = next((code for code, count in codes.most_common(1) if code and count), "")
    named = properties.get("language", "").partition("-")[0].lower()
    return marked or (named if named in settings.languages else "")


def _blocks(soup: BeautifulSoup) -> list[Tag]:
    return [child for child in soup.children if isinstance(child, Tag)]


def _first_blocks(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield the paragraphs before the first sub-heading, at most eight."""
    for number, block in enumerate(_blocks(soup)):
        if number >= _HEAD or re.fullmatch(r"h[1-6]", block.name):
            return
        if block.name == "p":
            yield block


def _last_blocks(soup: BeautifulSoup) -> list[Tag]:
    return [block for block in _blocks(soup)[_HEAD:][-_TAIL:] if block.name == "p"]


def _words(block: Tag) -> str:
    return one_line(block.get_text(" " if block.find("br") else ""))


def _take_title(soup: BeautifulSoup, facts: Facts, reader: _DateReader) -> None:
    """Take the title from its style, from the first heading, or from a first line in bold."""
    titles = [block for block in _blocks(soup) if role_of(block) == "title"]
    if titles:
        first = titles[0]
        _move_notes(first)
        following = first.find_next_sibling()
        facts.title, facts.title_is_sure = _words(first), True
        if isinstance(following, Tag) and role_of(following) == "title":
            facts.title += f" {_words(following)}"
            following.decompose()
        for other in titles[1:]:
            if not other.decomposed:  # some authors give this style to the head of each part
                del other["class"]
                other.name = "h1"
        _take_out(first)
        return
    for block in _blocks(soup)[:_HEAD]:
        words = _words(block)
        if re.fullmatch(r"h[1-3]", block.name):
            _move_notes(block)
            facts.title, facts.title_is_sure = _words(block), True
            block.decompose()
            return
        if _is_bold_line(block, words):
            facts.title = words
            block.decompose()
            return
        if words and not (len(words) <= _MAX_LINE and (reader.read(words) or _BY.fullmatch(words))):
            return


def _move_notes(block: Tag) -> None:
    """Move the notes of a title into a paragraph after it: a title cannot hold them."""
    for note in reversed(block.find_all("footnote")):
        note.name = "p"
        block.insert_after(note.extract())


def _take_out(block: Tag) -> None:
    """Remove a block, but keep its pictures."""
    for picture in block.find_all("img"):
        around = BeautifulSoup("", "html.parser").new_tag("p")
        block.insert_before(around)
        around.append(picture.extract())
    block.decompose()


def _is_bold_line(block: Tag, words: str) -> bool:
    if block.name != "p" or not words or len(words) > _MAX_LINE or words[-1] in ".:;," or block.find("img"):
        return False
    return one_line("".join(bold.get_text() for bold in block.find_all("strong"))) == words


def _take_roles(soup: BeautifulSoup, facts: Facts, reader: _DateReader) -> None:
    """Take summary, author and date from paragraphs of these styles."""
    for number, block in enumerate(_blocks(soup)):
        role, words = role_of(block), _words(block)
        if block.find(["img", "footnote"]) or (number >= _HEAD and role != "date"):
            continue
        if role == "subtitle" and not facts.summary and len(words) <= _MAX_LEAD and not reader.read(words):
            facts.summary = words
            block.decompose()
        elif role == "author" and not facts.authors:
            found = _BY.fullmatch(words)
            facts.authors = _split_names(found["name"] if found else words)
            block.decompose()
        elif role == "date" and not facts.date and reader.read(words):
            facts.date = reader.read(words)
            block.decompose()


def _take_line(block: Tag, facts: Facts, reader: _DateReader, registers: Mapping[str, Register]) -> None:
    """Take a line that only says date, author or programme."""
    words = _words(block)
    if not words or len(words) > _MAX_LINE or block.find(["img", "footnote"]):
        return
    for take in (_take_submitted, _take_date, _take_byline):
        if take(words, facts, reader):
            block.decompose()
            return
    if found := _LABELLED.fullmatch(words):
        key = found["key"].lower()
        taxonomy = _TAXONOMIES.get(key.removesuffix("s") if key not in _TAXONOMIES else key, "category")
        names = [name.strip() for name in re.split(r"[,;]", found["names"]) if name.strip()]
        is_known = taxonomy == "category" or all(registers[_kind(taxonomy)].find(name) for name in names)
        if is_known:
            facts.terms += [(taxonomy, name) for name in names]
            block.decompose()
        return
    place = _PLACE.fullmatch(words)
    if (
        place
        and not facts.date
        and len(place["place"].split()) <= _MAX_PLACE
        and (written := reader.read(place["date"]))
    ):
        facts.date = written  # the line stays, as it names the place


def _kind(taxonomy: str) -> str:
    return "partner" if taxonomy == "partners" else taxonomy


def _take_submitted(words: str, facts: Facts, reader: _DateReader) -> bool:
    found = _SUBMITTED.fullmatch(words)
    if not found or facts.authors or facts.date or not (written := reader.read(found["date"])):
        return False
    facts.authors, facts.date, facts.byline = _split_names(found["name"]), written, "submitted"
    return True


def _take_date(words: str, facts: Facts, reader: _DateReader) -> bool:
    labelled = _DATE_LABEL.fullmatch(words)
    written = reader.read(words) or (reader.read(labelled[1]) if labelled else "")
    if not written or facts.date:
        return False
    facts.date = written
    return True


def _take_byline(words: str, facts: Facts, reader: _DateReader) -> bool:
    found = _BY.fullmatch(words)
    if not found or facts.authors or not all(_is_name(name) for name in _split_names(found["name"])):
        return False
    if found["date"]:
        written = reader.read(found["date"])
        if not written or facts.date:
            return False
        facts.date = written
    facts.authors, facts.byline = _split_names(found["name"]), "by"
    return True


def _split_names(words: str) -> list[str]:
    return [
        name
        for part in re.split(r"(?<!\s)\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*", words)
        if (name := part.strip())
    ]


def _is_name(words: str) -> bool:
    """Return whether words may be a name: each begins with a capital letter, or is a small word."""
    parts = words.split()
    if not 1 <= len(parts) <= 6 or not _NAME.fullmatch(words):  # noqa: PLR2004
        return False
    return parts[0][0].upper() == parts[0][0] and all(
        not part[0].islower() or part.casefold() in _SMALL for part in parts
    )


def _take_dateline(soup: BeautifulSoup, facts: Facts, reader: _DateReader) -> None:
    """Take the date of a press release, which begins its first sentence: "Brussels, 15 June 2027 - …"."""
    if facts.date:
        return
    for block in [*_first_blocks(soup)][:3]:
        found = _DATELINE.match(_words(block))
        if found and (written := reader.read(found["date"])):
            facts.date = written
            return


def _add_properties(facts: Facts, properties: Mapping[str, str], registers: Mapping[str, Register]) -> None:
    """Add what the properties of the file say, where the text says nothing."""
    title = one_line(properties.get("title", ""))
    if not facts.title and title and not _UNTITLED.fullmatch(title):
        facts.title = title
        message = f'the title "{title}" was taken from the properties of the file'
        facts.remarks.append(Remark(message, "write a better one", "title:"))
    facts.summary = facts.summary or one_line(properties.get("summary", ""))
    if not facts.date and (sent := _day_of(properties.get("date", ""))):
        facts.date = sent.isoformat()
    creator = one_line(properties.get("creator", ""))
    if not facts.authors and _is_author(creator, registers):
        facts.authors = [creator]
        message = f'the author "{creator}" was taken from the properties of the file'
        facts.remarks.append(Remark(message, "correct it if another person wrote the text", "author:"))
    facts.terms += [("category", word) for word in _keywords(properties)]
    facts.saved = _day_of(properties.get("modified", "")) or _day_of(properties.get("created", ""))


def _day_of(text: str) -> dt.date | None:
    """Return the day of a time in ISO form; None for other texts."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _is_author(name: str, registers: Mapping[str, Register]) -> bool:
    if any(registers[kind].find(name) for kind in ("author", "cluster", "partner") if kind in registers):
        return True
    return len(name.split()) > 1 and _is_name(name) and not _NOBODY.search(name)


def _keywords(properties: Mapping[str, str]) -> Iterable[str]:
    return filter(None, (one.strip() for one in re.split(r"[,;]", properties.get("keywords", ""))))


def _guess_programme(soup: BeautifulSoup, facts: Facts, registers: Mapping[str, Register]) -> None:
    """Take the programme that the text names most often, if it names one."""
    known = registers.get("programme")
    if known is None or any(taxonomy == "programme" for taxonomy, _ in facts.terms):
        return
    words = " ".join([facts.title, facts.summary, soup.get_text(" ")])
    counts: Counter[str] = Counter()
    for name in dict.fromkeys(known.spellings):
        # "Next" begins many sentences; "ECCL" and "Next Society" are names wherever they stand.
        if (slug := known.find(name)) and (" " in name.strip() or not name[1:].islower()) and len(name) > 2:  # noqa: PLR2004
            counts[slug] += len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", words))
    found = [slug for slug, count in counts.most_common(2) if count]
    if found and (len(found) == 1 or counts[found[0]] > counts[found[1]]):
        facts.terms.append(("programme", found[0]))
        message = f'the programme "{found[0]}" was chosen, as the text names it'
        facts.remarks.append(Remark(message, "correct it if the text belongs to another one", "programme:"))
