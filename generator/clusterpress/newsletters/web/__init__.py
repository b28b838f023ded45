"""web: an issue as pages of the site: a cover, a page for each newsletter page, and all on one page."""
