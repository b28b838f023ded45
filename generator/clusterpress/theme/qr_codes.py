"""QR codes (ISO/IEC 18004) of addresses, for print."""

from io import BytesIO
from typing import Any

QUIET_ZONE = 4
"""Modules of empty margin that readers need around a code (ISO/IEC 18004, 9.1)."""

_PIXELS = 16
"""Of a module in a PNG: some 600 pixels for the address of a page."""


def draw_qr_code(address: str, margin: int = 0) -> str:
    """Return an address as SVG, one unit a module.

    Args:
        address: what the code says.
        margin: modules of white around it; none where the page leaves room itself.
    """
    return _save(address, kind="svg", border=margin, xmldecl=False, svgclass=None).decode()


def draw_qr_file(address: str) -> bytes:
    """Return an address as an SVG file on white, which designers may place on any background."""
    return _save(address, kind="svg", border=QUIET_ZONE, light="#fff")


def paint_qr_file(address: str) -> bytes:
    """Return an address as PNG on white."""
    return _save(address, kind="png", border=QUIET_ZONE, scale=_PIXELS)


def _save(address: str, **how: Any) -> bytes:
    import segno  # only what is printed shows one

    file = BytesIO()
    segno.make(address, error="m", micro=False).save(file, **how)
    return file.getvalue()
