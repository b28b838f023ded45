"""A real Dask cluster of two worker processes makes the same bytes, whoever is killed meanwhile."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.pipeline.dask_cluster import open_cluster
from clusterpress.pipeline.paths import cache_folder
from clusterpress.pipeline.project import open_project
from clusterpress.pipeline.run_context import RunContext
from tests.sites.foreign_site import foreign_site

# Dask leaves sockets to the garbage collector, and its own libraries warn of one another.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    workers = int(sys.argv[1])
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def started_cluster(folder, workers):
    """Give the address of a scheduler with its workers, all in processes of their own."""
    script = folder / "started_cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, str(workers)],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with started_cluster(tmp_path_factory.mktemp("dask"), workers=2) as address:
        yield address


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site that has more outputs than one process makes alone, built by one process."""
    site = foreign_site(tmp_path_factory.mktemp("cluster"), 250)
    site.build(folder="one")
    return site


def build_far(site, address, tell):
    """Build anew on the cluster; ``tell`` gets the cluster, stage, number done and number in all."""
    project, _ = open_project(site.root)
    with open_cluster(address, project) as opened:
        run = RunContext(lambda *progress: tell(opened, *progress), jobs=2, cluster=opened)
        return site.build(folder="far", clean=True, run=run)


def test_workers_make_the_same_bytes(site, address):
    stages = {}
    build_far(site, address, lambda _, stage, done, total: stages.update({stage: (done, total)}))
    assert site.output("far") == site.output("one")
    assert all(done == total for done, total in stages.values())
    assert not list(cache_folder(site.root).glob("*.probe"))


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
@pytest.mark.parametrize(("stage", "victims"), [("reading", 1), ("rendering", 1), ("rendering", 2)])
def test_workers_killed_in_the_middle_are_made_up_for(site, address, stage, victims):
    killed = []

    def kill(opened, at, done, total):
        if at == stage and done < total and not killed:
            workers = opened._client.run(os.getpid).values()
            for worker in sorted(workers)[:victims]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    build_far(site, address, kill)
    assert len(killed) == victims
    assert site.output("far") == site.output("one")


def test_the_command_takes_the_address_of_a_scheduler(site, address):
    run = CliRunner().invoke(
        main,
        ["--project", str(site.root), "build", "--now", "2022-01-01T12:00", "--clean", "--executor", address],
    )
    assert run.exit_code == 0, run.output
    assert site.output() == site.output("one")


def test_a_cluster_without_workers_is_told_in_plain_words(site, tmp_path):
    with started_cluster(tmp_path, workers=0) as scheduler:
        run = CliRunner().invoke(main, ["--project", str(site.root), "check", "--executor", scheduler])
    assert run.exit_code == 3
    assert f"dask worker {scheduler}" in run.output


def test_a_build_on_this_machine_does_not_import_dask(site):
    arguments = [
        "--project",
        str(site.root),
        "build",
        "--jobs",
        "2",
        "--clean",
        "--output",
        str(site.root / "near"),
    ]
    script = (
        "import sys; from clusterpress.cli.commands import main; main(sys.argv[1:], standalone_mode=False);"
        "sys.exit('distributed' in sys.modules or 'dask' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True)
