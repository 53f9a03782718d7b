"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BenefitKind(models.TextChoices):
    """What a union gives."""

    COUPON = "coupon", _("Coupon")
    MEAL_AID = "meal_aid", _("Meal aid")
    SUMMER_DRINKS = "summer_drinks", _("Summer drinks")
    GIFT = "gift", _("Gift")
    MUTUAL_AID_CARD = "mutual_aid", _("Mutual-aid card")


class BenefitState(models.TextChoices):
    """Where a benefit stands. What is published is open or over by its pool's times."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Called off")


class MerchantState(models.TextChoices):
    """Whether a merchant's shops take coupons."""

    ACTIVE = "active", _("Takes coupons")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Contract ended")


class CouponState(models.TextChoices):
    """Where a coupon stands; that it has expired is said by its day."""

    OPEN = "open", _("Can be used")
    USED = "used", _("Used up")
    RETURNED = "returned", _("Given back")
    BLOCKED = "blocked", _("Blocked")


class StatementState(models.TextChoices):
    """Where a statement stands: drawn up → confirmed → paid, each by somebody else; before
    that, disputed and answered for as long as it takes."""

    DRAWN_UP = "drawn_up", _("Drawn up")
    CONFIRMED = "confirmed", _("Confirmed by the merchant")
    DISPUTED = "disputed", _("Disputed by the merchant")
    ANSWERED = "answered", _("Answered by the union")
    PAID = "paid", _("Paid out")


class LineKind(models.TextChoices):
    """What a line of a statement is of."""

    PAID = "paid", _("paid with a coupon")
    TAKEN_BACK = "taken_back", _("taken back")
    STRUCK = "struck", _("struck by the union")
    OWED_AGAIN = "owed_again", _("owed again: no longer struck")


class StrikeState(models.TextChoices):
    """Where the strike of a redemption stands: proposed by one, confirmed by another, and then the
    merchant can object; what it objects to somebody else answers."""

    PROPOSED = "proposed", _("Proposed; waits for a second person")
    DROPPED = "dropped", _("Not struck")
    STRUCK = "struck", _("Struck; the merchant can object")
    OBJECTED = "objected", _("The merchant objects")
    FINAL = "final", _("Struck for good")
    LIFTED = "lifted", _("Lifted: it is owed again")


#: Struck, and may be owed again: nobody can use or spend what it comes to.
OPEN_STRIKES = (StrikeState.STRUCK, StrikeState.OBJECTED)
#: Of one redemption there is one of these.
STANDING_STRIKES = (StrikeState.PROPOSED, *OPEN_STRIKES, StrikeState.FINAL)


class Occasion(models.TextChoices):
    """What a strike is for."""

    SIGNAL = "signal", _("What looked odd, and was judged as abuse")
    COMPLAINT = "complaint", _("A complaint of the coupon's holder")
    OTHER = "other", _("Something else")


class SignalKind(models.TextChoices):
    """What looks odd about redemptions."""

    MANY_HOLDERS = "many_holders", _("Very many holders in one hour")
    MANY_IN_DAY = "many_in_day", _("Very many holders in one day")
    SAME_AMOUNT = "same_amount", _("Nothing but full amounts, one after the other")
    FAR_APART = "far_apart", _("One holder in two places at once")


class Judgement(models.TextChoices):
    """What somebody who looked into it says."""

    HARMLESS = "harmless", _("Nothing wrong")
    ABUSE = "abuse", _("Abuse")
