"""Old addresses and files are found whatever a page calls them."""

import pytest

from clusterpress.importing.addresses import Files, alias_of, join, key_of

FILES = Files(
    [
        "2019/06/hall.jpg",
        "2019/06/hall-300x200.jpg",
        "2018/big-scaled.jpg",
        "a/logo.png",
        "b/logo.png",
        "My Pic.JPG",
    ]
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/wp-content/uploads/2019/06/hall-1024x683.jpg", "2019/06/hall.jpg"),
        ("/wp-content/uploads/2019/06/hall.jpg", "2019/06/hall.jpg"),
        ("/uploads/2018/big.jpg", "2018/big-scaled.jpg"),
        ("/x/logo.png", None),
        ("/x/a/logo.png", "a/logo.png"),
        ("/x/my%20pic.jpg", "My Pic.JPG"),
        ("/gone.jpg", None),
    ],
)
def test_the_original_of_a_picture_is_found(path, found):
    assert FILES.find(path) == found


@pytest.mark.parametrize(
    "address",
    [
        "https://old.eu/2019/06/a/",
        "http://www.old.eu/2019/06/a",
        "/2019/06/a/index.html",
        "/2019/06/A.html",
        "/2019/06/a/#x",
    ],
)
def test_one_page_has_one_key(address):
    assert key_of(address) == "/2019/06/a"


def test_a_number_is_a_key_of_its_own():
    assert key_of("https://old.eu/?p=12&preview=true") == key_of("?page_id=12") == "?12"


@pytest.mark.parametrize(
    ("address", "alias"),
    [
        ("https://old.eu/2019/a/", "/2019/a/"),
        ("old/first", "/old/first"),
        ("https://old.eu/", ""),
        ("https://old.eu/%D8%A7/", "/ا/"),
        ("/a b", "/a-b"),
    ],
)
def test_an_alias_is_a_decoded_path(address, alias):
    assert alias_of(address) == alias


@pytest.mark.parametrize(
    ("base", "address", "joined"),
    [
        ("https://old.eu/a/b/", "../c/", "https://old.eu/a/c/"),
        ("posts/a.md", "b.md", "/posts/b.md"),
        ("posts/a.md", "../x.png", "/x.png"),
        ("posts/a.md", "/img/x.png", "/img/x.png"),
    ],
)
def test_addresses_are_seen_from_where_they_stand(base, address, joined):
    assert join(base, address) == joined
