"""Markdown texts of all sorts, for tests that compare two ways of reading them."""

from hypothesis import strategies as st

STARTS = (
    "", "    ", "\t", "  ", "# ", "#", "## ", "> ", ">", "- ", "* ", "+ ", "1. ", "2) ", "1) ", "• ", "{: .x}\n", "text\n- ", "text\n1. ", "text\n> ", "text\n```\n", "10. ", "!!! note\n", '!!! tip "T"\n    ',
    "??? info\n    ", "???+ a\n", "| a | b |\n|---|---|\n| ", "a|b\n-|-\n", "|a|\n|-|\n|", ": ", "term\n:   ", "[^1]: ", "[^1]:", "*[HTML]: ",
    "[a]: http://b.c 'd'\n", "[a]:\n", "---", "***", "_ _ _", "- - -", "===", "a\n===\n", "a\n---\n", "```\n", "~~~ py\n", "<div markdown>\n", "<div>\n",
    "<p>", "</div>\n", "<!-- c -->", "{.a #b}", "- [ ] ", "- [x] ", "\\", "— Ann", "    - ", "  - ", "   > ", '=== "Tab"\n    ',
)  # fmt: skip
SPANNING = (
    "word", " ", "  \n", "\n", "**a**", "*a*", "_a_", "__a__", "***a***", "*", "_", "`a`", "``", "`", "\\*", "\\", "[a](b)", '[a](b "c")', "[a][b]",
    "[a]", "![a](b.png)", "![a][b]", "![", "[", "](", ")", "<http://a.b>", "<a@b.c>", "<b>a</b>", "<br>", "<", ">", "&amp;", "&#65;", "&", "[^1]",
    "{.c}", "HTML", "a|b", ":", ": ", ". ", "!!!", "\n\n", "\n\n    ", "\n\n\n", "é", "日", "--", '"q"', "http://a.b", "~~a~~", "www.a.b", "me@b.c", "https://youtu.be/abcdefghijk", "\n{: .y}", "\\\n", "^a^", "==a==", "++ctrl++", "$a$",
)  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(STARTS), st.lists(st.sampled_from(SPANNING), max_size=6).map("".join)),
    min_size=1,
    max_size=8,
).flatmap(
    lambda lines: st.lists(
        st.sampled_from(["\n", "\n\n", "\n\n    "]), min_size=len(lines), max_size=len(lines)
    ).map(lambda ends: "".join(start + rest + end for (start, rest), end in zip(lines, ends, strict=True)))
)
NOISE = st.text(alphabet="ab1 \n*_`[]()<>!#|-+.:^\\&;=~\"'{}\t/@", max_size=80)
