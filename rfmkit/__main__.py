"""Run `rfmkit` as `python -m rfmkit`."""

import sys

from rfmkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
