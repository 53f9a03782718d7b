"""The demonstration's forms: one that is begun and not sent, and cases that came with a household
and with papers."""

from io import BytesIO

from niangjia.cases import services
from niangjia.cases.rules.questions import asked_for
from niangjia.cases.selectors import Offered, owner_of_account
from niangjia.cases.selectors.asking import find_obstacle
from niangjia.cases.services import Asking, Matter
from niangjia.cases.services import files as case_files
from niangjia.cases.services.shelves import DraftShelf
from niangjia.core import clock
from niangjia.members.models import Account, Membership
from niangjia.members.selectors import demo, find_membership
from niangjia.operations.demo import Progress, desk
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.cases import known_of, offered_to_member, timing_day
from niangjia.operations.demo.chance import Dice
from niangjia.operations.demo.papers import paper

#: What is begun and not sent, and by which words.
BEGUN = "schooling-aid"
TYPED = {
    "student_name": "陈小雨",
    "situation": "孩子今年考上了职业学院，学费和住宿费一年八千多，我爱人身体不好没有工作，",
}
#: What is asked for with papers, by its materials, and how many lines each has.
WITH_PAPERS = {
    "serious-illness-aid": {"diagnosis": 9, "bills": 12},
    "hardship-aid": {"identity": 6, "income": 8},
}


def load(*, progress: Progress) -> None:
    """A draft for the member a visitor may be, and two cases with papers of people near them."""
    people = members()
    for number, (key, papers) in enumerate(WITH_PAPERS.items()):
        if number < len(people):
            ask(people[number], key, papers, Dice("asking", number))
        progress(number + 1, len(WITH_PAPERS) + 1)
    if people:
        begin(people[0])
    progress(len(WITH_PAPERS) + 1, len(WITH_PAPERS) + 1)


def members() -> list[Membership]:
    """The member a visitor may be first, then others of their county."""
    county = desk.county_federation()
    phone = next(each.phone for each in demo.described() if each.key == "member")
    visitor = Account.objects.by_phone(phone)
    first = find_membership(visitor) if visitor else None
    others = (
        Membership.objects.filter(
            union__path__startswith=county.path, person__account__isnull=False
        )
        .exclude(person__account=visitor)
        .select_related("union__division", "person__account")
        .order_by("-number")
    )
    return [each for each in (first, *others[:6]) if each is not None]


def begin(member: Membership) -> None:
    """Half a form, and one paper with it."""
    account, (_beginning, offered) = member.person.account, offered_to_member(member, BEGUN)
    services.save_draft(
        owner=owner_of_account(account.pk), offered=offered, answers=TYPED, now=clock.now()
    )
    hand(DraftShelf(owner_of_account(account.pk), offered), offered, {"enrolment": 7})


def ask(member: Membership, key: str, papers: dict[str, int], dice: Dice) -> None:
    """One case, with its papers."""
    account, now = member.person.account, clock.now()
    beginning, offered = offered_to_member(member, key)
    obstacle = find_obstacle(
        offered.document, account=account, person=member.person, today=timing_day(now)
    )
    if obstacle:
        return
    shelf = DraftShelf(owner_of_account(account.pk), offered)
    services.open_case(
        matter=Matter(
            item_key=key,
            union=beginning.union,
            answers=answers_to(
                offered.document.form, dice, timing_day(now), known=known_of(member)
            ),
            files=hand(shelf, offered, papers),
        ),
        asking=Asking(
            account=account, person=member.person, name=member.person.name, phone=account.phone
        ),
        now=now,
    )


def hand(shelf: DraftShelf, offered: Offered, papers: dict[str, int]) -> list[str]:
    """Made-up papers on the shelf; their ids. Materials that are not asked for there are left."""
    questions = asked_for(offered.document)
    ids = []
    for material, lines in papers.items():
        question = questions.find(f"material-{material}")
        if question is None:
            continue
        content = case_files.examined(
            BytesIO(paper(lines)), name=f"{question.label.zh}.jpg", question=question, field="file"
        )
        ids.append(shelf.keep(question.name, content, now=clock.now()).id)
    return ids
