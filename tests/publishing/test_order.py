"""At no moment does a page point at a missing file, however often the power goes off."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterpress.publishing.hosting import MANIFEST, FileRole, role_of
from tests.publishing.make import CutError, MemoryTarget, as_files, page, send, site

NAMES = ("index.html", "a/index.html", "b/index.html", "c/index.html", "d.html", "style.css", "feed.xml")
FOREIGN = {"private/photo.jpg": b"mine", "old-site.html": b"<p>mine</p>"}


@st.composite
def sites(draw):
    """Sites in which pages link to each other at random; every link leads somewhere."""
    paths = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    content = {}
    for path in paths:
        links = draw(st.lists(st.sampled_from(paths), unique=True, max_size=4))
        text = draw(st.sampled_from("xyz"))
        content[path] = page(*links, text=text) if path.endswith(".html") else text.encode()
    return content


def shown(memory_target):
    """Return the files on a target except the manifest and foreign files."""
    return {path: raw for path, raw in memory_target.content.items() if path not in (MANIFEST, *FOREIGN)}


def send_until(memory_target, content, steps):
    """Publish, and let the power go off after some steps."""
    memory_target.left = steps
    try:
        send(memory_target, as_files(content))
    except CutError:
        return False
    finally:
        memory_target.left = None
    return True


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(sites(), st.integers(0, 25)), min_size=1, max_size=4), sites())
def test_no_page_points_at_a_missing_file_whenever_publishing_is_cut(cuts, last):
    memory_target = MemoryTarget(FOREIGN)
    for content, steps in cuts:
        send_until(memory_target, content, steps)
    send(memory_target, as_files(last))
    assert memory_target.broken == []
    assert shown(memory_target) == last
    assert memory_target.content.items() >= FOREIGN.items()
    assert not send(memory_target, as_files(last))


@pytest.mark.parametrize("versions", [(0, 1), (1, 0), (0, 5)], ids=["next", "back", "all new"])
def test_a_cut_after_any_step_is_completed_by_the_next_run(versions):
    before, after = map(site, versions)
    start = MemoryTarget(FOREIGN)
    send(start, as_files(before))
    whole = MemoryTarget(start.content)
    send(whole, as_files(after))
    for steps in range(len(whole.steps) + 1):
        memory_target = MemoryTarget(start.content)
        done = send_until(memory_target, after, steps)
        assert done == (steps >= len(whole.steps) - 1)
        send(memory_target, as_files(after))
        assert shown(memory_target) == after
        assert memory_target.broken == []


def test_the_first_publishing_breaks_no_link_either():
    memory_target = MemoryTarget()
    send(memory_target, as_files(site(0)))
    assert memory_target.broken == []


def test_several_workers_keep_the_order():
    memory_target = MemoryTarget(workers=4)
    for version in (0, 1, 4):
        send(memory_target, as_files(site(version)))
        assert shown(memory_target) == site(version)
    assert memory_target.broken == []


def test_compressed_copies_keep_the_order_too():
    memory_target = MemoryTarget()
    for version in (0, 1, 4):
        content = site(version)
        copies = {f"{path}.gz": gzip.compress(raw, mtime=0) for path, raw in content.items()}
        send(memory_target, as_files(content | copies))
        assert shown(memory_target) == content | copies
    assert memory_target.broken == []


def test_what_pages_need_comes_first_then_pages_then_feeds_then_removals_and_the_manifest_last():
    memory_target = MemoryTarget()
    send(memory_target, as_files(site(0)))
    memory_target.steps.clear()
    send(memory_target, as_files(site(1)))
    (verb, first), *steps, (_, last), _ = memory_target.steps
    assert (verb, first, last) == ("put", MANIFEST, MANIFEST)
    puts = [path for verb, path in steps if verb == "put"]
    pictures = {path for path in puts if role_of(path) is FileRole.ASSET}
    assert set(puts[: len(pictures)]) == pictures == {"assets/site.css", "media/picture.00000001.png"}
    feeds = [puts.index(path) for path in ("feed.xml", "sitemap.xml")]
    assert puts.index("news/10/index.html") < puts.index("index.html") < min(feeds)
    removals = [number for number, (verb, _) in enumerate(steps) if verb == "delete"]
    assert removals[0] > steps.index(("put", "feed.xml"))
    assert steps[-1] == ("delete", "media/picture.00000000.png")


def test_a_single_new_page_needs_no_placeholder():
    memory_target = MemoryTarget()
    send(memory_target, as_files({"index.html": page()}))
    memory_target.steps.clear()
    send(memory_target, as_files({"index.html": page("a/index.html"), "a/index.html": page("index.html")}))
    assert [path for _, path in memory_target.steps] == [
        MANIFEST,
        "a/index.html",
        "index.html",
        MANIFEST,
        "Publish: 1 new, 1 changed",
    ]


def test_what_readers_see_at_once_needs_no_care():
    memory_target = MemoryTarget(atomic=True)
    send(memory_target, as_files(site(0)))
    assert len(memory_target.steps) == len(site(0)) + 2


def test_a_file_that_stands_where_a_folder_is_to_be_goes_first():
    memory_target = MemoryTarget()
    send(memory_target, as_files({"index.html": page(), "old": b"x"}))
    memory_target.steps.clear()
    send(memory_target, as_files({"index.html": page(), "old/index.html": page()}))
    assert memory_target.steps[1:3] == [("delete", "old"), ("put", "old/index.html")]


def test_a_run_after_a_cut_does_not_begin_anew():
    content = {f"media/{number}.png": b"%d" % number for number in range(1500)}
    memory_target = MemoryTarget()
    send_until(memory_target, content, 1400)
    memory_target.steps.clear()
    changes = send(memory_target, as_files(content))
    assert changes.unchanged >= 1400 - len(content) // 20 - 20
    assert len(memory_target.steps) < 250
    assert shown(memory_target) == content


def test_what_a_cut_run_published_and_the_next_one_does_not_have_is_removed():
    memory_target = MemoryTarget()
    send_until(memory_target, {"index.html": page(), "secret/index.html": page()}, 5)
    assert "secret/index.html" in memory_target.content
    send(memory_target, as_files({"index.html": page()}))
    assert shown(memory_target) == {"index.html": page()}
