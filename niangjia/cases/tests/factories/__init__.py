"""Service items and cases for tests."""

import datetime as dt
from io import BytesIO
from typing import Any

from niangjia.cases import services
from niangjia.cases.models import AssignmentRule, Case, EmergencyGrant, ItemVersion
from niangjia.cases.services import Asking, Matter, Opened, RuleContent
from niangjia.cases.services.shelves import OwnShelf
from niangjia.core import clock, files, protection
from niangjia.core.tests import hostile
from niangjia.members.models import Account, Post, Reach, Role
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.organisations.models import Employer, Union
from niangjia.organisations.tests.factories import make_root, make_union

#: Why an officer ends a step so.
USUAL_WORDS = {
    "incomplete": "请补交近三个月的收入证明",
    "refused": "收入超过当地标准，建议申请其他帮扶",
}


def text(zh: str, en: str = "") -> dict[str, str]:
    """Words in both languages."""
    return {"zh": zh, "en": en or zh}


def outcome(key: str, following: str, **fields: Any) -> dict[str, Any]:
    """One way a step ends."""
    return {"key": key, "name": text(key), "next": following, **fields}


#: An ordinary service: checked below, decided above, told for five days, then given.
AID: dict[str, Any] = {
    "key": "test-aid",
    "name": text("测试帮扶", "Test aid"),
    "summary": text("测试用的帮扶事项", "An aid for tests"),
    "audience": text("会员", "Members"),
    "group": "hardship",
    "form": {
        "schema": {
            "type": "object",
            "properties": {
                "reason": {"type": "string", "minLength": 5, "maxLength": 500},
                "income": {"type": "number", "minimum": 0},
            },
            "required": ["reason"],
            "additionalProperties": False,
        }
    },
    "steps": [
        {
            "key": "check",
            "name": text("初审", "Check"),
            "note": text("工会正在看你的材料", "Your union is reading it"),
            "term": {"days": 3},
            "outcomes": [
                outcome("passed", "decide"),
                outcome("incomplete", "supplement", needs_reason=True),
                outcome("refused", "closed", result="refused", needs_reason=True),
            ],
        },
        {
            "key": "supplement",
            "name": text("补充材料", "Supplement"),
            "note": text("请补充材料", "Please hand in what is missing"),
            "by": "applicant",
            "term": {"days": 5},
            "outcomes": [
                outcome("supplied", "check"),
                outcome("silent", "closed", result="unresolved", on_silence=True),
            ],
        },
        {
            "key": "decide",
            "name": text("审批", "Decision"),
            "note": text("上级工会正在审批", "The union above decides"),
            "by": "upper",
            "decides": True,
            "term": {"days": 5},
            "outcomes": [
                outcome("granted", "notice"),
                outcome("refused", "closed", result="refused", needs_reason=True),
            ],
        },
        {
            "key": "notice",
            "name": text("公示", "Public notice"),
            "note": text("公示中", "Published for five days"),
            "term": {"days": 5},
            "outcomes": [
                outcome("unopposed", "closed", result="granted", on_silence=True),
                outcome("opposed", "decide", needs_reason=True),
            ],
        },
    ],
    "promised_term": {"days": 15},
    "legal_term": {"days": 30},
    "suspension": {"allowed": True, "most_days": 30},
    "extension": {"days": 5, "times": 1},
}

#: A complaint about an employer.
COMPLAINT: dict[str, Any] = {
    "key": "test-complaint",
    "name": text("测试投诉", "Test complaint"),
    "summary": text("测试用的投诉事项", "A complaint for tests"),
    "audience": text("劳动者", "Workers"),
    "group": "rights",
    "kind": "complaint",
    "anonymous": True,
    "group_allowed": True,
    "form": {
        "schema": {
            "type": "object",
            "properties": {"matter": {"type": "string", "minLength": 5, "maxLength": 5000}},
            "required": ["matter"],
        }
    },
    "steps": [
        {
            "key": "look",
            "name": text("核实", "Look into it"),
            "note": text("工会正在核实", "The union looks into it"),
            "term": {"days": 5},
            "outcomes": [
                outcome("settled", "closed", result="resolved"),
                outcome("refused", "closed", result="refused", needs_reason=True),
            ],
        }
    ],
    "promised_term": {"days": 15},
}


def publish(document: dict[str, Any], **changes: Any) -> None:
    """Offer an item in the whole country."""
    root = make_root()
    whole = {**document, **changes}
    draft = services.draft_item(
        union=root, key=whole["key"], document=whole, by=None, now=clock.now()
    )
    services.publish_item(version=draft, by=None, now=clock.now())


def make_case(
    *,
    union: Union,
    account: Account | None = None,
    document: dict[str, Any] = AID,
    accused: Employer | None = None,
    now: Any = None,
    **answers: Any,
) -> Case:
    """A case that somebody opened online."""
    return open_by(
        union=union, account=account, document=document, accused=accused, now=now, **answers
    ).case


def open_by(
    *,
    union: Union,
    account: Account | None = None,
    document: dict[str, Any] = AID,
    accused: Employer | None = None,
    anonymous: bool = False,
    now: Any = None,
    **answers: Any,
) -> Opened:
    """What `open_case` answers, for somebody with an account unless they stay unknown."""
    if account is None and not anonymous:
        account = make_person().account
    first = next(iter(document["form"]["schema"]["required"]))
    return services.open_case(
        matter=Matter(
            item_key=document["key"],
            union=union,
            answers={first: "家里有人生病，收入不够", **answers},
            accused=[accused] if accused else [],
        ),
        asking=Asking(
            account=account,
            person=account.person if account else None,
            is_anonymous=anonymous,
        ),
        now=now or clock.now(),
    )


def make_officer(
    union: Union, role: Role = Role.CHAIR, reach: Reach = Reach.SUBTREE, account: Any = None
) -> Post:
    """Somebody with a post at `union`."""
    return Post.objects.create(
        account=account or make_account(),
        union=union,
        role=role,
        reach=reach,
        appointed_at=clock.now(),
    )


def make_grant(case: Case) -> EmergencyGrant:
    """A request to read `case`, of an officer somewhere else."""
    return services.ask_emergency_access(
        by=make_officer(make_union(), account=make_person().account).account,
        number=case.number,
        reason="当事人可能有危险，需要马上核对",
        now=clock.now(),
    )


def make_rule(union: Union, **content: Any) -> AssignmentRule:
    """A rule of `union`, made by its chair."""
    return services.save_rule(
        by=make_officer(union),
        union=union,
        content=RuleContent(**{"name": "均衡分派", **content}),
        now=clock.now(),
    )


def end_step(
    case: Case, by: Post, step: str, outcome: str, *, now: dt.datetime | None = None, **said: Any
) -> Case:
    """An officer ends a step of a case, with the usual words where its outcome needs some."""
    said = {"words": USUAL_WORDS.get(outcome, ""), **said}
    return services.take_step(
        by=by, case_id=case.pk, step=step, outcome=outcome, now=now or clock.now(), **said
    )


def fresh(case: Case) -> Case:
    """The case as it is now, for looking at in a test."""
    with protection.working("test"):
        return Case.objects.select_related("handler", "raised_to").get(pk=case.pk)


def make_variant(union: Union, document: dict[str, Any] = AID, **content: Any) -> ItemVersion:
    """A draft of what `union` says differently of an item."""
    return services.draft_item(
        union=union,
        key=document["key"],
        document=content or {"promised_term": {"days": 10}},
        by=make_person().account,
        now=clock.now(),
    )


def make_file(case: Case, *, name: str = "低保证明.jpg", content: bytes = b"") -> str:
    """The id of a file that the applicant has handed in with a message."""
    shelf = OwnShelf(bytes(case.owner_digest), case.pk)
    kept = shelf.keep(
        "files",
        files.examine(BytesIO(content or hostile.photo()), name=name),
        now=clock.now(),
    )
    services.write_message(
        owner=shelf.owner, case_id=case.pk, words="", files=[kept.id], now=clock.now()
    )
    return kept.id
