"""What officers type about a benefit."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import ClaimantKind, Mode
from niangjia.allocation.services import PoolDraft
from niangjia.benefits.forms.fields import AMOUNT, YuanField
from niangjia.benefits.models import Benefit, BenefitKind, Budget, Merchant
from niangjia.benefits.rules.money import yuan_of
from niangjia.benefits.rules.points import RULE
from niangjia.benefits.services import BenefitDraft
from niangjia.benefits.services.drafting import FAIR_SECONDS, unpacked
from niangjia.core import clock
from niangjia.core.form_fields import MomentField
from niangjia.organisations.models import Union


class BenefitForm(forms.Form):
    """A draft: what it is, what it costs, who gets it, how it is used."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BenefitKind.choices)
    name = forms.CharField(
        label=_("Name of the benefit"),
        max_length=60,
        error_messages={"required": _("Give it a name.")},
    )
    words = forms.CharField(
        label=_("What it is for and how it is used"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say in a few words what it is for and how it is used.")},
    )
    budget = forms.ChoiceField(
        label=_("Paid from"), error_messages={"required": _("Choose a budget.")}
    )
    supply = forms.IntegerField(
        label=_("How many there are"),
        min_value=1,
        error_messages={
            "required": _("Say how many there are."),
            "min_value": _("There is at least one."),
        },
    )
    face = YuanField(error="face", label=_("What one is worth, in yuan"), error_messages=AMOUNT)
    min_bill = YuanField(
        error="min_bill",
        label=_("For bills of at least, in yuan"),
        help_text=_("Empty: for any bill."),
        required=False,
    )
    is_partial = forms.BooleanField(
        label=_("Can be used in several parts, until nothing is left"), required=False
    )
    is_piece = forms.BooleanField(
        label=_("A thing that is handed over, without a bill"),
        required=False,
        help_text=_(
            "The union has it already. Whoever hands it over scans the code and types no amount, "
            "and is owed nothing. What one is worth is what one cost."
        ),
    )
    opens_at = MomentField(label=_("Can be had from"))
    closes_at = MomentField(label=_("Can be had until"))
    mode = forms.ChoiceField(
        label=_("How it is shared out"),
        choices=[(mode, mode.label) for mode in (Mode.FIRST_COME, Mode.DRAW, Mode.BY_SCORE)],
        widget=forms.RadioSelect,
        help_text=format_lazy("{}{}{}", _("By score"), _(": "), RULE),
    )
    is_fair_start = forms.BooleanField(
        label=_("Whoever comes in the first five seconds is put in random order"),
        required=False,
        initial=True,
    )
    has_waiting_list = forms.BooleanField(label=_("With a waiting list"), required=False)
    confirm_minutes = forms.IntegerField(
        label=_("Kept for so many minutes, to be confirmed"),
        help_text=_("Empty: it is theirs at once. What nobody confirms goes to the next in line."),
        min_value=0,
        required=False,
        error_messages={"min_value": _("Minutes: 0 or more.")},
    )
    only_members = forms.BooleanField(
        label=_("Only for members of this union and of those below it"),
        required=False,
        initial=True,
    )
    reach = forms.CharField(
        label=_("Only for members of one union below"),
        help_text=_("Its number or whole name. Empty: of all of them."),
        max_length=120,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only for these kinds of work"),
        choices=ClaimantKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_real_name = forms.BooleanField(
        label=_("Only for whoever has proven their name"), required=False, initial=True
    )
    member_days = forms.IntegerField(
        label=_("Members for so many days at least"),
        min_value=0,
        required=False,
        error_messages={"min_value": _("Days since they joined: 0 or more.")},
    )
    age_min = forms.IntegerField(
        label=_("From age"),
        min_value=0,
        required=False,
        error_messages={"min_value": _("An age from 0 to 150.")},
    )
    age_max = forms.IntegerField(
        label=_("To age"),
        min_value=0,
        required=False,
        error_messages={"min_value": _("An age from 0 to 150.")},
    )
    per_person = forms.IntegerField(
        label=_("At most for one person"),
        min_value=1,
        initial=1,
        error_messages={"min_value": _("There is at least one.")},
    )
    valid_from = MomentField(label=_("Can be used from"))
    valid_until = MomentField(label=_("Can be used until"))
    valid_days = forms.IntegerField(
        label=_("And no longer than so many days after it was given"),
        min_value=1,
        required=False,
        error_messages={"min_value": _("At least one day, or nothing.")},
    )
    merchants = forms.MultipleChoiceField(
        label=_("Only at these merchants"),
        help_text=_("None ticked: at every merchant of this union and of those above it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        union: Union,
        budgets: list[Budget],
        merchants: list[Merchant],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.union = union
        self.payers = {str(each.pk): each for each in budgets}
        self.offered = {str(each.pk): each for each in merchants}
        self.fields["budget"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.name} {each.year} · {yuan_of(each.free)}")
            for key, each in self.payers.items()
        ]
        self.fields["merchants"].choices = [  # type: ignore[attr-defined]
            (key, each.name) for key, each in self.offered.items()
        ]

    def draft(self, reach: Union | None = None) -> BenefitDraft:
        """What was typed, as the service takes it; `reach` is the union below that was named."""
        given = self.cleaned_data
        terms = PoolDraft(
            name=given["name"],
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            mode=given["mode"],
            per_person=given["per_person"],
            reach=reach or (self.union if given["only_members"] else None),
            kinds=tuple(given["kinds"]),
            needs_real_name=given["needs_real_name"],
            member_days=given["member_days"] or 0,
            age_min=given["age_min"],
            age_max=given["age_max"],
            confirm_minutes=given["confirm_minutes"] or 0,
            has_waiting_list=given["has_waiting_list"],
            gather_seconds=FAIR_SECONDS
            if given["is_fair_start"] and given["mode"] == Mode.FIRST_COME
            else 0,
            offers_until=given["valid_until"],
        )
        return BenefitDraft(
            kind=given["kind"],
            name=given["name"],
            words=given["words"],
            budget=self.payers[given["budget"]],
            supply=given["supply"],
            face_fen=given["face"],
            min_bill_fen=given["min_bill"] or 0,
            is_partial=given["is_partial"],
            is_piece=given["is_piece"],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            valid_days=given["valid_days"],
            terms=terms,
            merchants=[self.offered[key] for key in given["merchants"]],
        )


def first_draft(now: dt.datetime) -> dict[str, Any]:
    """What a new draft begins with: tomorrow at nine, for a week, to be used for a month."""
    morning = dt.datetime.combine(
        now.astimezone(clock.CHINA).date() + dt.timedelta(days=1), dt.time(9), clock.CHINA
    )
    return {
        "mode": Mode.FIRST_COME,
        "opens_at": morning,
        "closes_at": morning + dt.timedelta(days=7),
        "valid_from": morning,
        "valid_until": morning + dt.timedelta(days=30),
    }


def as_typed(benefit: Benefit) -> dict[str, Any]:
    """A draft as its form shows it."""
    terms = unpacked(benefit.draft)
    values = {
        name: getattr(benefit, name)
        for name in (
            *("kind", "name", "words", "supply", "is_partial", "is_piece"),
            *("valid_from", "valid_until"),
        )
    }
    chosen = benefit.acceptances.values_list("merchant_id", flat=True)
    return values | {
        "valid_days": benefit.valid_days,
        "budget": str(benefit.budget_id),
        "face": yuan_of(benefit.face_fen),
        "min_bill": yuan_of(benefit.min_bill_fen) if benefit.min_bill_fen else "",
        "opens_at": terms.opens_at,
        "closes_at": terms.closes_at,
        "mode": terms.mode,
        "is_fair_start": bool(terms.gather_seconds),
        "has_waiting_list": terms.has_waiting_list,
        "only_members": terms.reach is not None,
        "reach": terms.reach.number
        if terms.reach is not None and terms.reach != benefit.union
        else "",
        "confirm_minutes": terms.confirm_minutes or None,
        "age_min": terms.age_min,
        "age_max": terms.age_max,
        "kinds": list(terms.kinds),
        "needs_real_name": terms.needs_real_name,
        "member_days": terms.member_days or None,
        "per_person": terms.per_person,
        "merchants": [str(key) for key in chosen],
    }


class CountForm(forms.Form):
    """How many more."""

    count = forms.IntegerField(
        label=_("How many more"),
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "min_value"), _("Say how many more there are, from 1.")
        ),
    )


class ClosingForm(forms.Form):
    """Until when it can be had."""

    closes_at = MomentField(label=_("Can be had until"))


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("They read it."),
        error_messages={"required": _("Say why: they read it.")},
    )
