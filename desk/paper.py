"""A referral as a PDF for staff, without what is written beside the person: the page for printing shows that too."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.models import User
from desk.documents import ShownDocument
from desk.putting_right import warnings_of
from desk.shown import Shown
from desk.timeline import Moment
from desk.told import told_and_away
from documents.paper import Paper, Part
from people.beside import beside_persons
from people.clearance import Cleared
from referrals.copies import moment_shown, parts_of_answers
from referrals.masking import asked_not_to_be_named, hides_account, not_named
from referrals.models import Addition, Dispatch, Message, Note, Question, Referral, Worry
from referrals.repeats import Repeat
from referrals.succeeding import Chain
from triage.gateway_summary import GatewaySummary
from triage.models import StepCheck
from triage.summary import Summary


def paper_of(shown: Shown, *, reader: User, now: datetime) -> Paper:
    """Everything that `reader` may see of a referral. It says who made it and when: whoever holds it answers for it."""
    referral = shown.referral
    title = _("Referral {reference}").format(reference=referral.reference)
    danger = [_("Immediate danger.")] if referral.immediate else []
    return Paper(
        title=title,
        introduction=[
            *danger,
            *repeated(shown.repeat),
            *warnings_of(shown.beside, shown.offered),
            *clearance_of(shown.deconfliction),
            *outcome_of(shown.gateway),
        ],
        parts=[
            Part(
                _("Summary"),
                (_("What"), _("Details")),
                [
                    *_summary(referral, named=shown.named),
                    *_succeeded(shown.chain),
                    *told_and_away(beside_persons(reader, [referral.person_id])),
                ],
            ),
            Part(
                _("Who has it"),
                (_("Agency"), _("Receipt")),
                [(dispatch.agency.name, _receipt(dispatch)) for dispatch in shown.dispatches],
            ),
            *parts_of_answers(shown.sections),
            Part(
                _("What was checked before the outcome was signed"),
                (_("Step"), _("What became of it")),
                [(check.step.words, _check(check)) for check in shown.gateway.checks],
            ),
            Part(
                _("What the referrer added later"),
                (_("When"), _("Words")),
                [(_added(each, shown.chain), [each.text]) for each in shown.additions],
            ),
            Part(
                _("Questions to the referrer"),
                (_("Asked by"), _("Question and answer")),
                [(_asked(each), _question(each, shown.chain)) for each in shown.questions],
            ),
            Part(
                _("Words released to the referrer"),
                (_("Released by"), _("Words")),
                [(_released(each), [str(each.get_words_display())]) for each in shown.told],
            ),
            Part(
                _("Worries about the handling"),
                (_("Raised"), _("Worry and answer")),
                [(_raised(each, shown.chain), _worry(each)) for each in shown.worries],
            ),
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


def clearance_of(deconfliction: Summary) -> list[str]:
    """Whether contact is cleared, and what those who work the referral are to heed."""
    if deconfliction.cleared == Cleared.WITH_CONDITIONS:
        state = _("Cleared with conditions when this was made: look again before you contact anybody.")
    elif deconfliction.cleared:
        state = _("Cleared when this was made: look again before you contact anybody.")
    else:
        state = _(
            "Not cleared. Do not contact the person, their family or the referrer until the police have cleared it."
        )
    return [state, *(each.instruction for each in deconfliction.rows if each.instruction)]


def outcome_of(gateway: GatewaySummary) -> list[str]:
    """What the referral became, once it was signed, and who answers for it where the police go on themselves."""
    said = []
    if gateway.outcome and gateway.signed_at is not None:
        words = _("Outcome of triage: {outcome}. Signed for {agency}, {when}.")
        said.append(words.format(outcome=gateway.outcome, agency=gateway.agency, when=moment_shown(gateway.signed_at)))
    if gateway.running is not None:
        owner, agency = gateway.running.owner, gateway.running.agency.name
        words = _("Police-led partnership: {name}, {agency}, answers for it.")
        nobody = _("Police-led partnership: nobody of {agency} has accepted yet to answer for it.")
        said.append(words.format(name=owner.name, agency=agency) if owner else nobody.format(agency=agency))
    return said


def _check(check: StepCheck) -> list[str]:
    """What became of a step, by whom, and when or why not."""
    day = date_format(check.done_on, "j F Y") if check.done_on else ""
    return [said for said in (str(check.get_result_display()), day, check.why, check.recorded_by.name) if said]


def repeated(repeat: Repeat) -> list[str]:
    """That the person was referred before or later, or elsewhere, as the banner of a page says it."""
    before, later = ([each.reference for each in found] for found in (repeat.earlier, repeat.later))
    said = [
        (_("Repeat referral. Referred before: {others}."), before),
        (_("Referred again later: {others}."), later),
        (_("Referred in another area too: {others}."), [agency.name for agency in repeat.elsewhere]),
    ]
    return [words.format(others=", ".join(others)) for words, others in said if others]


def _asked(question: Question) -> str:
    return f"{question.asked_by.name}, {question.agency.name}, {moment_shown(question.asked_at)}"


def _question(question: Question, chain: Chain) -> list[str]:
    """What was asked, where it stands, who answered, and what came of it."""
    stands = [str(question.get_state_display()), chain.who_at(question.answered_at)]
    return [question.words, ", ".join(filter(None, stands)), *filter(None, (question.answer, question.reason))]


def _added(addition: Addition, chain: Chain) -> str:
    return ", ".join(filter(None, (moment_shown(addition.added_at), chain.who_at(addition.added_at))))


def _released(message: Message) -> str:
    return f"{message.released_by.name}, {message.agency.name}, {moment_shown(message.released_at)}"


def _raised(worry: Worry, chain: Chain) -> str:
    said = (moment_shown(worry.raised_at), chain.who_at(worry.raised_at), worry.agency.name)
    return ", ".join(filter(None, said))


def _worry(worry: Worry) -> list[str]:
    """What worried the referrer, and what was answered for the record."""
    if worry.answered_by is None or worry.answered_at is None:
        return [worry.words, _("Nobody has answered yet.")]
    answered = _("Answered for the record by {name}, {when}:")
    return [
        worry.words,
        answered.format(name=worry.answered_by.name, when=moment_shown(worry.answered_at)),
        str(worry.answer),
    ]


def _succeeded(chain: Chain) -> list[tuple[str, list[str]]]:
    """Who answers in the referrer's place, for whoever sees who made the referral."""
    row = chain.stands
    if row is None:
        return []
    since = _("since {when}").format(when=moment_shown(row.recorded_at))
    who = [row.name, row.role] if chain.named else [_("Somebody of their organisation")]
    return [(_("Succeeded by"), [*who, since])]


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
