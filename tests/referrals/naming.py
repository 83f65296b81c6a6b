"""A record that is restricted to named people, for tests."""

from typing import Any

from django.utils import timezone

from agencies.models import Restriction
from referrals.actions.restrict_record import restrict_record
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.opening import supervisor

BARNSLEY = "E08000038"
WHY = "The person is the child of a councillor."


class Case:
    """A referral that the council's supervisor has restricted to herself, her lead and one officer of the police."""

    def __init__(self) -> None:
        self.referral = submitted()
        self.ours, self.theirs = dispatch_to_authority(self.referral), dispatch_to_police(self.referral)
        self.boss = supervisor(BARNSLEY)
        self.lead = officer_of(self.ours.agency, name="Niamh Warsame")
        self.police = officer_of(self.theirs.agency, name="Bronwen Haworth")
        self.other = officer_of(self.ours.agency, name="Thomas Wojcik")
        self.other_boss = supervisor(BARNSLEY, name="Hodan Thackray")

    def restrict(self, **more: Any) -> Restriction:
        """Only the named know of it from now on."""
        given = {"named": [self.lead.pk, self.police.pk], "reason": WHY, "by": self.boss, "now": timezone.now(), **more}
        made: Restriction = restrict_record(dispatch_id=self.ours.pk, **given)
        return made
