"""Pictures of a page as a browser shows it: a headless Chromium of this machine, and nothing from outside."""

from incidentmap.screenshot.browser import BrowserMissing, PageFailed, find_browser, opened_page
from incidentmap.screenshot.page import SeenPage, Size

__all__ = ["BrowserMissing", "PageFailed", "SeenPage", "Size", "find_browser", "opened_page"]
