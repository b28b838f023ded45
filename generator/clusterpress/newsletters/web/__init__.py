"""web: an issue as pages of the site: a cover, a page for each newsletter page, and all on one page."""

from clusterpress.newsletters.web.plan import web_outputs, web_pages
from clusterpress.newsletters.web.sheets import Sheet, place_stories, split_in_sheets

__all__ = ["Sheet", "place_stories", "split_in_sheets", "web_outputs", "web_pages"]
