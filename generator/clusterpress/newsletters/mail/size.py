"""Size: how large the HTML of an e-mail may be."""

from clusterpress.values.problems import Problem, Severity

GMAIL_CLIP_SIZE = 100_000
"""Bytes. Gmail cuts a mail at 102 KB and hides the rest, with it the link to unsubscribe."""

WARNING_SIZE = 80_000
"""Bytes. Mailing services add links and a pixel of their own."""


def measure(html: bytes | str) -> int:
    """Return the size of a mail's HTML in bytes."""
    return len(html.encode() if isinstance(html, str) else html)


def check_size(html: bytes | str, sources: tuple[str, ...]) -> Problem | None:
    """Return what is wrong with the size of a mail, or None.

    Args:
        html: the HTML as made.
        sources: the issue's file.
    """
    size = measure(html)
    if size < WARNING_SIZE:
        return None
    too_large = size >= GMAIL_CLIP_SIZE
    limit = (
        "Gmail cuts mails at 102 KB" if too_large else "Gmail cuts mails at 102 KB, with what the sender adds"
    )
    return Problem(
        path=sources[0],
        severity=Severity.ERROR if too_large else Severity.WARNING,
        message=f"the e-mail has {size // 1000} KB, and {limit}",
        hint="give its sections a limit, or shorten the editorial",
    )
