"""The whole demo as the Nu HTML checker, the W3C's own, reads it."""

import json
import subprocess

FOR_OUTLOOK = "Attribute “xmlns:o” not allowed here."
"""Of mails only: without this namespace, Outlook enlarges their pictures on a screen of 125 %."""


def test_the_nu_checker_finds_no_error_in_any_page(nu, demo_folder):
    run = subprocess.run(
        [*nu, "--format", "json", "--exit-zero-always", "--errors-only", "--skip-non-html", str(demo_folder)],
        capture_output=True,
        check=True,
    )
    messages = [one for one in json.loads(run.stderr)["messages"] if one["message"] != FOR_OUTLOOK]
    assert [f"{m.get('url', '')}:{m.get('lastLine', '')}: {m['message']}" for m in messages] == []
