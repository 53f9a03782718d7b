"""What was said in a call, as it is handed to the services, and what they made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from niangjia.cases.models import Case
from niangjia.cases.services import AboutOfficer
from niangjia.hotline.models import WorkOrder
from niangjia.organisations.models import Employer, Union


@dataclass(frozen=True)
class Intake:
    """What the agent decided while listening. `version` is that of the draft they typed on: what
    became an order already cannot become a second one by a second press. `goes_on`: the caller has
    another matter, so the call is not over."""

    topic_key: str
    grade: str = ""
    urgent: str = ""
    version: int | None = None
    goes_on: bool = False


@dataclass(frozen=True)
class Caller:
    """Who calls, as far as they said. `may_text`: they agree to a text message that asks how it was
    (PIPL Art 13: nobody is written to who did not)."""

    name: str = ""
    phone: str = ""
    is_anonymous: bool = False
    may_text: bool = False


@dataclass(frozen=True)
class Handed:
    """Where the matter goes: to which union, with which answers, about which employers, about
    whom at a union."""

    union: Union
    answers: Mapping[str, Any] = field(default_factory=dict)
    accused: Sequence[Employer] = ()
    people_count: int = 1
    officer: AboutOfficer | None = None


@dataclass(frozen=True)
class Taken:
    """A new order, its case, and the receipt of the caller: read out once, stored nowhere."""

    order: WorkOrder
    case: Case | None = None
    receipt: str = ""
