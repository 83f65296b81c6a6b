"""WHEN something may be said of a match, written beside a person or asked: what the record's own state permits."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.selectors import targets_of
from agencies.words import says_something
from agencies.working_days import calendar_of, end_of, london_date
from audit.refusals import NotNow
from people.clearance import is_cleared
from people.linking import joined_with
from people.models import (
    AwayKind,
    Identifier,
    InformationRequest,
    LegalBasis,
    Match,
    MatchAsking,
    MatchBand,
    NotTold,
    Person,
    Readers,
    Written,
)
from people.models.information_request import known_of
from people.requests import ASKABLE, is_staffed
from people.sights import Seen
from people.states import AskingState, MatchState
from people.urgent import Urgent

# Further ahead than this no answer is waited for.
LONGEST = timedelta(days=365)


def check_may_be_joined(match: Match, known: Collection[UUID]) -> None:
    """Raise NotNow where to confirm it would put two persons on one record who were said to be different people.

    Only of those whom the officer may know: a refusal must not tell of others.
    """
    one, other = joined_with([match.one_id], among=known), joined_with([match.other_id], among=known)
    across = Q(one__in=one, other__in=other) | Q(one__in=other, other__in=one)
    if Match.objects.filter(across, state=MatchState.REJECTED).exclude(pk=match.pk).exists():
        raise NotNow(
            _("Two people who would come on one record were said to be different people. Change that decision first.")
        )


def check_is_not_joined_by_others(match: Match, known: Collection[UUID]) -> None:
    """Raise NotNow where the two are on one record by other links: those are undone first."""
    if match.other_id in joined_with([match.one_id], among=known):
        raise NotNow(_("They are on one record because of other matches. Undo those first."))


def check_is_as_seen(match: Match, seen_as: str) -> None:
    """Raise NotNow where somebody has said something else since the officer saw it; `seen_as` is empty for nobody."""
    if seen_as and match.state != seen_as:
        raise NotNow(_("Somebody has decided meanwhile. Read what they said before you decide."))


def check_is_confirmed(match: Match) -> None:
    """Raise NotNow unless it is confirmed."""
    if match.state != MatchState.CONFIRMED:
        raise NotNow(_("This is not confirmed any more."))


def check_is_a_preview(seen: Seen) -> None:
    """Raise NotNow where both are shown already."""
    if seen.compares:
        raise NotNow(_("You see both already: there is nothing to ask for."))


def check_not_asked(match: Match, agency: UUID) -> None:
    """Raise NotNow where the agency has asked already, and that stands."""
    standing = (AskingState.ASKED, AskingState.ACCEPTED)
    if MatchAsking.objects.filter(match=match, agency=agency, state__in=standing).exists():
        raise NotNow(_("Your agency has asked already."))


def likely_waits(found: Collection[Seen]) -> bool:
    """Whether one of these is likely and nobody has said what it is. Only likely ones must be decided.

    Of whom another area shows nothing, nothing can be said: it was asked, at least, and nobody has withdrawn that.
    """
    return any(_is_undecided(each) and (each.compares or not each.was_asked) for each in found)


def likely_asked(found: Collection[Seen]) -> bool:
    """Whether another area was asked about one of these who is likely, and has not answered."""
    return any(_is_undecided(each) and not each.compares and each.waits_for_answer for each in found)


def likely_left_open(found: Collection[Seen]) -> bool:
    """Whether nobody has said of somebody likely whether they are the same person: left open, or not shown."""
    return any(_is_undecided(each) or each.match.state == MatchState.LEFT_OPEN for each in found if _is_likely(each))


def _is_likely(seen: Seen) -> bool:
    return seen.match.band == MatchBand.LIKELY


def _is_undecided(seen: Seen) -> bool:
    return _is_likely(seen) and seen.match.state == MatchState.WAITING


def check_likely_are_decided(found: Collection[Seen]) -> None:
    """Raise NotNow where `likely_waits`."""
    if likely_waits(found):
        raise NotNow(_("Somebody is likely to be the same person, and nobody has decided. Decide that first."))


def check_is_cleared(person_id: UUID) -> None:
    """Raise NotNow unless the police have cleared contact about the person (`people.clearance`).

    For whatever asks, sends or authorises something about them. Whoever calls it holds the person's lock.
    """
    if not is_cleared(person_id):
        raise NotNow(
            _("The police have not cleared contact about this person. Ask, send and arrange nothing until they have."),
            code="not_cleared",
        )


def check_may_proceed(person_id: UUID, urgent: Urgent | None) -> Urgent | None:
    """Raise NotNow unless contact is cleared, or `urgent` says why it cannot wait; that, where it is not cleared.

    For whatever asks or authorises something about the person, of which urgent safeguarding may not wait. Whoever calls
    it holds the person's lock.
    """
    if urgent is None:
        check_is_cleared(person_id)
        return None
    if is_cleared(person_id):
        return None
    if not all(says_something(each) for each in (urgent.need, urgent.at_risk, urgent.consulted)):
        raise NotNow(_("Say why it cannot wait, who is at risk, and whom you have consulted."))
    return urgent


def check_says_something(*words: str) -> None:
    """Raise NotNow where none of the words says anything."""
    if not any(says_something(each) for each in words):
        raise NotNow(_("Say what you want to write down."))


def check_is_another(person: UUID, other: UUID) -> None:
    """Raise NotNow for somebody who would stand near themselves."""
    if person == other:
        raise NotNow(_("This is the same person. Give the reference of a referral about somebody else."))


def check_ends_after_it_begins(since: date | None, until: date | None) -> None:
    """Raise NotNow for an address that was left before it was moved to."""
    if since and until and until < since:
        raise NotNow(_("The last day must not be before the first."))


def check_is_past(day: date, clock: time | None, *, now: datetime) -> None:
    """Raise NotNow for contact that is still to come: what is recorded has been. The day is one in Europe/London."""
    today = timezone.localtime(now)
    if day > today.date() or (clock and day == today.date() and clock > today.time()):
        raise NotNow(_("Contact that has not been made yet cannot be recorded."))


def check_is_reviewed(review_on: date, *, now: datetime) -> None:
    """Raise NotNow for a review date that is over, today, or more than a year ahead."""
    today = london_date(now)
    if not today < review_on <= today + LONGEST:
        raise NotNow(_("The review date must be after today and within a year."))


def check_gives_nothing_away(why_not: NotTold, readers: Readers) -> None:
    """Raise NotNow where others than one's own agency would read of an investigation."""
    if why_not == NotTold.PREJUDICE and readers != Readers.AGENCY:
        raise NotNow(_("This would tell the other agency of an investigation. Keep it to your agency."))


def check_says_where(kind: AwayKind, place: str) -> None:
    """Raise NotNow for somebody who is away where nobody says where."""
    if kind != AwayKind.BACK and not says_something(place):
        raise NotNow(_("Say where they are, as far as it is known."))


def check_is_ahead(day: date, clock: time | None, *, now: datetime) -> None:
    """Raise NotNow for planned contact whose moment has passed, or is more than a year ahead. As in Europe/London."""
    today = timezone.localtime(now)
    if day < today.date() or (clock and day == today.date() and clock < today.time()):
        raise NotNow(_("Planned contact must be still to come. What has been made is recorded as contact."))
    if day > today.date() + LONGEST:
        raise NotNow(_("Plan contact for a day within a year."))


def check_stands(row: Written) -> None:
    """Raise NotNow for what somebody has struck out already."""
    if row.struck_by is not None:
        raise NotNow(_("{name} has struck this out already.").format(name=row.struck_by.name))


def due_of(asked: Agency, due_on: date | None, *, now: datetime) -> datetime:
    """When an answer is due: at the end of the day that the officer chose, else by the local target of who is asked."""
    if due_on is None:
        return targets_of(asked).answer_request_by(now, calendar=calendar_of(asked.code))
    return max(end_of(due_on), now)


def check_may_be_asked(asking: Agency, asked: Agency, *, now: datetime) -> None:
    """Raise NotNow for an agency that cannot be asked: one's own, one of another kind, one where nobody answers."""
    if asked == asking or asked.kind not in ASKABLE:
        raise NotNow(_("This agency cannot be asked."))
    if not is_staffed(asked, on=timezone.localdate(now)):
        raise NotNow(_("Nobody at {name} can answer in this service yet. Ask by other ways.").format(name=asked.name))


def check_says_what_and_why(question: str, need: str) -> None:
    """Raise NotNow unless it is said what is asked and why it is needed."""
    if not (says_something(question) and says_something(need)):
        raise NotNow(_("Say what you ask and why you need it."))


def check_basis_is_said(basis: LegalBasis, words: str) -> None:
    """Raise NotNow for another basis than those of the list that is not told in words."""
    if basis == LegalBasis.OTHER and not says_something(words):
        raise NotNow(_("Say in words what the legal basis is."))


def check_identifies(person: Person, discloses: Collection[Identifier]) -> None:
    """Raise NotNow unless something is disclosed by which the other agency can find the person, and it is known."""
    if not discloses or not set(discloses) <= known_of(person).keys():
        raise NotNow(_("Pick something known by which the other agency can find the person."))


def check_confirmed(confirmed: bool) -> None:
    """Raise NotNow unless the officer has confirmed that others may be asked about the person."""
    if not confirmed:
        raise NotNow(_("Confirm that the person may be asked about."))


def check_due_in_time(due_on: date | None, *, now: datetime) -> None:
    """Raise NotNow for a day that is over, or that is more than a year ahead."""
    today = london_date(now)
    if due_on is not None and not today <= due_on <= today + LONGEST:
        raise NotNow(_("The answer must be due today or later, and within a year."))


def check_takes_answers(request: InformationRequest) -> None:
    """Raise NotNow unless the request is open."""
    if not request.is_open:
        raise NotNow(_("This request is over: {state}.").format(state=request.get_state_display().lower()))


def check_waits(request: InformationRequest) -> None:
    """Raise NotNow unless nobody has answered, declined or taken it back."""
    if not request.is_asked:
        raise NotNow(_("This has moved on: {state}.").format(state=request.get_state_display().lower()))


def check_is_answered(request: InformationRequest) -> None:
    """Raise NotNow unless it was answered and not closed."""
    if not request.is_answered:
        raise NotNow(_("Only a request that was answered, and is not closed, can be closed."))


def check_answer_has_words(words: str) -> None:
    """Raise NotNow for an empty answer."""
    if not says_something(words):
        raise NotNow(_("Write the answer."))
