"""What this room's notices say."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules import export_labels, notices
from niangjia.members.rules.notices import Wording

WORDINGS = {
    "benefits.given": Wording(
        _("{benefit}: {worth} yuan for you"),
        _("It is in your wallet and can be used until {expires_at}."),
    ),
    "benefits.thing-given": Wording(
        _("{benefit}: one for you"),
        _("Fetch it by {expires_at}: its code and the places stand in your wallet."),
    ),
    "benefits.also-yours": Wording(
        _("{union} gives your members as well: {benefit}"),
        _("Tell them: they can have it while it is open, and it costs you nothing."),
    ),
    "benefits.offered": Wording(
        _("{benefit}: one has come free for you"),
        _("Confirm it by {time} on {expires_at}; after that it goes to the next in line."),
    ),
    "benefits.held": Wording(
        _("{benefit}: one is kept for you"),
        _("Confirm it by {time} on {expires_at}; after that it goes to the next in line."),
    ),
    "benefits.waiting": Wording(
        _("{benefit}: you are on the waiting list"),
        _("It was shared out, and there was none for you yet. When one comes free, we tell you."),
    ),
    "benefits.waiting-again": Wording(
        _("{benefit}: you are on the waiting list again"),
        _("It goes on for longer, so one can come free again. When one does, we tell you."),
    ),
    "benefits.lost": Wording(
        _("{benefit}: none this time"),
        _("All are given. See what else your unions give."),
    ),
    "benefits.expired": Wording(
        _("{benefit} has gone to the next in line"),
        _("It was not confirmed in time."),
    ),
    "benefits.expiring": Wording(
        _("{benefit} ends on {expires_at}"),
        _("{left} yuan are left of it. See which shops near you take it."),
    ),
    "benefits.thing-expiring": Wording(
        _("{benefit} waits for you until {expires_at}"),
        _("See where it is handed over near you."),
    ),
    "benefits.handed-over": Wording(
        _("{benefit} was handed over"),
        _("At {shop}. Was it not you? Tell your union at once."),
    ),
    "benefits.brought-back": Wording(
        _("{benefit} is yours to fetch again"),
        _("{shop} has taken back what was handed over."),
    ),
    "benefits.used": Wording(
        _("{amount} yuan paid with {benefit}"),
        _("At {shop}. {left} yuan are left. Was it not you? Tell your union at once."),
    ),
    "benefits.refunded": Wording(
        _("{amount} yuan are back on {benefit}"),
        _("{shop} took something back. {left} yuan can be used now."),
    ),
    "benefits.blocked": Wording(
        _("{benefit} has been blocked"),
        _("The union says why: {reason}"),
    ),
    "benefits.odd-redemptions": Wording(
        _("Odd redemptions at {shop}"),
        _("Please look at them and say what you found. Nothing is blocked by itself."),
    ),
    "benefits.abuse-found": Wording(
        _("Abuse at {shop} of {merchant}"),
        _("What was found: {words} Look at its next statement before you pay it."),
    ),
    "benefits.merchant-suspended": Wording(
        _("{merchant} takes no coupons for the time being"),
        _("{union} says why: {reason} What was taken before is settled all the same."),
    ),
    "benefits.merchant-active": Wording(
        _("{merchant} takes coupons again"),
        _("{union} says why: {reason}"),
    ),
    "benefits.merchant-ended": Wording(
        _("The contract of {merchant} with {union} has ended"),
        _("The reason: {reason} What was taken before is settled all the same."),
    ),
    "benefits.statement-drawn-up": Wording(
        _("Your statement of {month}: {total} yuan from {union}"),
        _("Look through it by {until}, and confirm it or say what is wrong. Then it can be paid."),
    ),
    "benefits.statement-nobody": Wording(
        _("{merchant} has nobody to confirm its statement of {month}"),
        _("Send the manager of one of its shops a link; nothing can be paid before."),
    ),
    "benefits.statement-late": Wording(
        _("Your statement of {month} still waits for you"),
        _("{total} yuan from {union} can be paid once you confirm it, or say what is wrong."),
    ),
    "benefits.statement-silent": Wording(
        _("{merchant} has not answered about its statement of {month}"),
        _("It was due on {until} and they were told again. A call may help: {total} yuan wait."),
    ),
    "benefits.statement-confirmed": Wording(
        _("{merchant} has confirmed its statement of {month}"),
        _("{total} yuan can be paid now, by somebody who did not draw it up."),
    ),
    "benefits.statement-paid": Wording(
        _("{union} has paid your statement of {month}"),
        _("{total} yuan, the bank's reference is {payment}."),
    ),
    "benefits.statement-disputed": Wording(
        _("{merchant} disputes its statement of {month}"),
        _("Please look at it and answer by {until}."),
    ),
    "benefits.dispute-late": Wording(
        _("{merchant} still waits for an answer about {month}"),
        _("It disputed its statement; the answer was due on {until}."),
    ),
    "benefits.statement-answered": Wording(
        _("{union} has answered about your statement of {month}"),
        _("Look whether it is right now, and confirm it or say what is wrong by {until}."),
    ),
    "benefits.answer-late": Wording(
        _("Your statement of {month} still waits for you"),
        _("{union} has answered. Nothing can be paid before you confirm it."),
    ),
    "benefits.strike-proposed": Wording(
        _("{merchant}: a redemption of {amount} yuan is to be struck"),
        _("At {shop} on {day}: {reason} Somebody else than who proposed it confirms it, or not."),
    ),
    "benefits.strike-dropped": Wording(
        _("{merchant}: the redemption of {day} is not struck"),
        _("Why not: {decision}"),
    ),
    "benefits.struck": Wording(
        _("{union} has struck a redemption of {amount} yuan"),
        _("At {shop} on {day}: {reason} It comes off your next statement. Object by {until}."),
    ),
    "benefits.struck-nobody": Wording(
        _("{merchant} has nobody who could object to what was struck"),
        _("Send the manager of one of its shops a link; they can object until {until}."),
    ),
    "benefits.struck-yours": Wording(
        _("{union} has struck {amount} yuan that were paid with {benefit}"),
        _(
            "At {shop} on {day}: {reason} The shop can object until {until}; after that the "
            "amount is on your coupon again."
        ),
    ),
    "benefits.struck-party": Wording(
        _("{benefit} has been blocked: {amount} yuan were struck"),
        _("At {shop} on {day}: {reason} Is it not so? Tell {union}."),
    ),
    "benefits.strike-objected": Wording(
        _("{merchant} objects: {amount} yuan were struck"),
        _("“{objection}” Somebody who had no hand in it answers by {until}."),
    ),
    "benefits.objection-late": Wording(
        _("{merchant} still waits for an answer to its objection"),
        _("{amount} yuan were struck; the answer was due on {until}. Silence decides nothing."),
    ),
    "benefits.strike-stands": Wording(
        _("{union} has answered: {amount} yuan stay struck"),
        _("{answer}"),
    ),
    "benefits.strike-lifted": Wording(
        _("{union} has answered: {amount} yuan are owed to you again"),
        _("{answer} They stand on your next statement."),
    ),
    "benefits.strike-undone": Wording(
        _("{benefit}: the purchase of {amount} yuan at {shop} stands"),
        _("The shop objected, and {union} found: {answer} Is it not so? Tell your union."),
    ),
    "benefits.strike-over": Wording(
        _("{amount} yuan are back on {benefit}"),
        _("What {shop} took was struck. {left} yuan can be used until {expires_at}."),
    ),
    "benefits.strike-kept": Wording(
        _("{amount} yuan are back on {benefit}, which is blocked"),
        _("What {shop} took was struck. Ask {union} about your coupon."),
    ),
    "benefits.strike-closed": Wording(
        _("{benefit} is over: {amount} yuan that were struck went back to the budget"),
        _("Nothing of it can be used any more. Ask {union} what it can give you instead."),
    ),
    "benefits.cancelled": Wording(
        _("{benefit} was called off"),
        _("The union says why: {reason}"),
    ),
}

LABELS = {
    "benefit_name": _("What it was"),
    "face": _("Worth, in yuan"),
    "left": _("Left, in yuan"),
    "given_at": _("Given at"),
    "amount": _("Amount, in yuan"),
    "shop_name": _("Shop"),
    "ended_at": _("Ended at"),
    "since_at": _("Since"),
}


def register_wordings() -> None:
    """Give the room below the words of our notices and of our part of an export."""
    notices.register(WORDINGS)
    export_labels.register(LABELS)
