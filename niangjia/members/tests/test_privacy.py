"""Export reaches every table, erasure leaves no trace, and a restore forgets again."""

import datetime as dt
import io
import json
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils import translation
from stdnum.cn import ric

from niangjia.core import clock, errors, personal_data
from niangjia.core.models import AuditEntry
from niangjia.core.personal_data import Subject
from niangjia.members import services
from niangjia.members.clients import sms
from niangjia.members.models import (
    Account,
    Application,
    Attempt,
    Membership,
    MembershipStatus,
    Notice,
    OneTimeCode,
    Person,
    Post,
    Purpose,
)
from niangjia.members.rules import export_labels
from niangjia.members.services import erasure
from niangjia.members.services.holdings import purge_old_tries
from niangjia.members.tasks import purge
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.desk import make_post, make_union
from niangjia.members.tests.factories.joining import make_application

pytestmark = pytest.mark.django_db

CANARIES = {
    "name": "金丝雀·探路",
    "phone": "+8615477778888",
    "identity_number": "330782198805060011",
    "employer": "金丝雀货运公司",
    "statement": "金丝雀的一段话",
}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.DEMO = True


# The registry


def personal_models():
    """Every table that leads to an account or a person, however far."""
    reached = {Account, Person}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            if any(
                isinstance(field, models.ForeignKey) and field.related_model in reached
                for field in model._meta.concrete_fields
            )
            or any(
                field.name.endswith(("account_id", "person_id"))
                for field in model._meta.concrete_fields
            )
        }
        if more <= reached:
            return reached
        reached |= more


def columns(model):
    return {field.attname for field in model._meta.concrete_fields}


def test_every_table_that_leads_to_a_person_is_registered():
    registered = {holding.table for holding in personal_data.holdings}
    assert personal_models() - registered == set()


def test_the_walk_finds_what_is_not_registered():
    """The control: without one registration the test above would fail."""
    registered = {h.table for h in personal_data.holdings if h.model != "members.Notice"}
    assert personal_models() - registered == {Notice}


@pytest.mark.parametrize("holding", personal_data.holdings, ids=lambda h: f"{h.model}:{h.link}")
def test_every_column_is_exported_or_withheld_with_a_reason(holding):
    said = set(holding.exported) | set(holding.withheld) | {"id", holding.link}
    assert columns(holding.table) - said == set()
    assert all(holding.withheld.values())
    assert set(holding.erased) <= columns(holding.table)
    assert holding.deleted or holding.kept


# A life, and its end


def make_life():
    """Somebody who left a trace in every way the room knows."""
    account = make_account(phone=CANARIES["phone"], password="金丝雀的密码是长的")
    person = make_person(
        account=account,
        name=CANARIES["name"],
        identity_number=identity_number(),
        education=CANARIES["statement"][:20],
    )
    union = make_union()
    services.give_consent(account=account, purpose=Purpose.NOTICES, now=clock.now())
    Application.objects.create(
        number="8000000000000001",
        account=account,
        person=person,
        union=union,
        handled_by=union,
        status="refused",
        employer_name=CANARIES["employer"],
        job="司机",
        statement=CANARIES["statement"],
        created_at=clock.now(),
        submitted_at=clock.now(),
        due_at=clock.now(),
        decided_at=clock.now(),
        decided_by_account_id=account.id,
        reason="资料不全",
    )
    Membership.objects.create(
        number="9000000000000001",
        person=person,
        union=union,
        status=MembershipStatus.ADMITTED,
        employer_name=CANARIES["employer"],
        admitted_date=dt.date(2026, 1, 1),
    )
    Notice.objects.create(
        account=account, kind="x", facts={"name": CANARIES["name"]}, created_at=clock.now()
    )
    browser = Client()
    browser.post("/account/login/password/", {"phone": account.phone, "password": "错的"})
    browser.post("/account/login/", {"phone": account.phone})
    code = sms.shown_codes(account.phone)[0].code
    browser.post("/account/login/code/confirm/", {"code": code})
    Authenticator.objects.create(user=account, type="totp", data={"secret": "金丝雀"})
    account.refresh_from_db()
    return account, browser


def identity_number():
    body = CANARIES["identity_number"][:17]
    return body + ric.calc_check_digit(body + "0")


def dump():
    """Every row of every table as text, encrypted columns decrypted: the strictest reader."""
    rows = [
        " ".join(str(getattr(row, field.attname)) for field in model._meta.concrete_fields)
        for model in apps.get_models(include_auto_created=True)
        for row in model._default_manager.all()
    ]
    # The demonstration's page of codes is not part of a node that has people in it.
    cached = "SELECT cache_key || value FROM shared_cache WHERE cache_key NOT LIKE '%shown-codes'"
    with connection.cursor() as cursor:
        cursor.execute(cached)
        rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def traces():
    found = dump()
    marks = [*CANARIES.values(), identity_number(), CANARIES["phone"][3:], "金丝雀"]
    return [mark for mark in marks if mark in found]


def test_before_erasure_the_scan_sees_the_identity_everywhere():
    """The control: a scan that sees nothing proves nothing."""
    make_life()
    assert CANARIES["name"] in traces()
    assert CANARIES["phone"] in traces()
    assert identity_number() in traces()


def test_erasure_leaves_no_identity_in_any_table():
    account, _browser = make_life()
    services.delete_account(account=account, now=clock.now())
    assert traces() == []


def test_the_words_of_a_refusal_may_name_somebody_and_go_too():
    refused = make_application()
    reason = f"{CANARIES['name']}，你的单位已有工会，请向单位工会申请。"
    services.decide_application(
        by=make_post(union=refused.union),
        application=refused,
        verdict="refused",
        reason=reason,
        now=clock.now(),
    )
    services.delete_account(account=refused.account, now=clock.now())
    refused.refresh_from_db()
    assert (refused.status, refused.reason) == ("refused", "—")


def test_after_erasure_the_open_session_is_nobodys():
    account, browser = make_life()
    assert browser.get("/mine/account/").status_code == 200
    services.delete_account(account=account, now=clock.now())
    assert browser.get("/mine/account/").status_code == 302


def test_erasure_ends_the_membership_but_keeps_its_history():
    account, _browser = make_life()
    services.delete_account(account=account, now=clock.now())
    membership = Membership.objects.get()
    assert membership.status == MembershipStatus.ENDED
    assert membership.admitted_date == dt.date(2026, 1, 1)
    assert membership.person.name == ""


def test_the_number_and_the_document_are_free_again():
    account, _browser = make_life()
    services.delete_account(account=account, now=clock.now())
    again = services.create_account(phone=CANARIES["phone"], now=clock.now())
    person = make_person(account=again, name=CANARIES["name"], identity_number=identity_number())
    assert person.id != account.person_id


def test_who_holds_a_post_hands_it_over_first():
    post = make_post()
    with pytest.raises(errors.Conflict) as refusal:
        services.delete_account(account=post.account, now=clock.now())
    assert refusal.value.code == "holds-post"
    post.account.refresh_from_db()
    assert post.account.closed_at is None


def test_erasing_twice_is_erasing_once():
    account = make_person().account
    services.delete_account(account=account, now=clock.now())
    services.delete_account(account=account, now=clock.now())
    assert AuditEntry.objects.filter(action="account.erased").count() == 1
    assert len(erasure.log_file().read_text().splitlines()) == 1


def test_the_log_outside_the_database_holds_ids_only():
    account, _browser = make_life()
    services.delete_account(account=account, now=clock.now())
    text = erasure.log_file().read_text()
    assert str(account.id) in text
    assert not [mark for mark in CANARIES.values() if mark in text]
    assert erasure.log_file().stat().st_mode & 0o077 == 0


def test_a_restored_backup_forgets_again():
    """The log names somebody whom the database, as after a restore, knows in full."""
    account, _browser = make_life()
    make_post(account=account, union=Membership.objects.get().union)
    erasure.remember(account.id, account.person_id, now=clock.now())
    assert services.replay_erasures(now=clock.now()) == 1
    assert traces() == []
    assert not Post.objects.filter(account=account, ended_at__isnull=True).exists()
    assert services.replay_erasures(now=clock.now()) == 0


def test_without_a_log_there_is_nothing_to_replay():
    assert services.replay_erasures(now=clock.now()) == 0


# Export


def export_of(account, language="zh-hans"):
    archive = zipfile.ZipFile(
        io.BytesIO(services.export_account(account=account, language=language))
    )
    return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def test_the_export_holds_everything_one_gave():
    account, _browser = make_life()
    data, page = export_of(account)
    text = json.dumps(data, ensure_ascii=False)
    for mark in (CANARIES["name"], CANARIES["phone"], identity_number(), CANARIES["employer"]):
        assert mark in text
        assert mark in page


def test_the_export_holds_no_secret_and_nobody_else():
    account, _browser = make_life()
    other = make_person(name="别人家")
    data, page = export_of(account)
    text = json.dumps(data, ensure_ascii=False) + page
    assert "别人家" not in text
    assert str(other.account.id) not in text
    assert account.password not in text
    assert account.phone_digest.hex() not in text


def test_what_people_typed_cannot_become_markup_in_the_export():
    account = make_account()
    make_person(account=account, education="<script>x</script>"[:20])
    assert "<script>" not in export_of(account)[1]


def test_an_account_without_a_person_can_be_exported_and_erased():
    account = make_account()
    assert account.phone in json.dumps(export_of(account)[0])
    services.delete_account(account=account, now=clock.now())
    assert Subject(account.id, None)
    assert settings.HOME


def test_every_exported_column_has_words_in_both_languages():
    named = {column for holding in personal_data.holdings for column in holding.exported}
    assert named - set(export_labels.LABELS) == set()
    with translation.override("zh-hans"):
        assert [c for c in named if export_labels.label(c).isascii()] == []


def test_the_export_speaks_the_readers_language():
    account, _browser = make_life()
    chinese, english = export_of(account)[1], export_of(account, language="en")[1]
    assert "居民身份证" in chinese
    assert "Resident identity card" in english
    assert Membership.objects.get().union.name in english


# What is kept for a day


def test_codes_and_tries_older_than_a_day_are_dropped():
    make_life()
    assert purge_old_tries(now=clock.now()) == 0
    assert purge_old_tries(now=clock.now() + dt.timedelta(days=2)) > 0
    assert not Attempt.objects.exists()
    assert not OneTimeCode.objects.exists()


def test_the_job_that_drops_them_runs():
    assert purge(timestamp=0) == 0
