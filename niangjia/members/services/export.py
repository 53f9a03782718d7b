"""Everything we hold about somebody, for themselves (PIPL, Article 45)."""

import io
import json
import zipfile

from django.template.loader import render_to_string
from django.utils import translation

from niangjia.core import audit, personal_data
from niangjia.members.models import Account


def export_account(*, account: Account, language: str) -> bytes:
    """A ZIP with `data.json` for machines and `data.html`, in `language`, for people."""
    content = record_and_collect(account)
    with translation.override(language):
        page = render_to_string("members/accounts/export.html", {"sections": content})
    document = [
        {"table": section["table"], "rows": section["rows"], "not_included": section["withheld"]}
        for section in content
    ]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(document, ensure_ascii=False, indent=2))
        archive.writestr("data.html", page)
    return file.getvalue()


def record_and_collect(account: Account) -> list[dict[str, object]]:
    """`collect`, leaving a trace that it was done."""
    audit.record(
        action="account.exported",
        by=account.id,
        subject=f"account:{account.id}",
        person_id=account.person_id,
    )
    return collect(account)


def collect(account: Account) -> list[dict[str, object]]:
    """Each registered table that holds something, with what is withheld and why."""
    subject = personal_data.Subject(account.id, account.person_id, account.phone)
    return [
        {
            "table": holding.model,
            "title": holding.title,
            "rows": rows,
            "withheld": dict(holding.withheld),
        }
        for holding, rows in personal_data.export(subject)
    ]
