"""The style sheet that makes RSS and Atom readable for somebody who opens a feed in a browser.

CSS alone: browsers are removing XSLT. What a feed is and what to do with it is said first, in the feed's
language where we have the words.
"""

STYLE_SHEET = """\
:root {
  color-scheme: light dark;
  --ink: #1b2330; --soft: #55606f; --paper: #fff; --line: #d5dbe3; --mark: #eef3fb; --link: #0b4fa0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ecf2; --soft: #a9b4c2; --paper: #14181f; --line: #343c48; --mark: #1e2733; --link: #8ab8ff;
  }
}
rss, feed {
  display: block; max-width: 44rem; margin: 0 auto; padding: 1.5rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif;
}
rss:lang(ar), feed:lang(ar) { direction: rtl; }
rss::before, feed::before {
  display: block; margin-bottom: 2rem; padding: 1rem; border-radius: .5rem; background: var(--mark);
  content: "This is a web feed. Copy its address into a feed reader, and new items will come to you.";
}
rss:lang(fr)::before, feed:lang(fr)::before {
  content: "Ceci est un flux web. Copiez son adresse dans un lecteur de flux pour recevoir les nouveautés.";
}
rss:lang(ar)::before, feed:lang(ar)::before {
  content: "هذه خلاصة ويب. انسخ عنوانها من شريط العنوان إلى قارئ خلاصات لتصلك المواد الجديدة.";
}
channel, item, entry, title, subtitle, description, summary, pubDate, published { display: block; }
channel > title, feed > title { font-size: 1.75rem; font-weight: 700; line-height: 1.25; }
channel > description, subtitle { margin-top: .5rem; color: var(--soft); }
item, entry { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
item > title, entry > title { font-size: 1.2rem; font-weight: 600; line-height: 1.35; }
item > link, entry > link[rel="alternate"] {
  display: block; color: var(--link); font-size: .875rem;
  overflow-wrap: anywhere; unicode-bidi: plaintext;
}
entry > link[rel="alternate"]::after { content: attr(href); }
pubDate, published { margin-top: .25rem; color: var(--soft); font-size: .875rem; }
item > description, summary { margin-top: .5rem; }
channel > link, language, docs, generator, lastBuildDate, guid, id, updated, encoded, content, category,
creator, author, enclosure { display: none; }
"""
"""CSS for ``rss`` and ``feed`` documents, light and dark."""
