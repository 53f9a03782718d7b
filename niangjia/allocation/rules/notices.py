"""What officers are told about draws."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "draw.value-due": Wording(
        _("The balls are to be looked up: {name}"),
        _("They are known since {when}. Two officers type them; then the lots are drawn."),
    ),
    "draw.unannounced": Wording(
        _("A draw is to be announced: {name}"),
        _("Sign-up closes on {when}. Say which lottery decides; people wait for it."),
    ),
}
