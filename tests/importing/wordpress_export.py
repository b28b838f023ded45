"""A WordPress export of our own making: forty-odd records with everything that real ones have."""

from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Old clusters</title><link>https://www.old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://www.old.example</wp:base_site_url>
<wp:author><wp:author_login>serena</wp:author_login><wp:author_email>s@old.example</wp:author_email>
<wp:author_display_name><![CDATA[Serena Mingolla]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>desk</wp:author_login><wp:author_display_name>QOOT</wp:author_display_name></wp:author>
<wp:author><wp:author_login>nobody</wp:author_login><wp:author_display_name>Nobody</wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>\n"


def cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def item(number, title="", content="", **more):
    """One ``<item>``; the defaults make a plain published post."""
    fields = {
        "type": "post", "status": "publish", "slug": f"post-{number}", "date": f"2019-{number % 12 + 1:02}-15 10:20:30",
        "creator": "serena", "excerpt": "", "terms": [], "meta": {}, "link": None, "sticky": 0, "password": "",
        "parent": 0, "attachment": "", "comments": 0,
    } | more  # fmt: skip
    link = (
        fields["link"] or f"https://www.old.example/{fields['date'][:7].replace('-', '/')}/{fields['slug']}/"
    )
    terms = "".join(
        f'<category domain="{domain}" nicename="{slug}">{cdata(name)}</category>'
        for domain, slug, name in fields["terms"]
    )
    meta = "".join(
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for key, value in fields["meta"].items()
    )
    comments = "<wp:comment><wp:comment_content>Nice</wp:comment_content></wp:comment>" * fields["comments"]
    attachment = (
        f"<wp:attachment_url>{fields['attachment']}</wp:attachment_url>" if fields["attachment"] else ""
    )
    return (
        f"<item><title>{cdata(title)}</title><link>{escape(link)}</link><dc:creator>{cdata(fields['creator'])}</dc:creator>"
        f'<guid isPermaLink="false">https://www.old.example/?p={number}</guid>'
        f"<content:encoded>{cdata(content)}</content:encoded><excerpt:encoded>{cdata(fields['excerpt'])}</excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{fields['date']}</wp:post_date>"
        f"<wp:post_name>{fields['slug']}</wp:post_name><wp:status>{fields['status']}</wp:status>"
        f"<wp:post_parent>{fields['parent']}</wp:post_parent><wp:post_type>{fields['type']}</wp:post_type>"
        f"<wp:post_password>{fields['password']}</wp:post_password><wp:is_sticky>{fields['sticky']}</wp:is_sticky>"
        f"{attachment}{terms}{meta}{comments}</item>\n"
    )


UPLOADS = "https://www.old.example/wp-content/uploads"
BLOCKS = """<!-- wp:paragraph {"align":"left"} -->
<p>The cluster met in <strong>Casablanca</strong>; see <a href="https://old.example/2019/03/post-2/#comments">the other item</a>.</p>
<!-- /wp:paragraph -->
<!-- wp:image {"id":90} --><figure class="wp-block-image"><img src="https://www.old.example/wp-content/uploads/2019/06/hall-1024x683.jpg" alt="A hall" class="wp-image-90"/><figcaption>The hall in "June"</figcaption></figure><!-- /wp:image -->
<!-- wp:list --><ul><li>first<ul><li>second<ul><li>third</li></ul></li></ul></li></ul><!-- /wp:list -->
<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=abc123
</div></figure><!-- /wp:embed -->
<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Go on.</p><cite>A manager</cite></blockquote></figure><!-- /wp:pullquote -->
<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table></figure><!-- /wp:table -->
<div class="sharedaddy sd-sharing-enabled"><a href="https://x.com/share">Share</a></div>"""
CLASSIC = """First paragraph with an &eacute; and a
line break.

[caption id="attachment_90" align="alignnone" width="300"]<a href="https://www.old.example/wp-content/uploads/2019/06/hall.jpg"><img src="https://www.old.example/wp-content/uploads/2019/06/hall-300x200.jpg" alt="Hall" width="300" height="200" /></a> The hall[/caption]

<blockquote>A quotation [sic] of one [1] line.</blockquote>
[gallery ids="90,91"]

https://vimeo.com/12345

[contact-form-7 id="12" title="Contact"]
<!--more-->
Second part, 2 * 3 = 6, a_b. <a href="/wp-content/uploads/2019/06/report.pdf">Report</a> <a href="https://elsewhere.example/">Out</a>"""


def build():
    """Return the export as text."""
    items = [
        item(1, "Blocks & pieces", BLOCKS, comments=3, meta={"_thumbnail_id": "90"}, terms=[("category", "next", "The Next Society"), ("post_tag", "food", "Food")]),
        item(2, "Classic", CLASSIC, excerpt="A <em>short</em> summary.", terms=[("category", "uncategorized", "Uncategorized"), ("category", "qoot", "QOOT")]),
        item(3, "", "<p>Nobody gave this item a title. It has two sentences.</p>"),
        item(4, "", "", slug="empty"),
        item(5, "Same name", "<p>One</p>", slug="same", date="2018-01-01 00:00:00"),
        item(6, "Same name", "<p>Two</p>", slug="same", date="2018-02-01 00:00:00"),
        item(7, "Draft", "<p>Not yet</p>", status="draft", slug="", date="0000-00-00 00:00:00", link="https://www.old.example/?p=7"),
        item(8, "Private", "<p>Secret</p>", status="private"),
        item(9, "Scheduled", "<p>Later</p>", status="future", date="2030-01-01 09:00:00"),
        item(10, "Locked", "<p>Key</p>", password="abc"),
        item(11, "Rubbish", "<p>Old</p>", status="trash"),
        item(12, "الدورة الأولى", "<p>مرحبا بالعالم 🎉</p>", slug="%d8%a7%d9%84%d8%af%d9%88%d8%b1%d8%a9"),
        item(13, "Sticky \x0b control", "<p>A\x0cB &amp;amp; &lt;b&gt;</p>", sticky=1),
        item(14, "Odd <em>title</em>: with \"quotes\" # and 'more'", "<p># no heading</p><p>1. no list</p><p>- no list</p>"),
        item(15, "2019", "<p>A number for a title</p>", meta={"_wp_old_slug": "older", "_yoast_wpseo_metadesc": "From the plugin"}),
        item(16, "Lost picture", f'<p>Look: <img src="{UPLOADS}/2019/06/gone.jpg" alt="Gone"></p>', meta={"_thumbnail_id": "999"}),
        item(17, "Co-authors", "<p>By two</p>", terms=[("author", "a", "Ann Example"), ("author", "b", "Serena Mingolla")]),
        item(18, "By a cluster", "<p>We</p>", creator="desk"),
        item(19, "Anchors", '<p><a href="#n1">1</a> <a href="#gone">2</a></p><h3 id="n1">Notes</h3>'),
        item(20, "Old link", '<p><a href="https://www.old.example/category/news/">News</a> <a href="javascript:void(0)">Bad</a></p>'),
        item(21, "Page builder", '[vc_row][vc_column width="1/2"]<p>Inside</p>[/vc_column][/vc_row]'),
        item(22, "Dateless", "<p>When?</p>", date="0000-00-00 00:00:00", link="https://www.old.example/dateless/"),
        item(23, "Complex table", '<table><tr><td colspan="2">wide</td></tr><tr><td>a</td><td>b</td></tr></table>'),
        item(24, "To a draft", '<p>See <a href="https://www.old.example/?p=7">what comes</a></p>'),
        item(30, "About", "<p>About us</p>", type="page", slug="about", link="https://www.old.example/about/"),
        item(31, "Team", '<p>People; <a href="https://www.old.example/about/">up</a></p>', type="page", slug="team", parent=30, link="https://www.old.example/about/team/"),
        item(32, "News", "<p>A page that is a list here</p>", type="page", slug="news", link="https://www.old.example/news/"),
        item(33, "Project X", "<p>Custom</p>", type="project", slug="project-x"),
        item(34, "Menu", "", type="nav_menu_item"),
        item(90, "hall", type="attachment", attachment=f"{UPLOADS}/2019/06/hall.jpg", excerpt="The great hall", meta={"_wp_attachment_image_alt": "People in a hall"}, status="inherit"),
        item(91, "map", type="attachment", attachment=f"{UPLOADS}/2019/07/map.png", status="inherit"),
    ]  # fmt: skip
    plain = [item(number, f"Item {number}", f"<p>Text {number}</p>") for number in range(40, 52)]
    return HEAD + "".join(items + plain) + TAIL


TAKEN = 24 - 1 + 3 + 12
"""Posts and pages that become items: all but the one in the trash."""
AUTHORS = 2
"""People who become records."""
KNOWN = 1
"""A cluster that signs and has a record already."""
