"""``python -m wijkpeil`` is the same as the command ``wijkpeil``."""

import sys

from wijkpeil.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
