"""What a store is told about each file."""

import gzip

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from clusterpress.publishing.hosting import MANIFEST
from tests.publishing.make import opened, publish

pytestmark = pytest.mark.slow

TEXT = b"<p>text"
TOLD = {
    "index.html": ("text/html; charset=utf-8", "max-age=60", None),
    "index.html.gz": ("text/html; charset=utf-8", "max-age=60", "gzip"),
    "feed.json": ("application/json; charset=utf-8", "max-age=60", None),
    "events.ics": ("text/calendar; charset=utf-8", "max-age=60", None),
    "assets/site.css.br": ("text/css; charset=utf-8", "max-age=3600", "br"),
    "font.woff2": ("font/woff2", "max-age=3600", None),
    "media/milan.3f2a9c01.webp": ("image/webp", "max-age=31536000, immutable", None),
    "files/plan.12345678.docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "max-age=3600",
        None,
    ),
    "files/table.12345678.ods": ("application/vnd.oasis.opendocument.spreadsheet", "max-age=3600", None),
    "files/talk.12345678.mp3": ("audio/mpeg", "max-age=3600", None),
    ".well-known/security.txt": ("text/plain; charset=utf-8", "max-age=60", None),
}


def test_type_age_and_encoding_go_along(s3_place):
    content = {path: gzip.compress(TEXT) if encoding else TEXT for path, (_, _, encoding) in TOLD.items()}
    publish(s3_place.settings, s3_place.root, content)
    manifest = {MANIFEST: ("application/json; charset=utf-8", "no-store", None)}
    for path, (kind, age, encoding) in (TOLD | manifest).items():
        told = s3_place.client.head_object(Bucket=s3_place.bucket, Key=f"news/{path}")
        assert (told["ContentType"], told.get("ContentEncoding")) == (kind, encoding), path
        assert age in told["CacheControl"], path


def test_more_files_than_one_listing_holds_are_all_found(s3_place):
    [store] = s3_backends[DEFAULT_ACCOUNT_ID].values()
    names = {f"a/{number}.txt" for number in range(1005)}
    for name in names:
        store.put_object(s3_place.bucket, f"news/{name}", b"")
    with opened(s3_place.settings, s3_place.root) as target:
        assert set(target.paths()) == names
