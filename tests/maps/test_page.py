import re
from datetime import date

from tests.maps.conftest import MakeView

from incidentmap.maps import LIVE_SCRIPTS, STATIC, Assets, live_page, live_scripts, page_args, scene
from incidentmap.maps.page import SCRIPTS
from incidentmap.registry import actors

ASSETS = Assets(leaflet="../leaflet/", scripts="../scripts/", ground="../ground/", boundaries="../boundaries/")
BOUNDS = (-8.0, 12.0, 2.0, 19.0)


def test_the_page_loads_every_script_from_its_own_server_and_nothing_else() -> None:
    page = live_page(ASSETS)
    asked = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert [address.partition("?")[0] for address in asked] == ["../leaflet/leaflet.js", LIVE_SCRIPTS, "../leaflet/leaflet.css"]
    whole = live_scripts()
    assert [whole.count((STATIC / name).read_text("utf-8")) for name in SCRIPTS] == [1] * len(SCRIPTS)
    assert page.count("incidentmap.live(") == 1


def test_the_page_is_told_what_to_draw_and_what_was_chosen(make_view: MakeView) -> None:
    view = make_view(window=(date(2023, 11, 20), None), hidden=frozenset({"jnim"}))
    made = scene(view, actors())
    args = page_args(view, made, assets=ASSETS, credit="Natural Earth", bounds=BOUNDS, nonce=3, opened_at=(16.0, -3.5, 8.0))
    assert args["scene"] is made
    assert args["state"] == {
        "nonce": 3, "window": [19681, None], "hidden": ["jnim"], "role": "attacker", "card": None, "chosen": "", "worst": None,
        "show": {"what": "incidents", "measure": "incidents"}, "mode": "window", "step": None,
        "area": [],
    }
    assert args["setup"]["view"] == (16.0, -3.5, 8.0)
    assert args["setup"]["bounds"] == [[12.0, -8.0], [19.0, 2.0]]
    assert args["words"]["time.play"] == "Lire"
    assert args["dir"] == "ltr"


def test_the_border_of_the_region_is_explained_only_where_there_is_one(make_view: MakeView) -> None:
    for region, signs in ((make_view().region, 10), (None, 9)):
        view = make_view(region=region)
        told = page_args(view, scene(view, actors()), assets=ASSETS, credit="", bounds=BOUNDS, nonce=1, opened_at=None)
        assert len(told["signs"]) == signs
        assert all(told["signs"].values())
