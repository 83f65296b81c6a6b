"""Whether it is signed what a referral becomes: answered by the room above, where that is decided."""

from collections.abc import Callable

from referrals.models import Referral

Signed = Callable[[Referral], bool]
_asked: list[Signed] = []


def tells_of_outcomes(asked: Signed) -> Signed:
    """Register a function of a room above, whose AppConfig.ready imports it."""
    _asked.append(asked)
    return asked


def has_outcome(referral: Referral) -> bool:
    """Whether an outcome of it stands. Whoever refuses because of it holds the referral's lock."""
    return any(asked(referral) for asked in _asked)
