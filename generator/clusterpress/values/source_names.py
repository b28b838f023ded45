"""Names of source files: which are Markdown, and which belong to programs and systems instead of the site."""

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mdx", ".mkdn", ".mkd")
"""Ends of the names of items, in lower case."""

RECORD = "published.json"
"""The record of published addresses and feed ids, in the project's folder."""

ANNOUNCED = "announced.json"
"""The record of what was announced on other platforms, in the project's folder."""

PUBLISHED_DOTS = frozenset({".well-known", ".htaccess", ".nojekyll", ".domains"})
"""Names with a dot that web servers look for. Others stay off the site: ``.env`` holds passwords."""

OUTPUT_MARKER = ".clusterpress"
"""Name of a file that marks an output folder as ours, so that files which no output claims may be removed."""

_OF_TOOLS = frozenset(
    {
        ".editorconfig", ".git", ".gitattributes", ".github", ".gitignore", ".gitkeep", ".gitlab", ".hg",
        ".idea", ".keep", ".obsidian", ".svn", ".vscode",
    }
)  # fmt: skip
"""Names, in lower case, that somebody put there on purpose, for an editor or version control."""

_OF_SYSTEMS = frozenset(
    {
        "$recycle.bin", ".directory", ".ds_store", ".fseventsd", ".localized", ".spotlight-v100", ".stfolder",
        ".stversions", ".sync", ".temporaryitems", ".trash", ".trashes", "@eadir", "__macosx", "desktop.ini",
        "ehthumbs.db", "icon\r", "thumbs.db",
    }
)  # fmt: skip
"""Names, in lower case, that file managers leave behind."""


def is_markdown(path: str) -> bool:
    """Return whether a file is written in Markdown, by its name."""
    return path.endswith(".md") or path.lower().endswith(MARKDOWN_SUFFIXES)


def strip_markdown(path: str) -> str:
    """Return the name of a Markdown file without its end; other names stay as they are."""
    if path.endswith(".md"):
        return path[:-3]
    suffix = next((one for one in MARKDOWN_SUFFIXES if path.lower().endswith(one)), "")
    return path[: len(path) - len(suffix)]


def is_of_tools(name: str) -> bool:
    """Return whether a file or folder of this name belongs to an editor or to version control."""
    return name.lower() in _OF_TOOLS


def is_of_system(name: str) -> bool:
    """Return whether a file manager leaves a file or folder of this name behind."""
    return name.lower() in _OF_SYSTEMS or name.startswith("._")


def is_temporary(name: str) -> bool:
    """Return whether a program leaves a file of this name while it edits another one, or as a backup."""
    return (
        name.startswith(("~$", ".~", ".#"))
        or name.endswith("~")
        or (name.startswith("#") and name.endswith("#"))
        or name.lower().endswith((".bak", ".orig", ".swp", ".swo", ".tmp", ".crdownload"))
    )


def is_left_out(name: str) -> bool:
    """Return whether a file or folder of this name is never part of a site."""
    if name.endswith(".md") and name[0] not in ".~#":  # nearly all names, in every build
        return False
    is_hidden = name.startswith(".") and name not in PUBLISHED_DOTS
    return is_hidden or is_of_system(name) or is_temporary(name) or is_of_tools(name)
