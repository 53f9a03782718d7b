"""My account and my data, as pages."""

import datetime as dt
import io
import zipfile

import pytest
from django.test import Client

from niangjia.core import audit, clock, errors
from niangjia.members import selectors, services
from niangjia.members.clients import sms
from niangjia.members.models import Account, Purpose
from niangjia.members.rules.purposes import LookUpPurpose, stated
from niangjia.members.tests.factories.accounts import (
    make_account,
    make_identity_number,
    make_person,
    make_phone,
)
from niangjia.members.tests.factories.desk import make_union

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)
PAGES = [
    "/mine/account/",
    "/mine/identity/",
    "/mine/account/phone/",
    "/mine/privacy/",
    "/mine/privacy/consents/",
    "/mine/privacy/deletion/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/totp/activate/",
    "/account/sessions/",
    "/account/password/set/",
    "/account/logout/",
]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.DEMO = True


@pytest.fixture
def account():
    return make_person().account


@pytest.fixture
def browser(account):
    browser = Client()
    browser.force_login(account)
    return browser


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_open_for_their_owner_and_ask_others_to_sign_in(browser, path, language):
    browser.cookies["language"] = language
    assert browser.get(path).status_code == 200
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("path", PAGES[:6])
def test_pages_show_nothing_to_caches(browser, path):
    assert "no-store" in browser.get(path)["Cache-Control"]


# Real name


def identity(**changes):
    return {
        "name": "王小明",
        "document_type": "resident_id",
        "identity_number": make_identity_number(sequence=5),
        **changes,
    }


@pytest.fixture
def newcomer():
    browser = Client()
    browser.account = make_account()
    browser.force_login(browser.account)
    return browser


def test_with_consent_the_identity_is_checked(newcomer):
    response = newcomer.post("/mine/identity/", identity(consent="on", next="/unions/"))
    assert response.url == "/unions/"
    account = Account.objects.get(id=newcomer.account.id)
    assert account.person.verified_at
    assert selectors.has_consented(account, Purpose.IDENTITY_CHECK)


def test_without_consent_it_is_kept_unchecked(newcomer):
    newcomer.post("/mine/identity/", identity())
    account = Account.objects.get(id=newcomer.account.id)
    assert account.person.verified_at is None
    assert not selectors.has_consented(account, Purpose.IDENTITY_CHECK)


@pytest.mark.parametrize(
    "changes",
    [
        {"identity_number": "11010519491231002"},
        {"name": "<script>alert(1)</script>"},
        {"name": "王😀"},
        {"identity_number": "'; DROP TABLE members_person; --"},
        {"name": "王\u202e明"},
        {"name": "\x00"},
        {"document_type": "library_card"},
        {"name": "长" * 10_000},
        {"identity_number": make_identity_number(sequence=900), "consent": "on"},
        {"identity_number": make_identity_number(sequence=999), "consent": "on"},
        {"document_type": "passport", "identity_number": "E1234567", "birth_date": "soon"},
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_typed_is_lost(newcomer, changes):
    typed = identity(**changes)
    response = newcomer.post("/mine/identity/", typed)
    assert response.status_code in {422, 503}
    assert response.context["form"].errors
    assert response.context["form"]["name"].value() == typed["name"]
    assert "<script>alert" not in response.content.decode()
    assert Account.objects.get(id=newcomer.account.id).person is None


def test_somebody_elses_document_is_refused_without_saying_whose(newcomer):
    other = make_person(name="别人家")
    response = newcomer.post("/mine/identity/", identity(identity_number=other.identity_number))
    assert response.status_code == 409
    assert "别人家" not in response.content.decode()


# Phone


def begin(account, phone, now=NOW):
    return services.begin_phone_change(
        account=account, phone=phone, address="a", language="en", now=now
    )


def finish(account, change, old, new, now=NOW):
    return services.change_phone(
        account=account, change=change, old_code=old, new_code=new, address="a", now=now
    )


def code_of(phone):
    return sms.shown_codes(phone)[0].code


def test_a_number_moves_with_both_codes(browser, account):
    old, new = account.phone, make_phone()
    assert browser.post("/mine/account/phone/", {"phone": new}).url == "/mine/account/phone/codes/"
    typed = {"old_code": code_of(old), "new_code": code_of(new)}
    assert browser.post("/mine/account/phone/codes/", typed).url == "/mine/account/"
    account = Account.objects.get(id=account.id)
    assert account.phone == account.person.phone == new
    assert Account.objects.by_phone(old) is None
    assert browser.get("/mine/account/").status_code == 200


def test_one_code_alone_moves_nothing_and_the_right_one_stays_proven(account):
    old, new = account.phone, make_phone()
    change = begin(account, new)
    with pytest.raises(errors.Invalid) as refusal:
        finish(account, change, "000000x", code_of(new))
    assert set(refusal.value.fields) == {"old_code"}
    assert Account.objects.by_phone(new) is None
    assert finish(account, change, code_of(old), "whatever").phone == new


def test_somebody_elses_codes_move_nothing(account):
    other, new = make_account(), make_phone()
    change = begin(account, new)
    finish(account, change, code_of(account.phone), code_of(new))
    with pytest.raises(errors.TooLate):
        finish(other, change, code_of(account.phone), code_of(new))
    other.refresh_from_db()
    assert other.phone != new


def test_only_its_holder_learns_that_a_number_has_an_account(account):
    taken = make_account().phone
    change = begin(account, taken)
    with pytest.raises(errors.Conflict) as refusal:
        finish(account, change, code_of(account.phone), code_of(taken))
    assert set(refusal.value.fields) == {"new_code"}


def test_the_same_number_is_no_change(account):
    with pytest.raises(errors.Invalid):
        begin(account, account.phone)


def test_without_a_change_begun_there_are_no_codes_to_enter(browser):
    assert browser.get("/mine/account/phone/codes/").url == "/mine/account/phone/"


# My data


def look(person, union, by, words="核对会籍"):
    audit.record(
        action="member.viewed",
        by=by.id,
        subject="membership:x",
        union_id=union.id,
        person_id=person.id,
        purpose=stated(LookUpPurpose.ASKED, words),
    )


def test_who_looked_and_why_is_shown_to_whose_data_it_is(browser, account):
    union, officer = make_union(name="义乌市总工会"), make_account()
    look(account.person, union, officer)
    look(make_person(), union, officer, words="别人的事")
    page = browser.get("/mine/privacy/").content.decode()
    assert "义乌市总工会" in page
    assert "核对会籍" in page
    assert "别人的事" not in page


def test_ones_own_acts_are_no_looking(browser, account):
    services.give_consent(account=account, purpose=Purpose.NOTICES, now=clock.now())
    assert browser.get("/mine/privacy/").context["views"] == []


def test_my_data_takes_the_same_queries_for_one_look_and_for_many(
    browser, account, django_assert_max_num_queries
):
    union, officer = make_union(), make_account()
    for _ in range(25):
        look(account.person, union, officer)
    with django_assert_max_num_queries(9):
        response = browser.get("/mine/privacy/")
    assert len(response.context["views"]) == 20
    assert response.context["page"].next


def test_consents_are_given_and_withdrawn_one_by_one(browser, account):
    browser.post("/mine/privacy/consents/notices/")
    browser.post("/mine/privacy/consents/statistics/")
    browser.post("/mine/privacy/consents/notices/withdrawal/")
    assert set(selectors.current_consents(account)) == {Purpose.STATISTICS}
    assert browser.post("/mine/privacy/consents/anything/").status_code == 404
    assert browser.get("/mine/privacy/consents/notices/").status_code == 405


def test_everything_comes_as_a_file(browser, account):
    response = browser.post("/mine/privacy/export/")
    assert response["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert account.person.name in archive.read("data.html").decode()
    assert browser.get("/mine/privacy/export/").status_code == 405


def test_leaving_needs_the_last_four_digits(browser, account):
    response = browser.post("/mine/privacy/deletion/", {"confirmation": "0000x"})
    assert response.status_code == 422
    assert Account.objects.get(id=account.id).is_active
    response = browser.post("/mine/privacy/deletion/", {"confirmation": account.phone[-4:]})
    assert response.url == "/account/login/"
    assert not Account.objects.get(id=account.id).is_active
    assert browser.get("/mine/account/").status_code == 302


def test_going_through_a_list_of_documents_is_stopped(newcomer):
    known = make_person()
    for number in range(20, 30):
        claimed = identity(identity_number=make_identity_number(sequence=number))
        assert newcomer.post("/mine/identity/", claimed).status_code == 302
    refused = newcomer.post("/mine/identity/", identity(identity_number=known.identity_number))
    assert refused.status_code == 429
    own = Account.objects.get(id=newcomer.account.id).person
    again = identity(identity_number=own.identity_number, name=own.name)
    assert newcomer.post("/mine/identity/", again).status_code == 302
