"""The evaluation data, which stand outside the project and are never shipped; `INCIDENTMAP_EVAL` says where."""

import os
from pathlib import Path

from incidentmap.paths import ROOT

EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT.parent / "shared" / "eval"))


def there(*paths: Path) -> bool:
    """Whether all of these files are there; those that are not are told."""
    lacking = [str(path) for path in paths if not path.is_file()]
    if lacking:
        print(f"left out, not there (INCIDENTMAP_EVAL): {', '.join(lacking)}")
    return not lacking
