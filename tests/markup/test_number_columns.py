"""Columns of numbers in tables of texts, as readers see them: their cells range at the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from clusterpress.markup.number_columns import mark_number_columns


def table(*rows, tag="td"):
    head, *others = rows
    lines = [f"<tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in row)}</tr>" for row in others]
    return f"<p>A</p><table><thead>{lines[0]}</thead><tbody>{''.join(lines[1:])}</tbody></table><p>Z</p>"


def marked(html):
    """Return the texts of the cells that are marked."""
    return [one.text() for one in LexborHTMLParser(mark_number_columns(html)).css("td.number, th.number")]


@pytest.mark.parametrize(
    "values",
    [
        ("12", "9"),
        ("1,234,567 EUR", "80,000 EUR"),
        ("€ 1.5", "€&nbsp;20"),
        ("90 %", "7 %", "–"),
        ("-3.5", "+4", ""),
        ("12 km²", "7 km²"),
        ("<strong>1 234</strong>", "5"),
    ],
)
def test_a_column_of_numbers_is_marked_with_its_head(values):
    html = table(("Region", "Sum"), *(("Friuli", value) for value in values))
    assert len(marked(html)) == len(values) + 1
    assert "Friuli" not in marked(html)


@pytest.mark.parametrize(
    "values",
    [
        ("12", "many"),
        ("12", ""),
        ("PP3", "PP5"),
        ("3 forums", "5 partners"),
        ("", ""),
        ("May 2011", "June 2012"),
    ],
)
def test_other_columns_keep_their_place(values):
    assert marked(table(("Region", "Sum"), *(("Friuli", value) for value in values))) == []


def test_cells_with_a_class_of_their_own_keep_it():
    html = table(("Region", "Internationalisation"), ("x", "1"), ("y", "2")).replace(
        "<th>I", '<th class="long">I'
    )
    assert '<th class="number long">Internationalisation' in mark_number_columns(html)


def test_the_first_column_names_its_rows():
    assert marked(table(("Year", "Place"), ("2011", "Linz"), ("2012", "Milan"))) == []


def test_what_the_author_has_aligned_or_joined_keeps_its_place():
    aligned = table(("A", "B"), ("x", "1"), ("y", "2")).replace("<td>", '<td style="text-align: center">')
    joined = table(("A", "B"), ("x", "1"), ("y", "2")).replace("<td>", '<td colspan="2">', 1)
    assert marked(aligned) == marked(joined) == []


@given(
    st.lists(
        st.lists(st.sampled_from(["1", "2,5", "a", "", "<em>3</em> €"]), min_size=2, max_size=4), min_size=1
    )
)
def test_nothing_but_the_marks_is_added(rows):
    html = table(*rows)
    plain = mark_number_columns(html).replace(' class="number"', "").replace("\n", "")
    assert plain == html
