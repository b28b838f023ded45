"""texts: HTML and the Markdown of other tools → Markdown of ours, without losing a word."""

from clusterpress.importing.texts.html import to_markdown
from clusterpress.importing.texts.markdown import mend_markdown
from clusterpress.importing.texts.references import References

__all__ = ["References", "mend_markdown", "to_markdown"]
