"""Claims: what each voice says of each draft, from triggers, figures and statements that nothing is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from incidentmap.model import UNKNOWN, Claim, ClaimField, PartialDate, Report, Scope, Span, Stance
from incidentmap.reports.actors import is_armed_group
from incidentmap.reports.claims import REPORT, Voice, hedged, is_source, subject_before, voice_of
from incidentmap.reports.drafts import Draft, Evidence, Story, focus
from incidentmap.reports.events import Telling
from incidentmap.reports.figures import Figure
from incidentmap.reports.page import Page
from incidentmap.reports.roles import Parts
from incidentmap.reports.tokens import Found

_GENERIC = frozenset({"attack", "responsibility", "explosion", "force"})
_ARMED_FIELDS = frozenset({"attack", "control", "repelled"})


@dataclass(frozen=True, slots=True)
class Scene:
    """All that claims are read from: the report's page, its sentences, who speaks in each, and the drafts with their parts.

    `there` gives the numbers of the drafts at a ground, `told` those that a sentence is evidence of.
    """

    page: Page
    report: Report
    story: Story
    voices: tuple[tuple[Voice, ...], ...]
    drafts: tuple[Draft, ...]
    parts: tuple[Parts, ...]
    there: Mapping[str, tuple[int, ...]]
    told: Mapping[int, frozenset[int]]

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """The sentences."""
        return self.story.tellings


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim and the numbers of the drafts it is about."""

    claim: Claim
    drafts: tuple[int, ...]


def read_claims(scene: Scene) -> tuple[Placed, ...]:
    """All claims of a report, in text order; a claim over several drafts carries a figure only as an aggregate."""
    placed = [*_from_triggers(scene), *_from_figures(scene)]
    placed += _from_unknowns(scene, placed)
    specific = frozenset((item.claim.claimant, draft) for item in placed for draft in item.drafts
                         if item.claim.field is ClaimField.ATTACK and item.claim.value not in _GENERIC)
    kept = [item for item in placed if item.drafts and not _generic(item, specific)]
    return tuple(sorted(dict.fromkeys(kept), key=lambda item: (item.claim.span.start, item.claim.span.end, item.drafts)))


def _generic(item: Placed, specific: frozenset[tuple[str, int]]) -> bool:
    """Whether a claim only says "attack", by a mere source or where its claimant tells elsewhere what kind of attack it was."""
    if item.claim.field is not ClaimField.ATTACK or item.claim.value not in _GENERIC:
        return False
    return is_source(item.claim.claimant) or all((item.claim.claimant, draft) in specific for draft in item.drafts)


def _from_triggers(scene: Scene) -> list[Placed]:
    told: dict[tuple[object, ...], Placed] = {}
    for number, draft in enumerate(scene.drafts):
        for item in draft.evidence:
            claim = _told(scene, number, item) if item.trigger.kind.field else None
            if claim:
                told.setdefault((number, item.telling, claim.claimant, claim.field, claim.value), Placed(claim, (number,)))
    return list(told.values())


def _told(scene: Scene, number: int, item: Evidence) -> Claim | None:
    telling, trigger = scene.tellings[item.telling], item.trigger
    voice = voice_of(scene.page, telling.sentence, scene.voices[item.telling], trigger.first, trigger.last)
    doubt = hedged(scene.page, telling.sentence, trigger.first, trigger.last, voice)
    voice = voice or _carried_voice(scene, item.telling, number, doubt=doubt, act=trigger.kind.field == "attack")
    if voice is None and trigger.kind.field == "attack" and not doubt:
        return None
    stance = _stance(voice, number, scene, trigger.kind.id)
    if trigger.kind.id == "responsibility" and (voice is None or stance is Stance.REPORTS):
        return None
    claimant, name = (voice.claimant, voice.name) if voice else (REPORT, "")
    attackers = scene.parts[number].attackers
    subject = attackers[0][0] if attackers and trigger.kind.field in _ARMED_FIELDS else ""
    return Claim(
        claimant, name, stance, ClaimField(trigger.kind.field), subject, trigger.kind.value, None, None, None, doubt,
        Scope.INCIDENT, _span(scene, trigger.first, trigger.last), scene.report.id,
    )


def _span(scene: Scene, first: int, last: int) -> Span:
    tokens = scene.page.tokens
    return scene.page.clean.span(tokens[first].start, tokens[last - 1].end)


def _stance(voice: Voice | None, number: int, scene: Scene, kind: str = "") -> Stance:
    if voice is None or is_source(voice.claimant):
        return Stance.REPORTS
    attackers = {actor for actor, _ in scene.parts[number].attackers}
    if kind == "control_attempt" and voice.claimant not in attackers:
        return Stance.DENIES
    known = {"confirms": Stance.CONFIRMS, "denies": Stance.DENIES}
    return known.get(voice.manner, Stance.CLAIMS)


def _carried_voice(scene: Scene, number: int, draft: int, *, doubt: bool, act: bool) -> Voice | None:
    """Whose account goes on in a sentence without a voice.

    A conditional goes on telling what the attacker last claimed; a plain sentence does so only within the paragraph, and only
    of the attack itself. Figures go on being told by one who told all of the sentence just before. Anything else is the
    report's own.
    """
    sentence = scene.tellings[number].sentence
    whole = _teller(scene, number) if not act else None
    if whole is not None:
        return whole
    for back in range(number - 1, max(-1, number - 3), -1):
        if not scene.voices[back]:
            continue
        voice = scene.voices[back][-1]
        same_paragraph = scene.tellings[back].sentence.paragraph == sentence.paragraph
        attackers = {actor for actor, _ in scene.parts[draft].attackers}
        goes_on = doubt or (act and same_paragraph and is_armed_group(voice.claimant))
        return voice if goes_on and voice.manner == "claims" and voice.claimant in attackers else None
    return None


def _teller(scene: Scene, number: int) -> Voice | None:
    """Who told all of the sentence before, in the same paragraph: "..., residents said. Six children are among the dead."."""
    before, here = scene.tellings[number - 1] if number else None, scene.tellings[number]
    if before is None or before.sentence.paragraph != here.sentence.paragraph or (here.triggers and here.groups):
        return None
    return next((voice for voice in reversed(scene.voices[number - 1]) if voice.whole and voice.manner != "denies"), None)


def _drafts_at(scene: Scene, number: int, first: int) -> tuple[int, ...]:
    """Numbers of the drafts that a token of a sentence is about; of several at one place the one told in it or before."""
    chosen: list[int] = []
    for ground in focus(scene.story, number, first):
        there = scene.there.get(ground.key, ())
        here = [index for index in there if index in scene.told.get(number, ())]
        earlier = [index for index in there if scene.drafts[index].leading.telling <= number]
        chosen += (here or earlier[-1:] or there[:1])
    return tuple(chosen) or scene.there.get("", ())[:1] or _told_before(scene, number)


def _told_before(scene: Scene, number: int) -> tuple[int, ...]:
    """The one draft that the sentence before tells of, for a sentence of its paragraph that names no place."""
    together = number > 0 and scene.tellings[number].sentence.paragraph == scene.tellings[number - 1].sentence.paragraph
    return _told_in(scene, number - 1) if together and not scene.tellings[number].groups else ()


def _told_in(scene: Scene, number: int) -> tuple[int, ...]:
    """The one draft that a sentence tells of; none where it tells of several. Who fled, fled from there, wherever to."""
    drafts = tuple(scene.told.get(number, ()))
    return drafts if len(drafts) == 1 else ()


def _from_figures(scene: Scene) -> list[Placed]:
    placed = []
    for number, telling in enumerate(scene.tellings):
        for figure in () if telling.heading else telling.figures:
            fled = figure.field is ClaimField.DISPLACED and (_told_in(scene, number) or _told_in(scene, number - 1))
            drafts = _aggregate(scene, number, figure) or fled or _drafts_at(scene, number, figure.first)
            if drafts:
                placed.append(Placed(_counted(scene, number, figure, drafts), drafts))
    return placed


def _counted(scene: Scene, number: int, figure: Figure, drafts: tuple[int, ...]) -> Claim:
    telling, quantity = scene.tellings[number], figure.quantity
    voice = voice_of(scene.page, telling.sentence, scene.voices[number], figure.first, figure.last)
    doubt = hedged(scene.page, telling.sentence, figure.word, max(figure.last, figure.word + 1), voice)
    own = _relative(scene, telling, figure)
    voice = None if own else voice or _carried_voice(scene, number, drafts[0], doubt=doubt, act=False)
    scope = Scope.AGGREGATE if len(drafts) > 1 else Scope.INCIDENT
    claimant, name = (voice.claimant, voice.name) if voice else (REPORT, "")
    last = max(figure.last, figure.word + 1) if figure.field is not ClaimField.MATERIEL else figure.last
    return Claim(
        claimant, name, _stance(voice, drafts[0], scene), figure.field, figure.subject, figure.fate,
        quantity.low, quantity.best, quantity.high, doubt, scope, _span(scene, figure.first, last), scene.report.id,
    )


def _relative(scene: Scene, telling: Telling, figure: Figure) -> bool:
    hits = scene.page.lexicon.book("voices").scan(scene.page.tokens, telling.sentence.first, figure.last)
    return any(hit.first <= figure.quantity.first and figure.quantity.first - hit.last <= 3 for hit in hits)


def _aggregate(scene: Scene, number: int, figure: Figure) -> tuple[int, ...]:
    """Drafts that "les deux attaques" and the like cover: as many as stated that fit the date, else all with deaths."""
    telling = scene.tellings[number]
    hits = scene.page.lexicon.book("aggregate").scan(scene.page.tokens, telling.sentence.first, figure.first)
    if figure.field is ClaimField.MATERIEL or not any(hit.meaning == "cue" for hit in hits):
        return ()
    when = next((mention.date for mention in telling.dates if mention.date), None)
    violent = [index for index, draft in enumerate(scene.drafts) if draft.family == "violent" and draft.ground]
    fitting = [index for index in violent if _around(scene.drafts[index], when)]
    deadly = _deadly(scene) if not telling.count else frozenset()
    chosen = fitting[:telling.count] if telling.count else [index for index in fitting if index in deadly]
    return tuple(chosen) if len(chosen) > 1 else ()


def _around(draft: Draft, when: PartialDate | None) -> bool:
    """Whether a draft's date lies in an interval, or close to it where the interval is vague ("last week")."""
    if when is None or draft.date is None or draft.date.date is None:
        return True
    slack = timedelta(days=0 if when.exact else 2)
    return draft.date.date.start <= when.end + slack and when.start - slack <= draft.date.date.end


def _deadly(scene: Scene) -> frozenset[int]:
    """Drafts of whose sentences or those about them one tells of deaths."""
    return frozenset(
        index for number, telling in enumerate(scene.tellings) for figure in telling.figures
        if figure.field is ClaimField.KILLED and figure.quantity.high != 0 and not telling.heading
        and not any(group.level == "country" for group in telling.groups)
        for index in _drafts_at(scene, number, figure.first)
    )


def _from_unknowns(scene: Scene, placed: Sequence[Placed]) -> list[Placed]:
    found: list[Placed] = []
    for number, telling in enumerate(scene.tellings):
        sentence = telling.sentence
        for hit in scene.page.lexicon.book("unknown").scan(scene.page.tokens, sentence.first, sentence.last):
            toll = hit.meaning == "toll"
            drafts = _drafts_at(scene, number, hit.first)
            if toll and _refuses(scene, number, hit):
                drafts = _with_tolls(drafts, placed)
            found.extend(Placed(_unknown(scene, number, hit), (draft,)) for draft in drafts)
    return found


def _refuses(scene: Scene, number: int, hit: Found) -> bool:
    """Whether somebody is said to give no toll; "no toll was known" answers nobody."""
    telling = scene.tellings[number]
    return subject_before(scene.page, telling.sentence, telling.actors, hit.first) is not None


def _with_tolls(drafts: tuple[int, ...], placed: Sequence[Placed]) -> tuple[int, ...]:
    """A refusal to give a toll answers the tolls that others give: those of the drafts spoken of, else of any draft."""
    tolled = {draft for item in placed for draft in item.drafts
              if item.claim.field is ClaimField.KILLED and item.claim.scope is Scope.INCIDENT}
    return tuple(draft for draft in drafts if draft in tolled) or tuple(sorted(tolled)) or drafts


def _unknown(scene: Scene, number: int, hit: Found) -> Claim:
    sentence, actors = scene.tellings[number].sentence, scene.tellings[number].actors
    field = ClaimField.KILLED if hit.meaning == "toll" else ClaimField.CONSEQUENCES
    speaker = subject_before(scene.page, sentence, actors, hit.first) if hit.meaning == "toll" else None
    known = speaker is not None and bool(speaker.id) and not is_armed_group(speaker.id)
    claimant = speaker.id if speaker and known else REPORT
    name = _span(scene, speaker.first, speaker.last).quote if speaker and known else ""
    stance = Stance.REPORTS if is_source(claimant) else Stance.CLAIMS
    return Claim(
        claimant=claimant, claimant_name=name, stance=stance, field=field, subject="", value=UNKNOWN,
        low=None, best=None, high=None, hedged=False, scope=Scope.INCIDENT,
        span=_span(scene, hit.first, hit.last), report=scene.report.id,
    )
