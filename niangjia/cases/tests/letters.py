"""A matter under supervision, for the tests of its letters."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from typing import Any

from niangjia.cases import services
from niangjia.cases.models import Case, CaseLetter, LetterFile, LetterRecord, RecordKind
from niangjia.cases.services import Asking, Matter, catalogue, letters
from niangjia.cases.services.letters import recording, sending
from niangjia.cases.tests.factories import end_step, fresh, make_officer, publish, text
from niangjia.core import clock, protection
from niangjia.members.models import Account, Post
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer, Union

#: A Monday without a day off for weeks.
MONDAY = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
VERIFY_AT = "https://niangjia.example/verify/"
REMINDER = {
    "matter": "2026 年 1 月以来未足额支付十二名配送员的劳动报酬。",
    "provisions": "《中华人民共和国劳动法》第五十条",
    "wishes": "",
    "contact": "张明，010-12345678",
}
OPINION = {**REMINDER, "demands": "付清拖欠的劳动报酬。", "history": ""}


@dataclass
class Supervision:
    """A complaint of somebody, and what a county's chair does about it."""

    county: Union
    chair: Post
    employer: Employer
    applicant: Account
    complaint: Case
    case: Case

    def step(self, outcome: str, *, now: dt.datetime = MONDAY, words: str = "") -> None:
        """The chair ends the present step."""
        case = fresh(self.case)
        end_step(case, self.chair, case.step, outcome, words=words, now=now)

    def write(self, template: str, *, now: dt.datetime = MONDAY, **changes: Any) -> CaseLetter:
        """The chair sends a letter."""
        values = {**(OPINION if template == "opinion" else REMINDER), **changes}
        return write(self.chair, self.case, template, values, now=now)

    def serve(self, letter: CaseLetter, on: dt.date, now: dt.datetime) -> LetterRecord:
        """It was handed over on a day, and that is written down."""
        return letters.serve_letter(
            by=self.chair,
            letter_id=letter.pk,
            way="hand",
            on_date=on,
            words="前台王女士签收",
            now=now,
        )


def seed(key: str) -> dict[str, Any]:
    """A document that comes with the software."""
    return tomllib.loads((catalogue.SEEDS / f"{key}.toml").read_text(encoding="utf-8"))


def write(
    by: Post,
    case: Case,
    template: str,
    values: dict[str, str],
    *,
    seen: int = 0,
    now: dt.datetime = MONDAY,
) -> CaseLetter:
    """Send a letter as its page does."""
    return letters.issue_letter(
        by=by,
        case_id=case.pk,
        template=template,
        values=values,
        seen=seen,
        verify_at=VERIFY_AT,
        now=now,
    )


def make_supervision() -> Supervision:
    """Somebody has complained about wages, and the county has begun its supervision."""
    _province, _city, county, _grassroots = make_chain()
    for key in ("wage-arrears", "labour-law-supervision"):
        publish(seed(key))
    employer = Employer.objects.create(name="示范快运有限公司", division=county.division)
    applicant = make_person(name="买买提·吐尔逊").account
    complaint = services.open_case(
        matter=Matter("wage-arrears", county, WAGES, accused=[employer]),
        asking=Asking(
            account=applicant,
            person=applicant.person,
            name=applicant.person.name,
            phone=applicant.phone,
        ),
        now=MONDAY,
    ).case
    chair = make_officer(county)
    case = letters.begin_follow_up(
        by=chair,
        case_id=complaint.pk,
        item_key="labour-law-supervision",
        answers={
            "source": "complaint",
            "matter": "未足额支付配送员劳动报酬，已核实。",
            "provisions": "《中华人民共和国劳动法》第五十条",
        },
        now=MONDAY,
    )
    return Supervision(county, chair, employer, applicant, complaint, fresh(case))


WAGES = {
    "work_kind": "platform",
    "owed_from": "2026-01-01",
    "owed_until": "2026-02-28",
    "amount": 7200,
    "still_employed": True,
    "contract": "oral",
    "proof": ["chat"],
    "matter": "跑了两个月单，只发了一半的钱。",
}


def letters_of(case: Case) -> list[CaseLetter]:
    """Its letters, whoever looks."""
    with protection.working("test"):
        return list(CaseLetter.objects.filter(case=case).order_by("id"))


def make_letter(case: Case, by: Post) -> tuple[CaseLetter, LetterFile]:
    """A decision that was handed over, with its receipt."""
    letter = write(by, case, "granted", {"decision": "每季度 500 元。"}, now=clock.now())
    record = recording.keep(
        by,
        letter.pk,
        RecordKind.SERVED,
        clock.today(),
        "本人签收",
        [sending.as_file(b"%PDF-1.7 a receipt", "签收单")],
        way="hand",
        now=clock.now(),
    )
    with protection.working("test"):
        return letter, LetterFile.objects.get(record=record)


DECISION: dict[str, Any] = {
    "key": "granted",
    "name": text("决定书", "Decision"),
    "kind": "decision",
    "to": "applicant",
    "mark": "决",
    "title": "帮扶决定书",
    "addressee": "{applicant}",
    "body": "你的申请（编号 {number}）符合条件。\n{decision}",
    "fields": [{"key": "decision", "label": text("内容", "Decision")}],
}
