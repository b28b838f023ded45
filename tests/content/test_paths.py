import pytest

from clusterpress.config.settings import Settings
from clusterpress.content.paths import FileName, kind_of, misplaced, read_name

SETTINGS = Settings(
    name="X", url="https://example.eu/", kinds={"posts": "news", "blog/dates": "event", "blog": "news"}
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content/news/x.md", "news"),
        ("content/news/2019/x/index.md", "news"),
        ("content/newsletters/3.md", "issue"),
        ("content/posts/x.md", "news"),
        ("content/blog/x.md", "news"),
        ("content/blog/dates/x.md", "event"),
        ("content/news/README.md", None),
        ("content/static/x.md", None),
        ("content/news/x.jpg", None),
        ("content/x.md", None),
        ("content/newz/x.md", None),
        ("content/news/_drafts/x.md", None),
        ("content/news/.x.md", None),
        ("content/authors/ann/_index.md", "author"),
        ("content/pages/guides/_index.markdown", "page"),
        ("content/pages/_index.md", None),
        ("content/news/2019/_index.md", None),
        ("content/authors/_old/_index.md", None),
        ("content/blog/x.mdx", "news"),
        ("themes/news/x.md", None),
    ],
)
def test_the_folder_tells_the_kind(path, kind):
    assert kind_of(path, SETTINGS) == kind


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("content/newz/x.md", 'did you mean "news"?'),
        ("content/recipes/x.md", 'give the kind of its items in site_config.yml: "kinds: {recipes: news}"'),
    ],
)
def test_a_file_in_no_folder_of_items_is_named_with_a_remedy(path, hint):
    assert misplaced(path, SETTINGS).hint == hint


@pytest.mark.parametrize(
    "path", ["content/news/x.md", "content/README.md", "content/static/a.md", "content/a.jpg"]
)
def test_what_is_an_item_or_none_by_intent_is_not_misplaced(path):
    assert misplaced(path, SETTINGS) is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/news/techdays.md", FileName("techdays", "", "")),
        ("content/news/2019-04-12-techdays.md", FileName("techdays", "2019-04-12", "")),
        ("content/news/2019-04-12_techdays.fr.md", FileName("techdays", "2019-04-12", "fr")),
        ("content/news/2019-04-12.md", FileName("2019-04-12", "2019-04-12", "")),
        ("content/news/2019-04-12-techdays/index.md", FileName("techdays", "2019-04-12", "")),
        ("content/authors/ann/_index.md", FileName("ann", "", "")),
        ("content/news/techdays.mdx", FileName("techdays", "", "")),
        ("content/news/techdays/index.fr.md", FileName("techdays", "", "fr")),
        ("content/news/techdays.de.md", FileName("techdays", "", "de")),
        ("content/news/version-2.0.md", FileName("version-2.0", "", "")),
        ("content/news/techdays.sr-Latn.md", FileName("techdays", "", "sr-Latn")),
        ("content/news/techdays.old.md", FileName("techdays.old", "", "")),
    ],
)
def test_the_name_tells_date_language_and_slug(path, name):
    assert read_name(path, ("en", "fr", "sr-Latn")) == name
