"""What is asked once for cases whose clocks have come up together."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from niangjia.cases.models import Case, State
from niangjia.cases.selectors.decoys import decoys_among
from niangjia.cases.services import routing, telling, timing
from niangjia.core import audit
from niangjia.core.working_calendar import Calendar
from niangjia.core.working_calendar.deadlines import Calendars
from niangjia.organisations.models import Union


@dataclass(frozen=True)
class News:
    """What is told of cases at one union, with the dates by which something is due on them: all
    its officers of some, each officer of others that not all may know of."""

    union: Union
    kind: str
    all_hear: list[telling.Dated] = field(default_factory=list)
    some_hear: dict[uuid.UUID, list[telling.Dated]] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """Which are `decoys`; by case the union above that is called when it is late, and the account
    that asked. `acts` gathers what is recorded at the end of the round, `news` what officers are
    told then."""

    now: dt.datetime
    calendars: Calendars
    officers: telling.Officers
    decoys: Collection[uuid.UUID]
    above: Mapping[uuid.UUID, Union | None]
    applicants: Mapping[uuid.UUID, uuid.UUID | None]
    acts: list[audit.Act] = field(default_factory=list)
    news: dict[tuple[str, uuid.UUID], News] = field(default_factory=dict)

    @classmethod
    def of(cls, cases: Sequence[Case], now: dt.datetime) -> "Round":
        """As background work, for locked cases. Four queries at most, however many."""
        late = [case for case in cases if case.state == State.OPEN and case.next_due_at <= now]
        found = routing.unions_above([(case, called(case)) for case in late]) if late else []
        above = {case.pk: union for case, union in zip(late, found, strict=True)}
        involved = {case.pk: {case.handler_id} for case in cases}
        for key, union in above.items():
            involved[key] |= {union.pk} if union else set()
        officers = telling.Officers({union for each in involved.values() for union in each})
        accusing = [involved[case.pk] for case in cases if case.accused_ids]
        officers.learn_ties({union for each in accusing for union in each})
        return cls(
            now=now,
            calendars=timing.calendars_for(cases, timing.day_of(now)),
            officers=officers,
            decoys=decoys_among(cases),
            above=above,
            applicants=telling.applicants_of(late),
        )

    def tell(self, case: Case, union: Union, kind: str) -> None:
        """Have those who may handle `case` at `union` told of it at the end of the round."""
        dated = telling.Dated(case, case.next_due_at)
        news = self.news.get((kind, union.pk))
        if news is None:
            news = self.news[kind, union.pk] = News(union, kind)
        if case.accused_ids or case.excluded_ids:
            for account in self.officers.of(case, union):
                news.some_hear.setdefault(account.pk, []).append(dated)
        else:
            news.all_hear.append(dated)

    def tell_all(self) -> None:
        """Tell everybody, once for each union and kind of news, however many cases it is about."""
        for news in self.news.values():
            for account in self.officers.all_at(news.union).values():
                if cases := [*news.all_hear, *news.some_hear.get(account.pk, ())]:
                    telling.tell_of_cases(account, news.union, news.kind, cases, now=self.now)

    @property
    def today(self) -> dt.date:
        """The day it is in China."""
        return timing.day_of(self.now)

    def calendar_of(self, case: Case) -> Calendar:
        """The calendar by which the clocks of a case run."""
        return self.calendars.of(timing.province_of(case.handler))


def called(case: Case) -> Union:
    """The union that owes the next word on a case: the one that was called last, else the one that
    has it."""
    return case.raised_to or case.handler
