"""content: one source file → one checked, frozen item, or every fault it has."""

from typing import TYPE_CHECKING

from clusterpress.content.items import (
    MODELS,
    Author,
    Cluster,
    Contact,
    Event,
    Image,
    Issue,
    Item,
    Link,
    Moment,
    Names,
    News,
    Page,
    Partner,
    Period,
    Programme,
    Section,
    Source,
)
from clusterpress.content.paths import kind_of, misplaced
from clusterpress.funding import Funding
from clusterpress.lazy_names import lazy_names

if TYPE_CHECKING:
    from clusterpress.content.reader import read_item
else:
    __getattr__ = lazy_names(__name__, {"read_item": "reader"})

__all__ = [
    "MODELS",
    "Author",
    "Cluster",
    "Contact",
    "Event",
    "Funding",
    "Image",
    "Issue",
    "Item",
    "Link",
    "Moment",
    "Names",
    "News",
    "Page",
    "Partner",
    "Period",
    "Programme",
    "Section",
    "Source",
    "kind_of",
    "misplaced",
    "read_item",
]
