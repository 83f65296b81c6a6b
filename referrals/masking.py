"""A referrer who asked not to be named: what stands in place of who they are, and who sees it all the same.

Every answer that anybody but the referrer is shown comes through `sections_shown`; a test holds that.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from referrals.models import ReceivedBy, Referral, ReferrerShown
from referrals.questions.answered import Row, Section, answered, name_of_place
from referrals.questions.referrer import KIND_OF_REFERRER, OLD_RESTRICTED_WORK, YOU_2026_11, YOUR_WORK
from referrals.questions.shapes import UNKNOWN, Text

NOT_NAMED = _("The referrer asked not to be named")
UNDECIDED = _("The referrer has not decided whether to be named")
# Who the referrer is, where they work, and who works with them. What they are to the person belongs to the concern.
IDENTIFYING = (YOU_2026_11.names | YOUR_WORK.names) - {KIND_OF_REFERRER.name, OLD_RESTRICTED_WORK}
# Ways by which a referral comes in whose account is the referrer's own, or their organisation's.
_OWN_ACCOUNT = frozenset({ReceivedBy.OWN_WORK, ReceivedBy.API})


def asked_not_to_be_named(referral: Referral) -> bool:
    """Whether the referrer said so, or had not decided yet."""
    return referral.answers.get("anonymous") in {"yes", UNKNOWN}


def not_named(referral: Referral) -> Text:
    """What stands in place of who the referrer is: what they said themselves."""
    return UNDECIDED if referral.answers.get("anonymous") == UNKNOWN else NOT_NAMED


def is_named_to(reader: User, referral: Referral, *, now: datetime) -> bool:
    """Whether the reader sees who made the referral: nobody minds, or they had it shown to them today. One query."""
    if not asked_not_to_be_named(referral):
        return True
    today = ReferrerShown.objects.filter(shown_by=reader, day=timezone.localdate(now))
    return today.filter(dispatch__referral=referral).exists()


def hides_account(referral: Referral, *, named: bool) -> bool:
    """Whether the account from which the referral came would say who made it, and must not unless they are `named`."""
    return referral.received_by in _OWN_ACCOUNT and not named and asked_not_to_be_named(referral)


def sections_shown(
    referral: Referral, *, named: bool = False, place: Callable[[str], str] = name_of_place
) -> list[Section]:
    """The answers as given; who the referrer is stands there only if they did not mind, or they are `named`."""
    sections = answered(referral.answers, referral.form_version, place=place)
    if named or not asked_not_to_be_named(referral):
        return sections
    return [
        replace(section, rows=tuple(_masked(row, not_named(referral)) for row in section.rows)) for section in sections
    ]


def answers_shown(referral: Referral) -> dict[str, Any]:
    """The same as stored, without what is masked: for systems, to which it is never shown."""
    hidden = IDENTIFYING if asked_not_to_be_named(referral) else frozenset()
    return {name: value for name, value in referral.answers.items() if name not in hidden}


def _masked(row: Row, words: Text) -> Row:
    return replace(row, values=(words,), own_words=False) if row.name in IDENTIFYING else row
