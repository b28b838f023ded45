"""Announcing: each new item once on each network, whatever fails, and nothing that is not public."""

import json
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from clusterpress.config.announcing import AnnounceSettings, BlueskySettings, MastodonSettings
from clusterpress.config.settings import Settings
from clusterpress.publishing.announcing.networks import make_record_key
from clusterpress.publishing.announcing.run import Announcer, describe, plan_announcements
from clusterpress.publishing.errors import PublishError
from clusterpress.publishing.files import SiteFile
from tests.newsletters.make import newsroom
from tests.publishing.announcing.stand_ins import Service, serving

TOKEN = "t0ken-of-the-account"
SITE = Settings(name="x", url="https://x.eu/", languages=("en", "fr"))
PROGRAMME = "---\ntitle: Cord\nfunding: {rules: cpr-2021}\nboilerplate: T.\n---\nT.\n"


def item(title, day="2021-12-30", **more):
    lines = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\ndate: {day}\nsummary: About {title}.\n{lines}---\nText.\n"


FILES = {
    "programmes/cord.md": PROGRAMME,
    "news/a.md": item("Älpha", programme="cord", tags="[agri-food]", image="{src: /dots.png, alt: Dots}"),
    "news/b.md": item("Beta", "2021-12-31"),
    "news/old.md": item("Old", "2021-11-30"),
    "news/draft.md": item("Draft", draft="true"),
    "news/later.md": item("Later", publish="2022-02-01"),
    "news/gone.md": item("Gone", expires="2021-12-31"),
    "news/c.fr.md": item("Gamma", lang="fr"),
    "events/e.md": "---\ntitle: Forum\nstart: 2022-03-01\ndate: 2021-12-29\n---\nT.\n",
    "events/off.md": "---\ntitle: Off\nstart: 2022-03-01\ndate: 2021-12-29\ncancelled: true\n---\nT.\n",
}
PICTURE = SiteFile("d", lambda: b"picture")


class Newsroom:
    """A project that announces; the clock stands at the first day of 2022."""

    def __init__(self, root, files=FILES, **announce):
        self.root, self.files, self.said, self.warnings = root, dict(files), [], []
        self.settings = replace(SITE, announce=AnnounceSettings(**announce))
        self.environment, self.before = {}, frozenset()

    def plan(self):
        library, _, problems = newsroom(self.files, settings=self.settings)
        assert not problems, problems
        pages = {f"{entry.url}index.html": PICTURE for entry in library.entries}
        self.there = pages | {"dots.png": PICTURE}
        return plan_announcements(library, self.there, self.root, self.before)

    def announce(self):
        self.said, self.warnings = [], []
        plan = self.plan()
        Announcer(
            root=self.root, settings=self.settings, files=self.there, environment=self.environment,
            now=lambda: datetime(2022, 1, 1, 12, tzinfo=UTC), say=self.said.append, warn=self.warnings.append,
        ).announce(plan)  # fmt: skip
        return [(network, one.title) for network, one in plan.due]

    def record(self):
        return json.loads((self.root / "announced.json").read_text())["items"]


class Mastodon(Service):
    def __init__(self):
        super().__init__()
        self.posts = []

    def answer(self, method, path, headers, body):
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"error": f"The access token {headers.get('Authorization', '')[7:]} was revoked"}
        match method, path.partition("?")[0]:
            case "GET", "/api/v1/accounts/verify_credentials":
                return 200, {"id": "7"}
            case "GET", "/api/v1/accounts/7/statuses":
                return 200, self.posts
            case "POST", "/api/v1/statuses":
                status = json.loads(body)
                assert {*status} == {"status", "language", "visibility"}
                link = next(word for word in status["status"].split() if word.startswith("https://"))
                self.posts.append(
                    {"url": f"https://m.eu/{len(self.posts)}", "content": f'<a href="{link}">', **status}
                )
                return 200, self.posts[-1]
        return 404, {"error": "Record not found"}


class Bluesky(Service):
    def __init__(self):
        super().__init__()
        self.posts, self.blobs = {}, []

    def answer(self, method, path, headers, body):
        name = path.removeprefix("/xrpc/")
        if name == "com.atproto.server.createSession":
            given = json.loads(body)
            if given != {"identifier": "x.eu", "password": TOKEN}:
                return 401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            return 200, {"accessJwt": "jwt", "did": "did:plc:1"}
        if method != "POST" or headers.get("Authorization") != "Bearer jwt":
            return 401, {"error": "AuthMissing"}
        if name == "com.atproto.repo.uploadBlob":
            self.blobs.append((headers["Content-Type"], body))
            return 200, {"blob": {"$type": "blob", "ref": {"$link": "x"}}}
        given = json.loads(body)
        assert {*given} == {"repo", "collection", "rkey", "record"}
        self.posts[given["rkey"]] = given["record"]
        return 200, {"uri": "at://…", "cid": "c"}


@pytest.fixture
def mastodon():
    there = Mastodon()
    with serving(there) as there.url:
        yield there


@pytest.fixture
def bluesky():
    there = Bluesky()
    with serving(there) as there.url:
        yield there


def on_mastodon(root, mastodon, **more):
    room = Newsroom(root, networks=("mastodon",), mastodon=MastodonSettings(server=mastodon.url), **more)
    room.environment["CLUSTERPRESS_MASTODON_TOKEN"] = TOKEN
    return room


def on_bluesky(root, bluesky):
    account = BlueskySettings(handle="x.eu", server=bluesky.url)
    room = Newsroom(root, networks=("bluesky",), bluesky=account)
    room.environment["CLUSTERPRESS_BLUESKY_PASSWORD"] = TOKEN
    return room


def test_without_an_account_a_draft_is_written_for_each_network_once(tmp_path):
    room = Newsroom(tmp_path)
    assert {title for _, title in room.announce()} == {"Forum", "Älpha", "Beta"}
    assert sorted(path.name for path in (tmp_path / "announcements").iterdir()) == sorted(
        f"{name}.{network}.txt"
        for name in ("2021-12-29-e", "2021-12-30-a", "2021-12-31-b")
        for network in ("mastodon", "bluesky", "linkedin")
    )
    draft = (tmp_path / "announcements/2021-12-30-a.bluesky.txt").read_text("utf-8")
    assert draft == (
        "Älpha\n\nAbout Älpha.\n\nCo-funded by the European Union\n\nhttps://x.eu/news/2021/a/\n\n#AgriFood\n\n"
        "-----\n(90 of 300 characters)\nPicture: https://x.eu/dots.png\nAlt text: Dots\n"
    )
    assert room.said[0] == "mastodon: draft announcements/2021-12-29-e.mastodon.txt"
    assert room.announce() == []


def test_what_is_not_public_now_is_not_announced(tmp_path):
    room = Newsroom(tmp_path)
    room.announce()
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "announcements").iterdir())
    for title in ("Draft", "Later", "Gone", "Old", "Gamma", "Off"):
        assert title not in text


def test_an_item_is_announced_when_its_embargo_ends_however_old_its_date_is(tmp_path):
    late = {"news/late.md": item("Late", "2021-06-01", publish="2021-12-30 09:00")}
    assert "Late" in {title for _, title in Newsroom(tmp_path, FILES | late).announce()}


def test_languages_can_be_chosen(tmp_path):
    room = Newsroom(tmp_path, networks=("linkedin",), languages=("fr",))
    assert room.announce() == [("linkedin", "Gamma")]


def test_a_site_that_begins_to_announce_is_silent_about_what_it_has(tmp_path):
    room = Newsroom(tmp_path, networks=("linkedin",))
    room.before = frozenset({"content/news/a.md", "content/events/e.md"})
    assert room.announce() == [("linkedin", "Beta")]
    room.before = frozenset()
    assert room.announce() == []


def test_a_new_item_is_posted_once(tmp_path, mastodon):
    room = on_mastodon(tmp_path, mastodon)
    room.announce()
    assert [post["status"].split("\n")[0] for post in mastodon.posts] == ["Forum", "Älpha", "Beta"]
    assert mastodon.posts[1]["language"] == "en"
    assert room.said == [f"mastodon: https://m.eu/{n}" for n in range(3)]
    room.files["news/d.md"] = item("Delta", "2021-12-31")
    room.announce()
    assert [post["status"].split("\n")[0] for post in mastodon.posts[3:]] == ["Delta"]
    assert not (tmp_path / "announcements").exists()


def test_an_item_that_moves_is_not_announced_again(tmp_path, mastodon):
    room = on_mastodon(tmp_path, mastodon)
    room.announce()
    room.files["news/moved.md"] = room.files.pop("news/b.md").replace(
        "---\n", "---\naliases: /news/2021/b/\n", 1
    )
    assert room.announce() == []


def test_a_lost_record_or_answer_makes_no_second_post(tmp_path, mastodon, bluesky):
    rooms = on_mastodon(tmp_path, mastodon), on_bluesky(tmp_path, bluesky)
    for room in rooms:
        room.announce()
        (tmp_path / "announced.json").unlink()
        room.announce()
        (tmp_path / "announced.json").unlink()
    assert len(mastodon.posts) == len(bluesky.posts) == 3


def test_an_expired_token_loses_nothing(tmp_path, mastodon):
    room = on_mastodon(tmp_path, mastodon)
    room.environment["CLUSTERPRESS_MASTODON_TOKEN"] = "expired-token-of-the-account"
    room.announce()
    (warning,) = room.warnings
    assert warning.startswith("Mastodon refuses the key (401): The access token … was revoked; ")
    assert "make a new key there, and put it into CLUSTERPRESS_MASTODON_TOKEN" in warning
    assert warning.endswith('("Forum" is announced there by the next run)')
    assert "expired-token" not in warning + (tmp_path / "announced.json").read_text()
    assert [*room.record().values()] == [{"mastodon": "waiting"}] * 3
    room.environment["CLUSTERPRESS_MASTODON_TOKEN"] = TOKEN
    room.announce()
    assert len(mastodon.posts) == 3
    assert room.warnings == []


def test_a_fault_in_the_middle_keeps_what_was_posted(tmp_path, mastodon):
    room = on_mastodon(tmp_path, mastodon)
    mastodon.answers = [None, None, None, (500, b"oops")]  # two to look, one post
    room.announce()
    assert len(mastodon.posts) == 1
    assert "Mastodon has a fault of its own (500)" in room.warnings[0]
    room.announce()
    assert [post["status"].split("\n")[0] for post in mastodon.posts] == ["Forum", "Älpha", "Beta"]


def test_one_network_that_fails_keeps_no_other_from_being_told(tmp_path, mastodon):
    room = on_mastodon(tmp_path, mastodon)
    announce = replace(room.settings.announce, networks=("mastodon", "linkedin"))
    room.settings = replace(room.settings, announce=announce)
    room.environment["CLUSTERPRESS_MASTODON_TOKEN"] = "wrong"
    room.announce()
    assert len([*(tmp_path / "announcements").iterdir()]) == 3
    assert {tuple(one.items()) for one in room.record().values()} == {
        (("mastodon", "waiting"), ("linkedin", "draft"))
    }


def test_bluesky_gets_links_tags_and_a_card(tmp_path, bluesky):
    room = on_bluesky(tmp_path, bluesky)
    room.announce()
    assert len(bluesky.posts) == 3
    post = next(one for one in bluesky.posts.values() if one["text"].startswith("Älpha"))
    raw = post["text"].encode()
    marked = [raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode() for one in post["facets"]]
    assert marked == ["https://x.eu/news/2021/a/", "#AgriFood"]
    assert post["facets"][1]["features"] == [{"$type": "app.bsky.richtext.facet#tag", "tag": "AgriFood"}]
    assert post["embed"]["external"]["uri"] == "https://x.eu/news/2021/a/"
    assert post["embed"]["external"]["thumb"]["$type"] == "blob"
    assert bluesky.blobs == [("image/png", b"picture")]
    assert post["createdAt"] == "2022-01-01T12:00:00.000Z"
    assert post["langs"] == ["en"]


def test_a_wrong_password_of_bluesky_is_told(tmp_path, bluesky):
    room = on_bluesky(tmp_path, bluesky)
    room.environment["CLUSTERPRESS_BLUESKY_PASSWORD"] = "another-password"
    room.announce()
    assert "Bluesky refuses the key (401): Invalid identifier or password" in room.warnings[0]
    assert "CLUSTERPRESS_BLUESKY_PASSWORD" in room.warnings[0]


def test_keys_of_records_have_the_form_of_times(tmp_path):
    keys = {make_record_key(one) for _, one in Newsroom(tmp_path).plan().due}
    assert len(keys) == 3
    assert all(len(key) == 13 and key[0] in "234567abcdefghij" for key in keys)


def test_a_dry_run_shows_and_writes_nothing(tmp_path):
    room = Newsroom(tmp_path, networks=("mastodon",))
    shown = "\n".join(describe(room.plan(), room.settings))
    assert "--- mastodon: https://x.eu/news/2021/a/\nÄlpha\n" in shown
    assert [*tmp_path.iterdir()] == []


def test_a_broken_record_stops_announcing_rather_than_announce_twice(tmp_path):
    (tmp_path / "announced.json").write_text("{")
    with pytest.raises(
        PublishError, match=r"announced\.json cannot be read; restore it from version control"
    ):
        Newsroom(tmp_path).plan()
