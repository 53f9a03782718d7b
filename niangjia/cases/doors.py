"""What the pages of rooms above show of this room: the questions of an item, and why one looks."""

from niangjia.cases.forms import PurposeForm
from niangjia.cases.forms.questions import QuestionsForm

__all__ = ["PurposeForm", "QuestionsForm"]
