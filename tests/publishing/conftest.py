"""One place of each type to publish to, with the means to look at it and to make trouble there."""

import os
import shutil
import socket
import subprocess

import boto3
import pytest
from botocore.config import Config

from tests.publishing.make import settings_of, tree
from tests.publishing.servers import S3Server, SftpServer

KEYS = {"AWS_ACCESS_KEY_ID": "press", "AWS_SECRET_ACCESS_KEY": "sesame", "AWS_DEFAULT_REGION": "eu-west-1"}


@pytest.fixture(autouse=True)
def surroundings(tmp_path_factory, monkeypatch):
    """Keep the credentials of whoever runs the tests out of them."""
    for name in [*os.environ]:
        if name.startswith(("AWS_", "GIT_", "SSH_", "CLUSTERPRESS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def sftp_server(tmp_path_factory):
    with SftpServer(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def s3_server():
    with S3Server() as server:
        yield server


class Place:
    """Where a site is published in a test."""

    trouble = None
    base = None

    def __init__(self, root, target):
        self.root, self.target = root, target
        self.settings = settings_of(target)

    def put_foreign(self, path, content):
        write_to = self.base / path
        write_to.parent.mkdir(parents=True, exist_ok=True)
        write_to.write_bytes(content)

    def tree(self):
        """Return path → bytes of what readers could see."""
        return {path: raw for path, raw in tree(self.base).items() if ".clusterpress-part" not in path}


class FolderPlace(Place):
    def __init__(self, root):
        super().__init__(root, "{type: folder, path: live}")
        self.base = root / "live"


class SftpPlace(Place):
    def __init__(self, root, server):
        shutil.rmtree(server.folder)
        server.folder.mkdir()
        server.can_replace = True
        key = root / "key"
        key.write_bytes(server.user_key.export_private_key())
        key.chmod(0o600)
        (root / "known_hosts").write_text(server.known_hosts())
        super().__init__(
            root,
            f"{{type: sftp, host: 127.0.0.1, port: {server.port}, user: press, path: /www/news, key: key, "
            "known_hosts: known_hosts}",
        )
        self.server, self.trouble, self.base = server, server.trouble, server.folder / "www/news"

    def cut(self, connection):
        connection.abort()


class S3Place(Place):
    def __init__(self, root, server):
        self.server, self.trouble = server, server.trouble
        config = Config(s3={"addressing_style": "path"})
        self.client = boto3.client("s3", endpoint_url=server.address, config=config)
        self.bucket = f"press-{len(self.client.list_buckets()['Buckets'])}"
        region = {"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]}
        self.client.create_bucket(Bucket=self.bucket, CreateBucketConfiguration=region)
        super().__init__(
            root, f"{{type: s3, bucket: {self.bucket}, prefix: news, endpoint: '{server.address}'}}"
        )

    def _keys(self):
        return [found["Key"] for found in self.client.list_objects_v2(Bucket=self.bucket).get("Contents", ())]

    def put_foreign(self, path, content):
        self.client.put_object(Bucket=self.bucket, Key=f"news/{path}", Body=content)

    def tree(self):
        found = {
            key: self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read() for key in self._keys()
        }
        return {key.removeprefix("news/"): raw for key, raw in found.items()}

    def cut(self, connection):
        connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError


class GitPlace(Place):
    def __init__(self, root):
        super().__init__(root, "{type: git, branch: pages}")
        self.strip_compression = root.parent / f"{root.name}.git"
        git(root.parent, "init", "--quiet", "--bare", self.strip_compression.name)
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "remote", "add", "origin", str(self.strip_compression))
        git(root, "config", "user.name", "Press Office")
        git(root, "config", "user.email", "press@example.eu")
        git(root, "commit", "--quiet", "--allow-empty", "-m", "Begin")

    def put_foreign(self, path, content):
        """Commit a file to the branch, as somebody else would."""
        clone = self.root.parent / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        git(self.root.parent, "clone", "--quiet", str(self.strip_compression), "clone")
        is_there = git(clone, "ls-remote", "--heads", "origin", "pages")
        git(clone, "checkout", "--quiet", *(["pages"] if is_there else ["--orphan", "pages"]))
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_bytes(content)
        git(clone, "add", path)
        who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.eu")
        git(clone, *who, "commit", "--quiet", "-m", "Else")
        git(clone, "push", "--quiet", "origin", "pages")

    def tree(self):
        if not git(self.strip_compression, "branch", "--list", "pages"):
            return {}
        names = git(self.strip_compression, "ls-tree", "-r", "-z", "--name-only", "pages").split("\0")
        return {
            name: subprocess.run(
                ["git", "cat-file", "blob", f"pages:{name}"],
                cwd=self.strip_compression,
                capture_output=True,
                check=True,
            ).stdout
            for name in names
            if name
        }

    def log(self):
        return git(self.strip_compression, "log", "--format=%an <%ae> %s", "pages").splitlines()


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.fixture(params=["folder", "git", "sftp", "s3"])
def place(request, tmp_path):
    """Each type of place in turn."""
    return _make(request, request.param, tmp_path)


@pytest.fixture(params=["sftp", "s3"])
def server_place(request, tmp_path):
    """Each type of place that is reached over a connection which may be cut."""
    return _make(request, request.param, tmp_path)


@pytest.fixture
def sftp_place(request, tmp_path):
    return _make(request, "sftp", tmp_path)


@pytest.fixture
def s3_place(request, tmp_path):
    return _make(request, "s3", tmp_path)


@pytest.fixture
def git_place(request, tmp_path):
    return _make(request, "git", tmp_path)


def _make(request, kind, tmp_path):
    root = tmp_path / "project"
    root.mkdir()
    match kind:
        case "folder":
            return FolderPlace(root)
        case "git":
            return GitPlace(root)
        case "sftp":
            return SftpPlace(root, request.getfixturevalue("sftp_server"))
        case _:
            return S3Place(root, request.getfixturevalue("s3_server"))
