"""Background jobs of this room. Importing the package registers them with the queue."""

from niangjia.members.tasks.accounts import purge
from niangjia.members.tasks.applications import climb
from niangjia.members.tasks.substitutions import arrange_substitutes

__all__ = ["arrange_substitutes", "climb", "purge"]
