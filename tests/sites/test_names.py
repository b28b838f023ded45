"""A site whose names are not in Latin letters, built whole."""

import unicodedata

from tests.sites.small_site import PICTURE_BYTES, Site

DECOMPOSED = unicodedata.normalize("NFD", "größe.png")
FILES = {
    "content/programmes/next.md": "---\ntitle: THE NEXT SOCIETY\n---\nAbout.\n",
    "content/news/خبر-2.md": "---\ntitle: شراكة مع NASA\nlang: ar\ndate: 2019-01-02\ntags: [Erasmus+]\n---\nنص.\n",
    "content/news/مقال-3.md": "---\ntitle: مقال جديد\nlang: ar\ndate: 2019-01-03\ntags: [Erasmus]\n---\nنص.\n",
    "content/news/size.md": "---\ntitle: Size # one\ndate: 2019-01-04\ntags: [C++]\n---\n"
    "![Size](größe.png) and [a file](/files/100%25.txt).\n",
    f"content/news/{DECOMPOSED}": PICTURE_BYTES,
    "content/static/files/100%.txt": "hello\n",
    "content/events/2019-01-05-call.md": "---\ntitle: Call\ndate: 2018-12-01\nstart: 5 January 2019, 14:00-15:30\n---\nText.\n",
    "content/events/2019-02-05-call.md": "---\ntitle: Call\ndate: 2018-12-01\nstart: 5 February 2019, 2-3 pm\n---\nText.\n",
    "content/news/later.md": "---\ndraft: true\ntitle: Later\n---\nText.\n",
}


def test_every_name_has_an_address_and_every_old_address_leads_on(tmp_path):
    site = Site(tmp_path, FILES)
    site.build()

    def page(path):
        return (tmp_path / "site" / path / "index.html").read_text(encoding="utf-8")

    assert "شراكة مع NASA" in page("ar/news/2019/khbr-2")
    assert "مقال جديد" in page("ar/news/2019/mql-3")
    assert 'url=/ar/news/2019/khbr-2/"' in page("ar/news/2019/2")
    assert "مقال جديد" in page("ar/tags/erasmus")
    assert "شراكة مع NASA" in page("ar/tags/erasmus-plus")
    assert 'url=/tags/c-plus-plus/"' in page("tags/c")
    assert "Size # one" in page("news/2019/size")
    assert 'href="/files/100%25.txt"' in page("news/2019/size")
    assert "5 January 2019" in page("events/call")
    assert "5 February 2019" in page("events/2019-02-05-call")


def test_an_edit_beside_such_names_gives_the_site_of_a_clean_build(tmp_path):
    site = Site(tmp_path, FILES)
    site.build()
    site.write("content/news/2.md", "---\ntitle: Two\nlang: ar\ndate: 2019-01-06\n---\nText.\n")
    site.write(
        "content/news/size.md",
        "---\ntitle: Size\ndate: 2019-01-04\ntags: [C++, C]\n---\n![Size](größe.png)\n",
    )
    site.remove("content/events/2019-01-05-call.md")
    site.build()
    site.build("clean")
    edited, clean = site.output(), site.output("clean")
    assert edited == clean
    assert "ar/news/2019/2/index.html" in edited
    assert b'http-equiv="refresh"' not in edited["ar/news/2019/2/index.html"]
    assert b'http-equiv="refresh"' not in edited["tags/c/index.html"]
    assert "events/call/index.html" in edited
