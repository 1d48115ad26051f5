"""Text within XML: the characters that XML 1.0 lacks are written `_x0007_`, as Office Open XML does, and come back from that.

U+FFFE and U+FFFF, which are no characters, become U+FFFD: not every reader of spreadsheets gives them back.
"""

import re

_LACKING = re.compile("[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
"""A carriage return too: a reader would make a line feed of it."""
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\ufffe": "\ufffd", "\uffff": "\ufffd"})


def xml_text(text: str) -> str:
    """A text as content or as the value of an attribute."""
    return _LACKING.sub(lambda found: f"_x{ord(found[0]):04X}_", text).translate(_SIGNS)


def from_xml(text: str) -> str:
    """What :func:`xml_text` was given, from what an XML reader gives back."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)
