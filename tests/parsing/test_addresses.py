import pytest

from clusterpress.parsing.values import ValueFault, check_link, check_website


@pytest.mark.parametrize(
    "address",
    ["https://example.eu/a:b", "mailto:a@b.eu", "tel:+39", "/news/", "../clusters/qoot.md", "#top", ""],
)
def test_harmless_links_pass(address):
    check_link(address)


@pytest.mark.parametrize(
    "address", ["javascript:x", " JavaScript:x", "java\nscript:x", "data:text/html,x", "file:///x"]
)
def test_links_that_could_harm_do_not(address):
    with pytest.raises(ValueFault):
        check_link(address)


@pytest.mark.parametrize("address", ["https://example.eu", "http://example.eu/x?y#z", "HTTPS://Example.eu/"])
def test_full_addresses_pass(address):
    check_website(address)


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("www.example.eu", 'write "https://www.example.eu"'),
        ("//example.eu/a", 'write "https://example.eu/a"'),
        ("https:/example.eu", 'write "https://example.eu"'),
        ("https://", 'write "https://example.eu"'),
        ("@qoot", 'write "https://qoot"'),
        ("https://a b.eu", 'write "https://ab.eu"'),
    ],
)
def test_other_addresses_are_mended_in_the_hint(address, hint):
    with pytest.raises(ValueFault) as fault:
        check_website(address)
    assert fault.value.hint == hint
