"""Fields by which pages of the rooms above ask for what members knows how to read."""

from niangjia.members.forms.fields import ColleagueField, PhoneField

__all__ = ["ColleagueField", "PhoneField"]
