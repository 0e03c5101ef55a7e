"""Let `python -m rfmkit` do what `rfmkit` does."""

import sys

from rfmkit.cli import main

if __name__ == "__main__":
    sys.exit(main())
