"""handbook: pages for staff, and references of every key made from the models."""

from clusterpress.handbook.pages import PAGES, Page, staff_page
from clusterpress.handbook.reference import front_matter_reference, settings_reference
from clusterpress.handbook.schemas import SCHEMAS, SETTINGS_SCHEMA, settings_schema

__all__ = [
    "PAGES",
    "SCHEMAS",
    "SETTINGS_SCHEMA",
    "Page",
    "front_matter_reference",
    "settings_reference",
    "settings_schema",
    "staff_page",
]
