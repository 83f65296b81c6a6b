"""An officer asks another agency what it knows about a person."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from agencies.models import Agency, NoticeKind, User
from agencies.permissions import Permission
from audit.access import disclosed_to
from audit.action import action
from audit.events import Event, happened
from people.actions.proceed_urgently import proceed_urgently
from people.actions.tell_about_request import tell_about_request
from people.locking import lock_person
from people.mailing import addresses_of_asked
from people.models import Identifier, InformationRequest, LegalBasis
from people.models.information_request import known_of
from people.permissions import check_can_work
from people.policies import (
    check_basis_is_said,
    check_confirmed,
    check_due_in_time,
    check_identifies,
    check_may_be_asked,
    check_may_proceed,
    check_says_what_and_why,
    due_of,
)
from people.urgent import Urgent


@action
def ask_for_information(
    *,
    person_id: UUID,
    agency_id: UUID,
    asked_id: UUID,
    question: str,
    need: str,
    basis: LegalBasis,
    basis_words: str,
    discloses: Collection[Identifier],
    due_on: date | None,
    confirmed: bool,
    urgent: Urgent | None = None,
    by: User,
    now: datetime,
) -> InformationRequest:
    """Ask `asked_id` on behalf of `agency_id`, which has the person, and tell it what `discloses` names of them.

    Locks the person. What is disclosed is what is known at this moment, and the ledger says so, naming the agency that
    is asked as recipient. `basis` is what the officer notes. Without `due_on` its local target says when the answer is
    due. It hears of the request by a link. Where contact is not cleared, `urgent` says why it cannot wait, and the
    police desk is alerted.

    Raises:
        Person.DoesNotExist, Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` asks nothing about the person for this agency.
        NotNow: the police have not cleared contact, nobody answers there, or something that a request needs is missing.
    """
    person = lock_person(person_id)
    asking = check_can_work(by, Permission.REQUEST_SEND, person_id, agency_id)
    without = check_may_proceed(person_id, urgent)
    asked: Agency = Agency.objects.get(pk=asked_id)
    check_may_be_asked(asking, asked, now=now)
    check_says_what_and_why(question, need)
    check_basis_is_said(basis, basis_words)
    check_identifies(person, discloses)
    check_due_in_time(due_on, now=now)
    check_confirmed(confirmed)
    known, due = known_of(person), due_of(asked, due_on, now=now)
    request = InformationRequest(
        person=person,
        asking=asking,
        asked=asked,
        question=question,
        need=need,
        basis=basis,
        basis_words=basis_words.strip() or None,
        discloses=[each for each in Identifier if each in discloses],
        disclosed={str(each): known[each] for each in discloses},
        due=due,
        remind_due=due,
        asked_at=now,
        asked_by=by,
    )
    request.save(force_insert=True)
    disclosed_to(asked.pk, request, identifiers=[str(each) for each in request.discloses])
    tell_about_request(
        kind=NoticeKind.REQUEST_MADE, request=request, about=request.pk, agency=asked,
        addresses=addresses_of_asked(request), by=by, now=now,
    )  # fmt: skip
    if without is not None:
        proceed_urgently(person=person, agency=asking, did=request, urgent=without, by=by, now=now)
    happened(Event.REQUEST_MADE, request, by=by, now=now, agency=asked.pk)
    return request
