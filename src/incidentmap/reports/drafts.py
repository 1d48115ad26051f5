"""Mentions of events joined into drafts: one draft a place, date and family of events, whatever the number of mentions."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from incidentmap.model import ClaimField, PartialDate
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.dating import Section, base_of, date_for, resolved, section_of, short
from incidentmap.reports.events import Telling, Trigger, group_for
from incidentmap.reports.lexicon import kinds
from incidentmap.reports.locate import Ground, PlaceGroup

_BACKGROUND = timedelta(days=180)
"""What happened longer before publication than this is told as background, not as news."""
_HARM = frozenset({ClaimField.KILLED, ClaimField.WOUNDED, ClaimField.CAPTURED, ClaimField.MISSING})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention of an event: the number of the sentence that tells it, its words, grounds and date.

    `own` says whether its own sentence names the place; else the grounds are those of the sentences around it. `count` is the
    number of events that it stands for where it says so ("les deux attaques"), else 0.
    """

    telling: int
    trigger: Trigger
    grounds: tuple[Ground, ...]
    own: bool
    date: DateMention | None
    count: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident in the making: its ground (None if none is named), evidence in text order and date.

    A date is `carried` from another draft.
    """

    ground: Ground | None
    level: str
    family: str
    evidence: tuple[Evidence, ...]
    date: DateMention | None
    carried: bool = False

    @property
    def days(self) -> PartialDate | None:
        """When it happened, as far as it is told."""
        return self.date.date if self.date else None

    @property
    def leading(self) -> Evidence:
        """The mention that tells it best: of this incident alone and with its place, else with its place, else the first."""
        ordered = sorted(self.evidence, key=lambda item: item.trigger.first)
        own = [item for item in ordered if item.own]
        alone = [item for item in own if len(item.grounds) == 1 and not item.trigger.kind.weak]
        return max(alone, key=lambda item: item.trigger.kind.rank) if alone else (own or ordered)[0]


_There = dict[tuple[str, str], list[int]]
"""Numbers of the drafts of a family at a ground, by family and the ground's key."""


@dataclass(frozen=True, slots=True)
class Story:
    """The sentences of a report and the numbers of those that name where something happened."""

    tellings: tuple[Telling, ...]
    anchors: tuple[int, ...]

    @classmethod
    def of(cls, tellings: tuple[Telling, ...]) -> "Story":
        """A story of its sentences."""
        return cls(tellings, tuple(telling.number for telling in tellings if _anchors(telling)))


def _anchors(telling: Telling) -> bool:
    return not telling.heading and bool(telling.triggers or telling.figures) and bool(anchoring(telling))


def focus(story: Story, number: int, first: int) -> tuple[Ground, ...]:
    """Grounds that a token of a sentence is about: named in it, else before it or after it in its paragraph, else elsewhere."""
    telling = story.tellings[number]
    own = group_for(telling, first)
    if own and own.level != "country":
        return own.grounds
    place = bisect_left(story.anchors, number)
    before = [story.tellings[index] for index in reversed(story.anchors[max(0, place - 2):place])]
    after = [story.tellings[index] for index in story.anchors[place:place + 2] if index > number][:1]
    if telling.plural and len(before) > 1 and len(_grounds(before[0])) == 1:
        return tuple({ground.key: ground for other in before for ground in _grounds(other)}.values())
    here = telling.sentence.paragraph
    if before and (before[0].sentence.paragraph == here or not after or after[0].sentence.paragraph != here):
        return _grounds(before[0])
    return anchoring(after[0])[0].grounds if after else ()


def anchoring(telling: Telling) -> tuple[PlaceGroup, ...]:
    """The groups of places that a sentence can be about: settlements and natural features, else areas, never countries."""
    exact = tuple(group for group in telling.groups if group.level in {"settlement", "natural"})
    return exact or tuple(group for group in telling.groups if group.level == "area")


def _grounds(telling: Telling) -> tuple[Ground, ...]:
    return anchoring(telling)[-1].grounds


def gather(story: Story, today: date | None) -> tuple[Evidence, ...]:
    """All evidence of the news in a report, in text order; background long before publication is left out."""
    found: list[Evidence] = []
    last: DateMention | None = None
    section: Section | None = None
    dated = -1
    for number, telling in enumerate(story.tellings):
        section = section_of(telling, section)
        if telling.heading:
            continue
        last = next(iter(reversed(short(telling.loose))), last)
        before = last
        for trigger in _told(telling):
            # Who claims or denies a deed is dated by the statement, not by the deed.
            mention = None if trigger.kind.id == "responsibility" else date_for(telling, trigger)
            above = section.date if section and telling.sentence.paragraph != dated else None
            when = resolved(mention, base_of(telling, mention, before), today) if mention else above
            if mention and when and when.date:
                dated = telling.sentence.paragraph  # what is told beside is of that day rather than of the heading's
            if when and when.date:
                last = when
            if when and when.date and today and today - when.date.end > _BACKGROUND:
                continue
            grounds = focus(story, number, trigger.first)
            found.append(Evidence(number, trigger, grounds, bool(anchoring(telling)), when, telling.count))
    return tuple(found)


def _told(telling: Telling) -> tuple[Trigger, ...]:
    """Triggers of a sentence; where it has none, harm done to people at a named place tells of an event too."""
    harm = [figure for figure in telling.figures if figure.field in _HARM and figure.quantity.high != 0]
    if telling.triggers or not harm or not anchoring(telling):
        return telling.triggers
    return (Trigger(harm[0].first, harm[0].last, kinds()["deaths"], telling.sentence.start),)


def join(evidence: Sequence[Evidence]) -> tuple[Draft, ...]:
    """Drafts of all evidence, in the order in which they are first told. Weak evidence alone makes no draft."""
    drafts: list[Draft] = []
    there: _There = {}
    for exact in (True, False):
        for item in evidence:
            for ground in item.grounds if item.own and _exact(item) is exact else ():
                _place(drafts, there, item, ground, exact=exact)
    for item in evidence:
        if not item.own:
            _attach(drafts, there, item)
    strong = [draft for draft in drafts if any(not item.trigger.kind.weak for item in draft.evidence)]
    return tuple(sorted(_carried(strong or _placeless(evidence)), key=lambda draft: draft.leading.trigger.first))


def _exact(item: Evidence) -> bool:
    return all(mention.level in {"settlement", "natural"} for ground in item.grounds for mention in ground.places)


def _place(drafts: list[Draft], there: _There, item: Evidence, ground: Ground, *, exact: bool) -> None:
    """Put evidence into the draft it belongs to, or begin one."""
    key = (item.trigger.kind.family, ground.key)
    known = there.get(key, []) if exact else range(len(drafts))
    for number in known:
        draft = drafts[number]
        same = draft.ground is not None and (draft.ground.key == ground.key or _within(draft.ground, ground))
        if same and draft.family == item.trigger.kind.family and agree(draft.date, item.date):
            drafts[number] = _with(draft, item)
            return
    there.setdefault(key, []).append(len(drafts))
    drafts.append(Draft(ground, ground.level, item.trigger.kind.family, (item,), _dated(item.date)))


def _within(ground: Ground, area: Ground) -> bool:
    """Whether a place lies in an area, by the gazetteer's own units."""
    place, outer = ground.places[0].place, area.places[0].place
    named = outer.name in {place.admin1, place.admin2}
    levels = outer.area_id.count("/")
    return named or (levels < 2 and bool(outer.admin1) and outer.admin1 == place.admin1)


def _dated(mention: DateMention | None) -> DateMention | None:
    return mention if mention and mention.date else None


def _with(draft: Draft, item: Evidence) -> Draft:
    if item in draft.evidence[-2:]:
        return draft
    return replace(draft, evidence=(*draft.evidence, item), date=draft.date or _dated(item.date))


def agree(one: DateMention | None, other: DateMention | None) -> bool:
    """Whether two dates can be of one event: they overlap, or one is not known."""
    if not (one and other and one.date and other.date):
        return True
    return one.date.start <= other.date.end and other.date.start <= one.date.end


def _attach(drafts: list[Draft], there: _There, item: Evidence) -> None:
    """Evidence that names no place joins the drafts of the grounds it is about; it begins a draft only for another day."""
    family = item.trigger.kind.family
    known = [number for ground in item.grounds for number in there.get((family, ground.key), ())]
    if item.count > max(1, len(item.grounds)):
        same_day = (number for number, draft in enumerate(drafts) if draft.family == family and agree(draft.date, item.date))
        known = list(islice(same_day, item.count))
    fitting = [number for number in known if agree(drafts[number].date, item.date)]
    for number in fitting:
        drafts[number] = _with(drafts[number], item)
    if known and not fitting and not item.trigger.kind.weak:
        _attach_elsewhere(drafts, item)


def _attach_elsewhere(drafts: list[Draft], item: Evidence) -> None:
    """Evidence of another day joins the first draft of that day, else stands alone without a place."""
    dated = [number for number, draft in enumerate(drafts)
             if draft.family == item.trigger.kind.family and draft.date and agree(draft.date, item.date)]
    if dated:
        drafts[dated[0]] = _with(drafts[dated[0]], item)
    elif item.date and item.date.date and item.date.date.exact:
        drafts.append(Draft(None, "", item.trigger.kind.family, (item,), item.date))


def _placeless(evidence: Sequence[Evidence]) -> list[Draft]:
    """One draft without a place a family, where a report tells of events and names no place."""
    drafts = []
    strong = [item for item in evidence if not item.trigger.kind.weak and not item.grounds]
    for family in dict.fromkeys(item.trigger.kind.family for item in strong):
        items = tuple(item for item in strong if item.trigger.kind.family == family)
        dates = [when for item in items if (when := _dated(item.date))]
        drafts.append(Draft(None, "", family, items, dates[0] if dates else None))
    return drafts


def _carried(drafts: Sequence[Draft]) -> list[Draft]:
    """Undated drafts take the date of the draft told before them, else after them; the date is marked as carried."""
    dated = [draft for draft in drafts if draft.date]
    return [draft if draft.date or _says_when(draft) else replace(draft, date=when, carried=when is not None)
            for draft in drafts for when in [_neighbour_date(draft, dated)]]


def _says_when(draft: Draft) -> bool:
    """Whether a date is told of it that cannot be reckoned ("yesterday" in a report of no day): then it has no other."""
    return any(item.date for item in draft.evidence)


def _neighbour_date(draft: Draft, dated: Sequence[Draft]) -> DateMention | None:
    near = [other for other in dated if not _vague(other.date) and 0 <= _told_at(draft) - _told_at(other) <= 1]
    same = [other for other in dated if other.family == draft.family and not _vague(other.date)]
    before = [other for other in same if other.leading.trigger.first < draft.leading.trigger.first]
    after = [other for other in same if other.date and not other.date.back]
    chosen = before[-1:] or after[:1] or near[-1:]
    return chosen[0].date if chosen else None


def _told_at(draft: Draft) -> int:
    return draft.leading.telling


def _vague(mention: DateMention | None) -> bool:
    when: PartialDate | None = mention.date if mention else None
    return when is None or (when.end - when.start).days > 31
