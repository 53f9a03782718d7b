"""The public notice: a masked name, as long as the step lasts, and a way to object."""

import datetime as dt
import json

import pytest
from django.db import transaction

from niangjia.cases import services
from niangjia.cases.models import Case, EntryKind, PublicNotice
from niangjia.cases.services import announcing, merging, timing
from niangjia.cases.services.timeline import said_in
from niangjia.cases.tests.factories import AID, end_step, fresh, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.working_calendar import set_working_day
from niangjia.members.models import Notice, Role
from niangjia.members.rules.masking import masked_name
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import MONDAY, make_chain
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

#: On notice from the first step on, for whoever agrees.
ANNOUNCED = {
    **AID,
    "form": {
        "schema": {
            "type": "object",
            "properties": {
                "reason": {"type": "string", "minLength": 5},
                "notice_consent": {"type": "boolean"},
            },
            "required": ["reason"],
        }
    },
    "steps": [
        {**AID["steps"][0]},
        {**AID["steps"][1]},
        {**AID["steps"][2]},
        {**AID["steps"][3], "announces": True},
    ],
}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(ANNOUNCED)
    return made


def come_to_notice(chain, consent=True, name="王小芳"):
    from niangjia.cases.services import Asking, Matter

    account = make_person(name=name).account
    case = services.open_case(
        matter=Matter("test-aid", chain[3], {"reason": "家里有人生病", "notice_consent": consent}),
        asking=Asking(account=account, person=account.person, name=name),
        now=clock.now(),
    ).case
    for union, step, outcome in ((chain[3], "check", "passed"), (chain[2], "decide", "granted")):
        end_step(case, make_officer(union), step, outcome, words="")
    return fresh(case)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张伟", "张*"),
        ("王小芳", "王*芳"),
        ("欧阳娜娜", "欧**娜"),
        ("买买提·艾力", "买*****"),
        ("李", "*"),
        ("", "*"),
        (" 张伟 ", "张*"),
    ],
)
def test_a_masked_name(name, masked):
    assert masked_name(name) == masked


def test_it_is_published_masked_and_found_by_nothing_else(chain, client):
    case = come_to_notice(chain)
    html = client.get("/services/notices/").content.decode()
    assert "王*芳" in html
    assert "王小芳" not in html
    assert case.number not in html
    assert "家里有人生病" not in html
    page = client.get(f"/services/notices/{PublicNotice.objects.get().pk}/").content.decode()
    assert "王小芳" not in page
    assert case.number not in page


def test_without_consent_nothing_is_published(chain):
    come_to_notice(chain, consent=False)
    assert not PublicNotice.objects.exists()


def test_a_complaint_or_a_decoy_never_is(chain, monkeypatch):
    monkeypatch.setattr(announcing, "is_decoy", lambda case: True)
    come_to_notice(chain)
    assert not PublicNotice.objects.exists()


def test_when_the_term_is_over_it_is_gone(chain, client):
    case = come_to_notice(chain)
    address = f"/services/notices/{PublicNotice.objects.get().pk}/"
    services.sweep(now=case.next_due_at - dt.timedelta(minutes=1))
    services.sweep(now=case.next_due_at)
    assert fresh(case).result == "granted"
    assert client.get(address).status_code == 404
    assert "王*芳" not in client.get("/services/notices/").content.decode()


def test_taken_back_it_is_gone_at_once(chain):
    from niangjia.cases.selectors import owner_of_account

    case = come_to_notice(chain)
    services.withdraw_case(
        owner=owner_of_account(case.applicant_id), case_id=case.pk, now=clock.now()
    )
    assert PublicNotice.objects.get().ended_at is not None


def test_an_objection_reaches_the_officers_and_not_the_applicant(chain, client):
    officer = make_officer(chain[2], Role.CASE_OFFICER)
    case = come_to_notice(chain)
    address = f"/services/notices/{PublicNotice.objects.get().pk}/"
    short = client.post(address, {"words": "不对"})
    assert short.status_code == 422
    assert "不对" in short.content.decode()
    said = "他家里有两套房，请再核实一下。"
    assert client.post(address, {"words": said}).status_code == 302
    with protection.working("test"):
        entry = case.entries.get(kind=EntryKind.OBJECTED_TO_NOTICE)
        assert said_in(case, entry).words == said
    assert not entry.is_public
    assert entry.account_id is None
    assert Notice.objects.filter(kind="desk.notice_objection", account=officer.account).exists()


def test_silence_says_nothing_while_an_objection_is_unanswered(chain):
    officer = make_officer(chain[2], account=make_person().account)
    case, desk = come_to_notice(chain), signed_in(officer.account)
    page, api = (f"{start}/desk/cases/{case.number}" for start in ("", "/api/v1"))
    assert "/dismissal/" not in desk.get(f"{page}/").text
    notice = {"notice_id": PublicNotice.objects.get().pk, "words": "他家里有两套房，请再核实。"}
    services.object_to_notice(**notice, now=case.next_due_at - dt.timedelta(minutes=1))
    services.sweep(now=case.next_due_at)
    late = fresh(case)
    assert (late.state, late.step, late.breaches) == ("open", "notice", 1)
    with protection.working("test"):
        seen = case.entries.get(kind=EntryKind.OBJECTED_TO_NOTICE).number
    assert f'name="seen" value="{seen}"' in desk.get(f"{page}/").text
    short = desk.post(f"{page}/dismissal/", {"seen": seen, "reason": "没有"})
    assert (short.status_code, "没有</textarea>" in short.text) == (422, True)
    reason = {"reason": "已到不动产登记中心核实，其名下没有住房。"}
    body = json.dumps({**reason, "seen": seen - 1})
    unread = desk.post(f"{api}/notice/dismissal", body, content_type="application/json")
    assert (unread.status_code, unread.json()["code"]) == (409, "objected-again")
    assert desk.post(f"{page}/dismissal/", {**reason, "seen": seen}).status_code in (200, 302)
    body = json.dumps({**reason, "seen": seen})
    again = desk.post(f"{api}/notice/dismissal", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "nothing-objected")
    assert "异议不成立" in desk.get(f"{page}/").text
    services.sweep(now=late.next_due_at)
    assert fresh(case).result == "granted"


def test_too_late_or_too_often(chain, monkeypatch):
    case = come_to_notice(chain)
    notice = PublicNotice.objects.get()

    def object_(now=None):
        services.object_to_notice(
            notice_id=notice.pk, words="他家里有两套房，请再核实一下。", now=now or clock.now()
        )

    with pytest.raises(Conflict):
        object_(now=case.next_due_at + dt.timedelta(seconds=1))
    object_()
    monkeypatch.setattr(announcing, "MOST_OBJECTIONS", 1)
    with pytest.raises(Conflict):
        object_()
    with pytest.raises(Invalid):
        services.object_to_notice(notice_id=notice.pk, words="不", now=clock.now())


def test_the_interface_lists_and_takes_objections(chain, client):
    come_to_notice(chain)
    got = client.get(f"/api/v1/public-notices?union={chain[0].number}").json()
    assert [each["name"] for each in got["items"]] == ["王*芳"]
    answer = client.post(
        f"/api/v1/public-notices/{got['items'][0]['id']}/objections",
        {"words": "他家里有两套房，请再核实一下。"},
        content_type="application/json",
    )
    assert answer.status_code == 204


def test_whoever_leaves_is_on_no_notice(chain):
    from niangjia.cases.services.holdings import public_notices_of
    from niangjia.core.personal_data import Subject

    case = come_to_notice(chain)
    with protection.working("test"):
        found = public_notices_of(Subject(case.applicant_id, case.person_id))
        assert found.get().masked_name == "王*芳"


def end_of(case):
    return timing.step_count(fresh(case)).at(timing.calendar_for(fresh(case), clock.today()))


@pytest.mark.parametrize("how", ["paused", "given on", "a day off"])
def test_it_lasts_as_long_as_its_step_whatever_moves_the_clock(chain, client, how):
    with clock.stopped_at(MONDAY):
        case = come_to_notice(chain)
    chair, first_end = make_officer(chain[2]), end_of(case)
    at = {"by": chair, "case_id": case.pk, "reason": "申请人住院，等出院后再办。", "now": MONDAY}
    if how == "paused":
        services.pause_case(until=(MONDAY + dt.timedelta(days=14)).date(), **at)
    elif how == "given on":
        later = MONDAY + dt.timedelta(days=3)
        services.transfer_case(to=make_union(parent=chain[1]), **{**at, "now": later})
    else:
        off = (MONDAY + dt.timedelta(days=2)).date()
        whole = {"date": off, "province": "", "now": MONDAY}
        set_working_day(is_working=False, name="停电", source="测试", by=None, **whole)
        services.recount(**whole)
    with clock.stopped_at(first_end + dt.timedelta(minutes=1)):
        assert "王*芳" in client.get("/services/notices/").content.decode()
        notice = PublicNotice.objects.get()
        services.object_to_notice(
            notice_id=notice.pk, words="他家里有两套房，请再核实一下。", now=clock.now()
        )
    assert notice.union == fresh(case).handler
    if how == "paused":
        services.resume_case(by=chair, case_id=case.pk, now=MONDAY + dt.timedelta(days=7))
        notice.refresh_from_db()
    assert first_end < notice.until_at == end_of(case)


def test_a_duplicate_is_published_no_longer_and_again_when_it_goes_on(chain):
    case = come_to_notice(chain)
    by = make_officer(chain[2]).account_id
    with protection.working("test"), transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        merging.end_in_favour(held, by=by, now=clock.now())
        assert PublicNotice.objects.get().ended_at is not None
        merging.open_again(held, by=None, now=clock.now())
    assert PublicNotice.objects.get(ended_at=None).until_at == end_of(case)
