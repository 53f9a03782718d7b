"""Pure decisions: identity, permissions, deadlines. No database, no clock of their own."""

from niangjia.members.rules.permissions import Action, may, may_appoint

__all__ = ["Action", "may", "may_appoint"]
