import re

import pytest

from incidentmap.maps import STATIC
from incidentmap.maps.page_words import page_words
from incidentmap.model import Step
from incidentmap.words import LANGUAGES

SAID = re.compile(r'_?say\("((?:time|legend)\.[\w.]+)"( \+)?')


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_scripts_say_has_words(language: str) -> None:
    scripts = "".join((STATIC / name).read_text("utf-8") for name in ("time_axis.js", "time_panel.js", "legend.js"))
    said, words = SAID.findall(scripts), page_words(language)
    assert len(said) > 15
    assert {key for key, more in said if not more} <= words.keys()
    assert [start for start, more in said if more and not any(key.startswith(start) for key in words)] == []


def test_every_choice_of_the_time_control_has_words() -> None:
    steps = {f"time.{kind}.{step.value}" for kind in ("step", "every") for step in Step}
    modes = {f"time.mode.{mode}" for mode in ("window", "cumulative", "instant")}
    buttons = {f"time.{name}" for name in ("play", "pause", "back", "forward", "first", "last", "mode", "step", "speed")}
    presets = {f"time.preset.{name}" for name in ("week", "month", "year", "report", "all")}
    assert steps | modes | buttons | presets <= page_words("fr").keys()


def test_keys_have_lost_their_prefix_and_every_kind_of_actor_its_name() -> None:
    words = page_words("fr")
    assert not any(key.startswith("map.") for key in words)
    assert {f"group.inter-{code}" for code in range(1, 9)} <= words.keys()
