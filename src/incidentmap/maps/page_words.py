"""The words that the map page says by itself, in the browser: those of `data/words/<language>/map_page.yaml`."""

from incidentmap.words import keys, say

_PREFIX = "map."


def page_words(language: str) -> dict[str, str]:
    """Texts by key as the page's scripts know them (`time.play`); their placeholders are filled in the browser."""
    own = sorted(key for key in keys(language) if key.startswith(_PREFIX))
    return {key.removeprefix(_PREFIX): say(language, key) for key in own}
