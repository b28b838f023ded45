"""pdf: an issue as an accessible, paginated document."""

from clusterpress.newsletters.pdf.checks import check_print
from clusterpress.newsletters.pdf.plan import pdf_outputs

__all__ = ["check_print", "pdf_outputs"]
