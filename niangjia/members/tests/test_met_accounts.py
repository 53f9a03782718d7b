"""Promise 27 where people sign in and say who they are: what stands outside a transaction (a text
message, the identity service) happens once, and what stands inside is tried again."""

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import RequestFactory

from niangjia.core import clock, errors, transactions
from niangjia.core.crypto import rotation
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.clients import identity_service, sms
from niangjia.members.forms.second_factor import ReauthenticateForm
from niangjia.members.models import Account, Attempt, OneTimeCode, Person, Purpose
from niangjia.members.services import accounts, codes
from niangjia.members.tests.factories.accounts import make_account, make_answers, make_phone
from niangjia.members.tests.test_met_transactions import (  # noqa: F401 - fixtures
    impatient,
    other,
    released_after,
)
from niangjia.members.tests.test_second_factor import current_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def send(phone):
    return services.send_sign_in_code(phone=phone, address="a", language="en", now=clock.now())


def newest(phone):
    return sms.shown_codes(phone)[0].code


class SendingACode:
    """Somebody else holds the table of tries."""

    lock = "LOCK TABLE members_attempt IN EXCLUSIVE MODE"

    def __init__(self):
        self.phone = make_phone()

    def act(self):
        send(self.phone)

    def holds(self):
        assert len(sms.shown_codes(self.phone)) == 1
        assert Attempt.objects.filter(action="code:phone").count() == 1

    def holds_not(self):
        assert not sms.shown_codes(self.phone)
        assert not OneTimeCode.objects.exists()


class ProvingACode:
    """Somebody else holds the code."""

    lock = "SELECT 1 FROM members_onetimecode FOR UPDATE"

    def __init__(self):
        phone = make_phone()
        self.sent = send(phone)
        self.code = newest(phone)

    def act(self):
        codes.prove_code(
            code_id=self.sent.id, purpose="sign_in", code=self.code, address="a", now=clock.now()
        )

    def holds(self):
        self.sent.refresh_from_db()
        assert self.sent.used_at

    def holds_not(self):
        self.sent.refresh_from_db()
        assert not self.sent.used_at
        assert self.sent.tries_left == codes.TRIES


class TypingAWrongCode(ProvingACode):
    """The count of a wrong try is met, and counts once."""

    lock = "LOCK TABLE members_attempt IN EXCLUSIVE MODE"

    def act(self):
        self.code = f"{(int(self.code) + 1) % 1_000_000:06d}"
        with pytest.raises(errors.Invalid):
            super().act()

    def holds(self):
        self.sent.refresh_from_db()
        assert self.sent.tries_left == codes.TRIES - 1
        assert Attempt.objects.filter(action="guess:phone").count() == 1


class SigningIn(ProvingACode):
    """Somebody else holds the table of accounts, and the number is new."""

    lock = "LOCK TABLE members_account IN EXCLUSIVE MODE"

    def act(self):
        services.sign_in(code_id=self.sent.id, code=self.code, address="a", now=clock.now())

    def holds(self):
        assert Account.objects.count() == 1
        assert AuditEntry.objects.filter(action="account.opened").count() == 1

    def holds_not(self):
        assert not Account.objects.exists()


class OpeningAnAccount:
    """As the service of its own, which commands use."""

    lock = "LOCK TABLE members_account IN EXCLUSIVE MODE"

    def act(self):
        accounts.create_account(phone=make_phone(), now=clock.now())

    def holds(self):
        assert Account.objects.count() == 1

    def holds_not(self):
        assert not Account.objects.exists()


class ChangingThePhone:
    """Somebody else holds the account; both codes are right."""

    lock = "SELECT 1 FROM members_account FOR UPDATE"

    def __init__(self):
        self.account, self.phone = make_account(), make_phone()
        self.change = services.begin_phone_change(
            account=self.account, phone=self.phone, address="a", language="en", now=clock.now()
        )
        self.codes = {"old_code": newest(self.account.phone), "new_code": newest(self.phone)}

    def act(self):
        services.change_phone(
            account=self.account, change=self.change, address="a", now=clock.now(), **self.codes
        )

    def holds(self):
        assert Account.objects.by_phone(self.phone) == self.account
        assert AuditEntry.objects.filter(action="account.phone_changed").count() == 1

    def holds_not(self):
        assert Account.objects.by_phone(self.phone) is None


class CheckingTheIdentity:
    """Somebody else holds the account; the identity service is asked once."""

    lock = "SELECT 1 FROM members_account FOR UPDATE"

    def __init__(self):
        self.account = make_account()
        self.asked = []
        services.give_consent(account=self.account, purpose=Purpose.IDENTITY_CHECK, now=clock.now())

    def check(self, **given):
        self.asked.append(given)
        return identity_service.Answer.MATCH

    def act(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(identity_service, "client", lambda: self)
            services.confirm_identity(account=self.account, answers=make_answers(), now=clock.now())

    def holds(self):
        assert Person.objects.get().verified_at
        assert AuditEntry.objects.filter(action="identity.checked").count() == 1
        assert len(self.asked) == 1

    def holds_not(self):
        assert not Person.objects.exists()


class GivingTheSecondFactor:
    """Somebody else holds the account."""

    lock = "SELECT 1 FROM members_account FOR UPDATE"

    def __init__(self):
        self.account = make_account()
        totp.TOTP.activate(self.account, totp.generate_totp_secret())

    def act(self):
        form = ReauthenticateForm(data={"code": current_code(self.account)}, user=self.account)
        with context.request_context(RequestFactory().post("/")):
            if not form.is_valid():
                assert form.errors["code"] == [str(transactions.busy().message)]
                raise transactions.busy()

    def holds(self):
        assert "last_step" in Authenticator.objects.get().data

    def holds_not(self):
        assert "last_step" not in Authenticator.objects.get().data


class RotatingKeys:
    """Somebody else holds a row that is to be read; the node runs meanwhile."""

    lock = "SELECT 1 FROM members_account FOR UPDATE"

    def __init__(self):
        make_account()

    def act(self):
        # Of all tables the one that is held: protected ones are for the owner to rotate.
        fields = dict(rotation.encrypted_models())[Account]
        self.written = rotation.rotate_model(Account, fields)

    def holds(self):
        assert self.written == 0

    def holds_not(self):
        assert not hasattr(self, "written")


DOORS = [
    SendingACode,
    ProvingACode,
    TypingAWrongCode,
    SigningIn,
    OpeningAnAccount,
    ChangingThePhone,
    CheckingTheIdentity,
    GivingTheSecondFactor,
    RotatingKeys,
]


@pytest.mark.parametrize("door", DOORS)
def test_a_lock_that_comes_free_is_waited_for_again(other, impatient, door):  # noqa: F811
    case = door()
    other.execute(case.lock)
    timer = released_after(other, 0.7)
    case.act()
    timer.join()
    case.holds()


@pytest.mark.parametrize("door", DOORS)
def test_control_without_another_try_it_is_refused_and_nothing_is_half_done(
    other,  # noqa: F811
    impatient,  # noqa: F811
    monkeypatch,
    door,
):
    case = door()
    monkeypatch.setattr(transactions, "TRIES", 1)
    other.execute(case.lock)
    with pytest.raises(errors.Conflict) as refusal:
        case.act()
    assert refusal.value.code == "busy"
    other.rollback()
    case.holds_not()
