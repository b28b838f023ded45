"""``clusterpress build``: the site, brought up to date."""

import sys
import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from clusterpress.cli.executor import run_context
from clusterpress.cli.options import executor_option, jobs_option, now_option
from clusterpress.cli.project import FAULTS, open_or_exit, stop
from clusterpress.cli.reporting import print_changes, print_problems, print_up_to_date, shorten


@click.command()
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    help="Output folder; site/ in the project when not given.",
)
@click.option(
    "--drafts", is_flag=True, help="Publish drafts, embargoed and expired items too (for previews)."
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--clean", is_flag=True, help="Forget earlier builds and make everything anew.")
@click.option(
    "--why", "paths", multiple=True, metavar="PATH", help='Say why an output was made again ("*": all).'
)
@click.option("--verbose", "-v", is_flag=True, help="Say how long each stage took.")
@click.option(
    "--profile",
    "profile_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write where the time goes into a file; the build then runs in one process.",
)
@now_option
@jobs_option
@executor_option
@click.pass_obj
def build(
    root: Path,
    folder: Path | None,
    drafts: bool,
    strict: bool,
    clean: bool,
    paths: tuple[str, ...],
    verbose: bool,
    profile_file: Path | None,
    now: datetime,
    jobs: int | None,
    address: str,
) -> None:
    """Bring the site up to date: only what changed is made again.

    If a source has an error, every fault is reported and nothing is written: the last site stays as it was.
    """
    from clusterpress.pipeline.executors.local import count_cores
    from clusterpress.pipeline.speed.noop_check import Request, check_up_to_date
    from clusterpress.pipeline.speed.preforked import preforked_worker, preload

    if profile_file and address:
        raise click.UsageError("--profile looks at one process of this machine: leave --executor out")
    began = time.perf_counter()
    retained = click.get_current_context().meta.setdefault("clusterpress.retained", [])
    target = (folder or root / "site").absolute()
    request = Request(root, target, previews=drafts, strict=strict, now=now.timestamp())
    cores = 1 if profile_file or clean or address else jobs or count_cores()
    # Begun before anything is known: what it imports is asked for by most builds that have something to do.
    with preforked_worker(root, cores) as worker:
        stamp, scan = None, None
        if worker:
            pending = worker.submit(check_up_to_date, request)
            worker.submit(preload, None)
            # Imported before the answer is there: to wait for it would take as long.
            import_module("clusterpress.pipeline.build")
            stamp, scan = pending()
        elif not (clean or profile_file):
            stamp, scan = check_up_to_date(request)
        if stamp:
            print_problems(stamp.problems)
            print_up_to_date(stamp.size, target, paths, time.perf_counter() - began, verbose=verbose)
            return
        # Imported when there is something to do: it takes longer than to find that there is nothing.
        from clusterpress.cli.profiling import Profile
        from clusterpress.pipeline.build import build as build_site
        from clusterpress.pipeline.commit import ForeignFolderError
        from clusterpress.pipeline.executors.dask import ClusterError
        from clusterpress.pipeline.executors.local import WorkerLostError
        from clusterpress.pipeline.lock import BusyError

        project, known = open_or_exit(root)
        profile = Profile() if profile_file else None
        try:
            with run_context(project, 1 if profile else jobs, address) as base_run:
                on_output = profile.record if profile else None
                run = replace(base_run, on_output=on_output, worker=worker, retained=retained)
                make = partial(build_site, project, target, now=now, run=run)
                make = partial(make, previews=drafts, strict=strict, clean=clean, scan=scan)
                result = profile.run(make) if profile else make()
        except (BusyError, ClusterError, ForeignFolderError, WorkerLostError) as fault:
            stop(str(fault))
    problems = (*known, *result.problems)
    print_problems(problems)
    if result.difference is None:
        click.echo("Nothing was written: the site is as it was.", err=True)
        sys.exit(FAULTS)
    print_changes(result, target, paths, verbose=verbose)
    if profile and profile_file:
        profile.write(profile_file, result)
        click.echo(f"{shorten(profile_file.absolute())}: where the time went")
