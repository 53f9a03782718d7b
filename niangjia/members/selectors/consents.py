"""What somebody has consented to."""

from django.db.models import QuerySet

from niangjia.members.models import Account, Consent, Purpose
from niangjia.members.rules import consent_texts


def has_consented(account: Account, purpose: Purpose) -> bool:
    """Whether consent to `purpose`, under the text of today, stands."""
    return purpose in current_consents(account)


def current_consents(account: Account) -> dict[Purpose, Consent]:
    """The consents that stand under today's texts, by purpose. One query."""
    standing = Consent.objects.filter(account=account, withdrawn_at__isnull=True)
    return {
        Purpose(consent.purpose): consent
        for consent in standing
        if consent.version == consent_texts.current(Purpose(consent.purpose)).version
    }


def list_consents(account: Account) -> QuerySet[Consent]:
    """Every consent ever given, newest first."""
    return Consent.objects.filter(account=account).order_by("-given_at", "-id")
