"""Finding cases: by words, person, employer, service, place, officer, state and time."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import State
from niangjia.cases.selectors.search import PAGE, Sought, Whom, search
from niangjia.cases.services import Asking, Matter
from niangjia.cases.services.searching import search_cases
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    make_case,
    make_officer,
    publish,
)
from niangjia.core import clock, protection
from niangjia.core.crypto import RecordKey
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.models import AuditEntry
from niangjia.members.models import Person, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
MATTER = "包工头拖欠工资三个月，ＷｅＣｈａｔ记录都在"


@pytest.fixture
def post(chain):
    """The county's chair, who reaches all below."""
    return make_officer(chain[2])


def looked_for(post, **sought):
    with protection.viewing(account=post.account_id):
        return search([post], Sought(**sought), account=post.account)


def found(post, **sought):
    return [case.number for case in looked_for(post, **sought).items]


def asked_for(post, by, text, **named):
    return search_cases(
        by=post.account,
        posts=[post],
        sought=Sought(whom=Whom(by, text)),
        now=clock.now(),
        **{"purpose": "service: 来电询问进度", **named},
    )


def test_words_are_found_where_they_stand_side_by_side(chain, post):
    one = make_case(union=chain[3], reason=MATTER)
    two = make_case(union=chain[3], reason="孩子上学，工资不够")
    assert found(post, words="工资") == [two.number, one.number]
    for words in ("拖欠工资", "拖欠 工资", "wechat", "WeChat记录"):
        assert found(post, words=words) == [one.number], words
    for words in ("欠拖", "仲裁", "chat", "工资 仲裁"):
        assert found(post, words=words) == [], words
    with pytest.raises(Invalid) as refused:
        found(post, words="工")
    assert "words" in refused.value.fields


def test_what_an_item_keeps_from_being_searched_is_not(chain, post):
    form = {**AID["form"], "ui": {"fields": {"reason": {"searched": False}}}}
    publish(AID, form=form)
    make_case(union=chain[3], reason=MATTER)
    assert found(post, words="工资") == []


def test_everything_narrows_together(chain, post):
    employer = Employer.objects.create(name="甲公司", division=chain[3].division)
    aid = make_case(union=chain[3], reason=MATTER)
    complaint = make_case(
        union=chain[3], document=COMPLAINT, accused=employer, matter="老板拖欠工资不给"
    )
    own = make_case(union=chain[2], reason="妻子住院，工资不够")
    services.assign_case(by=post, case_id=aid.pk, to=post.account, now=clock.now())
    assert found(post, words="工资") == [own.number, complaint.number, aid.number]
    assert found(post, words="工资", item=aid.item_id) == [own.number, aid.number]
    assert found(post, employers=frozenset([employer.pk])) == [complaint.number]
    assert found(post, officer=post.account_id) == [aid.number]
    assert found(post, officer=post.account_id, words="住院") == []
    assert found(post, place=chain[2].path) == [own.number]
    assert found(post, states=(State.CLOSED,)) == []
    assert len(found(post, since=clock.now() - dt.timedelta(minutes=5))) == 3
    assert found(post, until=clock.now() - dt.timedelta(minutes=5)) == []
    assert found(make_officer(chain[3], Role.CASE_OFFICER), words="住院") == []


def test_pages_go_on_and_the_count_is_exact_up_to_its_limit(chain, post, monkeypatch):
    numbers = [make_case(union=chain[3], reason=MATTER).number for _n in range(PAGE + 2)][::-1]
    first = looked_for(post, words="拖欠")
    assert [case.number for case in first.items] == numbers[:PAGE]
    assert str(first.count) == str(PAGE + 2)
    with protection.viewing(account=post.account_id):
        second = search([post], Sought(words="拖欠"), account=post.account, cursor=first.next)
    assert [case.number for case in second.items] == numbers[PAGE:]
    assert second.next is None
    monkeypatch.setattr("niangjia.cases.selectors.search.COUNT_LIMIT", PAGE + 1)
    assert str(looked_for(post, words="拖欠").count) == f"{PAGE + 1}+"
    with pytest.raises(Invalid):
        search([post], Sought(), account=post.account, cursor="made-up")


def test_a_person_is_found_by_name_number_and_phone_for_a_purpose_on_record(chain, post):
    person = make_person()
    account = person.account
    case = services.open_case(
        matter=Matter("test-aid", chain[3], {"reason": MATTER}),
        asking=Asking(account, person, name=person.name, phone=account.phone),
        now=clock.now(),
    ).case
    caller = services.open_case(
        matter=Matter("test-aid", chain[3], {"reason": MATTER}),
        asking=Asking(name="欧阳来电", phone="+8613700007777"),
        now=clock.now(),
    ).case
    number = Person.objects.get(pk=person.pk).identity_number
    for by, text in (("name", person.name), ("identity_number", number)):
        assert [each.number for each in asked_for(post, by, text).items] == [case.number]
    assert [each.number for each in asked_for(post, "phone", "137 0000 7777").items] == [
        caller.number
    ]
    assert [each.number for each in asked_for(post, "name", "欧阳来电").items] == [caller.number]
    assert asked_for(post, "name", "欧阳").items == []
    on_record = AuditEntry.objects.filter(action="case.searched", person_id=person.pk)
    assert {entry.purpose for entry in on_record} == {"service: 来电询问进度"}
    assert AuditEntry.objects.filter(action="look_up.made").count() == 5
    with pytest.raises(Invalid) as refused:
        asked_for(post, "name", person.name, purpose="")
    assert refused.value.code == "no-purpose"
    with pytest.raises(NotFound):
        asked_for(make_officer(chain[2], Role.ANALYST), "name", person.name)


def test_a_case_is_found_where_it_has_gone(chain, post):
    case = make_case(union=chain[3], reason=MATTER)
    below, beside = (
        make_officer(chain[3]),
        make_officer(make_union("邻近县总工会", parent=chain[1])),
    )
    assert found(below, words="拖欠") == [case.number]
    assert found(beside, words="拖欠") == []
    end_step(case, below, "check", "passed")
    assert found(post, words="拖欠", place=chain[2].path) == [case.number]
    assert found(below, words="拖欠") == [case.number]


def test_a_search_opens_no_seal(chain, post, monkeypatch):
    case = make_case(union=chain[3], reason=MATTER)
    monkeypatch.setattr(RecordKey, "unseal", lambda *_: pytest.fail("a seal was opened"))
    assert found(post, words="拖欠") == [case.number]
    assert asked_for(post, "phone", "13700007777").items == []
