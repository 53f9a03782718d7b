"""The desk's pages: who gets in, what they show, what answering does."""

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Application, Membership, Role
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_application

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def post(chain):
    """The chair of the county."""
    return make_post(union=chain[2])


@pytest.fixture
def client(post):
    return officer_client(post)


@pytest.fixture
def application(chain):
    return make_application(union=chain[3], statement="我在这里上班。<b>急</b>")


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def test_a_visitor_is_asked_to_sign_in(client, application):
    visitor = type(client)()
    there = url("desk_application", application.number)
    answer = visitor.get(there)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_worker_finds_no_desk():
    assert signed_in(make_account()).get(url("desk")).status_code == 404


def test_an_officer_without_a_second_factor_is_led_to_one(post):
    answer = signed_in(post.account, two_factors=False).get(url("desk"))
    assert answer.url == f"{reverse('mfa_activate_totp')}?next=%2Fdesk%2F"
    fragment = signed_in(post.account, two_factors=False).get(url("desk"), **HTMX)
    assert fragment["HX-Redirect"].startswith(reverse("mfa_activate_totp"))


def test_a_second_factor_of_somebody_else_is_none(post):
    client = officer_client(make_post())
    client.force_login(post.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(url("desk")).status_code == 302


def test_losing_the_post_ends_access_on_the_next_request(chain, post, client, application):
    elsewhere = officer_client(post)
    there = url("desk_application", application.number)
    assert client.get(there).status_code == elsewhere.get(there).status_code == 200
    above = make_post(union=chain[1]).account
    services.end_post(by=above, post_id=post.pk, now=clock.now())
    for session in (client, elsewhere):
        assert session.get(there).status_code == 404
        answer = session.post(url("desk_decision", application.number), {"verdict": "admitted"})
        assert answer.status_code == 404
    application.refresh_from_db()
    assert application.is_open


def test_the_inbox_shows_what_waits_in_few_queries(client, application, django_assert_num_queries):
    for _ in range(3):
        make_application(union=application.union)
    client.get(url("desk"))
    with django_assert_num_queries(5):
        page = client.get(url("desk"))
    text = page.content.decode()
    assert application.person.name in text
    assert "个工作日" in text
    assert application.person.identity_number not in text


def test_filters_show_as_chips_that_come_off(client, application):
    text = client.get(url("desk"), {"late": "on", "kind": "join"}).content.decode()
    assert 'href="?kind=join"' in text
    assert 'href="?late=on"' in text
    assert "没有待办的申请" in text


def test_nonsense_in_the_address_is_no_error(client, application):
    for query in ({"kind": "x"}, {"union": "9" * 99}, {"late": "maybe"}):
        assert client.get(url("desk"), query).status_code == 200
    for query in ({"cursor": "x"}, {"union": "\x00"}):
        assert client.get(url("desk"), query).status_code == 422


def test_a_role_without_applications_is_led_to_the_tree(chain):
    client = officer_client(make_post(union=chain[0], role=Role.ANALYST))
    assert client.get(url("desk")).url == url("tree")


def test_the_application_masks_the_number_and_records_the_view_once(client, post, application):
    there = url("desk_application", application.number)
    text = client.get(there).content.decode()
    client.get(there)
    number = application.person.identity_number
    assert f"{number[:6]}********{number[-4:]}" in text
    assert number not in text
    assert "&lt;b&gt;急" in text
    (entry,) = AuditEntry.objects.filter(action="application.viewed")
    assert (entry.account_id, entry.person_id) == (post.account_id, application.person_id)


def test_every_way_to_see_an_application_is_recorded(client, chain, application):
    following, third = make_application(union=chain[3]), make_application(union=chain[3])
    admits = {"verdict": "admitted", "reason": ""}
    panel = client.post(url("desk_decision", application.number), admits, **HTMX)
    assert following.person.name in panel.content.decode()
    seen = AuditEntry.objects.filter(action="application.viewed")
    assert [entry.person_id for entry in seen] == [following.person_id]
    client.post(url("desk_decision", third.number), {"verdict": ""})
    assert seen.filter(person_id=third.person_id).count() == 1


def test_the_number_is_shown_for_a_stated_purpose_only(client, application):
    there = url("desk_identity", application.number)
    number = application.person.identity_number
    refused = client.post(there, {"purpose": "", "words": ""})
    assert refused.status_code == 422
    assert number not in refused.content.decode()
    shown = client.post(there, {"purpose": "application", "words": "与证件核对"})
    assert number in shown.content.decode()
    entry = AuditEntry.objects.get(action="identity_number.revealed")
    assert (entry.person_id, entry.purpose) == (
        application.person_id,
        "application: 与证件核对",
    )


def test_answering_admits_and_the_next_comes_up(client, application):
    following = make_application(union=application.union)
    answer = client.post(url("desk_decision", application.number), {"verdict": "admitted"})
    assert answer.url == url("desk_application", following.number)
    assert Membership.objects.get().person == application.person
    last = client.post(url("desk_decision", following.number), {"verdict": "admitted"})
    assert last.url == url("desk")


def test_answering_in_the_panel_swaps_the_next_in(client, application):
    following = make_application(union=application.union)
    there = url("desk_decision", application.number)
    answer = client.post(there, {"verdict": "admitted"}, **HTMX)
    assert answer["HX-Trigger"] == "inbox-changed"
    text = answer.content.decode()
    assert following.number in text
    assert "<html" not in text
    last = client.post(url("desk_decision", following.number), {"verdict": "admitted"}, **HTMX)
    assert "全部答复完了" in last.content.decode()


def test_a_refusal_without_a_reason_comes_back_beside_the_field(client, application):
    there = url("desk_decision", application.number)
    answer = client.post(there, {"verdict": "refused", "reason": "不行"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "不行</textarea>" in text
    assert "id_reason_error" in text
    assert Application.objects.get().is_open
    nothing = client.post(there, {})
    assert nothing.status_code == 422


def test_a_colleague_was_faster(client, post, application):
    client.get(url("desk_application", application.number))
    services.decide_application(
        by=post, application=application, verdict="admitted", now=clock.now()
    )
    answer = client.post(
        url("desk_decision", application.number),
        {"verdict": "refused", "reason": "材料不全，请补充劳动合同。"},
    )
    assert answer.status_code == 422
    assert "已经答复" in answer.content.decode() or "同事" in answer.content.decode()
    application.refresh_from_db()
    assert application.status == "admitted"


def test_answering_many_reports_what_could_not_be(client, post, application):
    others = [make_application(union=application.union) for _ in range(2)]
    foreign = make_application()
    services.decide_application(by=post, application=others[0], verdict="admitted", now=clock.now())
    numbers = [application.number, others[0].number, others[1].number, foreign.number]
    answer = client.post(
        url("desk_decisions"),
        {"numbers": numbers, "verdict": "refused", "reason": "请先向所在单位工会申请入会。"},
    )
    text = answer.content.decode()
    assert "已答复 2 件" in text
    assert others[0].number in text
    assert foreign.number in text
    assert "请先向所在单位工会" in text
    foreign.refresh_from_db()
    assert foreign.is_open


def test_answering_many_without_a_tick_or_a_verdict_keeps_what_was_typed(client, application):
    answer = client.post(url("desk_decisions"), {"reason": "同意大家入会"})
    assert answer.status_code == 422
    assert "同意大家入会</textarea>" in answer.content.decode()
    too_many = client.post(
        url("desk_decisions"),
        {"numbers": [str(n) for n in range(99)], "verdict": "admitted"},
    )
    assert too_many.status_code == 422
