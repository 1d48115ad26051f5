"""The first case as model objects, made by hand: what a reader of the shipped report should find (PRODUCT's four incidents)."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from incidentmap.model import (
    ActorRole,
    Claim,
    ClaimField,
    DatePrecision,
    Incident,
    Location,
    Mention,
    MentionKind,
    PartialDate,
    Position,
    Reading,
    Relation,
    Report,
    ReportClaim,
    Role,
    Scope,
    Span,
    Stance,
    Status,
    reason,
)

# The tests of every commit try the same examples on any machine, slow ones too; `make test-slow` looks for new ones.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _PATIENT, max_examples=30, derandomize=True)
settings.register_profile("new", _PATIENT)
settings.load_profile("same")

REPORT_ID = "00112233445566aa"
TEXT = (
    "Les deux attaques de vendredi 24 novembre ont fait plusieurs dizaines de morts. À Niafunké, un véhicule piégé a explosé : "
    "le Jnim dit avoir tué plusieurs dizaines de militaires, des sources locales parlent d'une cinquantaine de soldats tués. "
    "Le camp de Goundam a été bombardé au mortier ; on en ignore les conséquences. L'armée malienne assure que les assaillants "
    "ont cherché en vain à occuper les deux camps. Le général Tiani s'est rendu à Bamako. Kidal avait été reprise il y a dix "
    "jours."
)
ATTACK_DAY = PartialDate.day(date(2023, 11, 24))


def span(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(start, start + len(quote), quote)


def claim(
    claimant: str, stance: Stance, field: ClaimField, quote: str, *, subject: str = "", value: str = "", hedged: bool = False,
    figures: tuple[int | None, int | None, int | None] = (None, None, None), scope: Scope = Scope.INCIDENT,
) -> Claim:
    low, best, high = figures
    return Claim(claimant, claimant, stance, field, subject, value, low, best, high, hedged, scope, span(quote), REPORT_ID)


def location(name: str, lon: float, lat: float, admin1: str, regions: tuple[str, ...]) -> Location:
    return Location(
        span=span(name), relation=Relation.IN, place_id=f"curated:{name.lower()}", name=name, anchor=Position(lon, lat),
        position=Position(lon, lat),
        line=(), radius_km=2.5, area_id="", where_prec=1, geo_precision=1, country="ML", admin1=admin1, admin2="",
        regions=regions, ambiguous=False, score=3.25, reasons=(reason("match_exact", name=name),), rivals=("geonames:1",),
    )


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No layer that a user of this machine has added takes part in a test, and no test writes into that user's folders."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        yield


@pytest.fixture(scope="session")
def write_dump() -> Callable[..., Path]:
    """Writes a made-up GeoNames dump: rows of (id, name, alternates, lat, lon, class, code, country, population, changed)."""
    def write(path: Path, *rows: tuple[object, ...]) -> Path:
        path.write_text("".join(_dump_line(row) for row in rows), "utf-8")
        return path
    return write


def _dump_line(row: tuple[object, ...]) -> str:
    filled = [*row, *(0, "2020-01-01")[len(row) - 8 :]]
    own, name, alternates, lat, lon, feature, code, country, people, changed = filled
    units = ("", "01", "0101", "", "")
    cells = (own, name, name, alternates, lat, lon, feature, code, country, *units, people, "", "", "", changed)
    return "\t".join(map(str, cells)) + "\n"


@pytest.fixture(scope="session")
def first_report() -> Report:
    return Report(
        id=REPORT_ID, source="RFI", url="https://example.org/mali", language="fr",
        published=PartialDate.day(date(2023, 11, 25)), title="Deux garnisons attaquées", text=TEXT, sha256="ab" * 32,
    )


@pytest.fixture(scope="session")
def niafunke() -> Incident:
    denied = claim("fama", Stance.DENIES, ClaimField.CONTROL, "ont cherché en vain à occuper", value="attempted_in_vain")
    return Incident(
        id="inc-niafunke", report=REPORT_ID, event_type="Battles", sub_event_type="Armed clash", date=ATTACK_DAY,
        date_span=span("vendredi 24 novembre"), trigger=span("un véhicule piégé a explosé"),
        location=location("Niafunké", -3.99, 15.93, "Tombouctou", ("mali", "sahel", "tombouctou")),
        actors=(ActorRole("jnim", "Jnim", Role.ATTACKER), ActorRole("fama", "L'armée malienne", Role.TARGET)),
        claims=(
            claim("jnim", Stance.CLAIMS, ClaimField.KILLED, "avoir tué plusieurs dizaines de militaires", subject="soldiers",
                  figures=(20, None, None)),
            claim("local_sources", Stance.REPORTS, ClaimField.KILLED, "une cinquantaine de soldats", subject="soldiers",
                  figures=(45, 50, 55), hedged=True),
            denied,
        ),
        status=Status.DRAFT, review=(),
    )


@pytest.fixture(scope="session")
def goundam() -> Incident:
    return Incident(
        id="inc-goundam", report=REPORT_ID, event_type="Explosions/Remote violence",
        sub_event_type="Shelling/artillery/missile attack", date=ATTACK_DAY, date_span=span("vendredi 24 novembre"),
        trigger=span("a été bombardé au mortier"),
        location=location("Goundam", -3.67, 16.41, "Tombouctou", ("mali", "sahel", "tombouctou")),
        actors=(ActorRole("jnim", "Jnim", Role.ATTACKER), ActorRole("fama", "L'armée malienne", Role.TARGET)),
        claims=(claim("report", Stance.REPORTS, ClaimField.CONSEQUENCES, "on en ignore les conséquences", value="unknown"),),
        status=Status.DRAFT, review=(),
    )


@pytest.fixture(scope="session")
def bamako() -> Incident:
    return Incident(
        id="inc-bamako", report=REPORT_ID, event_type="Strategic developments", sub_event_type="Agreement", date=ATTACK_DAY,
        date_span=None, trigger=span("s'est rendu à Bamako"),
        location=location("Bamako", -8.0, 12.65, "Bamako", ("mali", "sahel")),
        actors=(ActorRole("cnsp", "général Tiani", Role.PARTY), ActorRole("mali_transition", "Bamako", Role.PARTY)), claims=(),
        status=Status.CONFIRMED, review=(),
    )


@pytest.fixture(scope="session")
def kidal() -> Incident:
    about = PartialDate(date(2023, 11, 14), date(2023, 11, 16), DatePrecision.ABOUT)
    return Incident(
        id="inc-kidal", report=REPORT_ID, event_type="Battles", sub_event_type="Government regains territory", date=about,
        date_span=span("il y a dix jours"), trigger=span("avait été reprise"),
        location=location("Kidal", 1.41, 18.44, "Kidal", ("kidal", "mali", "sahel")),
        actors=(ActorRole("fama", "L'armée malienne", Role.ATTACKER),), claims=(), status=Status.DRAFT, review=(),
    )


@pytest.fixture(scope="session")
def first_incidents(niafunke: Incident, goundam: Incident, bamako: Incident, kidal: Incident) -> tuple[Incident, ...]:
    """In the order of the text."""
    return niafunke, goundam, bamako, kidal


@pytest.fixture(scope="session")
def first_reading(first_incidents: tuple[Incident, ...]) -> Reading:
    toll = claim("report", Stance.REPORTS, ClaimField.KILLED, "plusieurs dizaines de morts", figures=(20, None, None),
                 scope=Scope.AGGREGATE)
    return Reading(
        incidents=first_incidents,
        report_claims=(ReportClaim(toll, ("inc-niafunke", "inc-goundam")),),
        mentions=(
            Mention(span("Niafunké"), MentionKind.PLACE, "curated:niafunké"), Mention(span("Jnim"), MentionKind.ACTOR, "jnim"),
        ),
        warnings=(reason("published_unknown", file="a.txt"),),
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one the tests are skipped, on CI they fail."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium found, and CI=true allows no browser test to be skipped")
    if path is None:
        pytest.skip("no Chromium found: apt-get install chromium")
    return path
