"""Random Word files: every word is in the text once, and in its order."""

import re
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importing.documents.test_word_texts import (
    BOX_OF_2007,
    INS,
    SDT,
    TEXT_BOX,
    listed,
    markdown_of,
    with_blocks,
    with_lists,
)
from tests.importing.documents.word_files import field, new_document, paragraph, run, saved

MARKS = [
    "",
    "<w:b/>",
    "<w:i/>",
    '<w:u w:val="single"/>',
    "<w:strike/>",
    '<w:vertAlign w:val="superscript"/>',
    "<w:b/><w:i/>",
    "<w:caps/>",
]
AROUND = [
    "{}",
    INS,
    "<w:bdo w:val='rtl'>{}</w:bdo>",
    "<w:smartTag>{}</w:smartTag>",
    '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    '<w:fldSimple w:instr=" REF a ">{}</w:fldSimple>',
    SDT.format("", "{}"),
]
STYLES = [
    "",
    "Heading1",
    "Heading3",
    "Caption",
    "Quote",
    "IntenseQuote",
    "ListParagraph",
    "BodyText",
    "Title",
    "NoSuchStyle",
]
BREAKS = ["", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", '<w:r><w:br w:type="page"/></w:r>']

RUN = st.tuples(
    st.just("run"), st.sampled_from(MARKS), st.sampled_from(AROUND), st.sampled_from(BREAKS), st.booleans()
)
TEXT = st.lists(RUN, min_size=1, max_size=4)
PARAGRAPH = st.tuples(st.just("p"), st.sampled_from(STYLES), TEXT)
ITEM = st.tuples(st.just("li"), st.integers(0, 3), st.sampled_from([50, 51, 52]), TEXT)
BOX = st.tuples(st.just("box"), st.sampled_from([TEXT_BOX, BOX_OF_2007]), TEXT, TEXT)
CELLS = st.lists(st.lists(PARAGRAPH | ITEM, min_size=1, max_size=2), min_size=2, max_size=2)
TABLE = st.tuples(st.just("tbl"), st.lists(CELLS, min_size=1, max_size=3), st.booleans())
BLOCKS = st.lists(PARAGRAPH | ITEM | BOX | TABLE, min_size=1, max_size=7)


class Writer:
    """Writes blocks as XML, with a number as the word of each run."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def text(self, runs) -> str:
        parts = []
        for _, mark, around, line_end, is_field in runs:
            inner = run(f"w{next(self.numbers)}x ", mark)
            parts += [field("REF b", inner) if is_field else around.format(inner), line_end]
        return "".join(parts)

    def block(self, block) -> str:
        kind = block[0]
        if kind == "p":
            return paragraph(
                self.text(block[2]), properties=f'<w:pStyle w:val="{block[1]}"/>' if block[1] else ""
            )
        if kind == "li":
            return listed(self.text(block[3]), block[1], block[2])
        if kind == "box":
            before = self.text(block[2])
            number = next(self.numbers)
            return paragraph(before, block[1].format(paragraph(run(f"w{number}x"))))
        rows = "".join(f"<w:tr>{''.join(self.cell(cell) for cell in cells)}</w:tr>" for cells in block[1])
        return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"

    def cell(self, blocks) -> str:
        return f"<w:tc>{''.join(map(self.block, blocks))}</w:tc>"


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS)
def test_every_word_is_in_the_text_once(blocks):
    writer = Writer()
    made = with_lists(with_blocks(new_document(), [writer.block(block) for block in blocks]))
    said = next(writer.numbers) - 1
    found = re.findall(r"w(\d+)x", markdown_of(saved(made)))
    assert sorted(map(int, found)) == list(range(1, said + 1))
