"""What a visitor does about tables: the file before them, how its columns are read, and what they said last."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import streamlit as st

import opened
import page
import tables_work
from incidentmap.model import BadValue, IncidentmapError, SeveralTables
from incidentmap.tables.dates_in import DayOrder
from incidentmap.tables.guess import Evidence, Guess
from incidentmap.tables.mapping import FIELDS, Mapping
from incidentmap.tables.presets import presets, save_preset
from incidentmap.walks import decide, import_tables
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_look import Looked, look
from incidentmap.walks.import_mapping import AUTO, PRESETS, MappingAsked
from reports_add import safe_name

WHO, KIND, SHEET, SOURCE, COUNTRY = "tables_who", "tables_kind", "tables_sheet", "tables_source", "tables_country"
ORDER, PARTIAL, PLACES, PATH, PRESET = "tables_order", "tables_partial", "tables_places", "tables_path", "tables_preset"
AS_SEEN = "seen"
"""Choice of day order that leaves it to the evidence."""
ASIDE = ""
"""Choice of field that leaves a column beside."""
KINDS = (AUTO, "csv", "acled", "ucdp", "gdelt")
NOT_KNOWN = "not_known"
"""Choice of day order of who cannot tell: read day first, each such row marked."""
_FILE, _EDITED, _TROUBLE, _ROUND, _SAID = "tables_file", "tables_edited", "tables_trouble", "tables_round", "tables_said"
_LOOKED, _GUESSED = "tables_looked", "tables_guessed"
_INCOMING = "incoming"


@dataclass(frozen=True)
class Before:
    """The file before the visitor: what a first look found, or why it could not be had."""

    asked: ImportAsked
    looked: Looked | None
    trouble: str = ""
    sheets: tuple[str, ...] = ()


def start() -> None:
    """What holds until the visitor says otherwise."""
    page.offer(WHO, decide.person())
    for key, value in ((KIND, AUTO), (SHEET, None), (ORDER, AS_SEEN), (PARTIAL, False), (PLACES, True)):
        page.offer(key, value)
    for key in (SOURCE, COUNTRY, PATH, PRESET):
        page.offer(key, "")


def uploads() -> str:
    """Key of the file widget: another one after each use, since Streamlit lets nobody empty it."""
    return f"tables_upload_{st.session_state.get(_ROUND, 0)}"


def take_upload() -> None:
    """Put the file that was chosen into the workspace's folder of incoming files, and before the visitor."""
    chosen = st.session_state.get(uploads())
    if chosen is None:
        return
    folder = opened.workspace().folder / _INCOMING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / safe_name(chosen.name)
        path.write_bytes(chosen.getvalue())
    except OSError as error:
        complain(page.tell("tables.unwritable", path=str(folder), why=error.strerror or ""))
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    open_file(path)


def take_path() -> None:
    """Put the file of a path on the server's own disk before the visitor."""
    path = Path(str(page.choice(PATH)).strip()).expanduser()
    if not path.is_absolute() or not path.is_file():
        complain(page.tell("tables.nofile", path=str(path)))
        return
    open_file(path)


def open_file(path: Path) -> None:
    """Put a file before the visitor; what was said of another one is forgotten."""
    for key in (_TROUBLE, _EDITED, _SAID, _GUESSED):
        st.session_state.pop(key, None)
    for key, value in ((KIND, AUTO), (SHEET, None), (ORDER, AS_SEEN), (SOURCE, ""), (COUNTRY, ""), (PARTIAL, False)):
        page.choose(key, value)
    tables_work.forget()
    st.session_state[_FILE] = path


def put_away() -> None:
    """No file is before the visitor any more; one that came by upload is deleted."""
    path: Path | None = st.session_state.pop(_FILE, None)
    if path and path.parent == opened.workspace().folder / _INCOMING:
        path.unlink(missing_ok=True)
    tables_work.forget()
    for key in (_TROUBLE, _EDITED, _SAID, _LOOKED, _GUESSED):
        st.session_state.pop(key, None)


def file() -> Path | None:
    """The file before the visitor."""
    found: Path | None = st.session_state.get(_FILE)
    return found


def trouble() -> str:
    """Why the last wish could not be met, empty if it was."""
    return str(st.session_state.get(_TROUBLE, ""))


def said() -> str:
    """What was done last, in words."""
    return str(st.session_state.pop(_SAID, ""))


def asked(path: Path, *, dry_run: bool = False) -> ImportAsked:
    """The import as the visitor has it now."""
    edited: Mapping | None = st.session_state.get(_EDITED)
    mapping = MappingAsked(
        page.choice(KIND), edited, str(page.choice(SOURCE)).strip() or None, str(page.choice(COUNTRY)).strip() or None,
    )
    return ImportAsked(
        path, opened.workspace().folder, mapping, sheet=page.choice(SHEET), partial=bool(page.choice(PARTIAL)), dry_run=dry_run,
        places=bool(page.choice(PLACES)), who=str(page.choice(WHO)), language=page.language(),
    )


def before() -> Before | None:
    """A first look at the file, None without one. The same file read the same way is looked at once."""
    path = file()
    if path is None:
        return None
    wish = replace(asked(path), who="", partial=False, places=True, language="")
    stamp = (wish, path.stat().st_mtime_ns if path.exists() else 0)
    if st.session_state.get(_LOOKED, (None,))[0] != stamp:
        with st.spinner(page.tell("tables.looking")):
            st.session_state[_LOOKED] = (stamp, _look(wish))
    found: Before = st.session_state[_LOOKED][1]
    return found


def _look(wish: ImportAsked) -> Before:
    try:
        return Before(wish, look(wish))
    except SeveralTables as error:
        return Before(wish, None, sheets=error.names)
    except IncidentmapError as error:
        return Before(wish, None, str(error))


def question(looked: Looked) -> bool:
    """Whether the order of day and month is still to be said."""
    return bool(looked.guess.questions) and page.choice(ORDER) == AS_SEEN


def kinds() -> list[str]:
    """What the table may be said to be: the known kinds, then presets that have no short name."""
    own = presets(opened.workspace().folder / PRESETS)
    return [*KINDS, *(each for each in own if not any(each.startswith(kind) for kind in KINDS[2:]))]


def field_by_column(looked: Looked) -> dict[str, str]:
    """What each column of the table is taken for, :data:`ASIDE` for those beside."""
    named = {name: field for field, names in looked.guess.mapping.columns.items() for name in names}
    return {name: named.get(name, ASIDE) for name in looked.guess.columns}


def edit(looked: Looked, chosen: dict[str, str]) -> None:
    """Read the columns as the visitor says; several may give the country, of any other field the first one counts."""
    columns: dict[str, tuple[str, ...]] = {}
    for name, field in chosen.items():
        if field in FIELDS:
            columns[field] = (*columns.get(field, ()), name)
    st.session_state.setdefault(_GUESSED, looked.guess)
    st.session_state[_EDITED] = replace(looked.guess.mapping, columns=MappingProxyType(columns))


def order_days(order: str) -> None:
    """Read dates in numbers as the visitor says."""
    page.choose(ORDER, order)
    found = before()
    if found and found.looked:
        st.session_state.setdefault(_GUESSED, found.looked.guess)
        known = DayOrder(order) if order in list(DayOrder) else None
        st.session_state[_EDITED] = replace(found.looked.guess.mapping, day_order=known)


def forget_edits() -> None:
    """Read the columns as they look again."""
    st.session_state.pop(_EDITED, None)
    st.session_state.pop(_GUESSED, None)
    page.choose(ORDER, AS_SEEN)


def evidence(looked: Looked) -> tuple[Evidence, ...]:
    """Why columns are taken for their fields, as it was guessed before the visitor changed anything."""
    first: Guess = st.session_state.get(_GUESSED, looked.guess)
    return first.evidence


def keep_preset() -> None:
    """Save the mapping under the name that was typed."""
    found, name = before(), str(page.choice(PRESET)).strip()
    if found is None or found.looked is None:
        return
    mapping, folder = found.looked.guess.mapping, opened.workspace().folder / PRESETS
    try:
        if name in presets() or name in KINDS:
            raise BadValue("preset", name, "a name that no shipped preset has")
        path = save_preset(replace(mapping, preset=name), folder)
    except IncidentmapError as error:
        complain(str(error))
        return
    complain("")
    st.session_state[_SAID] = page.tell("tables.preset.kept", name=name, path=str(path))


def begin(*, dry_run: bool) -> None:
    """Start the import, or a look at all rows that changes nothing."""
    path = file()
    if path is None or not tables_work.begin(asked(path, dry_run=dry_run)):
        complain(page.tell("tables.busy"))
        return
    complain("")


def undo(number: int, why: str) -> None:
    """Take an import back."""
    try:
        made = import_tables.undo(opened.workspace().folder, number, str(page.choice(WHO)), why)
    except IncidentmapError as error:
        complain(str(error))
        return
    complain("")
    tables_work.forget()
    key = "tables.undone.shows" if made.shows else "tables.undone.none"
    st.session_state[_SAID] = page.tell(key, number=number, source=made.source, shows=made.shows)


def complain(words: str) -> None:
    """Tell why a wish could not be met; nothing, if it was."""
    st.session_state[_TROUBLE] = words
