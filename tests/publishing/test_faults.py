"""What goes wrong on real servers, in words that say what to do."""

import os
import shutil
import socket
import sys

import asyncssh
import pytest

from clusterpress.publishing.errors import PublishError
from tests.publishing.conftest import git
from tests.publishing.make import gathered, publish, settings_of, site, write

pytestmark = pytest.mark.slow


def fault(place, **options):
    with pytest.raises(PublishError) as caught:
        publish(place.settings, place.root, site(0), **options)
    return str(caught.value)


def retarget(place, old, new):
    assert old in place.target
    place.settings = settings_of(place.target.replace(old, new))


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def test_an_unknown_server_is_not_talked_to(sftp_place):
    (sftp_place.root / "known_hosts").write_text("")
    told = fault(sftp_place)
    assert "127.0.0.1 is not known here; its key is SHA256:" in told
    assert sftp_place.server.host_key.get_fingerprint() in told
    assert f"run: ssh-keyscan -p {sftp_place.server.port} 127.0.0.1 >> " in told
    assert sftp_place.tree() == {}


def test_a_server_with_another_key_is_not_talked_to(sftp_place):
    other = asyncssh.generate_private_key("ssh-ed25519")
    (sftp_place.root / "known_hosts").write_text(sftp_place.server.known_hosts(other))
    assert "differs from the known one" in fault(sftp_place)


def test_without_a_key_the_user_hears_where_to_put_one(sftp_place):
    retarget(sftp_place, ", key: key", "")
    told = fault(sftp_place)
    assert "accepts none of the available keys and passwords for press; add a key to the SSH agent" in told
    assert "CLUSTERPRESS_LIVE_PASSWORD" in told


def test_a_password_comes_from_the_environment(sftp_place):
    retarget(sftp_place, ", key: key", "")
    environment = {"CLUSTERPRESS_LIVE_PASSWORD": "open sesame"}
    publish(sftp_place.settings, sftp_place.root, site(0), environment)
    assert sftp_place.tree().items() >= site(0).items()
    assert "none of the available keys" in fault(
        sftp_place, environment={"CLUSTERPRESS_LIVE_PASSWORD": "wrong"}
    )


def test_a_key_that_is_not_there_is_named(sftp_place):
    retarget(sftp_place, "key: key", "key: no-key")
    assert f'{sftp_place.root / "no-key"} cannot be read; correct "key:"' in fault(sftp_place)


def test_a_server_that_forbids_writing_is_understood(sftp_place):
    def forbid(_):
        raise asyncssh.SFTPPermissionDenied("no")

    with sftp_place.trouble.at(1, forbid):
        told = fault(sftp_place)
    assert (
        "no permission to write /www/news/.clusterpress-manifest.json; ask the host's administrator" in told
    )


def test_a_full_disk_is_understood(sftp_place):
    def refuse(_):
        raise asyncssh.SFTPFailure("no space left")

    with sftp_place.trouble.at(1, refuse):
        assert "cannot be written: no space left; check whether" in fault(sftp_place)


def test_a_long_file_of_which_a_part_was_refused_is_noticed(sftp_place):
    def refuse(_):
        raise asyncssh.SFTPFailure("no space left")

    publish(sftp_place.settings, sftp_place.root, site(0))
    long = site(0) | {"film.mp4": bytes(300_000)}
    with sftp_place.trouble.at(5, refuse), pytest.raises(PublishError, match="only a part of it was written"):
        publish(sftp_place.settings, sftp_place.root, long)
    assert "film.mp4" not in sftp_place.tree()
    publish(sftp_place.settings, sftp_place.root, long)
    assert sftp_place.tree()["film.mp4"] == bytes(300_000)


def test_a_server_that_cannot_replace_files_in_one_step_will_do(sftp_place):
    sftp_place.server.can_replace = False
    for version in (0, 1):
        publish(sftp_place.settings, sftp_place.root, site(version))
        assert {path: raw for path, raw in sftp_place.tree().items() if "manifest" not in path} == site(
            version
        )


def test_a_server_that_is_not_there_is_named(sftp_place):
    retarget(sftp_place, f"port: {sftp_place.server.port}", f"port: {free_port()}")
    assert "the server 127.0.0.1 cannot be reached" in fault(sftp_place)


def test_a_store_without_credentials(s3_place, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "there are no credentials for the store; set AWS_ACCESS_KEY_ID" in fault(s3_place)


def test_a_store_without_the_bucket(s3_place):
    retarget(s3_place, s3_place.bucket, "no-such-bucket")
    assert "there is no such bucket; create it at the store" in fault(s3_place)


def test_a_store_without_the_profile(s3_place):
    retarget(s3_place, "prefix: news", "profile: nobody")
    assert '(nobody) could not be found; correct "profile:"' in fault(s3_place)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("AccessDenied", "no permission to read or write the bucket; the key needs s3:ListBucket"),
        ("SignatureDoesNotMatch", "the store does not accept the credentials; check AWS_ACCESS_KEY_ID"),
        ("SlowDown", "the store refused; the answer was: SlowDown: because"),
    ],
)
def test_a_store_that_refuses_says_why(s3_place, code, told):
    s3_place.server.refusal = code
    try:
        assert told in fault(s3_place)
    finally:
        s3_place.server.refusal = ""


def test_a_store_that_is_not_there(s3_place):
    retarget(s3_place, s3_place.server.address, f"http://127.0.0.1:{free_port()}")
    assert "the store cannot be reached, or the connection was interrupted; run the command again" in fault(
        s3_place
    )


def test_a_project_without_a_repository(git_place):
    shutil.rmtree(git_place.root / ".git")
    assert 'the project is not in a Git repository; run "git init"' in fault(git_place)


def test_a_repository_without_the_remote(git_place):
    git(git_place.root, "remote", "remove", "origin")
    assert 'there is no such repository; add it with "git remote add origin ADDRESS"' in fault(git_place)


def test_a_machine_without_git(git_place):
    assert "Git is not installed; install it" in fault(git_place, environment={"PATH": "/nowhere"})


def test_a_branch_that_must_not_be_written(git_place):
    hook = git_place.strip_compression / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)
    assert "the branch is protected; allow pushes to it in the host's settings" in fault(git_place)


def test_the_branch_with_the_sources_is_refused(git_place):
    retarget(git_place, "branch: pages", "branch: main")
    assert "main is the branch with the sources; choose another branch" in fault(git_place)


@pytest.mark.parametrize("path", [".", "..", "site", "site/x", "content", "content/x", ".clusterpress", "/"])
def test_the_projects_own_folders_are_refused(tmp_path, path):
    settings = settings_of(f"{{type: folder, path: '{path}'}}")
    with pytest.raises(PublishError, match="is the project's own folder, or holds it; choose"):
        publish(settings, tmp_path, site(0))


def test_a_foreign_folder_in_the_way_is_named(tmp_path):
    (tmp_path / "live" / "index.html").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"is in the way of .*live/index\.html; move it away"):
        publish(settings_of("{type: folder, path: live}"), tmp_path, site(0))


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "live").mkdir(mode=0o555)
    with pytest.raises(PublishError, match=r"no permission to write .*; ask who owns the folder"):
        publish(settings_of("{type: folder, path: live}"), tmp_path, site(0))


@pytest.mark.parametrize(
    ("package", "extra", "target"),
    [("paramiko", "sftp", "{type: sftp, host: h, path: /p}"), ("boto3", "s3", "{type: s3, bucket: b}")],
)
def test_a_missing_extra_is_named_with_the_command_that_installs_it(
    tmp_path, monkeypatch, package, extra, target
):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(PublishError) as caught:
        publish(settings_of(target), tmp_path, site(0))
    assert str(caught.value) == f'{package} is not installed; run: pip install "clusterpress[{extra}]"'


def test_missing_brotli_is_named_too(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "brotli", None)
    write(tmp_path, site(0))
    with pytest.raises(
        PublishError, match=r"brotli is not installed; run: pip install .clusterpress\[brotli\]"
    ):
        gathered(tmp_path, compress=("brotli",))
