"""会籍变更: particulars put right, by page and API. Before and after, told, written down."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import translation

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Membership, Notice, Person, Role
from niangjia.members.rules import particulars
from niangjia.members.rules.notices import worded
from niangjia.members.selectors.views_of_data import list_views_of_data
from niangjia.members.services import personal_data
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import MONDAY, make_chain, make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "换了车间，按本人提交的证明更正。"
PURPOSE = {"purpose": "correction", "words": "更正会籍信息"}
JSON = "application/json"


@pytest.fixture
def post():
    """The membership officer of a county."""
    return make_post(union=make_chain()[2], role=Role.MEMBERSHIP_OFFICER)


@pytest.fixture
def membership(post):
    return make_membership(union=post.union.children.get())


@pytest.fixture
def client(post, membership):
    """The officer, who has said what they need this member for."""
    browser = officer_client(post)
    browser.post(reverse("members:desk_member", args=[membership.number]), PURPOSE)
    return browser


def url(membership, name="desk_member_correction"):
    return reverse(f"members:{name}", args=[membership.number])


def typed(client, membership, **changes):
    """The form as it comes, with some fields typed anew."""
    form = client.get(url(membership)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None} | {
        "reason": REASON,
        **changes,
    }


def correct(post, membership, reason=REASON, **values):
    return services.correct_membership(
        by=post, membership=membership, particulars=values, reason=reason, now=MONDAY
    )


# The service


def test_before_and_after_stay_in_the_history_and_only_the_fields_in_the_audit(post, membership):
    changed = correct(post, membership, job=" 质检员 ", education="college")
    assert changed == {
        "job": {"before": "缝纫工", "after": "质检员"},
        "education": {"before": "", "after": "college"},
    }
    membership.refresh_from_db()
    person = Person.objects.get(pk=membership.person_id)
    assert (membership.job, person.education) == ("质检员", "college")
    step = membership.changes.order_by("id").last()
    assert (step.kind, step.reason, step.particulars) == ("corrected", REASON, changed)
    entry = AuditEntry.objects.get(action="membership.corrected")
    assert entry.details == {"particulars": ["education", "job"]}
    assert (entry.account_id, entry.person_id) == (post.account_id, person.pk)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "小商品城工会变更了你的岗位、学历："),
        ("en", "小商品城工会 changed Job, Education:"),
    ],
)
def test_the_member_is_told_what_and_why_in_their_language(post, membership, language, said):
    correct(post, membership, job="质检员", education="college")
    notice = Notice.objects.get(kind="membership.corrected")
    assert notice.account == membership.person.account
    with translation.override(language):
        assert said in worded(notice).text
        assert REASON in worded(notice).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "<b>王</b>"),
        ("name", ""),
        ("admitted_date", dt.date(2999, 1, 1)),
        ("admitted_date", dt.date(1975, 1, 1)),
        ("education", "doctor of everything"),
        ("skill_level", "x"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(post, field, value):
    membership = make_membership(
        union=post.union, person=make_person(verified=False, name="王淑芬")
    )
    with pytest.raises(Invalid) as refused:
        correct(post, membership, **{field: value})
    assert set(refused.value.fields) == {field}
    assert membership.changes.count() == 1


def test_a_name_the_check_has_confirmed_is_the_members_own(post, membership):
    with pytest.raises(Invalid) as refused:
        correct(post, membership, name="王晓明")
    assert set(refused.value.fields) == {"name"}
    with pytest.raises(Conflict):
        correct(post, membership, name=membership.person.name)
    on_paper = make_membership(union=post.union, person=make_person(verified=False, name="王小朋"))
    correct(post, on_paper, name="王小明")
    assert Person.objects.get(pk=on_paper.person_id).name == "王小明"


def test_the_same_again_is_no_correction(post, membership):
    correct(post, membership, job="质检员")
    with pytest.raises(Conflict) as refused:
        correct(post, membership, job="质检员 ")
    assert refused.value.code == "nothing-changed"
    assert membership.changes.filter(kind="corrected").count() == 1


def test_somebody_elses_change_in_between_is_not_written_over(post, membership):
    seen = membership.changes.get().pk
    correct(post, membership, job="质检员")
    arguments = {"by": post, "membership": membership, "reason": REASON, "now": MONDAY}
    with pytest.raises(Conflict) as refused:
        services.correct_membership(particulars={"job": "裁剪工"}, seen=seen, **arguments)
    assert refused.value.code == "membership-changed"
    membership.refresh_from_db()
    assert membership.job == "质检员"


def test_a_reason_a_living_membership_and_a_post_within_reach_are_needed(post, membership):
    with pytest.raises(Invalid):
        correct(post, membership, reason="错了", job="质检员")
    for other in (make_post(union=make_union()), make_post(union=post.union, role=Role.ANALYST)):
        with pytest.raises(NotFound):
            correct(other, membership, job="质检员")
    services.end_membership(by=post, membership=membership, reason=REASON, now=MONDAY)
    with pytest.raises(Conflict) as refused:
        correct(post, membership, job="质检员")
    assert refused.value.code == "membership-ended"


def test_erasing_takes_what_stood_there_too(post, membership, settings, tmp_path):
    settings.HOME = tmp_path
    correct(post, membership, job="金丝雀饲养员")
    services.delete_account(account=membership.person.account, now=clock.now())
    assert not any(step.particulars for step in membership.changes.all())


def test_in_words_dates_and_choices_read_as_on_the_form():
    changed = {
        "skill_level": {"before": "", "after": "technician"},
        "admitted_date": {"before": "2011-01-01", "after": "2012-05-01"},
    }
    lines = particulars.in_words(changed)
    assert [(line.label, line.before, line.after) for line in lines] == [
        ("入会日期", "2011-01-01", "2012-05-01"),
        ("技能等级", "", "技师（二级）"),
    ]


# The page


def test_from_look_up_to_the_corrected_register(post, membership, client):
    assert url(membership) in client.get(url(membership, "desk_member")).content.decode()
    data = typed(client, membership, job="质检员", employer_name="义乌新厂")
    looked = client.post(url(membership), data | {"step": "look"}).content.decode()
    assert "变更前" in looked
    assert "缝纫工" in looked
    assert "质检员" in looked
    membership.refresh_from_db()
    assert membership.job == "缝纫工"
    again = client.post(url(membership), data | {"step": "type"}).content.decode()
    assert 'value="质检员"' in again
    answer = client.post(url(membership), data | {"step": "confirm"})
    assert answer.url == url(membership, "desk_member")
    page = client.get(answer.url).content.decode()
    assert "岗位：缝纫工 → 质检员" in page
    assert "会籍信息已变更" in page


def test_the_member_sees_before_and_after_and_who_looked(post, membership, client, rf):
    data = typed(client, membership, job="质检员")
    client.post(url(membership), data | {"step": "confirm"})
    own = officer_client(make_post(account=membership.person.account, union=make_union()))
    page = own.get(reverse("members:membership")).content.decode()
    assert "岗位：缝纫工 → 质检员" in page
    assert REASON in page
    shown = own.get("/api/v1/memberships/me").json()["changes"][0]
    assert shown["particulars"] == {"job": {"before": "缝纫工", "after": "质检员"}}
    views = list_views_of_data(membership.person.account).filter(action="member.viewed")
    assert [view.purpose for view in views] == ["correction: 更正会籍信息"]


def test_without_a_purpose_nothing_is_shown_or_changed(post, membership):
    browser = officer_client(post)
    for answer in (
        browser.get(url(membership)),
        browser.post(url(membership), {"step": "confirm", "job": "质检员", "reason": REASON}),
    ):
        assert membership.person.name not in answer.content.decode()
    membership.refresh_from_db()
    assert membership.job == "缝纫工"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("admitted_date", "2999-01-01"),
        ("admitted_date", "gestern"),
        ("reason", "错了"),
        ("reason", "字" * 501),
        ("job", "字" * 61),
        ("employer_name", "\x00"),
        ("education", "x"),
    ],
)
@pytest.mark.parametrize("step", ["look", "confirm"])
def test_what_is_wrong_is_said_beside_its_field(membership, client, field, value, step):
    data = typed(client, membership, skill_level="technician", **{field: value})
    answer = client.post(url(membership), data | {"step": step})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"id_{field}_error" in text
    assert '<option value="technician" selected>' in text
    assert membership.changes.count() == 1


def test_pressed_twice_it_is_corrected_once(membership, client):
    data = typed(client, membership, job="质检员") | {"step": "confirm"}
    assert client.post(url(membership), data).status_code == 302
    again = client.post(url(membership), data)
    assert again.status_code == 422
    assert membership.changes.filter(kind="corrected").count() == 1


def test_two_officers_at_once_the_second_looks_again(post, membership, client):
    data = typed(client, membership, job="质检员")
    correct(post, membership, job="裁剪工")
    refused = client.post(url(membership), data | {"step": "confirm"})
    assert refused.status_code == 422
    assert "会籍刚刚有变动" in refused.content.decode()
    form = refused.context["form"]
    anew = data | {"seen": form["seen"].value(), "step": "look"}
    assert "裁剪工" in client.post(url(membership), anew).content.decode()
    assert client.post(url(membership), anew | {"step": "confirm"}).status_code == 302


def test_a_confirmed_name_cannot_be_typed_over(membership, client):
    data = typed(client, membership, name="别人", job="质检员", step="confirm")
    assert client.post(url(membership), data).status_code == 302
    assert Person.objects.get(pk=membership.person_id).name == membership.person.name


def test_an_ended_membership_is_not_corrected(post, membership, client):
    services.end_membership(by=post, membership=membership, reason=REASON, now=clock.now())
    assert client.get(url(membership)).url == url(membership, "desk_member")


def test_the_form_counts_as_a_look_up(membership, client, monkeypatch):
    monkeypatch.setattr(personal_data, "LIMITS", (personal_data.Limit(1, dt.timedelta(hours=1)),))
    assert membership.person.name in client.get(url(membership)).content.decode()
    refused = client.get(url(membership))
    assert refused.status_code == 422
    assert membership.person.name not in refused.content.decode()


def test_the_form_costs_the_same_however_long_the_history(
    post, membership, client, django_assert_num_queries
):
    for number in range(3):
        correct(post, membership, job=f"第{number}组")
    client.get(url(membership))
    with django_assert_num_queries(11):
        client.get(url(membership))


# The API


def there(membership, change):
    return f"/api/v1/desk/members/{membership.number}/{change}"


def test_the_api_corrects_what_is_given(post, membership, client):
    body = PURPOSE | {"reason": REASON, "particulars": {"job": "质检员"}}
    answer = client.post(there(membership, "correction"), json.dumps(body), JSON)
    assert answer.json() == {
        "number": membership.number,
        "particulars": {"job": {"before": "缝纫工", "after": "质检员"}},
    }
    again = client.post(there(membership, "correction"), json.dumps(body), JSON)
    assert (again.status_code, again.json()["code"]) == (409, "nothing-changed")
    wrong = body | {"particulars": {"admitted_date": "2999-01-01"}}
    refused = client.post(there(membership, "correction"), json.dumps(wrong), JSON)
    assert refused.status_code == 422
    assert "admitted_date" in refused.content.decode()
    unstated = client.post(there(membership, "correction"), body | {"words": ""}, JSON)
    assert unstated.status_code == 422


def test_the_api_reserves_restores_and_ends(membership, client):
    body = PURPOSE | {"reason": REASON}
    for change, status in (
        ("reservation", "reserved"),
        ("restoration", "admitted"),
        ("end", "ended"),
    ):
        answer = client.post(there(membership, change), body, JSON)
        assert answer.json()["status"] == status
        assert Membership.objects.get(pk=membership.pk).status == status
    assert client.post(there(membership, "end"), body, JSON).status_code == 409
    views = list_views_of_data(membership.person.account).filter(action="member.viewed")
    assert views.count() == 4
    foreign = make_membership(union=make_union())
    assert client.post(there(foreign, "end"), body, JSON).status_code == 404
