"""Promise 6: as often as an officer opens a seal, it is on record, with a purpose."""

import pytest
from django.db import connection

from niangjia.cases import services
from niangjia.cases.services import reading
from niangjia.cases.tests.factories import COMPLAINT, make_case, make_officer, publish
from niangjia.core import clock
from niangjia.core.crypto import RecordKey
from niangjia.core.models import AuditEntry
from niangjia.members.models import Role
from niangjia.members.selectors import current_posts
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer, Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

WHO = "SELECT core_viewer_account(), core_viewer_receipt() IS NULL AND core_viewer_work() IS NULL"
#: What is recorded for each kind of seal.
RECORDED = {"answers": "case.read", "emergency": "case.emergency_request_read"}


@pytest.fixture
def seals(monkeypatch):
    """Who opened which kind of seal, as the database knows them; the applicant and background work,
    which hands nothing out, excepted. Entries of a timeline are opened with the answers."""
    opened, unseal = [], RecordKey.unseal

    def counted(self, sealed, *, part):
        with connection.cursor() as cursor:
            cursor.execute(WHO)
            account, is_officer = cursor.fetchone()
        if is_officer:
            opened.append((account, part.partition(":")[0]))
        return unseal(self, sealed, part=part)

    monkeypatch.setattr(RecordKey, "unseal", counted)
    return opened


def recorded(action):
    """Who did `action`, as often as it is on record with a purpose."""
    entries = AuditEntry.objects.filter(action=action).exclude(purpose="")
    return sorted(map(str, entries.values_list("account_id", flat=True)))


@pytest.fixture
def desk():
    """Officers of a day: they list, open, write, err, finish, look from above, ask and decide."""
    chain = make_chain()
    publish(COMPLAINT)
    employer = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    account = make_person().account
    case = make_case(union=chain[3], account=account, document=COMPLAINT, accused=employer)
    handler, above = make_officer(chain[3]), make_officer(chain[1])
    asker = make_officer(
        make_union("邻县总工会", parent=chain[1], kind=Kind.FEDERATION), Role.CASE_OFFICER
    )

    def day():
        browser, address = officer_client(handler), f"/desk/cases/{case.number}/"
        browser.get("/desk/cases/")
        browser.get(address)
        browser.post(f"{address}notes/", {"words": "已电话联系当事人", "to_applicant": "on"})
        browser.post(f"{address}notes/", {"words": ""})
        browser.post(f"{address}steps/", {"step": "look", "outcome": "refused", "words": "短"})
        upper = officer_client(above)
        upper.get(address)
        upper.post(address, {"purpose": "service", "words": "督办"})
        signed_in(account).get(f"/mine/cases/{case.number}/")
        now = clock.now()
        grant = services.ask_emergency_access(
            by=asker.account, number=case.number, reason="当事人可能有危险，需马上核对", now=now
        )
        services.requests_to_decide(by=above.account, posts=current_posts(above.account), now=now)
        services.decide_emergency_access(by=above.account, grant_id=grant.pk, granted=True, now=now)
        officer_client(asker).get(address)
        browser.post(f"{address}steps/", {"step": "look", "outcome": "settled"})
        services.sweep(now=now)

    return day


def opened_as(seals, part):
    return sorted(str(account) for account, kind in seals if kind == part)


def test_seals_that_officers_open_and_entries_that_say_so_are_as_many(desk, seals):
    desk()
    assert len(opened_as(seals, "answers")) >= 5
    assert len(set(opened_as(seals, "answers"))) == 3
    for part, action in RECORDED.items():
        assert opened_as(seals, part) == recorded(action)
    assert {kind for _account, kind in seals} <= {*RECORDED, "entry"}


def test_control_a_reading_that_is_not_recorded_is_missed(desk, seals, monkeypatch):
    monkeypatch.setattr(reading.audit, "record", lambda **_fields: None)
    with pytest.raises(AssertionError):
        test_seals_that_officers_open_and_entries_that_say_so_are_as_many(desk, seals)
