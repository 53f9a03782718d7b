"""What forms of rooms above have of this room: the indicators by which a service is rated."""

from niangjia.feedback.forms.rating import IndicatorsForm

__all__ = ["IndicatorsForm"]
