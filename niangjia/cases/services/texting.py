"""Text messages to whoever has nothing but a receipt: that there is news, and not of what (ADR
164). The number lies sealed with what they said, and no officer is shown it."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from niangjia.cases.models import Case
from niangjia.cases.rules.texting import moment_of
from niangjia.cases.services import locking, timeline
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Invalid
from niangjia.members.clients import sms
from niangjia.members.rules import phones

#: The job that sends one; `tasks.text_news` is registered under this name.
TEXT = "niangjia.cases.text_news"
#: What the message is called at the gateway; it has no parameter: it names no case and no receipt.
TEMPLATE = "case_news"
#: Where it stands beside the answers: the number, and when the last message went or goes out.
TO, AT = "news_to", "news_at"


def agreed_number(phone: str) -> str:
    """The number that messages go to, as typed, in E.164. Raises `Invalid` on `phone` where it is
    none, or where this node sends no messages."""
    if not sms.can_send():
        problem = _("This node cannot send text messages yet: come back with your receipt.")
        raise Invalid(problem, code="no-texts", fields={"phone": problem})
    return phones.normalised(phone)


@transactions.atomic
def set_texts(*, owner: bytes, case_id: uuid.UUID, phone: str) -> Case:
    """Whoever has a receipt says to which number messages go that there is news, or with "" that
    none go any more. Raises `Invalid` on `phone`."""
    to = agreed_number(phone) if phone.strip() else ""
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
    with protection.working("cases.texts"):
        told = without_texts(timeline.told_in(case))
        timeline.seal_told(case, told | ({TO: to} if to else {}))
        case.save(update_fields=["answers"])
    return case


def without_texts(told: dict[str, object]) -> dict[str, object]:
    """What was said, of which nobody hears by message any more: the case is somebody else's."""
    return {name: value for name, value in told.items() if name not in (TO, AT)}


def plan(case: Case, *, now: dt.datetime) -> None:
    """There is news of a case whose applicant has no account: a message goes out if they agreed to
    it, unless one is on its way. As background work. No query for others."""
    if not case.sealed_key or not timeline.told_in(case).get(TO):
        return
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    told = timeline.told_in(held)
    last = dt.datetime.fromisoformat(told[AT]) if told.get(AT) else None
    if not told.get(TO) or (last is not None and last > now):
        return
    at = moment_of(now, last)
    timeline.seal_told(held, told | {AT: at.isoformat()})
    held.save(update_fields=["answers"])
    # The caller may save its own copy later.
    case.answers = held.answers
    app.configure_task(TEXT, queue="keeping", schedule_at=at).defer(case_id=str(case.pk))


def text_news(*, case_id: uuid.UUID) -> bool:
    """Send one message; says whether it went out. Outside any transaction, because a gateway may be
    slow. Raises `Unavailable`: it is tried again, and one that went out twice is better than none.
    """
    to = number_to_text(case_id=case_id)
    if to is None:
        return False
    phone, language = to
    sms.client().send(phone=phone, template=TEMPLATE, code="", language=language)
    note_texted(case_id=case_id)
    return True


def number_to_text(*, case_id: uuid.UUID) -> tuple[str, str] | None:
    """The number and the language; None where nobody wants a message any more."""
    with protection.working("cases.texting"):
        case = Case.objects.filter(pk=case_id).first()
        phone = timeline.told_in(case).get(TO) if case is not None and case.sealed_key else ""
        return (phone, case.language) if case is not None and phone else None


@transactions.atomic
def note_texted(*, case_id: uuid.UUID) -> None:
    """Record that a message went out, and not to whom."""
    audit.record(action="case.news_texted", by=None, subject=f"case:{case_id}")
