"""A presentation as a .pptx that office programs open and edit."""

from netstats.share.powerpoint.deck import to_pptx
from netstats.share.powerpoint.template import LARGEST

__all__ = ["LARGEST", "to_pptx"]
