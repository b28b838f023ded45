import pytest
from tests.funding.test_texts import UNION

from clusterpress.theme.documents import describe_document


@pytest.mark.parametrize(
    ("path", "length", "lang", "words"),
    [
        ("files/Report.pdf", 1_234_567, "en", "PDF, 1.2 MB"),
        ("a.docx", 340_400, "en", "DOCX, 340 kB"),
        ("a.zip", 2_500_000_000, "en", "ZIP, 2.5 GB"),
        ("a.csv", 12, "en", "CSV, 1 kB"),
        ("a.pdf", 999_700, "en", "PDF, 1 MB"),
        ("a.pdf", 1_234_567, "fr", "PDF, 1,2 Mo"),
        ("a.pdf", 1_234_567, "fi", "PDF, 1,2 Mt"),
        ("a.pdf", 1_234_567, "uk", "PDF, 1,2 МБ"),
        ("a.pdf", 1_234_567, "xx", "PDF, 1.2 MB"),
        ("a.pdf", 0, "en", "PDF"),
        ("a.tar.gz", 5_000, "de", "GZ, 5 kB"),
        ("page.html", 5_000, "en", ""),
        ("LICENSE", 5_000, "en", ""),
        ("a.longer-end", 5_000, "en", ""),
    ],
)
def test_type_and_size_are_said_in_the_words_of_a_language(path, length, lang, words):
    assert describe_document(path, length, lang).replace("\u00a0", " ").replace("\u202f", " ") == words


@pytest.mark.parametrize("lang", [*UNION, "ar", "he", "sr", "tr", "uk"])
def test_number_and_unit_stay_on_one_line(lang):
    said = describe_document("a.pdf", 1_234_567, lang)
    assert said.startswith("PDF, ")
    assert " " not in said.removeprefix("PDF, ")
