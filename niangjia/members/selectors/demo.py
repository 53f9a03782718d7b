"""The demonstration's accounts. Without `settings.DEMO` there are none."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from niangjia.core.crypto import digest
from niangjia.members.models import Account

FILE = Path(__file__).parent.parent / "texts" / "demo_accounts.toml"


@dataclass(frozen=True)
class DemoAccount:
    """One made-up person of each role, whom a newcomer may be."""

    key: str
    phone: str
    name: str
    chinese: str
    english: str
    officer: bool

    @property
    def label(self) -> str:
        """What they are, in the reader's language."""
        return self.english if get_language() == "en" else self.chinese


@cache
def described() -> tuple[DemoAccount, ...]:
    """Every demo account there may be, in the order they are offered."""
    with FILE.open("rb") as opened:
        return tuple(DemoAccount(**entry) for entry in tomllib.load(opened)["account"])


def list_accounts() -> list[DemoAccount]:
    """Those that exist on this node; none unless it is a demonstration. One query."""
    if not settings.DEMO:
        return []
    by_digest = {digest("phone", described.phone): described for described in described()}
    there = Account.objects.filter(phone_digest__in=list(by_digest), is_active=True)
    digests = {bytes(found) for found in there.values_list("phone_digest", flat=True)}
    return [account for key, account in by_digest.items() if key in digests]


def find_account(key: str) -> Account | None:
    """The account offered as `key`, in the demonstration only."""
    offered = next((each for each in list_accounts() if each.key == key), None)
    return Account.objects.by_phone(offered.phone) if offered else None
