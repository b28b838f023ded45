"""pdf: an issue as an accessible, paginated document."""

from clusterpress.newsletters.pdf.checks import check_print
from clusterpress.newsletters.pdf.makers import draw_pages
from clusterpress.newsletters.pdf.plan import pdf_outputs

__all__ = ["check_print", "draw_pages", "pdf_outputs"]
