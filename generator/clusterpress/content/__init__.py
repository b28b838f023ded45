"""content: one source file → one checked, frozen item, or every fault it has."""

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
from clusterpress.content.reader import read_item
from clusterpress.funding import Funding

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
