import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterpress.config.reader import read_settings
from clusterpress.config.settings import (
    FolderTarget,
    FollowLink,
    GitTarget,
    MenuEntry,
    NewsletterSettings,
    S3Target,
    Settings,
    SftpTarget,
    Vocabularies,
)
from clusterpress.values.digests import digest

BASE = "name: X\nurl: https://example.eu/\n"


def settings(text):
    found, problems = read_settings(BASE + text)
    assert found is not None, [str(problem) for problem in problems]
    return found


def told(text):
    found, problems = read_settings(text)
    assert found is None
    return [str(problem).removeprefix("site_config.yml:") for problem in problems]


def test_two_keys_are_enough():
    assert settings("") == Settings(name="X", url="https://example.eu/")


@pytest.mark.parametrize("url", ["https://example.eu/news", "https://example.eu/news/"])
def test_the_address_ends_with_a_slash(url):
    found, _ = read_settings(f"name: X\nurl: {url}\n")
    assert (found.url, found.root) == ("https://example.eu/news/", "/news/")


def test_every_block_is_read():
    found = settings("""\
languages: [en, fr, sr-Latn, no]
page_size: 3
permalinks: {news: "/{year}/{month}/{slug}/", page: "/p/{slug}/"}
vocabulary: {cluster: open}
feeds: {limit: 5, full_text: no}
newsletters:
  clusters-cord: {name: Clusters-Cord, colours: {blue: "#003399"}}
follow: {label: LinkedIn, url: "https://example.eu/in"}
menu:
  - {label: News, url: /news/}
  - {label: Write, url: "mailto:a@example.eu"}
front_matter: {authors: author}
defaults: {news/2019: {programme: cord, Translation-Of: x, tags: [a, b]}}
kinds: {posts: news}
""")
    assert found.languages == ("en", "fr", "sr-Latn", "no")
    assert found.page_size == 3
    assert found.permalinks == {"news": "/{year}/{month}/{slug}/", "page": "/p/{slug}/"}
    assert found.vocabulary == Vocabularies(cluster="open")
    assert (found.feeds.limit, found.feeds.full_text) == (5, False)
    assert found.newsletters["clusters-cord"] == NewsletterSettings(
        name="Clusters-Cord", colours={"blue": "#003399"}
    )
    assert found.follow == (FollowLink(label="LinkedIn", url="https://example.eu/in"),)
    assert found.menu[1] == MenuEntry(label="Write", url="mailto:a@example.eu")
    assert found.defaults == {"news/2019": {"programme": "cord", "Translation-Of": "x", "tags": ("a", "b")}}
    assert found.kinds == {"posts": "news"}


def test_targets_are_read_by_their_type():
    found = settings("""\
publish:
  live: {type: sftp, host: www.example.eu, path: /var/www, port: 2222, compress: gzip}
  pages: {type: git, force: yes, nojekyll: no}
  store: {type: s3, bucket: press, endpoint: "https://s3.example.eu"}
  drive: {type: folder, path: ../live, redirects: yes}
""")
    assert found.publish == {
        "live": SftpTarget(host="www.example.eu", path="/var/www", port=2222, compress=("gzip",)),
        "pages": GitTarget(force=True, nojekyll=False),
        "store": S3Target(bucket="press", endpoint="https://s3.example.eu"),
        "drive": FolderTarget(path="../live", redirects=True),
    }
    assert pickle.loads(pickle.dumps(found)) == found
    assert digest(found)


def test_one_word_opens_all_vocabularies():
    assert settings("vocabulary: open").vocabulary == Vocabularies(
        programme="open", cluster="open", partner="open", author="open"
    )


def test_the_engines_block_is_passed_on_unread():
    found = settings("mkdocs:\n  anything: [goes]\n  index: !!python/name:x.y\n  site: !ENV [A, b]\n")
    assert found.mkdocs == "anything: [goes]\nindex: !!python/name:x.y ''\nsite: !ENV [A, b]"


def test_settings_survive_pickling_and_have_a_digest():
    found = settings("newsletters: {a: {name: A}}\ndefaults: {news: {tags: [a]}}\n")
    assert pickle.loads(pickle.dumps(found)) == found
    assert digest(pickle.loads(pickle.dumps(found))) == digest(found)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("tag_line: a", '3:1: error: unknown key "tag_line"; did you mean "tagline"?'),
        ("languages: [en, english]", '3:17: error: "english" is not the code of a language; write a code such as "en", "fr" or "sr-Latn"'),
        ("languages: [en, en]", '3:17: error: the language "en" is there twice; delete one'),
        ("time_zone: Europe/Brussel", '3:1: error: "Europe/Brussel" is not a time zone; did you mean "Europe/Brussels"?'),
        ("time_zone: ../x", '3:1: error: "../x" is not a time zone; write it like "Europe/Brussels"'),
        ("page_size: 0", "3:1: error: 0 items are too few; write 1 or more"),
        ("pictures: {widths: [320, 0]}", "3:26: error: 0 pixels are too few; write 1 or more"),
        ("feeds: {limit: -1}", "3:9: error: -1 items are too few; write 1 or more"),
        ("feeds: {fulltext: yes}", '3:9: error: unknown key "fulltext"; did you mean "full_text"?'),
        ("permalinks: {new: '/{slug}/'}", '3:14: error: "new" is not a kind of item; did you mean "news"?'),
        ("permalinks: {news: '/{yaer}/{slug}/'}", '3:14: error: "{yaer}" is not known in a permalink; did you mean "year"?'),
        ("permalinks: {news: '/{year}/'}", '3:14: error: "/{year}/" gives all items one address; add {slug} to it'),
        ("permalinks: {news: 'n/{slug}'}", '3:14: error: "n/{slug}" is not a path with "/" at both ends; write "/n/{slug}/"'),
        ("permalinks: {page: '/{year}/{slug}/'}", '3:14: error: a page has no date for "{year}"; take it out of the pattern'),
        ("vocabulary: opne", '3:1: error: "vocabulary" cannot be "opne"; did you mean "open"?'),
        ("front_matter: {authors: autor}", '3:16: error: "autor" is not a front-matter key; did you mean "author"?'),
        ("defaults: {news: {programe: x}}", '3:19: error: "programe" is not a front-matter key; did you mean "programme"?'),
        ("kinds: {posts: new}", '3:9: error: "posts" cannot be "new"; did you mean "news"?'),
        ("newsletters: {A B: {name: x}}", '3:15: error: "A B" cannot stand in an address; write "a-b"'),
        ("newsletters: {a: {}}", '3:15: error: "a" has no "name"; add "name: …" to it'),
        ("newsletters: {a: {name: x, colours: {blue: blue}}}", '3:38: error: "blue" is not a colour; write six digits in quotes: "#003399"'),
        ("follow: [{label: a, url: www.example.eu}]", '3:21: error: "www.example.eu" is not a full web address; write "https://www.example.eu"'),
        ("menu: [{label: a, url: news/}]", '3:19: error: "news/" is neither a path of this site nor a full address; write "/news/"'),
        ("footer: [{label: a, url: 'javascript:x'}]", '3:21: error: a link cannot begin with "javascript:"; use https:, mailto: or tel:, or a path'),
        ("theme: ../x", '3:1: error: "../x" is not the name of a folder; write the name of a folder of themes/'),
        ("publish: {live: {host: a}}", '3:11: error: "live" has no "type"; add "type: …" to it'),
        ("publish: {live: {type: sfpt, host: a}}", '3:18: error: "type" cannot be "sfpt"; did you mean "sftp"?'),
        ("publish: {live: {type: sftp, path: /}}", '3:11: error: "live" has no "host"; add "host: …" to it'),
        ("publish: {live: {type: git, brunch: x}}", '3:29: error: unknown key "brunch"; did you mean "branch"?'),
        ("publish: {live: {type: folder, path: a, compress: [zip]}}", '3:52: error: "compress" cannot be "zip"; did you mean "gzip"?'),
        ("publish: {My Host: {type: git}}", '3:11: error: "My Host" cannot name a target; write "my-host"'),
        ("publish: {live: {type: git, cname: 'https://a.eu/'}}", '3:29: error: "https://a.eu/" is not the name of a host; write the name alone, such as "www.example.eu"'),
        ("publish: {live: {type: git, repository: 'https://me:pw@a.eu/r'}}", "3:29: error: a password must not stand in this file; take it out, and leave it to Git's credential helper or the environment"),
        ("publish: {live: {type: s3, bucket: a, endpoint: s3.a.eu}}", '3:39: error: "s3.a.eu" is not a full web address; write "https://s3.a.eu"'),
        ("embed_hosts: ['https://tube.example.eu/']", '3:1: error: "https://tube.example.eu/" is not the name of a host; write the name alone, such as "tube.example.eu"'),
        ("embed_hosts: [Example.eu]", '3:1: error: "Example.eu" is the host of this site; take it out: the frame of a player must not belong to the site itself'),
        ("name: Y", '3:1: error: "name" is given twice, on lines 1 and 3; keep one of them'),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_place_and_remedy(line, problem):
    assert told(BASE + line) == [problem]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("repository", "--upload-pack=touch /tmp/x"),
        ("repository", " -c core.sshCommand=x"),
        ("repository", "ext::sh -c x"),
        ("branch", "--receive-pack=x"),
        ("branch", "a\nb"),
    ],
)
def test_what_git_would_read_as_an_option_or_a_command_is_refused(key, value):
    line = f"publish: {{live: {{type: git, {key}: {value!r}}}}}".replace("'", '"')
    (problem,) = told(f"name: X\nurl: https://x.eu/\n{line}\n")
    assert f"cannot be the {key} of a target; write a plain name or address" in problem
    assert problem.startswith("3:")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("example.eu", '"example.eu" is not a full web address; write "https://example.eu"'),
        ("ftp://example.eu/", 'a link cannot begin with "ftp:"; use https:, mailto: or tel:, or a path'),
        (
            "https://example.eu/?a=b",
            'the site\'s address has a query or a fragment; write "https://example.eu/"',
        ),
    ],
)
def test_the_address_must_be_one_that_pages_can_be_put_under(url, message):
    assert told(f"name: X\nurl: {url}\n") == [f"2:1: error: {message}"]


def test_an_empty_file_is_told_what_it_needs():
    assert told("") == [
        '1:1: error: "name" is missing; add "name: …", the name of the site',
        '1:1: error: "url" is missing; add "url: https://…/", the address the site will have',
    ]


def test_every_fault_is_told_at_once():
    assert len(told("name: X\nurl: x\npage_size: ten\nmenue: 3\ntime_zone: x\nlanguages: xxxx\n")) == 5


@given(st.text())
def test_no_text_makes_the_reader_raise(text):
    found, problems = read_settings(text)
    assert found or problems


def test_the_address_for_readers_is_an_email_address():
    assert told("name: X\nurl: https://x.eu/\ncontact: newsroom\n") == [
        '3:1: error: "newsroom" is not an e-mail address; write it like "name@example.eu"'
    ]


@pytest.mark.parametrize("broken", ["a\tb", "[a, {b: @c}", "{a: '}", "- a", ">-", "[%(a)s]"])
def test_a_fault_of_form_beside_a_block_for_the_engine_is_reported(broken):
    for block in ("{exclude_docs: x}", "{exclude_docs: a\tb}"):
        text = f"name: N\nurl: https://example.eu/\nmkdocs: {block}\nlegal: {{accessibility: {broken}}}\n"
        settings, problems = read_settings(text)
        assert settings is None
        assert problems


@pytest.mark.parametrize(
    "address", ["https://x![a](b)/", "https://[::1", "https://a.eu:port/", "https://a.eu:99999/"]
)
def test_an_address_with_an_unreadable_host_or_port_is_reported(address):
    for text in (
        f"url: {address!r}",
        f"url: https://a.eu/\nfollow: [{{label: X, url: {address!r}}}]",
        f"url: https://a.eu/\nnewsletters: {{x: {{name: X, subscribe: {{service: brevo, url: {address!r}}}}}}}",
        f"url: https://a.eu/\nnewsletters: {{x: {{name: X, send: {{listmonk: {{url: {address!r}, list: 1}}}}}}}}",
    ):
        settings, problems = read_settings(f"name: N\n{text}\n")
        assert settings is None
        assert problems
