"""A presentation as a .pptx that office programs open and edit."""

from netstats.share.powerpoint.deck import to_pptx
from netstats.share.powerpoint.template import LARGEST, opened

__all__ = ["LARGEST", "opened", "to_pptx"]
