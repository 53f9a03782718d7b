"""The form by which one item is asked for, as far as it is filled in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.forms import Form
from django.http import HttpRequest, QueryDict

from niangjia.cases import services
from niangjia.cases.forms.asking import AboutForm, NewsForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.rules import numbering
from niangjia.cases.rules.carrying import Carried, carried
from niangjia.cases.rules.questions import Questions, asked_for
from niangjia.cases.selectors import document_of, owner_of_account, owner_of_receipt
from niangjia.cases.services.drafts import Draft
from niangjia.cases.services.shelves import DraftShelf
from niangjia.cases.views.asking.officers import ABOUT
from niangjia.cases.views.services import Visit
from niangjia.cases.views.taking_in import Sent, take_in
from niangjia.core import clock

#: Prefix of its fields, as `officers.ABOUT`: an item may name its questions as it likes.
REACH = "reach"
WINDOW_LENGTH = 40


@dataclass(frozen=True)
class Sheet:
    """The forms of one showing. `window` tells it from every other showing; `keep` is what somebody
    unknown finds their files by while the form is open: it stands in the form and nowhere else.
    `carried` says what has changed since the draft was typed."""

    form: QuestionsForm
    about: AboutForm | None
    reach: NewsForm | None
    version: int
    window: str
    keep: str
    carried: Carried | None = None

    @property
    def forms(self) -> list[Form]:
        """All that is filled in."""
        return [each for each in (self.form, self.about, self.reach) if each is not None]

    @property
    def wants_texts(self) -> bool:
        """Whether messages may go to the number. Only of a valid sheet."""
        return bool(self.reach and self.reach.cleaned_data.get("may_text"))

    def is_valid(self) -> bool:
        """Whether nothing is wrong; each is checked, so that everything is said at once."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def about_typed(self) -> dict[str, str]:
        """What was typed about the employer, or about somebody at a union."""
        if self.about is None:
            return {}
        names = {name: self.about.add_prefix(name) for name in self.about.fields}
        return {name: str(self.about.data.get(sent, "")) for name, sent in names.items()}

    def reshaped(self) -> "Sheet | None":
        """The same with a row more or less; None unless that was asked."""
        form = self.form.reshaped()
        if form is None:
            return None
        about = self.about.empty() if self.about else None
        reach = self.reach.empty() if self.reach else None
        return replace(self, form=form, about=about, reach=reach)


def empty_sheet(found: Visit) -> Sheet:
    """The form as it is first shown: with what we know, and what was typed before."""
    document = found.offered.document
    draft = draft_of(found)
    told = carried_over(found, draft)
    questions = asked_for(document)
    known = {**known_of(found, questions), **(told.answers if told else draft.answers)}
    return Sheet(
        form=QuestionsForm(questions, known=known, held=draft.held),
        about=about_form(found, initial=dict(draft.about)),
        reach=NewsForm(prefix=REACH) if found.is_anonymous else None,
        version=draft.version,
        window=secrets.token_urlsafe(12),
        keep=numbering.receipt() if found.is_anonymous else "",
        carried=told if told and told.is_news else None,
    )


def sent_sheet(request: HttpRequest, found: Visit) -> Sheet:
    """The form as it was sent, its files kept."""
    questions, keep = asked_for(found.offered.document), kept_by(request, found)
    shelf = shelf_of(found, keep)
    sent = take_in(request, questions, shelf) if shelf else Sent(request.POST)
    return Sheet(
        form=QuestionsForm(questions, sent.data, held=sent.held, problems=sent.problems),
        about=about_form(found, sent.data),
        reach=NewsForm(sent.data, prefix=REACH) if found.is_anonymous else None,
        version=version_of(request),
        window=request.POST.get("window", "")[:WINDOW_LENGTH],
        keep=keep,
    )


def about_form(found: Visit, data: QueryDict | None = None, **options: Any) -> AboutForm | None:
    """The form for whom it is about, where the service may be about anybody."""
    item = found.offered.document
    if item.kind != "complaint" and not item.about_officers:
        return None
    return AboutForm(data, item=item, prefix=ABOUT, **options)


def version_of(request: HttpRequest) -> int:
    """The version of the draft that this window began from; 0 for none or nonsense."""
    text = request.POST.get("draft_version", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def kept_by(request: HttpRequest, found: Visit) -> str:
    """What somebody unknown finds their files by: as it stood in the form, or a fresh one."""
    if not found.is_anonymous:
        return ""
    sent = request.POST.get("keep", "")
    return sent if numbering.is_receipt(sent) else numbering.receipt()


def owner_for(found: Visit, keep: str) -> bytes:
    """By what the draft is found."""
    return owner_of_account(found.account.pk) if found.account else owner_of_receipt(keep)


def shelf_of(found: Visit, keep: str) -> DraftShelf:
    """Where files lie until the form is sent."""
    return DraftShelf(owner_for(found, keep), found.offered, is_unknown=found.is_anonymous)


def draft_of(found: Visit) -> Draft:
    """What was typed before; of somebody unknown nothing is kept."""
    if found.account is None:
        return Draft()
    return services.read_draft(owner=owner_for(found, ""), item=found.offered.item)


def carried_over(found: Visit, draft: Draft) -> Carried | None:
    """The draft under the form as it is now, where that is another than it was typed under."""
    if draft.row is None or draft.row.snapshot_id is None:
        return None
    before = document_of(draft.row.snapshot_id).form
    return carried(before, found.offered.document.form, draft.answers)


def save(found: Visit, sheet: Sheet, *, version: int | None) -> int:
    """Keep what stands in the form, and say the draft's new version. Raises what the service
    does."""
    draft = services.save_draft(
        owner=owner_for(found, sheet.keep),
        offered=found.offered,
        answers=sheet.form.typed(),
        about=sheet.about_typed(),
        version=version,
        window=sheet.window,
        now=clock.now(),
    )
    return draft.version


def known_of(found: Visit, questions: Questions) -> dict[str, Any]:
    """What we know already, for the questions that want it."""
    account, membership = found.account, found.beginning.membership
    facts: Mapping[str, str] = {
        "person.name": account.person.name if account and account.person else "",
        "phone": account.phone.removeprefix("+86") if account else "",
        "union.name": (membership or found.beginning).union.name,
        "employer": membership.employer_name if membership else "",
    }
    return {q.name: facts[q.prefill] for q in questions.every if q.prefill in facts}
