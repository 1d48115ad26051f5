"""Pictures of the map through time, put together as one animated picture that says what it is of."""

from collections.abc import Sequence as Pictures
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image

from incidentmap import __version__
from incidentmap.export.question import question_words
from incidentmap.model import BadValue, IncidentQuery, Step, steps_between
from incidentmap.screenshot import Size
from incidentmap.walks.leaving import Leaving, profile_words

MOST_FRAMES = 200
"""Of a sequence: more is no picture but a film."""
ANIMATED = {".webp": "WEBP", ".gif": "GIF"}
"""What a file's name ends in, and what Pillow calls the format."""
_MOST_PIXELS = 300_000_000
"""Some 900 MB."""
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li>'
    "</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
)
"""What a WebP file tells of itself: a description in Dublin Core."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Pictures through time.

    Parameters
    ----------
    step, cumulative
        What a picture shows: the incidents of a step, or all up to its end.
    milliseconds
        How long each is shown.
    frames
        A folder for the single pictures, `0001.png`...; None for none.
    """

    step: Step = Step.MONTH
    cumulative: bool = False
    milliseconds: int = 700
    frames: Path | None = None


def check_film(path: Path) -> None:
    """Raise `BadValue` if a file of that name is no animation."""
    if path.suffix.lower() not in ANIMATED:
        raise BadValue("animation file", str(path), f"a name that ends in {' or '.join(ANIMATED)}")


def film(path: Path, pictures: Pictures[bytes], sequence: Sequence, words: str) -> bytes:
    """The pictures as the file's ending asks for; `words` go with it as its comment or description."""
    kind = ANIMATED[path.suffix.lower()]
    first, *others = [Image.open(BytesIO(each)).convert("RGB") for each in pictures]
    told = {"comment": words.encode()} if kind == "GIF" else {"xmp": _XMP.format(words=escape(words)).encode()}
    made = BytesIO()
    first.save(made, kind, save_all=True, append_images=others, duration=sequence.milliseconds, loop=0, **told)
    return made.getvalue()


def film_words(left: Leaving, language: str) -> str:
    """What an animation is of: question, profile, versions, program."""
    asked = question_words(left.selection.query, language)
    versions = f"{left.head.data_version} · {left.head.gazetteer_version} · incidentmap {__version__}"
    return " · ".join(filter(None, (asked, profile_words(left, language), *left.head.terms, versions)))


def check_room(pictures: int, size: Size) -> None:
    """All pictures of a sequence are in memory at once."""
    pixels = round(size.width * size.height * size.scale**2)
    if pictures * pixels > _MOST_PIXELS:
        most = _MOST_PIXELS // pixels
        todo = "Take a smaller --size or a greater --step"
        raise BadValue("pictures of a sequence", pictures, f"at most {most} of this size", todo)


def windows_of(left: Leaving, query: IncidentQuery, sequence: Sequence) -> list[tuple[date, date]]:
    """First and last day of each picture."""
    dated = [each.date for each in left.selection.incidents if each.date]
    if not dated:
        raise BadValue("incidents", "none has a date", "at least one with a date")
    first = query.start or min(when.start for when in dated)
    last = query.end or max(when.end for when in dated)
    starts = steps_between(first, last, sequence.step)
    if len(starts) > MOST_FRAMES:
        todo = "Take a greater --step, or fewer days: --from, --to"
        raise BadValue("pictures of a sequence", len(starts), f"at most {MOST_FRAMES}", todo)
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return [(starts[0] if sequence.cumulative else start, end) for start, end in zip(starts, ends, strict=True)]
