"""`python -m nnopt` is the program nnopt."""
import sys

from nnopt import _main

sys.exit(_main())
