import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import BadValue
from incidentmap.publish import Pseudonyms, workspace_key


def test_a_workspace_keeps_its_key_to_itself(tmp_path: Path) -> None:
    one, other = (workspace_key(tmp_path / name) for name in ("a", "b"))
    assert one != other
    assert workspace_key(tmp_path / "a") == one
    (path,) = (tmp_path / "a").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "zz", "00"])
def test_a_spoilt_key_is_no_new_key(tmp_path: Path, content: str) -> None:
    workspace_key(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(content)
    with pytest.raises(BadValue, match="Restore it from a copy"):
        workspace_key(tmp_path)


@given(st.text(), st.text())
def test_a_pseudonym_is_the_same_for_the_same_alone(one: str, other: str) -> None:
    names, others = Pseudonyms(b"k" * 32), Pseudonyms(b"l" * 32)
    assert (names.of("incident", one) == names.of("incident", other)) == (one == other)
    assert len({names.of("incident", one), names.of("report", one), others.of("incident", one)}) == 3
