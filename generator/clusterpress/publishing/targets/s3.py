"""A bucket of an S3-compatible store as a target."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)
from botocore.exceptions import ConnectionError as NoConnectionError

from clusterpress.config.settings import S3Target
from clusterpress.publishing.errors import RESUME_HINT, PublishError, translate_error
from clusterpress.publishing.hosting import COMPRESSED, cache_control, strip_compression
from clusterpress.values.media_types import media_type


@contextmanager
def open_s3(target: S3Target) -> Iterator["_Bucket"]:
    """Open a bucket; the first request shows whether it grants access.

    Raises:
        PublishError: the settings name an unknown profile.
    """
    options: dict[str, Any] = {"connect_timeout": 20, "read_timeout": 60}
    if target.endpoint:
        # Many stores support neither host names for buckets nor Amazon's newer checksums.
        options |= {
            "s3": {"addressing_style": "path"},
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }
    with _translated_errors():
        session = boto3.Session(profile_name=target.profile or None, region_name=target.region or None)
        client = session.client("s3", endpoint_url=target.endpoint or None, config=Config(**options))
    try:
        yield _Bucket(client, target)
    finally:
        client.close()


class _Bucket:
    """An opened bucket; several workers may use the client at once."""

    workers = 8
    atomic = False
    keeps_history = has_history = False

    def __init__(self, client: Any, target: S3Target) -> None:
        self._client, self._bucket = client, target.bucket
        self._prefix = f"{target.prefix.strip('/')}/".lstrip("/")
        self.where = f"s3://{target.bucket}/{self._prefix}"

    def read(self, path: str) -> bytes | None:
        with _translated_errors():
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)
            except self._client.exceptions.NoSuchKey:
                return None
            content: bytes = answer["Body"].read()
            return content

    def paths(self) -> Iterator[str]:
        with _translated_errors():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for found in page.get("Contents", ()):
                    yield found["Key"].removeprefix(self._prefix)

    def put(self, path: str, content: bytes) -> None:
        headers = {"ContentType": media_type(strip_compression(path)), "CacheControl": cache_control(path)}
        if encoding := next((name for end, name in COMPRESSED.items() if path.endswith(end)), None):
            headers["ContentEncoding"] = encoding
        with _translated_errors():
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + path, Body=content, **headers)

    def delete(self, path: str) -> None:
        with _translated_errors():
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + path)

    def finish(self, _message: str, /) -> None:
        """Do nothing: every file is complete already."""


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except (NoCredentialsError, PartialCredentialsError):
        hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws/credentials"
        raise PublishError("there are no credentials for the store", hint) from None
    except ProfileNotFound as fault:
        raise PublishError(str(fault), 'correct "profile:", or write ~/.aws/credentials') from None
    except (HTTPClientError, NoConnectionError):
        message = "the store cannot be reached, or the connection was interrupted"
        raise PublishError(message, RESUME_HINT) from None
    except ClientError as fault:
        error = fault.response.get("Error", {})
        answer = f"{error.get('Code', '')}: {error.get('Message', '')}"
        raise translate_error("s3", answer, "the store refused") from None
    except BotoCoreError as fault:
        raise translate_error("", str(fault), "the store refused") from None
