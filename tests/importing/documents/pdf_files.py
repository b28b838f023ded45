"""PDF files of several manners, written by hand: the words of a page at their places, in any order."""

from io import BytesIO

from PIL import Image

FONTS = {
    "regular": "Helvetica",
    "bold": "Helvetica-Bold",
    "italic": "Helvetica-Oblique",
    "serif": "Times-Roman",
}
WIDTH, HEIGHT = 595, 842


def write(x, y, text, size=10, font="regular"):
    """Return the operators that write a line of words at a place."""
    words = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%b %.1f Tf %.1f %.1f Td (%b) Tj ET\n" % (font.encode(), size, x, y, words)


def column(x, y, lines, size=10, leading=12, font="regular"):
    """Return the operators that write lines below one another."""
    return b"".join(write(x, y - number * leading, line, size, font) for number, line in enumerate(lines))


def show(name, x, y, width, height):
    """Return the operators that show a picture."""
    return b"q %d 0 0 %d %d %d cm /%b Do Q\n" % (width, height, x, y, name.encode())


def jpeg(colour="teal", size=(80, 60)):
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def pdf(*pages, info=b"", pictures=None, links=(), catalog=b""):
    """Return a PDF.

    Args:
        pages: operators of each page.
        info: entries of the information dictionary.
        pictures: name → JPEG of 80 by 60 pixels.
        links: (page from 0, rectangle, address).
        catalog: further entries of the catalogue.
    """
    objects = [b"", b"", b"<< %b >>" % info]

    def add(content):
        objects.append(content)
        return len(objects)

    fonts = b" ".join(
        b"/%b %d 0 R" % (name.encode(), add(b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>" % font.encode()))
        for name, font in FONTS.items()
    )  # fmt: skip
    head = b"<< /Type /XObject /Subtype /Image /Width 80 /Height 60 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    shown = b" ".join(
        b"/%b %d 0 R"
        % (name.encode(), add(b"%b /Length %d >>\nstream\n%b\nendstream" % (head, len(raw), raw)))
        for name, raw in (pictures or {}).items()
    )
    kids = []
    for number, content in enumerate(pages):
        text = add(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        notes = [
            b"<< /Type /Annot /Subtype /Link /Rect [%d %d %d %d] /A << /S /URI /URI (%b) >> >>"
            % (*box, url.encode())
            for page, box, url in links
            if page == number
        ]
        resources = b"/Resources << /Font << %b >> /XObject << %b >> >>" % (fonts, shown)
        box = b"/MediaBox [0 0 %d %d]" % (WIDTH, HEIGHT)
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R %b /Contents %d 0 R %b /Annots [%b] >>"
                % (box, text, resources, b" ".join(notes))
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + end


def encrypted(raw, password="sesame"):
    """Return a PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(raw)))
    writer.encrypt(password, algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def scan():
    """Return a PDF that is a picture of a page."""
    made = BytesIO()
    Image.new("L", (600, 800), 200).save(made, "PDF")
    return made.getvalue()


def typeset(source):
    """Return what Typst makes of its markup: a tagged PDF with bookmarks and hyphens."""
    import typst

    return typst.compile({"main.typ": source.encode()})


def width_of(text, size=10):
    """Return the width of words in Helvetica, in points."""
    from pdfminer.fontmetrics import FONT_METRICS

    widths = FONT_METRICS["Helvetica"][1]
    return sum(widths[character] for character in text) * size / 1000


def justified(x, y, words, width, size=10, leading=12):
    """Return the operators of a column of justified text, each word at its place, as layout programs write it."""
    made, line = b"", []
    for word in [*words, None]:
        taken = [*line, word] if word else line
        if word and sum(width_of(one, size) for one in taken) + 2.5 * (len(taken) - 1) <= width:
            line = taken
            continue
        gap = (width - sum(width_of(one, size) for one in line)) / max(len(line) - 1, 1) if word else 3
        at = x
        for one in line:
            made += write(at, y, one, size)
            at += width_of(one, size) + gap
        y, line = y - leading, [word] if word else []
    return made
