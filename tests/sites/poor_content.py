"""Sites as staff fill them: without pictures, with portrait photos only, with both, with one item of each kind."""

from functools import cache
from io import BytesIO
from pathlib import Path

from tests.sites.small_site import Site

SETTINGS = """\
name: Alpine Adriatic Innovation Networks
url: https://alpine.example.eu/
tagline: {en: Cooperation of clusters between the Alps and the sea, ar: تعاون التجمعات بين جبال الألب والبحر}
languages: [en, ar]
publisher: Alpine Adriatic Networks
contact: press@alpine.example.eu
programme: blue
social_cards: true
newsletters:
  letter: {name: Alpine letter, programme: blue}
"""

_WORDS = (
    "The partners met for two days and compared how they help small firms find a place in value chains. "
    "Nobody had expected so many questions about standards, and so few about money. "
)
_LONG = (
    "Final conference on circular business models in the wood-based sectors of seven mountain regions: "
    "what we learned, what remains to be done and who takes it further"
)
_TITLES = (
    ("Steering committee", "Minutes are available on request."),
    (_LONG, _WORDS * 3),
    ("New website", ""),
    ("Call for tenders: external evaluator", "The deadline is the end of the month."),
    ("Study visit to Villach", _WORDS),
    ("Photonics meets food: how a sensor for lasers found its way into a dairy", _WORDS * 2),
    ("We are hiring", "Two posts."),
    ("Interview with the lead partner", _WORDS),
    ("Policy brief no. 4", "On skills."),
    ("Donaudampfschifffahrtsgesellschaftskapitänsversammlung in Linz", _WORDS),
    ("Results of the survey", _WORDS),
    ("Happy new year", "To all of you."),
)
_RECORDS = {
    "content/programmes/blue.md": (
        "---\ntitle: BlueForge\ncolour: blue\nsummary: Clusters that share what they know about metal.\n"
        "boilerplate: BlueForge links clusters of metal working.\nfunding: {rules: cpr-2021, fund: ERDF}\n---\n"
    ),
    "content/programmes/wood.md": "---\ntitle: WoodCircle\ncolour: green\nsummary: Wood that comes back.\n---\nText.\n",
    "content/clusters/timber.md": "---\ntitle: Timber cluster\ncountry: Austria\ncity: Graz\n---\nText.\n",
    "content/partners/chamber.md": "---\ntitle: Chamber of Skills\nnumber: PP2\nrole: Partner\n---\nText.\n",
    "content/authors/ana.md": "---\ntitle: Ana Kos\nrole: Editor\n---\nAna writes.\n",
    "content/pages/about.md": f"---\ntitle: About\n---\n{_WORDS}\n",
    "content/events/forum.md": "---\ntitle: Spring forum\nstart: 2022-03-01 10:00\nplace: Graz\nprogramme: wood\n---\nText.\n",
    "content/newsletters/letter/1.md": (
        "---\ntitle: Alpine letter no. 1\nnewsletter: letter\nnumber: 1\ndate: 2021-12-01\nsections:\n"
        "  - {title: News, items: [item-00]}\n---\nDear readers.\n"
    ),
}
_TEXT = (
    "{words}\n\n## What comes next\n\n{words}\n\n> Nobody had expected so many questions.\n{{: .pull }}\n\n"
    "| Region | Firms | Budget |\n|---|---|---|\n| Carinthia | 12 | 1,234,567 EUR |\n| Friuli | 9 | 80,000 EUR |\n\n"
)


@cache
def portrait(tone: int = 0, size: tuple[int, int] = (600, 1000)) -> bytes:
    """Return a photo that is higher than wide: a head before a wall."""
    from PIL import Image, ImageDraw

    wide, high = size
    image = Image.new("RGB", size, (170 - tone * 12, 160, 150 + tone * 9))
    draw = ImageDraw.Draw(image)
    draw.ellipse((wide * 0.3, high * 0.12, wide * 0.7, high * 0.42), fill=(214, 170 - tone * 8, 140))
    draw.ellipse((wide * 0.05, high * 0.45, wide * 0.95, high * 1.3), fill=(40, 60 + tone * 14, 90))
    made = BytesIO()
    image.save(made, "JPEG", quality=80)
    return made.getvalue()


def _news(number: int, *, photo: bool) -> str:
    title, words = _TITLES[number % len(_TITLES)]
    keys = [f"title: '{title}'", f"date: 2021-{12 - number % 12:02}-1{number % 10}"]
    keys += [f"programme: {'blue' if number % 3 else 'wood'}"] if number % 4 else []
    keys += ["tags: [skills, forum]"] if number % 2 else []
    keys += (
        [f"image: {{src: photo-{number % 4}.jpg, alt: A person, credit: 'Photo: A. Kos'}}"] if photo else []
    )
    figure = f"![A person](photo-{number % 4}.jpg)\n\n" if photo else ""
    body = (figure + _TEXT.format(words=words or "Short.")) if len(words) != 0 else "It is online.\n"
    return "\n".join(["---", *keys, "---", body])


def _files(count: int, *, photos: int = 0) -> dict[str, str | bytes]:
    """Return the files of a site; of its news, the first ones have a photo."""
    news = {f"content/news/item-{n:02}.md": _news(n, photo=n < photos) for n in range(count)}
    files = {f"content/news/photo-{tone}.jpg": portrait(tone) for tone in range(min(photos, 4))}
    return {**_RECORDS, **news, **files}


CONTENTS = {
    "no pictures": lambda: _files(12),
    "portraits": lambda: _files(12, photos=12),
    "one of each": lambda: _files(1),
    "mixed": lambda: _files(6, photos=2),
}
"""Name of a site → a function that returns its files."""


def poor_site(folder: Path, name: str) -> Site:
    """Write one of the sites into a folder."""
    site = Site(folder, CONTENTS[name]())
    site.write("site_config.yml", SETTINGS)
    return site
