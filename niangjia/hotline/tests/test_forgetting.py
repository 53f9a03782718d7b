"""What is said on the phone lies nowhere in the clear, and goes when its caller goes."""

import pytest

from niangjia.cases.tests import dumps
from niangjia.core import clock, personal_data, protection
from niangjia.core.crypto import keys
from niangjia.core.personal_data import Subject
from niangjia.core.tests.key_files import own_keys
from niangjia.hotline import services
from niangjia.hotline.models import Call, Topic
from niangjia.hotline.services import Caller, Intake, rotation, sealing
from niangjia.hotline.tests.factories import (
    fresh,
    make_agent,
    make_call,
    make_line,
    open_order,
    publish_items,
    take,
)
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer
from tests.database import own_name, owners_connection

PHONE = "13987654321"
NAME, MATTER, ANSWER = "金丝雀师傅", "金丝雀说工资没有发下来", "金丝雀可以申请仲裁"


@pytest.fixture
def chain():
    made = make_chain()
    publish_items()
    return made


def answered(agent, line):
    """A call that was answered on the spot, after a draft."""
    call = take(agent, make_call(line, caller=PHONE))
    services.save_draft(by=agent, call_id=call.pk, typed={"matter": [MATTER]})
    return services.answer_order(
        by=agent,
        call_id=call.pk,
        intake=Intake(topic_key="how-to-join"),
        caller=Caller(name=NAME, phone=PHONE),
        matter=MATTER,
        answer=ANSWER,
        now=clock.now(),
    ).order


@pytest.mark.django_db(transaction=True)
def test_no_table_and_no_log_has_a_word_of_it(chain, caplog):
    caplog.set_level("DEBUG")
    line, agent = make_line(chain[1]), make_agent(chain[1])
    accused = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    answered(agent, line)
    complaint = take(agent, make_call(line, caller=PHONE))
    services.save_draft(by=agent, call_id=complaint.pk, typed={"name": [NAME]})
    unknown = Caller(is_anonymous=True)
    open_order(agent, complaint, chain[2], topic="wages", accused=accused, caller=unknown)
    services.write_message(line=line, words=MATTER, phone=f"+86{PHONE}", now=clock.now())
    with owners_connection(own_name()) as owner:
        for canary in (PHONE, NAME, MATTER, ANSWER):
            assert dumps.tables_with(owner, canary) == set(), canary
        # The control: where somebody writes it down in the clear, it is found.
        Topic.objects.filter(key="aid").update(name=MATTER)
        assert dumps.tables_with(owner, MATTER) == {"hotline_topic"}
    for canary in (PHONE, NAME, MATTER, ANSWER):
        assert dumps.lines_with(caplog.records, canary) == [], canary


@pytest.mark.django_db
def test_whoever_leaves_takes_their_calls_along(chain):
    line, agent = make_line(chain[1]), make_agent(chain[1])
    person = make_person(account=make_account(phone=f"+86{PHONE}"))
    order = answered(agent, line)
    services.write_message(line=line, words=MATTER, account=person.account, now=clock.now())
    other = take(agent, make_call(line, caller="13911112222"))
    subject = Subject(person.account.pk, person.pk, f"+86{PHONE}")
    exported = {holding.model: len(rows) for holding, rows in personal_data.export(subject)}
    assert (exported["hotline.Call"], exported["hotline.WorkOrder"]) == (2, 1)
    personal_data.erase(subject)
    assert sealing.opened_json(fresh(order), "words") == {}
    with protection.working("test"):
        left = Call.objects.exclude(pk=other.pk)
        assert {(row.number, row.number_digest, row.note) for row in left} == {(None, None, None)}
    assert sealing.opened(fresh(other), "number") == "+8613911112222"


@pytest.mark.django_db
def test_keys_of_calls_and_orders_are_wrapped_anew(chain, tmp_path, monkeypatch):
    provider = own_keys(tmp_path / "keys.json")
    monkeypatch.setattr(keys, "provider", lambda: provider)
    line, agent = make_line(chain[1]), make_agent(chain[1])
    order = answered(agent, line)
    provider.rotate("envelope")
    assert rotation.rewrap_keys() == 2
    assert rotation.rewrap_keys() == 0
    assert sealing.opened_json(fresh(order), "words")["answer"] == ANSWER
