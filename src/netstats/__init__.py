"""netstats: the activity of the FFSU's regional networks, as figures one can trust."""

__version__ = "0.1.0"
