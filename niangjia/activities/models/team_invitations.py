"""Links by which teammates join a team."""

from django.db import models

from niangjia.activities.models.sign_ups import SignUp
from niangjia.activities.models.teams import Team
from niangjia.members.models import Account, RoleLink


class TeamInvitation(RoleLink):
    """A link by which one person joins a team, once. Its token can be typed as a code. It goes with
    the sign-up that was made by it."""

    role = "sign_up"

    team = models.ForeignKey(Team, models.CASCADE, related_name="invitations")
    sign_up = models.OneToOneField(
        SignUp, models.CASCADE, null=True, related_name="invitation", help_text="who joined by it"
    )

    def __str__(self) -> str:
        return str(self.team_id)

    def is_held_by(self, account: Account) -> bool:
        """Whether this account joined by it: whoever leaves takes it along."""
        return self.sign_up is not None and self.sign_up.account_id == account.pk
