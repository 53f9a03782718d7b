"""补录 at the desk: entering members of the paper register, by page and API."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.errors import Conflict, Throttled
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Membership, Person, Role
from niangjia.members.selectors.views_of_data import list_views_of_data
from niangjia.members.services import personal_data
from niangjia.members.tests.factories.accounts import make_answers, make_identity_number
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_applicant, make_membership
from niangjia.organisations import selectors as organisations
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
PAGE = reverse("members:paper_member")
API = "/api/v1/desk/paper-members"


@pytest.fixture
def client(chain):
    """A membership officer of the county."""
    return officer_client(make_post(union=chain[2], role=Role.MEMBERSHIP_OFFICER))


def typed(at, **changes):
    return {
        "union": at.number,
        "name": "王淑芬",
        "document_type": "resident_id",
        "identity_number": make_identity_number(born=dt.date(1980, 2, 3)),
        "admitted_date": "2012-05-01",
        "phone": "138 0000 7777",
        "employer_name": "义乌某某服饰有限公司",
        "job": "缝纫工",
        **changes,
    }


def test_entering_keeps_the_day_counts_and_is_written_down(chain, client):
    answer = client.post(PAGE, typed(chain[3]))
    assert answer.url == f"{PAGE}?union={chain[3].number}"
    membership = Membership.objects.get()
    assert (membership.union, membership.admitted_date) == (chain[3], dt.date(2012, 5, 1))
    assert membership.person.phone == "+8613800007777"
    assert membership.changes.get().kind == "registered"
    assert organisations.figures(chain[2])["members"] == 1
    assert AuditEntry.objects.get(action="membership.registered").person_id == membership.person_id
    assert membership.spaced_number in client.get(answer.url).content.decode()


def test_the_union_may_be_named_and_must_lie_within_reach(chain, client):
    assert client.post(PAGE, typed(chain[3], union=chain[3].name)).status_code == 302
    foreign = make_union("隔壁工会")
    for union in (foreign.number, foreign.name, "没有的工会"):
        answer = client.post(PAGE, typed(chain[3], union=union))
        assert answer.status_code == 422
        assert "id_union_error" in answer.content.decode()
    make_union(chain[3].name, parent=make_union(parent=chain[2], kind="joint"), kind="group")
    assert client.post(PAGE, typed(chain[3], union=chain[3].name)).status_code == 422
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("admitted_date", "2999-01-01"),
        ("admitted_date", "1990-01-01"),
        ("admitted_date", ""),
        ("identity_number", "123"),
        ("name", "<b>"),
        ("phone", "12345"),
        ("document_type", "x"),
        ("union", "\x00"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(chain, client, field, value):
    answer = client.post(PAGE, typed(chain[3], **{field: value}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"id_{field}_error" in text
    assert "义乌某某服饰有限公司" in text
    assert not Membership.objects.exists()


def test_a_member_elsewhere_is_not_taken_but_shown_the_way(chain, client):
    person = make_membership(union=make_union()).person
    same = {"name": person.name, "identity_number": person.identity_number}
    answer = client.post(PAGE, typed(chain[3], **same))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "另一家工会的会员" in text
    assert reverse("members:join", args=[chain[3].number]) in text
    assert Membership.objects.get().union != chain[3]


def test_a_member_of_this_union_is_said_to_be_one(chain, client):
    data = typed(chain[3])
    client.post(PAGE, data)
    text = client.post(PAGE, data).content.decode()
    assert "已经在本工会的名册里" in text
    assert reverse("members:join", args=[chain[3].number]) not in text
    assert Membership.objects.count() == 1


def attempt(post, union, person):
    answers = make_answers(name=person.name, identity_number=person.identity_number)
    return services.register_paper_member(
        by=post, union=union, answers=answers, admitted_date=dt.date(2015, 5, 1), now=clock.now()
    )


def test_trying_numbers_is_seen_by_whose_they_are_and_stopped(chain, monkeypatch):
    """Promises 6 and 8: a refusal that says "a member already" is a look-up."""
    monkeypatch.setattr(personal_data, "LIMITS", (personal_data.Limit(2, dt.timedelta(hours=1)),))
    post = make_post(union=chain[3], role=Role.MEMBERSHIP_OFFICER)
    account = make_applicant()
    make_membership(union=make_union(), person=account.person)
    for _ in range(2):
        with pytest.raises(Conflict):
            attempt(post, chain[3], account.person)
    views = list_views_of_data(account)
    assert {view.account_id for view in views} == {post.account_id}
    assert views.count() == 2
    with pytest.raises(Throttled):
        attempt(post, chain[3], account.person)


def test_a_phone_from_paper_never_overwrites_their_own(chain, client):
    person = make_applicant().person
    own = Person.objects.get(pk=person.pk).phone
    same = {"name": person.name, "identity_number": person.identity_number}
    assert client.post(PAGE, typed(chain[3], **same)).status_code == 302
    assert Person.objects.get(pk=person.pk).phone == own


def test_the_form_begins_with_ones_own_union(chain, client):
    own = officer_client(make_post(union=chain[3])).get(PAGE)
    assert own.context["form"]["union"].value() == chain[3].name
    assert f'value="{chain[3].number}" checked' in own.content.decode()
    assert client.get(PAGE).context["form"]["union"].value() == ""
    named = client.get(PAGE, {"union": chain[3].number})
    assert f'value="{chain[3].number}" checked' in named.content.decode()
    for nonsense in (make_union().number, "x"):
        assert client.get(PAGE, {"union": nonsense}).context["form"]["union"].value() == ""
    assert officer_client(make_post(role=Role.ANALYST)).get(PAGE).status_code == 404


def test_the_api_enters_and_refuses_alike(chain, client):
    body = {"name": "王淑芬", "identity_number": make_identity_number(), "union": chain[3].number}
    body |= {"admitted_date": "2012-05-01"}
    entered = client.post(API, body, "application/json")
    assert entered.json()["admitted_date"] == "2012-05-01"
    again = client.post(API, body, "application/json")
    assert (again.status_code, again.json()["code"]) == (409, "member-here")
    foreign = client.post(API, body | {"union": make_union().number}, "application/json")
    assert foreign.status_code == 404
    wrong = client.post(API, body | {"admitted_date": "2999-01-01"}, "application/json")
    assert wrong.status_code == 422
