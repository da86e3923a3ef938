"""`python -m netstats` is the command line of netstats.cli."""

import sys

from netstats.cli import main

if __name__ == "__main__":
    sys.exit(main())
