"""A group goes on when whoever asked first leaves it."""

from niangjia.cases.models import Case, GroupMember, MemberState, Representative
from niangjia.cases.selectors import person_digest
from niangjia.cases.services import contacts, texting, timeline
from niangjia.members.models import Account


def hand_on(case: Case) -> bool:
    """A locked case becomes that of another member: of a representative, else of whoever came
    first; says whether there is one. From then on it leads to the one who left by nothing: neither
    by digest nor in what is sealed. As background work."""
    heirs = (
        GroupMember.objects.filter(case=case, state=MemberState.JOINED)
        .exclude(owner_digest=case.owner_digest)
        .order_by("id")
    )
    speak = Representative.objects.filter(
        member__in=heirs, ended_at=None, elected_at__isnull=False
    ).values("member")
    heir = heirs.filter(pk__in=speak).first() or heirs.first()
    if heir is None:
        return False
    contact = contacts.contact_of(case, heir)
    account = Account.objects.filter(pk=contact.account).first() if contact.account else None
    person = account.person if account else None
    told = texting.without_texts(timeline.told_in(case)) | {
        "account": str(account.pk) if account else None,
        "person": str(person.pk) if person else None,
        "name": contact.name,
        "phone": contact.phone,
        "receipt": contact.receipt,
    }
    if contact.news_to:
        told |= {texting.TO: contact.news_to, texting.AT: contact.news_at}
    timeline.seal_told(case, told)
    case.owner_digest = heir.owner_digest
    case.person_digest = person_digest(person.pk) if person else None
    if not case.is_complaint:
        case.applicant, case.person = account, person
    case.save()
    return True
