"""What stands in a Word file stands in the item: each element of the format, in the form that Word writes."""

import zipfile
from io import BytesIO

import pytest
from docx.oxml import parse_xml

from clusterpress.importing.sources.documents.document_html import level_headings
from clusterpress.importing.sources.documents.files import Source, read_documents
from clusterpress.importing.sources.documents.findings import Findings
from clusterpress.importing.sources.documents.word_files import read_word
from clusterpress.importing.texts.html import to_markdown
from clusterpress.importing.write import Attachments, ProjectStorage
from clusterpress.scaffolding.questions import read_records
from tests.importing.documents.word_files import (
    NAMESPACES,
    add_picture,
    add_xml,
    field,
    new_document,
    notes,
    paragraph,
    picture,
    run,
    saved,
    with_parts,
    with_related,
)
from tests.importing.project import Project


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "site")


@pytest.fixture
def bring(project):
    """Import one Word file; return the text of the item and the report."""

    def bring(raw, name="a.docx"):
        settings = project.settings
        sources = ProjectStorage(project.root).sources
        registers = read_records(project.root, settings).registers
        found = read_documents([Source(name, lambda: raw)], read_word, settings, registers, sources)
        assert not found.faults, found.faults[0].message
        files = Attachments(names=[*found.pictures], read=found.pictures.__getitem__, is_tree=True)
        report = project.bring(found.export, files)
        (outcome,) = report.outcomes
        return project.read(outcome.path, "."), report

    return bring


class Links:
    """References that keep every address."""

    def link(self, address):
        return address

    picture = outside = link

    def remark(self, *_):
        pass


def markdown_of(raw: bytes) -> str:
    """Return the text of a Word file, without the rest of an import."""
    document = read_word(raw, "a.docx", Findings("a.docx"))
    level_headings(document.soup)
    return to_markdown(str(document.soup), Links())


def body_of(text: str) -> str:
    return text.split("---\n", 2)[2]


def document(*blocks: str):
    """Return a document with a title, a date and blocks of XML."""
    made = new_document()
    made.add_heading("A title", 0)
    made.add_paragraph("15 June 2027")
    return with_blocks(made, blocks)


def with_blocks(made, blocks):
    for block in blocks:
        add_xml(made, block)
    return made


INS = '<w:ins w:id="1" w:author="A">{}</w:ins>'
DEL = '<w:del w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>'
MARK_DELETED = '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>'
TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1' name='b'/>"
    "<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
BOX_OF_2007 = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
MATH = (
    "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    "<m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath>"
)
SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        # emphasis, in runs and styles
        ([paragraph("One ", run("bold", "<w:b/>"), " two")], "One **bold** two"),
        ([paragraph("One ", run("not", '<w:b w:val="0"/>'), " two")], "One not two"),
        ([paragraph("One ", run("slanted", '<w:rStyle w:val="Emphasis"/>'), " two")], "One *slanted* two"),
        ([paragraph("One ", run("lined", '<w:u w:val="single"/>'), " two")], "One <u>lined</u> two"),
        ([paragraph("One ", run("plain", '<w:u w:val="none"/>'), " two")], "One plain two"),
        ([paragraph("One ", run("struck", "<w:dstrike/>"), " two")], "One <del>struck</del> two"),
        ([paragraph("H", run("2", '<w:vertAlign w:val="subscript"/>'), "O")], "H<sub>2</sub>O"),
        ([paragraph("1", run("st", '<w:vertAlign w:val="superscript"/>'))], "1<sup>st</sup>"),
        # breaks and unusual characters
        ([paragraph("one", "<w:r><w:br/></w:r>", "two")], "one  \ntwo"),
        ([paragraph("one", "<w:r><w:cr/></w:r>", "two")], "one  \ntwo"),
        ([paragraph("one", '<w:r><w:br w:type="page"/></w:r>', "two")], "one two"),
        ([paragraph("hand", "<w:r><w:softHyphen/></w:r>", "made")], "handmade"),
        ([paragraph("e", "<w:r><w:noBreakHyphen/></w:r>", "mail")], "e\u2011mail"),
        # tracked changes
        ([paragraph("kept ", INS.format(run("new")), DEL)], "kept new"),
        ([paragraph("one ", properties=MARK_DELETED), paragraph("two")], "one two"),
        ([paragraph("a ", "<w:moveFrom w:id='5'>" + run("moved") + "</w:moveFrom>", "b"), paragraph("<w:moveTo w:id='6'>" + run("moved") + "</w:moveTo>")], "a b\n\nmoved"),
        ([paragraph(run("x", '<w:rPrChange w:id="9" w:author="A"><w:rPr><w:b/></w:rPr></w:rPrChange>'))], "x"),
        # fields
        ([paragraph("on ", field("DATE \\@ d", "15 May 2027"), " in Linz")], "on 15 May 2027 in Linz"),
        ([paragraph("see ", field("REF _Ref1 \\h", "Figure 2"), ".")], "see Figure 2."),
        ([paragraph("page ", field("PAGE", "7"), "!")], "page !"),
        ([paragraph("see ", '<w:fldSimple w:instr=" SEQ Figure ">' + run("3") + "</w:fldSimple>", ".")], "see 3."),
        ([paragraph("see ", field('HYPERLINK "https://x.example.eu/"', "there it is"), ".")], "see [there it is](https://x.example.eu/)."),
        ([paragraph("see ", '<w:fldSimple w:instr="HYPERLINK &quot;https://x.example.eu/&quot;">' + run("this") + "</w:fldSimple>", ".")], "see [this](https://x.example.eu/)."),
        ([paragraph(field("TOC \\o", field("PAGEREF a", "1"), "Chapter one")), paragraph("After.")], "After."),
        ([SDT.format('<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>', paragraph("Contents")), paragraph("After.")], "After."),
        ([SDT.format("<w:text/>", paragraph("Filled in."))], "Filled in."),
        ([SDT.format("<w:showingPlcHdr/>", paragraph("Click here to enter text.")), paragraph("After.")], "After."),
        ([paragraph("so ", SDT.format('<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>', run("☒")), " done")], "so ☒ done"),
        # links
        ([paragraph("see ", '<w:hyperlink w:anchor="_a">' + run("below") + "</w:hyperlink>"), paragraph("<w:bookmarkStart w:id='7' w:name='_a'/>", "Goal")], 'see [below](#_a)\n\n<span id="_a"></span>Goal'),
        ([paragraph("see ", '<w:hyperlink w:anchor="_gone">' + run("nothing") + "</w:hyperlink>")], "see nothing"),
        ([paragraph("see ", '<w:hyperlink r:id="rIdNone">' + run("nothing") + "</w:hyperlink>")], "see nothing"),
        ([paragraph("see", '<w:r><w:footnoteReference w:id="77"/></w:r>', ".")], "see."),
        # containers that a converter may not know
        ([paragraph("<w:bdo w:val='ltr'>" + run("turned") + "</w:bdo>", " text")], "turned text"),
        ([paragraph("<w:smartTag w:element='place'>" + run("Linz") + "</w:smartTag>", ".")], "Linz."),
        ([paragraph("<w:r><w:ruby><w:rt>" + run("kan") + "</w:rt><w:rubyBase>" + run("漢") + "</w:rubyBase></w:ruby></w:r>")], "漢 (kan)"),
        # boxes, formulas, hidden text, large first letters
        ([paragraph("Before.", TEXT_BOX.format(paragraph("In the box."))), paragraph("After.")], "Before.\n\nIn the box.\n\nAfter."),
        ([paragraph("Before.", BOX_OF_2007.format(paragraph("In the box.")))], "Before.\n\nIn the box."),
        ([paragraph("Outer.", TEXT_BOX.format(paragraph("One.", TEXT_BOX.format(paragraph("Two.")))))], "Outer.\n\nOne.\n\nTwo."),
        ([paragraph("So ", MATH, ".")], "So x<sup>2</sup>=(a+b)/c."),
        ([paragraph("seen ", run("secret", "<w:vanish/>"), "again")], "seen again"),
        ([paragraph("T", properties='<w:framePr w:dropCap="drop" w:lines="3"/>'), paragraph("he project began.")], "The project began."),
        ([paragraph('<w:r><w:pict><v:shape><v:textpath string="Word art"/></v:shape></w:pict></w:r>')], "Word art"),
    ],
)  # fmt: skip
def test_an_element_of_word_is_in_the_text(blocks, expected):
    assert markdown_of(saved(with_blocks(new_document(), blocks))) == f"{expected}\n"


def numbering(*levels: str) -> str:
    return "".join(f'<w:lvl w:ilvl="{at}">{level}</w:lvl>' for at, level in enumerate(levels))


LEVELS = numbering(
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/>',
    '<w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>',
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/>',
    '<w:start w:val="4"/><w:numFmt w:val="decimal"/>',
)


def listed(text: str, level: int = 0, number: int = 50) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def with_lists(made):
    """Add two lists that count on from each other, and one that begins anew."""
    root = made.part.numbering_part.element
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum xmlns:w="{root.nsmap["w"]}" w:abstractNumId="90">{LEVELS}</w:abstractNum>'
        ),
    )
    for number, anew in (
        (50, ""),
        (51, ""),
        (52, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        root.append(
            parse_xml(
                f'<w:num xmlns:w="{root.nsmap["w"]}" w:numId="{number}"><w:abstractNumId w:val="90"/>{anew}</w:num>'
            )
        )
    return made


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([listed("a"), listed("b"), listed("c", 1), listed("d", 2), listed("e")], "1. a\n2. b\n    1. c\n        - d\n3. e"),
        ([listed("a"), paragraph("between"), listed("b")], "1. a\n\nbetween\n\n2. b"),
        ([listed("a"), listed("b", 0, 52), listed("c", 0, 52)], "1. a\n\n1. b\n2. c"),
        ([listed("a", 3), listed("b", 3)], "4. a\n5. b"),
        ([listed("a", 1), listed("b", 0)], "1. a\n\n1. b"),
        ([listed("a"), paragraph("more", properties='<w:pStyle w:val="ListParagraph"/>'), listed("b")], "1. a\n\n    more\n\n2. b"),
        ([paragraph("plain", properties='<w:pStyle w:val="ListParagraph"/>')], "plain"),
        ([paragraph("• one"), paragraph("• two")], "- one\n- two"),
        ([paragraph("o", "<w:r><w:tab/></w:r>", "one"), paragraph("o", "<w:r><w:tab/></w:r>", "two")], "- one\n- two"),
        ([paragraph("1.", "<w:r><w:tab/></w:r>", "one"), paragraph("2.", "<w:r><w:tab/></w:r>", "two")], "1. one\n2. two"),
        ([paragraph("#Techdays was the tag.")], "#Techdays was the tag."),
        ([paragraph("2019. A year.")], "2019\\. A year."),
    ],
)  # fmt: skip
def test_lists_keep_their_depth_and_their_numbers(blocks, expected):
    assert markdown_of(saved(with_lists(with_blocks(new_document(), blocks)))) == f"{expected}\n"


def test_lists_by_style_nest():
    made = new_document()
    for style in (
        "List Bullet",
        "List Bullet 2",
        "List Bullet 3",
        "List Bullet",
        "List Number",
        "List Number 2",
    ):
        made.add_paragraph(style, style=style)
    assert markdown_of(saved(made)) == (
        "- List Bullet\n    - List Bullet 2\n        - List Bullet 3\n- List Bullet\n\n"
        "1. List Number\n    1. List Number 2\n"
    )


def test_headings_begin_below_the_title_and_skip_no_level():
    made = new_document()
    for level in (1, 3, 3, 1, 2):
        made.add_heading(f"Level {level}", level)
    add_xml(made, paragraph("By outline", properties='<w:outlineLvl w:val="1"/>'))
    headings = [line for line in markdown_of(saved(made)).split("\n") if line]
    assert headings == [
        "## Level 1",
        "### Level 3",
        "### Level 3",
        "## Level 1",
        "### Level 2",
        "### By outline",
    ]


def test_footnotes_and_endnotes_stand_where_their_numbers_are():
    reference = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
    made = with_blocks(
        new_document(),
        [paragraph("One", reference.format("footnote", 2), " and two", reference.format("endnote", 3), ".")],
    )
    link = field('HYPERLINK "https://x.example.eu/"', "a source")
    raw = with_related(
        saved(made),
        "footnotes",
        "footnotes.xml",
        notes("footnote", {"2": paragraph("First ", link, ".") + paragraph("Second line.")}),
    )
    raw = with_related(
        raw, "endnotes", "endnotes.xml", notes("endnote", {"3": paragraph("At the end.")}), "rIdY"
    )
    assert markdown_of(raw) == (
        "One[^1] and two[^2].\n\n[^1]: First [a source](https://x.example.eu/). Second line.\n\n[^2]: At the end.\n"
    )


def test_a_note_in_a_table_with_merged_cells_is_not_lost():
    made = new_document()
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Wide"
    table.cell(1, 0).text, table.cell(1, 1).text = "a", "b"
    table.cell(1, 1).paragraphs[0]._p.append(
        parse_xml(f'<w:r {NAMESPACES}><w:footnoteReference w:id="2"/></w:r>')
    )
    raw = with_related(
        saved(made), "footnotes", "footnotes.xml", notes("footnote", {"2": paragraph("The note.")})
    )
    text = markdown_of(raw)
    assert text.count("The note.") == 1
    assert "<footnote>" not in text
    assert 'colspan="2"' in text


def test_tables_keep_heads_cells_lists_and_captions(bring):
    made = document()
    made.add_paragraph("Table 1: What we do", style="Caption")
    table = made.add_table(2, 2)
    for cell, words in zip(table.rows[0].cells, ("Activity", "Example"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    table.cell(1, 0).text = "Pipes | and *stars*"
    table.cell(1, 1).text = "For instance:"
    table.cell(1, 1).add_paragraph("one", style="List Bullet")
    table.cell(1, 1).add_paragraph("two", style="List Bullet")
    text, report = bring(saved(made))
    assert body_of(text) == (
        "Table 1: What we do\n\n| **Activity** | **Example** |\n|---|---|\n"
        "| Pipes \\| and \\*stars\\* | For instance:<br>- one<br>- two |\n"
    )
    assert not report.warnings


def test_a_table_without_marked_head_takes_its_first_row_and_says_so(bring):
    made = document()
    table = made.add_table(2, 2)
    for at, words in enumerate(("Region", "Country", "Catalonia", "Spain")):
        table.cell(at // 2, at % 2).text = words
    text, report = bring(saved(made))
    assert "| Region | Country |\n|---|---|\n| Catalonia | Spain |" in text
    assert [warning.message for warning in report.warnings] == [
        'the first row of a table was taken as its head: "Region | Country"'
    ]


def test_pictures_have_their_alt_texts_and_captions_beside_the_item(bring, project):
    made = document()
    add_picture(made, picture("red"), "A red field")
    made.add_paragraph("Figure 1: The field of Lille.", style="Caption")
    add_picture(made, picture("blue"), "A blue lake, Description automatically generated")
    made.add_paragraph("Photo: Ann Example")
    made.add_paragraph("Running text.")
    text, report = bring(saved(made))
    assert body_of(text) == (
        '![A red field](picture-1.png "Figure 1: The field of Lille.")\n\n'
        '![A blue lake](picture-2.png "Photo: Ann Example")\n\nRunning text.\n'
    )
    assert report.copied == (
        "content/news/2027/a-title/picture-1.png",
        "content/news/2027/a-title/picture-2.png",
    )
    assert project.files()["content/news/2027/a-title/picture-1.png"] == picture("red")


PICTURE = (
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    "<pic:blipFill><a:blip {key}/>{crop}</pic:blipFill><pic:spPr/></pic:pic>"
)
DRAWING = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="d"/><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def pictures_of(raw):
    findings = Findings("a.docx")
    soup = read_word(raw, "a.docx", findings).soup
    found = [(str(one["src"]).rpartition("/")[2], one.get("alt")) for one in soup.find_all("img")]
    return found, [remark.message for remark in findings.remarks]


def with_image(made, drawing):
    """Return a Word file with a drawing that may use the picture "rIdP", or "rIdW" of the web."""
    add_xml(made, paragraph(drawing))
    raw = with_related(saved(made), "image", "media/field.png", picture(), "rIdP")
    raw = with_related(raw, "image", "https://x.example.eu/lake.png", picture(), "rIdW")
    with_web = raw_part(raw, "word/_rels/document.xml.rels").replace(
        b'Id="rIdW"', b'Id="rIdW" TargetMode="External"'
    )
    return with_parts(raw, {"word/_rels/document.xml.rels": with_web})


def raw_part(raw, name):
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return archive.read(name)


@pytest.mark.parametrize(
    ("drawing", "found", "said"),
    [
        (DRAWING.format(PICTURE.format(alt="A field", key='r:embed="rIdP"', crop="")), [("field.png", "A field")], 0),
        (DRAWING.format(PICTURE.format(alt="", key='r:embed="rIdP"', crop="")), [("field.png", None)], 0),
        (DRAWING.format(PICTURE.format(alt="A field", key='r:embed="rIdP"', crop='<a:srcRect l="25000"/>')), [("field.png", "A field")], 1),
        (DRAWING.format(PICTURE.format(alt="A field", key='r:embed="rIdP"', crop='<a:srcRect l="0"/>')), [("field.png", "A field")], 0),
        (DRAWING.format("<wpg:wgp>" + PICTURE.format(alt="One", key='r:embed="rIdP"', crop="") + PICTURE.format(alt="Two", key='r:embed="rIdP"', crop="") + "</wpg:wgp>"), [("field.png", "One"), ("field.png", "Two")], 0),
        (DRAWING.format(PICTURE.format(alt="A lake", key='r:link="rIdW"', crop="")), [("lake.png", "A lake")], 0),
        ('<w:r><w:pict><v:shape alt="A field"><v:imagedata r:id="rIdP"/></v:shape></w:pict></w:r>', [("field.png", "A field")], 0),
        (DRAWING.format(PICTURE.format(alt="Lost", key='r:embed="rIdNone"', crop="")), [], 1),
    ],
)  # fmt: skip
def test_every_kind_of_picture_is_found_with_its_alt_text(drawing, found, said):
    shown, remarks = pictures_of(with_image(new_document(), drawing))
    assert shown == found
    assert len(remarks) == said


def test_a_drawing_that_only_its_second_form_shows_is_found():
    ink = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wpi'><w:drawing><wp:inline/></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape alt='A signature'><v:imagedata r:id='rIdP'/></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert pictures_of(with_image(new_document(), ink))[0] == [("field.png", "A signature")]


def test_a_line_in_bold_that_may_be_a_heading_is_named(bring):
    made = document(
        paragraph(run("What comes next", "<w:b/>")), paragraph(run("A whole sentence.", "<w:b/>"))
    )
    _, report = bring(saved(made))
    assert [warning.message for warning in report.warnings] == [
        'the line "What comes next" in bold looks like a heading'
    ]


def test_the_strict_form_of_the_format_is_read_alike():
    made = new_document()
    made.add_heading("A heading", 1)
    made.add_paragraph("one", style="List Bullet")
    raw = saved(made)
    changes = {
        name: raw_part(raw, name)
        .replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels")
    }  # fmt: skip
    assert markdown_of(with_parts(raw, changes)) == "## A heading\n\n- one\n"


def test_the_language_of_the_words_is_read(bring):
    made = document(paragraph(run("Vingt clusters se sont réunis.", '<w:lang w:val="fr-FR"/>')))
    _, report = bring(saved(made))
    assert [outcome.path for outcome in report.outcomes] == ["content/news/2027/a-title.fr.md"]


def test_what_a_page_cannot_show_is_named(bring):
    made = document(
        paragraph('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="c"/><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdX"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'),
        paragraph('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
        paragraph(field("PAGE", "3")),
        paragraph("kept", DEL, run("secret", "<w:vanish/>")),
    )  # fmt: skip
    made.sections[0].header.paragraphs[0].text = "Clusters in Common"
    made.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    made.add_comment(made.paragraphs[-1].runs, text="Is this still true?", author="Ann Example")
    chart = b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Members by year</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>'
    text, report = bring(with_related(saved(made), "chart", "charts/chart1.xml", chart))
    assert body_of(text) == "kept\n"
    assert sorted(left.what for left in report.skipped) == [
        'chart "Members by year"',
        'comment of Ann Example: "Is this still true?"',
        "embedded object of Excel.Sheet.12",
        'hidden text "secret"',
        'page footer "Page 1 of 9"',
        'page header "Clusters in Common"',
        "page number",
        "text that a tracked change deletes",
    ]
