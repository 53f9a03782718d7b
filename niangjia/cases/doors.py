"""What the pages of rooms above show of this room: the questions of an item, why one looks, and how
somebody unknown can be reached."""

from niangjia.cases.forms import PurposeForm
from niangjia.cases.forms.asking import OfficerForm, ReachForm
from niangjia.cases.forms.picking import no_offers, picker_for
from niangjia.cases.forms.questions import QuestionsForm

__all__ = ["OfficerForm", "PurposeForm", "QuestionsForm", "ReachForm", "no_offers", "picker_for"]
