"""The e-mail editions, of small newsrooms and of the demo."""

import re
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from clusterpress.library.entries import AlreadyResolved
from clusterpress.newsletters.mail.plan import check_size, mail_problems
from clusterpress.newsletters.mail.text_blocks import WIDTH
from clusterpress.theme.theme import read_tokens
from clusterpress.values.problems import Severity
from tests.newsletters.editions import Editions, demo, editions
from tests.newsletters.make import PROGRAMME, SETTINGS, THEME, issue, news, png

SECTIONS = """  - {title: Report, items: [milan, lille]}
  - {title: Events, layout: events, items: [forum]}"""
FILES = {
    "programmes/cord.md": PROGRAMME,
    "news/2011/milan.md": news("Milan", image="{src: /dots.png, alt: Dots}"),
    "news/2011/lille.md": news("Lille <i>", body="Text."),
    "events/forum.md": "---\ntitle: Forum\nwhen: June 2012\nplace: Linz\n---\nText.\n",
    "newsletters/cord/3.md": issue(
        SECTIONS,
        subject="Milan & more",
        preheader="What is in it.",
        body="Dear [readers](../../news/2011/lille.md).",
    ),
}
BASE = "newsletters/cord/3/"
SITE = "https://news.example.eu/"
MASTHEAD = {"address": "Street 1, Town"}


def made(masthead=None, files=None, **settings):
    return editions(
        {**FILES, **(files or {})}, {**MASTHEAD, **(masthead or {})}, **{"contact": "news@x.eu", **settings}
    )


@pytest.fixture(scope="module")
def small():
    return made()


def message(edition, path=f"{BASE}cord-3.eml"):
    return message_from_bytes(edition.bytes(path), policy=policy.default)


def test_an_issue_gets_its_files_beside_its_cover(small):
    files = {path for path in small.outputs if path.startswith(BASE) and not path.endswith("index.html")}
    assert files == {f"{BASE}{name}" for name in ("email.html", "email.txt", "cord-3.eml", "email.png")}
    assert "assets/newsletter/emblem.png" in small.outputs


def test_an_issue_without_an_email_edition_has_no_mail():
    outputs = made(files={"newsletters/cord/3.md": issue(SECTIONS, editions="[web]")}).outputs
    assert not [path for path in outputs if "email" in path or path.endswith((".eml", "emblem.png"))]


def test_styles_stand_in_the_elements_with_their_values(small):
    html = small.text(f"{BASE}email.html")
    assert "var(" not in html
    assert "background-color:#12315C" in LexborHTMLParser(html).css_first("div.band").attributes["style"]


def test_the_dark_scheme_stays_a_style_sheet(small):
    html = small.text(f"{BASE}email.html")
    assert html.count("@media (prefers-color-scheme:dark)") == 1
    assert "[data-ogsc] " in html
    assert "[data-ogsb] " in html


def test_a_draft_has_no_style_sheet_as_mail_programs_spoil_it(small):
    page = LexborHTMLParser(message(small).get_body(("html",)).get_content())
    assert not page.css("style")
    assert page.css_first("h1").attributes["style"]


def as_outlook_reads(html):
    """Return a mail as Outlook for Windows reads it: conditional comments opened."""
    return re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", html)


def as_others_read(html):
    """Return a mail as all other programs read it: without comments."""
    return re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)


def html_of(edition, path):
    raw = edition.bytes(f"{BASE}{path}")
    return raw.decode() if path.endswith("html") else message(edition).get_body(("html",)).get_content()


@pytest.mark.parametrize("path", ["email.html", "cord-3.eml"])
def test_what_outlook_alone_reads_makes_whole_tables(small, path):
    """Outlook takes the comments for markup, others leave them out: both must see every element closed."""
    html = html_of(small, path)
    tables = []
    for page in (as_outlook_reads(html), as_others_read(html)):
        stack, count = [], 0
        for closing, tag in re.findall(r"<(/?)(table|tr|td|th|div|p|h1|h2|h3)\b", page):
            if not closing:
                count += tag == "table"
                assert tag != "tr" or stack[-1] == "table"
                assert tag not in ("td", "th") or stack[-1] == "tr"
                stack.append(tag)
            else:
                assert stack.pop() == tag
        assert not stack
        tables.append(count)
    assert tables[0] > tables[1]


@pytest.mark.parametrize("path", ["email.html", "cord-3.eml"])
def test_no_program_prints_a_tag(small, path):
    for page in (as_outlook_reads(html_of(small, path)), as_others_read(html_of(small, path))):
        shown = LexborHTMLParser(page).body.text()
        assert not re.findall(r"</?(?:table|tr|td|th|div|p|br|a|h[1-6]|style)\b", shown)


def test_outlook_is_given_the_width_of_the_mail_and_of_its_buttons(small):
    page = LexborHTMLParser(as_outlook_reads(small.text(f"{BASE}email.html")))
    assert page.css_first('table[role="presentation"][width="600"]')
    assert page.css('td[bgcolor][style*="padding:11px 20px"]')


def test_a_teaser_leads_to_its_place_in_the_issue_and_an_event_to_its_page(small):
    html = LexborHTMLParser(small.text(f"{BASE}email.html"))
    buttons = [a.attributes["href"] for a in html.css(".button a")]
    assert buttons[:2] == [f"{SITE}{BASE}2/#news-milan", f"{SITE}{BASE}2/#news-lille"]
    assert html.css_first(".events a").attributes["href"] == f"{SITE}events/forum/"
    assert html.css_first(".editorial a").attributes["href"] == f"{SITE}{BASE}2/#news-lille"


def test_without_a_web_edition_a_teaser_leads_to_the_item():
    text = FILES["newsletters/cord/3.md"].replace("date:", "editions: [email]\ndate:")
    edition = made(files={"newsletters/cord/3.md": text})
    assert f"{SITE}news/2011/milan/" in edition.text(f"{BASE}email.html")
    assert "PDF edition" not in edition.text(f"{BASE}email.txt")


def test_only_the_lead_has_a_picture_no_wider_than_the_text(small):
    images = LexborHTMLParser(small.text(f"{BASE}email.html")).css(".part img")
    assert [image.attributes["alt"] for image in images] == ["Dots", "Emblem of the European Union"]
    assert int(images[0].attributes["width"]) <= 552


@pytest.mark.parametrize("edition", ["email.html", "email.txt"])
def test_a_mail_says_who_sends_it_why_and_how_to_leave(small, edition):
    text = " ".join(small.text(f"{BASE}{edition}").split())
    for words in (
        "Street 1, Town",
        "You receive this e-mail because you subscribed to: Clusters-Cord.",
        "mailto:news@x.eu?subject=Unsubscribe%3A%20Clusters-Cord",
        "Co-financed by the ERDF.",
        f"{SITE}{BASE}cord-3.pdf",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("service", "tag"),
    [
        ("listmonk", "{{ UnsubscribeURL }}"),
        ("mailchimp", "*|UNSUB|*"),
        ("brevo", "{{ unsubscribe }}"),
        ("none", "mailto:news@x.eu"),
    ],
)
def test_the_unsubscribe_tag_is_the_services_own_and_never_in_the_draft(service, tag):
    edition = made({"unsubscribe": service})
    assert tag in edition.text(f"{BASE}email.html")
    assert tag in edition.text(f"{BASE}email.txt")
    draft = message(edition)
    for kind in ("plain", "html"):
        content = draft.get_body((kind,)).get_content()
        assert "mailto:news@x.eu" in content
        assert "UNSUB" not in content.upper().replace("UNSUBSCRIBE", "").replace("UNSUBSCRIBED", "")


def test_what_the_law_asks_for_is_missed():
    complete = made()
    assert not list(mail_problems(complete.issues, complete.library))
    bare = editions(FILES, {"address": ""}, contact="nobody")
    found = [(problem.field, problem.severity) for problem in mail_problems(bare.issues, bare.library)]
    assert found == [("newsletters.cord.address", Severity.WARNING), ("contact", Severity.WARNING)]
    assert "mailto:" not in bare.text(f"{BASE}email.html")
    assert message(bare)["List-Unsubscribe"] is None


def test_the_text_is_written_not_stripped(small):
    text = small.text(f"{BASE}email.txt")
    assert text.startswith("connecting small to feel big\n\nClusters Cord – Newsletter no. 3")
    assert "Lille <i>\nAbout Lille <i>.\n" in text
    assert f"Dear readers <{SITE}{BASE}2/#news-lille>." in text
    assert "June 2012, Linz\nForum\n" in text


def test_lines_of_the_text_are_short_unless_they_hold_an_address(small):
    long = [line for line in small.text(f"{BASE}email.txt").splitlines() if len(line) > WIDTH]
    assert all(re.search(r"https://|mailto:", line) for line in long)


def test_a_draft_has_both_parts_and_opens_unsent(small):
    draft = message(small)
    assert draft["X-Unsent"] == "1"
    assert draft["To"] is None  # staff write it themselves, and would have to delete one first
    assert draft["Subject"] == "Milan & more"
    assert draft["Date"].datetime.date().isoformat() == "2012-01-16"
    assert draft["From"].addresses[0].addr_spec == "news@x.eu"
    assert draft["List-Unsubscribe"].startswith("<mailto:news@x.eu?subject=Unsubscribe")
    assert draft["Content-Language"] == "en"
    assert [part.get_content_type() for part in draft.iter_parts()] == ["text/plain", "text/html"]
    assert draft.get_body(("plain",)).get_content().replace("\r\n", "\n") == small.text(f"{BASE}email.txt")


def test_one_click_unsubscription_needs_an_address_that_can_be_posted_to(small):
    assert message(small)["List-Unsubscribe-Post"] is None  # a mailbox cannot be posted to
    draft = message(
        editions(FILES, {"unsubscribe_url": "https://x.eu/out?r={recipient}"}, contact="news@x.eu")
    )
    assert draft["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    first, second = draft["List-Unsubscribe"].split(", ")
    assert first == "<https://x.eu/out?r={recipient}>"
    assert second.startswith("<mailto:news@x.eu")


def test_a_draft_is_the_same_whenever_it_is_made(small):
    assert small.bytes(f"{BASE}cord-3.eml") == made().bytes(f"{BASE}cord-3.eml")


def test_no_line_of_a_draft_is_too_long_for_smtp(small):
    lines = small.bytes(f"{BASE}cord-3.eml").split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line for line in lines)


def test_an_embedded_cover_travels_with_the_draft():
    edition = made({"cover_picture": "embedded"})
    draft = message(edition)
    page, picture = list(list(draft.iter_parts())[1].iter_parts())
    assert 'src="cid:cover"' in page.get_content()
    assert picture["Content-ID"] == "<cover>"
    assert picture.get_content() == edition.bytes(f"{BASE}email.png")
    assert "cid:" not in edition.text(f"{BASE}email.html")


OWN = FILES["newsletters/cord/3.md"].replace("date:", "image: {src: /dots.png, alt: Five dots}\ndate:")


def test_the_issues_own_picture_takes_the_place_of_the_art():
    edition = made(files={"newsletters/cord/3.md": OWN})
    shown = LexborHTMLParser(edition.text(f"{BASE}email.html")).css_first(".art img").attributes
    assert (shown["src"], shown["alt"]) == (f"{SITE}dots.png", "Five dots")
    assert (shown["width"], shown["height"]) == ("600", "338")
    assert f"{BASE}email.png" not in edition.outputs


def test_the_issues_own_picture_can_be_embedded():
    edition = made({"cover_picture": "embedded"}, files={"newsletters/cord/3.md": OWN})
    picture = list(list(message(edition).iter_parts())[1].iter_parts())[1]
    assert picture.get_content() == png()


def test_a_picture_that_mail_programs_do_not_show_is_left_out():
    edition = made(files={"newsletters/cord/3.md": OWN})
    entry = edition.issues[0].entry
    vector = replace(entry.resolved.lead_image, type="image/svg+xml")
    drawn = entry.resolved._replace(lead_image=vector)
    edition = Editions(
        replace(edition.library, entries=tuple(
            replace(e, resolver=AlreadyResolved(drawn, e.targets)) if e.url == entry.url else e for e in edition.library.entries
        )),
        edition.stored,
    )  # fmt: skip
    assert f"{SITE}{BASE}email.png" in edition.text(f"{BASE}email.html")


def test_the_cover_is_drawn_for_sharp_screens(small):
    picture = Image.open(BytesIO(small.bytes(f"{BASE}email.png")))
    assert picture.size == (1200, 686)
    assert picture.convert("RGB").getpixel((2, 2)) == (0x12, 0x31, 0x5C)


def test_the_emblem_has_its_colours_and_twelve_stars(small):
    picture = Image.open(BytesIO(small.bytes("assets/newsletter/emblem.png"))).convert("RGB")
    assert picture.size == (144, 96)
    assert picture.getpixel((0, 0)) == (0x00, 0x33, 0x99)
    assert picture.getpixel((72, 48)) == (0x00, 0x33, 0x99)
    ring = [(72, 48 - 32), (72 + 32, 48), (72, 48 + 32), (72 - 32, 48), (72 + 16, 20), (72 + 28, 32)]
    assert all(picture.getpixel(place)[0] > 200 for place in ring)


@pytest.mark.parametrize(
    ("size", "severity"),
    [(79_999, None), (80_000, Severity.WARNING), (99_999, Severity.WARNING), (100_000, Severity.WARNING)],
)
def test_a_mail_may_not_grow_until_it_is_cut(size, severity):
    problem = check_size(b"x" * size, ("content/a.md",))
    assert (problem and problem.severity) == severity


def test_size_is_counted_in_bytes():
    assert check_size(("n" * 40_000).encode(), ("content/a.md",)) is None
    assert check_size(("é" * 40_000).encode(), ("content/a.md",))


def test_a_mail_is_inspected_once_it_is_made():
    output = made(files={"newsletters/cord/3.md": issue(SECTIONS, body="Many words. " * 9000)})
    mail = output.outputs[f"{BASE}email.html"]
    problem = mail.inspect(output.bytes(mail.path), mail.sources)
    assert (problem.path, problem.severity) == ("content/newsletters/cord/3.md", Severity.WARNING)


DEMO = sorted(path for path in demo().outputs if path.endswith(".eml"))


@pytest.mark.parametrize("path", DEMO)
def test_a_mail_of_the_demo_is_fit_to_send(path):
    draft = message_from_bytes(demo().bytes(path), policy=policy.default)
    assert not [defect for part in draft.walk() for defect in part.defects]
    html = draft.get_body(("html",)).get_content()
    assert check_size(html.encode(), (path,)) is None
    page = LexborHTMLParser(html)
    addresses = [n.attributes.get("href") or n.attributes["src"] for n in page.css("[href],[src]")]
    assert all(address.startswith(("https://", "http://", "mailto:")) for address in addresses)
    assert all("alt" in image.attributes and image.attributes["width"] for image in page.css("img"))
    assert all(table.css("th[scope=row]") for table in page.css("table"))  # boxes are no tables
    assert not page.css("script,form,iframe,link,[cellpadding],[bgcolor]")


def test_an_arabic_mail_runs_from_right_to_left():
    html = demo().text("ar/newsletters/clusters-in-common/2/email.html")
    page = LexborHTMLParser(html)
    for node in (page.css_first("html"), page.css_first("div.wrap")):
        assert (node.attributes["lang"], node.attributes["dir"]) == ("ar", "rtl")


def contrast(one, other):
    """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(colour):
        channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour, ground, share):
    """Return ``share`` of a colour on a ground, as color-mix() does in sRGB."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_in_pages_and_mail_can_be_read(scheme):
    tokens = read_tokens(THEME)
    colours = tokens["colours"][scheme]
    for name in tokens["sections"]:
        tint = mix(colours[name], colours["paper"], 0.07)
        grounds = [colours["paper"], colours["sheet"], tint]
        assert min(contrast(colours[name], ground) for ground in grounds) >= 4.5, name
        assert min(contrast(colours[text], tint) for text in ("ink", "grey", "link", "warning")) >= 4.5, name
    for text in ("ink", "grey", "link", "navy"):
        assert min(contrast(colours[text], colours[ground]) for ground in ("paper", "sheet")) >= 4.5, text
    for text in ("text", "quiet"):
        assert contrast(tokens["band"][text], tokens["band"]["ground"]) >= 4.5


def test_every_language_of_the_site_has_its_words():
    from clusterpress.theme.wording import open_wording

    english = open_wording(THEME, "en", "newsletter").labels
    for lang in SETTINGS.languages[1:]:
        labels = open_wording(THEME, lang, "newsletter").labels
        for key in (
            "start_reading",
            "view_in_browser",
            "unsubscribe",
            "why_this_mail",
            "pages_label",
            "skip",
            "newsletters",
        ):
            assert labels[key] != english[key], (lang, key)


def test_a_long_word_breaks_instead_of_widening_the_letter():
    made = editions({"news/a.md": news("A"), "newsletters/cord/3.md": issue("  - {title: A, items: [a]}")})
    page = LexborHTMLParser(made.text("newsletters/cord/3/email.html"))
    assert "word-break:break-word" in page.css_first(".letter").attributes["style"].replace(" ", "")


HOSTILE = (
    "![Wide](/dots.png)\n\n    "
    + "x" * 90
    + "\n\n| Place | Amount |\n|---|--:|\n| Brussels | 1,234,567 EUR |\n\n> Said."
)


def style_of(node):
    return dict(one.strip().split(":", 1) for one in node.attributes["style"].rstrip(";").split(";"))


@pytest.mark.parametrize("place", ["body", "text", "close"])
def test_pictures_code_and_tables_stay_in_the_letter_wherever_they_stand(place):
    indented = HOSTILE.replace("\n", "\n      ")
    section = "  - title: S\n    items: [milan]\n" + (
        "" if place == "body" else f"    {place}: |\n      {indented}\n"
    )
    body = HOSTILE if place == "body" else "Text."
    edition = made(files={"newsletters/cord/3.md": issue(section, body=body)})
    page = LexborHTMLParser(edition.text(f"{BASE}email.html"))
    picture = style_of(page.css_first('img[alt="Wide"]'))
    assert (picture["max-width"], picture["height"]) == ("100%", "auto")
    code = style_of(page.css_first("pre"))
    assert (code["white-space"], code["word-break"]) == ("pre-wrap", "break-word")
    cell = style_of(page.css_first(".table td:last-child"))
    assert (cell["padding"], cell["text-align"]) == ("6px 8px", "right")
    frame = style_of(page.css_first(".table"))  # cells inherit how words break
    assert (frame["overflow-x"], frame["word-break"]) == ("auto", "normal")


def test_outlook_gets_a_letter_that_no_long_line_makes_wider(small):
    html = as_outlook_reads(small.text(f"{BASE}email.html"))
    letter = LexborHTMLParser(html).css_first('table[role="presentation"][width="600"]')
    assert style_of(letter)["table-layout"] == "fixed"
    assert "pre{word-break:break-all}" in html


@pytest.mark.parametrize(
    ("wanted", "page", "mail"),
    [
        ("width=100", "100", "100"),
        ('width="50%"', "400", "276"),
        ("width=700", "700", "552"),
        ("height=45", "80", "80"),
    ],
)
def test_a_picture_has_the_width_that_its_author_wants_in_every_edition(wanted, page, mail):
    edition = made(files={"newsletters/cord/3.md": issue(SECTIONS, body=f"![Wide](/dots.png){{{wanted}}}")})
    widths = [
        LexborHTMLParser(edition.text(f"{BASE}{name}")).css_first('img[alt="Wide"]').attributes["width"]
        for name in ("index.html", "email.html")
    ]
    assert widths == [page, mail]


def test_a_footnote_with_a_list_keeps_its_items_apart_in_every_edition():
    note = "Text.[^1]\n\n[^1]: Two:\n\n    - one\n    - two\n\n    End.\n"
    edition = made(files={"newsletters/cord/3.md": issue(SECTIONS, body=note)})
    for name in ("index.html", "email.html"):
        assert re.search("Two:<br>– one<br>– two<br>End. <a ", edition.text(f"{BASE}{name}"))
    assert "[Two:\n– one\n– two\nEnd.]" in edition.text(f"{BASE}email.txt")
