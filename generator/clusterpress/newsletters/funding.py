"""Funding: what must stand beside the emblem, as part of an issue's document."""

from clusterpress.funding.acknowledgement import Text
from clusterpress.library.funding import Credit
from clusterpress.newsletters.body_nodes import Node
from clusterpress.newsletters.render_context import RenderContext


def build_funding(funder: Credit | None, context: RenderContext) -> Node | None:
    """Return the funding of an issue as JSON values, or None when there is nothing to show.

    ``first`` stands on the cover, with the emblem; ``inside`` on the second page and at the end as well.
    """
    if funder is None:
        return None
    words = funder.words
    first = (*words.lines(), words.description, words.disclaimer)
    return {
        "rules": words.rules,
        "emblem": words.emblem.text,
        "emblem_lang": words.emblem.lang,
        "statement": words.statement.text,
        "statement_lang": words.statement.lang,
        "first": [_text(one) for one in first if one],
        "inside": [_text(words.legal)] if words.legal else [],
        "first_screen": words.first_screen,
        "logos": [shown for logo in funder.logos if (shown := context.shown(logo))],
    }


def _text(words: Text) -> Node:
    return {"text": words.text, "lang": words.lang}
