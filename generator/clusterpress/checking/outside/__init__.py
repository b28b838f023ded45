"""outside: links to other sites, found in the sources and tried politely."""

from clusterpress.checking.outside.links import Mention, mentions_of
from clusterpress.checking.outside.memory import Memory
from clusterpress.checking.outside.telling import tell
from clusterpress.checking.outside.trying import Found, Manners, try_all

__all__ = ["Found", "Manners", "Memory", "Mention", "mentions_of", "tell", "try_all"]
