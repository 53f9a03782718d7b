"""Files that come with a form: kept before anything else is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from niangjia.cases.rules.questions import Question, Questions
from niangjia.cases.services import files
from niangjia.cases.services.files import Attached
from niangjia.cases.services.shelves import Shelf
from niangjia.core import clock
from niangjia.core.errors import DomainError, NotFound

NAME_LENGTH = 60
#: What Django hands a view for one file.
Upload: TypeAlias = "UploadedFile[Any]"


@dataclass(frozen=True)
class Sent:
    """A form as it was sent, with the ids of the files that came along in place of them. `problems`
    says, by question, why some were not taken."""

    data: QueryDict
    held: Mapping[str, Attached] = field(default_factory=dict)
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)


def take_in(request: HttpRequest, questions: Questions, shelf: Shelf, *, prefix: str = "") -> Sent:
    """Keep the files of a form, and take away the one that is to be dropped. A file that cannot be
    taken stops no other."""
    data, problems = request.POST.copy(), dict[str, list[str]]()
    if not questions.of_files:
        return Sent(data)
    if dropped := data.get("drop"):
        shelf.remove(dropped)
    for question in questions.of_files:
        name = f"{prefix}-{question.name}" if prefix else question.name
        for upload in chosen(request, name):
            try:
                kept = keep(shelf, upload, question)
            except DomainError as refusal:
                problems.setdefault(question.name, []).append(told(upload, question, refusal))
            else:
                data.appendlist(name, kept.id)
    return Sent(data, shelf.held(), problems)


def chosen(request: HttpRequest, name: str) -> list[Upload]:
    """What was photographed and chosen for one question."""
    return [*request.FILES.getlist(f"{name}-camera"), *request.FILES.getlist(f"{name}-new")]


def keep(shelf: Shelf, upload: Upload, question: Question) -> Attached:
    """Check one file and keep it. Raises what the services do."""
    now = clock.now()
    shelf.count_try(now=now)
    # The whole view may run again when it met another transaction: from the first byte.
    upload.seek(0)
    content = files.examined(upload, name=upload.name or "", question=question, field=question.name)
    return shelf.keep(question.name, content, now=now)


def told(upload: Upload, question: Question, refusal: DomainError) -> str:
    """Which file was not taken, and why."""
    why = refusal.fields.get(question.name, refusal.message)
    return _("%(name)s: %(why)s") % {"name": (upload.name or "")[:NAME_LENGTH], "why": why}


def upload(request: HttpRequest, questions: Questions, shelf: Shelf) -> HttpResponse:
    """Keep one file that a script sends by itself ("file", for "slot"), and answer with its line in
    the form; 422 with the line that says why not."""
    question = questions.find(request.POST.get("slot", ""))
    sent = request.FILES.get("file")
    if question is None or question.files is None or sent is None:
        raise NotFound(_("There is no such page"))
    name = request.POST.get("name", question.name)
    try:
        kept = keep(shelf, sent, question)
    except DomainError as refusal:
        context = {"problem": told(sent, question, refusal)}
        return render(request, "cases/questions/not_kept.html", context, status=refusal.status)
    return render(request, "cases/questions/kept.html", {"file": kept, "name": name})
