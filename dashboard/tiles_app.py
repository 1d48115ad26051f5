"""The dashboard with the tiles of a user's own map file beside it: what `incidentmap serve --basemap FILE` runs."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.starlette import App

from incidentmap.store.tile_file import tile
from incidentmap.walks.ground_tiles import ROUTE, own_file

_FILE = own_file()
_HEADERS = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}


def _nothing() -> bytes:
    """A picture that is not seen: the browser complains of missing ones."""
    made = BytesIO()
    Image.new("RGBA", (1, 1)).save(made, "PNG")
    return made.getvalue()


_NOTHING = (_nothing(), "image/png")


def _tile(request: Request) -> Response:
    """One tile; one that is not seen where the file has none."""
    place = request.path_params
    picture, kind = (tile(_FILE, place["z"], place["x"], place["y"]) if _FILE else None) or _NOTHING
    return Response(picture, media_type=kind, headers=_HEADERS)


app = App(Path(__file__).parent / "app.py", routes=[Route(f"/{ROUTE}/{{z:int}}/{{x:int}}/{{y:int}}", _tile)])
