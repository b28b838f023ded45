"""``clusterpress doctor``: what is missing, how to get it, and an exit code for each kind of fault."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from clusterpress.cli.commands import main
from clusterpress.diagnosis.machine import examine_machine
from clusterpress.values.installation import EXTRAS, install_command
from tests.sites.small_site import Site

NOW = datetime(2027, 1, 1, tzinfo=UTC)
SECRETS = {
    "CLUSTERPRESS_LIVE_PASSWORD": "sesame",
    "AWS_ACCESS_KEY_ID": "press",
    "AWS_SECRET_ACCESS_KEY": "sesame",
}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
    for name in (*SECRETS, "SSH_AUTH_SOCK", "CLUSTERPRESS_BREVO_KEY", "CLUSTERPRESS_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "site")


def add(site, lines):
    config = site.root / "site_config.yml"
    config.write_text(config.read_text("utf-8") + lines, encoding="utf-8")


def doctor(folder, *words):
    result = CliRunner().invoke(main, ["--project", str(folder), "doctor", *words])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def findings(folder):
    return {one["topic"]: one for one in json.loads(doctor(folder, "-o", "json").stdout)}


def states(folder):
    return {topic: one["state"] for topic, one in findings(folder).items() if one["state"] != "good"}


def test_a_sound_site_lacks_nothing(site):
    before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    result = doctor(site.root)
    assert (result.exit_code, result.stderr) == (0, "Nothing is missing.\n")
    assert "Settings: Small site, https://example.eu/, in en, fr, ar" in result.stdout
    assert "Network: not needed to write, check, build and preview\n" in result.stdout
    assert {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()} == before


def test_outside_of_a_site_it_looks_at_the_machine(tmp_path):
    result = doctor(tmp_path)
    assert result.exit_code == 0
    assert "Site: there is none in" in result.stdout
    assert "clusterpress new site DIR" in result.stdout
    assert [*tmp_path.iterdir()] == []


def test_errors_in_the_settings_come_with_line_and_remedy(site):
    add(site, "time_zone: Mars/Base\n")
    result = doctor(site.root)
    assert result.exit_code == 1
    assert "site_config.yml:6: " in result.stdout
    assert "1 error: see the lines with →" in result.stderr


def test_a_cache_that_cannot_be_written_is_of_the_machine(site, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("CLUSTERPRESS_CACHE", str(tmp_path / "file/cache"))
    found = findings(site.root)["Cache"]
    assert found["state"] == "missing"
    assert "CLUSTERPRESS_CACHE" in found["remedy"]
    assert doctor(site.root).exit_code == 3


def test_a_clock_before_this_version_cannot_be_right(tmp_path):
    clocks = [
        one.state
        for now in (NOW, datetime(2024, 1, 1, tzinfo=UTC))
        for one in examine_machine(tmp_path, now=now)
        if one.topic == "Clock"
    ]
    assert clocks == ["good", "missing"]


def test_programs_are_looked_for_in_the_path(site, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert states(site.root)["Git"] == "note"
    add(site, "publish:\n  pages: {type: git}\n")
    found = findings(site.root)
    assert found["Target pages"]["state"] == "missing"
    assert "https://git-scm.com" in found["Target pages"]["remedy"]


def test_an_extra_that_a_target_needs_is_missing_and_others_are_notes(tmp_path, monkeypatch):
    monkeypatch.setattr("clusterpress.diagnosis.machine.find_spec", lambda _: None)
    found = {one.topic: one for one in examine_machine(tmp_path, now=NOW, needed=["sftp"])}
    assert (found["Extra sftp"].state, found["Extra s3"].state) == ("missing", "note")
    assert found["Extra sftp"].remedy == f"run: {install_command('sftp')}"


def test_targets_say_what_they_lack_and_no_password(site, monkeypatch):
    add(
        site,
        "publish:\n  live: {type: sftp, host: www.example.eu, path: /www, known_hosts: hosts}\n"
        "  store: {type: s3, bucket: press}\n  drive: {type: folder, path: ../live}\n",
    )
    assert states(site.root)["Target live"] == "note"
    assert "Target store" in states(site.root)
    site.write("hosts", "x")
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    assert not [topic for topic in states(site.root) if topic.startswith("Target")]
    result = doctor(site.root)
    assert "sesame" not in result.output
    assert "needed for 2 targets: live, store" in result.stdout


def test_a_file_that_a_target_names_must_be_there(site):
    add(
        site,
        "publish:\n  live: {type: sftp, host: www.example.eu, path: /www, key: mine, known_hosts: hosts}\n",
    )
    result = doctor(site.root)
    assert result.exit_code == 1
    assert "key: there is no file mine" in result.stdout
    assert "known_hosts: there is no file hosts" in result.stdout


def test_the_key_of_a_mailing_service_is_not_shown(site, monkeypatch):
    add(
        site,
        "newsletters:\n  letter:\n    name: Letter\n    send: {brevo: {list: 4, sender: a@example.eu}}\ncontact: a@example.eu\n",
    )
    found = findings(site.root)["Newsletter letter, brevo"]
    assert (found["state"], "CLUSTERPRESS_BREVO_KEY" in found["remedy"]) == ("note", True)
    monkeypatch.setenv("CLUSTERPRESS_BREVO_KEY", "sesame")
    assert "Newsletter letter, brevo" not in states(site.root)
    assert "sesame" not in doctor(site.root).output


def test_languages_whose_letters_the_fonts_lack_are_named(site):
    text = (site.root / "site_config.yml").read_text("utf-8")
    site.write("site_config.yml", text.replace("[en, fr, ar]", "[en, hy]"))
    assert "Fonts" in states(site.root), findings(site.root)
    assert "հայերեն" in findings(site.root)["Fonts"]["words"]


def test_every_extra_of_the_package_is_known():
    from importlib.metadata import metadata

    assert {*(metadata("clusterpress").get_all("Provides-Extra") or ())} - {"test"} == EXTRAS.keys()


@pytest.mark.parametrize(
    ("mark", "command"),
    [
        ("pipx_metadata.json", "pipx inject clusterpress paramiko"),
        ("uv-receipt.toml", 'uv pip install --python "{prefix}" paramiko'),
        ("pyvenv.cfg", 'pip install "clusterpress[sftp]"'),
    ],
)
def test_an_extra_is_added_as_the_program_was_installed(tmp_path, mark, command):
    (tmp_path / mark).touch()
    assert install_command("sftp", tmp_path) == command.format(prefix=tmp_path)
