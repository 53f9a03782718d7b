"""What is kept while somebody fills in a form: words as they type, files as they choose them."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.cases import services
from niangjia.cases.models import ServiceItem
from niangjia.cases.rules.questions import asked_for
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.views import taking_in
from niangjia.cases.views.asking import sheet as sheets
from niangjia.cases.views.asking.pages import theirs
from niangjia.cases.views.services import visit
from niangjia.core import clock
from niangjia.core.errors import DomainError, NotFound
from niangjia.core.files import attachment
from niangjia.members.doors import signed_in


@login_required
@require_POST
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what is typed. Answers a fragment that says so, with the draft's new version, or why it
    was not kept and what becomes of it."""
    found = visit(request, key)
    sheet = sheets.sent_sheet(request, found)
    version = None if "overwrite" in request.POST else sheet.version
    told: dict[str, Any] = {"item": found.offered.document, "saved_at": clock.now()}
    try:
        told["version"] = sheets.save(found, sheet, version=version)
    except DomainError as refusal:
        # The version of this window goes on, so that the next save meets the same question.
        told |= {**theirs(found, sheet), "refusal": refusal, "version": sheet.version}
    return render(request, "cases/services/saved.html", told)


@require_POST
def file(request: HttpRequest, key: str) -> HttpResponse:
    """Keep one file that a script sends."""
    found = visit(request, key)
    keep = sheets.kept_by(request, found)
    shelf = sheets.shelf_of(found, keep)
    return taking_in.upload(request, asked_for(found.offered.document), shelf)


@login_required
@require_GET
def held_file(request: HttpRequest, file_id: uuid.UUID) -> StreamingHttpResponse:
    """One of one's own files that is not handed in yet."""
    owner = owner_of_account(signed_in(request).pk)
    return attachment(services.read_draft_file(owner=owner, file_id=str(file_id)))


@login_required
@require_POST
def removal(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    services.discard_draft(owner=owner_of_account(signed_in(request).pk), item=item_of(key))
    messages.success(request, _("It is thrown away."))
    return redirect("cases:mine")


def item_of(key: str) -> ServiceItem:
    """The item, offered or not. Raises `NotFound`."""
    item = ServiceItem.objects.filter(key=key).first()
    if item is None:
        raise NotFound(_("There is no such page"))
    return item
