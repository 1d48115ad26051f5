"""The citable briefing; so far its picture of the map."""

from incidentmap.briefing.picture import Picture, draw_picture, picture_bytes

__all__ = ["Picture", "draw_picture", "picture_bytes"]
