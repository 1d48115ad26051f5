"""The Changes screen: what differs between two versions of the case, as a sentence, a map and a list."""

import json
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit_folium import st_folium

import ground_files
import opened
import page
import views
from incidentmap.export.changes import changes_geojson, changes_record
from incidentmap.gazetteer import region
from incidentmap.maps.change_words import change_words, counts_words, kinds_words, notices, state_words
from incidentmap.maps.changes import changes_layer, changes_map
from incidentmap.model import Aspect, IncidentmapError, RecordChange, RecordChanges, Snapshot
from incidentmap.walks.compare import Version, compared, file_version, snapshot_version, workspace_version
from incidentmap.walks.import_tables import snapshots

_BEFORE, _AFTER, _UPLOAD, _KIND, _MAP = "changes_before", "changes_after", "changes_upload", "changes_kind", "changes_map"
_NOW, _FILE = "now", "file"
_EVERY = "all"
_HEIGHT = 420
_MOST_ROWS = 1_000
"""Changes in the list; the files have all of them."""
_ENDINGS = ["geojson", "geojsonl", "json", "csv", "xlsx", "gpkg", "parquet", "kml"]


def draw() -> None:
    """Draw the screen."""
    st.html(f'<h1 class="im-title">{page.tell("changes.screen.title")}</h1><p class="im-prose">'
            f'{page.tell("changes.screen.what")}</p>')
    imports = [each for each in snapshots(opened.workspace().folder) if each.run]
    upload = st.file_uploader(page.tell("changes.screen.upload"), type=_ENDINGS, key=_UPLOAD)
    content = (upload.name, upload.getvalue()) if upload else None
    before = [*([_FILE] if upload else []), *(str(each.number) for each in reversed(imports))]
    if not before or (not upload and len(imports) < 2):
        st.html(f'<p class="im-empty">{page.tell("changes.screen.none")}</p>')
        return
    chosen = _choices(before, imports, upload.name if upload else "")
    try:
        found = _found(*chosen, content, opened.workspace().store.version(), imports[-1].number if imports else 0)
    except IncidentmapError as error:
        st.html(f'<p class="im-notice" role="alert">{escape(str(error))}</p>')
        return
    _told(found)


def _choices(before: list[str], imports: list[Snapshot], file: str) -> tuple[str, str]:
    """What is compared with what: a snapshot of the tables with another one, a file with either or with the whole case."""
    names = {_NOW: page.tell("changes.screen.now"), _FILE: page.tell("changes.screen.file", name=file)}
    names |= {str(each.number): page.tell("changes.screen.snapshot", number=each.number, source=each.source, day=each.at[:10])
              for each in imports}
    older, newer = st.columns(2)
    first = older.selectbox(page.tell("changes.screen.before"), before, index=min(len(before) - 1, 0 if file else 1),
                            format_func=names.__getitem__, key=_BEFORE)
    after = [*([_NOW] if first == _FILE else []), *(str(each.number) for each in reversed(imports))]
    second = newer.selectbox(page.tell("changes.screen.after"), after, format_func=names.__getitem__, key=f"{_AFTER}_{first}")
    return str(first), str(second)


@st.cache_data(show_spinner=True, max_entries=8)
def _found(before: str, after: str, upload: tuple[str, bytes] | None, version: str, last: int) -> RecordChanges:  # noqa: ARG001 (the cache key)
    return compared(_version(before, upload), _version(after, upload))


def _version(chosen: str, upload: tuple[str, bytes] | None) -> Version:
    folder = opened.workspace().folder
    if chosen == _NOW:
        return workspace_version(folder, folder.name)
    if chosen != _FILE or upload is None:
        return snapshot_version(folder, int(chosen), f"{folder.name}@{chosen}")
    name, content = upload
    with TemporaryDirectory(prefix="incidentmap-") as made:
        path = Path(made, f"upload{Path(name).suffix.lower()}")
        path.write_bytes(content)
        return file_version(path, name)


def _told(found: RecordChanges) -> None:
    language = page.language()
    words = counts_words(found, language) if found.changes else page.tell("changes.nothing")
    st.html(f'<p class="im-sentence" role="status"><strong>{escape(words)}</strong></p>'
            + "".join(f'<p class="im-notice" role="alert">{escape(each)}</p>' for each in notices(found, language)))
    if not found.changes:
        return
    kinds = {_EVERY: page.tell("changes.screen.all")}
    kinds |= {
        aspect.value: f"{page.tell(f'changes.kind.{aspect}')} {page.number(number)}" for aspect, number in found.counts.items()
    }
    page.offer(_KIND, _EVERY)
    kind = st.segmented_control(page.tell("changes.screen.aspects"), list(kinds), key=_KIND, default=_EVERY, required=True,
                                format_func=kinds.__getitem__, label_visibility="collapsed")
    shown = [each for each in found.changes if kind == _EVERY or Aspect(kind) in each.aspects]
    _map(found, shown, str(kind))
    _list(shown)
    with st.container(horizontal=True, key="changes_downloads"):
        st.download_button(page.tell("changes.screen.download"), on_click="ignore", file_name="changes.geojson",
                           mime="application/geo+json", data=lambda: changes_geojson(found))
        st.download_button(page.tell("changes.screen.json"), on_click="ignore", file_name="changes.json",
                           mime="application/json", data=lambda: _json(found))


def _json(found: RecordChanges) -> bytes:
    return json.dumps(changes_record(found), ensure_ascii=False, indent=1).encode()


def _map(found: RecordChanges, shown: list[RecordChange], kind: str) -> None:
    where = region(case) if (case := opened.workspace().region_id) else None
    theme, language = page.theme(), page.language()
    assets = ground_files.declare_assets()
    base = changes_map(assets=assets, region=where, theme=theme, language=language, credit=views.credit())
    question = sha256(repr((found.before, found.after, found.sizes, kind)).encode()).hexdigest()[:12]
    layer = changes_layer(question, shown, region=where, theme=theme, language=language)
    st_folium(base, key=_MAP, height=_HEIGHT, use_container_width=True, returned_objects=[], feature_group_to_add=layer)
    st.caption(page.tell("changes.screen.legend"))


def _list(shown: list[RecordChange]) -> None:
    heads = [page.tell(f"changes.screen.{name}") for name in ("aspects", "place", "differs", "km", "id")]
    rows = [dict(zip(heads, _row(each, page.language()), strict=True)) for each in shown[:_MOST_ROWS]]
    st.dataframe(rows, hide_index=True, width="stretch", key="changes_list", placeholder="")
    if len(shown) > _MOST_ROWS:
        st.caption(page.tell("changes.more", count=page.number(len(shown) - _MOST_ROWS)))


def _row(each: RecordChange, language: str) -> tuple[object, ...]:
    return kinds_words(each, language), state_words(each, language), change_words(each, language), each.km, each.id
