"""The demonstration's letters: 一函两书 from the reminder to the proposal, and a decision."""

import datetime as dt
from dataclasses import dataclass

from niangjia.cases import services
from niangjia.cases.models import Case, CaseLetter
from niangjia.cases.selectors import access_offered
from niangjia.cases.services import Asking, Matter, letters
from niangjia.cases.services.sweeping import look_at
from niangjia.core import clock, protection
from niangjia.members.models import Account, Post, Role
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress, desk
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import Employer, Union

#: Where the made-up codes lead: a demonstration's own address, as it is started.
VERIFY_AT = "http://localhost:8000/verify/"
CONTACT = "罗永强，0579-85550000，演示号码"
MATTER = (
    "2026 年 7 月以来，未按月足额支付十四名配送员的劳动报酬，合计 61,400 元，"
    "考勤和转账记录可以印证。"
)
LAW = "《中华人民共和国劳动法》第五十条、《中华人民共和国劳动合同法》第三十条"
DEMANDS = "付清拖欠的劳动报酬，并书面说明今后的发放日期和办法。"
REMINDER = {"matter": MATTER, "provisions": LAW, "wishes": "", "contact": CONTACT}
OPINION = {"matter": MATTER, "provisions": LAW, "demands": DEMANDS, "contact": CONTACT}
DECISION = {
    "decision": "由法律援助律师代理劳动仲裁和一审诉讼，不收取律师费。三个工作日内安排见面。",
    "reminder": "请保留工资条、考勤和聊天记录；仲裁时效为一年。",
    "contact": CONTACT,
}
SUPERVISION, WAGES, AID = "labour-law-supervision", "wage-arrears", "legal-aid"


def load(*, progress: Progress) -> None:
    """Write the letters of three matters and one decision."""
    county = desk.county_federation()
    chair = Post.objects.filter(union=county, role=Role.CHAIR, ended_at=None).first()
    worker = demo.find_account("member")
    if chair is None or worker is None or worker.person is None:
        return
    stories = (
        ("义乌某某快运有限公司", 80, whole_sequence),
        ("义乌某某包装有限公司", 40, mended_after_reminder),
        ("义乌某某制衣有限公司", 22, waiting_for_an_answer),
    )
    for done, (name, days_ago, story) in enumerate(stories, start=1):
        began = clock.now() - dt.timedelta(days=days_ago)
        story(begin(chair, name, worker, began))
        progress(done, len(stories) + 1)
    decide(chair, worker)
    progress(len(stories) + 1, len(stories) + 1)


@dataclass
class Telling:
    """One matter under supervision, and the moment it has come to."""

    chair: Post
    case: Case
    at: dt.datetime

    def step(self, outcome: str, words: str = "") -> None:
        """The chair ends the present step, a day later."""
        self.at += dt.timedelta(days=1)
        case = now_of(self.case)
        with clock.stopped_at(self.at):
            services.take_step(
                by=self.chair,
                case_id=case.pk,
                step=case.step,
                outcome=outcome,
                words=words,
                now=self.at,
            )

    def send(self, template: str, values: dict[str, str]) -> CaseLetter:
        """A letter goes out, and is handed over the day after."""
        with clock.stopped_at(self.at):
            begun = letters.preview_letter(
                by=self.chair, case_id=self.case.pk, template=template, now=self.at
            )
            letter = letters.issue_letter(
                by=self.chair,
                case_id=self.case.pk,
                template=template,
                values={**begun.values, **values},
                seen=begun.seen,
                verify_at=VERIFY_AT,
                now=self.at,
            )
        self.at += dt.timedelta(days=1)
        with clock.stopped_at(self.at):
            letters.serve_letter(
                by=self.chair,
                letter_id=letter.pk,
                way="hand",
                on_date=clock.today(),
                words="送到办公室，对方签收并盖章。",
                now=self.at,
            )
        return letter

    def answered(self, letter: CaseLetter, mended: str, words: str, *, after: int) -> None:
        """What the employer answered, so many days later."""
        self.at += dt.timedelta(days=after)
        with clock.stopped_at(self.at):
            letters.answer_letter(
                by=self.chair,
                letter_id=letter.pk,
                mended=mended,
                on_date=clock.today(),
                words=words,
                now=self.at,
            )

    def silent(self) -> None:
        """Nobody answers: the clock goes on by itself."""
        step = now_of(self.case).step
        while (case := now_of(self.case)).step == step:
            self.at = case.clock_at
            with clock.stopped_at(self.at):
                look_at(self.case.pk, now=self.at)


def begin(chair: Post, employer: str, worker: Account, at: dt.datetime) -> Telling:
    """Somebody asks for help with wages, and the county begins its supervision."""
    county = chair.union
    with clock.stopped_at(at):
        accused = services.find_or_note_employer(name=employer, division=county.division)
        complaint = open_complaint(county, accused, worker, at)
        case = letters.begin_follow_up(
            by=chair,
            case_id=complaint.pk,
            item_key=SUPERVISION,
            answers={"source": "complaint", "matter": MATTER, "provisions": LAW},
            now=at,
        )
    return Telling(chair, case, at)


def open_complaint(county: Union, accused: Employer, worker: Account, at: dt.datetime) -> Case:
    """A complaint about wages; who made it nobody learns from the letters."""
    offered = access_offered(WAGES, county)
    dice = Dice("letters", accused.name)
    day = at.astimezone(clock.CHINA).date()
    return services.open_case(
        matter=Matter(
            item_key=WAGES,
            union=county,
            answers=answers_to(offered.document.form, dice, day),
            accused=[accused],
        ),
        asking=asking(worker),
        now=at,
    ).case


def asking(worker: Account) -> Asking:
    """The demonstration's member."""
    person = worker.person
    name = person.name if person else ""
    return Asking(account=worker, person=person, name=name, phone=worker.phone)


def whole_sequence(telling: Telling) -> None:
    """Reminded, silent; an opinion, not followed; a proposal to the labour authorities."""
    telling.step("remind")
    telling.send("reminder", REMINDER)
    telling.silent()
    telling.step("send")
    opinion = telling.send("opinion", OPINION)
    said = "来函称资金周转困难，答应分期支付，没有写明日期。"
    telling.answered(opinion, "no", said, after=12)
    telling.step("not-mended", "单位答复后仍没有支付，也没有说明日期。")
    telling.step("send")
    authority = {"authority": "义乌市人力资源和社会保障局", "matter": MATTER, "provisions": LAW}
    telling.send("proposal", {**authority, "contact": CONTACT})


def mended_after_reminder(telling: Telling) -> None:
    """A reminder was enough."""
    telling.step("remind")
    reminder = telling.send("reminder", REMINDER)
    telling.answered(reminder, "yes", "已补发 7 月至 9 月工资，附转账凭证。", after=6)
    telling.step("mended", "已核对转账凭证，并与职工本人核实。")


def waiting_for_an_answer(telling: Telling) -> None:
    """An opinion has been handed over, and its term runs."""
    telling.step("opine")
    telling.step("send")
    telling.at = max(telling.at, clock.now() - dt.timedelta(days=6))
    telling.send("opinion", OPINION)


def decide(chair: Post, worker: Account) -> None:
    """Legal aid for the demonstration's member, with its decision to download."""
    at = clock.now() - dt.timedelta(days=3)
    with clock.stopped_at(at):
        offered = access_offered(AID, chair.union)
        dice, day = Dice("letters", AID), at.astimezone(clock.CHINA).date()
        case = services.open_case(
            matter=Matter(AID, chair.union, answers_to(offered.document.form, dice, day)),
            asking=asking(worker),
            now=at,
        ).case
    telling = Telling(chair, case, at)
    telling.step("granted")
    telling.send("granted", DECISION)


def now_of(case: Case) -> Case:
    """The case as it is now."""
    with protection.working("demo.letters"):
        return Case.objects.select_related("handler").get(pk=case.pk)
