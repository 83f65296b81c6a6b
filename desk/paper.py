"""A referral as a PDF for staff: what the page for printing shows, in the same order."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.models import User
from desk.documents import ShownDocument
from desk.putting_right import warnings_of
from desk.shown import Shown
from desk.timeline import Moment
from documents.paper import Paper, Part
from referrals.copies import moment_shown, parts_of_answers
from referrals.masking import asked_not_to_be_named, hides_account, not_named
from referrals.models import Dispatch, Note, Referral


def paper_of(shown: Shown, *, reader: User, now: datetime) -> Paper:
    """Everything that `reader` may see of a referral. It says who made it and when: whoever holds it answers for it."""
    referral = shown.referral
    title = _("Referral {reference}").format(reference=referral.reference)
    danger = [_("Immediate danger.")] if referral.immediate else []
    return Paper(
        title=title,
        introduction=[
            *danger,
            *warnings_of(shown.beside, shown.offered),
            _("Not cleared. Do not contact the person, their family or the referrer until the police have cleared it."),
        ],
        parts=[
            Part(_("Summary"), (_("What"), _("Details")), _summary(referral, named=shown.named)),
            Part(
                _("Who has it"),
                (_("Agency"), _("Receipt")),
                [(dispatch.agency.name, _receipt(dispatch)) for dispatch in shown.dispatches],
            ),
            *parts_of_answers(shown.sections),
            Part(
                _("Documents"),
                (_("File"), _("From, handling and virus check")),
                [_file(row) for row in shown.documents.rows],
            ),
            Part(_("Notes"), (_("Written by"), _("Note")), [(_signed(note), [note.text]) for note in shown.notes]),
            Part(
                _("Timeline"),
                (_("When"), _("What happened")),
                [(moment_shown(moment.at), _line(moment)) for moment in shown.moments],
            ),
        ],
        footer=_("{title}, made for {name} on {when}").format(title=title, name=reader.name, when=moment_shown(now)),
        language="en",
        at=now,
    )


def _file(row: ShownDocument) -> tuple[str, list[str]]:
    """One file: its name, where it is from and how to handle it. The file itself is not in the PDF."""
    document = row.document
    added = _("Added by {name}, {when}").format(name=row.added_by, when=moment_shown(document.added_at))
    caveat = _("Handling: {caveat}").format(caveat=document.caveat) if document.caveat else ""
    source = document.source or _("Came with the referral")
    return document.name, [said for said in (source, added, caveat, str(document.get_state_display())) if said]


def _summary(referral: Referral, *, named: bool) -> list[tuple[str, list[str]]]:
    person, referrer = referral.person, referral.referrer
    age = [str(person.get_adult_or_child_display())]
    if person.date_of_birth:
        born = date_format(person.date_of_birth, "j F Y")
        age.append(_("Born {date} (aged {age})").format(date=born, age=person.age))
    elif person.approximate_age:
        age.append(_("About {age}").format(age=person.approximate_age))
    received = [f"{moment_shown(referral.submitted_at)}, {referral.get_received_by_display()}"]
    if referral.entered_by and not hides_account(referral, named=named):
        received.append(_("Entered by {name}").format(name=referral.entered_by.name))
    asked = [str(not_named(referral))] if asked_not_to_be_named(referral) else []
    who = [referrer.name, referrer.organisation] if named or not asked else []
    welsh = [(_("Language"), [_("Welsh: contact the referrer in Welsh, as the service does.")])]
    return [
        (_("Person"), list(filter(None, [person.name, person.other_names]))),
        (_("Age"), age),
        (_("Received"), received),
        (_("Referrer"), [str(referrer.get_kind_display()), *filter(None, who), *asked]),
        *(welsh if referral.language == "cy" else []),
    ]


def _receipt(dispatch: Dispatch) -> list[str]:
    said = [str(dispatch.get_state_display())]
    if dispatch.acknowledged_by and dispatch.acknowledged_at:
        said.append(f"{dispatch.acknowledged_by.name}, {moment_shown(dispatch.acknowledged_at)}")
    if dispatch.assigned_to:
        said.append(_("Assigned to {name}").format(name=dispatch.assigned_to.name))
    return said


def _signed(note: Note) -> str:
    return f"{note.written_by.name}, {note.agency.name}, {moment_shown(note.written_at)}"


def _line(moment: Moment) -> list[str]:
    said = f"{moment.what} {_('By {who}.').format(who=moment.who)}" if moment.who else moment.what
    return [said, moment.why] if moment.why else [said]
