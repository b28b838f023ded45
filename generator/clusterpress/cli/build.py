"""``clusterpress build``: bring the site up to date."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from clusterpress.cli.project import (
    FAULTS,
    executor_option,
    jobs_option,
    now_option,
    open_or_exit,
    run_context,
    untrusted_option,
)
from clusterpress.cli.reporting import print_changes, print_problems, print_up_to_date, shorten
from clusterpress.values.problems import Problem, Severity

if TYPE_CHECKING:
    from clusterpress.pipeline.build import Result
    from clusterpress.pipeline.project import Project
    from clusterpress.pipeline.run_context import RunContext, Worker
    from clusterpress.pipeline.speed.stamps import BuildStamp, Request
    from clusterpress.sources.files import ScanResult


@click.command()
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path),
    help="Output folder [default: site/ in the project].",
)
@click.option(
    "--drafts", is_flag=True, help="Publish drafts, embargoed and expired items too (for previews)."
)
@untrusted_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors, except those of the time alone.")
@click.option("--clean", is_flag=True, help="Discard the results of earlier builds and build everything.")
@click.option(
    "--why", "paths", multiple=True, metavar="PATH", help='Explain why an output was rebuilt ("*": all).'
)
@click.option("--verbose", "-v", is_flag=True, help="Print the duration of each stage, and every problem.")
@click.option(
    "--profile",
    "profile_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Profile the build in a single process, and write the profile into a file.",
)
@now_option
@jobs_option
@executor_option
@click.pass_obj
def build(
    root: Path,
    folder: Path | None,
    drafts: bool,
    untrusted: bool,
    strict: bool,
    clean: bool,
    paths: tuple[str, ...],
    verbose: bool,
    profile_file: Path | None,
    now: datetime,
    jobs: int | None,
    address: str,
) -> None:
    """Bring the site up to date: make only what changed.

    If a source has an error, all problems are listed and nothing is written: the last site stays as it was.
    """
    from clusterpress.pipeline.paths import store_file
    from clusterpress.pipeline.run_context import count_cores
    from clusterpress.pipeline.speed.stamps import Request
    from clusterpress.pipeline.user_settings import is_distrusted
    from clusterpress.values.plain import is_plain

    if profile_file and address:
        raise click.UsageError("--profile measures one process of this machine: leave --executor out")
    began = time.perf_counter()
    target = (folder or root / "site").absolute()
    distrusted = untrusted or is_distrusted(root)
    request = Request(root, target, drafts, strict, now.timestamp(), distrusted)
    is_one_process = bool(profile_file or clean or address or is_plain())
    with _early_worker(store_file(root), 1 if is_one_process else jobs or count_cores()) as worker:
        stamp, scan = (None, None) if clean or profile_file else _check(request, worker)
        if stamp:
            print_problems(_to_print(stamp.problems, verbose=verbose), whole=verbose)
            print_up_to_date(stamp.size, target, paths, time.perf_counter() - began, verbose=verbose)
            return
        project, known = open_or_exit(root, untrusted=untrusted)
        with run_context(project, 1 if profile_file else jobs, address) as base_run:
            retained = click.get_current_context().meta.setdefault("clusterpress.retained", [])
            run = replace(base_run, worker=worker, retained=retained)
            options = {"previews": drafts, "strict": strict, "clean": clean, "scan": scan}
            result = _build(project, target, now, run, profile_file, options)
    print_problems(_to_print((*known, *result.problems), verbose=verbose), whole=verbose)
    if result.difference is None:
        click.echo("Nothing was written: the site is as it was.", err=True)
        sys.exit(FAULTS)
    print_changes(result, target, paths, verbose=verbose)
    if profile_file:
        click.echo(f"{shorten(profile_file.absolute())}: profile written")


def _to_print(problems: "Iterable[Problem]", *, verbose: bool) -> "list[Problem]":
    """Return the problems that a build prints: notes only if asked, as they say the same every day."""
    return [one for one in problems if verbose or one.severity is not Severity.NOTE]


def _build(
    project: "Project",
    folder: Path,
    now: datetime,
    run: "RunContext",
    profile_file: Path | None,
    options: Mapping[str, Any],
) -> "Result":
    """Build the site; write a profile if a file is given. The options are other fields of the request."""
    # Imported here: the import takes longer than the no-op check.
    from clusterpress.pipeline.build import BuildRequest, build

    request = BuildRequest(project=project, folder=folder, now=now, **options)
    if profile_file is None:
        return build(request, run)
    from clusterpress.cli.profiling import Profile

    profile = Profile()
    result = profile.calls.runcall(build, request, replace(run, on_output=profile.record))
    if result.difference is not None:
        profile.write(profile_file, result)
    return result


@contextmanager
def _early_worker(store: Path, cores: int) -> "Iterator[Worker | None]":
    """Provide a second process where it can help; its module takes long to import."""
    if cores == 1 or sys.platform != "linux" or not store.exists():
        yield None
        return
    from clusterpress.pipeline.speed.early_worker import early_worker

    with early_worker() as worker:
        yield worker


_PARTS_OF_A_BUILD = ("library.library", "website.pages.items", "website.outputs", "pipeline.build")
"""Modules that a build needs, in an order in which each imports about as many others."""


def _check(request: "Request", worker: "Worker | None") -> "tuple[BuildStamp | None, ScanResult | None]":
    """Return what `check_up_to_date` does; until the worker has checked, this process imports the build."""
    from clusterpress.pipeline.speed.stamps import check_up_to_date

    if worker is None:
        return check_up_to_date(request)
    from clusterpress.pipeline.speed.early_worker import preload

    checked = worker.submit(check_up_to_date, request)
    worker.submit(preload, None)
    for module in _PARTS_OF_A_BUILD:
        if checked.is_done():
            break
        import_module(f"clusterpress.{module}")
    return checked.result()
