"""Which data there are: one short text that is the same as long as they are."""

import hashlib
import json

from incidentmap.walks.licences import shown_imports
from incidentmap.walks.workspace import Workspace


def data_version(workspace: Workspace) -> str:
    """12 hex digits for the case file and the tables that it shows; that of the case file alone where it shows none."""
    case, tables = workspace.store.version(), shown_imports(workspace.folder)
    if not tables:
        return case
    told = [(source, each.sha256, each.mapping, each.schema_version, each.partial) for source, each in sorted(tables.items())]
    return hashlib.sha256(json.dumps([case, told]).encode()).hexdigest()[:12]
