"""What holds of every type of target, tried on real ones: a folder, a Git repository, an SFTP and an S3 server."""

import pytest

from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.hosting import MANIFEST
from tests.publishing.make import broken_links, opened, publish, site

pytestmark = pytest.mark.slow

ODD = {
    "a b/é ü.txt": b"1",
    'quo"te.txt': b"2",
    "back.txt": b"\x00\xff\r\n",
    "empty.txt": b"",
    "-x/y.txt": b"4",
}


def visible(place):
    return {path: raw for path, raw in place.tree().items() if path != MANIFEST}


def test_a_site_is_published_then_what_changed_then_nothing(place):
    assert str(publish(place.settings, place.root, site(0))) == "14 new"
    assert visible(place) == site(0)
    assert str(publish(place.settings, place.root, site(1))) == "4 new, 9 changed, 4 gone"
    assert visible(place) == site(1)
    before = place.tree()
    assert str(publish(place.settings, place.root, site(1))) == "nothing to do"
    assert place.tree() == before


def test_foreign_files_are_left_alone(place):
    publish(place.settings, place.root, site(0))
    place.put_foreign("news/photo.jpg", b"mine")
    place.put_foreign("google1234.html", b"mine too")
    publish(place.settings, place.root, {"index.html": b"<p>all else is gone"})
    assert visible(place) == {
        "index.html": b"<p>all else is gone",
        "news/photo.jpg": b"mine",
        "google1234.html": b"mine too",
    }


def test_a_broken_manifest_makes_the_files_be_listed(place):
    publish(place.settings, place.root, site(0))
    place.put_foreign(MANIFEST, b"{")
    place.put_foreign("photo.jpg", b"mine")
    assert str(publish(place.settings, place.root, site(0))) == "14 changed"
    assert visible(place) == site(0) | {"photo.jpg": b"mine"}
    assert str(publish(place.settings, place.root, site(0))) == "nothing to do"


def test_odd_names_and_contents_arrive_as_they_are(place):
    publish(place.settings, place.root, ODD)
    assert visible(place) == ODD
    with opened(place.settings, place.root) as target:
        assert set(target.paths()) == {*ODD, MANIFEST}
        assert {path: target.read(path) for path in ODD} == ODD
        assert target.read("nothing.txt") is None
    publish(place.settings, place.root, {})
    assert visible(place) == {}


@pytest.mark.parametrize("number", [1, 8, 16])
def test_a_cut_connection_is_told_and_the_next_run_completes(server_place, number):
    place = server_place
    publish(place.settings, place.root, site(0))
    with (
        place.trouble.at(number, place.cut),
        pytest.raises(
            PublishError, match="interrupted; run the command again: it continues where it stopped"
        ),
    ):
        publish(place.settings, place.root, site(1))
    assert broken_links(visible(place)) == []
    publish(place.settings, place.root, site(1))
    assert visible(place) == site(1)


def test_leaving_folders_empty_removes_them(sftp_place):
    publish(sftp_place.settings, sftp_place.root, site(0))
    publish(sftp_place.settings, sftp_place.root, {"index.html": b""})
    assert {path.name for path in sftp_place.base.iterdir()} == {"index.html", MANIFEST}
