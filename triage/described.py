"""What a referral says, as far as FIMU must know it to answer."""

from dataclasses import replace

from referrals.masking import IDENTIFYING, sections_shown
from referrals.models import Referral
from referrals.questions.answered import Section


def sections_for_fimu(referral: Referral) -> list[Section]:
    """The answers as given, without who made the referral: nobody is searched for by that."""
    shown = [
        replace(section, rows=tuple(row for row in section.rows if row.name not in IDENTIFYING))
        for section in sections_shown(referral)
    ]
    return [section for section in shown if section.rows]
