"""With --no-skips, a run in which a test is skipped fails and gives the reason."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
ONE = (
    "import pytest\n\n@pytest.mark.skipif(True, reason='qpdf is not installed')\ndef test_one():\n    pass\n"
)
INSIDE = "import pytest\n\ndef test_one():\n    pytest.skip('there is no Chromium')\n"
MODULE = "import pytest\n\npytest.skip('no npm', allow_module_level=True)\n"
ALLOWED = "import pytest\n\n@pytest.mark.skipif(True, reason='root may write everywhere')\ndef test_one():\n    pass\n"


PASSES = "def test_two():\n    pass\n"


def test_skips_fail_and_say_why(tmp_path):
    code, printed = run(tmp_path, ONE, INSIDE, MODULE, ALLOWED, PASSES)
    assert code == 1
    for reason in ("qpdf is not installed", "there is no Chromium", "no npm"):
        assert f"--no-skips: 1 skipped, as {reason}" in printed
    assert printed.count("--no-skips:") == 3


def test_a_skip_that_no_installation_removes_is_allowed(tmp_path):
    assert run(tmp_path, ALLOWED, PASSES)[0] == 0


def run(folder, *modules):
    for number, text in enumerate(modules):
        (folder / f"test_{number}.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    words = ["-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-c", folder / "pytest.ini"]
    done = subprocess.run(
        [sys.executable, *words, "--no-skips", folder],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout
