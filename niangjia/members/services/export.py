"""Everything we hold about somebody, for themselves (PIPL, Article 45)."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

from django.db.models import ForeignKey, Model
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.core import audit, clock, personal_data
from niangjia.members.models import Account
from niangjia.members.rules.export_labels import label


def export_account(*, account: Account, language: str) -> bytes:
    """A ZIP with `data.json` for machines and `data.html`, in `language`, for people."""
    with translation.override(language):
        document = record_and_collect(account)
        page = render_to_string("members/accounts/export.html", {"sections": spoken(account)})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(document, ensure_ascii=False, indent=2))
        archive.writestr("data.html", page)
    return file.getvalue()


def record_and_collect(account: Account) -> list[dict[str, Any]]:
    """Each registered table with its rows as JSON, and what is withheld and why; leaves a trace
    that it was asked for."""
    audit.record(
        action="account.exported",
        by=account.id,
        subject=f"account:{account.id}",
        person_id=account.person_id,
    )
    return [
        {
            "table": holding.model,
            "rows": [personal_data.plain(holding, row) for row in rows],
            "withheld": reasons(holding),
        }
        for holding, rows in personal_data.export(subject_of(account))
    ]


def spoken(account: Account) -> list[dict[str, Any]]:
    """The same for a reader: names of columns, choices and unions in words, local times."""
    return [
        {
            "title": holding.title,
            "rows": [
                [(label(column), in_words(holding, row, column)) for column in holding.exported]
                for row in rows
            ],
            "withheld": reasons(holding),
        }
        for holding, rows in personal_data.export(subject_of(account))
    ]


def subject_of(account: Account) -> personal_data.Subject:
    """Whose data it is."""
    return personal_data.Subject(account.id, account.person_id, account.phone)


def reasons(holding: personal_data.Holding) -> dict[str, str]:
    """Why each withheld column is, in the language being spoken."""
    return {column: str(reason) for column, reason in holding.withheld.items()}


def in_words(holding: personal_data.Holding, row: Model, column: str) -> str:
    """One value as a person reads it."""
    field = next(each for each in row._meta.concrete_fields if each.attname == column)
    value = holding.value(row, column)
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return str(getattr(row, field.name))
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    return str(personal_data.readable(value))
