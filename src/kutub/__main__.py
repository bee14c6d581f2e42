"""`python -m kutub` is the command `kutub`."""

import sys

from kutub.views.cli import main

if __name__ == "__main__":
    sys.exit(main())
