"""The five publications that such sites really make, as their authors would send them: Word files.

Their facts are those of the demo; the sentences are our own. Each function returns the bytes of a Word file, and
everything that readers must find in the item.
"""

from tests.importing.documents.word_files import (
    add_picture,
    add_xml,
    field,
    new_document,
    paragraph,
    picture,
    run,
    saved,
)


class Words:
    """A Word file in the making, and the words in it."""

    def __init__(self) -> None:
        self.document = new_document()
        self.said: list[str] = []

    def add(self, text: str, style: str | None = None, *, bold: bool = False) -> None:
        """Add a paragraph that readers must find."""
        made = self.document.add_paragraph(style=style)
        made.add_run(text).bold = bold or None
        self.said.append(text)

    def add_all(self, texts: list[str], style: str) -> None:
        for text in texts:
            self.add(text, style)

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(text, level)
        self.said.append(text)

    def picture(self, alt: str, caption: str, colour: str = "red") -> None:
        add_picture(self.document, picture(colour), alt)
        self.add(caption, "Caption")

    def table(self, rows: list[list[str | list[str]]]) -> None:
        """Add a table; a cell that is a list holds a list."""
        table = self.document.add_table(len(rows), len(rows[0]), style="Light Grid Accent 1")
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, words in zip(cells.cells, row, strict=True):
                if isinstance(words, str):
                    cell.text = words
                    self.said.append(words)
                    continue
                cell.paragraphs[0].text = words[0]
                cell.paragraphs[0].style = "List Bullet"
                for line in words[1:]:
                    cell.add_paragraph(line, style="List Bullet")
                self.said += words


def benchmarking_visit() -> tuple[bytes, list[str]]:
    """S0: a post with a standfirst that its first paragraph repeats, sub-headings and a caption."""
    made = Words()
    made.document.add_heading("Five days in Piedmont", 0)
    made.document.add_paragraph("June 15, 2019")
    lead = "QOOT spent five days in Italy to see how other clusters serve their members."
    made.document.add_paragraph(lead, style="Subtitle")
    made.add(lead)
    made.picture("Hills with rows of vines", "Figure 1: Piedmont was the region to learn from.")
    made.heading("Who travelled")
    made.add("Jihane Chahla went for the cluster from Lebanon; seven other managers came along.")
    made.add_all(
        [
            "Morocco: Numeric Cluster, MDC, Agrinova and C2TM",
            "Egypt: innoventures and Borg el Arab",
            "Tunisia: the North-West olive oil cluster",
        ],
        "List Bullet",
    )
    made.heading("Who taught")
    made.add(
        "Massimo Gargini explained business models, Davide Damosso and Giulia Razetti showed Environment Park, and Michele Mannucci spoke about digital communication."
    )
    made.heading("One tour of four")
    made.table(
        [
            ["Region", "Country"],
            ["Catalonia", "Spain"],
            ["Wallonia", "Belgium"],
            ["Région SUD Provence-Alpes-Côte d'Azur", "France"],
            ["Piedmont", "Italy"],
        ]
    )
    made.add("A manager may join two of the four tours that THE NEXT SOCIETY runs between 2018 and 2020.")
    return saved(made.document), [*made.said, "Five days in Piedmont"]


def techdays() -> tuple[bytes, list[str]]:
    """S1: a post without any title, with two quotations and a line that begins with a hashtag."""
    made = Words()
    made.add("QOOT joined the first #Techdays in Casablanca from 9 to 12 April 2019.")
    made.add("#Techdays brought the clusters of seven countries together.")
    made.add("“We found partners within a day,” one manager said.")
    made.add("Clusters grow when they meet.", "Quote")
    made.heading("Cooperation in sight")
    made.add_all(
        ["a packaging cluster in Spain", "a food cluster in Latvia", "Food Net Metacluster"], "List Bullet"
    )
    made.add("Seven countries take part: Algeria, Egypt, Jordan, Lebanon, Morocco, Palestine and Tunisia.")
    return saved(made.document), made.said


def pilot_training() -> tuple[bytes, list[str]]:
    """S2: a project's news with a date in capitals, a bold lead, a byline and a list with colons."""
    made = Words()
    made.document.add_heading("Seven steps to foreign markets", 1)
    made.document.add_paragraph("13 MAY 2014")
    made.add("Creative clusters practised working abroad in Lille.", bold=True)
    made.document.add_paragraph("By Serena Mingolla")
    made.picture("Seven houses in a row", "One more lit window for each step.", "blue")
    made.add("The second training took place on 29 April 2014, after a first one in Barcelona on 26 March.")
    steps = [
        "Target group: whom do we serve?",
        "Challenges: what stands in the way?",
        "Market information: what do we know?",
        "Tools and funding: what helps, and who pays?",
        "Partners: with whom?",
        "Duration and plan: how long, in which order?",
        "Learning: what do we do better next time?",
    ]
    made.add_all(steps, "List Number")
    link = field('HYPERLINK "https://www.example.eu/eccl"', "Learn more about ECCL")
    add_xml(made.document, paragraph("From 2 July 2014, peers meet in Stuttgart. ", link, "."))
    return saved(made.document), [*made.said, "Serena Mingolla", "Learn more about ECCL"]


def newsletter() -> tuple[bytes, list[str]]:
    """S3: a long text with a table with lists in its cells, contact cards, diacritics, ordinals and ®."""
    made = Words()
    made.document.add_heading("Clusters-Cord newsletter no. 3", 0)
    made.document.add_paragraph("16 January 2012")
    made.heading("Benchmarking conference report")
    made.add(
        "In Milan, 113 participants and more than thirty cluster managers compared five sectors for eight hours."
    )
    made.heading("What is a metacluster?")
    made.add("Table 1: Potential common activities", "Caption")
    made.table(
        [
            ["Field", "Activities"],
            ["Information and communication", ["a common website", "a newsletter"]],
            ["Internationalisation", ["joint missions", "a fair stand"]],
            ["Marketing & PR", ["one brand®", "press work"]],
            ["Cooperation", ["projects"]],
            ["Training and qualification", ["seminars", "exchange of staff"]],
        ]
    )
    made.heading("Introduction of partners")
    made.heading("Regional Development Agency of Piešťany", 2)
    made.add("Trnava Self-Governing Region, the town and Trnavská rozvojová spoločnosť founded it in 2008.")
    made.add("Kukučínova 1672/21, 921 01 Piešťany, Slovakia, phone +421 911 285 131")
    made.heading("Important events")
    made.add_all(
        [
            "Linz, 21-22 February 2012: energy and environment",
            "Milan, beginning of April 2012: food and tourism",
            "Stuttgart, June 2012: ICT and health",
        ],
        "List Bullet",
    )
    add_xml(
        made.document, paragraph("It is the 3", run("rd", '<w:vertAlign w:val="superscript"/>'), " issue.")
    )
    made.heading("News from partners")
    made.add("Upper Austria invited exporters to the OÖ. Exporttag in Linz on Monday 14 November 2011.")
    return saved(made.document), [*made.said, "It is the 3rd issue."]


def final_webinar() -> tuple[bytes, list[str]]:
    """S4: a platform's news, with name and date in one line, and a link called "here"."""
    made = Words()
    made.document.add_heading("ClusterXchange says goodbye", 0)
    made.document.add_paragraph("Submitted by Imogen Allan on 15 November 2021")
    made.add("The last webinar of the pilot scheme took place on 9 November 2021.")
    made.add(
        "Thirteen partnerships looked back, among them BLUES, RECiPE4Mobility, SafeSmartFood and SMART4NZEB."
    )
    made.add("Primož Zorec and Katarzyna Korczak spoke about what stays.")
    add_xml(
        made.document,
        paragraph(
            "You find the recording ",
            field('HYPERLINK "https://www.example.eu/cxc"', "in the archive of the scheme"),
            ".",
        ),
    )
    return saved(made.document), [*made.said, "Imogen Allan", "in the archive of the scheme"]


PUBLICATIONS = {
    "S0.docx": benchmarking_visit,
    "S1.docx": techdays,
    "S2.docx": pilot_training,
    "S3.docx": newsletter,
    "S4.docx": final_webinar,
}
