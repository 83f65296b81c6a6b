"""Whether a referral may concern a user, as the users are now."""

from dataclasses import dataclass
from typing import Self

from agencies.models import User
from agencies.names import NamesIn
from agencies.restricted import namesakes
from referrals.models import Referral
from referrals.restricting import Ground, grounds_in, names_in


@dataclass(frozen=True)
class Concern:
    """The names in a referral, the users who bear one of them, and on what grounds it is restricted, if any."""

    names: NamesIn
    alike: list[User]
    grounds: list[Ground]

    @classmethod
    def of(cls, referral: Referral) -> Self:
        """Look at the answers and at the users. One query."""
        names = names_in(referral.answers)
        alike = namesakes(names)
        return cls(names, alike, [*grounds_in(referral.answers), *([Ground.NAME] if alike else [])])

    @property
    def restricts(self) -> bool:
        """Whether it goes to the restricted desks."""
        return bool(self.grounds)
