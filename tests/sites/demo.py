"""Copies of the demo's sources, for tests that build it."""

import re
import shutil
from pathlib import Path

from PIL import Image

PROJECT = Path(__file__).parents[2]
_SMALL = (240, 240)
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


def copy_demo(root: Path, *, light: bool = False, url: str = "") -> None:
    """Copy the demo's sources into a folder.

    Args:
        root: the folder.
        light: make the pictures small, and no social cards: a build then takes a third of the time.
        url: address of the site, if another one.
    """
    for name in ("content", "themes"):
        shutil.copytree(PROJECT / name, root / name)
    config = (PROJECT / "site_config.yml").read_text(encoding="utf-8")
    if url:
        config = re.sub(r"^url:.*$", f"url: {url}", config, count=1, flags=re.MULTILINE)
    if light:
        config = config.replace("social_cards: true", "social_cards: false")
        for file in (root / "content").rglob("*"):
            if file.suffix.lower() in _SUFFIXES:
                _shrink(file)
    (root / "site_config.yml").write_text(config, encoding="utf-8")


def _shrink(file: Path) -> None:
    with Image.open(file) as picture:
        if max(picture.size) > max(_SMALL):
            picture.thumbnail(_SMALL)
            picture.save(file)
