"""Certificates and volunteer hours."""

import datetime as dt
import uuid
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints


class CertificateOut(Schema):
    """`minutes` is how long the sessions lasted that they were at."""

    number: str
    kind: str
    title: str
    union: str
    times: int
    times_of: int
    minutes: int
    issued_at: dt.datetime
    revoked_at: dt.datetime | None
    revoke_reason: str


class CertificateChecked(CertificateOut):
    """`holder` is as much of the name as tells whose it is to whoever stands before them."""

    holder: str


class OwnCertificateOut(CertificateOut):
    id: uuid.UUID
    code: str


class OwnCertificateList(Schema):
    items: list[OwnCertificateOut]
    next: str | None


class IssuedCertificateOut(OwnCertificateOut):
    """`holder` is the name as it stands on the paper; empty once their account is erased."""

    holder: str


class IssuedCertificateList(Schema):
    items: list[IssuedCertificateOut]
    next: str | None


class VolunteerHoursOut(Schema):
    union: uuid.UUID
    union_name: str
    times: int
    minutes: int


class VolunteerHoursList(Schema):
    """Everything; there is no next page."""

    items: list[VolunteerHoursOut]
    next: None = None


class CertificateRuleIn(Schema):
    needed: int


class CertificateRuleOut(Schema):
    needed: int


class CertificateRuleState(Schema):
    """`needed` is null where there are no certificates; `sessions` is how many the longest run
    has."""

    needed: int | None
    sessions: int
    waiting: int


class CertificatesIssued(Schema):
    count: int


class CertificateRevocationIn(Schema):
    reason: Annotated[str, StringConstraints(max_length=500)]
