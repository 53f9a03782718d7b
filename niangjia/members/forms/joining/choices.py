"""The lists a worker chooses from."""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.members.rules import ethnicities
from niangjia.organisations.models import Kind, Union, WorkerKind

Choice = tuple[str, str | Promise]


def optional(choices: type[TextChoices]) -> Callable[[], list[Choice]]:
    """`choices` behind an empty first line."""
    return lambda: [("", _("Choose…")), *choices.choices]


def ethnic_groups() -> list[Choice]:
    """The 56 groups in the reader's language, behind an empty first line."""
    return [("", _("Choose…")), *ethnicities.choices(get_language() or "zh-hans")]


def worker_kinds(union: Union) -> list[Choice]:
    """How somebody comes to `union`: by their employer, or as one of the kinds it takes itself."""
    own: list[Choice] = (
        [("", _("I work for an employer of this union"))]
        if union.kind in {Kind.GRASSROOTS, Kind.JOINT}
        else []
    )
    return own + [(kind, WorkerKind(kind).label) for kind in union.admits_directly]


def attributes(**values: Any) -> dict[str, Any]:
    """Widget attributes, underscores for hyphens."""
    return {name.replace("_", "-"): value for name, value in values.items()}
