"""What the pages of rooms above show of this room: the questions of an item, why one looks, and how
somebody unknown can be reached."""

from niangjia.cases.forms import PurposeForm
from niangjia.cases.forms.asking import ReachForm
from niangjia.cases.forms.questions import QuestionsForm

__all__ = ["PurposeForm", "QuestionsForm", "ReachForm"]
