"""`python -m incidentmap`, the same as `incidentmap`."""

import sys

from incidentmap.cli import main

sys.exit(main())
