"""How a command's work is done: progress told, and shared by this machine's processes or by a cluster."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from clusterpress.cli.progress import progress

if TYPE_CHECKING:
    from clusterpress.pipeline.project import Project
    from clusterpress.pipeline.read import RunContext


@contextmanager
def run_context(project: "Project", jobs: int | None, address: str = "") -> "Iterator[RunContext]":
    """Give a way of working with progress shown meanwhile.

    Args:
        project: what is worked on.
        jobs: processes of this machine; one a core by default.
        address: of the scheduler of a cluster that takes their place.

    Raises:
        ClusterError: the cluster cannot be used.
    """
    from clusterpress.pipeline.executors.dask import open_cluster
    from clusterpress.pipeline.executors.local import count_cores
    from clusterpress.pipeline.read import RunContext

    with ExitStack() as stack:
        cluster = stack.enter_context(open_cluster(address, project)) if address else None
        report = stack.enter_context(progress())
        yield RunContext(report, jobs or count_cores(), cluster=cluster)
