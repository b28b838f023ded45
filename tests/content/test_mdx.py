"""MDX is read like Markdown: words, pictures and films stay; code and components do not show."""

import pytest

from clusterpress.config.settings import Settings
from clusterpress.content.mdx import read_mdx
from clusterpress.content.reader import read_item
from clusterpress.values.problems import Severity

SETTINGS = Settings(name="Site", url="https://example.eu/", kinds={"blog": "news"})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("import A from '../A.astro';\nimport {B,\n C} from \"b\"\n\nWords.", "Words."),
        ("import './style.css'\n\nWords.", "Words."),
        ("export const answer = {\n  a: 1,\n};\n\nWords {answer.a} here.", "Words  here."),
        ("export const meta = () => {\n  return 1\n}\n\nWords.", "Words."),
        ("import hall from './hall.png'\n\n<Image src={hall} alt=\"Hall\" />", "![Hall](<./hall.png>)"),
        ("import hall from './hall.png'\n\n<img src={hall.src} className=\"wide\" />", '<img src="./hall.png" class="wide" />'),
        ('<YouTube id="abcdefghijk" />', "[YouTube](https://www.youtube.com/watch?v=abcdefghijk){.embed}"),
        ('<Note type="tip" title="Mind">\n\nIn a *note*.\n\n</Note>', "**Mind**\n\nIn a *note*."),
        ('<Tabs>\n    <TabItem label="Left">\n        - one\n        - two\n    </TabItem>\n</Tabs>', "**Left**\n- one\n- two"),
        ('<LinkCard\n  title="Card"\n  href="/x/"\n/>', "[Card](/x/)"),
        ('See <Button href="/x/">our *page*</Button> now.', "See [our *page*](/x/) now."),
        ('<Button href="/x/"><Icon name="up" />Page</Button>', "[Page](/x/)"),
        ("A {/* hidden\nremark */} word.", "A \n word."),
        ("# {frontmatter.title}{' '}&{\" \"}more", "# Good title & more"),
        ("{list.length > 0 && <p>Some words</p>}", "Some words"),
        ("Run `{x}` and\n\n```jsx\nimport a from 'b'\n<Note a={1} />\n```\n", "Run `{x}` and\n\n```jsx\nimport a from 'b'\n<Note a={1} />\n```"),
        ("## Head {#there}\n\n![a](b.png){width=200}", "## Head {#there}\n\n![a](b.png){width=200}"),
        ("Costs \\{5} and $x^{2}$ for <https://x.example>.", "Costs \\{5} and $x^{2}$ for <https://x.example>."),
        ("<>\nWords\n</>", "Words"),
        ('<div style={{color: "red"}} className={x}>\n\nWords\n\n</div>', "<div  >\n\nWords\n\n</div>"),
        ("If a < b and c > d, {then} go.", "If a < b and c > d,  go."),
    ],
)  # fmt: skip
def test_words_pictures_and_films_stay(written, shown):
    text = read_mdx(written, {"title": "Good title"}).text
    assert "\n".join(line.rstrip() for line in text.split("\n")).strip() == "\n".join(
        line.rstrip() for line in shown.split("\n")
    )
    assert text.count("\n") == written.count("\n")


def test_what_is_left_out_is_named_where_it_stands():
    raw = b"---\r\ntitle: A\r\ndate: 2020-01-01\r\n---\r\nWords.\r\n\r\n<Counter client:load count={3} />\r\n{n}\r\n"
    item, problems = read_item(raw, "content/blog/a.mdx", SETTINGS)
    assert item
    assert item.source.body == "Words."
    assert [(one.line, one.severity, one.rule) for one in problems] == [(7, Severity.WARNING, "left-out")]
    assert "<Counter>, {n}" in problems[0].message


def test_a_settings_can_silence_it():
    settings = Settings(
        name="Site", url="https://example.eu/", kinds={"blog": "news"}, strictness={"left-out": "off"}
    )
    raw = b"---\ntitle: A\ndate: 2020-01-01\n---\nimport A from 'a'\n\n<A/>Words.\n"
    item, problems = read_item(raw, "content/blog/A.MDX", settings)
    assert item
    assert (item.source.body, item.source.body_line, problems) == ("Words.", 7, [])


def test_markdown_is_not_read_as_mdx():
    item, problems = read_item(
        b"---\ntitle: A\ndate: 2020-01-01\n---\n{n} words\n", "content/blog/a.md", SETTINGS
    )
    assert item
    assert (item.source.body, problems) == ("{n} words", [])
