import pytest

from clusterpress.markup.render import render
from tests.markup.make import TRUSTED, html_of

IMG = '<img src="a.jpg" alt="A">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![A](a.jpg)", f"<figure>{IMG}</figure>"),
        (
            '![A](a.jpg "Milan, 2012 & <later>")',
            f"<figure>{IMG}<figcaption>Milan, 2012 &amp; &lt;later&gt;</figcaption></figure>",
        ),
        ("![A](a.jpg)\n{.wide}", f'<figure class="wide">{IMG}</figure>'),
        ("[![A](a.jpg)](https://b.eu/)", f'<figure><a href="https://b.eu/">{IMG}</a></figure>'),
        (IMG, f"<figure>{IMG}</figure>"),
        ("![A](a.jpg) and text", f"<p>{IMG} and text</p>"),
        ("![A](a.jpg)\n![A](a.jpg)", f"<p>{IMG}\n{IMG}</p>"),
        ("*![A](a.jpg)*", f"<p><em>{IMG}</em></p>"),
        ("[x ![A](a.jpg)](https://b.eu/)", f'<p><a href="https://b.eu/">x {IMG}</a></p>'),
    ],
)
def test_a_picture_alone_in_its_paragraph_is_a_figure(text, html):
    assert html_of(text) == html


def test_a_figure_in_a_list_stays_in_its_item():
    assert (
        html_of("- ![A](a.jpg)\n\n- b")
        == f"<ul>\n<li>\n<figure>{IMG}</figure>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"
    )


def table(cell):
    return f"| Activity | Steps |\n|--|--|\n| x | {cell} |"


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        ("- a<br>- b", "<td><ul><li>a</li><li>b</li></ul></td>"),
        ("• a<br>• **b**", "<td><ul><li>a</li><li><strong>b</strong></li></ul></td>"),
        ("- a<br/>- b<br />", "<td><ul><li>a</li><li>b</li></ul></td>"),
        ("First:<br>- a", "<td>First:<ul><li>a</li></ul></td>"),
        ("- [x](y.md)<br>- b", '<td><ul><li><a href="y.md">x</a></li><li>b</li></ul></td>'),
        ("- a", "<td>- a</td>"),
        ("a<br>b", "<td>a<br>b</td>"),
        ("- a<br>b", "<td>- a<br>b</td>"),
        ("2011<br>-5", "<td>2011<br>-5</td>"),
    ],
)
def test_lines_with_hyphens_in_a_cell_are_a_list(cell, html):
    assert html in html_of(table(cell))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (table("y"), "Activity, Steps"),
        (f"## Common *activities*\n\n{table('y')}", "Common activities"),
        ("## H\n\n<table><caption>C</caption><tr><td>1</td></tr></table>", "C"),
        ("<table><tr><td>Graz</td><td>12</td></tr><tr><td>Udine</td><td>9</td></tr></table>", "Graz, 12"),
    ],
)
def test_a_table_scrolls_in_a_region_with_a_name(text, name):
    assert f'<div class="table" role="region" tabindex="0" aria-label="{name}"><table>' in html_of(text)


def test_regions_of_one_body_have_different_names():
    html = html_of(f"## H\n\n{table('y')}\n\ntext\n\n{table('y')}")
    assert 'aria-label="H"' in html
    assert 'aria-label="H (2)"' in html


def test_a_table_without_any_name_is_no_region():
    assert '<div class="table"><table>' in html_of("<table><tr><td></td></tr></table>")


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        ("1,234,567 EUR", "<td>1,234,567 EUR</td>"),
        ("Information, training and coaching", '<td class="long">Information, training and coaching</td>'),
        ("Eleven **partners** in all", '<td class="long">Eleven <strong>partners</strong> in all</td>'),
        ("المعلومات والتدريب والمرافقة", '<td class="long">المعلومات والتدريب والمرافقة</td>'),
        ("Many words of all firms {.own}", '<td class="own long">Many words of all firms</td>'),
    ],
)
def test_a_cell_with_more_than_a_few_words_says_so(cell, html):
    assert html in html_of(table(cell))


def test_a_long_head_has_both_its_scope_and_its_class():
    html = html_of("| How it is measured | b |\n|--|--|\n| x | y |")
    assert '<th scope="col" class="long">How it is measured</th>' in html


def test_head_cells_say_what_they_head():
    html = html_of(table("y"))
    assert '<th scope="col">Activity</th>' in html
    assert 'scope="row"' in html_of('<table><thead><tr><th scope="row">x</th></tr></thead></table>')


def test_references_inside_figures_and_tables_are_in_order():
    body = render(f"![A](a.jpg)\n\n{table('![B](b.jpg)<br>- no')}\n\n![C](c.jpg)", TRUSTED)
    assert [ref.src for ref in body.outline.pictures] == ["a.jpg", "b.jpg", "c.jpg"]
    assert [part for part in body.parts if not isinstance(part, str)] == list(body.outline.pictures)
