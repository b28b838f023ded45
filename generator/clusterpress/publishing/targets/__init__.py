"""targets: the places that a site is published to, all with the same few verbs."""

from clusterpress.publishing.targets.opening import open_target
from clusterpress.publishing.targets.protocol import Target

__all__ = ["Target", "open_target"]
