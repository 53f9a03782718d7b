"""What a worker types to join, to leave, to be heard again."""

from niangjia.members.forms.joining.join import JoinForm
from niangjia.members.forms.joining.others import CardForm, ResignationForm, ReviewForm

__all__ = ["CardForm", "JoinForm", "ResignationForm", "ReviewForm"]
