"""Problems in the output formats for programs and browsers."""

import json
from html.parser import HTMLParser

from clusterpress.checking.formats import FORMATTERS
from clusterpress.values.problems import Problem, Severity

PROBLEMS = (
    Problem(path="content/a,b.md", line=3, column=2, message='"x" <b> 100 %', hint="mend: it", field="title"),
    Problem(path="content/c.md", line=1, severity=Severity.WARNING, message="odd"),
)


def test_json_has_the_keys_that_programs_rely_on():
    report = json.loads(FORMATTERS["json"](PROBLEMS, "site/"))
    assert set(report) == {"version", "errors", "warnings", "problems"}
    assert (report["version"], report["errors"], report["warnings"]) == (1, 1, 1)
    assert report["problems"][0] == {
        "path": "site/content/a,b.md",
        "line": 3,
        "column": 2,
        "severity": "error",
        "field": "title",
        "message": '"x" <b> 100 %',
        "hint": "mend: it",
        "text": 'content/a,b.md:3:2: error: "x" <b> 100 %; mend: it',
    }


def test_github_gets_one_escaped_command_for_each_fault_and_the_count():
    assert FORMATTERS["github"](PROBLEMS, "site/").splitlines() == [
        '::error file=site/content/a%2Cb.md,line=3,col=2,title=title::"x" <b> 100 %25; mend: it',
        "::warning file=site/content/c.md,line=1,col=1,title=warning::odd",
        "::notice::1 error, 1 warning",
    ]


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_is_whole_in_itself_and_says_severity_in_words():
    page = Outline()
    page.feed(FORMATTERS["html"](PROBLEMS, ""))
    names = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en"}) in page.tags
    assert names.count("h1") == names.count("main") == names.count("title") == 1
    assert names.count("h2") == names.count("li") == 2
    assert not {"script", "link", "img"} & set(names)
    text = "".join(page.words)
    assert '"x" <b> 100 %; mend: it' in text
    assert "1 error, 1 warning" in text
    assert "warning, line 1: odd" in text


def test_without_faults_each_form_says_so():
    assert json.loads(FORMATTERS["json"]((), ""))["problems"] == []
    assert "no problems found" in FORMATTERS["github"]((), "")
    assert "No problems found" in FORMATTERS["html"]((), "")
