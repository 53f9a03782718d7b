"""Consent by purpose (Personal Information Protection Law, Articles 14 to 16 and 29)."""

import datetime as dt

from niangjia.core import audit, transactions
from niangjia.members.models import Account, Consent, Purpose
from niangjia.members.rules import consent_texts


@transactions.atomic
def give_consent(*, account: Account, purpose: Purpose, now: dt.datetime) -> Consent:
    """Consent of `account` to one purpose under the text of today. Giving it twice is giving it
    once; a consent to an older text is ended and given anew."""
    Account.objects.select_for_update().get(id=account.id)
    version = consent_texts.current(purpose).version
    standing = Consent.objects.filter(
        account=account, purpose=purpose, withdrawn_at__isnull=True
    ).first()
    if standing and standing.version == version:
        return standing
    if standing:
        standing.withdrawn_at = now
        standing.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(
        account=account, purpose=purpose, version=version, given_at=now
    )
    record("consent.given", account, purpose, version)
    return consent


@transactions.atomic
def withdraw_consent(*, account: Account, purpose: Purpose, now: dt.datetime) -> Consent | None:
    """End the consent of `account` to one purpose; the others stand (Article 15). Returns what was
    ended, None when there was nothing to end: withdrawing must never be an obstacle."""
    Account.objects.select_for_update().get(id=account.id)
    standing = Consent.objects.filter(
        account=account, purpose=purpose, withdrawn_at__isnull=True
    ).first()
    if standing is None:
        return None
    standing.withdrawn_at = now
    standing.save(update_fields=["withdrawn_at"])
    record("consent.withdrawn", account, purpose, standing.version)
    return standing


def record(action: str, account: Account, purpose: Purpose, version: str) -> None:
    """The audit entry of one step."""
    audit.record(
        action=action,
        by=account.id,
        subject=f"account:{account.id}",
        person_id=account.person_id,
        details={"consent": str(purpose), "version": version},
    )
