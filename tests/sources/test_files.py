import os
import stat

import pytest

from clusterpress.sources.files import write_file


def test_a_new_file_is_written_with_the_folders_around_it(tmp_path):
    write_file(tmp_path / "content" / "news" / "a.md", b"text")

    assert (tmp_path / "content" / "news" / "a.md").read_bytes() == b"text"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_file_keeps_its_permissions(tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)

    write_file(file, b"new")

    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_symbolic_link_stays_and_the_file_it_leads_to_is_written(tmp_path):
    (tmp_path / "shared").mkdir()
    target = tmp_path / "shared" / "a.md"
    target.write_bytes(b"old")
    link = tmp_path / "a.md"
    link.symlink_to(target)

    write_file(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_nothing_is_left_beside_a_file_or_behind_when_writing_fails(tmp_path):
    write_file(tmp_path / "a.md", b"text")
    (tmp_path / "folder").mkdir()

    with pytest.raises(OSError, match="folder"):
        write_file(tmp_path / "folder", b"text")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "folder"]
