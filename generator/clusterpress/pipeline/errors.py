"""Errors of the pipeline; the command line prints their messages and ends."""


class PipelineError(Exception):
    """A build is impossible. The message contains the reason and the remedy."""


class BusyError(PipelineError):
    """Another build of this project is running."""


class CacheFolderError(PipelineError):
    """The user's cache folder cannot be trusted or written."""


class RestartError(PipelineError):
    """The work could not be ended, and can be done again at once."""


class DamagedCacheError(RestartError):
    """The cache of a project was damaged from outside, and was deleted."""


class SourcesChangedError(RestartError):
    """A file vanished or became another one while it was read."""


class ForeignFolderError(PipelineError):
    """The output folder contains files that clusterpress did not write."""


class WorkerLostError(PipelineError):
    """A worker process was ended from outside, most likely because memory ran out."""


class ClusterError(PipelineError):
    """A Dask cluster cannot be used."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}; {remedy}")
        self._parts = (message, remedy)

    def __reduce__(self) -> tuple[type["ClusterError"], tuple[str, str]]:
        """Let a worker send the error back."""
        return type(self), self._parts
