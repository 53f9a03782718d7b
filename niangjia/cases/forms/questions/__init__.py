"""Forms made of an item's questions."""

from niangjia.cases.forms.questions.asking import AGREE, NEEDED, QuestionsForm
from niangjia.cases.forms.questions.fields import field_for

__all__ = ["AGREE", "NEEDED", "QuestionsForm", "field_for"]
