"""What is offered under a field where one of very many is chosen."""

from dataclasses import dataclass

from django.utils.functional import Promise

#: A longer text is no name; what follows is not looked at.
LONGEST = 120


@dataclass(frozen=True)
class Option:
    """One offer: what is sent, and what is read."""

    value: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Picker:
    """The offers under a field. `tick` names the radio buttons; `address` answers what is typed."""

    tick: str
    address: str
    options: list[Option]
    ticked: str = ""
    nothing: str | Promise = ""
    has_more: bool = False
