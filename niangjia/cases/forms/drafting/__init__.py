"""Writing a service item: a table of fields for each of its parts, made from a table of cells."""

from niangjia.cases.forms.drafting.parts import PartForms, forms_for

__all__ = ["PartForms", "forms_for"]
