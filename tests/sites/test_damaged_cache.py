"""A damaged cache is begun anew: it neither ends a build nor changes what the build writes."""

import os
import random
import shutil

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.pipeline.cache.store import locked_store
from clusterpress.pipeline.errors import CacheFolderError
from clusterpress.pipeline.paths import cache_folder
from clusterpress.pipeline.project import open_project
from tests.sites.small_site import FILES, NOW, Site

pytestmark = pytest.mark.slow

EDITED = ("content/news/two.md", FILES["content/news/two.md"].replace("Two", "Two, corrected"))
NOW_OPTION = ("--now", NOW.date().isoformat())


def pages(site):
    return {path: path.read_bytes() for path in (site.root / "site").rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site that was built once; the bytes of its cache; its files after an edit and a clean build."""
    site = Site(tmp_path_factory.mktemp("damaged") / "site")
    run(site)
    kept = site.root.with_name("kept")
    shutil.copytree(site.root, kept)
    cache = {path: path.read_bytes() for path in cache_folder(site.root).iterdir()}
    site.write(*EDITED)
    run(site, "--clean")
    return site, kept, cache, pages(site)


def run(site, *options):
    return CliRunner().invoke(main, ["--project", str(site.root), "build", *NOW_OPTION, *options])


def restore(built):
    site, kept, cache, _ = built
    shutil.rmtree(site.root)
    shutil.copytree(kept, site.root)
    for path in cache_folder(site.root).iterdir():
        path.unlink()
    for path, content in cache.items():
        path.write_bytes(content)
    site.write(*EDITED)


def damage(content, chance):
    if chance.random() < 0.2:
        return content[: chance.randrange(len(content))]
    flipped = bytearray(content)
    for _ in range(chance.choice([1, 8, 64])):
        flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


@pytest.mark.parametrize("seed", range(16))
def test_flipped_bits_and_cut_files_change_nothing(built, seed):
    site, _, cache, wanted = built
    restore(built)
    chance = random.Random(seed)
    store = max(cache, key=lambda path: len(cache[path]))
    for path in {store, chance.choice(sorted(cache))}:
        path.write_bytes(damage(cache[path], chance))
    result = run(site)
    assert result.exit_code == 0, result.output
    assert pages(site) == wanted
    again = run(site)
    assert again.exit_code == 0, again.output
    assert pages(site) == wanted


def test_a_damaged_value_is_told_in_one_line_and_the_site_is_made_again(built):
    site, _, _, wanted = built
    restore(built)
    project, _ = open_project(site.root)
    with locked_store(site.root, project.tools) as store, store.connection as connection:
        connection.execute("update value set content = zeroblob(length(content))")
    result = run(site)
    assert result.exit_code == 0, result.output
    assert result.output.count("the cache of this project was damaged") == 1
    assert pages(site) == wanted


@pytest.mark.parametrize(
    "statement", ["delete from value", "delete from output", "update bundle set paths = 'x'"]
)
def test_a_store_that_lost_rows_or_holds_others_is_begun_anew(built, statement):
    site, _, _, wanted = built
    restore(built)
    project, _ = open_project(site.root)
    with locked_store(site.root, project.tools) as store, store.connection as connection:
        connection.execute(statement)
    result = run(site)
    assert result.exit_code == 0, result.output
    assert pages(site) == wanted


def test_a_full_disk_does_not_count_as_damage(built):
    site = built[0]
    restore(built)
    project, _ = open_project(site.root)
    with locked_store(site.root, project.tools) as store:
        pages_in_use = store.connection.execute("pragma page_count").fetchone()[0]

    def fill_the_disk():
        with locked_store(site.root, project.tools) as store:
            store.connection.execute(f"pragma max_page_count = {pages_in_use}")
            store.save([(b"large", os.urandom(1 << 20))])

    with pytest.raises(CacheFolderError, match="free space"):
        fill_the_disk()
    assert run(site).exit_code == 0


def test_an_edit_that_keeps_size_and_time_of_a_file_is_published(tmp_path):
    site = Site(tmp_path / "site")
    path = site.root / "content/news/two.md"
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert run(site).exit_code == 0
    before = path.stat()
    site.write("content/news/two.md", path.read_bytes().replace(b"Second item.", b"Other words."))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert run(site).exit_code == 0
    assert "Other words." in site.read("news/2019/two/index.html")
