"""A referral as a PDF for staff: what the page for printing shows, in the same order."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.models import User
from desk.documents import ShownDocument, ShownDocuments
from desk.timeline import Moment
from documents.paper import Paper, Part
from referrals.copies import columns, parts_of_answers
from referrals.models import Dispatch, Note, Referral
from referrals.questions.answered import Section

WHEN = "j F Y, H:i"


def paper_of(
    referral: Referral,
    *,
    dispatches: Iterable[Dispatch],
    sections: Iterable[Section],
    notes: Iterable[Note],
    moments: Iterable[Moment],
    reader: User,
    now: datetime,
    documents: ShownDocuments | None = None,
) -> Paper:
    """Everything that `reader` may see of a referral. It says who made it and when: whoever holds it answers for it."""
    title = _("Referral {reference}").format(reference=referral.reference)
    warnings = [_("Immediate danger.")] if referral.immediate else []
    return Paper(
        title=title,
        introduction=[
            *warnings,
            _("Not cleared. Do not contact the person, their family or the referrer until the police have cleared it."),
        ],
        parts=[
            Part(_("Summary"), _summary(referral)),
            Part(_("Who has it"), [(dispatch.agency.name, _receipt(dispatch)) for dispatch in dispatches]),
            *parts_of_answers(sections),
            Part(_("Documents"), [_file(row) for row in documents.rows] if documents else []),
            Part(_("Notes"), [(_signed(note), [note.text]) for note in notes]),
            Part(_("Timeline"), [(date_format(moment.at, WHEN), _line(moment)) for moment in moments]),
        ],
        columns=columns(),
        footer=_("{title}, made for {name} on {when}").format(
            title=title, name=reader.name, when=date_format(now, WHEN)
        ),
        language="en",
        at=now,
    )


def _file(row: ShownDocument) -> tuple[str, list[str]]:
    """One file: its name, where it is from and how to handle it. The file itself is not in the PDF."""
    document = row.document
    added = _("Added by {name}, {when}").format(name=row.added_by, when=date_format(document.added_at, WHEN))
    caveat = _("Handling: {caveat}").format(caveat=document.caveat) if document.caveat else ""
    source = document.source or _("Came with the referral")
    return document.name, [said for said in (source, added, caveat, str(document.get_state_display())) if said]


def _summary(referral: Referral) -> list[tuple[str, list[str]]]:
    person, referrer = referral.person, referral.referrer
    age = [str(person.get_adult_or_child_display())]
    if person.date_of_birth:
        born = date_format(person.date_of_birth, "j F Y")
        age.append(_("Born {date} (aged {age})").format(date=born, age=person.age))
    elif person.approximate_age:
        age.append(_("About {age}").format(age=person.approximate_age))
    received = [f"{date_format(referral.submitted_at, WHEN)}, {referral.get_received_by_display()}"]
    if referral.entered_by:
        received.append(_("Entered by {name}").format(name=referral.entered_by.name))
    by = [str(referrer.get_kind_display()), referrer.name, referrer.organisation]
    return [
        (_("Person"), list(filter(None, [person.name, person.other_names]))),
        (_("Age"), age),
        (_("Received"), received),
        (_("Referrer"), list(filter(None, by))),
    ]


def _receipt(dispatch: Dispatch) -> list[str]:
    said = [str(dispatch.get_state_display())]
    if dispatch.acknowledged_by and dispatch.acknowledged_at:
        said.append(f"{dispatch.acknowledged_by.name}, {date_format(dispatch.acknowledged_at, WHEN)}")
    if dispatch.assigned_to:
        said.append(_("Assigned to {name}").format(name=dispatch.assigned_to.name))
    return said


def _signed(note: Note) -> str:
    return f"{note.written_by.name}, {note.agency.name}, {date_format(note.written_at, WHEN)}"


def _line(moment: Moment) -> list[str]:
    return [f"{moment.what} {_('By {who}.').format(who=moment.who)}" if moment.who else moment.what]
