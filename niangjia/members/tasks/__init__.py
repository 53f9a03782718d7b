"""Background jobs of this room. Importing the package registers them with the queue."""

from niangjia.members.tasks.accounts import purge
from niangjia.members.tasks.applications import climb

__all__ = ["climb", "purge"]
