"""A service that is not offered any more, of which somebody still has a draft."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from niangjia.cases import services
from niangjia.cases.models import ServiceItem
from niangjia.cases.rules.wording import in_words
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.core.errors import NotFound
from niangjia.members.doors import visitor_or_account


def not_offered(request: HttpRequest, key: str) -> HttpResponse:
    """What was typed before the service was retired: shown, so that it can be used elsewhere.
    Raises `NotFound` for whoever has no such draft."""
    account, item = visitor_or_account(request), ServiceItem.objects.filter(key=key).first()
    if account is None or item is None:
        raise NotFound(_("This service is not offered any more."))
    draft = services.read_draft(owner=owner_of_account(account.pk), item=item)
    if draft.row is None or draft.row.snapshot_id is None:
        raise NotFound(_("This service is not offered any more."))
    document = document_of(draft.row.snapshot_id)
    return render(
        request,
        "cases/own/given_up.html",
        {
            "item": document,
            "draft": draft.row,
            "answers": in_words(document.form, draft.answers),
            "files": draft.held.values(),
        },
    )
