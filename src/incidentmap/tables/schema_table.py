"""The event schema as a page to read: `python -m incidentmap.tables.schema_table` prints it."""

from incidentmap.tables.schema import SCHEMA_VERSION, columns_told

_HEAD = """# Event rows, schema version {version}

Every table of events that is imported becomes rows of these columns. Unknown is null, never 0 and never an empty text.
Generated from `incidentmap.tables.schema`; a test holds this page to it.

| column | type | always there | what it holds |
| --- | --- | --- | --- |
"""


def schema_table() -> str:
    """The page in Markdown."""
    lines = [
        f"| `{column.name}` | {column.kind} | {'yes' if column.always else ''} | {column.told} |" for column in columns_told()
    ]
    return _HEAD.format(version=SCHEMA_VERSION) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(schema_table(), end="")
