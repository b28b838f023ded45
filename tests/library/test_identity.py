"""What differs in a sign, a script or a date is not the same, and nothing loses its address."""

import unicodedata
from datetime import date

import pytest

from clusterpress.content.item_values import Image, Link, Moment
from clusterpress.library.pictures import Picture
from clusterpress.markup.body import LinkRef, Outline, PictureRef
from clusterpress.values.digests import digest
from clusterpress.values.slugs import full_slug
from tests.library.make import item, library


def terms_of(lib, taxonomy="tags"):
    return {term.name: term.url for term in lib.terms(taxonomy, "en")}


def test_tags_that_differ_in_a_sign_have_pages_of_their_own():
    lib, problems = library(
        item("news/a.md", tags=("Erasmus", "C")), item("news/b.md", tags=("Erasmus+", "C++", "C#"))
    )
    assert problems == []
    assert terms_of(lib) == {
        "Erasmus": "tags/erasmus/", "Erasmus+": "tags/erasmus-plus/", "C": "tags/c/", "C++": "tags/c-plus-plus/",
        "C#": "tags/c-sharp/",
    }  # fmt: skip
    assert lib.moved_terms == ()


def test_programmes_that_differ_in_a_sign_are_two():
    esf, plus = item("programmes/esf.md", title="ESF"), item("programmes/esf-plus.md", title="ESF+")
    lib, problems = library(
        esf, plus, item("news/a.md", programme=("ESF",)), item("news/b.md", programme=("esf+",))
    )
    assert problems == []
    found = {term.name: [entry.slug for entry in term.news] for term in lib.terms("programmes", "en")}
    assert found == {"ESF": ["a"], "ESF+": ["b"]}


def test_the_old_address_of_a_term_leads_on_unless_another_term_has_it():
    lib, _ = library(item("news/a.md", tags=("Erasmus+",)))
    assert [(old, term.url) for old, term in lib.moved_terms] == [("tags/erasmus/", "tags/erasmus-plus/")]
    lib, _ = library(item("news/a.md", tags=("C++", "C#")))
    assert lib.moved_terms == ()


def by_file_name(path, **fields):
    stem = path.rpartition("/")[2].removesuffix(".md")
    return item(path, slug=full_slug(stem), **fields)


def test_files_in_other_scripts_have_addresses_of_their_own_and_the_old_one_leads_on():
    one, two = by_file_name("news/خبر-2.md"), by_file_name("news/مقال-2.md")
    lib, problems = library(one)
    (entry,) = lib.of_kind("news", "en")
    assert problems == []
    assert (entry.url, entry.id) == ("news/2019/khbr-2/", "https://example.eu/news/2019/2/")
    assert [(old, new.url) for old, new in lib.redirects] == [("news/2019/2/", "news/2019/khbr-2/")]
    lib, problems = library(one, two)
    assert problems == []
    assert {entry.url for entry in lib.of_kind("news", "en")} == {"news/2019/khbr-2/", "news/2019/mql-2/"}
    assert lib.redirects == ()


def test_an_old_address_that_another_item_has_leads_to_that_item():
    lib, problems = library(by_file_name("news/خبر-2.md"), item("news/2.md"))
    assert problems == []
    assert lib.redirects == ()


def call(day, **fields):
    written = date.fromisoformat(day)
    fields = {"slug": "monthly-call", "title": "Monthly call", "start": Moment(written)} | fields
    return item(f"events/{day}-monthly-call.md", **fields)


def test_recurring_events_of_one_name_have_their_date_in_the_address():
    first, second, third = call("2019-01-05"), call("2019-02-05"), call("2019-03-05")
    lib, _ = library(first)
    assert [entry.url for entry in lib.of_kind("event", "en")] == ["events/monthly-call/"]
    lib, problems = library(third, first, second)
    assert problems == []
    assert sorted(entry.url for entry in lib.of_kind("event", "en")) == [
        "events/2019-02-05-monthly-call/",
        "events/2019-03-05-monthly-call/",
        "events/monthly-call/",
    ]


def test_the_address_of_a_recurring_event_stays_when_the_first_one_expires():
    first, second = call("2019-01-05", expires=Moment(date(2019, 2, 1))), call("2019-02-05")
    lib, _ = library(first, second)
    assert [entry.url for entry in lib.of_kind("event", "en")] == ["events/2019-02-05-monthly-call/"]


def test_a_report_names_a_recurring_event_by_its_date():
    report = item("news/a.md", event=("2019-02-05-monthly-call",))
    _, problems = library(call("2019-01-05"), call("2019-02-05"), report)
    assert problems == []


COMPOSED = "größe.png"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def picture(path):
    return Picture(
        source=path, url="media/x.png", width=1, height=1, type="image/png", length=1, key=digest(path)
    )


@pytest.mark.parametrize(
    ("stored", "written"), [(DECOMPOSED, COMPOSED), (COMPOSED, DECOMPOSED), (COMPOSED, "gr%C3%B6%C3%9Fe.png")]
)
def test_a_picture_is_found_in_either_form_of_unicode(stored, written):
    one = item("news/a.md", image=Image(src=written, alt="A"))
    outline = Outline(pictures=(PictureRef(src=written, alt="A", attributes={}, line=1),))
    path = f"content/news/{stored}"
    lib, problems = library(one, outlines={"news/a.md": outline}, pictures={path: picture(path)})
    (entry,) = lib.of_kind("news", "en")
    assert problems == []
    assert entry.picture is not None
    assert [src for src, _ in entry.resolved.figures] == [written]
    assert path in lib.shown_files()


def test_an_attachment_is_found_in_either_form_of_unicode():
    for disk, text in ((DECOMPOSED, COMPOSED), (COMPOSED, DECOMPOSED)):
        outline = Outline(links=(LinkRef(target=text, line=1),))
        path = f"content/news/{disk}"
        one = item("news/a.md", more=(Link(label="L", url=text),))
        lib, problems = library(one, outlines={"news/a.md": outline}, files={path: f"files/{disk}"})
        assert problems == []
        assert path in lib.shown_files()


def test_an_item_and_an_anchor_are_found_in_either_form_of_unicode():
    target = f"{unicodedata.normalize('NFD', 'größe')}.md#{unicodedata.normalize('NFD', 'maß-ö')}"
    outlines = {
        "news/a.md": Outline(links=(LinkRef(target=target, line=1),)),
        "news/größe.md": Outline(anchors=("maß-ö",)),
    }
    lib, problems = library(item("news/a.md"), by_file_name("news/größe.md"), outlines=outlines)
    assert problems == []
    entry = lib.by_path["content/news/a.md"]
    assert entry.targets == ((target, "news/2019/grosse/#ma%C3%9F-%C3%B6"),)


def test_authors_keep_their_order_and_a_role_is_no_author():
    ann, bob = item("authors/ann.md", title="Ann Example"), item("authors/bob.md", title="Bob Other")
    signed = {
        "Bob Other and Ann Example": ["Bob Other", "Ann Example"],
        "Bob Other; Ann Example": ["Bob Other", "Ann Example"],
        "Ann Example, Head of Design": ["Ann Example, Head of Design"],
        "Simon and Garfunkel": ["Simon and Garfunkel"],
    }
    for written, names in signed.items():
        lib, _ = library(ann, bob, item("news/a.md", author=(written,)))
        (entry,) = lib.of_kind("news", "en")
        assert [label.name for label in entry.terms["authors"]] == names
    lib, _ = library(ann, bob, item("news/a.md", author=("Zoe", "Bob Other", "Ann Example")))
    (entry,) = lib.of_kind("news", "en")
    assert [label.name for label in entry.terms["authors"]] == ["Zoe", "Bob Other", "Ann Example"]
