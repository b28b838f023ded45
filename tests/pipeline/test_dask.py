"""Who may take part in a build elsewhere, and what is said when nobody can."""

import pickle
import sys
from contextlib import closing

import pytest
from msgspec.structs import replace

from clusterpress.pipeline import dask_cluster as cluster
from clusterpress.pipeline.cache.store import pack
from clusterpress.pipeline.dask_cluster import check_worker, open_cluster
from clusterpress.pipeline.errors import BusyError, ClusterError
from clusterpress.pipeline.project import open_project
from tests.sites.small_site import Site


@pytest.fixture
def project(tmp_path):
    project, _ = open_project(Site(tmp_path).root)
    return project


@pytest.fixture
def requirements(project, tmp_path):
    probe_file = tmp_path / "proof"
    probe_file.write_text("seen", encoding="utf-8")
    return cluster.requirements_of(project, probe_file)


def test_a_process_like_this_one_may_take_part(requirements):
    assert check_worker(requirements) == ("", "")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"python": (3, 9)}, "but this machine runs 3.9"),
        ({"versions": (("clusterpress", "0.0.1"),)}, "for 0.0.1"),
        ({"code": b"other"}, "different files"),
        ({"root": "nowhere"}, "does not see the project"),
        ({"probe_file": "nowhere"}, "does not see the cache"),
        ({"theme_digest": b"other"}, "does not see the same theme"),
    ],
)
def test_what_differs_is_told_with_its_remedy(requirements, wanted, message, tmp_path):
    wanted = {
        key: tmp_path / value if key in {"root", "probe_file"} else value for key, value in wanted.items()
    }
    said, remedy = check_worker(replace(requirements, **wanted))
    assert message in said
    assert remedy


def test_without_dask_its_extra_is_named(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ClusterError, match=r'pip install "clusterpress\[dask\]"'),
        open_cluster("tcp://127.0.0.1:1", project),
    ):
        pass


@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_does_not_answer_is_told_in_seconds(project, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_TIMEOUT", 0.5)
    with (
        pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1; start one"),
        open_cluster("tcp://127.0.0.1:1", project),
    ):
        pass


def test_a_store_read_from_afar_stays_as_it_was_sent(tmp_path, open_store):
    store = open_store(tmp_path / "store.sqlite", b"code", is_read_remotely=True)
    store.save([(b"one", 1)])
    sent = pack(store)
    store.save([(bytes([number]) * 16, bytes(9000)) for number in range(200)])
    before = (tmp_path / "store.sqlite").read_bytes()
    with closing(pickle.loads(sent)) as reader:
        assert reader.find([b"one", bytes(16)]) == {b"one": 1}
    store.save([(b"two", 2)])
    assert (tmp_path / "store.sqlite").read_bytes() == before
    with closing(pickle.loads(pack(store))) as reader:
        assert reader.find([b"one", b"two"]) == {b"one": 1, b"two": 2}
    store.close()


def test_a_store_in_another_programs_hands_is_not_sent(tmp_path, open_store):
    store = open_store(tmp_path / "store.sqlite", b"code", is_read_remotely=True)
    store.save([(b"one", 1)])
    other = open_store(tmp_path / "store.sqlite", b"code")
    store._connection.execute("pragma busy_timeout = 50")
    other._connection.execute("begin")
    other.find([b"one"])
    store.save([(b"two", 2)])
    with pytest.raises(BusyError, match="close it"):
        pack(store)
    other.close()
    store.close()
