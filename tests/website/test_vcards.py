from hypothesis import given
from hypothesis import strategies as st

from clusterpress.content.item_values import Contact
from clusterpress.website.structured_data import write_vcard

URL = "https://x.eu/partners/pp8/"


def lines(card: bytes) -> dict[str, str]:
    whole = card.decode().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in whole.split("\r\n") if line)


def test_a_contact_card_becomes_a_vcard_with_every_field() -> None:
    contact = Contact(
        email="info@milanomet.it",
        phone="+39 224126540",
        fax="+39 224126541",
        web="https://www.milanomet.it",
        street="Via Venezia 23",
        postcode="20099",
        city="Sesto San Giovanni",
        region="MI",
        country="Italy",
    )
    assert lines(write_vcard("Milano Metropoli", contact, "", URL)) == {
        "BEGIN": "VCARD",
        "VERSION": "4.0",
        "KIND": "org",
        "FN": "Milano Metropoli",
        "ORG": "Milano Metropoli",
        "UID": URL,
        "SOURCE": "https://x.eu/partners/pp8/pp8.vcf",
        "EMAIL": "info@milanomet.it",
        "TEL;VALUE=text;TYPE=voice": "+39 224126540",
        "TEL;VALUE=text;TYPE=fax": "+39 224126541",
        "URL": "https://www.milanomet.it",
        "ADR": ";;Via Venezia 23;Sesto San Giovanni;MI;20099;Italy",
        "END": "VCARD",
    }


def test_a_named_person_makes_it_the_card_of_an_individual() -> None:
    card = lines(write_vcard("Agency", Contact(name="Press office"), "https://a.eu", URL))
    assert (card["KIND"], card["FN"], card["ORG"]) == ("individual", "Press office", "Agency")
    assert card["URL"] == "https://a.eu"


def test_special_characters_are_escaped() -> None:
    card = lines(write_vcard("A, B; C\\D\nE", Contact(), "", URL))
    assert card["ORG"] == "A\\, B\\; C\\\\D\\nE"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=300))
def test_lines_are_at_most_75_octets_and_unfold_to_what_they_were(name: str) -> None:
    card = write_vcard(name, Contact(), "", URL)
    assert all(len(line) <= 75 for line in card.split(b"\r\n"))
    escaped = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    assert f"\r\nORG:{escaped}\r\n" in card.decode().replace("\r\n ", "")
