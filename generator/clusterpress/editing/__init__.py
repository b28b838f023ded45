"""editing: Sveltia CMS on this machine's files, with forms made of our models."""

from clusterpress.editing.desk import Desk
from clusterpress.editing.sveltia import VERSION, NotToBeHadError, fetch_sveltia

__all__ = ["VERSION", "Desk", "NotToBeHadError", "fetch_sveltia"]
