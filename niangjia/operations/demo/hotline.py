"""The demonstration's hotline: a province's line, its calls of the last days, and who waits now."""

import datetime as dt
from contextlib import suppress

from niangjia.cases.rules.questions import questions_of
from niangjia.cases.selectors import access_offered
from niangjia.cases.services import find_or_note_employer
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.hotline import selectors, services
from niangjia.hotline.clients.played import KEYS
from niangjia.hotline.models import Call, Category, Ending, Line, Topic
from niangjia.hotline.rules.reducing import main_question
from niangjia.hotline.rules.telephony import Event, Kind
from niangjia.hotline.services import Caller, Handed, Intake
from niangjia.members.models import Post
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress, desk, hotline_words
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import Union

NUMBER = "0571-12351"
CALLS = 90
#: The share of callers who press a key afterwards: small, so that it looks like no campaign.
RATED = 0.12
OLDEST_DAYS = 14
WAITING = 4
#: So many of the calls are about what people call about most.
COMMON = 0.4


def load(*, progress: Progress) -> None:
    """Open the line and let two weeks of calls be taken, through the services; once only."""
    if Line.objects.exists():
        return
    province = desk.federation_of(desk.PROVINCE)
    now = clock.now()
    services.open_line(
        union=province, number=NUMBER, by=None, now=now - dt.timedelta(days=OLDEST_DAYS + 1)
    )
    agent = find_agent()
    if agent is None:
        return
    day = Day(selectors.lines_of([agent]).get(number=NUMBER), agent, now)
    for number in range(CALLS):
        with suppress(DomainError):
            day.tell(number)
        progress(number + 1, CALLS)
    day.end_shift()
    for number in range(WAITING):
        day.ring(f"now-{number}", now - dt.timedelta(minutes=WAITING - number))
    day.write(now - dt.timedelta(minutes=25))


def find_agent() -> Post | None:
    """The post of the demonstration's agent."""
    account = demo.find_account("hotline")
    found = Post.objects.filter(account=account, ended_at=None) if account else None
    return found.select_related("union", "account").first() if found else None


class Day:
    """Knows the line, its agent, and the counties callers come from."""

    def __init__(self, line: Line, agent: Post, now: dt.datetime) -> None:
        self.line, self.agent, self.now = line, agent, now
        self.topics = list(selectors.list_topics(line))
        self.common = [topic for topic in self.topics if topic.key in hotline_words.COMMON]
        self.articles = list(selectors.list_articles(line))
        city = desk.federation_of(desk.CITY)
        self.counties = list(
            Union.objects.filter(parent=city, kind="federation").select_related("division")
        )

    def ring(self, name: str, at: dt.datetime, *, caller: str = "") -> Call:
        """A call rings, as the telephone system would report it."""
        dice = Dice("hotline-ring", name)
        return services.note_event(
            event=Event(
                line=NUMBER,
                event=f"demo-{name}-ringing",
                call=f"demo-{name}",
                kind=Kind.RINGING,
                at=at,
                caller=caller or f"154{dice.number(10_000_000, 99_999_999)}",
            ),
            now=at,
        )

    def hang_up(
        self, call: Call, at: dt.datetime, kind: Kind = Kind.ENDED, *, pressed: str = ""
    ) -> None:
        """The caller puts the receiver down, or presses a key once the agent has."""
        services.note_event(
            event=Event(
                line=NUMBER,
                event=f"{call.external_id}-{kind}",
                call=call.external_id,
                kind=kind,
                at=at,
                pressed=pressed,
            ),
            now=at,
        )

    def tell(self, number: int) -> None:
        """One call, from the first ring to what became of it."""
        dice = Dice("hotline", number)
        days = 0 if dice.happens(0.3) else dice.number(1, OLDEST_DAYS)
        at = self.now - dt.timedelta(days=days, minutes=dice.number(20, 660))
        with clock.stopped_at(at):
            call = self.ring(str(number), at)
            if dice.happens(0.07):
                self.hang_up(call, at + dt.timedelta(seconds=40), Kind.ABANDONED)
                at += dt.timedelta(minutes=dice.number(15, 100))
                if at > self.now:
                    return
            taken = services.take_call(by=self.agent, call_id=call.pk, now=at)
            if dice.happens(0.08):
                ending = dice.pick([Ending.SILENT, Ending.WRONG_NUMBER, Ending.ABUSIVE])
                services.end_call(by=self.agent, call_id=call.pk, ending=ending, now=at)
            else:
                self.take_down(taken, dice, at)
        over = at + dt.timedelta(seconds=dice.number(90, 700))
        self.hang_up(call, over)
        if dice.happens(RATED):
            key = KEYS[dice.number(0, len(KEYS) - 1)]
            self.hang_up(call, over + dt.timedelta(seconds=9), Kind.RATED, pressed=key)

    def take_down(self, call: Call, dice: Dice, at: dt.datetime) -> None:
        """Answered with an article, or made a case somewhere in the city."""
        topic = dice.pick(self.common if dice.happens(COMMON) else self.topics)
        fitting = [each for each in self.articles if topic.key in each.topics]
        if fitting and (not topic.item_key or dice.happens(0.55)):
            article = dice.pick(fitting)
            services.answer_order(
                by=self.agent,
                call_id=call.pk,
                intake=Intake(topic_key=topic.key),
                caller=Caller(name=dice.pick(hotline_words.NAMES)),
                matter=f"{topic.name}：{dice.pick(hotline_words.QUESTIONS)}",
                answer=f"按《{article.title}》答复，{dice.pick(hotline_words.CLOSINGS)}",
                article_key=article.key,
                now=at,
            )
        elif topic.item_key:
            self.open_case(call, topic, dice, at)
        else:
            services.end_call(by=self.agent, call_id=call.pk, ending=Ending.WRONG_NUMBER, now=at)

    def open_case(
        self, call: Call, topic: Topic, dice: Dice, at: dt.datetime, *, employer: str = ""
    ) -> None:
        """A case at a county of the city; a complaint about `employer`, or one of several."""
        union = dice.pick(self.counties)
        document = access_offered(topic.item_key, union).document
        is_complaint = document.kind == "complaint"
        answers = answers_to(document.form, dice, at.astimezone(clock.CHINA).date())
        if main := main_question(questions_of(document.form)):
            answers[main.name] = dice.pick(hotline_words.MATTERS[Category(topic.category)])
        employer = employer or dice.pick(hotline_words.EMPLOYERS)
        unknown = document.anonymous and dice.happens(0.4)
        services.open_order(
            by=self.agent,
            call_id=call.pk,
            intake=Intake(topic_key=topic.key),
            caller=Caller(is_anonymous=True)
            if unknown
            else Caller(name=dice.pick(hotline_words.NAMES), phone="+8615400001234"),
            handed=Handed(
                union=union,
                answers=answers,
                accused=[find_or_note_employer(name=employer, division=union.division)]
                if is_complaint
                else [],
            ),
            now=at,
        )

    def end_shift(self) -> None:
        """A shift before this one, handed over with a note by the chair, who stood in."""
        began = self.now - dt.timedelta(hours=9)
        account = demo.find_account("province")
        chair = Post.objects.select_related("union", "account").get(account=account, ended_at=None)
        shift = services.begin_shift(by=chair, line=self.line, now=began)
        services.end_shift(
            by=chair,
            shift_id=shift.pk,
            note=hotline_words.NOTE,
            now=began + dt.timedelta(hours=8),
        )

    def write(self, at: dt.datetime) -> None:
        """A message from the portal waits too."""
        services.write_message(line=self.line, words=hotline_words.MESSAGE, now=at)
