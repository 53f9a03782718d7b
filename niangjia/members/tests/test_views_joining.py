"""The worker's pages: joining from first letter to member card."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Application, Consent, Membership, Notice
from niangjia.members.tests.factories.accounts import make_account, make_identity_number
from niangjia.members.tests.factories.joining import (
    make_applicant,
    make_application,
    make_chain,
    make_membership,
    make_officer,
)
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db
REASON = "你的单位已有工会，请向单位工会申请。"


def form(**answers):
    return {
        "name": "买买提·艾力",
        "document_type": "resident_id",
        "identity_number": make_identity_number(),
        "employment_status": "employed",
        "employer_name": "义乌某某快运有限公司",
        "job": "快递员",
        "agrees": "on",
        "consent_membership": "on",
        "draft_version": "0",
        **answers,
    }


def path(union):
    return reverse("members:join", args=[union.number])


def test_from_the_form_to_the_status_page(client):
    union, account = make_union(), make_account()
    client.force_login(account)
    page = client.get(path(union)).content.decode()
    assert "约 3 分钟" in page
    assert "前答复你" in page
    answer = client.post(path(union), form())
    application = Application.objects.get(account=account)
    assert answer["Location"] == reverse("members:application", args=[application.number])
    assert application.person.name == "买买提·艾力"
    assert list(Consent.objects.values_list("purpose", flat=True)) == ["membership"]
    status = client.get(answer["Location"]).content.decode()
    assert "上级工会会自动接手" in status


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"identity_number": "330782199001010001"}, "identity_number"),
        ({"name": "<script>alert(1)</script>"}, "name"),
        ({"name": "😀😀"}, "name"),
        ({"job": ""}, "job"),
        ({"employer_name": ""}, "employer_name"),
        ({"employment_status": "'; DROP TABLE"}, "employment_status"),
        ({"ethnicity": "57"}, "ethnicity"),
        ({"residence": "火星基地"}, "residence"),
        ({"agrees": ""}, "agrees"),
        ({"consent_membership": ""}, "consent_membership"),
        ({"identity_number": make_identity_number(born=clock.today().replace(year=2020))}, None),
        ({"job": "长" * 61}, "job"),
        ({"statement": "长" * 1001}, "statement"),
        ({"name": "a" * 10_000_000}, "name"),
        ({"job": "\x00"}, "job"),
    ],
)
def test_wrong_answers_stand_beside_their_field_and_nothing_typed_is_lost(client, wrong, field):
    union = make_union()
    client.force_login(make_account())
    typed = form(**wrong)
    answer = client.post(path(union), typed)
    assert answer.status_code in {400, 413, 422}
    if answer.status_code == 422:
        shown = answer.context["form"]
        assert (field or "identity_number") in shown.errors
        assert 'value="义乌某某快运有限公司"' in answer.content.decode() or wrong == {
            "employer_name": ""
        }
    assert not Application.objects.exclude(status="draft").exists()


def test_pressing_twice_gives_one_application(client):
    union = make_union()
    client.force_login(make_account())
    typed = form()
    first, second = client.post(path(union), typed), client.post(path(union), typed)
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1
    assert Notice.objects.filter(kind="application.submitted").count() == 1


def test_a_draft_is_kept_and_comes_back(client):
    union = make_union()
    client.force_login(make_account())
    draft = reverse("members:join_draft", args=[union.number])
    saved = client.post(draft, form(job="骑手"))
    assert 'name="draft_version" value="1"' in saved.content.decode()
    assert 'value="骑手"' in client.get(path(union)).content.decode()


def test_another_window_does_not_silently_win(client):
    union = make_union()
    client.force_login(make_account())
    draft = reverse("members:join_draft", args=[union.number])
    client.post(draft, form(job="这边"))
    other = client.post(draft, form(job="那边"))
    assert "没有覆盖" in other.content.decode()
    assert 'value="这边"' in client.get(path(union)).content.decode()
    refused = client.post(path(union), form(job="那边"))
    assert refused.status_code == 422
    assert 'value="那边"' in refused.content.decode()
    assert 'name="draft_version" value="1"' in refused.content.decode()
    knowingly = client.post(draft, form(job="那边", overwrite="yes"))
    assert 'value="2"' in knowingly.content.decode()


def test_a_save_of_the_same_window_never_passes_for_another_ones(client):
    union = make_union()
    client.force_login(make_account())
    draft = reverse("members:join_draft", args=[union.number])
    window = client.get(path(union)).context["form"]["window"].value()
    for job in ("缝", "缝纫"):  # the answer to the first was lost, so both began from version 0
        assert "没有覆盖" not in client.post(draft, form(job=job, window=window)).content.decode()
    answer = client.post(path(union), form(job="缝纫工", window=window))
    assert answer.status_code == 302
    assert Application.objects.get().job == "缝纫工"


def test_every_showing_of_the_form_is_a_window_of_its_own(client):
    union = make_union()
    client.force_login(make_account())
    draft = reverse("members:join_draft", args=[union.number])
    one, other = (client.get(path(union)).context["form"]["window"].value() for _ in range(2))
    client.post(draft, form(job="这边", window=one))
    refused = client.post(path(union), form(job="那边", window=other))
    assert refused.status_code == 422
    assert f'name="window" value="{other}"' in refused.content.decode()
    assert Application.objects.get().status == "draft"


def test_a_visitor_fills_in_first_and_signs_in_late(client):
    union = make_union()
    typed = form(job="骑手")
    answer = client.post(path(union), typed)
    assert answer["Location"].startswith(reverse("account_login"))
    assert Application.objects.count() == 0
    client.force_login(make_account())
    page = client.get(path(union)).content.decode()
    assert 'value="骑手"' in page
    assert f'value="{typed["identity_number"]}"' in page
    client.post(path(union), typed)
    assert Application.objects.get().status == "submitted"
    assert "visitor_draft" not in client.session


def test_what_a_visitor_typed_lies_sealed_in_the_session(client):
    typed = form()
    client.post(reverse("members:join_draft", args=[make_union().number]), typed)
    kept = client.session["visitor_draft"]
    assert typed["identity_number"] not in kept
    assert services.unseal_answers(kept)["identity_number"] == typed["identity_number"]
    assert services.unseal_answers(kept[:-4] + "AAAA") == {}


def test_an_expired_session_keeps_what_was_typed(client):
    union, account = make_union(), make_account()
    client.force_login(account)
    client.logout()
    client.post(path(union), form(job="骑手"))
    client.force_login(account)
    assert 'value="骑手"' in client.get(path(union)).content.decode()


def test_applied_elsewhere_offers_to_withdraw_and_apply_here(client):
    there, here = make_union("那边工会"), make_union("这边工会")
    account = make_applicant()
    application = make_application(union=there, account=account)
    client.force_login(account)
    page = client.get(path(here)).content.decode()
    assert "那边工会" in page
    withdrawal = reverse("members:withdrawal", args=[application.number])
    assert f"{withdrawal}?union={here.number}" in page
    assert "要撤回这件申请吗" in client.get(withdrawal).content.decode()
    answer = client.post(withdrawal, {"union": here.number})
    assert answer["Location"] == path(here)
    assert client.get(path(here)).status_code == 200


@pytest.mark.parametrize("nonsense", ["x", "0", "9" * 40, "１２", "../../", "' OR 1=1"])
def test_a_withdrawal_whose_way_on_is_no_union_ends_at_the_application(client, nonsense):
    account = make_applicant()
    application = make_application(account=account)
    client.force_login(account)
    withdrawal = reverse("members:withdrawal", args=[application.number])
    asked = client.get(withdrawal, {"union": nonsense})
    assert asked.status_code == 200
    assert 'name="union"' not in asked.content.decode()
    answer = client.post(withdrawal, {"union": nonsense})
    assert answer["Location"] == reverse("members:application", args=[application.number])
    assert "申请已撤回" in client.get(answer["Location"]).content.decode()


def test_a_member_is_offered_a_transfer_and_a_member_here_the_card(client):
    here, elsewhere = make_union("这边工会"), make_union("那边工会")
    account = make_applicant()
    make_membership(union=here, person=account.person)
    client.force_login(account)
    assert reverse("members:card") in client.get(path(here)).content.decode()
    assert "一次入会、动态接转" in client.get(path(elsewhere)).content.decode()


def test_a_union_that_takes_nobody_directly_guides_on(client):
    union = make_union("浙江省总工会", kind=Kind.FEDERATION)
    assert "不直接接收个人申请" in client.get(path(union)).content.decode()


def test_a_refusal_says_why_and_what_next_and_a_review_goes_up(client):
    _province, _city, county, union = make_chain()
    application = make_application(union=union)
    services.decide_application(
        by=make_officer(union),
        application=application,
        verdict="refused",
        reason=REASON,
        now=clock.now(),
    )
    client.force_login(application.account)
    page = client.get(reverse("members:application", args=[application.number])).content.decode()
    assert REASON in page
    review = reverse("members:review", args=[application.number])
    assert review in page
    assert "statement" in client.post(review, {"statement": ""}).context["form"].errors
    client.post(review, {"statement": "单位工会已经撤销了。"})
    asked = Application.objects.get(reviews=application)
    assert (asked.handled_by, asked.union, asked.status) == (county, union, "submitted")
    application.refresh_from_db()
    assert application.status == "refused"


def test_other_peoples_applications_do_not_exist(client):
    application = make_application()
    client.force_login(make_applicant())
    for name in ("application", "withdrawal", "review"):
        address = reverse(f"members:{name}", args=[application.number])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}


def test_leaving_needs_a_tick_and_ends_the_card(client):
    account = make_applicant()
    membership = make_membership(person=account.person)
    client.force_login(account)
    address = reverse("members:resignation")
    assert client.post(address, {}).status_code == 422
    client.post(address, {"confirms": "on"})
    membership.refresh_from_db()
    assert membership.status == "ended"
    assert Membership.objects.count() == 1
    assert "还没有会员证" in client.get(reverse("members:card")).content.decode()


def test_notices_that_say_the_same_are_told_once(client):
    account = make_application().account
    for minute in range(4):
        moment = clock.now() + dt.timedelta(minutes=minute)
        facts = {"number": "A1"}
        Notice.objects.create(account=account, kind="gone", facts=facts, created_at=moment)
    client.force_login(account)
    page = client.get(reverse("members:mine"))
    assert [each.older for each in page.context["notices"]] == [3, 0]
    assert "之前还有 3 条内容一样的" in page.content.decode()
    assert len(client.get(reverse("members:notices")).context["notices"]) == 5


def test_notices_are_read_by_their_owner_only(client):
    application = make_application()
    notice = Notice.objects.get(account=application.account)
    address = reverse("members:notice_reading", args=[notice.pk])
    client.force_login(make_applicant())
    assert client.post(address).status_code == 404
    client.force_login(application.account)
    assert "申请已送到" in client.get(reverse("members:notices")).content.decode()
    assert client.post(address)["Location"] == notice.url
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize(
    ("name", "queries"),
    [("mine", 11), ("membership", 5), ("card", 4), ("card_code", 3), ("notices", 5)],
)
def test_pages_ask_the_database_a_known_number_of_times(
    client, django_assert_num_queries, name, queries
):
    account = make_applicant()
    make_membership(person=account.person)
    for _ in range(3):
        application = make_application(account=account)
        services.withdraw_application(account=account, application=application, now=clock.now())
    client.force_login(account)
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"members:{name}")).status_code == 200


def test_a_place_whose_name_others_share_is_asked_for_not_guessed(client):
    cities = [make_division(name, level=Level.CITY) for name in ("甲市", "乙市")]
    first, second = (make_division("鼓楼区", parent=city) for city in cities)
    union = make_union(division=second)
    client.force_login(make_account())
    assert 'value="乙市鼓楼区"' in client.get(path(union)).content.decode()
    refused = client.post(path(union), form(residence="鼓楼区"))
    assert "甲市鼓楼区、乙市鼓楼区" in refused.content.decode()
    client.post(path(union), form(residence="甲市鼓楼区"))
    assert Application.objects.get().person.residence == first
