"""Keys come from the environment or the keyring, never from files of the project."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.mailing.secrets import find_key


class Memory(KeyringBackend):
    priority = 1

    def __init__(self, kept):
        super().__init__()
        self.kept = kept

    def get_password(self, service, username):
        if self.kept is None:
            raise NoKeyringError
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    yield lambda kept: keyring.set_keyring(Memory(kept))
    keyring.set_keyring(before)


def test_the_environment_comes_first(tmp_path, ring):
    ring({("clusterpress", "CLUSTERPRESS_BREVO_KEY"): "from the ring"})
    assert find_key("brevo", {"CLUSTERPRESS_BREVO_KEY": " from outside \n"}, tmp_path) == "from outside"
    assert find_key("brevo", {}, tmp_path) == "from the ring"


@pytest.mark.parametrize("kept", [{}, None], ids=["empty", "no keyring"])
@pytest.mark.parametrize(
    ("service", "variable"),
    [("mailchimp", "CLUSTERPRESS_MAILCHIMP_KEY"), ("smtp", "CLUSTERPRESS_SMTP_PASSWORD")],
)
def test_a_missing_key_is_told_with_both_ways_to_give_it(tmp_path, ring, kept, service, variable):
    ring(kept)
    with pytest.raises(PublishError) as fault:
        find_key(service, {"CLUSTERPRESS_BREVO_KEY": "x"}, tmp_path)
    assert f"set {variable} in the environment, or run: keyring set clusterpress {variable}" in str(
        fault.value
    )


@pytest.mark.parametrize("name", [".env", ".env.local"])
def test_a_key_in_a_file_of_the_project_is_refused_with_words(tmp_path, ring, name):
    ring({})
    (tmp_path / name).write_text("CLUSTERPRESS_BREVO_KEY=xkeysib-1\n")
    with pytest.raises(PublishError) as fault:
        find_key("brevo", {}, tmp_path)
    assert f"does not read keys from files of the project ({name})" in str(fault.value)
    assert "make a new one at the service" in str(fault.value)
    assert "xkeysib" not in str(fault.value)
