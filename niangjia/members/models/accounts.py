"""Accounts: how somebody signs in. A phone number, proven by a code."""

from functools import cache
from typing import Any, ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField, digest, digests_of
from niangjia.core.prepared import Given, Prepared
from niangjia.members.models.persons import Person

#: From an account to the division of its union.
DIVISION = "person__memberships__union__division_id"
CURRENT = {"person__memberships__status__in": ("admitted", "reserved")}


class AccountManager(BaseUserManager["Account"]):
    def get(self, *args: Any, **named: Any) -> "Account":
        """The one account. By its key alone every request of somebody signed in asks for it, so
        that question is kept ready."""
        if args or named.keys() != {"pk"} or type(self) is not AccountManager:
            return super().get(*args, **named)
        key = self.model._meta.pk.to_python(named["pk"])
        for account in account_of_key().instances(pk=key):
            return account
        raise self.model.DoesNotExist("there is no such account")

    def create_user(self, phone: str, password: str | None = None, **fields: Any) -> "Account":
        """An account for `phone` (E.164), without a password unless one is given."""
        account = self.model(phone=phone, phone_digest=digest("phone", phone), **fields)
        account.set_password(password)
        account.save()
        return account

    def by_phone(self, phone: str) -> "Account | None":
        """The account of `phone` (E.164), found by its digest."""
        return self.filter(phone_digest__in=digests_of("phone", phone)).first()


@cache
def account_of_key() -> Prepared["Account"]:
    """The question of `AccountManager.get`."""
    return Prepared(Account.objects.filter(pk=Given("pk")))


class Account(AbstractBaseUser):
    """Somebody who can sign in. `person` is set once they have said who they are."""

    id = ids.primary_key()
    phone = cast("models.Field[str, str]", EncryptedTextField())
    phone_digest = models.BinaryField(max_length=32, unique=True)
    phone_verified_at = models.DateTimeField(null=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return str(self.id)

    @cached_property
    def place_code(self) -> str:
        """The division of the union its person is a member of: where pages begin for whoever has
        chosen no place (`regions.rules.places.Settled`). One query; empty without a membership."""
        codes = Account.objects.filter(pk=self.pk, **CURRENT).values_list(DIVISION, flat=True)
        return codes.first() or ""

    def digests(self) -> dict[str, bytes]:
        """What the account is found by, for `core.crypto.rotation`."""
        return {"phone_digest": digest("phone", self.phone)} if self.phone else {}
