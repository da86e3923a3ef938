"""A presentation as a .pptx that office programs open and edit."""

from netstats.share.deck.template import LARGEST, opened
from netstats.share.deck.write import to_pptx

__all__ = ["LARGEST", "opened", "to_pptx"]
