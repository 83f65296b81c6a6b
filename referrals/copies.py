"""The answers on paper: the copy a referrer keeps, and what every PDF of a referral has in common."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.paper import Paper, Part
from documents.selectors import documents_of
from referrals.models import Referral
from referrals.models.referrer import ReferrerKind
from referrals.questions.answered import Section, answered

# A browser that others use too must not give the answers away for as long as it shows the reference.
OFFERED_FOR = timedelta(hours=1)


def moment_shown(moment: datetime) -> str:
    """Day and time on paper, by the clocks here."""
    return date_format(localtime(moment), "j F Y, H:i")


def parts_of_answers(sections: Iterable[Section]) -> list[Part]:
    """The answers as given, page by page, and what was left blank."""
    return [
        Part(
            str(section.title),
            (_("What was asked"), _("Answer")),
            [(str(row.label), [str(value) for value in row.values]) for row in section.rows],
            _("Left blank: {names}").format(names=", ".join(map(str, section.blank))) if section.blank else "",
        )
        for section in sections
    ]


def _files(referral: Referral) -> list[Part]:
    """The files that came with it, as check-your-answers lists them; an officer's have a source and are not shown."""
    names = [
        f"{document.name} {_('(not accepted: harmful)')}" if document.is_refused else document.name
        for document in documents_of(referral.pk)
        if not document.source
    ]
    return [Part(_("Documents"), (_("What was asked"), _("Answer")), [(_("Uploaded files"), names)])] if names else []


def copy_is_offered(referral: Referral, *, now: datetime) -> bool:
    """Whether the browser that sent a referral may still have a copy of it."""
    return now - referral.submitted_at < OFFERED_FOR


def referrers_copy(referral: Referral, *, now: datetime) -> Paper:
    """What the referrer sent, with the reference and without the code for later contact, in the language in force."""
    title = _("Referral {reference}").format(reference=referral.reference)
    return Paper(
        title=title,
        introduction=[
            _("This is a copy of what you sent. It holds private facts about another person.")
            if referral.referrer.kind != ReferrerKind.SELF
            else _("This is a copy of what you sent. It holds private facts about you."),
            _("Keep it where nobody else can read it. Do not leave it on a computer that others use."),
            _("The code for later contact is not on it, so that nobody who finds it can use it."),
        ],
        parts=[
            Part(_("Your referral"), (_("What"), _("Details")), [(_("Sent"), [moment_shown(referral.submitted_at)])]),
            *parts_of_answers(answered(referral.answers, referral.form_version)),
            *_files(referral),
        ],
        footer=title,
        language=get_language() or referral.language,
        at=now,
    )
