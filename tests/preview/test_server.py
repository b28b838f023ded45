"""The server: ports, hosts, methods, and who may read."""

import pytest

from clusterpress.preview.responses import PreviewStatus, StatusBroadcaster
from clusterpress.preview.server import MAX_PORTS, NoPortError, is_loopback, open_server
from tests.preview.running import running
from tests.sites.small_site import Site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    with running(Site(tmp_path_factory.mktemp("site"), sub="press/")) as run:
        yield run


def test_pages_are_served_under_the_path_of_the_sites_address(preview):
    assert preview.preview.address.endswith("/press/")
    response, _ = preview.request("/")
    assert (response.status, response.headers["Location"]) == (302, "/press/")
    response, page = preview.request("/press/news/2019/two/")
    assert (response.status, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Second item." in page
    assert response.headers["Cache-Control"] == "no-store"


def test_what_is_missing_shows_the_sites_own_page(preview):
    response, page = preview.request("/press/nothing/")
    assert response.status == 404
    own, _, _ = preview.site.read("404.html", ".clusterpress/preview").partition("</body>")
    assert page.startswith(own.encode())


def test_head_sends_all_but_the_page(preview):
    head, nothing = preview.request("/press/", "HEAD")
    get, page = preview.request("/press/")
    assert nothing == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(page))


def test_nothing_can_be_sent_to_it(preview):
    assert preview.request("/press/", "POST")[0].status == 501


@pytest.mark.parametrize("name", ["localhost:8000", "127.0.0.1", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_answered_under_its_own_names(preview, name):
    assert preview.request("/press/", Host=name)[0].status == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"]
)
def test_a_foreign_name_for_this_machine_is_refused(preview, name):
    response, page = preview.request("/press/", Host=name)
    assert response.status == 421
    assert b"Small site" not in page
    assert preview.request("/.clusterpress/events", Host=name)[0].status == 421


def test_a_busy_port_gives_way_to_the_next_free_one(tmp_path):
    with open_server("127.0.0.1", 0, tmp_path, StatusBroadcaster()) as first:
        taken = first.server_address[1]
        with open_server("127.0.0.1", taken, tmp_path, StatusBroadcaster()) as second:
            assert taken < second.server_address[1] < taken + MAX_PORTS
            assert second.address == f"http://127.0.0.1:{second.server_address[1]}"


def test_no_free_port_is_said_with_a_remedy(tmp_path):
    try:
        last = open_server("127.0.0.1", 65_535, tmp_path, StatusBroadcaster())
    except NoPortError:
        pytest.skip("the last port is taken by another program")
    with last, pytest.raises(NoPortError, match="--port"):
        open_server("127.0.0.1", 65_535, tmp_path, StatusBroadcaster())


def test_an_address_that_is_not_this_machines_is_an_error(tmp_path):
    with pytest.raises(OSError, match=r".+"):
        open_server("192.0.2.1", 0, tmp_path, StatusBroadcaster())


def test_the_address_of_a_server_for_the_whole_network_can_be_opened_here(tmp_path):
    with open_server("0.0.0.0", 0, tmp_path, StatusBroadcaster()) as server:
        assert server.address.startswith("http://127.0.0.1:")
        assert not server.private


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.7", False),
        ("::", False),
        ("press.example", False),
    ],
)
def test_which_hosts_are_this_machine_only(host, only_here):
    assert is_loopback(host) is only_here


def test_a_reader_hears_the_latest_notice_then_each_other_one_and_silence():
    broadcaster = StatusBroadcaster()
    one, two = (PreviewStatus(version=version, root="/") for version in "12")
    broadcaster.publish(one)
    heard = broadcaster.subscribe(keepalive=0)
    assert next(heard) is one
    assert next(heard) is None
    broadcaster.publish(two)
    assert next(heard) is two
    broadcaster.close()
    assert list(heard) == []
