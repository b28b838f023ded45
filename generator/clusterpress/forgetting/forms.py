"""The forms of a name: those of the record or item that it means, too."""

from collections.abc import Iterable

from clusterpress.content.items import Item
from clusterpress.forgetting.names import fold
from clusterpress.library.names import named_record
from clusterpress.values.source_names import strip_markdown

_RECORDS = frozenset({"author", "partner", "cluster", "programme"})


def forms_of(name: str, items: Iterable[Item]) -> list[str]:
    """Return the forms in which to look for a name.

    A record (a person, a partner) that has this name adds its title and its other names of two words or more.
    The path of an item stands for its title and its address.

    Args:
        name: of a person or a record, the title of an item, or the path of its file.
        items: of the project.
    """
    forms = [name]
    for item in items:
        path = item.source.path
        if name in (path, path.removeprefix("content/")):
            inside = strip_markdown(path.removeprefix("content/")).removesuffix("/index")
            forms = [one for one in (item.title, inside) if len(one.replace("/", " ").split()) > 1] or [
                inside
            ]
            break
        names = (item.title, *named_record(item).names) if item.kind in _RECORDS else ()
        if fold(name) in {fold(one) for one in (*names, item.slug)} and names:
            forms += [one for one in names if _has_words(one)]
    return list(dict.fromkeys(forms))


def _has_words(form: str) -> bool:
    """Return whether a form has several words: a single one may stand for many things."""
    return len(form.replace("/", " ").replace("-", " ").split()) > 1
